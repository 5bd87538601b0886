// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/syntax_tree.h"

#include "base/json_text.h"

#include <charconv>
#include <cmath>

namespace signalbox {

namespace {

unsigned hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<unsigned>(c - '0');
    return static_cast<unsigned>((c | 0x20) - 'a') + 10u;
}

unsigned hexQuad(std::string_view token, std::size_t at)
{
    unsigned value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value * 16 + hexValue(token[at + i]);
    return value;
}

} // namespace

std::string unescapedJsonString(std::string_view token)
{
    const std::string_view body = token.substr(1, token.size() - 2);
    if (body.find('\\') == std::string_view::npos)
        return std::string(body);
    std::string out;
    out.reserve(body.size());
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] != '\\') {
            out.push_back(body[i]);
            continue;
        }
        switch (body[++i]) {
        case 'b':
            out.push_back('\b');
            break;
        case 'f':
            out.push_back('\f');
            break;
        case 'n':
            out.push_back('\n');
            break;
        case 'r':
            out.push_back('\r');
            break;
        case 't':
            out.push_back('\t');
            break;
        case 'u': {
            unsigned point = hexQuad(body, i + 1);
            i += 4;
            if (point >= 0xd800 && point < 0xdc00) {
                point = 0x10000 + ((point - 0xd800) << 10) + (hexQuad(body, i + 3) - 0xdc00);
                i += 6;
            }
            appendUtf8(out, point);
            break;
        }
        default:
            out.push_back(body[i]);
        }
    }
    return out;
}

std::string escapedJsonString(std::string_view value)
{
    std::string out;
    out.reserve(value.size() + 2);
    appendJsonString(out, value);
    return out;
}

std::optional<double> parsedJsonNumber(std::string_view token)
{
    double value = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
    if (error != std::errc() || end != token.data() + token.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

} // namespace signalbox
