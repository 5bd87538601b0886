// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Large policies and prompts from a seed, as a team's lists of phrases and expressions grow over years: words
// of unequal frequency, phrases, alternatives, numbers of a form, words near each other.

#include "base/random.h"

#include <cmath>
#include <string>
#include <vector>

namespace signalbox::bench {

class LargePolicy
{
public:
    explicit LargePolicy(std::uint64_t seed) : m_random(seed)
    {
        static const char* const kBegin[] = {"re",    "con", "in",   "pro", "de", "sub",
                                             "trans", "ex",  "over", "ac",  "um", "pre"};
        static const char* const kMiddle[] = {"fund",   "tract", "voice",  "duct",   "port",
                                              "script", "mit",   "press",  "charge", "count",
                                              "late",   "vis",   "struct", "cess",   "sign"};
        static const char* const kEnd[] = {"", "ing", "ed", "ion", "or", "able", "ment", "s"};
        for (const char* begin : kBegin)
            for (const char* middle : kMiddle)
                for (const char* end : kEnd)
                    m_words.push_back(std::string(begin) + middle + end);
        for (std::size_t i = m_words.size(); i > 1; --i)
            std::swap(m_words[i - 1], m_words[m_random.below(i)]);
    }

    /// A word; the k-th is about k times rarer than the first (Zipf's law).
    const std::string& word()
    {
        const double n = static_cast<double>(m_words.size());
        return m_words[static_cast<std::size_t>(std::min(n - 1, std::pow(n + 1, m_random.uniform()) - 1))];
    }
    const std::string& anyWord() { return m_words[m_random.below(m_words.size())]; }

    /// Two or three words.
    std::string phrase()
    {
        std::string text = anyWord() + " " + anyWord();
        return m_random.below(3) == 0 ? text + " " + anyWord() : text;
    }

    /// One in forty has no literal at all; the others are of the kinds that people write.
    std::string pattern()
    {
        const std::string a = anyWord();
        const std::string b = anyWord();
        switch (m_random.below(40)) {
        case 0:
            return "\\b\\d{" + std::to_string(2 + m_random.below(4)) + "}-\\d{" +
                   std::to_string(2 + m_random.below(4)) + "}\\b";
        case 1:
        case 2:
        case 3:
        case 4:
        case 5:
        case 6:
        case 7:
        case 8:
            return a + ".{0,40}" + b;
        case 9:
        case 10:
        case 11:
        case 12:
        case 13:
        case 14:
            return "(?:" + a + "|" + b + ") (?:" + anyWord() + "|" + anyWord() + ")";
        case 15:
        case 16:
        case 17:
        case 18:
        case 19:
            return a + " (?:no|number|id)\\.? ?#?\\d{3,8}";
        case 20:
        case 21:
        case 22:
        case 23:
        case 24:
            return "\\b" + a + "(?:ly|s|ed)?\\s+(?:the\\s+)?" + b + "\\b";
        case 25:
        case 26:
        case 27:
            return "(?i)" + a + "[-_ ]?" + b;
        default:
            return "\\b" + a + " " + b + "\\b";
        }
    }

    /// A prompt of about so many characters, sentences with a number now and then.
    std::string prompt(std::size_t characters)
    {
        std::string text;
        while (text.size() < characters) {
            if (!text.empty())
                text += m_random.below(9) == 0 ? ". " : " ";
            text += m_random.below(25) == 0 ? std::to_string(m_random.below(100'000)) : word();
        }
        return text;
    }

    /// The text of a policy; `patterns` of them are spread over the rules, each rule has some keywords
    /// besides.
    std::string policy(int tiers, int rules, int patterns)
    {
        std::string out = "{\n  \"signalbox\": 1,\n  \"name\": \"Large\",\n  \"priority\": \"cost\",\n  "
                          "\"endpoints\": [{\"id\": \"local\", "
                          "\"protocol\": \"openai\", \"base_url\": \"http://127.0.0.1:8080/v1\", "
                          "\"residency\": \"on_prem\"}],\n  \"models\": [";
        for (int t = 0; t < tiers; ++t)
            out += std::string(t > 0 ? "," : "") + "\n    {\"id\": \"m" + std::to_string(t) +
                   "\", \"endpoint\": \"local\", \"name\": \"model-" + std::to_string(t) +
                   "\", \"context_tokens\": 32000, \"price\": {\"input_per_mtok\": " + std::to_string(1 + t) +
                   ", \"output_per_mtok\": " + std::to_string(2 + 3 * t) +
                   ", \"source\": \"list\", \"as_of\": \"2026-11-01\"}}";
        out += "\n  ],\n  \"tiers\": [";
        for (int t = 0; t < tiers; ++t)
            out += std::string(t > 0 ? "," : "") + "\n    {\"id\": \"T" + std::to_string(t) +
                   "\", \"models\": [\"m" + std::to_string(t) +
                   "\"], \"budget\": {\"deadline_ms\": " + std::to_string(500 + 10 * t) + "}}";
        out += "\n  ],\n  \"rules\": [\n    {\"id\": \"person\", \"when\": {\"keyword\": [\"talk to a "
               "person\"]}, \"route\": \"human\", \"locked\": true, "
               "\"reason\": \"policy.person\"}";
        int left = patterns;
        for (int r = 1; r < rules; ++r) {
            const int here = left / (rules - r);
            left -= here;
            const std::string id = "rule-" + std::to_string(r);
            out += ",\n    {\n      \"id\": \"" + id + "\",\n      \"note\": \"" + prompt(200) +
                   "\",\n      \"when\": {\n        \"keyword\": [\"" + phrase() + "\", \"" + phrase() + " " +
                   std::to_string(r) + "\"],\n        \"pattern\": [";
            for (int p = 0; p < here; ++p)
                out += std::string(p > 0 ? ", " : "") + "\"" +
                       escaped(pattern() + "(?:" + std::to_string(r) + "|" + std::to_string(p) + ")?") + "\"";
            if (here == 0)
                out += "\"" + std::to_string(r) + "\"";
            out += "],\n        \"metadata\": {\"team\": [\"" + anyWord() + "\", \"" + anyWord() +
                   "\"]}\n      },\n      \"route\": \"T" +
                   std::to_string(m_random.below(static_cast<std::uint64_t>(tiers))) +
                   "\",\n      \"locked\": " + (r % 3 == 0 ? "true" : "false") +
                   ",\n      \"reason\": \"policy.rule_" + std::to_string(r) + "\"\n    }";
        }
        out += "\n  ],\n  \"router\": {\"kind\": \"fixed\", \"otherwise\": \"T0\"},\n  \"cascade\": "
               "{\"pattern\": \"waterfall\", \"order\": [";
        for (int t = 0; t < tiers; ++t)
            out += std::string(t > 0 ? ", " : "") + "\"T" + std::to_string(t) + "\"";
        return out + "], \"max_hops\": 3}\n}\n";
    }

private:
    static std::string escaped(const std::string& text)
    {
        std::string out;
        for (const char c : text)
            out += c == '\\' ? "\\\\" : std::string(1, c);
        return out;
    }

    Random m_random;
    std::vector<std::string> m_words;
};

} // namespace signalbox::bench
