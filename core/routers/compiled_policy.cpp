// SPDX-License-Identifier: GPL-3.0-or-later
#include "routers/compiled_policy.h"

#include "base/clock.h"
#include "base/ids.h"
#include "features/text_matcher.h"

#include <algorithm>
#include <cstdio>

namespace signalbox {

namespace {

/// A condition whose keywords and patterns are numbers of the shared matcher.
struct Test
{
    std::vector<int> keywords;
    std::vector<int> patterns;
    const Condition* condition = nullptr; ///< for the parts that are not text; lives in the policy
};

struct SignalTest
{
    std::vector<int> keywords;
    std::vector<int> patterns;
};

bool anyHit(const std::vector<int>& ids, const std::vector<char>& hits)
{
    return std::any_of(ids.begin(), ids.end(), [&](int id) { return hits[static_cast<std::size_t>(id)] != 0; });
}

int countHits(const std::vector<int>& ids, const std::vector<char>& hits)
{
    return static_cast<int>(std::count_if(ids.begin(), ids.end(), [&](int id) { return hits[static_cast<std::size_t>(id)] != 0; }));
}

bool metadataFits(const Condition& condition, const Request& request)
{
    for (const auto& [key, allowed] : condition.metadata) {
        const auto found = request.metadata.find(key);
        if (found == request.metadata.end() || std::find(allowed.begin(), allowed.end(), found->second) == allowed.end())
            return false;
    }
    return true;
}

bool holds(const Test& test, const TextMatcher::Hits& hits, const Request& request, const Features& features)
{
    const Condition& condition = *test.condition;
    if (condition.empty())
        return false; // says nothing; the decoder reports it
    if (condition.hasAttachment && *condition.hasAttachment != features.hasAttachment)
        return false;
    if (condition.minInputTokens && features.inputTokens < *condition.minInputTokens)
        return false;
    if (condition.maxInputTokens && features.inputTokens > *condition.maxInputTokens)
        return false;
    if (!metadataFits(condition, request))
        return false;
    if (!condition.keywords.empty() && !anyHit(test.keywords, hits.keyword))
        return false;
    return condition.patterns.empty() || anyHit(test.patterns, hits.pattern);
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

/// Text that is equal exactly when two policies see the same things in every request.
class Fingerprint
{
public:
    void list(const std::vector<std::string>& texts)
    {
        number(static_cast<double>(texts.size()));
        for (const std::string& text : texts) {
            number(static_cast<double>(text.size()));
            m_text += text;
        }
    }
    void number(double value)
    {
        char digits[40];
        std::snprintf(digits, sizeof digits, "%.17g;", value); // enough to tell any two doubles apart
        m_text += digits;
    }
    void condition(const Condition& c)
    {
        list(c.keywords);
        list(c.patterns);
        number(c.hasAttachment ? *c.hasAttachment : -1);
        number(c.minInputTokens.value_or(-1));
        number(c.maxInputTokens.value_or(-1));
        number(static_cast<double>(c.metadata.size()));
        for (const auto& [key, values] : c.metadata) {
            list({key});
            list(values);
        }
    }
    std::string hash() const { return sha256Hex(m_text); }

private:
    std::string m_text;
};

std::string fingerprintOf(const Policy& policy)
{
    Fingerprint print;
    print.number(static_cast<double>(policy.rules.size()));
    for (const Rule& rule : policy.rules)
        print.condition(rule.when);
    print.number(static_cast<double>(policy.triggers.size()));
    for (const Trigger& trigger : policy.triggers)
        print.condition(trigger.when.value_or(Condition{}));
    print.number(static_cast<double>(policy.router.signals.size()));
    for (const Signal& signal : policy.router.signals) {
        print.number(static_cast<double>(signal.feature));
        print.list(signal.keywords);
        print.list(signal.patterns);
        print.number(signal.per);
        print.number(signal.atMost);
    }
    print.number(static_cast<double>(policy.router.intents.size()));
    for (const IntentKeywords& intent : policy.router.intents)
        print.list(intent.keywords);
    return print.hash();
}

} // namespace

struct CompiledPolicy::Tests
{
    std::shared_ptr<const TextMatcher> matcher;
    std::vector<Test> rules;
    std::vector<Test> triggers; ///< condition null = always applies
    std::vector<SignalTest> signals;
    std::vector<std::vector<int>> intents;
};

CompiledPolicy::CompiledPolicy(PolicyPtr policy)
    : m_policy(std::move(policy)), m_tests(std::make_unique<Tests>()), m_fingerprint(fingerprintOf(*m_policy))
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
    const auto testOf = [&](const Condition& c) { return Test{keywordIds(c.keywords), patternIds(c.patterns), &c}; };

    for (const Rule& rule : m_policy->rules)
        m_tests->rules.push_back(testOf(rule.when));
    for (const Trigger& trigger : m_policy->triggers)
        m_tests->triggers.push_back(trigger.when ? testOf(*trigger.when) : Test{});
    for (const Signal& signal : m_policy->router.signals)
        m_tests->signals.push_back({keywordIds(signal.keywords), patternIds(signal.patterns)});
    for (const IntentKeywords& intent : m_policy->router.intents)
        m_tests->intents.push_back(keywordIds(intent.keywords));
    m_tests->matcher = builder.build();
}

CompiledPolicy::~CompiledPolicy() = default;

Observation CompiledPolicy::observe(const Request& request, const Features& features) const
{
    const TextMatcher::Hits hits = m_tests->matcher->match(features.folded);
    Observation seen;
    seen.inputTokens = features.inputTokens;
    seen.ruleMatches.reserve(m_tests->rules.size());
    for (const Test& test : m_tests->rules)
        seen.ruleMatches.push_back(holds(test, hits, request, features));
    for (const Test& test : m_tests->triggers)
        seen.triggerApplies.push_back(test.condition == nullptr || holds(test, hits, request, features));
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
