// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_page.h"

#include "policy/document.h"
#include "ui/policy/offers_dialog.h"
#include "ui/policy/policy_canvas.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/policy_view.h"
#include "ui/shell/action_table.h"
#include "ui/shell/session.h"
#include "ui/theme/widgets.h"

#include <QAction>
#include <QFile>
#include <QPointer>
#include <QVBoxLayout>

namespace signalbox {

namespace {

class PolicyPage : public ModePage
{
    Q_OBJECT
public:
    PolicyPage(Session& session, QWidget* parent)
        : ModePage(session, QStringLiteral("policy"), parent), m_view(new PolicyView(session.policy(), this))
    {
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_view);
        foldWhenNarrow(m_view->inspectorColumn());
        connect(m_view, &PolicyView::failed, this,
                [this](const Error& error) { this->session().report(error); });
        connect(m_view, &PolicyView::helpRequested, this,
                [this](const QString& topic) { this->session().showHelp(topic); });
        connect(m_view, &PolicyView::statusMessage, this,
                [this](const QString& text) { this->session().say(text); });
        if (QPushButton* button = m_view->emptyState()->button())
            connect(button, &QPushButton::clicked, this, [this] { openSample(); });
    }

    QString title() const override { return tr("Policy"); }
    IconKind icon() const override { return IconKind::Policy; }
    QString helpText() const override
    {
        return tr(
            "<p>The policy as a map: a request meets the rules, then the router, which picks a tier; amber "
            "edges say when an answer escalates. Select anything to read and change it at the right.</p>"
            "<p>Drag a pill with a threshold sideways, or press Shift+Left and Shift+Right on it. Tab and "
            "the "
            "arrow keys walk the map, Enter edits.</p>"
            "<p>Drag from the dot of a node to a tier or a person to connect them, or press C, choose with "
            "the "
            "arrow keys and press Enter; a line above says what it would write or why it cannot. Drag a tier "
            "up or down, or press Alt+Up and Alt+Down, to change the order. T, S, R, G, W, J, M and E add a "
            "tier, a specialist, a rule, a trigger, a map row, a judge rubric, a model and an endpoint; F2 "
            "renames, Ctrl+C, Ctrl+X, Ctrl+V and Ctrl+D copy, cut, paste and duplicate, Del disconnects or "
            "deletes. Dotted edges with a hollow arrow stand in when a tier is not available.</p>"
            "<p>Problems, the text itself and the history of edits are "
            "below; everything can be undone.</p>");
    }

