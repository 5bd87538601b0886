// SPDX-License-Identifier: GPL-3.0-or-later
#include "judging/self_report.h"

#include "base/text.h"
#include "features/features.h"

#include <charconv>
#include <re2/re2.h>

namespace signalbox {

namespace {

constexpr std::size_t kMostBytes = 1u << 20; ///< of the answer's end

std::optional<double> numberOf(std::string text)
{
    for (char& c : text) {
        if (c == ',')
            c = '.';
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// What "85", "%" or "8", "/ 10" stand for.
std::optional<double> shareOf(const std::string& number, const std::string& percent, const std::string& of)
{
    const std::optional<double> value = numberOf(number);
    std::optional<double> share;
    if (!value)
        return share;
    if (!percent.empty())
        share = *value / 100;
    else if (const std::optional<double> scale = of.empty() ? std::nullopt : numberOf(of); scale)
        share = *scale > 0 ? std::optional(*value / *scale) : std::nullopt;
    else if (*value <= 1)
        share = *value;
    else if (*value > 10) // "85" can only be a percentage; "7" could be of ten
        share = *value / 100;
    return share && *share >= 0 && *share <= 1 ? share : std::nullopt;
}

const RE2& statements()
{
    // One alternative for each way of saying it; each has its number, its percent sign and its scale.
    static const RE2 re(
        R"re(\b(?:confidence|confidence score|confidence level|certainty|konfidenz|sicherheit|zuversicht)\b["*_]*)re"
        R"re((?: (?:is|of|score|level|in this answer|ist|liegt bei|beträgt)){0,3} ?[:=]? ?["*_]* ?(?:about |around |ca\. |etwa )?)re"
        R"re((\d{1,3}(?:[.,]\d{1,6})?|\.\d{1,6})(?: ?(%|percent|prozent)| ?(?:/|out of|von) ?(\d{1,4}))?)re"
        R"re(|\b(?:i am|i'm|we are|we're) (?:about |around |roughly |only |approximately )?(\d{1,3}(?:[.,]\d{1,6})?) ?(%|percent) (?:sure|certain|confident)\b)re"
        R"re(|\b(?:ich bin|wir sind|bin ich)(?: mir| uns)? (?:nur |etwa |ca\. )?zu (?:etwa |ca\. )?(\d{1,3}(?:[.,]\d{1,6})?) ?(%|prozent) (?:sicher|zuversichtlich|überzeugt))re"
        R"re(|\b(\d{1,3}(?:[.,]\d{1,6})?) ?(%|percent) (?:confidence|certainty|confident)\b)re");
    return re;
}

} // namespace

std::optional<double> statedConfidence(std::string_view answer)
{
    if (answer.size() > kMostBytes)
        answer.remove_prefix(answer.size() - kMostBytes);
    const std::string folded = foldForMatching(toValidUtf8(answer));
    re2::StringPiece rest(folded);
    std::optional<double> last;
    std::string n[4], percent[4], of;
    while (RE2::FindAndConsume(&rest, statements(), &n[0], &percent[0], &of, &n[1], &percent[1], &n[2],
                               &percent[2], &n[3], &percent[3])) {
        for (int i = 0; i < 4; ++i) {
            if (!n[i].empty())
                last = shareOf(n[i], percent[i], i == 0 ? of : std::string());
        }
    }
    return last;
}

Check checkSelfReport(double below, std::string_view answer)
{
    Check check;
    check.threshold = below;
    check.score = statedConfidence(answer);
    check.known = check.score.has_value();
    check.fires = check.known && *check.score < below;
    check.explanation =
        check.known ? "The answer states how sure it is." : "The answer does not state how sure it is.";
    return check;
}

} // namespace signalbox
