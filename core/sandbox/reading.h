// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the simulated models and the simulated judge read: sentences, content words, and the knowledge passages
// of a prompt with the relevance of their sentences to a question. Everything comes from the bytes of one
// request.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::sandbox {

/// Hashes of the stems of content words, sorted and distinct.
using Terms = std::vector<std::uint64_t>;

/// Sentences with their final punctuation; "99.9 %", "harbor.example" and "e.g." do not end one.
std::vector<std::string_view> sentencesOf(std::string_view text);

/// Words in lower case that carry meaning, cut to a stem; a few everyday synonyms fall together.
Terms termsOf(std::string_view text);

/// Numbers as written, without thousands separators: "5", "99.9", "1000". Spelled-out ones up to twelve count
/// as digits.
std::vector<std::string> numbersOf(std::string_view text);

bool contains(std::span<const std::uint64_t> terms, std::uint64_t term);

/// Number of things that a message asks: question marks, and asking words that follow "and" or a comma.
int subQuestions(std::string_view question);

/// Sentences of a text with their terms; shared, because the same passages come with many requests.
struct ReadSentence
{
    std::string text;
    Terms terms;
};
using ReadText = std::vector<ReadSentence>;

struct KnowledgeSentence
{
    std::string_view text;
    std::span<const std::uint64_t> terms;
    std::size_t passage = 0;
    double relevance = 0; ///< to the question; comparable within one Knowledge only
};

struct KnowledgePassage
{
    std::string id;
    std::string title;
    Terms titleTerms;
    double relevance = 0; ///< that of its best sentence
};

/// The passages of a prompt as they bear on one question.
class Knowledge
{
public:
    /// `text` holds passages, each from a line "[id] Title: text" to the next one or a blank line; the rest
    /// is passed over.
    static Knowledge read(std::string_view text, std::string_view question);

    bool empty() const { return m_sentences.empty(); }
    const std::vector<KnowledgeSentence>& sentences() const { return m_sentences; }
    const std::vector<KnowledgePassage>& passages() const { return m_passages; }
    const Terms& questionTerms() const { return m_question; }
    /// Indices of sentences, the most relevant first; a later one counts less for words that an earlier one
    /// covered.
    const std::vector<std::size_t>& ranking() const { return m_ranking; }
    /// Rarity of a word among the sentences, log(1 + N / df); of a word that none has, log(1 + N).
    double idf(std::uint64_t term) const;
    /// Share of the question's words, by rarity, that any sentence or title has; 0–1.
    double familiarity() const { return m_familiarity; }

private:
    void measure();
    void rank();
    std::vector<std::shared_ptr<const ReadText>> m_texts; ///< what the sentences look into
    std::vector<KnowledgePassage> m_passages;
    std::vector<KnowledgeSentence> m_sentences;
    std::vector<std::size_t> m_ranking;
    std::vector<std::pair<std::uint64_t, double>> m_idf; ///< sorted by term
    Terms m_question;
    double m_familiarity = 0;
};

} // namespace signalbox::sandbox
