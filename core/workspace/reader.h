// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Queries over a workspace. Each reader has its own read-only connection and sees committed data only. One thread at a time.

#include "base/result.h"
#include "cascade/engine.h"
#include "cascade/trace.h"
#include "retrieval/document_index.h"
#include "workspace/call_journal.h"
#include "workspace/dataset.h"
#include "workspace/rating.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace signalbox {

struct PolicyVersion
{
    std::string name;
    int version = 0;
    std::string contentHash;
    std::string author;
    std::string message;
    std::int64_t createdAtMs = 0;
    std::string text;
    std::string parentName; ///< "" = it has no parent; other than `name` when the policy was renamed
    int parent = 0;         ///< the version it was made from; 0 = none
    int restoredFrom = 0;   ///< its content is that of this version; 0 = it was edited
    std::vector<std::string> tags; ///< that stand on it, sorted
    int traces = 0;         ///< of its content, whichever version ran; policyHistory() only
};

/// A tag was put on a version, moved, or taken away.
struct TagMove
{
    std::string tag;
    int from = 0; ///< 0 = it was nowhere
    int to = 0;   ///< 0 = it was taken away
    std::string author;
    std::int64_t atMs = 0;
};

/// What a trace list shows: a row without hops and texts.
struct TraceRow
{
    std::string id;
    std::int64_t startedAtMs = 0;
    TraceMode mode = TraceMode::Policy;
    std::string dataset;
    std::string promptId;
    std::string promptPreview; ///< first 160 characters of the last user message, one line
    std::string policyHash;
    std::string route;
    std::string router;
    std::optional<double> confidence;
    std::string intent;
    int difficulty = 0;
    TraceStatus status = TraceStatus::Failed;
    std::string finalTier;
    std::string model;
    std::string reasons; ///< comma-separated
    int hops = 0;
    int escalations = 0;
    double latencyMs = 0;
    std::optional<double> ttftMs;
    NanoUsd knownCost = 0;
    int unknownCharges = 0;
    int charges = 0;
    std::optional<double> quality;
    std::string qualitySource;
    std::optional<bool> resolved;
    bool simulated = false;
};

struct TraceFilter
{
    std::string text;       ///< in the prompt, the answer or a reason, without regard to case
    std::string dataset;    ///< "" = any
    std::string policyHash; ///< "" = any
    std::string tier;       ///< final tier; "" = any
    std::optional<TraceStatus> status;
    std::optional<TraceMode> mode;
    std::optional<bool> escalated;
    std::string reason;     ///< a reason code that occurs; "" = any
    std::int64_t fromMs = 0; ///< 0 = open
    std::int64_t toMs = 0;
    enum class Order { Newest, Oldest, Costliest, Slowest, LowestQuality } order = Order::Newest;
    int limit = 0;          ///< 0 = all
    int offset = 0;
};

struct CheckProblem
{
    std::string code;    ///< "check.integrity", "check.foreign_key", "check.cost_sum", …
    std::string message;
};

/// How far spending has been read by one reader: what comes after it is new.
struct SpentMark
{
    std::int64_t dataVersion = -1;   ///< of the file, as that reader sees it
    std::int64_t trace = 0;          ///< row of the newest trace
    std::set<std::string> lostCalls; ///< of the last hour, by request id
};

class WorkspaceReader
{
public:
    virtual ~WorkspaceReader() = default;

    virtual Result<std::vector<PolicyVersion>> policyVersions(const std::string& name = {}) = 0; ///< newest first; "" = of all names
    /// The same without texts, with the number of traces of each content.
    virtual Result<std::vector<PolicyVersion>> policyHistory(const std::string& name = {}) = 0;
    virtual Result<std::vector<std::string>> policyNames() = 0; ///< the one saved last first
    virtual Result<std::vector<TagMove>> tagMoves(const std::string& name) = 0; ///< newest first
    virtual Result<PolicyVersion> policyByHash(const std::string& contentHash) = 0;
    /// "NAME@7", "NAME@production", or "NAME" for its newest.
    virtual Result<PolicyVersion> policyByReference(const std::string& reference) = 0;

    virtual Result<std::vector<DatasetInfo>> datasets() = 0;
    virtual Result<std::vector<DatasetPrompt>> prompts(const std::string& dataset) = 0; ///< in the order of import
    virtual Result<std::vector<Document>> documents() = 0;

    virtual Result<std::vector<TraceRow>> traceRows(const TraceFilter& filter) = 0;
    virtual Result<int> traceCount(const TraceFilter& filter) = 0; ///< limit and offset are ignored
    virtual Result<Trace> trace(const std::string& id) = 0; ///< whole, with hops, attempts, gates and charges
    /// Whole traces; for what-if: the newest all-tiers trace of each prompt of the dataset as it reads now, in the prompts' order.
    virtual Result<std::vector<Trace>> outcomeTraces(const std::string& dataset) = 0;
    /// Whole traces that fit, texts of hops left out; for dashboards.
    virtual Result<std::vector<Trace>> traces(const TraceFilter& filter) = 0;
    /// Ids of the dataset's prompts that, as they read now, have a trace under this policy that was not
    /// cancelled.
    virtual Result<std::set<std::string>> tracedPrompts(const std::string& dataset, TraceMode mode,
                                                        const std::string& policyHash) = 0;
    /// What requests that ended since then have cost, for the hours of budgets; estimates where nothing else
    /// is known, of calls that their process could not record as well.
    virtual Result<std::vector<SpentEarlier>> spentSince(std::int64_t atMs) = 0;
    /// Of it what was recorded after the mark, which moves on, and not by this recorder (Workspace::recorder()).
    virtual Result<std::vector<SpentEarlier>> spentAfter(SpentMark& mark, std::int64_t atMs,
                                                         std::int64_t butBy) = 0;
    /// What traces have left to the cache of answers, the oldest first.
    virtual Result<std::vector<CachedAnswer>> cachedAnswers() = 0;
    /// Of documents, by what embedded them.
    virtual Result<std::vector<PassageVectors>> passageVectors() = 0;
    /// Calls whose process was killed before it could record them, and that no trace has taken over; also
    /// those of journals that nobody has taken over yet.
    virtual Result<std::vector<LostCall>> lostCalls() = 0;
    virtual Result<std::vector<std::string>> reasonCodes() = 0; ///< every code that occurs, sorted

    virtual Result<std::optional<Rating>> rating(const std::string& traceId) = 0; ///< a person's, if there is one

    virtual Result<std::optional<std::string>> meta(const std::string& key) = 0;
    /// Integrity of the file, foreign keys, costs that do not add up, traces without reasons, escalations without triggers.
    virtual Result<std::vector<CheckProblem>> check() = 0;
};

} // namespace signalbox
