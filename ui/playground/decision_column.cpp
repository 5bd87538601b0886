// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/decision_column.h"

#include "ui/theme/text.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kBarRow = 20;

void clearLayout(QVBoxLayout* layout)
{
    while (QLayoutItem* item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QVBoxLayout* listIn(QVBoxLayout* parent)
{
    auto* list = new QVBoxLayout;
    list->setSpacing(space::xs);
    list->setContentsMargins(0, 0, 0, 0);
    parent->addLayout(list);
    return list;
}

QLabel* plain(const QString& text, QWidget* parent, bool wrap = true)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(wrap);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// A name on the left, what is known of it on the right.
QWidget* line(const QString& left, const QString& right, bool strong, QWidget* parent)
{
    auto* row = new QWidget(parent);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    auto* name = new ElidedLabel(left, Qt::ElideRight, row);
    if (strong)
        name->setFont(Theme::font(TextSize::Normal, QFont::DemiBold));
    auto* value = new MutedLabel(right, row);
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(false);
    layout->addWidget(name, 1);
    layout->addWidget(value);
    row->setAccessibleName(QStringLiteral("%1: %2").arg(left, right));
    return row;
}

} // namespace

ScoreBars::ScoreBars(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("alternatives"));
    setAccessibleName(tr("Alternatives that the router weighed"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ScoreBars::show(const std::vector<Alternative>& alternatives, int tier)
{
    m_alternatives = alternatives;
    m_tier = tier;
    std::stable_sort(m_alternatives.begin(), m_alternatives.end(),
                     [](const Alternative& a, const Alternative& b) { return a.score > b.score; });
    QStringList words;
    for (const Alternative& alternative : m_alternatives)
        words << QStringLiteral("%1 %2").arg(qs(alternative.name),
                                             QString::number(alternative.score, 'f', 2));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    setVisible(!m_alternatives.empty());
    updateGeometry();
    update();
}

QSize ScoreBars::sizeHint() const
{
    return {160, static_cast<int>(m_alternatives.size()) * kBarRow};
}

void ScoreBars::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextSize::Small));
    const int names = width() * 2 / 5;
    const int figures = 36;
    const int room = width() - names - figures - space::s;
    for (std::size_t i = 0; i < m_alternatives.size(); ++i) {
        const Alternative& alternative = m_alternatives[i];
        const QRect row(0, static_cast<int>(i) * kBarRow, width(), kBarRow);
        painter.setPen(i == 0 ? theme.colors().text : theme.colors().muted);
        painter.drawText(
            row.adjusted(0, 0, names - width(), 0), Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(qs(alternative.name), Qt::ElideRight, names - space::xs));
        const double share = std::clamp(alternative.score, 0.0, 1.0);
        const QRectF bar(names, row.center().y() - 4, std::max(2.0, room * share), 9);
        painter.setPen(Qt::NoPen);
        painter.setBrush(i == 0 ? (m_tier >= 0 ? theme.tier(m_tier) : theme.colors().accent)
                                : theme.colors().border);
        painter.drawRoundedRect(bar, 2, 2);
        painter.setPen(i == 0 ? theme.colors().text : theme.colors().muted);
        painter.drawText(QRectF(bar.right() + space::xs + 2, row.top(), figures, kBarRow),
                         Qt::AlignVCenter | Qt::AlignLeft, QString::number(alternative.score, 'f', 2));
    }
}

