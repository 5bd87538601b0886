// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/trace_query.h"

#include "base/text.h"
#include "workspace/input_codec.h"

#include <sqlite3.h>

namespace signalbox {

namespace {

using sqlite::Statement;

void foldedContains(sqlite3_context* context, int, sqlite3_value** values)
{
    const auto view = [&](int at) {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(values[at]));
        return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_value_bytes(values[at])))
                     : std::string_view();
    };
    sqlite3_result_int(context, foldCase(view(0)).find(view(1)) != std::string::npos);
}

class ConditionBuilder
{
public:
    template <class... Values>
    void add(const char* sql, Values... values)
    {
        m_condition.sql += m_condition.sql.empty() ? " WHERE " : " AND ";
        m_condition.sql += sql;
        (m_condition.values.emplace_back(std::move(values)), ...);
    }
    TraceCondition take() { return std::move(m_condition); }

private:
    TraceCondition m_condition;
};

const char* orderOf(TraceFilter::Order order)
{
    switch (order) {
    case TraceFilter::Order::Newest:
        return " ORDER BY t.started_at_ms DESC, t.seq DESC";
    case TraceFilter::Order::Oldest:
        return " ORDER BY t.started_at_ms, t.seq";
    case TraceFilter::Order::Costliest:
        return " ORDER BY t.known_cost DESC, t.seq DESC";
    case TraceFilter::Order::Slowest:
        return " ORDER BY t.latency_ms DESC, t.seq DESC";
    case TraceFilter::Order::LowestQuality:
        return " ORDER BY t.quality IS NULL, t.quality, t.seq DESC";
    }
    return "";
}

constexpr const char* kTokenColumns =
    "input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, cache_write_tokens";

/// Of kTokenColumns, from this one on.
TokenUsage tokensAt(const Statement& row, int column)
{
    return {row.integerOrNone(column), row.integerOrNone(column + 1), row.integerOrNone(column + 2),
            row.integerOrNone(column + 3), row.integerOrNone(column + 4)};
}

constexpr const char* kTraceColumns =
    "SELECT t.seq, t.id, c.dataset, t.prompt_id, t.started_at_ms, c.mode, c.policy_name, c.policy_hash, "
    "i.input_hash, "
    "c.prompt_version, c.judge_versions, i.prompt, i.messages, i.metadata, i.attachments, t.route, t.router, "
    "t.confidence, t.intent, t.difficulty, t.decision_nanos, t.barred, t.status, t.final_tier, t.model, "
    "t.answer, "
    "r.codes, t.escalations, t.latency_ms, t.ttft_ms, t.quality, t.quality_source, t.resolved, t.simulated, "
    "t.hop_count, t.user_tier ";

Trace traceAt(const Statement& row)
{
    Trace trace;
    trace.id = row.text(1);
    trace.dataset = row.text(2);
    trace.promptId = row.text(3);
    trace.startedAtMs = row.integer(4);
    trace.mode = traceModeFrom(row.textView(5)).value_or(TraceMode::Policy);
    trace.policyName = row.text(6);
    trace.policyHash = row.text(7);
    trace.inputHash = row.text(8);
    trace.promptVersion = row.text(9);
    trace.judgeVersions = row.text(10);
    const std::string prompt = row.text(11);
    trace.messages = messagesFrom(prompt, row.textView(12));
    Circumstances circumstances = circumstancesFrom(row.textView(13));
    trace.metadata = std::move(circumstances.metadata);
    trace.headers = std::move(circumstances.headers);
    trace.tools = std::move(circumstances.tools);
    trace.receivedAtMs = circumstances.receivedAtMs;
    trace.attachments = attachmentsFrom(row.textView(14));
    trace.route = row.text(15);
    trace.router = row.text(16);
    trace.confidence = row.realOrNone(17);
    trace.intent = row.text(18);
    trace.difficulty = row.smallInteger(19);
    trace.decisionNanos = row.integer(20);
    trace.barred = pairsFrom(row.textView(21));
    trace.status = traceStatusFrom(row.textView(22)).value_or(TraceStatus::Failed);
    trace.finalTier = row.text(23);
    trace.model = row.text(24);
    trace.answer = row.text(25);
    trace.reasons = reasonsFrom(row.textView(26));
    trace.escalations = row.smallInteger(27);
    trace.latencyMs = row.real(28);
    trace.ttftMs = row.realOrNone(29);
    trace.quality = row.realOrNone(30);
    trace.qualitySource = row.text(31);
    trace.resolved = row.booleanOrNone(32);
    trace.simulated = row.boolean(33);
    trace.userTier = row.text(35);
    trace.hops.reserve(static_cast<std::size_t>(std::max(0, row.smallInteger(34))));
    return trace;
}

