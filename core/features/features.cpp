// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/features.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace signalbox {

namespace {

bool isConnective(std::string_view word)
{
    static constexpr std::array<std::string_view, 18> words = {
        "but",   "because", "if",     "although", "though", "unless", "except",  "while", "since",
        "until", "however", "when",   "whereas",  "after",  "before", "instead", "yet",   "whether"};
    for (const std::string_view w : words) {
        if (w == word)
            return true;
    }
    return false;
}

/// Counts over one message, in one pass over its characters and one over its words.
void countInto(Features& features, std::string_view text)
{
    bool inNumber = false;
    bool sentenceOpen = false;
    int capitals = 0;
    const auto endWord = [&] {
        features.uppercaseWords += capitals >= 3;
        capitals = 0;
    };
    std::string word;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool digit = c >= '0' && c <= '9';
        const bool letter = std::isalpha(c) != 0 || c >= 0x80;
        // "3,500" and "12.40" are one number.
        const bool inside = inNumber && (c == ',' || c == '.') && i + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[i + 1]));
        if (digit && !inNumber)
            ++features.numbers;
        inNumber = digit || inside;
        if (letter || digit)
            sentenceOpen = true;
        if (c == '?' && (i == 0 || text[i - 1] != '?'))
            ++features.questions;
        const bool stop = (c == '.' || c == '!' || c == '?' || c == '\n') && !inside;
        if (stop && sentenceOpen && (c == '\n' || i + 1 == text.size() || !std::isalnum(static_cast<unsigned char>(text[i + 1])))) {
            ++features.sentences;
            sentenceOpen = false;
        }
        if ((c == ',' && !inside) || c == ';')
            ++features.clauses;
        if (c >= 'A' && c <= 'Z')
            capitals = capitals < 0 ? capitals : capitals + 1;
        else if (letter)
            capitals = -1000; // a word with a small letter is no shouted word
        else
            endWord();
        if (letter) {
            word += static_cast<char>(std::tolower(c));
        } else {
            features.clauses += isConnective(word);
            word.clear();
        }
    }
    endWord();
    features.clauses += isConnective(word);
    features.sentences += sentenceOpen;
}

} // namespace

std::string foldForMatching(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c <= ' ' || c == 0x7F) {
            if (!out.empty() && out.back() != ' ')
                out += ' ';
            ++i;
        } else if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xA0) { // no-break space
            if (!out.empty() && out.back() != ' ')
                out += ' ';
            i += 2;
        } else if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xAD) { // soft hyphen
            i += 2;
        } else if (c == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80) {
            const auto d = static_cast<unsigned char>(text[i + 2]);
            if (d == 0x98 || d == 0x99) {
                out += '\'';
            } else if (d == 0x9C || d == 0x9D) {
                out += '"';
            } else if (d >= 0x80 && d <= 0x8A) { // the fixed-width spaces
                if (!out.empty() && out.back() != ' ')
                    out += ' ';
            } else if (d < 0x8B || d > 0x8D) { // zero-width characters are dropped
                out.append(text, i, 3);
            }
            i += 3;
        } else if (c == 0xC5 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xBF) { // long s
            out += 's';
            i += 2;
        } else if (c == 0xE2 && text.substr(i, 3) == "\xE2\x84\xAA") { // the Kelvin sign
            out += 'k';
            i += 3;
        } else {
            out += text[i++];
        }
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return foldCase(out);
}

Features extractFeatures(const Request& request)
{
    Features features;
    for (const Message& message : request.messages) {
        features.inputTokens += estimateTokens(message.content);
        if (message.role != "user")
            continue;
        features.textComplete = features.textComplete && isValidUtf8(message.content);
        const std::size_t room = kMostMatchedBytes - std::min(kMostMatchedBytes, features.folded.size());
        const std::string_view text = std::string_view(message.content).substr(0, room);
        features.textComplete = features.textComplete && text.size() == message.content.size();
        if (!features.folded.empty())
            features.folded += '\n';
        features.folded += foldForMatching(text);
    }
    countInto(features, request.lastUserText());
    features.hasAttachment = !request.attachments.empty();
    return features;
}

} // namespace signalbox