DecisionColumn::DecisionColumn(QWidget* parent) : SideColumn(Side::Right, 280, parent)
{
    setObjectName(QStringLiteral("decisionColumn"));
    setAccessibleName(tr("Decision"));
    body()->addWidget(new CaptionLabel(tr("Decision"), this));
    m_empty =
        new MutedLabel(tr("Where a request goes and why: the route, the rules that matched, the tiers that "
                          "were barred and the passages that were looked up."),
                       this);
    m_empty->setWordWrap(true);
    body()->addWidget(m_empty);

    m_content = new QWidget(this);
    auto* content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(space::s);
    auto* head = new QHBoxLayout;
    head->setSpacing(space::s);
    m_route = new Pill({}, Tone::Neutral, m_content);
    m_route->setObjectName(QStringLiteral("routePill"));
    m_route->setAccessibleName(tr("Route"));
    m_router = plain({}, m_content, false);
    m_router->setObjectName(QStringLiteral("routerLabel"));
    m_sandbox = new Pill(tr("Sandbox"), Tone::Warn, m_content);
    m_sandbox->setObjectName(QStringLiteral("sandboxPill"));
    m_sandbox->setToolTip(tr("The models are simulated: figures of this run say nothing of real ones."));
    head->addWidget(m_route);
    head->addWidget(m_router, 1);
    head->addWidget(m_sandbox);
    content->addLayout(head);
    m_intent = plain({}, m_content);
    m_intent->setObjectName(QStringLiteral("intentLabel"));
    content->addWidget(m_intent);
    m_bars = new ScoreBars(m_content);
    content->addWidget(m_bars);
    m_confidence = new MutedLabel({}, m_content);
    m_confidence->setObjectName(QStringLiteral("confidenceLabel"));
    content->addWidget(m_confidence);
    m_reasons = plain({}, m_content);
    m_reasons->setObjectName(QStringLiteral("reasonsLabel"));
    m_reasons->setFont(Theme::monospace(TextSize::Small));
    content->addWidget(m_reasons);
    content->addSpacing(space::s);

    content->addWidget(new CaptionLabel(tr("Rules"), m_content));
    m_rules = listIn(content);
    m_barredCaption = new CaptionLabel(tr("Barred"), m_content);
    content->addSpacing(space::s);
    content->addWidget(m_barredCaption);
    m_barred = listIn(content);
    content->addSpacing(space::s);
    content->addWidget(new CaptionLabel(tr("Retrieved"), m_content));
    m_passages = listIn(content);
    content->addSpacing(space::s);

    makeVerdict(content);
    m_kept = new MutedLabel({}, m_content);
    m_kept->setObjectName(QStringLiteral("recordedLabel"));
    m_kept->setWordWrap(true);
    content->addWidget(m_kept);
    makeButtons(content);
    body()->addWidget(m_content);
    body()->addStretch();
    m_content->hide();
}

void DecisionColumn::makeVerdict(QVBoxLayout* content)
{
    m_verdict = new QWidget(m_content);
    auto* verdict = new QVBoxLayout(m_verdict);
    verdict->setContentsMargins(0, 0, 0, 0);
    verdict->setSpacing(space::s);
    verdict->addWidget(new CaptionLabel(tr("Was it resolved?"), m_verdict));
    auto* answers = new QHBoxLayout;
    m_yes = plainButton(tr("Yes"), QStringLiteral("resolvedYes"), m_verdict);
    m_no = plainButton(tr("No"), QStringLiteral("resolvedNo"), m_verdict);
    m_yes->setAccessibleName(tr("The request was resolved"));
    m_no->setAccessibleName(tr("The request was not resolved"));
    for (QPushButton* button : {m_yes, m_no}) {
        button->setCheckable(true);
        answers->addWidget(button);
        connect(button, &QPushButton::clicked, this,
                [this, button] { Q_EMIT resolvedChosen(button == m_yes); });
    }
    answers->addStretch();
    verdict->addLayout(answers);
    verdict->addSpacing(space::xs);
    verdict->addWidget(new CaptionLabel(tr("Was this the right tier?"), m_verdict));
    auto* fits = new QWidget(m_verdict);
    auto* flow = new FlowLayout(fits, space::xs);
    const struct
    {
        TierFit fit;
        QString text;
        QString explanation;
    } answersOf[] = {
        {TierFit::GoodFit, tr("1 good fit"), tr("The tier was right for the request (1)")},
        {TierFit::Underpowered, tr("2 underpowered"), tr("It should have been a stronger tier (2)")},
        {TierFit::Overprovisioned, tr("3 overprovisioned"), tr("A cheaper tier would have done (3)")},
        {TierFit::Failed, tr("4 failed"), tr("No tier did it (4)")},
    };
    for (const auto& answer : answersOf) {
        auto* button = plainButton(answer.text,
                                   QStringLiteral("fit:%1").arg(QString::fromLatin1(name(answer.fit))), fits);
        button->setAccessibleName(answer.explanation);
        button->setToolTip(answer.explanation);
        button->setCheckable(true);
        flow->addWidget(button);
        m_fits.push_back(button);
        connect(button, &QPushButton::clicked, this, [this, fit = answer.fit] { Q_EMIT rated(fit); });
    }
    verdict->addWidget(fits);
    content->addWidget(m_verdict);
}