Hop* hopAt(Trace& trace, int position)
{
    const bool inside = position >= 0 && static_cast<std::size_t>(position) < trace.hops.size();
    return inside ? &trace.hops[static_cast<std::size_t>(position)] : nullptr;
}

} // namespace

const char* const kTraceTables =
    " FROM traces t JOIN contexts c ON c.id = t.context JOIN inputs i ON i.id = t.input "
    "JOIN reason_sets r ON r.id = t.reasons ";

Result<> addTextSearch(const sqlite::Database& database)
{
    if (sqlite3_create_function_v2(database.handle(), "folded_contains", 2,
                                   SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, foldedContains, nullptr,
                                   nullptr, nullptr) != SQLITE_OK)
        return tl::unexpected<Error>(database.lastError());
    return {};
}

void TraceCondition::bindTo(Statement& statement) const
{
    int at = 1;
    for (const auto& value : values) {
        std::visit([&](const auto& v) { statement.bind(at, v); }, value);
        ++at;
    }
}

TraceCondition conditionOf(const TraceFilter& filter)
{
    ConditionBuilder where;
    if (!filter.dataset.empty())
        where.add("t.context IN (SELECT id FROM contexts WHERE dataset = ?)", filter.dataset);
    if (!filter.policyHash.empty())
        where.add("t.context IN (SELECT id FROM contexts WHERE policy_hash = ?)", filter.policyHash);
    if (filter.mode)
        where.add("t.context IN (SELECT id FROM contexts WHERE mode = ?)", std::string(name(*filter.mode)));
    if (!filter.tier.empty())
        where.add("t.final_tier = ?", filter.tier);
    if (filter.status)
        where.add("t.status = ?", std::string(name(*filter.status)));
    if (filter.escalated)
        where.add(*filter.escalated ? "t.escalations > 0" : "t.escalations = 0");
    if (!filter.reason.empty())
        where.add("t.reasons IN (SELECT id FROM reason_sets WHERE instr(char(10) || codes || char(10), "
                  "char(10) || ? || char(10)) > 0)",
                  filter.reason);
    if (filter.fromMs != 0)
        where.add("t.started_at_ms >= ?", filter.fromMs);
    if (filter.toMs != 0)
        where.add("t.started_at_ms <= ?", filter.toMs);
    if (!filter.text.empty()) {
        const std::string folded = foldCase(filter.text);
        where.add("(folded_contains(i.prompt, ?) OR folded_contains(t.answer, ?) OR t.reasons IN "
                  "(SELECT id FROM reason_sets WHERE folded_contains(codes, ?)))",
                  folded, folded, folded);
    }
    return where.take();
}

TraceCondition orderedConditionOf(const TraceFilter& filter)
{
    TraceCondition condition = conditionOf(filter);
    condition.sql += orderOf(filter.order);
    if (filter.limit > 0 || filter.offset > 0) {
        condition.sql += " LIMIT ? OFFSET ?";
        condition.values.emplace_back(std::int64_t{filter.limit > 0 ? filter.limit : -1});
        condition.values.emplace_back(std::int64_t{std::max(0, filter.offset)});
    }
    return condition;
}

