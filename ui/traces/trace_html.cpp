// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traces/trace_html.h"

#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

namespace signalbox {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::TraceHtml)
};

QString esc(const std::string& text)
{
    return qs(text).toHtmlEscaped();
}

QString span(const QString& html, const QColor& color, bool bold = false)
{
    return QStringLiteral("<span style=\"color:%1;%2\">%3</span>")
        .arg(color.name(), bold ? QStringLiteral("font-weight:600") : QString(), html);
}

QString code(const std::string& text)
{
    return QStringLiteral("<span style=\"font-family:'%1'\">%2</span>")
        .arg(Theme::monospace().family(), esc(text));
}

QString muted(const QString& html)
{
    return span(html, Theme::instance().colors().muted);
}

QString caption(const QString& text)
{
    return QStringLiteral(
               "<p style=\"margin:12px 0 4px 0; color:%1; font-size:8.25pt; font-weight:600\">%2</p>")
        .arg(Theme::instance().colors().muted.name(), text.toUpper().toHtmlEscaped());
}

QString paragraph(const QString& html)
{
    return QStringLiteral("<p style=\"margin:0 0 4px 0\">") + html + QStringLiteral("</p>");
}

QString multiline(const std::string& text)
{
    return paragraph(esc(text).replace(QLatin1Char('\n'), QStringLiteral("<br>")));
}

QString row(const QStringList& cells, int leftCells, bool head = false)
{
    QString html = QStringLiteral("<tr>");
    for (int i = 0; i < cells.size(); ++i) {
        const QString align = i < leftCells ? QStringLiteral("left") : QStringLiteral("right");
        html += QStringLiteral("<td align=\"%1\" style=\"padding:3px 10px 3px 0\">%2</td>")
                    .arg(align, head ? muted(cells[i]) : cells[i]);
    }
    return html + QStringLiteral("</tr>");
}

/// What is unusual about a draft's end: it was cut off, or calls tools.
QString endingOf(const Hop& hop)
{
    QString html;
    for (const ToolCall& call : hop.toolCalls)
        html += paragraph(Words::tr("Calls %1").arg(code(call.name + "(" + call.argumentsJson + ")")));
    if (hop.wasCutOff())
        html += paragraph(muted(Words::tr("The draft was ended: %1.").arg(finishReasonInWords(hop.finishReason))));
    return html;
}

QString statusWord(HopStatus status)
{
    switch (status) {
    case HopStatus::Running:
        return Words::tr("running");
    case HopStatus::Accepted:
        return Words::tr("accepted");
    case HopStatus::Escalated:
        return Words::tr("escalated");
    case HopStatus::Failed:
        return Words::tr("failed");
    case HopStatus::Cancelled:
        return Words::tr("cancelled");
    case HopStatus::Barred:
        return Words::tr("barred");
    case HopStatus::Used:
        return Words::tr("used");
    }
    return {};
}

QColor statusColor(HopStatus status)
{
    const ThemeColors& colors = Theme::instance().colors();
    return status == HopStatus::Accepted    ? colors.good
           : status == HopStatus::Escalated ? colors.warn
           : status == HopStatus::Failed    ? colors.bad
                                            : colors.muted;
}

CostSum costOfHop(const Trace& trace, int hop)
{
    CostSum sum;
    for (const Charge& charge : trace.charges) {
        if (charge.hop == hop)
            sum.add(charge.cost);
    }
    return sum;
}

/// Where a passage stood in either ranking, when there were two.
QString ranksOf(const RetrievedPassage& passage)
{
    if (!passage.similarity)
        return {};
    const auto place = [](std::optional<int> rank) {
        return rank ? QString::number(*rank) : QStringLiteral("–");
    };
    return QStringLiteral(" · ") +
           Words::tr("by words %1, by nearness %2").arg(place(passage.wordRank), place(passage.vectorRank));
}

QString gateRow(const GateResult& gate)
{
    const ThemeColors& colors = Theme::instance().colors();
    QString result = gate.verdict == GateVerdict::Passed  ? span(Words::tr("passed"), colors.good)
                     : gate.verdict == GateVerdict::Fired ? span(Words::tr("fired"), colors.warn)
                                                          : span(Words::tr("no verdict"), colors.bad);
    if (gate.rawScore && gate.of > 0)
        result = Words::tr("%1 of %2").arg(QString::number(*gate.rawScore, 'f', 1)).arg(gate.of) +
                 QStringLiteral(" · ") + result;
    else if (gate.rawScore) // no rubric's: a share, a length, a time
        result = QString::number(*gate.rawScore, 'g', 6) + QStringLiteral(" · ") + result;
    QString why =
        gate.threshold ? Words::tr("threshold %1").arg(QString::number(*gate.threshold)) : QString();
    if (!gate.reason.empty())
        why = code(gate.reason);
    if (!gate.explanation.empty())
        why += QStringLiteral("<br>") + muted(esc(gate.explanation));
    return row({QString(), muted(gate.gate == "judge"         ? Words::tr("judge")
                                  : gate.gate == "json_schema" ? Words::tr("shape")
                                                               : esc(gate.gate)), result, why,
                QString(), QString(), msText(gate.latencyMs), QString()},
               4);
}

} // namespace

