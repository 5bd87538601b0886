// SPDX-License-Identifier: GPL-3.0-or-later
#include "judging/marker.h"

#include "base/text.h"

#include <cctype>
#include <string>

namespace signalbox {

namespace {

bool joinsWords(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80 || c == '_' || c == '=';
}

bool endsAt(std::string_view text, std::size_t at)
{
    return at >= text.size() || !joinsWords(text[at]);
}

/// The answer is the marker, or a sentence of it and nothing else comes first.
bool beginsWith(std::string_view answer, std::string_view marker)
{
    const std::size_t begin = answer.find_first_not_of(" \t\r\n*_`#\"'([");
    if (begin == std::string_view::npos)
        return false;
    answer.remove_prefix(begin);
    if (toLowerAscii(answer.substr(0, marker.size())) != toLowerAscii(marker))
        return false;
    const std::string_view rest = answer.substr(marker.size());
    const std::size_t next = rest.find_first_not_of(" \t*_`\"')]");
    return next == std::string_view::npos || std::string_view(".,:;!-\r\n").find(rest[next]) != std::string_view::npos;
}

} // namespace

bool saysMarker(std::string_view answer, std::string_view marker)
{
    if (marker.empty())
        return false;
    if (beginsWith(answer, marker))
        return true;
    for (std::size_t at = answer.find(marker); at != std::string_view::npos; at = answer.find(marker, at + 1)) {
        const bool begins = at == 0 || !joinsWords(answer[at - 1]) || !joinsWords(marker.front());
        if (begins && (endsAt(answer, at + marker.size()) || !joinsWords(marker.back())))
            return true;
    }
    return false;
}

} // namespace signalbox
