// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/text.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace signalbox {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::Words)
};

const QChar kThinSpace(0x2009);

} // namespace

QString usdText(std::optional<NanoUsd> cost)
{
    return cost ? qs(formatUsd(*cost)) : Words::tr("unknown");
}

QString usdText(const CostSum& cost)
{
    if (cost.unknownParts == 0)
        return qs(formatUsd(cost.known));
    if (cost.knownParts == 0)
        return Words::tr("unknown");
    return Words::tr("≥ %1 (%n part(s) unknown)", nullptr, cost.unknownParts).arg(qs(formatUsd(cost.known)));
}

QString usdValueText(double usd)
{
    return qs(formatUsd(static_cast<NanoUsd>(std::llround(usd * kNanoPerUsd))));
}

QString msText(std::optional<double> ms)
{
    return ms ? qs(formatMs(ms)) : Words::tr("unknown");
}

QString countText(qint64 count)
{
    return qs(groupedNumber(count));
}

QString percentText(double share, int decimals)
{
    return QLocale::c().toString(share * 100, 'f', decimals) + kThinSpace + QLatin1Char('%');
}

QString qualityText(std::optional<double> quality)
{
    return quality ? QLocale::c().toString(*quality, 'f', 2) : Words::tr("unknown");
}

QString tokensText(std::optional<std::int64_t> tokens)
{
    return tokens ? countText(*tokens) : Words::tr("unknown");
}

QString tokenClassText(std::optional<std::int64_t> tokens)
{
    return tokens ? countText(*tokens) : QStringLiteral("–");
}

QString tokenClassesText(const TokenUsage& tokens)
{
    QString in = tokenClassText(tokens.input);
    if (tokens.cacheWrite.value_or(0) > 0)
        in = Words::tr("%1 + %2 written").arg(in, countText(*tokens.cacheWrite));
    return QStringLiteral("%1 / %2 / %3").arg(in, tokenClassText(tokens.cachedInput), tokenClassText(tokens.output));
}

QString finishReasonInWords(std::string_view reason)
{
    if (reason == "stop")
        return Words::tr("by the model itself");
    if (reason == "length")
        return Words::tr("cut off at its longest");
    if (reason == "content_filter")
        return Words::tr("by a filter of the provider");
    if (reason == "tool_calls")
        return Words::tr("with calls of tools");
    return Words::tr("for another reason");
}

QString microsText(std::int64_t nanos)
{
    const double micros = static_cast<double>(nanos) / 1000.0;
    if (micros >= 1000)
        return msText(micros / 1000.0);
    return QLocale::c().toString(micros, 'f', micros < 10 ? 1 : 0) + kThinSpace + QStringLiteral("µs");
}

QString timeText(std::int64_t wallMs)
{
    return QDateTime::fromMSecsSinceEpoch(wallMs).toString(QStringLiteral("d MMM hh:mm:ss"));
}

QString intervalText(const QString& low, const QString& high)
{
    return QLatin1Char('[') + low + QStringLiteral(", ") + high + QLatin1Char(']');
}

