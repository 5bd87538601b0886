// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/trace_store.h"

#include "cascade/answer_cache.h"
#include "workspace/input_codec.h"

#include <unordered_map>

namespace signalbox {

namespace {

using sqlite::Statement;

/// Beyond this many, remembered row numbers are dropped and looked up again.
constexpr std::size_t kMostRemembered = 65536;
/// Cutting looks at as many rows as are kept.
constexpr int kAnswersBetweenCuts = 256;
/// Where the attempts stand that belong to no hop.
constexpr int kNoHop = -1;

struct RememberedDocument
{
    std::int64_t row = 0;
    std::string title;
    std::string text;
};

} // namespace

struct TraceStore::Impl
{
    const sqlite::Database* database = nullptr;
    std::int64_t recorder = 0;
    Statement findContext, addContext, findInput, addInput, findReasons, addReasons, findDocument,
        addDocument;
    Statement addTrace, addHop, addAttempt, addGate, addCharge, addRetrieved, takeOver, addHit,
        addAnswer, dropAnswers, addVector;
    int answersAdded = 0;
    std::unordered_map<std::string, std::int64_t> contexts, inputs, reasons;
    std::unordered_map<std::string, RememberedDocument> documents;
    std::string contextKey; ///< kept for its memory

    Result<> prepareAll();
    Result<std::int64_t> findOrAdd(Statement& find, Statement& add);
    Result<std::int64_t> contextRow(const Trace& trace);
    Result<std::int64_t> reasonsRow(const Trace& trace);
    Result<std::int64_t> documentRow(const RetrievedPassage& passage);
    Result<> addHopRows(std::int64_t row, const Trace& trace, int position, const Hop& hop);
    Result<> addChargeRow(std::int64_t row, const Trace& trace, int position, const Charge& charge);
    Result<> addRetrievedRow(std::int64_t trace, int position, const RetrievedPassage& passage);
    Result<> addAttemptRow(std::int64_t row, const Trace& trace, int hop, int place, const Attempt& attempt);
    Result<> addCacheRows(std::int64_t row, const Trace& trace);
    Result<> addVectorRows(const PassageVectors& of);
};

TraceStore::TraceStore() : m_impl(std::make_unique<Impl>()) {}
TraceStore::~TraceStore() = default;

Result<std::unique_ptr<TraceStore>> TraceStore::prepare(const sqlite::Database& database,
                                                        std::int64_t recorder)
{
    std::unique_ptr<TraceStore> store(new TraceStore);
    store->m_impl->database = &database;
    store->m_impl->recorder = recorder;
    if (const Result<> prepared = store->m_impl->prepareAll(); !prepared)
        return tl::unexpected<Error>(prepared.error());
    return store;
}

Result<> TraceStore::Impl::prepareAll()
{
    const std::pair<Statement*, const char*> statements[] = {
        {&findContext,
         "SELECT id FROM contexts WHERE mode = ?1 AND dataset = ?2 AND policy_name = ?3 AND policy_hash = ?4 "
         "AND prompt_version = ?5 AND judge_versions = ?6"},
        {&addContext,
         "INSERT INTO contexts(mode, dataset, policy_name, policy_hash, prompt_version, judge_versions) "
         "VALUES(?1, ?2, ?3, ?4, ?5, ?6)"},
        {&findInput, "SELECT id FROM inputs WHERE input_hash = ?1"},
        {&addInput,
         "INSERT INTO inputs(input_hash, prompt, messages, metadata, attachments) VALUES(?1, ?2, ?3, ?4, ?5) "
         "ON CONFLICT(input_hash) DO NOTHING"},
        {&findReasons, "SELECT id FROM reason_sets WHERE codes = ?1"},
        {&addReasons, "INSERT INTO reason_sets(codes) VALUES(?1)"},
        {&findDocument, "SELECT seq FROM documents WHERE document_id = ?1 AND title = ?2 AND text = ?3"},
        {&addDocument, "INSERT INTO documents(document_id, title, text, current) VALUES(?1, ?2, ?3, 0)"},
        {&addTrace,
         "INSERT INTO traces(id, context, prompt_id, input, started_at_ms, route, router, confidence, "
         "intent, "
         "difficulty, decision_nanos, barred, status, final_tier, model, reasons, hop_count, escalations, "
         "latency_ms, ttft_ms, quality, quality_source, resolved, simulated, known_cost, priced, unpriced, "
         "answer, user_tier, recorded_by) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
         "?17, ?18, "
         "?19, "
         "?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)"},
        {&addHop,
         "INSERT INTO hops(trace, position, hop_index, tier, model, status, reason, trigger_id, "
         "input_tokens, "
         "cached_input_tokens, output_tokens, reasoning_tokens, start_ms, ttft_ms, latency_ms, "
         "total_ms, text, queue_ms, partial, role, cache_write_tokens, finish_reason, tool_calls) "
         "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, "
         "?20, ?21, ?22, ?23)"},
        {&addAttempt,
         "INSERT INTO attempts(trace, hop, position, purpose, number, endpoint, http_status, error_kind, "
         "message, start_ms, connect_ms, ttft_ms, total_ms, simulated, queue_ms, request_id) "
         "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"},
        {&addGate,
         "INSERT INTO gates(trace, hop, position, trigger_id, gate, rubric, judge_model, verdict, raw_score, "
         "threshold, scale, reason, explanation, start_ms, latency_ms) "
         "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"},
        {&addCharge,
         "INSERT INTO charges(trace, position, kind, model, hop, input_tokens, cached_input_tokens, "
         "output_tokens, reasoning_tokens, price_source, price_as_of, cost, purpose, request_id, estimated, estimate, "
         "cache_write_tokens) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"},
        {&takeOver, "UPDATE lost_calls SET trace = ?1 WHERE request_id = ?2 AND trace IS NULL"},
        {&addRetrieved, "INSERT INTO retrieved(trace, position, document, score, absolute, "
                        "word_rank, vector_rank, similarity) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"},
        {&addHit, "INSERT INTO cache_hits(trace, source, similarity, age_ms, saved_cost, saved_ms) "
                  "VALUES(?1, ?2, ?3, ?4, ?5, ?6)"},
        {&addAnswer, "INSERT INTO cached_answers(trace, stored_at_ms, partition_key, question, vector) "
                     "VALUES(?1, ?2, ?3, ?4, ?5)"},
        {&addVector, "INSERT INTO passage_vectors(embedder, text_hash, vector) VALUES(?1, ?2, ?3) ON "
                     "CONFLICT(embedder, text_hash) DO UPDATE SET vector = excluded.vector"},
        {&dropAnswers, "DELETE FROM cached_answers WHERE trace <= (SELECT trace FROM cached_answers ORDER BY "
                       "trace DESC LIMIT 1 OFFSET ?1)"},
    };
    for (const auto& [statement, sql] : statements) {
        auto prepared = database->prepare(sql);
        if (!prepared)
            return tl::unexpected<Error>(prepared.error());
        *statement = std::move(*prepared);
    }
    return {};
}

/// Both statements are bound by the caller.
Result<std::int64_t> TraceStore::Impl::findOrAdd(Statement& find, Statement& add)
{
    const Result<bool> found = find.step();
    if (!found)
        return tl::unexpected<Error>(found.error());
    if (*found) {
        const std::int64_t row = find.integer(0);
        find.reset();
        return row;
    }
    if (const Result<> added = add.run(); !added)
        return tl::unexpected<Error>(added.error());
    return database->lastInsertId();
}

Result<std::int64_t> TraceStore::Impl::contextRow(const Trace& trace)
{
    contextKey.assign(name(trace.mode));
    for (const std::string* part :
         {&trace.dataset, &trace.policyName, &trace.policyHash, &trace.promptVersion, &trace.judgeVersions}) {
        contextKey += '\x1f';
        contextKey += *part;
    }
    if (const auto known = contexts.find(contextKey); known != contexts.end())
        return known->second;
    for (Statement* statement : {&findContext, &addContext})
        statement->bind(1, name(trace.mode))
            .bind(2, trace.dataset)
            .bind(3, trace.policyName)
            .bind(4, trace.policyHash)
            .bind(5, trace.promptVersion)
            .bind(6, trace.judgeVersions);
    const Result<std::int64_t> row = findOrAdd(findContext, addContext);
    if (row)
        contexts.emplace(contextKey, *row);
    return row;
}

Result<std::int64_t> TraceStore::Impl::reasonsRow(const Trace& trace)
{
    const std::string joined = joinedReasons(trace.reasons);
    if (const auto known = reasons.find(joined); known != reasons.end())
        return known->second;
    findReasons.bind(1, joined);
    addReasons.bind(1, joined);
    const Result<std::int64_t> row = findOrAdd(findReasons, addReasons);
    if (row) {
        if (reasons.size() >= kMostRemembered)
            reasons.clear();
        reasons.emplace(joined, *row);
    }
    return row;
}

Result<std::int64_t> TraceStore::inputRow(const std::string& inputHash, const std::vector<Message>& messages,
                                          const Circumstances& circumstances,
                                          const std::vector<Attachment>& attachments)
{
    Impl& impl = *m_impl;
    if (!inputHash.empty()) {
        if (const auto known = impl.inputs.find(inputHash); known != impl.inputs.end())
            return known->second;
    }
    const StoredInput stored = storedInput(messages, circumstances, attachments);
    impl.addInput.bindTextOrNull(1, inputHash).bind(2, stored.prompt).bindTextOrNull(3, stored.messages);
    impl.addInput.bindTextOrNull(4, stored.metadata).bindTextOrNull(5, stored.attachments);
    if (const Result<> added = impl.addInput.run(); !added)
        return tl::unexpected<Error>(added.error());
    std::int64_t row = impl.database->lastInsertId();
    if (impl.database->changes() == 0) {
        const Result<bool> found = impl.findInput.bind(1, inputHash).step();
        if (!found)
            return tl::unexpected<Error>(found.error());
        row = impl.findInput.integer(0);
        impl.findInput.reset();
    }
    if (!inputHash.empty()) {
        if (impl.inputs.size() >= kMostRemembered)
            impl.inputs.clear();
        impl.inputs.emplace(inputHash, row);
    }
    return row;
}

Result<std::int64_t> TraceStore::Impl::documentRow(const RetrievedPassage& passage)
{
    const auto known = documents.find(passage.documentId);
    if (known != documents.end() && known->second.title == passage.title &&
        known->second.text == passage.text)
        return known->second.row;
    for (Statement* statement : {&findDocument, &addDocument})
        statement->bind(1, passage.documentId).bind(2, passage.title).bind(3, passage.text);
    const Result<std::int64_t> row = findOrAdd(findDocument, addDocument);
    if (row) {
        if (documents.size() >= kMostRemembered)
            documents.clear();
        documents[passage.documentId] = {*row, passage.title, passage.text};
    }
    return row;
}

Result<> TraceStore::Impl::addHopRows(std::int64_t row, const Trace& trace, int position, const Hop& hop)
{
    addHop.bind(1, row).bind(2, position).bind(3, hop.index).bind(4, hop.tier).bind(5, hop.model);
    addHop.bind(6, name(hop.status)).bind(7, hop.reason).bind(8, hop.trigger);
    addHop.bind(9, hop.tokens.input).bind(10, hop.tokens.cachedInput);
    addHop.bind(11, hop.tokens.output).bind(12, hop.tokens.reasoning);
    addHop.bind(13, hop.startMs).bind(14, hop.ttftMs).bind(15, hop.latencyMs).bind(16, hop.totalMs);
    addHop.bind(18, hop.queueMs).bind(19, hop.partial);
    if (hop.text == trace.answer)
        addHop.bindNull(17);
    else
        addHop.bind(17, hop.text);
    addHop.bind(20, hop.role).bind(21, hop.tokens.cacheWrite).bind(22, hop.finishReason);
    const std::string calls = hop.toolCalls.empty() ? std::string() : toolCallsJson(hop.toolCalls); // outlives the binding
    addHop.bindTextOrNull(23, calls);
    if (const Result<> added = addHop.run(); !added)
        return added;
    int place = 0;
    for (const Attempt& attempt : hop.attempts) {
        if (const Result<> added = addAttemptRow(row, trace, position, place++, attempt); !added)
            return added;
    }
    place = 0;
    for (const GateResult& gate : hop.gates) {
        addGate.bind(1, row).bind(2, position).bind(3, place++).bind(4, gate.trigger).bind(5, gate.gate);
        addGate.bind(6, gate.rubric)
            .bind(7, gate.judgeModel)
            .bind(8, name(gate.verdict))
            .bind(9, gate.rawScore);
        addGate.bind(10, gate.threshold).bind(11, gate.of).bind(12, gate.reason).bind(13, gate.explanation);
        addGate.bind(14, gate.startMs).bind(15, gate.latencyMs);
        if (const Result<> added = addGate.run(); !added)
            return added;
    }
    return {};
}

Result<> TraceStore::Impl::addAttemptRow(std::int64_t row, const Trace& trace, int hop, int place,
                                         const Attempt& attempt)
{
    addAttempt.bind(1, row).bind(2, hop).bind(3, place).bind(4, attempt.purpose).bind(5, attempt.number);
    addAttempt.bind(6, attempt.endpoint).bind(7, attempt.httpStatus).bind(8, attempt.errorKind);
    addAttempt.bind(9, attempt.message).bind(10, attempt.startMs).bind(11, attempt.connectMs);
    addAttempt.bind(12, attempt.ttftMs).bind(13, attempt.totalMs).bind(14, attempt.simulated);
    const std::string request = storedRequestId(trace.id, attempt.requestId); // outlives the binding
    return addAttempt.bind(15, attempt.queueMs).bind(16, request).run();
}

/// The answer is an earlier one, or it may be given again; the oldest of those are let go now and then.
Result<> TraceStore::Impl::addCacheRows(std::int64_t row, const Trace& trace)
{
    if (trace.cacheHit) {
        const CacheHit& hit = *trace.cacheHit;
        addHit.bind(1, row).bind(2, hit.traceId).bind(3, hit.similarity).bind(4, hit.ageMs);
        if (const Result<> added = addHit.bind(5, hit.savedCost).bind(6, hit.savedMs).run(); !added)
            return added;
    }
    if (!trace.cacheKey)
        return {};
    const CacheKey& key = *trace.cacheKey;
    const std::string vector = storedVector(key.vector); // outlives the binding
    addAnswer.bind(1, row).bind(2, key.storedAtMs).bind(3, key.partition).bind(4, key.question);
    if (vector.empty())
        addAnswer.bindNull(5);
    else
        addAnswer.bindBlob(5, vector);
    if (const Result<> added = addAnswer.run(); !added)
        return added;
    if (answersAdded++ % kAnswersBetweenCuts != 0)
        return {};
    return dropAnswers.bind(1, static_cast<std::int64_t>(kMostCachedAnswers)).run();
}

Result<> TraceStore::Impl::addVectorRows(const PassageVectors& of)
{
    for (const auto& [hash, vector] : of.vectors) {
        const std::string bytes = storedVector(vector); // outlives the binding
        if (const Result<> added = addVector.bind(1, of.embedder).bind(2, hash).bindBlob(3, bytes).run(); !added)
            return added;
    }
    return {};
}

Result<> TraceStore::Impl::addChargeRow(std::int64_t row, const Trace& trace, int position,
                                        const Charge& charge)
{
    addCharge.bind(1, row)
        .bind(2, position)
        .bind(3, name(charge.kind))
        .bind(4, charge.model)
        .bind(5, charge.hop);
    addCharge.bind(6, charge.tokens.input).bind(7, charge.tokens.cachedInput);
    addCharge.bind(8, charge.tokens.output).bind(9, charge.tokens.reasoning);
    addCharge.bind(10, charge.priceSource).bind(11, charge.priceAsOf).bind(12, charge.cost);
    const std::string request = storedRequestId(trace.id, charge.requestId); // outlives the binding
    addCharge.bind(13, charge.purpose).bind(14, request).bind(15, charge.estimated).bind(16, charge.estimate);
    addCharge.bind(17, charge.tokens.cacheWrite);
    if (const Result<> added = addCharge.run(); !added || charge.kind != ChargeKind::Lost)
        return added;
    return takeOver.bind(1, row).bind(2, charge.requestId).run();
}

Result<> TraceStore::Impl::addRetrievedRow(std::int64_t trace, int position, const RetrievedPassage& passage)
{
    const Result<std::int64_t> document = documentRow(passage);
    if (!document)
        return tl::unexpected<Error>(document.error());
    addRetrieved.bind(1, trace).bind(2, position).bind(3, *document).bind(4, passage.relative);
    addRetrieved.bind(5, passage.absolute ? std::optional(passage.score) : std::nullopt);
    addRetrieved.bind(6, passage.wordRank).bind(7, passage.vectorRank).bind(8, passage.similarity);
    return addRetrieved.run();
}

Result<> TraceStore::insert(const Trace& trace)
{
    Impl& impl = *m_impl;
    const Result<std::int64_t> context = impl.contextRow(trace);
    if (!context)
        return tl::unexpected<Error>(context.error());
    const Result<std::int64_t> reasons = impl.reasonsRow(trace);
    if (!reasons)
        return tl::unexpected<Error>(reasons.error());
    const Result<std::int64_t> input =
        inputRow(trace.inputHash, trace.messages,
                 {trace.metadata, trace.headers, trace.tools, trace.receivedAtMs}, trace.attachments);
    if (!input)
        return tl::unexpected<Error>(input.error());

    const CostSum cost = trace.cost();
    const std::string barred = storedPairs(trace.barred);
    Statement& add = impl.addTrace;
    add.bind(1, trace.id)
        .bind(2, *context)
        .bind(3, trace.promptId)
        .bind(4, *input)
        .bind(5, trace.startedAtMs);
    add.bind(6, trace.route).bind(7, trace.router).bind(8, trace.confidence).bind(9, trace.intent);
    add.bind(10, trace.difficulty).bind(11, trace.decisionNanos).bindTextOrNull(12, barred);
    add.bind(13, name(trace.status)).bind(14, trace.finalTier).bind(15, trace.model).bind(16, *reasons);
    add.bind(17, static_cast<int>(trace.hops.size())).bind(18, trace.escalations).bind(19, trace.latencyMs);
    add.bind(20, trace.ttftMs).bind(21, trace.quality).bind(22, trace.qualitySource).bind(23, trace.resolved);
    add.bind(24, trace.simulated).bind(25, cost.known).bind(26, cost.knownParts).bind(27, cost.unknownParts);
    add.bind(28, trace.answer).bind(29, trace.userTier).bind(30, impl.recorder);
    if (const Result<> added = add.run(); !added)
        return added;
    const std::int64_t row = impl.database->lastInsertId();

    int position = 0;
    for (const Attempt& attempt : trace.calls) {
        if (const Result<> added = impl.addAttemptRow(row, trace, kNoHop, position++, attempt); !added)
            return added;
    }
    if (const Result<> added = impl.addCacheRows(row, trace); !added)
        return added;
    for (const PassageVectors& vectors : trace.passageVectors) {
        if (const Result<> added = impl.addVectorRows(vectors); !added)
            return added;
    }
    position = 0;
    for (const Hop& hop : trace.hops) {
        if (const Result<> added = impl.addHopRows(row, trace, position++, hop); !added)
            return added;
    }
    position = 0;
    for (const Charge& charge : trace.charges) {
        if (const Result<> added = impl.addChargeRow(row, trace, position++, charge); !added)
            return added;
    }
    position = 0;
    for (const RetrievedPassage& passage : trace.retrieved) {
        if (const Result<> added = impl.addRetrievedRow(row, position++, passage); !added)
            return added;
    }
    return {};
}

void TraceStore::forget()
{
    m_impl->contexts.clear();
    m_impl->inputs.clear();
    m_impl->reasons.clear();
    m_impl->documents.clear();
}

} // namespace signalbox
