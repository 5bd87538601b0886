// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A trace: everything that happened to one request. What a trace says must be what happened.
// Times of day are milliseconds since 1970 UTC; offsets within a trace are milliseconds since its start.

#include "base/money.h"
#include "features/request.h"
#include "providers/tool_call.h"
#include "providers/usage.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

enum class TraceMode { Policy, AllTiers };
enum class TraceStatus { Answered, HandedOff, Failed, Cancelled };
/// Used: its draft went into the answer, or stands beside it as evidence, and is not the answer.
enum class HopStatus { Running, Accepted, Escalated, Failed, Cancelled, Barred, Used };
enum class GateVerdict { Passed, Fired, Error };
enum class ChargeKind { Model, Router, Judge, Embedding, Retry, RaceLoser, Lost };

const char* name(TraceMode mode);        ///< "policy", "all_tiers"
const char* name(TraceStatus status);    ///< "answered", "handed_off", "failed", "cancelled"
const char* name(HopStatus status);      ///< "running", "accepted", "escalated", "failed", "cancelled", "barred", "used"
const char* name(GateVerdict verdict);   ///< "passed", "fired", "error"
const char* name(ChargeKind kind); ///< "model", "router", "judge", "embedding", "retry", "race_loser", "lost"
std::optional<TraceMode> traceModeFrom(std::string_view text);
std::optional<TraceStatus> traceStatusFrom(std::string_view text);
std::optional<HopStatus> hopStatusFrom(std::string_view text);
std::optional<GateVerdict> gateVerdictFrom(std::string_view text);
std::optional<ChargeKind> chargeKindFrom(std::string_view text);

/// One HTTP try within a hop, or within a judge's call.
struct Attempt
{
    std::string purpose;   ///< "model", "judge:RUBRIC", "embedding" (of the question) or "embedding:documents"
    int number = 1;
    std::string endpoint;  ///< endpoint id
    int httpStatus = 0;    ///< 0 = no answer came
    std::string errorKind; ///< "" = success; else "provider.rate_limited", …
    std::string message;
    double startMs = 0;
    double connectMs = 0;              ///< until connected, 0 when reused
    std::optional<double> ttftMs;      ///< to the first content token, from its start
    double totalMs = 0;
    bool simulated = false;
    double queueMs = 0;    ///< of it, until a connection was there to be used or made
    std::string requestId; ///< that it was sent under; "" in traces of older versions
};

struct GateResult
{
    std::string trigger; ///< trigger id
    std::string gate;    ///< "judge", "json_schema"
    std::string rubric;  ///< rubric id, or ""
    std::string judgeModel; ///< model id, or ""
    GateVerdict verdict = GateVerdict::Passed;
    std::optional<double> rawScore; ///< on 1…of
    std::optional<double> threshold;
    int of = 0;
    std::string reason;      ///< reason code when it fired or failed
    std::string explanation; ///< the judge's, or what is wrong with the shape
    double startMs = 0;
    double latencyMs = 0;
};

struct Charge
{
    ChargeKind kind = ChargeKind::Model;
    std::string model; ///< model id
    int hop = -1;      ///< index of the hop that caused it
    std::string purpose; ///< what was bought, as in Attempt; "" in traces of older versions
    TokenUsage tokens;
    std::string priceSource;
    std::string priceAsOf;
    std::optional<NanoUsd> cost; ///< nothing = unknown
    /// The server never said how many tokens: `tokens` are what they come to by their text. The cost stays
    /// unknown.
    bool estimated = false;
    std::optional<NanoUsd> estimate; ///< what estimated tokens would cost; of known tokens, what they cost at least
    std::string requestId;       ///< of the attempt that it is for; "" in traces of older versions
};

struct Hop
{
    int index = 0;
    std::string tier;
    std::string model; ///< model id
    std::string role;  ///< what it is for in its pattern: "lane", "sample 2", "stage:ID", "background"; "" = an answer
    HopStatus status = HopStatus::Running;
    std::string reason; ///< reason code: why it ended so
    std::string trigger; ///< the trigger that escalated it, or ""
    std::string text;   ///< the draft
    std::string finishReason; ///< why the model ended it, as in ChatResult; "" = the server did not say
    std::vector<ToolCall> toolCalls; ///< that the draft makes
    TokenUsage tokens;
    double startMs = 0;
    std::optional<double> ttftMs; ///< from the hop's start
    double latencyMs = 0;         ///< generation only, retries included
    double totalMs = 0;           ///< with gates
    double queueMs = 0;           ///< waited for room in the engine, before its start, and for connections
    bool partial = false;         ///< the draft's end is missing: its call broke off or was ended
    std::vector<Attempt> attempts;
    std::vector<GateResult> gates;

