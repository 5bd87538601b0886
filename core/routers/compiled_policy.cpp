// SPDX-License-Identifier: GPL-3.0-or-later
#include "routers/compiled_policy.h"

#include "base/clock.h"
#include "features/language.h"
#include "features/pii.h"
#include "features/text_matcher.h"
#include "routers/condition_program.h"
#include "routers/matching_fingerprint.h"

#include <algorithm>

namespace signalbox {

namespace {

struct SignalTest
{
    std::vector<int> keywords;
    std::vector<int> patterns;
};

int countHits(const std::vector<int>& ids, const std::vector<char>& hits)
{
    return static_cast<int>(std::count_if(ids.begin(), ids.end(), [&](int id) { return hits[static_cast<std::size_t>(id)] != 0; }));
}

double rawValue(const Signal& signal, const SignalTest& test, const TextMatcher::Hits& hits, const Features& features)
{
    switch (signal.feature) {
    case Signal::Feature::KeywordHits: return countHits(test.keywords, hits.keyword);
    case Signal::Feature::PatternHits: return countHits(test.patterns, hits.pattern);
    case Signal::Feature::InputTokens: return features.inputTokens;
    case Signal::Feature::Sentences: return features.sentences;
    case Signal::Feature::Questions: return features.questions;
    case Signal::Feature::Numbers: return features.numbers;
    case Signal::Feature::Clauses: return features.clauses;
    case Signal::Feature::HasAttachment: return features.hasAttachment ? 1 : 0;
    case Signal::Feature::Uppercase: return features.uppercaseWords;
    }
    return 0;
}

/// 1 January 1970 was a Thursday.
int minuteOfWeek(std::int64_t unixMs)
{
    constexpr std::int64_t kMinute = 60'000;
    constexpr std::int64_t kWeek = 7 * 24 * 60;
    const std::int64_t minutes = unixMs / kMinute - (unixMs % kMinute < 0);
    return static_cast<int>(((minutes + 3 * 24 * 60) % kWeek + kWeek) % kWeek);
}

void addHits(std::vector<char>& all, const std::vector<char>& more)
{
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i] != TextMatcher::kOccurs && more[i] != 0)
            all[i] = more[i];
    }
}

} // namespace

struct CompiledPolicy::Tests
{
    using Entry = ConditionProgram::Entry;
    explicit Tests(const Policy& policy) : program(policy) {}

    std::vector<Kleene> userTiersOf(Sight sight) const;
    void taint(const Policy& policy, const Request& request, Sight sight, std::vector<char>& ruleMatches) const;

    std::shared_ptr<const TextMatcher> matcher;
    ConditionProgram program;
    std::vector<Entry> rules;
    std::vector<Entry> userTiers;
    std::vector<std::optional<Entry>> triggers; ///< nothing = always applies
    std::vector<SignalTest> signals;
    std::vector<std::vector<int>> intents;
    bool taints = false; ///< a rule taints the thread
};

CompiledPolicy::CompiledPolicy(PolicyPtr policy)
    : m_policy(std::move(policy)), m_tests(std::make_unique<Tests>(*m_policy)), m_fingerprint(matchingFingerprintOf(*m_policy))
{
    TextMatcher::Builder builder;
    const auto keywordIds = [&](const std::vector<std::string>& keywords) {
        std::vector<int> ids;
        for (const std::string& keyword : keywords)
            ids.push_back(builder.addKeyword(keyword));
        return ids;
    };
    const auto patternIds = [&](const std::vector<std::string>& patterns) {
        std::vector<int> ids;
        for (const std::string& pattern : patterns)
            ids.push_back(builder.addPattern(pattern));
        return ids;
    };
    const auto entryOf = [&](const Condition& condition) { return m_tests->program.add(condition, builder); };

    for (const Rule& rule : m_policy->rules) {
        m_tests->rules.push_back(entryOf(rule.when));
        m_tests->taints = m_tests->taints || rule.taintsThread;
    }
    for (const UserTier& tier : m_policy->userTiers)
        m_tests->userTiers.push_back(entryOf(tier.when));
    for (const Trigger& trigger : m_policy->triggers)
        m_tests->triggers.push_back(trigger.when ? std::optional(entryOf(*trigger.when)) : std::nullopt);
    for (const Signal& signal : m_policy->router.signals)
        m_tests->signals.push_back({keywordIds(signal.keywords), patternIds(signal.patterns)});
    for (const IntentKeywords& intent : m_policy->router.intents)
        m_tests->intents.push_back(keywordIds(intent.keywords));
    m_tests->matcher = builder.build();
}

CompiledPolicy::~CompiledPolicy() = default;