Result<Statement*> TraceLoader::statement(const std::string& sql)
{
    const auto known = m_statements.find(sql);
    if (known != m_statements.end())
        return &known->second;
    auto prepared = m_database.prepare(sql);
    if (!prepared)
        return tl::unexpected<Error>(prepared.error());
    return &m_statements.emplace(sql, std::move(*prepared)).first->second;
}

template <class OnRow>
Result<> TraceLoader::forEach(const std::string& sql, std::int64_t row, OnRow onRow)
{
    const Result<Statement*> prepared = statement(sql);
    if (!prepared)
        return tl::unexpected<Error>(prepared.error());
    Statement& select = **prepared;
    select.bind(1, row);
    for (;;) {
        const Result<bool> more = select.step();
        if (!more)
            return tl::unexpected<Error>(more.error());
        if (!*more)
            return {};
        onRow(select);
    }
}

Result<std::vector<Trace>> TraceLoader::load(const TraceCondition& condition, HopTexts texts)
{
    auto select = m_database.prepare(kTraceColumns + std::string(kTraceTables) + condition.sql);
    if (!select)
        return tl::unexpected<Error>(select.error());
    condition.bindTo(*select);
    std::vector<Trace> traces;
    for (;;) {
        const Result<bool> more = select->step();
        if (!more)
            return tl::unexpected<Error>(more.error());
        if (!*more)
            return traces;
        const std::int64_t row = select->integer(0);
        Trace& trace = traces.emplace_back(traceAt(*select));
        for (const Result<>& loaded :
             {loadHops(row, trace, texts), loadAttempts(row, trace), loadGates(row, trace),
              loadCharges(row, trace), loadRetrieved(row, trace), loadCacheHit(row, trace)}) {
            if (!loaded)
                return tl::unexpected<Error>(loaded.error());
        }
    }
}

Result<> TraceLoader::loadHops(std::int64_t row, Trace& trace, HopTexts texts)
{
    const std::string sql = "SELECT hop_index, tier, model, status, reason, trigger_id, start_ms, ttft_ms, "
                            "latency_ms, total_ms, queue_ms, partial, role, finish_reason, tool_calls, " +
                            std::string(kTokenColumns) + (texts == HopTexts::With ? ", text" : "") +
                            " FROM hops WHERE trace = ?1 ORDER BY position";
    return forEach(sql, row, [&](const Statement& at) {
        Hop& hop = trace.hops.emplace_back();
        hop.index = at.smallInteger(0);
        hop.tier = at.text(1);
        hop.model = at.text(2);
        hop.status = hopStatusFrom(at.textView(3)).value_or(HopStatus::Failed);
        hop.reason = at.text(4);
        hop.trigger = at.text(5);
        hop.startMs = at.real(6);
        hop.ttftMs = at.realOrNone(7);
        hop.latencyMs = at.real(8);
        hop.totalMs = at.real(9);
        hop.queueMs = at.real(10);
        hop.partial = at.boolean(11);
        hop.role = at.text(12);
        hop.finishReason = at.text(13);
        if (!at.isNull(14))
            hop.toolCalls = toolCallsFrom(at.textView(14));
        hop.tokens = tokensAt(at, 15);
        if (texts == HopTexts::With)
            hop.text = at.isNull(20) ? trace.answer : at.text(20);
    });
}

Result<> TraceLoader::loadAttempts(std::int64_t row, Trace& trace)
{
    return forEach(
        "SELECT hop, purpose, number, endpoint, http_status, error_kind, message, start_ms, "
        "connect_ms, ttft_ms, "
        "total_ms, simulated, queue_ms, request_id FROM attempts WHERE trace = ?1 ORDER BY hop, position",
        row, [&](const Statement& at) {
            Hop* hop = hopAt(trace, at.smallInteger(0));
            if (!hop && at.smallInteger(0) >= 0)
                return;
            Attempt& attempt = (hop ? hop->attempts : trace.calls).emplace_back();
            attempt.purpose = at.text(1);
            attempt.number = at.smallInteger(2);
            attempt.endpoint = at.text(3);
            attempt.httpStatus = at.smallInteger(4);
            attempt.errorKind = at.text(5);
            attempt.message = at.text(6);
            attempt.startMs = at.real(7);
            attempt.connectMs = at.real(8);
            attempt.ttftMs = at.realOrNone(9);
            attempt.totalMs = at.real(10);
            attempt.simulated = at.boolean(11);
            attempt.queueMs = at.real(12);
            attempt.requestId = wholeRequestId(trace.id, at.text(13));
        });
}

