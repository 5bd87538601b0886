// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/reading.h"

#include "base/ids.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace signalbox::sandbox {

namespace {

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

const std::unordered_set<std::string_view>& stopWords()
{
    static const std::unordered_set<std::string_view> words = {
        "a",      "about",  "after",  "all",   "also",    "am",     "an",     "and",     "any",
        "are",    "as",     "at",     "be",    "because", "been",   "before", "but",     "by",
        "can",    "can't",  "cannot", "could", "did",     "didn't", "do",     "does",    "doesn't",
        "doing",  "don't",  "for",    "from",  "get",     "gets",   "go",     "goes",    "going",
        "got",    "had",    "has",    "have",  "he",      "hello",  "her",    "here",    "hey",
        "hi",     "his",    "how",    "i",     "i'd",     "i'll",   "i'm",    "i've",    "if",
        "in",     "into",   "is",     "isn't", "it",      "it's",   "its",    "just",    "know",
        "let",    "like",   "me",     "more",  "much",    "my",     "need",   "no",      "not",
        "now",    "of",     "off",    "on",    "one",     "only",   "or",     "our",     "out",
        "please", "really", "s",      "say",   "says",    "she",    "should", "since",   "so",
        "some",   "still",  "tell",   "than",  "thank",   "thanks", "that",   "that's",  "the",
        "their",  "them",   "then",   "there", "there's", "these",  "they",   "thing",   "this",
        "those",  "to",     "too",    "up",    "us",      "want",   "was",    "we",      "we're",
        "we've",  "well",   "were",   "what",  "what's",  "when",   "where",  "where's", "which",
        "while",  "who",    "why",    "will",  "with",    "won't",  "would",  "yes",     "you",
        "your",   "ok",     "okay",   "even",  "every",   "each",   "other",  "another", "very",
        "may",    "might",  "must",   "again", "anyone",  "someone"};
    return words;
}

std::string_view canonical(std::string_view word)
{
    static const std::unordered_map<std::string_view, std::string_view> same = {
        {"mail", "email"},       {"mails", "email"},       {"emails", "email"},     {"login", "sign"},
        {"log", "sign"},         {"logged", "sign"},       {"logon", "sign"},       {"signed", "sign"},
        {"bill", "invoice"},     {"bills", "invoice"},     {"receipt", "invoice"},  {"receipts", "invoice"},
        {"picture", "photo"},    {"pictures", "photo"},    {"mobile", "phone"},     {"iphone", "phone"},
        {"android", "phone"},    {"costs", "price"},       {"cost", "price"},       {"prices", "price"},
        {"yearly", "annual"},    {"year", "annual"},       {"years", "annual"},     {"subscription", "plan"},
        {"colleague", "member"}, {"colleagues", "member"}, {"coworker", "member"},  {"employee", "member"},
        {"teammate", "member"},  {"human", "person"},      {"agent", "person"},     {"erase", "delete"},
        {"erased", "delete"},    {"remove", "delete"},     {"removed", "delete"},   {"mo", "month"},
        {"months", "month"},     {"monthly", "month"},     {"hrs", "hour"},         {"hours", "hour"},
        {"2fa", "two-factor"},   {"twice", "duplicate"},   {"double", "duplicate"}, {"buy", "purchase"},
        {"bought", "purchase"},  {"pc", "computer"},       {"laptop", "computer"},  {"folder", "file"},
        {"folders", "file"},     {"document", "file"},     {"documents", "file"}};
    const auto found = same.find(word);
    return found == same.end() ? word : found->second;
}

/// Cuts the commonest English endings; a light relative of Porter's stemmer (1980), enough to match word
/// forms.
std::string_view stem(std::string_view word, std::string& room)
{
    const auto ends = [&](std::string_view ending) {
        return word.size() > ending.size() + 2 && word.ends_with(ending);
    };
    if (ends("'s"))
        word.remove_suffix(2);
    if (ends("ies")) {
        room.assign(word.substr(0, word.size() - 3));
        room += 'y';
        return room;
    }
    if (ends("ing") && word.size() > 5)
        word.remove_suffix(3);
    else if (ends("ed") && word.size() > 4)
        word.remove_suffix(2);
    else if (ends("es") && word.size() > 4)
        word.remove_suffix(2);
    else if (ends("ly") && word.size() > 5)
        word.remove_suffix(2);
    else if (ends("s") && !ends("ss"))
        word.remove_suffix(1);
    if (word.size() > 4 && word.back() == 'e')
        word.remove_suffix(1);
    if (word.size() > 4 && word.back() == word[word.size() - 2] && word.back() != 's')
        word.remove_suffix(1);
    return word;
}

/// Reads a text, or remembers having read it: a pure function of the text, so remembering changes no answer.
std::shared_ptr<const ReadText> readText(std::string_view text)
{
    constexpr std::size_t mostTexts = 512, longestText = 4096;
    thread_local std::unordered_map<std::string, std::shared_ptr<const ReadText>> known;
    std::string key(text);
    if (const auto found = known.find(key); found != known.end())
        return found->second;
    auto read = std::make_shared<ReadText>();
    for (const std::string_view sentence : sentencesOf(text))
        read->push_back({std::string(sentence), termsOf(sentence)});
    if (text.size() <= longestText) {
        if (known.size() >= mostTexts)
            known.clear();
        known.emplace(std::move(key), read);
    }
    return read;
}

/// A passage line is "[id] Title: text". A title may hold a colon, so the text begins after the first one
/// that is followed by the beginning of a sentence.
std::size_t endOfTitle(std::string_view line)
{
    for (std::size_t at = line.find(": "); at != std::string_view::npos; at = line.find(": ", at + 1)) {
        const char next = at + 2 < line.size() ? line[at + 2] : ' ';
        if (isUpper(next) || isDigit(next) || next == '"')
            return at;
    }
    return line.find(": ");
}

} // namespace

