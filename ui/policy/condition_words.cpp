// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/condition_words.h"

#include "policy/policy.h"
#include "ui/theme/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace signalbox {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::ConditionWords)
};

QString quoted(const std::string& text)
{
    return QStringLiteral("“%1”").arg(qs(text));
}

/// The first entry and how many more there are, or all of them.
template <class Show>
QString entries(const std::vector<std::string>& list, bool whole, Show show)
{
    if (list.empty())
        return {};
    if (!whole)
        return list.size() == 1 ? show(list.front())
                                : QStringLiteral("%1 +%2").arg(show(list.front())).arg(list.size() - 1);
    QStringList all;
    for (const std::string& entry : list)
        all.append(show(entry));
    return all.join(Words::tr(" or "));
}

QString pattern(const std::string& text, bool whole)
{
    QString shown = qs(text);
    if (!whole && shown.size() > 16)
        shown = shown.left(15) + QStringLiteral("…");
    return QStringLiteral("/%1/").arg(shown);
}

QString tokensBetween(const Condition& condition)
{
    if (condition.minInputTokens && condition.maxInputTokens)
        return Words::tr("%1–%2 tokens")
            .arg(countText(*condition.minInputTokens), countText(*condition.maxInputTokens));
    return condition.minInputTokens ? Words::tr("≥ %1 tokens").arg(countText(*condition.minInputTokens))
                                    : Words::tr("≤ %1 tokens").arg(countText(*condition.maxInputTokens));
}

QStringList partsOf(const Condition& condition, bool whole);

QString group(const std::vector<Condition>& conditions, const QString& glue, bool whole)
{
    QStringList parts;
    for (const Condition& condition : conditions) {
        const QStringList inner = partsOf(condition, whole);
        const QString text = inner.join(Words::tr(" and "));
        parts.append(inner.size() > 1 && conditions.size() > 1 ? QStringLiteral("(%1)").arg(text) : text);
    }
    return parts.join(glue);
}

QStringList partsOf(const Condition& condition, bool whole)
{
    const auto plain = [](const std::string& text) { return qs(text); };
    QStringList parts;
    if (!condition.keywords.empty())
        parts.append(entries(condition.keywords, whole, quoted));
    if (!condition.patterns.empty())
        parts.append(entries(condition.patterns, whole,
                             [whole](const std::string& text) { return pattern(text, whole); }));
    if (condition.hasAttachment)
        parts.append(*condition.hasAttachment ? Words::tr("attachment") : Words::tr("no attachment"));
    if (condition.hasTools)
        parts.append(*condition.hasTools ? Words::tr("tools") : Words::tr("no tools"));
    for (const auto& [key, values] : condition.metadata)
        parts.append(QStringLiteral("%1 = %2").arg(qs(key), entries(values, whole, plain)));
    for (const auto& [name, values] : condition.headers)
        parts.append(QStringLiteral("%1: %2").arg(qs(name), entries(values, whole, plain)));
    if (condition.minInputTokens || condition.maxInputTokens)
        parts.append(tokensBetween(condition));
    if (!condition.languages.empty())
        parts.append(Words::tr("language %1").arg(entries(condition.languages, whole, plain)));
    if (!condition.pii.empty())
        parts.append(condition.pii == std::vector<std::string>{"any"}
                         ? Words::tr("personal data")
                         : Words::tr("personal data: %1").arg(entries(condition.pii, whole, plain)));
    if (condition.timeOfDay)
        parts.append(timeWindowText(*condition.timeOfDay));
    if (!condition.userTiers.empty())
        parts.append(Words::tr("user tier %1").arg(entries(condition.userTiers, whole, plain)));
    for (const Condition& inner : condition.all) {
        QStringList more = partsOf(inner, whole);
        parts.append(more.size() > 1 && whole ? QStringLiteral("(%1)").arg(more.join(Words::tr(" and ")))
                                              : more.join(Words::tr(" and ")));
    }
    if (!condition.any.empty()) {
        const QString text = group(condition.any, Words::tr(" or "), whole);
        parts.append(condition.any.size() > 1 ? QStringLiteral("(%1)").arg(text) : text);
    }
    for (const Condition& inner : condition.none) {
        const QStringList more = partsOf(inner, whole);
        const QString text = more.join(Words::tr(" and "));
        parts.append(Words::tr("not %1").arg(more.size() > 1 ? QStringLiteral("(%1)").arg(text) : text));
    }
    return parts;
}

QString clock(int minute)
{
    return QStringLiteral("%1:%2")
        .arg(minute / 60, 2, 10, QLatin1Char('0'))
        .arg(minute % 60, 2, 10, QLatin1Char('0'));
}

QString dayName(int day)
{
    return QLocale(QLocale::English).dayName(std::clamp(day, 0, 6) + 1, QLocale::ShortFormat);
}

QString checkName(VerifierCheck check)
{
    switch (check) {
    case VerifierCheck::Pattern:
        return Words::tr("pattern is missing");
    case VerifierCheck::Length:
        return Words::tr("wrong length");
    case VerifierCheck::CodeParses:
        return Words::tr("code does not parse");
    case VerifierCheck::Arithmetic:
        return Words::tr("wrong arithmetic");
    case VerifierCheck::Complete:
        return Words::tr("answer is cut off");
    }
    return {};
}

} // namespace

