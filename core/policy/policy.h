// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The policy: tier map, rules, router, cascade, triggers. An immutable value, made by readPolicy() from its text.
// References between parts are resolved to indices; -1 stands for a reference that names nothing (a policy with
// such a reference has an error diagnostic and is never run).

#include "base/money.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

enum class Protocol { OpenAiChat };

/// Where a key is found. The key itself is never in a policy.
struct SecretRef
{
    std::string env;      ///< name of an environment variable
    std::string keychain; ///< name of a keychain entry
    bool empty() const { return env.empty() && keychain.empty(); }
};

struct Endpoint
{
    std::string id;
    Protocol protocol = Protocol::OpenAiChat;
    std::string baseUrl; ///< "https://host/v1"; "sandbox://local/v1" stands for the built-in sandbox
    SecretRef key;
    std::string residency; ///< "on_prem" or a region such as "eu", "us"
    bool isSandbox() const { return baseUrl.rfind("sandbox://", 0) == 0; }
};

/// USD per million tokens of each class; a class without a price makes a charge of that class unknown.
struct Price
{
    std::optional<double> inputPerMtok;
    std::optional<double> cachedInputPerMtok; ///< falls back to inputPerMtok
    std::optional<double> outputPerMtok;
    std::optional<double> reasoningPerMtok;   ///< falls back to outputPerMtok
    std::string source;
    std::string asOf; ///< YYYY-MM-DD
};

struct Model
{
    std::string id;
    std::string endpointId;
    int endpoint = -1;
    std::string name;      ///< what the endpoint calls it
    int contextTokens = 0; ///< 0 = not stated
    int maxOutputTokens = 0; ///< 0 = not stated, nothing is sent
    std::vector<std::string> capabilities; ///< "text", "vision", "tools", "json"
    std::optional<Price> price;
};

struct Budget
{
    std::optional<int> deadlineMs;      ///< for one hop, first byte to last, gates included
    std::optional<NanoUsd> maxCost;     ///< for one hop
    std::optional<int> maxInputTokens;  ///< estimated tokens of the request
    std::optional<int> maxOutputTokens; ///< sent as max_tokens
};

struct Tier
{
    std::string id;
    std::vector<std::string> modelIds; ///< replicas; load-balanced
    std::vector<int> models;           ///< indices into Policy::models
    Budget budget;
    std::string systemPrompt; ///< empty = the policy's
};

/// Where a request goes: a tier or a person.
struct Route
{
    enum class Kind { None, Tier, Human };
    Kind kind = Kind::None;
    int tier = -1;
    static Route toTier(int index) { return {Kind::Tier, index}; }
    static Route toHuman() { return {Kind::Human, -1}; }
    bool isTier() const { return kind == Kind::Tier; }
    bool isHuman() const { return kind == Kind::Human; }
    bool operator==(const Route&) const = default;
};

/// All stated parts must hold (AND); within a list any entry is enough (OR). An empty condition is an error.
struct Condition
{
    std::vector<std::string> keywords;  ///< whole words or phrases, without regard to case
    std::vector<std::string> patterns;  ///< RE2 syntax
    std::optional<bool> hasAttachment;
    std::map<std::string, std::vector<std::string>> metadata; ///< key → allowed values
    std::optional<int> minInputTokens;  ///< estimated tokens, inclusive
    std::optional<int> maxInputTokens;  ///< inclusive
    bool empty() const
    {
        return keywords.empty() && patterns.empty() && !hasAttachment && metadata.empty() && !minInputTokens && !maxInputTokens;
    }
    bool operator==(const Condition&) const = default;
};

/// A rule has exactly one effect: a route, or tiers it excludes, or residencies it allows.
struct Rule
{
    std::string id;
    Condition when;
    std::optional<Route> route;
    std::string routeId; ///< as written: tier id or "human"
    std::vector<int> exclude; ///< tiers that are barred when it matches: a hard constraint
    std::vector<std::string> excludeIds;
    std::vector<std::string> allowResidency; ///< tiers of other residencies are barred when it matches: a hard constraint
    bool locked = false;    ///< a locked route cannot be overridden by anything after it
    bool exclusive = false; ///< when it matches, later unlocked route rules are not looked at (locked ones and constraints always are)
    std::string reason;     ///< reason code, "policy.legal"
    bool isConstraint() const { return !exclude.empty() || !excludeIds.empty() || !allowResidency.empty(); }
};