QString traceHtml(const Trace& trace, const QStringList& tierOrder)
{
    const Theme& theme = Theme::instance();
    QString html = caption(Words::tr("Prompt"));
    for (const Message& message : trace.messages)
        html += trace.messages.size() > 1 ? paragraph(muted(esc(message.role))) + multiline(message.content)
                                          : multiline(message.content);
    for (const Attachment& attachment : trace.attachments)
        html +=
            paragraph(muted(Words::tr("attachment: %1 %2").arg(esc(attachment.kind), esc(attachment.name))));

    html += caption(Words::tr("Hops"));
    if (trace.cacheHit) {
        const CacheHit& hit = *trace.cacheHit;
        html += paragraph(Words::tr("No tier was called: the answer is that of trace %1, to a question that is %2 "
                                    "alike. It was given %3 before, and had cost %4.")
                              .arg(code(hit.traceId), percentText(hit.similarity, 1),
                                   msText(static_cast<double>(hit.ageMs)), usdText(hit.savedCost)));
    } else if (trace.hops.empty()) {
        html += paragraph(muted(trace.status == TraceStatus::HandedOff
                                    ? Words::tr("No tier was called: the request went to a person.")
                                    : Words::tr("No tier was called.")));
    } else {
        html += QStringLiteral("<table width=\"98%\" cellspacing=\"0\">");
        html += row({Words::tr("hop"), Words::tr("tier"), Words::tr("result"), Words::tr("reason"),
                     Words::tr("in / cached / out"), Words::tr("first token"), Words::tr("total"),
                     Words::tr("cost")},
                    4, true);
        for (const Hop& hop : trace.hops) {
            html += row({QString::number(hop.index + 1),
                         span(esc(hop.tier), theme.route(qs(hop.tier), tierOrder), true) + QLatin1Char(' ') +
                             muted(esc(hop.model)),
                         span(statusWord(hop.status), statusColor(hop.status)), code(hop.reason),
                         hop.status == HopStatus::Barred ? QStringLiteral("–") : tokenClassesText(hop.tokens),
                         hop.status == HopStatus::Barred ? QStringLiteral("–") : msText(hop.ttftMs),
                         msText(hop.totalMs),
                         hop.status == HopStatus::Barred ? QStringLiteral("–")
                                                         : usdText(costOfHop(trace, hop.index))},
                        4);
            for (const Attempt& attempt : hop.attempts) {
                if (attempt.errorKind.empty() && attempt.number == 1)
                    continue; // a first try that went well is the hop or the judge's row itself
                const QString result = attempt.errorKind.empty()
                                           ? Words::tr("answered")
                                           : span(code(attempt.errorKind), theme.colors().bad);
                html += row(
                    {QString(),
                     muted(attempt.purpose == "model" ? Words::tr("try %1").arg(attempt.number)
                                                      : Words::tr("judge, try %1").arg(attempt.number)),
                     attempt.httpStatus > 0 ? Words::tr("HTTP %1").arg(attempt.httpStatus)
                                            : Words::tr("no answer"),
                     result + QLatin1Char(' ') + muted(esc(attempt.message)), QString(),
                     attempt.ttftMs ? msText(attempt.ttftMs) : QString(), msText(attempt.totalMs), QString()},
                    4);
            }
            for (const GateResult& gate : hop.gates)
                html += gateRow(gate);
        }
        html += row({QString(), QString(), QString(), QString(), QString(), QString(),
                     QStringLiteral("<b>") + msText(trace.latencyMs) + QStringLiteral("</b>"),
                     QStringLiteral("<b>") + usdText(trace.cost()) + QStringLiteral("</b>")},
                    4);
        html += QStringLiteral("</table>");
    }

    html += caption(Words::tr("Answer"));
    html +=
        trace.answer.empty() ? paragraph(muted(Words::tr("There is no answer."))) : multiline(trace.answer);
    for (const Hop& hop : trace.hops) {
        const bool isAnswer = hop.text.empty() || hop.text == trace.answer;
        const QString ending = endingOf(hop);
        if (isAnswer && ending.isEmpty())
            continue;
        html += caption(Words::tr("Draft of %1").arg(qs(hop.tier))) + (isAnswer ? QString() : multiline(hop.text)) + ending;
    }

    html += caption(Words::tr("Charges"));
    html += QStringLiteral("<table width=\"98%\" cellspacing=\"0\">");
    html += row({Words::tr("kind"), Words::tr("model"), Words::tr("hop"), Words::tr("price from"),
                 Words::tr("in / cached / out / reasoning"), Words::tr("cost")},
                4, true);
    for (const Charge& charge : trace.charges)
        html += row({qs(name(charge.kind)).replace(QLatin1Char('_'), QLatin1Char(' ')), esc(charge.model),
                     charge.hop >= 0 ? QString::number(charge.hop + 1) : QStringLiteral("–"),
                     charge.priceSource.empty()
                         ? Words::tr("unknown")
                         : esc(charge.priceSource) + QLatin1Char(' ') + muted(esc(charge.priceAsOf)),
                     tokenClassesText(charge.tokens) + QStringLiteral(" / ") + tokenClassText(charge.tokens.reasoning),
                     usdText(charge.cost)},
                    4);
    html += QStringLiteral("</table>");
    html += paragraph(
        muted(Words::tr("Tokens are of disjoint classes; – stands for what the server did not report.")));
    return html;
}

