// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The policy: tier map, rules, router, cascade, triggers. An immutable value, made by readPolicy() from its text.
// References between parts are resolved to indices; -1 stands for a reference that names nothing (a policy with
// such a reference has an error diagnostic and is never run).

#include "base/money.h"
#include "base/shared_list.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// How a server is spoken to. Written "openai", "openai_responses", "anthropic", "gemini".
enum class Protocol { OpenAiChat, OpenAiResponses, AnthropicMessages, Gemini };

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
    std::optional<double> cacheWritePerMtok;  ///< dearer than input, so it falls back to nothing
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
    std::vector<std::string> capabilities; ///< "text", "vision", "tools", "json", "logprobs", "embeddings"
    std::string family; ///< models of one family sound alike; "" = not stated
    std::optional<Price> price;
};

/// Limits that act as kill switches. On a tier they hold for one hop; on a user tier and on the policy for the
/// whole request, which is then also what `maxCostPerHour` adds up over.
struct Budget
{
    std::optional<int> deadlineMs;      ///< first byte to last, gates included
    std::optional<int> firstTokenMs;    ///< until the first token of an answer
    std::optional<NanoUsd> maxCost;     ///< for one hop, or one request
    std::optional<NanoUsd> maxCostPerHour; ///< over all requests of the last hour
    std::optional<int> maxInputTokens;  ///< estimated tokens of the request
    std::optional<int> maxOutputTokens; ///< sent as max_tokens
    std::optional<int> maxTotalTokens;  ///< input and output of every call of the request together
    bool empty() const
    {
        return !deadlineMs && !firstTokenMs && !maxCost && !maxCostPerHour && !maxInputTokens && !maxOutputTokens &&
               !maxTotalTokens;
    }
};

/// A hop of a tier without a deadline ends after this long: a stalled server must not hold a request for ever.
inline constexpr double kDefaultHopDeadlineMs = 120'000;

/// How load is spread over the replicas of a tier.
enum class Balance { Weighted, LeastBusy };