std::vector<std::string_view> sentencesOf(std::string_view text)
{
    std::vector<std::string_view> out;
    std::size_t start = 0;
    const auto take = [&](std::size_t end) {
        if (const std::string_view sentence = trimmed(text.substr(start, end - start)); !sentence.empty())
            out.push_back(sentence);
        start = end;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            take(i + 1);
            continue;
        }
        if (c != '.' && c != '!' && c != '?')
            continue;
        std::size_t end = i + 1;
        while (end < text.size() &&
               (text[end] == '"' || text[end] == ')' || text[end] == '?' || text[end] == '!'))
            ++end;
        if (end == text.size()) {
            take(end);
            break;
        }
        if (!isSpace(text[end]))
            continue;
        const std::size_t next = text.find_first_not_of(" \n\t\r", end);
        // "e.g. this" and "approx. 5" go on; a question mark ends a sentence even before a small letter.
        const bool begins = next != std::string_view::npos && (isUpper(text[next]) || isDigit(text[next]) ||
                                                               text[next] == '"' || text[next] == '*');
        if (begins || c != '.')
            take(end);
    }
    take(text.size());
    return out;
}

Terms termsOf(std::string_view text)
{
    Terms terms;
    std::string word, room;
    const auto flush = [&] {
        if (word.size() > 1 || (word.size() == 1 && isDigit(word[0]))) {
            if (!stopWords().contains(word))
                terms.push_back(hash64(stem(canonical(word), room)));
        }
        word.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isUpper(c))
            word += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || isDigit(c) || static_cast<unsigned char>(c) >= 0x80 ||
                 (c == '\'' && !word.empty()))
            word += c;
        else if (c != '-' || word != "e") // e-mail is email
            flush();
    }
    flush();
    std::sort(terms.begin(), terms.end());
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
    return terms;
}

std::vector<std::string> numbersOf(std::string_view text)
{
    static const std::unordered_map<std::string_view, std::string_view> spelled = {
        {"two", "2"},   {"three", "3"}, {"four", "4"}, {"five", "5"},    {"six", "6"},    {"seven", "7"},
        {"eight", "8"}, {"nine", "9"},  {"ten", "10"}, {"eleven", "11"}, {"twelve", "12"}};
    std::vector<std::string> out;
    std::string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ' ';
        if (isDigit(c)) {
            std::string number;
            while (i < text.size() &&
                   (isDigit(text[i]) || ((text[i] == '.' || text[i] == ',' || text[i] == ':') &&
                                         i + 1 < text.size() && isDigit(text[i + 1])))) {
                if (text[i] != ',')
                    number += text[i];
                ++i;
            }
            --i;
            out.push_back(std::move(number));
            word.clear();
        } else if ((c >= 'a' && c <= 'z') || isUpper(c)) {
            word += isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
        } else {
            if (const auto found = spelled.find(word); found != spelled.end())
                out.emplace_back(found->second);
            word.clear();
        }
    }
    return out;
}

bool contains(std::span<const std::uint64_t> terms, std::uint64_t term)
{
    return std::binary_search(terms.begin(), terms.end(), term);
}

int subQuestions(std::string_view question)
{
    static const std::unordered_set<std::string_view> asking = {
        "how",  "what", "when", "where", "which", "who",   "why",    "can", "could", "do",
        "does", "did",  "is",   "are",   "will",  "would", "should", "am",  "may",   "whether"};
    const int marks = static_cast<int>(std::count(question.begin(), question.end(), '?'));
    // "… and how long does it take", "…, which one wins": asking words right after a joint.
    int joined = 0;
    std::string previous = ".";
    std::string word;
    bool afterComma = false;
    for (const char c : question) {
        if ((c >= 'a' && c <= 'z') || isUpper(c) || c == '\'') {
            word += isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
            continue;
        }
        if (!word.empty()) {
            joined += (previous == "and" || previous == "or" || afterComma) && asking.contains(word);
            previous = word;
            word.clear();
            afterComma = false;
        }
        afterComma = afterComma || c == ',' || c == ';';
    }
    return std::clamp(std::max(marks, 1) + joined, 1, 6);
}

