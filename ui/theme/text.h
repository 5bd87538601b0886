// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Core's strings and figures as the window shows them. What is not known reads "unknown", never 0.

#include "base/money.h"
#include "base/statistics.h"
#include "providers/usage.h"

#include <QString>

#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

inline QString qs(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
inline std::string ss(const QString& text)
{
    return text.toStdString();
}

QString usdText(std::optional<NanoUsd> cost);                  ///< "$0.000 29" or "unknown"
QString usdText(const CostSum& cost);                          ///< also "≥ $0.41 (3 parts unknown)"
QString usdValueText(double usd);                              ///< for means: "$0.000 291"
QString msText(std::optional<double> ms);                      ///< "640 ms", "1.24 s" or "unknown"
QString countText(qint64 count);                               ///< "1 234" with thin spaces
QString percentText(double share, int decimals = 1);           ///< 0.094 → "9.4 %"
QString qualityText(std::optional<double> quality);            ///< "0.83" or "unknown"
QString tokenClassText(std::optional<std::int64_t> tokens);    ///< "1 204", or "–" where the server did not report it
/// "1 204 / 640 / 85": in, cached, out; what was written to the provider's cache stands beside what was read by itself:
/// "1 204 + 640 written / – / 85".
QString tokenClassesText(const TokenUsage& tokens);
QString finishReasonInWords(std::string_view reason);          ///< "length" → "cut off at its longest"
QString tokensText(std::optional<std::int64_t> tokens);        ///< "1 204" or "unknown"
QString microsText(std::int64_t nanos);                        ///< "31 µs"
QString timeText(std::int64_t wallMs);                         ///< local time "22 Nov 14:03:21"
QString intervalText(const QString& low, const QString& high); ///< "[a, b]"
/// A code such as "gate.judge_below.grounding" in words, for tool tips: "judge scored grounding below its
/// threshold".
QString reasonInWords(const QString& code);

} // namespace signalbox