    /// The model was stopped by its length, or by a filter.
    bool wasCutOff() const { return finishReason == "length" || finishReason == "content_filter"; }
};

struct RetrievedPassage
{
    std::string documentId;
    std::string title;
    std::string text;
    double score = 0;    ///< 0–1, as in Passage
    double relative = 1; ///< 0–1, as in Passage
    std::optional<int> wordRank = {};      ///< among those found by words, from 1 on
    std::optional<int> vectorRank = {};    ///< among those found by nearness, from 1 on
    std::optional<double> similarity = {}; ///< cosine to the question; nothing = there are no vectors
    bool absolute = true; ///< false in traces of older versions: their score is the relative one
};

/// All that decides whether an answer may be given to another request: see cache_use.h.
struct CacheKey
{
    std::string partition;     ///< hash of what must be the same
    std::string question;      ///< hash of the question's words
    std::vector<float> vector; ///< of the question, of length 1; empty = it has none
    std::int64_t storedAtMs = 0;
};

/// The answer is that of an earlier trace; no model was asked for it.
struct CacheHit
{
    std::string traceId;   ///< whose answer it is
    double similarity = 1; ///< of the two questions: cosine; 1 = the same words
    std::int64_t ageMs = 0; ///< of the answer
    std::optional<NanoUsd> savedCost; ///< what the answer had cost; nothing = unknown
    double savedMs = 0;               ///< how long it had taken
};

/// Vectors of passages that a run paid for, so that no other need do it again.
struct PassageVectors
{
    std::string embedder; ///< the model, by its endpoint and its name there
    std::vector<std::pair<std::string, std::vector<float>>> vectors; ///< by pieceHash(), of length 1
};

struct Trace
{
    std::string id;
    std::string dataset;  ///< dataset name, or ""
    std::string promptId; ///< the request's id
    std::string userTier; ///< id of the user tier that the request is of, or ""
    std::int64_t startedAtMs = 0;
    TraceMode mode = TraceMode::Policy;
    std::string policyName;
    std::string policyHash;
    std::string inputHash;
    std::string promptVersion; ///< hash of the system prompts that were sent
    std::string judgeVersions; ///< "grounding@1a2b3c4d", comma-separated
    std::vector<Message> messages;
    std::map<std::string, std::string> metadata;
    std::vector<Attachment> attachments;
    std::map<std::string, std::string> headers;
    std::vector<std::string> tools;
    std::int64_t receivedAtMs = 0; ///< as the request stated it; 0 = it did not

    // the decision
    std::string route; ///< tier id or "human": what the decision said
    std::string router;
    std::optional<double> confidence;
    std::string intent;
    int difficulty = 0;
    std::int64_t decisionNanos = 0;
    std::vector<std::pair<std::string, std::string>> barred; ///< tier id, reason

    // what came of it
    TraceStatus status = TraceStatus::Failed;
    std::string finalTier; ///< tier whose answer was accepted, or ""
    std::string model;     ///< model id of that answer, or ""
    std::string answer; ///< of a request that failed: what the user had read of one when it broke off, or ""
    std::vector<std::string> reasons; ///< reason codes in order, never empty
    int escalations = 0;
    double latencyMs = 0;
    std::optional<double> ttftMs; ///< until the first token that the user saw, from the start
    std::optional<double> quality; ///< 0–1
    std::string qualitySource;     ///< "judge:grounding@judge-mini"
    std::optional<bool> resolved;
    bool simulated = false;
    std::vector<RetrievedPassage> retrieved;
    std::vector<Attempt> calls; ///< for the request as a whole and no hop of it: embeddings
    std::vector<Hop> hops;
    std::vector<Charge> charges;
    std::optional<CacheHit> cacheHit;
    std::vector<PassageVectors> passageVectors; ///< that it leaves to others; not read back with it
    std::optional<CacheKey> cacheKey; ///< under which its answer may be given again; nothing = it may not

    CostSum cost() const;
};

using TracePtr = std::shared_ptr<const Trace>;

/// One trace as the JSON object of `run` (one line, no newline).
std::string traceToJson(const Trace& trace);

} // namespace signalbox
