// SPDX-License-Identifier: GPL-3.0-or-later
// What the Playground can be told by menu, by key and from the palette, and what its help says.
#include "ui/playground/playground_view.h"

#include "ui/playground/request_panel.h"
#include "ui/shell/action_table.h"

namespace signalbox {

QString PlaygroundPage::helpText() const
{
    return tr(
        "<p>Sends prompts through the policy as it is edited now. Type one, or choose <b>Try one</b>, and "
        "press "
        "Ctrl+Enter: the timeline shows each hop as it runs, the cards show what was said and why it was "
        "accepted or turned down. Esc stops a run; what was finished is kept.</p>"
        "<p><b>All Tiers</b> asks every tier that is not barred, so that they can be compared. <b>Dataset "
        "runs</b> do the same for all prompts of a dataset; Tuning needs one with all tiers.</p>"
        "<p>The <b>Fault Lab</b> (Ctrl+Shift+L) lets the sandbox go wrong in some seventy ways while a "
        "cascade runs: "
        "refusals, silence, cuts, broken answers. Beside each stands how a run must come out of it, and how "
        "the last "
        "one did.</p>");
}

void PlaygroundPage::registerActions(ActionTable& table)
{
    const auto add = [&](const char* name, const QString& text, QList<QKeySequence> keys,
                         const QString& explanation, std::function<void(bool)> run) {
        ActionSpec spec;
        spec.id = QStringLiteral("playground.") + QLatin1String(name);
        spec.text = text;
        spec.place = id();
        spec.menu = QStringLiteral("Mode");
        spec.keys = std::move(keys);
        spec.explanation = explanation;
        table.add(spec, this, std::move(run));
    };
    add("send", tr("&Send"),
        {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)},
        tr("Sends the prompt through the cascade."), [this](bool) { send(TraceMode::Policy); });
    add("all_tiers", tr("Send to &All Tiers"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return),
         QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Enter)},
        tr("Asks every tier that is not barred, to compare them."),
        [this](bool) { send(TraceMode::AllTiers); });
    add("stop", tr("S&top"), {QKeySequence(Qt::Key_Escape)},
        tr("Stops what runs; what was finished is kept."), [this](bool) { stop(); });
    add("load_test", tr("&Load Test…"), {},
        tr("Sends many requests at once and says whether the objectives hold."), [this](bool) { openLoadTest(); });
    add("fault_lab", tr("&Fault Lab…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)},
        tr("Lists what the sandbox can get wrong, and switches it on."), [this](bool) { openFaultLab({}); });
    add("faults_off", tr("Switch All Faults &Off"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_L)},
        tr("Switches all faults of the sandbox off."), [this](bool) { session().faults().switchAllOff(); });
    add("compare", tr("Co&mpare…"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Return)},
        tr("Sends the prompt through several policies or tiers, side by side."),
        [this](bool) { askCompare(); });
    add("inspect", tr("&Inspect Requests…"), {QKeySequence(Qt::CTRL | Qt::Key_I)},
        tr("Shows what each hop asked and what came back, with the key masked."),
        [this](bool) { inspect(-1); });
    add("copy_curl", tr("Copy as c&URL"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C)},
        tr("Copies the last hop's request as a shell command, with $KEY in the key's place."),
        [this](bool) { copyCurl(); });
    add("replay", tr("Repla&y under Today's Policy"), {QKeySequence(Qt::CTRL | Qt::Key_R)},
        tr("Sends the same request again, beside what was recorded."), [this](bool) { replay({}); });
    add("go_on", tr("&Go On with the Conversation"), {QKeySequence(Qt::CTRL | Qt::Key_G)},
        tr("Makes the question and its answer earlier turns of the next prompt."), [this](bool) { goOn(); });
    const struct
    {
        const char* name;
        QString text;
        TierFit fit;
    } fits[] = {{"fit_good", tr("Rate: Good Fit"), TierFit::GoodFit},
                {"fit_under", tr("Rate: Underpowered"), TierFit::Underpowered},
                {"fit_over", tr("Rate: Overprovisioned"), TierFit::Overprovisioned},
                {"fit_failed", tr("Rate: Failed"), TierFit::Failed}};
    int key = Qt::Key_1;
    for (const auto& fit : fits)
        add(fit.name, fit.text, {QKeySequence(key++)},
            tr("Says whether the tier that answered was the right one."),
            [this, chosen = fit.fit](bool) { rate(chosen); });
    add("prompt", tr("Edit &Prompt"), {QKeySequence(Qt::CTRL | Qt::Key_L)}, tr("Goes to the prompt."),
        [this](bool) { m_request->focusPrompt(); });
    add("copy_json", tr("&Copy Trace as JSON"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)},
        tr("Copies the run's trace as JSON."), [this](bool) { copyJson(); });
    add("resolved", tr("It Was &Resolved"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Y)},
        tr("Says that the run did what the user needed."), [this](bool) { setResolved(true); });
    add("unresolved", tr("It Was &Not Resolved"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_N)},
        tr("Says that the run did not do what the user needed."), [this](bool) { setResolved(false); });
}

} // namespace signalbox