void DecisionColumn::makeButtons(QVBoxLayout* content)
{
    m_copy = plainButton(tr("Copy as JSON"), QStringLiteral("copyJson"), m_content);
    m_copy->setAccessibleName(tr("Copy the trace as JSON"));
    connect(m_copy, &QPushButton::clicked, this, &DecisionColumn::copyAsked);
    m_curl = plainButton(tr("Copy as cURL"), QStringLiteral("copyCurl"), m_content);
    m_curl->setAccessibleName(tr("Copy the last hop's request as a cURL command"));
    m_curl->setToolTip(tr("The request of the last hop as a shell command, with $KEY in the key's place"));
    connect(m_curl, &QPushButton::clicked, this, &DecisionColumn::curlAsked);
    m_inspect = plainButton(tr("Inspect…"), QStringLiteral("inspectRun"), m_content);
    m_inspect->setAccessibleName(tr("Inspect requests and responses"));
    m_inspect->setToolTip(tr("Shows what each hop asked and what came back (Ctrl+I)"));
    connect(m_inspect, &QPushButton::clicked, this, &DecisionColumn::inspectAsked);
    m_replay = plainButton(tr("Replay"), QStringLiteral("replayRun"), m_content);
    m_replay->setAccessibleName(tr("Replay the request"));
    m_replay->setToolTip(tr("Sends the same request again, beside what was recorded"));
    m_replay->setMenu(new QMenu(m_replay));
    m_replay->menu()->setObjectName(QStringLiteral("replayMenu"));
    m_goOn = plainButton(tr("Go On"), QStringLiteral("goOn"), m_content);
    m_goOn->setAccessibleName(tr("Go on with the conversation"));
    m_goOn->setToolTip(tr("The question and its answer become earlier turns of the next prompt"));
    connect(m_goOn, &QPushButton::clicked, this, &DecisionColumn::goOnAsked);
    auto* holder = new QWidget(m_content);
    auto* flow = new FlowLayout(holder, space::s);
    for (QPushButton* button : {m_replay, m_inspect, m_goOn, m_curl, m_copy})
        flow->addWidget(button);
    content->addWidget(holder);
}

void DecisionColumn::showReplay(const RunView& run)
{
    m_replay->setEnabled(run.trace() != nullptr && run.state() == RunView::State::Done);
    if (m_replayTiers == run.tiers() && !m_replay->menu()->isEmpty())
        return;
    m_replayTiers = run.tiers();
    QMenu* menu = m_replay->menu();
    menu->clear();
    QAction* today = menu->addAction(tr("Under &Today's Policy"));
    today->setObjectName(QStringLiteral("replayToday"));
    connect(today, &QAction::triggered, this, [this] { Q_EMIT replayAsked({}); });
    menu->addSeparator();
    for (const QString& tier : m_replayTiers) {
        QAction* on = menu->addAction(tr("On %1").arg(tier));
        on->setObjectName(QStringLiteral("replayOn:%1").arg(tier));
        connect(on, &QAction::triggered, this, [this, tier] { Q_EMIT replayAsked(tier); });
    }
}

void DecisionColumn::setRating(std::optional<TierFit> fit)
{
    for (std::size_t i = 0; i < m_fits.size(); ++i)
        m_fits[i]->setChecked(fit && static_cast<std::size_t>(*fit) == i);
}

void DecisionColumn::show(const RunView& run)
{
    const bool decided = run.decision().has_value();
    m_empty->setVisible(!decided);
    m_content->setVisible(decided);
    if (!decided) {
        m_rulesShown.clear();
        m_passagesShown.clear();
        return;
    }
    showDecision(run);
    showRules(run);
    showPassages(run);
    const bool done = run.state() == RunView::State::Done;
    m_verdict->setVisible(done);
    const bool recorded = run.trace() != nullptr;
    for (QPushButton* button : {m_copy, m_curl, m_inspect})
        button->setEnabled(recorded);
    m_goOn->setEnabled(recorded && !run.trace()->answer.empty());
    showReplay(run);
    switch (run.state()) {
    case RunView::State::Done:
        m_kept->setText(tr("Recorded as %1.").arg(qs(run.trace()->id)));
        break;
    case RunView::State::NotRecorded:
        m_kept->setText(tr("Not recorded: %1").arg(run.problem()));
        break;
    default:
        m_kept->setText(tr("Recorded when it has ended."));
        break;
    }
}

void DecisionColumn::setResolved(std::optional<bool> resolved)
{
    m_yes->setChecked(resolved == true);
    m_no->setChecked(resolved == false);
}

