// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Two ways of using a window as a person does: a mouse that clicks, drags and turns its wheel, and a
// keyboard. Both see what is on the screen (names, texts, places, what has the focus) and act by events to
// the window alone. What cannot be reached or hit is an error: Clumsy says what.

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPointer>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTextBlock>
#include <QTreeView>
#include <QWheelEvent>
#include <QWindow>
#include <QtTest/qtestspontaneevent.h>
#include <QtTest>

#include <functional>
#include <stdexcept>

namespace signalbox::testing {

struct Clumsy : std::runtime_error
{
    explicit Clumsy(const QString& what) : std::runtime_error(what.toStdString()) {}
};

inline void need(bool holds, const QString& what)
{
    if (!holds)
        throw Clumsy(what);
}

inline QString nameOf(const QWidget* widget)
{
    return widget ? QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName()
                  : QStringLiteral("nothing");
}

class Hands
{
public:
    explicit Hands(QWidget& window) : m_window(window) {}
    virtual ~Hands() = default;
    Hands(const Hands&) = delete;
    Hands& operator=(const Hands&) = delete;

    QWidget& window() const { return m_window; }
    virtual bool isMouse() const = 0;

    /// Gives a widget the focus: by click, or by Tab.
    virtual void reach(QWidget* widget) = 0;
    virtual void press(QAbstractButton* button) = 0;
    /// Chooses the entry with this data or text.
    virtual void choose(QComboBox* box, const QString& value) = 0;
    /// Makes an entry of a list or tree the current one; what is closed is opened on the way.
    virtual void pick(QAbstractItemView* view, const QModelIndex& index) = 0;
    virtual void showTab(QTabBar* bar, int tab) = 0;
    /// Puts the cursor of a text before the character at the position.
    virtual void placeCursor(QPlainTextEdit* text, int position) = 0;
    /// Makes the next command of the Edit menu.
    virtual void undo() = 0;
    virtual void redo() = 0;
    /// "File", "Export": the entries whose texts begin so.
    virtual void menu(const QStringList& path) = 0;
    /// The same in a menu that is open.
    virtual void fromMenu(QMenu* menu, const QStringList& path) = 0;

    void check(QAbstractButton* box, bool on)
    {
        if (box->isChecked() == on)
            return;
        const QPointer<QAbstractButton> still = box; // what was pressed may be built anew
        press(box);
        need(!still || still->isChecked() == on, nameOf(still) + QStringLiteral(" did not change"));
    }

    // Keys of the hand that types; they go to whatever has the focus.
    void key(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(target(), static_cast<Qt::Key>(key), modifiers);
    }
    void type(const QString& text)
    {
        for (const QChar letter : text) {
            if (letter == QLatin1Char('\n'))
                key(Qt::Key_Return);
            else if (letter.unicode() < 0x80)
                QTest::keyClick(target(), letter.toLatin1());
            else
                QTest::sendKeyEvent(QTest::Click, target(), Qt::Key_unknown, QString(letter), {});
        }
    }
    /// Replaces what stands in a field.
    void write(QWidget* field, const QString& text)
    {
        reach(field);
        key(Qt::Key_A, Qt::ControlModifier);
        if (text.isEmpty())
            key(Qt::Key_Delete);
        else
            type(text);
    }

    /// What was asked for is on the screen.
    static void settle()
    {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }
    /// A window manager gives the focus back when a dialog is closed; where there is none, this does.
    static QWidget* activated()
    {
        for (QWidget* top : QApplication::topLevelWidgets()) {
            if (top->isVisible() && top->inherits("QMainWindow")) {
                top->activateWindow();
                need(QTest::qWaitForWindowActive(top), QStringLiteral("the window was not activated"));
                return top;
            }
        }
        return nullptr;
    }
    /// The window that gets the next key.
    static QWindow* target()
    {
        QWidget* widget = QApplication::activePopupWidget();
        if (!widget)
            widget = QApplication::activeModalWidget();
        if (!widget)
            widget = QApplication::activeWindow();
        if (!widget)
            widget = activated();
        need(widget && widget->windowHandle(), QStringLiteral("no window is active"));
        return widget->windowHandle();
    }
    static QString plain(QString text) { return text.remove(QLatin1Char('&')); }

protected:
    static int rowOf(QComboBox* box, const QString& value)
    {
        int row = box->findData(value);
        if (row < 0)
            row = box->findText(value);
        need(row >= 0, nameOf(box) + QStringLiteral(" does not offer ") + value);
        return row;
    }
    static QAction* entry(const QList<QAction*>& actions, const QString& text)
    {
        for (QAction* action : actions) {
            if (action->isVisible() && plain(action->text()).startsWith(text))
                return action;
        }
        throw Clumsy(QStringLiteral("no entry ") + text);
    }

private:
    QWidget& m_window;
};

class MouseHands : public Hands
{
public:
    using Hands::Hands;

