// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a person thinks of the tier that answered a request.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

enum class TierFit { GoodFit, Underpowered, Overprovisioned, Failed };

/// Another request must not be given this answer.
inline bool saysAnswerIsBad(TierFit fit)
{
    return fit == TierFit::Underpowered || fit == TierFit::Failed;
}

inline const char* name(TierFit fit) ///< "good_fit", "underpowered", "overprovisioned", "failed"
{
    switch (fit) {
    case TierFit::GoodFit:
        return "good_fit";
    case TierFit::Underpowered:
        return "underpowered";
    case TierFit::Overprovisioned:
        return "overprovisioned";
    case TierFit::Failed:
        break;
    }
    return "failed";
}

inline std::optional<TierFit> tierFitFrom(std::string_view text)
{
    for (const TierFit fit :
         {TierFit::GoodFit, TierFit::Underpowered, TierFit::Overprovisioned, TierFit::Failed}) {
        if (text == name(fit))
            return fit;
    }
    return std::nullopt;
}

struct Rating
{
    TierFit fit = TierFit::GoodFit;
    std::string author;
    std::int64_t atMs = 0;
};

} // namespace signalbox
