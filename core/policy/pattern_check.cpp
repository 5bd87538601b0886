// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/pattern_check.h"

#include <re2/re2.h>

#include <mutex>
#include <unordered_map>

namespace signalbox {

static PatternCheck compile(std::string_view pattern)
{
    RE2::Options options;
    options.set_log_errors(false);
    const RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), options);
    if (!compiled.ok())
        return {compiled.error(), false};
    // What occurs in the empty text and in texts that share nothing occurs in all of them.
    bool everything = true;
    for (const char* probe : {"", "x", "0 ~"})
        everything = everything && RE2::PartialMatch(probe, compiled);
    return {{}, everything};
}

PatternCheck checkPattern(std::string_view pattern)
{
    constexpr std::size_t kRemembered = 20000;
    constexpr std::size_t kLongest = 4096; // longer ones are rare and would make the memory large
    static std::mutex mutex;
    static std::unordered_map<std::string, PatternCheck> seen;

    const std::string key(pattern);
    {
        const std::lock_guard lock(mutex);
        if (const auto found = seen.find(key); found != seen.end())
            return found->second;
    }
    PatternCheck result = compile(pattern);
    if (key.size() <= kLongest) {
        const std::lock_guard lock(mutex);
        if (seen.size() >= kRemembered)
            seen.clear();
        seen.emplace(key, result);
    }
    return result;
}

} // namespace signalbox