QString decisionHtml(const Trace& trace, const QStringList& tierOrder)
{
    const Theme& theme = Theme::instance();
    QString html = caption(Words::tr("Decision"));
    html += paragraph(span(trace.route == "human" ? Words::tr("a person") : esc(trace.route),
                           theme.route(qs(trace.route), tierOrder), true) +
                      QLatin1Char(' ') + Words::tr("by %1").arg(esc(trace.router)) + QStringLiteral(" · ") +
                      microsText(trace.decisionNanos));
    if (!trace.intent.empty() || trace.difficulty > 0 || trace.confidence) {
        QStringList parts;
        if (!trace.intent.empty())
            parts << esc(trace.intent);
        if (trace.confidence)
            parts << Words::tr("confidence %1").arg(QString::number(*trace.confidence, 'f', 2));
        if (trace.difficulty > 0)
            parts << Words::tr("difficulty %1").arg(trace.difficulty);
        html += paragraph(parts.join(QStringLiteral(" · ")));
    }
    html += caption(Words::tr("Reasons"));
    for (const std::string& reason : trace.reasons)
        html += paragraph(code(reason) + QStringLiteral("<br>") +
                          muted(reasonInWords(qs(reason)).toHtmlEscaped()));
    if (!trace.barred.empty()) {
        html += caption(Words::tr("Barred tiers"));
        for (const auto& [tier, reason] : trace.barred)
            html += paragraph(span(esc(tier), theme.route(qs(tier), tierOrder), true) + QLatin1Char(' ') +
                              code(reason));
    }
    html += caption(Words::tr("Outcome"));
    html += paragraph(Words::tr("quality %1").arg(qualityText(trace.quality)) +
                      (trace.qualitySource.empty()
                           ? QString()
                           : QLatin1Char(' ') + muted(Words::tr("by %1").arg(esc(trace.qualitySource)))));
    html += paragraph(Words::tr("resolved: %1")
                          .arg(!trace.resolved   ? Words::tr("unknown")
                               : *trace.resolved ? Words::tr("yes")
                                                 : Words::tr("no")));
    if (!trace.retrieved.empty()) {
        html += caption(Words::tr("Retrieved"));
        for (const RetrievedPassage& passage : trace.retrieved)
            html += paragraph(code(passage.documentId) + QLatin1Char(' ') + esc(passage.title) +
                              QStringLiteral(" <b>") + QString::number(passage.score, 'f', 2) +
                              QStringLiteral("</b>") + muted(ranksOf(passage)));
    }
    html += caption(Words::tr("Versions"));
    html += paragraph(Words::tr("policy %1").arg(esc(trace.policyName)) + QLatin1Char(' ') +
                      code(trace.policyHash.substr(0, 12)));
    html += paragraph(Words::tr("prompts") + QLatin1Char(' ') + code(trace.promptVersion.substr(0, 12)));
    if (!trace.judgeVersions.empty())
        html += paragraph(Words::tr("judges") + QLatin1Char(' ') + code(trace.judgeVersions));
    html += paragraph(Words::tr("trace") + QLatin1Char(' ') + code(trace.id));
    return html;
}

} // namespace signalbox