/// By user tier: the first that holds is True; one before it that could not be found out is Unknown.
std::vector<Kleene> CompiledPolicy::Tests::userTiersOf(Sight sight) const
{
    std::vector<Kleene> all(userTiers.size(), Kleene::False);
    sight.userTiers = nullptr;
    for (std::size_t t = 0; t < userTiers.size(); ++t) {
        all[t] = program.run(userTiers[t], sight);
        if (all[t] == Kleene::True)
            break;
    }
    return all;
}

/// A constraint that matched when an earlier user message came in holds on: personal data that has been sent once
/// is in the conversation that every later turn sends along.
void CompiledPolicy::Tests::taint(const Policy& policy, const Request& request, Sight sight, std::vector<char>& ruleMatches) const
{
    std::size_t last = request.messages.size();
    while (last > 0 && request.messages[last - 1].role != "user")
        --last;
    TextMatcher::Hits hits;
    sight.hits = &hits;
    sight.textComplete = true;
    sight.inputTokens = 0;
    sight.pii = 0;
    Request earlier; // one message at a time, for its features
    earlier.messages.resize(1);
    std::string language;
    for (std::size_t m = 0; m + 1 < last; ++m) {
        earlier.messages[0] = request.messages[m];
        const Features features = extractFeatures(earlier);
        sight.inputTokens += features.inputTokens;
        if (request.messages[m].role != "user")
            continue;
        sight.textComplete = sight.textComplete && features.textComplete;
        TextMatcher::Hits here = matcher->match(features.folded);
        if (hits.keyword.empty() && hits.pattern.empty()) {
            hits = std::move(here);
        } else {
            addHits(hits.keyword, here.keyword);
            addHits(hits.pattern, here.pattern);
        }
        if (program.needsPii())
            sight.pii |= findPii(features.folded);
        if (program.needsLanguage())
            language = detectLanguage(request.messages[m].content);
        sight.language = language;
        const std::vector<Kleene> tiers = userTiersOf(sight);
        sight.userTiers = &tiers;
        for (std::size_t r = 0; r < rules.size(); ++r) {
            if (policy.rules[r].taintsThread && ruleMatches[r] != Observation::kMatches) {
                const Kleene held = program.run(rules[r], sight);
                if (held != Kleene::False)
                    ruleMatches[r] = held == Kleene::True ? Observation::kMatches : Observation::kUnknown;
            }
        }
    }
}

Observation CompiledPolicy::observe(const Request& request, const Features& features) const
{
    const ConditionProgram& program = m_tests->program;
    const TextMatcher::Hits hits = m_tests->matcher->match(features.folded);
    const std::string language = program.needsLanguage() ? detectLanguage(request.lastUserText()) : std::string();
    Sight sight;
    sight.request = &request;
    sight.hits = &hits;
    sight.textComplete = features.textComplete;
    sight.inputTokens = features.inputTokens;
    sight.language = language;
    if (program.needsPii())
        sight.pii = findPii(features.folded);
    if (program.needsTime())
        sight.minuteOfWeek = minuteOfWeek(request.receivedAtMs != 0 ? request.receivedAtMs : wallClockMs());
    const std::vector<Kleene> userTiers = m_tests->userTiersOf(sight);
    sight.userTiers = &userTiers;

    Observation seen;
    seen.inputTokens = features.inputTokens;
    if (const auto first = std::find(userTiers.begin(), userTiers.end(), Kleene::True); first != userTiers.end())
        seen.userTier = static_cast<int>(first - userTiers.begin());
    seen.ruleMatches.reserve(m_tests->rules.size());
    for (const ConditionProgram::Entry rule : m_tests->rules) {
        const Kleene held = program.run(rule, sight);
        seen.ruleMatches.push_back(held == Kleene::True ? Observation::kMatches : held == Kleene::Unknown ? Observation::kUnknown : char(0));
    }
    if (m_tests->taints)
        m_tests->taint(*m_policy, request, sight, seen.ruleMatches);
    for (const std::optional<ConditionProgram::Entry>& trigger : m_tests->triggers)
        seen.triggerApplies.push_back(!trigger || program.run(*trigger, sight) != Kleene::False);
    const std::vector<Signal>& signals = m_policy->router.signals;
    seen.signalValues.reserve(signals.size());
    for (std::size_t i = 0; i < signals.size(); ++i) {
        double value = rawValue(signals[i], m_tests->signals[i], hits, features) / signals[i].per;
        if (signals[i].atMost > 0)
            value = std::min(value, signals[i].atMost);
        seen.signalValues.push_back(value);
    }
    for (const std::vector<int>& intent : m_tests->intents)
        seen.intentHits.push_back(countHits(intent, hits.keyword));
    return seen;
}

Decision decide(const CompiledPolicy& compiled, const Request& request)
{
    const SteadyTime begin = now();
    Decision decision = decide(compiled.policy(), compiled.observe(request, extractFeatures(request)));
    decision.nanos = std::chrono::duration_cast<std::chrono::nanoseconds>(now() - begin).count();
    return decision;
}

} // namespace signalbox