void DecisionColumn::showDecision(const RunView& run)
{
    const Decision& decision = *run.decision();
    const int tier = decision.route.isTier() ? decision.route.tier : -1;
    m_route->setText(decision.route.isHuman() ? tr("a person") : qs(run.policy()->routeName(decision.route)));
    m_route->setTier(tier);
    m_route->setAccessibleName(tr("Route: %1").arg(m_route->text()));
    m_router->setText(
        decision.ruleId.empty()
            ? tr("by %1").arg(qs(decision.router))
            : tr("by rule %1%2").arg(qs(decision.ruleId), decision.locked ? tr(", locked") : QString()));
    m_sandbox->setVisible(run.isSimulated());
    QStringList known;
    if (!decision.intent.empty())
        known << qs(decision.intent);
    if (decision.difficulty > 0)
        known << tr("difficulty %1").arg(decision.difficulty);
    m_intent->setText(known.join(QStringLiteral(" · ")));
    m_intent->setVisible(!known.isEmpty());
    m_bars->show(decision.alternatives, tier);
    const QString time = microsText(decision.nanos);
    m_confidence->setText(
        decision.confidence
            ? tr("confidence %1, uncalibrated · %2").arg(QString::number(*decision.confidence, 'f', 2), time)
            : tr("decided in %1").arg(time));
    QStringList reasons;
    QStringList words;
    for (const std::string& reason : run.trace() ? run.trace()->reasons : decision.reasons) {
        reasons << qs(reason);
        words << reasonInWords(qs(reason));
    }
    m_reasons->setText(reasons.join(QLatin1Char('\n')));
    m_reasons->setToolTip(words.join(QLatin1Char('\n')));
    m_reasons->setAccessibleName(tr("Reasons: %1").arg(words.join(QStringLiteral(", "))));
}

void DecisionColumn::showRules(const RunView& run)
{
    QString shown = QString::number(run.run());
    for (const QString& tier : run.tiers())
        shown += QLatin1Char('|') + run.barredReason(tier);
    if (shown == m_rulesShown)
        return;
    m_rulesShown = shown;
    clearLayout(m_rules);
    if (run.rules().empty())
        m_rules->addWidget(new MutedLabel(tr("The policy has no rules."), m_content));
    QStringList passed;
    for (const RuleView& rule : run.rules()) {
        if (!rule.matched) {
            passed << rule.id;
            continue;
        }
        QWidget* row = line(tr("%1 → %2").arg(rule.id, rule.effect),
                            rule.locked ? tr("matched, locked") : tr("matched"), true, m_content);
        row->setToolTip(rule.reason);
        m_rules->addWidget(row);
    }
    if (!passed.isEmpty()) {
        auto* label =
            new MutedLabel(tr("Did not match: %1").arg(passed.join(QStringLiteral(", "))), m_content);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        m_rules->addWidget(label);
    }
    clearLayout(m_barred);
    bool any = false;
    for (const QString& tier : run.tiers()) {
        const QString reason = run.barredReason(tier);
        if (reason.isEmpty())
            continue;
        any = true;
        QWidget* row = line(tier, reason, true, m_content);
        row->setToolTip(reasonInWords(reason));
        m_barred->addWidget(row);
    }
    m_barredCaption->setVisible(any);
}

void DecisionColumn::showPassages(const RunView& run)
{
    QString shown = QString::number(run.run());
    for (const RetrievedPassage& passage : run.passages())
        shown += QLatin1Char('|') + qs(passage.documentId);
    if (shown == m_passagesShown)
        return;
    m_passagesShown = shown;
    clearLayout(m_passages);
    if (run.passages().empty()) {
        auto* none = new MutedLabel(run.policy()->retrieval.enabled ? tr("Nothing was looked up.")
                                                                    : tr("The policy looks nothing up."),
                                    m_content);
        none->setWordWrap(true);
        m_passages->addWidget(none);
    }
    for (const RetrievedPassage& passage : run.passages()) {
        QWidget* row = line(QStringLiteral("%1  %2").arg(qs(passage.documentId), qs(passage.title)),
                            QString::number(passage.score, 'f', 2), false, m_content);
        row->setToolTip(QStringLiteral("<p><b>%1</b></p><p>%2</p>")
                            .arg(qs(passage.title).toHtmlEscaped(), qs(passage.text).toHtmlEscaped()));
        m_passages->addWidget(row);
    }
}

} // namespace signalbox
