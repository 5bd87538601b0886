// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The conditions of a policy as one flat program. Keywords and patterns become numbers of the shared matcher;
// the program then only combines what one pass of matching has found, in three-valued logic. Private to
// core/routers.

#include "features/pii.h"
#include "features/request.h"
#include "features/text_matcher.h"
#include "policy/policy.h"
#include "routers/kleene.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// What conditions look at: a request as it was at one turn of its conversation.
struct Sight
{
    const Request* request = nullptr; ///< metadata, headers, attachments, tools
    const TextMatcher::Hits* hits = nullptr;
    bool textComplete = true; ///< false: what was not found may be there
    int inputTokens = 0;
    std::string_view language; ///< "" = not recognised
    PiiKinds pii = 0;
    int minuteOfWeek = 0; ///< UTC; 0 = Monday 00:00
    /// By user tier: the request is of it. At most one is True; Unknown ones come before it. Empty while the
    /// user tiers themselves are being looked at.
    const std::vector<Kleene>* userTiers = nullptr;
};

class ConditionProgram
{
public:
    /// Where a condition begins in the program.
    using Entry = std::uint32_t;

    explicit ConditionProgram(const Policy& policy) : m_policy(&policy) {}

    Entry add(const Condition& condition, TextMatcher::Builder& matcher);
    Kleene run(Entry entry, const Sight& sight) const;

    bool needsLanguage() const { return m_needsLanguage; }
    bool needsPii() const { return m_needsPii; }
    bool needsTime() const { return m_needsTime; }
    bool needsUserTier() const { return m_needsUserTier; }

private:
    enum class Op : std::uint8_t {
        PushTrue,
        PushFalse,
        PushUnknown,
        Keywords,      ///< a … b of m_ids: one occurs
        Patterns,      ///< a … b of m_ids: one occurs
        HasAttachment, ///< a: as stated
        HasTools,
        MinTokens, ///< a: at least
        MaxTokens,
        Metadata, ///< a … b of m_values: key a is one of them
        Header,
        Language, ///< a … b of m_texts
        Pii,      ///< a: bits
        Time,     ///< a: of m_windows
        UserTier, ///< a … b of m_ids
        And,      ///< combines the two on top; when that is False, goes on at a
        Or,       ///< … True …
        Not,
        End,
    };
    struct Instruction
    {
        Op op;
        std::uint32_t a = 0;
        std::uint32_t b = 0;
    };
    /// "from" and "to" as minutes of the week of every day on which the window begins.
    struct Window
    {
        std::vector<std::pair<int, int>> spans; ///< begin, length
    };
    struct Compiling;

    void emit(Op op, std::uint32_t a = 0, std::uint32_t b = 0) { m_code.push_back({op, a, b}); }
    void emitCondition(const Condition& condition, TextMatcher::Builder& matcher, int depth);
    template <class Emit>
    void emitList(Op op, const std::vector<Condition>& list, Emit emitOne);
    void emitPairs(Op op, const std::map<std::string, std::vector<std::string>>& pairs,
                   std::vector<std::uint32_t>& jumps);
    void emitLanguages(const std::vector<std::string>& languages);
    void emitWindow(const TimeWindow& window);
    void emitUserTiers(const std::vector<std::string>& ids);
    void conjunct(std::vector<std::uint32_t>& jumps);
    void landHere(const std::vector<std::uint32_t>& jumps);

    Kleene leaf(const Instruction& instruction, const Sight& sight) const;
    Kleene anyText(const Instruction& instruction, const std::vector<char>& hits, bool complete) const;
    bool isOneOf(const std::string* value, std::uint32_t begin, std::uint32_t end) const;

    const Policy* m_policy;
    std::vector<Instruction> m_code;
    std::vector<int> m_ids;
    std::vector<std::string> m_texts; ///< a key and its values, or codes of languages
    std::vector<Window> m_windows;
    bool m_needsLanguage = false;
    bool m_needsPii = false;
    bool m_needsTime = false;
    bool m_needsUserTier = false;
};

} // namespace signalbox