/// One thing that makes a request harder or easier. Score += weight × value.
struct Signal
{
    enum class Feature { KeywordHits, PatternHits, InputTokens, Sentences, Questions, Numbers, Clauses, HasAttachment, Uppercase };
    std::string id;
    Feature feature = Feature::KeywordHits;
    std::vector<std::string> keywords; ///< for KeywordHits: number of distinct entries that occur
    std::vector<std::string> patterns; ///< for PatternHits
    double weight = 0;
    double per = 1;   ///< value is divided by this: weight per `per` tokens, say
    double atMost = 0; ///< value is capped here after division; 0 = no cap
};

struct IntentKeywords
{
    std::string id; ///< "billing.refund_status"
    std::vector<std::string> keywords;
};

struct RouterMapRow
{
    std::string intent;               ///< glob; empty = any
    std::optional<int> difficulty;    ///< 1–3
    std::optional<double> minConfidence; ///< 0–1
    Route route;
    std::string routeId;
};

enum class RouterKind { Scoring, Fixed };

/// kind "scoring": ordinal logistic model over signals. With s = bias + Σ weight·value,
/// P(difficulty ≤ 1) = σ(mediumAt − s), P(difficulty ≤ 2) = σ(hardAt − s)
/// (proportional odds, McCullagh 1980); difficulty is the likeliest class, confidence its probability.
/// kind "fixed": always `otherwise`.
struct Router
{
    RouterKind kind = RouterKind::Fixed;
    double bias = 0;
    double mediumAt = 1;
    double hardAt = 2;
    double steepness = 1; ///< s and cut points are multiplied by this
    std::vector<Signal> signals;
    std::vector<IntentKeywords> intents;
    std::vector<RouterMapRow> map; ///< first row that fits wins
    Route otherwise;
    std::string otherwiseId;
};

enum class CascadePattern { Direct, Waterfall };
enum class WhenExhausted { Answer, Human };

struct Cascade
{
    CascadePattern pattern = CascadePattern::Direct;
    std::vector<int> order; ///< tiers, cheapest first
    std::vector<std::string> orderIds;
    int maxHops = 1;
    bool carryRetrieval = false;
    bool carryDraft = false;
    WhenExhausted whenExhausted = WhenExhausted::Answer; ///< a gate fired and there is nowhere left to go
};

/// A rubric is asked of a judge model, which answers {"score", "evidence", "explanation"}.
struct Rubric
{
    std::string id;
    std::string modelId;
    int model = -1;
    int of = 5; ///< scale 1…of
    std::string instructions;
};

enum class GateKind { Judge, JsonSchema };

struct Trigger
{
    std::string id;
    GateKind gate = GateKind::Judge;
    std::string rubricId;
    int rubric = -1;
    double below = 0; ///< fires when score < below; on the rubric's scale
    int of = 5;
    std::string schemaJson; ///< for JsonSchema: the schema, canonical text
    std::optional<Condition> when; ///< the trigger applies only to requests that fit
    std::vector<int> appliesTo;    ///< tiers; empty = every tier
    std::vector<std::string> appliesToIds;
    bool escalateToNext = true;
    Route escalateTo; ///< when not next
    std::string escalateId; ///< as written: "next", a tier id or "human"
    int atMost = 0; ///< times per request; 0 = as often as max_hops allows
    /// "gate.judge_below.grounding", "gate.schema_invalid.shape"
    std::string reasonCode() const;
};

struct MinQuality
{
    double atLeast = 0;
    int of = 5;
    std::string source; ///< "judge:grounding"
};

struct Slo
{
    std::optional<double> p95LatencyMs;
    std::optional<double> costPerResolvedUsd;
    std::optional<MinQuality> minQuality;
};

struct Retrieval
{
    bool enabled = false;
    int topK = 3;
    double minScore = 0; ///< 0–1, relative to the best passage
};

struct Policy
{
    int version = 1; ///< of the language: the value of "signalbox"
    std::string name;
    std::string priority; ///< "cost", "quality", "latency"
    std::string systemPrompt;
    std::vector<Endpoint> endpoints;
    std::vector<Model> models;
    std::vector<Tier> tiers;
    std::vector<Rule> rules;
    Router router;
    Cascade cascade;
    std::vector<Rubric> rubrics;
    std::vector<Trigger> triggers;
    Retrieval retrieval;
    Slo slo;
    std::string escalatingCopy; ///< user-visible text on escalation
    std::string contentHash;    ///< SHA-256 of the canonical form; what evidence is tied to

    int tierIndex(const std::string& id) const;  ///< -1 if there is none
    int modelIndex(const std::string& id) const; ///< -1 if there is none
    std::string routeName(const Route& route) const; ///< tier id, "human" or ""
    bool usesSandbox() const;
};

using PolicyPtr = std::shared_ptr<const Policy>;

} // namespace signalbox