    bool isMouse() const override { return true; }

    /// The place in the widget that can be hit, after scrolling; the nearest to `wish`.
    QPoint bringIntoView(QWidget* widget, std::optional<QRect> part = {})
    {
        settle();
        need(widget && widget->isVisible(), nameOf(widget) + QStringLiteral(" is not there"));
        for (QWidget* parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
            if (auto* area = qobject_cast<QScrollArea*>(parent))
                wheelUntilSeen(area, widget, part.value_or(widget->rect()));
        }
        const QRect wanted = part.value_or(widget->rect());
        const QRegion seen = widget->visibleRegion().intersected(wanted);
        if (seen.isEmpty()) {
            QString where;
            for (QWidget* at = widget; at; at = at->parentWidget())
                where += QStringLiteral("\n") + nameOf(at) +
                         QStringLiteral(" %1,%2 %3x%4")
                             .arg(at->x())
                             .arg(at->y())
                             .arg(at->width())
                             .arg(at->height());
            throw Clumsy(nameOf(widget) + QStringLiteral(" cannot be seen") + where);
        }
        const QPoint center = wanted.center();
        return seen.contains(center) ? center : (*seen.begin()).center();
    }
    void click(QWidget* widget, QPoint at, Qt::MouseButton button = Qt::LeftButton)
    {
        need(widget->isEnabled(), nameOf(widget) + QStringLiteral(" is disabled"));
        if (!QApplication::activeWindow() && !QApplication::activePopupWidget())
            activated();
        QWidget* top = widget->window();
        const QPoint place = widget->mapTo(top, at);
        const QWidget* hit = top->childAt(place);
        need(widget == top || hit == widget || (hit && widget->isAncestorOf(hit)),
             nameOf(widget) + QStringLiteral(" is covered by ") + nameOf(hit));
        QTest::mouseMove(top->windowHandle(), place);
        QTest::mouseClick(top->windowHandle(), button, {}, place);
    }
    void click(QWidget* widget) { click(widget, bringIntoView(widget)); }
    void drag(QWidget* widget, QPoint from, QPoint to)
    {
        QWidget* top = widget->window();
        const QPoint a = widget->mapTo(top, from);
        const QPoint b = widget->mapTo(top, to);
        QTest::mouseMove(top->windowHandle(), a);
        QTest::mousePress(top->windowHandle(), Qt::LeftButton, {}, a);
        for (int step = 1; step <= 8; ++step)
            QTest::mouseMove(top->windowHandle(), a + (b - a) * step / 8);
        QTest::mouseRelease(top->windowHandle(), Qt::LeftButton, {}, b);
    }
    static void wheel(QWidget* over, QPoint at, int notches, bool sideways = false)
    {
        QWidget* top = over->window();
        const QPointF place = over->mapTo(top, at);
        QWheelEvent event(place, top->mapToGlobal(place), {},
                          sideways ? QPoint(notches * 120, 0) : QPoint(0, notches * 120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&event); // only what comes from outside is handed on to parents
        qApp->notify(top->windowHandle(), &event);
        QCoreApplication::processEvents();
    }

    void reach(QWidget* widget) override
    {
        if (widget->hasFocus())
            return;
        QPoint at = bringIntoView(widget);
        if (qobject_cast<QAbstractSpinBox*>(widget)) // beside its arrows
            at.setX(12);
        click(widget, at);
        need(hasFocus(widget), nameOf(widget) + QStringLiteral(" does not take the focus by click but ") +
                                   nameOf(QApplication::focusWidget()));
    }
    void press(QAbstractButton* button) override
    {
        QRect part = button->rect();
        if (qobject_cast<QCheckBox*>(button) || qobject_cast<QRadioButton*>(button))
            part = QRect(0, 0, std::min(part.width(), 40), part.height());
        click(button, bringIntoView(button, part));
    }
    void choose(QComboBox* box, const QString& value) override
    {
        const int row = rowOf(box, value);
        if (box->currentIndex() == row)
            return;
        const QPointer<QComboBox> still = box;
        click(box);
        pick(box->view(), box->model()->index(row, box->modelColumn(), box->rootModelIndex()));
        need(!still || still->currentIndex() == row,
             nameOf(still) + QStringLiteral(" did not take ") + value);
    }
    void pick(QAbstractItemView* view, const QModelIndex& index) override
    {
        need(index.isValid(), nameOf(view) + QStringLiteral(" has no such entry"));
        if (auto* tree = qobject_cast<QTreeView*>(view))
            open(tree, index.parent());
        seen(view, index);
        const QRect rect = view->visualRect(index);
        QPoint at = rect.intersected(view->viewport()->rect()).center();
        at.setX(std::min(at.x(), rect.left() + 40));
        click(view->viewport(), at);
    }
    void showTab(QTabBar* bar, int tab) override
    {
        bringIntoView(bar);
        click(bar, bar->tabRect(tab).center());
        need(bar->currentIndex() == tab, QStringLiteral("the tab did not change"));
    }
    void placeCursor(QPlainTextEdit* text, int position) override
    {
        QTextCursor cursor(text->document());
        cursor.setPosition(position);
        const auto rect = [&] { return text->cursorRect(cursor); };
        const QRect room = text->viewport()->rect().adjusted(0, 2, 0, -2);
        for (int turn = 0; turn < 400 && !room.contains(rect()); ++turn) {
            if (rect().top() < room.top() || rect().bottom() > room.bottom())
                wheel(text->viewport(), room.center(), rect().top() < room.top() ? 1 : -1);
            else
                wheel(text->viewport(), room.center(), rect().left() < room.left() ? 1 : -1, true);
        }
        click(text->viewport(), rect().center());
        need(text->textCursor().position() == position, QStringLiteral("the click met another character"));
    }
    void undo() override { menu({QStringLiteral("Edit"), QStringLiteral("Undo")}); }
    void redo() override { menu({QStringLiteral("Edit"), QStringLiteral("Redo")}); }
    void menu(const QStringList& path) override
    {
        auto* bar = window().findChild<QMenuBar*>();
        QAction* action = entry(bar->actions(), path.first());
        click(bar, bar->actionGeometry(action).center());
        fromMenu(action->menu(), path.mid(1));
    }
    void fromMenu(QMenu* menu, const QStringList& path) override
    {
        for (const QString& text : path) {
            need(menu && menu->isVisible(), QStringLiteral("no menu with ") + text);
            QAction* action = entry(menu->actions(), text);
            need(action->isEnabled(), plain(action->text()) + QStringLiteral(" is disabled"));
            QMenu* next = action->menu(); // the entry may be gone after the click
            click(menu, menu->actionGeometry(action).center());
            menu = next;
        }
    }

private:
    static bool hasFocus(const QWidget* widget)
    {
        const QWidget* focus = QApplication::focusWidget();
        return focus == widget || (focus && widget->isAncestorOf(focus));
    }
    /// The wheel turns over a part of the area that does not take it for itself.
    static QPoint quietPlace(QAbstractScrollArea* area)
    {
        QWidget* port = area->viewport();
        for (int y = 4; y < port->height(); y += 6) {
            for (const int x : {2, port->width() / 2, port->width() - 3}) {
                const QWidget* at = port->childAt(x, y);
                bool takes = false;
                for (; at && at != port; at = at->parentWidget())
                    takes = takes || qobject_cast<const QAbstractSpinBox*>(at) ||
                            qobject_cast<const QComboBox*>(at) ||
                            qobject_cast<const QAbstractScrollArea*>(at);
                if (!takes)
                    return {x, y};
            }
        }
        return port->rect().center();
    }
    static void wheelUntilSeen(QAbstractScrollArea* area, QWidget* widget, const QRect& part)
    {
        QWidget* port = area->viewport();
        int stuck = 0;
        for (int turn = 0; turn < 400 && stuck < 5; ++turn) {
            const QRect rect(widget->mapTo(port, part.topLeft()), part.size());
            const QRect room = port->rect();
            const bool fits = rect.height() <= room.height() - 8;
            if (fits ? room.contains(QPoint(room.left(), rect.top())) &&
                           room.contains(QPoint(room.left(), rect.bottom()))
                     : rect.top() <= room.center().y() && rect.bottom() >= room.center().y())
                return;
            const int before = area->verticalScrollBar()->value();
            const bool isAbove = fits ? rect.top() < room.top() : rect.top() <= room.center().y();
            wheel(port, quietPlace(area), isAbove ? 1 : -1);
            stuck = area->verticalScrollBar()->value() == before ? stuck + 1 : 0;
            settle(); // what is new may still be on its way to its place
        }
    }
    static void seen(QAbstractItemView* view, const QModelIndex& index)
    {
        for (int turn = 0; turn < 400; ++turn) {
            const QRect rect = view->visualRect(index);
            const QRect room = view->viewport()->rect();
            if (room.contains(rect.center()))
                return;
            const int before = view->verticalScrollBar()->value();
            wheel(view->viewport(), room.center(), rect.center().y() < 0 ? 1 : -1);
            if (view->verticalScrollBar()->value() == before)
                break;
        }
        need(view->viewport()->rect().contains(view->visualRect(index).center()),
             nameOf(view) + QStringLiteral(": an entry cannot be seen"));
    }
    void open(QTreeView* tree, const QModelIndex& index)
    {
        if (!index.isValid() || index == tree->rootIndex())
            return;
        open(tree, index.parent());
        if (tree->isExpanded(index))
            return;
        seen(tree, index);
        const QRect rect = tree->visualRect(index);
        click(tree->viewport(), {rect.left() - tree->indentation() / 2, rect.center().y()});
        need(tree->isExpanded(index), nameOf(tree) + QStringLiteral(" did not open an entry"));
    }
};

class KeyHands : public Hands
{
public:
    using Hands::Hands;