struct Tier
{
    std::string id;
    std::string title; ///< for people: "Fast, on our own machines"; "" = the id
    std::vector<std::string> modelIds; ///< replicas; load-balanced
    std::vector<int> models;           ///< indices into Policy::models
    std::vector<double> weights;       ///< by replica, > 0; one for each of `models`
    Balance balance = Balance::Weighted;
    Budget budget;
    std::string systemPrompt; ///< empty = the policy's
    std::optional<double> temperature; ///< 0–2
    std::optional<double> topP;        ///< 0–1
    std::string specialty; ///< what a specialist is for: "code"; "" = a general tier
    std::vector<int> fallback; ///< tiers tried in this order when none of this tier's models is available
    std::vector<std::string> fallbackIds;
    bool isSpecialist() const { return !specialty.empty(); }
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

/// What a route carries along: a prompt template and the tools that may be used on it. Written as an object in
/// the route's place: {"to": "T1", "template": "refund", "tools": ["lookup_order"]}.
struct RouteCarries
{
    std::string templateId; ///< "" = the tier's or the policy's system prompt
    int promptTemplate = -1; ///< index into Policy::templates
    std::optional<std::vector<std::string>> tools; ///< ids of tools; nothing = all that the request brings
    bool empty() const { return templateId.empty() && !tools; }
    bool operator==(const RouteCarries&) const = default;
};

/// A window of local time. `from` after `to` goes over midnight; equal means the whole day.
struct TimeWindow
{
    int fromMinute = 0; ///< of the day, 0–1439
    int toMinute = 0;   ///< exclusive
    std::vector<int> days; ///< 0 = Monday … 6 = Sunday, of the day on which the window begins; empty = every day
    int utcOffsetMinutes = 0; ///< "+01:00" = 60
    bool operator==(const TimeWindow&) const = default;
};

/// All stated parts must hold (AND); within a list any entry is enough (OR). An empty condition is an error.
struct Condition
{
    std::vector<std::string> keywords;  ///< whole words or phrases, without regard to case
    std::vector<std::string> patterns;  ///< RE2 syntax
    bool takesPersonalData = false;     ///< one of the patterns describes personal data, as the decoder found
    std::optional<bool> hasAttachment;
    std::map<std::string, std::vector<std::string>> metadata; ///< key → allowed values
    std::optional<int> minInputTokens;  ///< estimated tokens, inclusive
    std::optional<int> maxInputTokens;  ///< inclusive
    std::vector<std::string> languages; ///< ISO 639-1 codes of the last user message: "de"
    std::vector<std::string> pii; ///< kinds found: "email", "phone", "card", "iban", "ssn", "ip_address"; "any"
    std::map<std::string, std::vector<std::string>> headers; ///< name in lower case → allowed values
    std::optional<TimeWindow> timeOfDay;
    std::vector<std::string> userTiers; ///< ids of Policy::userTiers
    std::optional<bool> hasTools; ///< the request brings tools
    std::vector<Condition> all;   ///< every one must hold; empty = not stated
    std::vector<Condition> any;   ///< one must hold; empty = not stated
    std::vector<Condition> none;  ///< written "not" (one condition or a list): none may hold
    bool empty() const
    {
        return keywords.empty() && patterns.empty() && !hasAttachment && metadata.empty() && !minInputTokens &&
               !maxInputTokens && languages.empty() && pii.empty() && headers.empty() && !timeOfDay &&
               userTiers.empty() && !hasTools && all.empty() && any.empty() && none.empty();
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
    RouteCarries carries;
    std::vector<int> exclude; ///< tiers that are barred when it matches: a hard constraint
    std::vector<std::string> excludeIds;
    std::vector<std::string> allowResidency; ///< tiers of other residencies are barred when it matches: a hard constraint
    bool locked = false;    ///< a locked route cannot be overridden by anything after it
    bool taintsThread = false; ///< a constraint that matched in an earlier turn of the conversation holds for the rest of it
    bool exclusive = false; ///< when it matches, later unlocked route rules are not looked at (locked ones and constraints always are)
    std::string reason;     ///< reason code, "policy.legal"
    bool isConstraint() const { return !exclude.empty() || !excludeIds.empty() || !allowResidency.empty(); }
    bool operator==(const Rule&) const = default;
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
    RouteCarries carries;
};

/// A cluster of an embedding router, given by examples in the policy; or else an artefact holds the centroids.
struct Centroid
{
    std::string id; ///< the intent that it stands for
    std::vector<std::string> examples;
};

/// What an agentic router may choose: a tool that stands for a route.
struct AgenticChoice
{
    std::string id;          ///< the tool's name
    std::string description; ///< what the model is told of it
    Route route;
    std::string routeId;
    RouteCarries carries;
};

enum class RouterKind { Scoring, Fixed, Rules, Classifier, Embedding, Predictive, Knn, Llm, Bandit, Agentic, Chain };
const char* routerKindName(RouterKind kind); ///< as it is written: "scoring", "fixed", "rules", …

/// kind "scoring": ordinal logistic model over signals. With s = bias + Σ weight·value,
/// P(difficulty ≤ 1) = σ(mediumAt − s), P(difficulty ≤ 2) = σ(hardAt − s)
/// (proportional odds, McCullagh 1980); difficulty is the likeliest class, confidence its probability.
/// kind "fixed": always `otherwise`.
/// kind "rules": what unlocked rules say, else `otherwise`.
/// kind "classifier": a trained artefact gives intent, difficulty and confidence; `map` maps them.
/// kind "embedding": the nearest of `centroids` (or of an artefact's) gives the intent; the confidence is the
/// cosine similarity.
/// kind "predictive": an artefact gives P(weak suffices); at or above `threshold` → `weak`, else `strong`.
/// kind "knn": the cheapest of `candidates` whose quality over the `k` nearest recorded prompts reaches
/// `minQuality`.
/// kind "llm": a model answers with one of `allow`, checked against a schema; else `otherwise`.
/// kind "bandit": an artefact picks one of `candidates`, exploring with probability `exploration`.
/// kind "agentic": a model calls one of `choices` as a tool; else `otherwise`.
/// kind "chain": `steps` in their order; the first that is confident enough decides, else `otherwise`.
struct Router
{
    RouterKind kind = RouterKind::Fixed;
    std::string id;       ///< of a chain's step; "" for the policy's router
    std::string artefact; ///< "intents@3": classifier, predictive, knn, bandit, embedding
    std::string modelId;  ///< llm, agentic: who is asked; embedding: who embeds
    int model = -1;
    std::string instructions; ///< llm, agentic
    std::optional<int> deadlineMs;      ///< llm, agentic: then `otherwise`
    std::optional<int> maxOutputTokens; ///< llm, agentic
    std::vector<Centroid> centroids;
    std::optional<double> minSimilarity; ///< embedding, knn: below it the router abstains; −1…1
    std::optional<double> minMargin;     ///< embedding: the runner-up must be so far behind
    std::optional<double> minConfidence; ///< of a chain's step: below it the next one is asked
    double threshold = 0.5;              ///< predictive: 0–1
    Route weak;
    std::string weakId;
    Route strong;
    std::string strongId;
    int k = 10;                          ///< knn
    double minQuality = 0.8;             ///< knn: 0–1
    double exploration = 0.1;            ///< bandit: 0–1
    std::vector<Route> candidates;       ///< knn, bandit
    std::vector<std::string> candidateIds;
    std::vector<Route> allow;            ///< llm: the routes it may answer
    std::vector<std::string> allowIds;
    std::vector<AgenticChoice> choices;
    std::vector<Router> steps;           ///< chain
    double bias = 0;
    double mediumAt = 1;
    double hardAt = 2;
    double steepness = 1; ///< s and cut points are multiplied by this
    std::vector<Signal> signals;
    std::vector<IntentKeywords> intents;
    std::vector<RouterMapRow> map; ///< first row that fits wins
    Route otherwise;
    std::string otherwiseId;
    RouteCarries otherwiseCarries;
};

enum class CascadePattern { Direct, Waterfall, Race, SpecialistPool, Pipeline, Agreement, SelfConsistency };
const char* cascadePatternName(CascadePattern pattern); ///< as it is written: "direct", …, "specialist_pool"
/// What the user sees while a cascade runs. Written "all", "first_acceptable", "final".
enum class StreamWhat { All, FirstAcceptable, Final };

/// What becomes of an answer that breaks off before the user's eyes. Written "restart": another tier begins anew, visibly;
/// "stop": what has come stays, marked as partial, and nobody else is asked.
enum class AfterCut { Restart, Stop };

/// When answers say the same. Written "text": word for word, without regard to case and punctuation; "answer": the number or
/// the few words that they come to; "judge": a rubric's judge is asked of both, in either order.
enum class CompareBy { Text, Answer, Judge };

/// One stage of a static pipeline.
struct Stage
{
    enum class Role { Rewrite, Retrieve, Synthesise, Verify };
    std::string id;
    Role role = Role::Synthesise;
    int tier = -1; ///< -1 for retrieve, which asks no model
    std::string tierId;
    std::string prompt; ///< instructions of the stage; "" = the tier's
};

enum class WhenExhausted { Answer, Human };

struct Cascade
{
    CascadePattern pattern = CascadePattern::Direct;
    std::vector<int> order; ///< tiers, cheapest first
    std::vector<std::string> orderIds;
    int maxHops = 1;
    bool carryRetrieval = false;
    bool carryDraft = false;
    bool carryToolResults = false;
    StreamWhat stream = StreamWhat::All;
    AfterCut afterCut = AfterCut::Restart; ///< direct, waterfall, specialist_pool, with `stream` All
    std::vector<int> lanes; ///< race, agreement: tiers that start together; in a race one after the other by `staggerMs`
    std::vector<std::string> laneIds;
    int staggerMs = 0;
    std::vector<int> accept; ///< race: triggers that an answer must pass to win; empty = every one that applies
    std::vector<std::string> acceptIds;
    std::vector<int> pool; ///< specialist_pool: the specialists
    std::vector<std::string> poolIds;
    std::string unsureMarker; ///< specialist_pool: an answer with this in it escalates; default "UNSURE"
    Route unsure;             ///< specialist_pool: where it then goes
    std::string unsureId;
    RouteCarries unsureCarries;
    std::vector<Stage> stages; ///< pipeline
    CompareBy compare = CompareBy::Text; ///< agreement, self_consistency
    std::string rubricId;      ///< agreement by a judge: its rubric
    int rubric = -1;
    double atLeast = 0;        ///< … which must score so high in both orders
    int samples = 0;           ///< self_consistency: how often the tier is asked
    double minShare = 0.5;     ///< self_consistency: share of the samples that must say the same
    int background = -1;       ///< a tier that is asked for evidence once the user has an answer
    std::string backgroundId;
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

/// Written "judge", "json_schema", "tool_call", "confidence", "retrieval", "keyword", "token_budget", "timeout",
/// "refusal", "self_escalation", "verifier", "log_probability", "self_reported", "stall".
enum class GateKind {
    Judge,          ///< a rubric's score is below `below`
    JsonSchema,     ///< the answer is not JSON, or not as `schema` says
    ToolCall,       ///< a tool call names no known tool, or its arguments are not as the tool says
    Confidence,     ///< the router's confidence is below `below` (0–1)
    Retrieval,      ///< the best passage's score is below `below` (0–1, the same scale for every request)
    Keyword,        ///< the user's message has one of `keywords` or `patterns`
    TokenBudget,    ///< the request is longer than the tier's max_input_tokens
    Timeout,        ///< deadline_ms or first_token_ms has passed
    Refusal,        ///< the answer declines; `patterns` add to the built-in phrases
    SelfEscalation, ///< the model says `marker`, or calls the tool `tool`
    Verifier,       ///< `check` fails
    LogProbability, ///< the answer's mean log-probability is below `below` (≤ 0)
    SelfReported,   ///< the confidence that the answer states is below `below` (0–1)
    Stall,          ///< nothing came for `afterMs`, or the answer repeats itself
};
const char* gateName(GateKind gate);
/// The gate looks at the request alone, before a tier is called: whom it turns away has cost no hop.
bool isAskedBefore(GateKind gate);

/// What a deterministic verifier checks in an answer. Written "pattern", "length", "code_parses", "arithmetic",
/// "complete": it was not cut off.
enum class VerifierCheck { Pattern, Length, CodeParses, Arithmetic, Complete };

struct Trigger
{
    std::string id;
    GateKind gate = GateKind::Judge;
    std::string rubricId;
    int rubric = -1;
    double below = 0; ///< fires when the gate's score < below; for judges on the rubric's scale
    int of = 5;
    std::string schemaJson; ///< for JsonSchema: the schema, canonical text
    std::vector<std::string> keywords; ///< Keyword
    std::vector<std::string> patterns; ///< Keyword, Refusal; Verifier of `pattern`: one of them must occur in the answer
    std::string marker; ///< SelfEscalation
    std::string tool;   ///< SelfEscalation: id of a tool
    VerifierCheck check = VerifierCheck::Pattern;
    std::optional<int> minChars; ///< Verifier of `length`
    std::optional<int> maxChars;
    std::optional<int> afterMs; ///< Stall
    std::optional<Condition> when; ///< the trigger applies only to requests that fit
    std::vector<int> appliesTo;    ///< tiers; empty = every tier
    std::vector<std::string> appliesToIds;
    bool escalateToNext = true;
    Route escalateTo; ///< when not next
    std::string escalateId; ///< as written: "next", a tier id or "human"
    RouteCarries carries;
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

enum class RetrieveWhen { Always, NeedsRetrieval };

struct Retrieval
{
    bool enabled = false;
    RetrieveWhen when = RetrieveWhen::Always; ///< NeedsRetrieval: when the router says so
    std::string modelId; ///< who embeds documents and questions; "" = words alone
    int model = -1;
    int topK = 3;
    double minScore = 0; ///< 0–1, relative to the best passage: Passage::relative
};

/// Free and paid, interactive and background. The first whose condition holds is the request's.
struct UserTier
{
    std::string id;
    Condition when;
    Budget budget;
    Slo slo;
    enum class Lane { Interactive, Background } lane = Lane::Interactive;
    /// What becomes of a request over the budget. Written "truncate", "reject", "queue".
    enum class OverBudget { Reject, Truncate, Queue } overBudget = OverBudget::Reject;
};

/// A system prompt that a route can carry along.
struct PromptTemplate
{
    std::string id;
    std::string systemPrompt;
};

/// A tool that models may be offered.
struct Tool
{
    std::string id; ///< its name towards the model
    std::string description;
    std::string parametersJson; ///< JSON Schema of its arguments, canonical text; "" = none
};

/// A session stays with what answered it, so that the tone does not jump. Escalation for quality still goes up.
struct Stickiness
{
    enum class By { Model, Family, Tier } by = By::Family;
    int maxAgeSeconds = 1800;
    std::string sessionKey = "session"; ///< the key of the metadata that names the session
};

/// Answers that are given again without a model.
struct AnswerCacheSpec
{
    enum class Kind { Exact, Semantic } kind = Kind::Semantic;
    double minSimilarity = 0.95; ///< semantic: cosine, 0–1
    int ttlSeconds = 86'400;
    std::string modelId; ///< semantic: who embeds; "" = the built-in embedder
    int model = -1;
    std::vector<std::string> scope; ///< keys of the metadata that must agree: "account"
};

/// An objective on a dataset that must hold before the policy is exported.
struct ReleaseGate
{
    enum class Metric { Quality, CostPerRequestUsd, CostPerResolvedUsd, P95LatencyMs, EscalationRate, HumanShare };
    std::string id;
    std::string dataset;
    Metric metric = Metric::Quality;
    std::optional<double> atLeast; ///< exactly one of the two
    std::optional<double> atMost;
    std::string source; ///< of quality: "judge:RUBRIC", "reference", …; "" for other metrics
    double confidence = 0.95; ///< the interval's bound must hold, not the estimate
};

/// How cost, quality and latency are weighed against each other; they add up to 1.
struct Weights
{
    double cost = 0;
    double quality = 0;
    double latency = 0;
    bool operator==(const Weights&) const = default;
};
/// What the priority "cost", "quality" or "latency" stands for.
Weights presetWeights(const std::string& priority);

/// What a person who takes over is given.
struct Handoff
{
    std::string queue; ///< where to: "support-level-2"
    std::string copy;  ///< what the user reads
    std::vector<std::string> include; ///< "conversation", "drafts", "reasons", "retrieval"
};

struct Policy
{
    int version = 1; ///< of the language: the value of "signalbox"
    std::string name;
    std::string priority; ///< "cost", "quality", "latency"
    Weights weights;      ///< as stated, or the priority's preset
    bool weightsStated = false;
    Budget budget;        ///< of a whole request
    std::string systemPrompt;
    std::vector<Endpoint> endpoints;
    std::vector<Model> models;
    std::vector<Tier> tiers;
    SharedList<Rule> rules;
    Router router;
    Cascade cascade;
    std::vector<Rubric> rubrics;
    std::vector<Trigger> triggers;
    Retrieval retrieval;
    Slo slo;
    std::vector<UserTier> userTiers;
    std::vector<PromptTemplate> templates;
    std::vector<Tool> tools;
    std::optional<Stickiness> stickiness;
    std::optional<AnswerCacheSpec> cache;
    std::vector<ReleaseGate> releaseGates;
    std::optional<Handoff> handoff;
    std::string escalatingCopy; ///< user-visible text on escalation
    std::string restartedCopy;  ///< … when an answer that had begun starts again
    std::string rejectedCopy;   ///< … when a budget refuses the request
    std::string contentHash;    ///< SHA-256 of the canonical form; what evidence is tied to

    int tierIndex(const std::string& id) const;  ///< -1 if there is none
    int modelIndex(const std::string& id) const; ///< -1 if there is none
    int triggerIndex(const std::string& id) const; ///< -1 if there is none
    std::string routeName(const Route& route) const; ///< tier id, "human" or ""
    bool usesSandbox() const;
};

using PolicyPtr = std::shared_ptr<const Policy>;

} // namespace signalbox