Result<> TraceLoader::loadGates(std::int64_t row, Trace& trace)
{
    return forEach(
        "SELECT hop, trigger_id, gate, rubric, judge_model, verdict, raw_score, threshold, scale, reason, "
        "explanation, start_ms, latency_ms FROM gates WHERE trace = ?1 ORDER BY hop, position",
        row, [&](const Statement& at) {
            Hop* hop = hopAt(trace, at.smallInteger(0));
            if (!hop)
                return;
            GateResult& gate = hop->gates.emplace_back();
            gate.trigger = at.text(1);
            gate.gate = at.text(2);
            gate.rubric = at.text(3);
            gate.judgeModel = at.text(4);
            gate.verdict = gateVerdictFrom(at.textView(5)).value_or(GateVerdict::Error);
            gate.rawScore = at.realOrNone(6);
            gate.threshold = at.realOrNone(7);
            gate.of = at.smallInteger(8);
            gate.reason = at.text(9);
            gate.explanation = at.text(10);
            gate.startMs = at.real(11);
            gate.latencyMs = at.real(12);
        });
}

Result<> TraceLoader::loadCharges(std::int64_t row, Trace& trace)
{
    return forEach(
        "SELECT kind, model, hop, price_source, price_as_of, cost, purpose, request_id, estimated, estimate, " +
            std::string(kTokenColumns) + " FROM charges WHERE trace = ?1 ORDER BY position",
        row, [&](const Statement& at) {
            Charge& charge = trace.charges.emplace_back();
            charge.kind = chargeKindFrom(at.textView(0)).value_or(ChargeKind::Model);
            charge.model = at.text(1);
            charge.hop = at.smallInteger(2);
            charge.priceSource = at.text(3);
            charge.priceAsOf = at.text(4);
            charge.cost = at.integerOrNone(5);
            charge.purpose = at.text(6);
            charge.requestId = wholeRequestId(trace.id, at.text(7));
            charge.estimated = at.boolean(8);
            charge.estimate = at.integerOrNone(9);
            charge.tokens = tokensAt(at, 10);
        });
}

Result<> TraceLoader::loadRetrieved(std::int64_t row, Trace& trace)
{
    const auto rankAt = [](const Statement& at, int column) {
        return at.isNull(column) ? std::nullopt : std::optional(at.smallInteger(column));
    };
    return forEach("SELECT d.document_id, d.title, d.text, p.score, coalesce(p.absolute, p.score), p.word_rank, "
                   "p.vector_rank, p.similarity, p.absolute IS NOT NULL FROM retrieved p JOIN documents d ON "
                   "d.seq = p.document WHERE p.trace = ?1 ORDER BY p.position",
                   row, [&](const Statement& at) {
                       trace.retrieved.push_back({at.text(0), at.text(1), at.text(2), at.real(4), at.real(3),
                                                  rankAt(at, 5), rankAt(at, 6), at.realOrNone(7), at.boolean(8)});
                   });
}

Result<> TraceLoader::loadCacheHit(std::int64_t row, Trace& trace)
{
    return forEach("SELECT source, similarity, age_ms, saved_cost, saved_ms FROM cache_hits WHERE trace = ?1",
                   row, [&](const Statement& at) {
                       trace.cacheHit =
                           CacheHit{at.text(0), at.real(1), at.integer(2), at.integerOrNone(3), at.real(4)};
                   });
}

} // namespace signalbox