    void registerActions(ActionTable& actions) override
    {
        const auto add = [&](const char* id, const QString& text, QList<QKeySequence> keys,
                             const QString& about, auto run) {
            ActionSpec spec;
            spec.id = QLatin1String(id);
            spec.text = text;
            spec.place = this->id();
            spec.menu = QStringLiteral("Mode");
            spec.keys = std::move(keys);
            spec.explanation = about;
            actions.add(spec, this, [run](bool) { run(); });
        };
        add("policy.add_tier", tr("Add &Tier"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_T)},
            tr("Adds a tier at the end of the cascade."), [this] { m_view->addTier(); });
        add("policy.add_rule", tr("Add &Rule"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R)},
            tr("Adds a rule at the end."), [this] { m_view->addRule(); });
        add("policy.add_trigger", tr("Add Tri&gger"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_G)},
            tr("Adds a trigger."), [this] { m_view->addTrigger(); });
        add("policy.browse_models", tr("&Browse Models…"), {},
            tr("Shows which models the endpoints offer, and adds those that are chosen."), [this] { openOffers(); });
        add("policy.delete", tr("&Delete Element"), {}, tr("Deletes the selected element of the policy."),
            [this] { m_view->deleteSelected(); });
        add("policy.move_up", tr("Move &Up"), {}, tr("Moves the selected element up in its list (Alt+Up)."),
            [this] { m_view->moveSelected(-1); });
        add("policy.move_down", tr("Move Do&wn"), {},
            tr("Moves the selected element down in its list (Alt+Down)."),
            [this] { m_view->moveSelected(1); });
        add("policy.zoom_in", tr("Zoom &In"),
            {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
            tr("Shows the map larger."), [this] { m_view->map().zoomBy(1.25); });
        add("policy.zoom_out", tr("Zoom &Out"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)},
            tr("Shows the map smaller."), [this] { m_view->map().zoomBy(0.8); });
        add("policy.fit", tr("&Fit Map"), {QKeySequence(Qt::CTRL | Qt::Key_0)}, tr("Shows all of the map."),
            [this] { m_view->map().fit(); });
        add("policy.next_problem", tr("&Next Problem"), {QKeySequence(Qt::Key_F8)},
            tr("Goes to the next problem."), [this] { m_view->nextProblem(); });
        add("policy.next_pane", tr("Next Pan&e"), {QKeySequence(Qt::Key_F6)},
            tr("Outline, map, inspector and what is below it, in turn."), [this] { m_view->nextPane(1); });
        add("policy.previous_pane", tr("Previous &Pane"), {QKeySequence(Qt::SHIFT | Qt::Key_F6)},
            tr("The same, backwards."), [this] { m_view->nextPane(-1); });
        add("policy.fix", tr("Fi&x Problem"), {},
            tr("Mends the problem at hand, in the list or at the cursor (Alt+Enter)."),
            [this] { m_view->fixHere(); });
        add("policy.fix_all", tr("Fix &All Problems"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_F)},
            tr("Mends every problem that has a certain remedy, as one step."), [this] { m_view->fixAll(); });
        add("policy.format", tr("For&mat Text"), {}, tr("Writes the policy in its canonical form."),
            [this] { m_view->formatText(); });
    }

    std::vector<PlaceKeys> placeKeys() const override
    {
        const auto key = [](Qt::Key each, Qt::KeyboardModifiers with = {}) {
            return QKeySequence(with | each).toString(QKeySequence::NativeText);
        };
        const auto both = [](const QString& one, const QString& other) {
            return one + QStringLiteral(", ") + other;
        };
        PlaceKeys map{tr("On the map"), {}};
        for (const QAction* action : m_view->canvas().keyActions())
            map.keys.push_back({action->shortcut().toString(QKeySequence::NativeText), action->text(), {}});
        map.keys.push_back({both(key(Qt::Key_Tab), tr("arrow keys")), tr("Walk the Map"), {}});
        map.keys.push_back({key(Qt::Key_Return), tr("Edit in the Inspector"), {}});
        map.keys.push_back({key(Qt::Key_Delete), tr("Disconnect or Delete"), {}});
        map.keys.push_back({both(key(Qt::Key_Up, Qt::AltModifier), key(Qt::Key_Down, Qt::AltModifier)),
                            tr("Move Up or Down"), tr("A tier, a rule, a row of its list.")});
        map.keys.push_back({both(key(Qt::Key_Left, Qt::ShiftModifier), key(Qt::Key_Right, Qt::ShiftModifier)),
                            tr("Move a Threshold"), tr("On a pill that carries one.")});
        PlaceKeys text{tr("In the text"), {}};
        text.keys.push_back({key(Qt::Key_Return, Qt::AltModifier), tr("Fix the Problem on This Line"), {}});
        text.keys.push_back(
            {key(Qt::Key_Tab, Qt::ShiftModifier), tr("Leave the Text"), tr("Tab itself writes two spaces.")});
        return {map, text};
    }

    QString helpTopic() const override { return m_view->helpTopic(); }
    bool reveal(const QString& target) override { return m_view->reveal(target); }
    bool isIdle() const override { return !session().policy().isReading(); }

protected:
    // No focus proxy: Tab would meet it before the outline, and leave the outline out.
    void focusInEvent(QFocusEvent*) override { m_view->map().setFocus(Qt::OtherFocusReason); }

private:
    void openSample()
    {
        QFile file(QStringLiteral(":/signalbox/samples/harbor-support.policy.json"));
        if (!file.open(QIODevice::ReadOnly)) {
            session().report({"policy.no_sample", "The sample policy is missing from this build.", {}});
            return;
        }
        session().policy().load(readPolicy(file.readAll().toStdString()), 0);
    }

    void openOffers()
    {
        if (!m_offers) {
            m_offers = new OffersDialog(session(), window());
            m_offers->setAttribute(Qt::WA_DeleteOnClose);
        }
        m_offers->show();
        m_offers->raise();
        m_offers->activateWindow();
    }

    PolicyView* m_view;
    QPointer<OffersDialog> m_offers;
};

} // namespace

ModePage* createPolicyPage(Session& session, QWidget* parent)
{
    return new PolicyPage(session, parent);
}

} // namespace signalbox

#include "policy_page.moc"
