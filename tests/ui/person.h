// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Somebody who has the finished policy on paper and sits in front of the window. What is on the screen is
// found by its name, as a person finds it by its label; what is done with it, the hands do.

#include "hands.h"

#include "policy/edit.h"
#include "ui/policy/element_pointer.h"
#include "ui/policy/inspector_form.h"
#include "ui/policy/map_items.h"
#include "ui/policy/outline_model.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/problems_model.h"
#include "ui/shell/policy_editor.h"

#include <QListView>
#include <QTabWidget>
#include <QTableView>

#include <nlohmann/json.hpp>

namespace signalbox::testing {

using Json = nlohmann::ordered_json;

inline QString q(const char* text)
{
    return QString::fromUtf8(text);
}

inline QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

/// Somebody who has the finished policy on paper and sits in front of the window.
class Person
{
public:
    Person(Hands& hands, const PolicyEditor& seen) : m_hands(hands), m_seen(seen) {}

    /// The widget with this name that is on the screen now; null when there is none.
    template <class Widget = QWidget>
    Widget* find(const QString& name) const
    {
        Hands::settle();
        for (Widget* widget : m_hands.window().findChildren<Widget*>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    template <class Widget = QWidget>
    Widget* get(const QString& name) const
    {
        auto* widget = find<Widget>(name);
        need(widget, QStringLiteral("there is no ") + name + QStringLiteral(" on the screen; there are: ") +
                         fieldsInView().join(QStringLiteral(", ")));
        return widget;
    }
    QStringList fieldsInView() const
    {
        QStringList names;
        for (const QWidget* widget : m_hands.window().findChildren<QWidget*>()) {
            if (widget->isVisible() && widget->objectName().contains(QLatin1Char(':')))
                names.append(widget->objectName());
        }
        return names;
    }

    /// "New Policy…", an empty one.
    void beginEmpty()
    {
        m_hands.menu({q("File"), q("New Policy")});
        if (!find(q("newPolicyFromEmpty")))
            return; // nothing was asked
        press(q("newPolicyFromEmpty"));
        press(q("newPolicyNext"));
        need(QTest::qWaitFor([&] { return !find(q("newPolicyNext")); }), q("the dialog stays"));
    }

    /// Goes to an element in the outline.
    void select(const QString& pointer)
    {
        auto* outline = get<QTreeView>(q("policyOutline"));
        const QModelIndexList found =
            outline->model()->match(outline->model()->index(0, 0), OutlineModel::PointerRole, pointer, 1,
                                    Qt::MatchExactly | Qt::MatchRecursive);
        need(!found.isEmpty(), pointer + QStringLiteral(" is not in the outline"));
        if (outline->currentIndex() != found.first())
            m_hands.pick(outline, found.first());
    }

    void press(const QString& name) { m_hands.press(get<QAbstractButton>(name)); }
    /// Shows the page that adds to a list, and leaves the one of an element in it.
    void openList(const QString& list)
    {
        if (find(QStringLiteral("add:") + list))
            return;
        const QString owner = list.left(list.lastIndexOf(QLatin1Char('/')));
        if (find(QStringLiteral("open:") + owner))
            press(QStringLiteral("open:") + owner); // "Back to …"
        else
            select(owner.isEmpty() ? list : owner);
    }

    /// Makes an element of a list as the paper says: by the list's button, or, when `make` is given, by
    /// another way that leaves the new element selected. Its pointer.
    void element(const QString& list, qsizetype position, const Json& paper,
                 const std::function<void()>& make = {})
    {
        if (make) {
            make();
        } else {
            openList(list);
            press(QStringLiteral("add:") + list);
        }
        QString pointer = QStringLiteral("%1/%2").arg(list).arg(position); // of a row without an id
        if (paper.contains("id")) {
            const QString id = q(paper["id"].get<std::string>());
            pointer = list + QLatin1Char('/') + id;
            need(QTest::qWaitFor([&] { return !idField(list).isEmpty(); }),
                 q("no new element of ") + list + q(" is shown; there are: ") + fieldsInView().join(q(", ")));
            set(get(idField(list)), idField(list), paper["id"]);
            need(QTest::qWaitFor([&] { return find(fieldName(pointer + q("/id"))); }),
                 pointer + q(" is not shown under its name"));
        }
        if (list == q("/rules"))
            m_hands.choose(get<QComboBox>(q("ruleEffect")), effectOf(paper));
        object(pointer, paper);
    }
    /// Fills an object in, takes away what the window wrote into it by itself, and compares.
    void object(const QString& pointer, const Json& paper)
    {
        for (const char* first : {"id", "kind", "gate", "pattern"}) { // what decides which fields there are
            if (paper.contains(first))
                fill(pointer + QLatin1Char('/') + q(first), paper[first]);
        }
        for (const auto& [key, part] : paper.items())
            fill(pointer + QLatin1Char('/') + q(key), part);
        clearExtras(pointer, paper, said(pointer));
        need(same(said(pointer), paper),
             pointer + q(": ") + q(said(pointer).dump()) + q(" instead of ") + q(paper.dump()));
    }
    void clearExtras(const QString& pointer, const Json& paper, const Json& made)
    {
        for (const auto& [key, value] : made.items()) {
            const QString at = pointer + QLatin1Char('/') + q(key);
            if (!paper.contains(key))
                clear(at, value);
            else if (value.is_object() && paper[key].is_object())
                clearExtras(at, paper[key], value);
        }
    }
    /// Equal, whatever the order of the keys.
    static bool same(const Json& a, const Json& b) { return nlohmann::json(a) == nlohmann::json(b); }
    static QString effectOf(const Json& rule)
    {
        for (const char* key : {"exclude", "allow_residency"}) {
            if (rule.contains(key))
                return q(key);
        }
        return q("route");
    }

    /// The field of the id of the element of the list that is shown.
    QString idField(const QString& list) const
    {
        for (const QString& name : fieldsInView()) {
            const QString prefix = fieldName(list + QLatin1Char('/'));
            if (name.startsWith(prefix) && name.endsWith(QStringLiteral("/id")) &&
                !name.mid(prefix.size()).chopped(3).contains(QLatin1Char('/')))
                return name;
        }
        return {};
    }

    /// Fills what stands at the pointer in as the paper says.
    void fill(const QString& pointer, const Json& value)
    {
        if (QWidget* field = find(fieldName(pointer))) {
            set(field, pointer, value);
            return;
        }
        if (value.is_array() && find(QStringLiteral("group:") + pointer)) {
            setChecks(pointer, value);
            return;
        }
        if (value.is_array() && !value.empty() && value.front().is_object()) {
            qsizetype position = 0;
            for (const Json& part : value)
                element(pointer, position++, part);
            const QString owner = pointer.left(pointer.lastIndexOf(QLatin1Char('/')));
            press(QStringLiteral("open:") + owner);
            return;
        }
        if (!value.is_object() || value.empty()) {
            const QString chip = QStringLiteral("add:") + pointer;
            need(find(chip), QStringLiteral("there is no field for ") + pointer +
                                 QStringLiteral("; there are: ") + fieldsInView().join(QStringLiteral(", ")));
            press(chip); // what is seldom stated
            need(QTest::qWaitFor([&] { return !find(chip); }), chip + q(" does nothing"));
            fill(pointer, value);
            return;
        }
        for (const auto& [key, part] : value.items())
            fill(pointer + QLatin1Char('/') + q(key), part);
    }
    /// Takes away what is not on the paper.
    void clear(const QString& pointer, const Json& value)
    {
        if (find(QStringLiteral("remove:") + pointer)) {
            press(QStringLiteral("remove:") + pointer);
            return;
        }
        QWidget* field = find(fieldName(pointer));
        if (auto* number = qobject_cast<QDoubleSpinBox*>(field)) {
            m_hands.write(number, number->specialValueText());
            m_hands.key(Qt::Key_Return);
        } else if (auto* box = qobject_cast<QComboBox*>(field)) {
            m_hands.choose(box, QString());
        } else if (field) {
            m_hands.write(field, QString());
        } else if (find(QStringLiteral("group:") + pointer)) {
            setChecks(pointer, Json::array());
        } else if (value.is_object()) {
            for (const auto& [key, part] : value.items())
                clear(pointer + QLatin1Char('/') + q(key), part);
        } else {
            throw Clumsy(pointer + QStringLiteral(" cannot be taken away; there are: ") +
                         fieldsInView().join(QStringLiteral(", ")));
        }
    }

    void set(QWidget* field, const QString& pointer, const Json& value)
    {
        if (auto* line = qobject_cast<QLineEdit*>(field)) {
            const QString text = value.is_string() ? q(value.get<std::string>()) : q(value.dump());
            if (line->text() == text)
                return;
            m_hands.write(line, text);
            m_hands.key(Qt::Key_Return);
        } else if (auto* text = qobject_cast<QPlainTextEdit*>(field)) {
            const QString wanted = textFor(pointer, value);
            if (text->toPlainText() != wanted)
                m_hands.write(text, wanted);
        } else if (auto* box = qobject_cast<QComboBox*>(field)) {
            m_hands.choose(box, value.is_string() ? q(value.get<std::string>()) : q(value.dump()));
        } else if (auto* number = qobject_cast<QDoubleSpinBox*>(field)) {
            if (number->value() == value.get<double>() && number->value() != number->minimum())
                return;
            m_hands.write(number, QString::number(value.get<double>(), 'g', 12));
            m_hands.key(Qt::Key_Return);
        } else if (auto* check = qobject_cast<QAbstractButton*>(field)) {
            m_hands.check(check, value.get<bool>());
        } else {
            throw Clumsy(QStringLiteral("how is ") + pointer + QStringLiteral(" set in ") + nameOf(field));
        }
    }
    void setChecks(const QString& pointer, const Json& values)
    {
        const QString prefix = fieldName(pointer) + QLatin1Char('=');
        QStringList wanted;
        for (const Json& value : values)
            wanted.append(q(value.get<std::string>()));
        for (const QString& name : fieldsInView()) {
            if (name.startsWith(prefix) && !wanted.contains(name.mid(prefix.size())))
                m_hands.check(get<QAbstractButton>(name), false);
        }
        for (const QString& value : wanted)
            m_hands.check(get<QAbstractButton>(prefix + value), true);
    }
    static QString textFor(const QString& pointer, const Json& value)
    {
        if (value.is_string())
            return q(value.get<std::string>());
        QStringList lines;
        if (value.is_array()) {
            for (const Json& line : value)
                lines.append(q(line.get<std::string>()));
        } else if (pointer.endsWith(QStringLiteral("/metadata"))) {
            for (const auto& [key, text] : value.items())
                lines.append(q(key) + q(" = ") + q(text.get<std::string>()));
        } else {
            return q(value.dump());
        }
        return lines.join(QLatin1Char('\n'));
    }

    // On the canvas.
    QRectF nodeRect(const QString& pointer) const
    {
        const auto* map = get<PolicyMap>(q("policyMap"));
        const auto& nodes = map->graph().nodes;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (nodes[i].pointer == pointer)
                return map->graphLayout().nodes[i].rect;
        }
        throw Clumsy(pointer + QStringLiteral(" is not on the map"));
    }
    /// By the mouse the button above the canvas, by keys a letter on it.
    void addOnCanvas(const char* button, Qt::Key key)
    {
        if (m_hands.isMouse()) {
            press(q(button));
            return;
        }
        m_hands.reach(get(q("policyMap")));
        m_hands.key(key);
    }
    /// Draws a connection from a node's port to another node; `sign` is what the canvas says about it, `what`
    /// the entry of the menu that asks when it could be several things.
    void connectNodes(const QString& from, const QString& to, const QString& sign, const QString& what)
    {
        auto* map = get<PolicyMap>(q("policyMap"));
        if (auto* mouse = dynamic_cast<MouseHands*>(&m_hands)) {
            press(q("zoomFit"));
            const QPoint start = map->mapFromScene(portOf(nodeRect(from)));
            const QPoint end = map->mapFromScene(nodeRect(to).center());
            mouse->drag(map->viewport(), start, end);
        } else {
            select(from);
            m_hands.reach(map);
            m_hands.key(Qt::Key_C);
            auto* says = get<QLabel>(q("canvasStatus"));
            for (int presses = 0; presses < 20 && !says->text().contains(sign); ++presses)
                m_hands.key(Qt::Key_Down);
            need(says->text().contains(sign),
                 q("the canvas never offers ") + sign + q(" but says ") + says->text());
            m_hands.key(Qt::Key_Return);
        }
        if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget()))
            m_hands.fromMenu(menu, {what});
    }