QString timeWindowText(const TimeWindow& window)
{
    QString text = QStringLiteral("%1–%2").arg(clock(window.fromMinute), clock(window.toMinute));
    std::vector<int> days = window.days;
    std::sort(days.begin(), days.end());
    const bool isRun = days.size() > 2 && days.back() - days.front() + 1 == static_cast<int>(days.size());
    if (isRun && days.size() < 7) {
        text += QStringLiteral(" %1–%2").arg(dayName(days.front()), dayName(days.back()));
    } else if (!isRun) {
        for (const int day : days)
            text += QLatin1Char(' ') + dayName(day);
    }
    if (window.utcOffsetMinutes != 0)
        text += QStringLiteral(" UTC%1%2")
                    .arg(window.utcOffsetMinutes < 0 ? QStringLiteral("−") : QStringLiteral("+"),
                         clock(std::abs(window.utcOffsetMinutes)));
    return text;
}

QString conditionShort(const Condition& condition)
{
    const QStringList parts = partsOf(condition, false);
    constexpr qsizetype kMost = 2;
    if (parts.size() <= kMost)
        return parts.join(QStringLiteral(" · "));
    return parts.mid(0, kMost).join(QStringLiteral(" · ")) +
           QStringLiteral(" · +%1").arg(parts.size() - kMost);
}

QString conditionWhole(const Condition& condition)
{
    return partsOf(condition, true).join(Words::tr(" and "));
}

QString gateShort(const Trigger& trigger)
{
    switch (trigger.gate) {
    case GateKind::Judge:
        return Words::tr("judge");
    case GateKind::JsonSchema:
        return Words::tr("schema");
    case GateKind::ToolCall:
        return Words::tr("bad tool call");
    case GateKind::Confidence:
        return Words::tr("router's confidence");
    case GateKind::Retrieval:
        return Words::tr("best passage");
    case GateKind::Keyword:
        if (!trigger.keywords.empty())
            return entries(trigger.keywords, false, quoted);
        return entries(trigger.patterns, false, [](const std::string& text) { return pattern(text, false); });
    case GateKind::TokenBudget:
        return Words::tr("too long");
    case GateKind::Timeout:
        return Words::tr("too late");
    case GateKind::Refusal:
        return Words::tr("refuses");
    case GateKind::SelfEscalation:
        return !trigger.marker.empty() ? Words::tr("says %1").arg(quoted(trigger.marker))
               : trigger.tool.empty()  ? Words::tr("asks to escalate")
                                       : Words::tr("calls %1").arg(qs(trigger.tool));
    case GateKind::Verifier:
        return checkName(trigger.check);
    case GateKind::LogProbability:
        return Words::tr("log-probability");
    case GateKind::SelfReported:
        return Words::tr("stated confidence");
    case GateKind::Stall:
        return trigger.afterMs ? Words::tr("silent for %1").arg(msText(*trigger.afterMs))
                               : Words::tr("stalls");
    }
    return {};
}

QString triggerWhole(const Trigger& trigger)
{
    QStringList lines;
    QString gate;
    switch (trigger.gate) {
    case GateKind::Judge:
        gate = Words::tr("The judge scores %1 below %2 of %3")
                   .arg(qs(trigger.rubricId))
                   .arg(trigger.below)
                   .arg(trigger.of);
        break;
    case GateKind::JsonSchema:
        gate = Words::tr("The answer is not JSON as its schema wants it");
        break;
    case GateKind::ToolCall:
        gate = Words::tr("A tool call names no known tool, or its arguments are wrong");
        break;
    case GateKind::Confidence:
        gate = Words::tr("The router's confidence is below %1").arg(trigger.below);
        break;
    case GateKind::Retrieval:
        gate = Words::tr("The best passage scores below %1").arg(trigger.below);
        break;
    case GateKind::Keyword: {
        Condition said;
        said.keywords = trigger.keywords;
        gate = Words::tr("The user's message has %1")
                   .arg(trigger.keywords.empty()
                            ? entries(trigger.patterns, true,
                                      [](const std::string& text) { return pattern(text, true); })
                            : conditionWhole(said));
        break;
    }
    case GateKind::TokenBudget:
        gate = Words::tr("The request is longer than the tier's budget");
        break;
    case GateKind::Timeout:
        gate = Words::tr("The tier's deadline has passed");
        break;
    case GateKind::Refusal:
        gate = Words::tr("The answer declines");
        break;
    case GateKind::SelfEscalation:
        gate = Words::tr("The model %1").arg(gateShort(trigger));
        break;
    case GateKind::Verifier:
        gate = Words::tr("A check of the answer fails: %1").arg(checkName(trigger.check));
        break;
    case GateKind::LogProbability:
        gate = Words::tr("The answer's mean log-probability is below %1").arg(trigger.below);
        break;
    case GateKind::SelfReported:
        gate = Words::tr("The confidence that the answer states is below %1").arg(trigger.below);
        break;
    case GateKind::Stall:
        gate = Words::tr("Nothing comes for a while, or the answer repeats itself");
        break;
    }
    lines.append(gate);
    if (trigger.when)
        lines.append(Words::tr("Only for: %1").arg(conditionWhole(*trigger.when)));
    if (trigger.atMost > 0)
        lines.append(trigger.atMost == 1 ? Words::tr("At most once a request")
                                         : Words::tr("At most %1 times a request").arg(trigger.atMost));
    return lines.join(QLatin1Char('\n'));
}

} // namespace signalbox