    bool isMouse() const override { return false; }

    void reach(QWidget* widget) override
    {
        settle();
        need(widget && widget->isVisible() && widget->isEnabled(),
             nameOf(widget) + QStringLiteral(" is not there, or disabled"));
        need(widget->focusPolicy() & Qt::TabFocus, nameOf(widget) + QStringLiteral(" is not reached by Tab"));
        goToPaneOf(widget);
        const bool backwards = isNearerBackwards(widget);
        const QPointer<QWidget> still = widget;
        const QString name = nameOf(widget);
        QStringList way;
        for (int presses = 0; presses < 400; ++presses) {
            QWidget* focus = QApplication::focusWidget();
            way.append(nameOf(focus));
            need(still,
                 name + QStringLiteral(" went while Tab was pressed: ") + way.join(QStringLiteral(" › ")));
            if (focus == widget)
                return;
            backwards ? key(Qt::Key_Backtab, Qt::ShiftModifier) : key(Qt::Key_Tab);
        }
        throw Clumsy(nameOf(widget) + QStringLiteral(" was not reached by Tab; the focus is at ") +
                     nameOf(QApplication::focusWidget()));
    }
    void press(QAbstractButton* button) override
    {
        if (qobject_cast<QRadioButton*>(button)) { // of a group Tab meets the one that is chosen
            for (auto* other : button->parentWidget()->findChildren<QRadioButton*>()) {
                if (other->isChecked())
                    reach(other);
            }
            for (int presses = 0; presses < 20 && !button->isChecked(); ++presses)
                key(Qt::Key_Down);
            need(button->isChecked(), nameOf(button) + QStringLiteral(" was not reached by arrow keys"));
            return;
        }
        reach(button);
        key(Qt::Key_Space);
    }
    void choose(QComboBox* box, const QString& value) override
    {
        const int row = rowOf(box, value);
        if (box->currentIndex() == row)
            return;
        const QPointer<QComboBox> still = box;
        reach(box);
        key(Qt::Key_Space);
        need(box->view()->isVisible(), nameOf(box) + QStringLiteral(" did not open by Space"));
        walk(box->view(), row);
        key(Qt::Key_Return);
        need(!still || still->currentIndex() == row,
             nameOf(still) + QStringLiteral(" did not take ") + value);
    }
    void pick(QAbstractItemView* view, const QModelIndex& index) override
    {
        need(index.isValid(), nameOf(view) + QStringLiteral(" has no such entry"));
        const QPersistentModelIndex wanted = index;
        reach(view);
        auto* tree = qobject_cast<QTreeView*>(view);
        if (!tree) {
            walk(view, index.row());
            return;
        }
        // Down or up over what is shown; a closed branch on the way to the entry is opened.
        std::vector<QPersistentModelIndex> path;
        for (QModelIndex at = index; at.isValid() && at != tree->rootIndex(); at = at.parent())
            path.insert(path.begin(), at);
        for (const QPersistentModelIndex& step : path) {
            const bool isLast = step == path.back();
            if (!isLast && tree->isExpanded(step))
                continue;
            for (int presses = 0; presses < 500 && tree->currentIndex() != step; ++presses) {
                const bool down = !tree->currentIndex().isValid() ||
                                  tree->visualRect(tree->currentIndex()).top() < tree->visualRect(step).top();
                key(down ? Qt::Key_Down : Qt::Key_Up);
            }
            need(tree->currentIndex() == step, nameOf(view) + QStringLiteral(": an entry was not reached"));
            if (!isLast) {
                key(Qt::Key_Right);
                need(tree->isExpanded(step), nameOf(view) + QStringLiteral(" did not open an entry"));
            }
        }
        need(view->currentIndex() == wanted, nameOf(view) + QStringLiteral(": an entry was not reached"));
    }
    void showTab(QTabBar* bar, int tab) override
    {
        if (bar->currentIndex() == tab)
            return;
        reach(bar);
        for (int presses = 0; presses < bar->count() && bar->currentIndex() != tab; ++presses)
            key(bar->currentIndex() < tab ? Qt::Key_Right : Qt::Key_Left);
        need(bar->currentIndex() == tab, QStringLiteral("the tab did not change"));
    }
    void placeCursor(QPlainTextEdit* text, int position) override
    {
        reach(text);
        const QTextBlock line = text->document()->findBlock(position);
        while (text->textCursor().blockNumber() != line.blockNumber())
            key(text->textCursor().blockNumber() < line.blockNumber() ? Qt::Key_Down : Qt::Key_Up);
        key(Qt::Key_Home);
        for (int presses = 0; presses < line.length() && text->textCursor().position() != position; ++presses)
            key(Qt::Key_Right);
        need(text->textCursor().position() == position, QStringLiteral("the cursor did not arrive"));
    }
    void undo() override { key(Qt::Key_Z, Qt::ControlModifier); }
    void redo() override { key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }
    void menu(const QStringList& path) override
    {
        auto* bar = window().findChild<QMenuBar*>();
        QAction* action = entry(bar->actions(), path.first());
        const auto at = action->text().indexOf(QLatin1Char('&'));
        if (at >= 0) {
            key(action->text().at(at + 1).toUpper().unicode(), Qt::AltModifier);
        } else { // from the first menu to its neighbours
            key(Qt::Key_F, Qt::AltModifier);
            for (int presses = 0; presses < 10 && bar->activeAction() != action; ++presses)
                key(Qt::Key_Right);
        }
        fromMenu(action->menu(), path.mid(1));
    }
    void fromMenu(QMenu* menu, const QStringList& path) override
    {
        for (const QString& text : path) {
            need(menu && menu->isVisible(), QStringLiteral("no menu with ") + text);
            QAction* action = entry(menu->actions(), text);
            need(action->isEnabled(), plain(action->text()) + QStringLiteral(" is disabled"));
            for (int presses = 0; presses < 80 && menu->activeAction() != action; ++presses)
                key(Qt::Key_Down);
            need(menu->activeAction() == action, text + QStringLiteral(" was not reached by arrow keys"));
            QMenu* next = action->menu(); // the entry may be gone after the key
            key(next ? Qt::Key_Right : Qt::Key_Return);
            menu = next;
        }
    }

private:
    void walk(QAbstractItemView* view, int row)
    {
        for (int presses = 0; presses < 500 && view->currentIndex().row() != row; ++presses)
            key(view->currentIndex().row() < row ? Qt::Key_Down : Qt::Key_Up);
        need(view->currentIndex().row() == row, nameOf(view) + QStringLiteral(": an entry was not reached"));
    }
    /// The large parts of a mode, between which F6 goes.
    static QString paneOf(const QWidget* widget)
    {
        static const QStringList panes{QStringLiteral("policyOutline"), QStringLiteral("policyMap"),
                                       QStringLiteral("policyInspector"), QStringLiteral("policyTabs")};
        for (; widget; widget = widget->parentWidget()) {
            if (panes.contains(widget->objectName()))
                return widget->objectName();
        }
        return {};
    }
    void goToPaneOf(const QWidget* widget)
    {
        const QString pane = paneOf(widget);
        for (int presses = 0; presses < 5 && !pane.isEmpty() && paneOf(QApplication::focusWidget()) != pane;
             ++presses)
            key(Qt::Key_F6);
    }
    static bool isNearerBackwards(QWidget* widget)
    {
        QWidget* from = QApplication::focusWidget();
        if (!from)
            return false;
        if (const auto* text = qobject_cast<QPlainTextEdit*>(from); text && !text->tabChangesFocus())
            return true; // Tab is a letter here
        // Not through the map: it takes Tab to walk over what is drawn.
        const auto presses = [&](auto next) {
            int count = 0;
            for (QWidget* at = next(from); at != from && at != widget; at = next(at)) {
                if (!(at->focusPolicy() & Qt::TabFocus) || !at->isVisible())
                    continue;
                count += paneOf(at) == paneOf(widget) ? 1 : 1000;
            }
            return count;
        };
        const int there = presses([](QWidget* at) { return at->nextInFocusChain(); });
        const int back = presses([](QWidget* at) { return at->previousInFocusChain(); });
        return back < there;
    }
};

} // namespace signalbox::testing