    // What is below the canvas.
    enum Tab { Problems, Text, History };
    void showTab(Tab tab)
    {
        auto* tabs = get<QTabWidget>(q("policyTabs"));
        if (tabs->currentIndex() != tab)
            m_hands.showTab(tabs->tabBar(), tab);
    }
    /// Replaces a piece of the text that belongs to an element, in the JSON pane.
    void rewrite(const QString& element, const QString& from, const QString& to)
    {
        select(element);
        showTab(Text);
        auto* text = get<QPlainTextEdit>(q("policyJson"));
        // The element is what is marked in the text.
        const auto start = text->textCursor().selectionStart();
        const auto at = static_cast<int>(text->toPlainText().indexOf(from, start));
        need(at >= start, from + QStringLiteral(" is not in the text of ") + element);
        m_hands.placeCursor(text, at);
        for (qsizetype i = 0; i < from.size(); ++i)
            m_hands.key(Qt::Key_Right, Qt::ShiftModifier);
        need(text->textCursor().selectedText() == from, QStringLiteral("something else was marked"));
        m_hands.type(to);
    }
    /// The list of problems as it can be read: "SB0201 /rules/legal".
    QStringList problems()
    {
        showTab(Problems);
        const QAbstractItemModel* list = get<QTableView>(q("policyProblems"))->model();
        QStringList rows;
        for (int row = 0; row < list->rowCount(); ++row)
            rows.append(list->index(row, ProblemsModel::CodeColumn).data().toString() + QLatin1Char(' ') +
                        list->index(row, ProblemsModel::PlaceColumn).data().toString());
        return rows;
    }
    /// With the mouse by the list of edits, with keys step by step.
    void toTheBeginning()
    {
        showTab(History);
        if (m_hands.isMouse()) {
            auto* list = get<QListView>(q("policyHistory"));
            m_hands.pick(list, list->model()->index(0, 0));
            return;
        }
        for (int steps = 0; steps < 2000 && canDo("Undo"); ++steps)
            m_hands.undo();
    }
    void toTheEnd()
    {
        showTab(History);
        if (m_hands.isMouse()) {
            auto* list = get<QListView>(q("policyHistory"));
            m_hands.pick(list, list->model()->index(list->model()->rowCount() - 1, 0));
            return;
        }
        for (int steps = 0; steps < 2000 && canDo("Redo"); ++steps)
            m_hands.redo();
    }
    /// Whether the entry of the Edit menu is black, not grey.
    bool canDo(const char* entry) const
    {
        for (const QAction* action : m_hands.window().findChild<QMenu*>(q("editMenu"))->actions()) {
            if (Hands::plain(action->text()).startsWith(q(entry)))
                return action->isEnabled();
        }
        return false;
    }
    /// Goes to where a problem is.
    void goToProblem(int row)
    {
        auto* list = get<QTableView>(q("policyProblems"));
        m_hands.pick(list, list->model()->index(row, ProblemsModel::MessageColumn));
        if (!m_hands.isMouse())
            m_hands.key(Qt::Key_Return);
    }
    // What the window's policy is, for comparing.
    const std::string& text() const { return m_seen.document()->text; }
    std::string hash() const
    {
        return m_seen.document()->policy ? m_seen.document()->policy->contentHash : "";
    }
    Hands& hands() const { return m_hands; }

    Json said(const QString& pointer) const
    {
        const auto text = valueAt(m_seen.document()->text, pointer.toStdString());
        return text ? Json::parse(*text, nullptr, false) : Json();
    }

private:
    Hands& m_hands;
    const PolicyEditor& m_seen;
};

} // namespace signalbox::testing
