// SPDX-License-Identifier: GPL-3.0-or-later
#include "features/text_matcher.h"

#include "features/features.h"

#include <algorithm>
#include <array>
#include <deque>
#include <re2/filtered_re2.h>
#include <re2/re2.h>

namespace signalbox {

namespace {

RE2::Options patternOptions()
{
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    options.set_max_mem(8 << 20);
    return options;
}

bool isWordByte(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/// A dense Aho–Corasick automaton over classes of the bytes that occur in its words.
class Automaton
{
public:
    explicit Automaton(const std::vector<std::string>& words)
    {
        for (const std::string& word : words) {
            for (const char c : word) {
                std::uint16_t& cls = m_classOf[static_cast<unsigned char>(c)];
                if (cls == 0)
                    cls = m_classes++;
            }
        }
        addState();
        for (std::size_t id = 0; id < words.size(); ++id)
            insert(words[id], static_cast<int>(id));
        link();
    }

    /// Calls `hit(word id, end offset)` for every occurrence.
    template <class Hit>
    void scan(std::string_view text, Hit&& hit) const
    {
        std::uint32_t state = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            state = m_next[state * m_classes + m_classOf[static_cast<unsigned char>(text[i])]];
            for (std::uint32_t out = m_words[state] >= 0 ? state : m_output[state]; out != 0; out = m_output[out])
                hit(m_words[out], i + 1);
        }
    }

private:
    std::uint32_t addState()
    {
        m_next.resize(m_next.size() + m_classes, 0);
        m_words.push_back(-1);
        return static_cast<std::uint32_t>(m_words.size() - 1);
    }
    void insert(const std::string& word, int id)
    {
        std::uint32_t state = 0;
        for (const char c : word) {
            const std::size_t edge = state * m_classes + m_classOf[static_cast<unsigned char>(c)];
            if (m_next[edge] == 0) {
                const std::uint32_t made = addState(); // may move m_next
                m_next[edge] = made;
            }
            state = m_next[edge];
        }
        if (state != 0)
            m_words[state] = id;
    }
    void link()
    {
        std::vector<std::uint32_t> failure(m_words.size(), 0);
        m_output.assign(m_words.size(), 0);
        std::deque<std::uint32_t> queue;
        for (std::uint32_t c = 0; c < m_classes; ++c) {
            if (m_next[c] != 0)
                queue.push_back(m_next[c]);
        }
        while (!queue.empty()) {
            const std::uint32_t state = queue.front();
            queue.pop_front();
            const std::uint32_t back = failure[state];
            m_output[state] = m_words[back] >= 0 ? back : m_output[back];
            for (std::uint32_t c = 0; c < m_classes; ++c) {
                std::uint32_t& next = m_next[state * m_classes + c];
                const std::uint32_t viaFailure = m_next[back * m_classes + c];
                if (next == 0) {
                    next = viaFailure;
                } else {
                    failure[next] = viaFailure;
                    queue.push_back(next);
                }
            }
        }
    }

    std::array<std::uint16_t, 256> m_classOf{}; ///< 0 = occurs in no word
    std::uint32_t m_classes = 1;
    std::vector<std::uint32_t> m_next;   ///< state × class → state
    std::vector<int> m_words;            ///< state → word that ends here, or −1
    std::vector<std::uint32_t> m_output; ///< state → next shorter state at which a word ends, or 0
};

} // namespace

struct TextMatcher::Impl
{
    explicit Impl(const std::vector<std::string>& words) : keywords(words), automaton(words) {}