Knowledge Knowledge::read(std::string_view text, std::string_view question)
{
    Knowledge knowledge;
    knowledge.m_question = termsOf(question);
    bool inPassage = false;
    const auto addSentences = [&](std::string_view body) {
        knowledge.m_texts.push_back(readText(body));
        for (const ReadSentence& sentence : *knowledge.m_texts.back())
            knowledge.m_sentences.push_back(
                {sentence.text, sentence.terms, knowledge.m_passages.size() - 1, 0});
    };
    for (const std::string_view line : splitLines(text)) {
        const std::size_t close = line.find("] ");
        if (line.empty() || line.front() != '[' || close == std::string_view::npos) {
            inPassage = inPassage && !trimmed(line).empty();
            if (inPassage) // a passage of several lines
                addSentences(line);
            continue;
        }
        const std::string_view rest = line.substr(close + 2);
        const std::size_t colon = endOfTitle(rest);
        KnowledgePassage passage;
        passage.id = line.substr(1, close - 1);
        passage.title = colon == std::string_view::npos ? std::string_view{} : rest.substr(0, colon);
        passage.titleTerms = termsOf(passage.title);
        knowledge.m_passages.push_back(std::move(passage));
        addSentences(colon == std::string_view::npos ? rest : rest.substr(colon + 2));
        inPassage = true;
    }
    knowledge.measure();
    knowledge.rank();
    return knowledge;
}

double Knowledge::idf(std::uint64_t term) const
{
    const auto found = std::lower_bound(m_idf.begin(), m_idf.end(), std::pair{term, 0.0});
    if (found != m_idf.end() && found->first == term)
        return found->second;
    return std::log(1.0 + static_cast<double>(m_sentences.size()));
}

void Knowledge::measure()
{
    Terms all;
    for (const KnowledgeSentence& sentence : m_sentences)
        all.insert(all.end(), sentence.terms.begin(), sentence.terms.end());
    std::sort(all.begin(), all.end());
    for (std::size_t i = 0; i < all.size();) {
        std::size_t end = i;
        while (end < all.size() && all[end] == all[i])
            ++end;
        m_idf.emplace_back(
            all[i], std::log(1.0 + static_cast<double>(m_sentences.size()) / static_cast<double>(end - i)));
        i = end;
    }
    for (KnowledgeSentence& sentence : m_sentences) {
        KnowledgePassage& passage = m_passages[sentence.passage];
        double shared = 0;
        for (const std::uint64_t term : m_question) {
            if (contains(sentence.terms, term))
                shared += idf(term);
            else if (contains(passage.titleTerms, term))
                shared += 0.35 * idf(term);
        }
        sentence.relevance = shared / std::pow(4.0 + static_cast<double>(sentence.terms.size()), 0.4);
        passage.relevance = std::max(passage.relevance, sentence.relevance);
    }
    double known = 0, total = 0;
    for (const std::uint64_t term : m_question) {
        const double weight = idf(term);
        total += weight;
        const bool inTitle =
            std::any_of(m_passages.begin(), m_passages.end(),
                        [&](const KnowledgePassage& p) { return contains(p.titleTerms, term); });
        known += inTitle || std::binary_search(all.begin(), all.end(), term) ? weight : 0;
    }
    m_familiarity = total > 0 ? known / total : 0;
}

void Knowledge::rank()
{
    // Greedy, so that the second sentence answers what the first left open (maximal marginal relevance,
    // Carbonell & Goldstein 1998, with word coverage as the similarity).
    std::vector<double> weight;
    for (const std::uint64_t term : m_question)
        weight.push_back(idf(term));
    std::vector<std::vector<std::size_t>> hits(
        m_sentences.size()); // which of the question's words a sentence has
    for (std::size_t i = 0; i < m_sentences.size(); ++i) {
        for (std::size_t word = 0; word < m_question.size(); ++word) {
            if (contains(m_sentences[i].terms, m_question[word]))
                hits[i].push_back(word);
        }
    }
    std::vector<bool> used(m_sentences.size(), false), covered(m_question.size(), false);
    const std::size_t most = std::min<std::size_t>(m_sentences.size(), 8);
    while (m_ranking.size() < most) {
        std::size_t best = m_sentences.size();
        double bestGain = -1;
        for (std::size_t i = 0; i < m_sentences.size(); ++i) {
            if (used[i])
                continue;
            double repeated = 0, shared = 0;
            for (const std::size_t word : hits[i]) {
                shared += weight[word];
                repeated += covered[word] ? weight[word] : 0;
            }
            const double gain = m_sentences[i].relevance * (shared > 0 ? 1.0 - 0.5 * repeated / shared : 1.0);
            if (gain > bestGain) {
                bestGain = gain;
                best = i;
            }
        }
        used[best] = true;
        m_ranking.push_back(best);
        for (const std::size_t word : hits[best])
            covered[word] = true;
    }
}

} // namespace signalbox::sandbox
