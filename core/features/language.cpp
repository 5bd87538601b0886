// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/language.h"

#include <algorithm>
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <utility>

namespace signalbox {

namespace {

constexpr std::size_t kLooked = 64 * 1024;

/// Not in the middle of a character.
std::string_view beginningOf(std::string_view text)
{
    std::size_t end = std::min(text.size(), kLooked);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return text.substr(0, end);
}

} // namespace

std::string canonicalLanguage(std::string_view code)
{
    // Codes that ISO 639-1 has withdrawn, and Norwegian, which the detector does not split from Bokmål.
    static constexpr std::pair<std::string_view, std::string_view> kRenamed[] = {
        {"iw", "he"}, {"in", "id"}, {"ji", "yi"}, {"jw", "jv"}, {"mo", "ro"}, {"nb", "no"}};
    const std::string_view language = code.substr(0, code.find('-')); // "zh-Hant", "sr-ME"
    for (const auto& [old, current] : kRenamed) {
        if (language == old)
            return std::string(current);
    }
    return std::string(language);
}

std::string detectLanguage(std::string_view text)
{
    const std::string_view looked = beginningOf(text);
    if (looked.empty())
        return {};
    CLD2::Language candidates[3];
    int percents[3];
    double scores[3];
    int textBytes = 0;
    int validPrefix = 0;
    bool reliable = false;
    const CLD2::CLDHints noHints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    const CLD2::Language found = CLD2::ExtDetectLanguageSummaryCheckUTF8(
        looked.data(), static_cast<int>(looked.size()), true, &noHints, 0, candidates, percents, scores,
        nullptr, &textBytes, &reliable, &validPrefix);
    if (!reliable || found == CLD2::UNKNOWN_LANGUAGE || validPrefix < static_cast<int>(looked.size()))
        return {};
    std::string code = canonicalLanguage(CLD2::LanguageCode(found));
    return code.size() == 2 ? code : std::string();
}

} // namespace signalbox