    std::vector<std::string> keywords;
    Automaton automaton;
    std::size_t patternCount = 0;
    std::vector<int> broken; ///< pattern ids that did not compile
    std::vector<std::string> failures;
    re2::FilteredRE2 filtered;
    std::vector<int> patternOfFiltered; ///< FilteredRE2's id → pattern id
    std::unique_ptr<Automaton> atoms;   ///< literals that FilteredRE2 wants looked for
    std::size_t atomCount = 0;
};

TextMatcher::TextMatcher() = default;
TextMatcher::~TextMatcher() = default;

int TextMatcher::Builder::addKeyword(std::string_view keyword)
{
    const auto [entry, fresh] = m_keywordIds.try_emplace(foldForMatching(keyword), static_cast<int>(m_keywords.size()));
    if (fresh)
        m_keywords.push_back(entry->first);
    return entry->second;
}

int TextMatcher::Builder::addPattern(std::string_view pattern)
{
    const auto [entry, fresh] = m_patternIds.try_emplace(std::string(pattern), static_cast<int>(m_patterns.size()));
    if (fresh)
        m_patterns.push_back(entry->first);
    return entry->second;
}

std::shared_ptr<const TextMatcher> TextMatcher::Builder::build()
{
    std::shared_ptr<TextMatcher> matcher(new TextMatcher);
    matcher->m_impl = std::make_unique<Impl>(m_keywords);
    Impl& impl = *matcher->m_impl;
    impl.patternCount = m_patterns.size();
    for (std::size_t id = 0; id < m_patterns.size(); ++id) {
        int filteredId = -1;
        if (impl.filtered.Add(m_patterns[id], patternOptions(), &filteredId) == RE2::NoError) {
            impl.patternOfFiltered.push_back(static_cast<int>(id));
        } else {
            impl.broken.push_back(static_cast<int>(id));
            impl.failures.push_back(m_patterns[id]);
        }
    }
    if (!impl.patternOfFiltered.empty()) {
        std::vector<std::string> atoms;
        impl.filtered.Compile(&atoms);
        impl.atomCount = atoms.size();
        impl.atoms = std::make_unique<Automaton>(atoms);
    }
    return matcher;
}

TextMatcher::Hits TextMatcher::match(std::string_view folded) const
{
    Hits hits;
    hits.keyword.assign(m_impl->keywords.size(), 0);
    hits.pattern.assign(m_impl->patternCount, 0);
    m_impl->automaton.scan(folded, [&](int id, std::size_t end) {
        const std::string& word = m_impl->keywords[static_cast<std::size_t>(id)];
        const std::size_t begin = end - word.size();
        const bool cutFront = begin > 0 && isWordByte(static_cast<unsigned char>(word.front())) && isWordByte(static_cast<unsigned char>(folded[begin - 1]));
        const bool cutBack = end < folded.size() && isWordByte(static_cast<unsigned char>(word.back())) && isWordByte(static_cast<unsigned char>(folded[end]));
        if (!cutFront && !cutBack)
            hits.keyword[static_cast<std::size_t>(id)] = kOccurs;
    });
    for (const int id : m_impl->broken)
        hits.pattern[static_cast<std::size_t>(id)] = kIncomplete;
    if (m_impl->atoms) {
        std::vector<char> seen(m_impl->atomCount, 0);
        std::vector<int> atoms;
        m_impl->atoms->scan(folded, [&](int id, std::size_t) {
            if (!seen[static_cast<std::size_t>(id)]) {
                seen[static_cast<std::size_t>(id)] = 1;
                atoms.push_back(id);
            }
        });
        std::vector<int> matching;
        m_impl->filtered.AllMatches(re2::StringPiece(folded.data(), folded.size()), atoms, &matching);
        for (const int id : matching)
            hits.pattern[static_cast<std::size_t>(m_impl->patternOfFiltered[static_cast<std::size_t>(id)])] = kOccurs;
    }
    return hits;
}

const std::vector<std::string>& TextMatcher::failures() const { return m_impl->failures; }

std::string patternError(std::string_view pattern)
{
    const RE2 compiled(re2::StringPiece(pattern.data(), pattern.size()), patternOptions());
    return compiled.ok() ? std::string() : compiled.error();
}

} // namespace signalbox
