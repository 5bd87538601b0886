// SPDX-License-Identifier: GPL-3.0-or-later
#include "routers/condition_program.h"

#include "features/language.h"

#include <algorithm>
#include <array>

namespace signalbox {

namespace {

/// The decoder allows eight levels. A policy built in memory that is deeper cannot be evaluated: unknown.
constexpr int kDeepest = 16;
/// A level holds what it has so far, and the part that is combined with it.
constexpr std::size_t kStack = 2 * (kDeepest + 2);

constexpr int kMinutesOfDay = 24 * 60;
constexpr int kMinutesOfWeek = 7 * kMinutesOfDay;

std::uint32_t sizeOf(std::size_t size)
{
    return static_cast<std::uint32_t>(size);
}

} // namespace

ConditionProgram::Entry ConditionProgram::add(const Condition& condition, TextMatcher::Builder& matcher)
{
    const Entry entry = sizeOf(m_code.size());
    emitCondition(condition, matcher, 0);
    emit(Op::End);
    return entry;
}

void ConditionProgram::conjunct(std::vector<std::uint32_t>& jumps)
{
    jumps.push_back(sizeOf(m_code.size()));
    emit(Op::And);
}

void ConditionProgram::landHere(const std::vector<std::uint32_t>& jumps)
{
    for (const std::uint32_t jump : jumps)
        m_code[jump].a = sizeOf(m_code.size());
}

void ConditionProgram::emitCondition(const Condition& c, TextMatcher::Builder& matcher, int depth)
{
    if (depth > kDeepest) {
        emit(Op::PushUnknown);
        return;
    }
    if (c.empty()) { // says nothing; the decoder reports it
        emit(Op::PushFalse);
        return;
    }
    // Cheap parts first: the first that fails ends it.
    std::vector<std::uint32_t> jumps;
    const auto part = [&](Op op, std::uint32_t a, std::uint32_t b = 0) {
        emit(op, a, b);
        conjunct(jumps);
    };
    const auto ids = [&](Op op, const std::vector<std::string>& texts, auto number) {
        const std::uint32_t begin = sizeOf(m_ids.size());
        for (const std::string& text : texts)
            m_ids.push_back(number(text));
        part(op, begin, sizeOf(m_ids.size()));
    };
    emit(Op::PushTrue);
    if (c.hasAttachment)
        part(Op::HasAttachment, *c.hasAttachment);
    if (c.hasTools)
        part(Op::HasTools, *c.hasTools);
    if (c.minInputTokens)
        part(Op::MinTokens, static_cast<std::uint32_t>(*c.minInputTokens));
    if (c.maxInputTokens)
        part(Op::MaxTokens, static_cast<std::uint32_t>(*c.maxInputTokens));
    emitPairs(Op::Metadata, c.metadata, jumps);
    emitPairs(Op::Header, c.headers, jumps);
    if (!c.keywords.empty())
        ids(Op::Keywords, c.keywords, [&](const std::string& word) { return matcher.addKeyword(word); });
    if (!c.patterns.empty())
        ids(Op::Patterns, c.patterns,
            [&](const std::string& pattern) { return matcher.addPattern(pattern); });
    if (!c.pii.empty()) {
        PiiKinds kinds = 0;
        for (const std::string& kind : c.pii)
            kinds |= piiKindFrom(kind);
        m_needsPii = true;
        part(Op::Pii, kinds);
    }
    if (!c.languages.empty()) {
        emitLanguages(c.languages);
        conjunct(jumps);
    }
    if (c.timeOfDay) {
        emitWindow(*c.timeOfDay);
        conjunct(jumps);
    }
    if (!c.userTiers.empty()) {
        emitUserTiers(c.userTiers);
        conjunct(jumps);
    }
    const auto nested = [&](const Condition& inner) { emitCondition(inner, matcher, depth + 1); };
    for (const Condition& inner : c.all) {
        nested(inner);
        conjunct(jumps);
    }
    if (!c.any.empty()) {
        emitList(Op::Or, c.any, nested);
        conjunct(jumps);
    }
    if (!c.none.empty()) {
        emitList(Op::Or, c.none, nested);
        emit(Op::Not);
        conjunct(jumps);
    }
    landHere(jumps);
}

template <class Emit>
void ConditionProgram::emitList(Op op, const std::vector<Condition>& list, Emit emitOne)
{
    std::vector<std::uint32_t> jumps;
    emit(Op::PushFalse);
    for (const Condition& one : list) {
        emitOne(one);
        jumps.push_back(sizeOf(m_code.size()));
        emit(op);
    }
    landHere(jumps);
}

void ConditionProgram::emitPairs(Op op, const std::map<std::string, std::vector<std::string>>& pairs,
                                 std::vector<std::uint32_t>& jumps)
{
    for (const auto& [key, values] : pairs) {
        const std::uint32_t begin = sizeOf(m_texts.size());
        m_texts.push_back(key);
        m_texts.insert(m_texts.end(), values.begin(), values.end());
        emit(op, begin, sizeOf(m_texts.size()));
        conjunct(jumps);
    }
}

void ConditionProgram::emitLanguages(const std::vector<std::string>& languages)
{
    const std::uint32_t begin = sizeOf(m_texts.size());
    for (const std::string& language : languages)
        m_texts.push_back(canonicalLanguage(language));
    m_needsLanguage = true;
    emit(Op::Language, begin, sizeOf(m_texts.size()));
}

void ConditionProgram::emitWindow(const TimeWindow& window)
{
    Window compiled;
    const int length = window.toMinute == window.fromMinute
                           ? kMinutesOfDay
                           : (window.toMinute - window.fromMinute + kMinutesOfDay) % kMinutesOfDay;
    for (int day = 0; day < 7; ++day) {
        if (!window.days.empty() &&
            std::find(window.days.begin(), window.days.end(), day) == window.days.end())
            continue;
        const int local = day * kMinutesOfDay + window.fromMinute;
        compiled.spans.emplace_back((local - window.utcOffsetMinutes + 2 * kMinutesOfWeek) % kMinutesOfWeek,
                                    length);
    }
    m_needsTime = true;
    m_windows.push_back(std::move(compiled));
    emit(Op::Time, sizeOf(m_windows.size() - 1));
}

void ConditionProgram::emitUserTiers(const std::vector<std::string>& ids)
{
    const std::uint32_t begin = sizeOf(m_ids.size());
    for (std::size_t t = 0; t < m_policy->userTiers.size(); ++t) {
        if (std::find(ids.begin(), ids.end(), m_policy->userTiers[t].id) != ids.end())
            m_ids.push_back(static_cast<int>(t));
    }
    m_needsUserTier = true;
    emit(Op::UserTier, begin, sizeOf(m_ids.size()));
}

Kleene ConditionProgram::run(Entry entry, const Sight& sight) const
{
    std::array<Kleene, kStack> stack;
    std::size_t top = 0; // one above the topmost
    for (std::uint32_t at = entry;; ++at) {
        const Instruction& instruction = m_code[at];
        switch (instruction.op) {
        case Op::End:
            return stack[top - 1];
        case Op::And:
            --top;
            stack[top - 1] = stack[top - 1] && stack[top];
            if (stack[top - 1] == Kleene::False)
                at = instruction.a - 1;
            break;
        case Op::Or:
            --top;
            stack[top - 1] = stack[top - 1] || stack[top];
            if (stack[top - 1] == Kleene::True)
                at = instruction.a - 1;
            break;
        case Op::Not:
            stack[top - 1] = !stack[top - 1];
            break;
        default:
            stack[top++] = leaf(instruction, sight);
        }
    }
}

Kleene ConditionProgram::anyText(const Instruction& instruction, const std::vector<char>& hits,
                                 bool complete) const
{
    bool open = !complete;
    for (std::uint32_t i = instruction.a; i < instruction.b; ++i) {
        const char hit = hits[static_cast<std::size_t>(m_ids[i])];
        if (hit == TextMatcher::kOccurs)
            return Kleene::True;
        open = open || hit == TextMatcher::kIncomplete;
    }
    return open ? Kleene::Unknown : Kleene::False;
}

bool ConditionProgram::isOneOf(const std::string* value, std::uint32_t begin, std::uint32_t end) const
{
    return value != nullptr &&
           std::find(m_texts.begin() + begin, m_texts.begin() + end, *value) != m_texts.begin() + end;
}

Kleene ConditionProgram::leaf(const Instruction& i, const Sight& sight) const
{
    const auto valueOf = [&](const std::map<std::string, std::string>& values) {
        const auto found = values.find(m_texts[i.a]);
        return found == values.end() ? nullptr : &found->second;
    };
    switch (i.op) {
    case Op::PushTrue:
        return Kleene::True;
    case Op::PushFalse:
        return Kleene::False;
    case Op::Keywords:
        return anyText(i, sight.hits->keyword, sight.textComplete);
    case Op::Patterns:
        return anyText(i, sight.hits->pattern, sight.textComplete);
    case Op::HasAttachment:
        return kleene(sight.request->attachments.empty() == (i.a == 0));
    case Op::HasTools:
        return kleene(sight.request->tools.empty() == (i.a == 0));
    case Op::MinTokens:
        return kleene(sight.inputTokens >= static_cast<int>(i.a));
    case Op::MaxTokens:
        return kleene(sight.inputTokens <= static_cast<int>(i.a));
    case Op::Metadata:
        return kleene(isOneOf(valueOf(sight.request->metadata), i.a + 1, i.b));
    case Op::Header:
        return kleene(isOneOf(valueOf(sight.request->headers), i.a + 1, i.b));
    case Op::Language:
        if (!sight.textComplete)
            return Kleene::Unknown;
        return kleene(!sight.language.empty() && std::find(m_texts.begin() + i.a, m_texts.begin() + i.b,
                                                           sight.language) != m_texts.begin() + i.b);
    case Op::Pii:
        if ((sight.pii & i.a) != 0)
            return Kleene::True;
        return sight.textComplete ? Kleene::False : Kleene::Unknown;
    case Op::Time: {
        const auto within = [&](const std::pair<int, int>& span) {
            return (sight.minuteOfWeek - span.first + kMinutesOfWeek) % kMinutesOfWeek < span.second;
        };
        const auto& spans = m_windows[i.a].spans;
        return kleene(std::any_of(spans.begin(), spans.end(), within));
    }
    case Op::UserTier: {
        if (sight.userTiers == nullptr)
            return Kleene::False;
        Kleene within = Kleene::False;
        Kleene elsewhere = Kleene::False;
        for (std::size_t t = 0; t < sight.userTiers->size(); ++t) {
            const bool named = std::find(m_ids.begin() + i.a, m_ids.begin() + i.b, static_cast<int>(t)) !=
                               m_ids.begin() + i.b;
            (named ? within : elsewhere) = (named ? within : elsewhere) || (*sight.userTiers)[t];
        }
        // Among the known one and the unknown ones before it, the request may be of any, or of none.
        if (within == Kleene::False)
            return Kleene::False;
        return within == Kleene::True && elsewhere == Kleene::False ? Kleene::True : Kleene::Unknown;
    }
    case Op::PushUnknown:
    default:
        return Kleene::Unknown;
    }
}

} // namespace signalbox