QString reasonInWords(const QString& code)
{
    struct Entry
    {
        const char* prefix;
        const char* words;
    };
    static const Entry kEntries[] = {
        {"gate.judge_below.",
         QT_TRANSLATE_NOOP("signalbox::Words", "the judge scored below the threshold: %1")},
        {"gate.judge_failed.", QT_TRANSLATE_NOOP("signalbox::Words", "the judge gave no usable verdict: %1")},
        {"gate.schema_invalid.",
         QT_TRANSLATE_NOOP("signalbox::Words", "the draft does not fit its schema: %1")},
        {"gate.all_passed", QT_TRANSLATE_NOOP("signalbox::Words", "every gate passed")},
        {"gate.", QT_TRANSLATE_NOOP("signalbox::Words", "a gate of the policy: %1")},
        {"budget.deadline", QT_TRANSLATE_NOOP("signalbox::Words", "the tier's deadline ended it")},
        {"budget.", QT_TRANSLATE_NOOP("signalbox::Words", "a budget ended it: %1")},
        {"provider.refused", QT_TRANSLATE_NOOP("signalbox::Words", "the endpoint refused the connection")},
        {"provider.timeout", QT_TRANSLATE_NOOP("signalbox::Words", "the endpoint did not answer in time")},
        {"provider.cut",
         QT_TRANSLATE_NOOP("signalbox::Words", "the connection was lost before the answer was whole")},
        {"provider.garbage",
         QT_TRANSLATE_NOOP("signalbox::Words", "the answer was not what the protocol says")},
        {"provider.empty_answer",
         QT_TRANSLATE_NOOP("signalbox::Words", "the model's answer had no text")},
        {"provider.rate_limited",
         QT_TRANSLATE_NOOP("signalbox::Words", "the endpoint said: too many requests")},
        {"provider.unavailable",
         QT_TRANSLATE_NOOP("signalbox::Words", "the endpoint said that it is not available")},
        {"provider.unauthorized",
         QT_TRANSLATE_NOOP("signalbox::Words", "the endpoint did not accept the key")},
        {"provider.no_key", QT_TRANSLATE_NOOP("signalbox::Words", "the key is not where the policy says")},
        {"provider.", QT_TRANSLATE_NOOP("signalbox::Words", "the endpoint failed: %1")},
        {"policy.", QT_TRANSLATE_NOOP("signalbox::Words", "a rule of the policy: %1")},
        {"constraint.", QT_TRANSLATE_NOOP("signalbox::Words", "a hard constraint: %1")},
        {"router.", QT_TRANSLATE_NOOP("signalbox::Words", "the router: %1")},
        {"race.won", QT_TRANSLATE_NOOP("signalbox::Words", "it was the first acceptable answer of the race")},
        {"race.lost", QT_TRANSLATE_NOOP("signalbox::Words", "another one won the race, and it was stopped")},
        {"race.", QT_TRANSLATE_NOOP("signalbox::Words", "the race: %1")},
        {"pool.unsure", QT_TRANSLATE_NOOP("signalbox::Words", "the specialist was not sure")},
        {"agreement.", QT_TRANSLATE_NOOP("signalbox::Words", "whether the answers agree: %1")},
        {"self_consistency.", QT_TRANSLATE_NOOP("signalbox::Words", "whether the samples agree: %1")},
        {"pipeline.", QT_TRANSLATE_NOOP("signalbox::Words", "a stage of the pipeline: %1")},
        {"background.", QT_TRANSLATE_NOOP("signalbox::Words", "evidence gathered in the background: %1")},
        {"replica.not_available", QT_TRANSLATE_NOOP("signalbox::Words", "a replica was not available, and another one of the tier was asked")},
        {"availability.", QT_TRANSLATE_NOOP("signalbox::Words", "a tier stands in for one that is not available: %1")},
        {"stream.restarted", QT_TRANSLATE_NOOP("signalbox::Words", "the answer that had begun to come was begun anew")},
        {"stream.stopped", QT_TRANSLATE_NOOP("signalbox::Words", "it broke off while it was read, and what had come is all that came")},
        {"cascade.", QT_TRANSLATE_NOOP("signalbox::Words", "the cascade: %1")},
        {"cache.hit", QT_TRANSLATE_NOOP("signalbox::Words", "an earlier answer was given again")},
        {"cache.", QT_TRANSLATE_NOOP("signalbox::Words", "the cache of answers: %1")},
        {"retrieval.", QT_TRANSLATE_NOOP("signalbox::Words", "the search of documents: %1")},
        {"cancelled", QT_TRANSLATE_NOOP("signalbox::Words", "it was stopped")},
    };
    for (const Entry& entry : kEntries) {
        const QLatin1String prefix(entry.prefix);
        if (!code.startsWith(prefix))
            continue;
        QString words = Words::tr(entry.words);
        if (words.contains(QStringLiteral("%1"))) {
            QString rest = code.mid(prefix.size());
            rest.replace(QLatin1Char('_'), QLatin1Char(' '));
            words = words.arg(rest);
        }
        return words;
    }
    return code;
}

} // namespace signalbox
