// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/lost_calls.h"

#include "base/money.h"

namespace signalbox {

namespace {

using sqlite::Statement;

/// Adds charges to traces that are there already.
class LateCharges
{
public:
    static Result<LateCharges> prepare(const sqlite::Database& database)
    {
        LateCharges late;
        const std::pair<Statement*, const char*> statements[] = {
            {&late.m_find,
             "SELECT seq, known_cost, priced, unpriced FROM traces WHERE context IN (SELECT id FROM contexts "
             "WHERE dataset = ?1 AND mode = ?2 AND policy_hash = ?3) AND prompt_id = ?4 "
             "ORDER BY +status = 'cancelled', +seq DESC LIMIT 1"},
            {&late.m_add,
             "INSERT INTO charges(trace, position, kind, model, hop, input_tokens, cached_input_tokens, "
             "output_tokens, reasoning_tokens, price_source, price_as_of, cost, purpose, request_id, cache_write_tokens) SELECT "
             "?1, (SELECT coalesce(max(position), -1) + 1 FROM charges WHERE trace = ?1), ?2, ?3, ?4, ?5, ?6, "
             "?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14"},
            {&late.m_sum,
             "UPDATE traces SET known_cost = ?2, priced = ?3, unpriced = ?4 WHERE seq = ?1"},
            {&late.m_take, "UPDATE lost_calls SET trace = ?1 WHERE request_id = ?2"},
        };
        for (const auto& [statement, sql] : statements) {
            auto prepared = database.prepare(sql);
            if (!prepared)
                return tl::unexpected<Error>(prepared.error());
            *statement = std::move(*prepared);
        }
        return late;
    }

    /// False when its prompt has no trace.
    Result<bool> charge(const LostCall& call)
    {
        m_find.bind(1, call.run.dataset).bind(2, name(call.run.mode)).bind(3, call.run.policyHash);
        const Result<bool> found = m_find.bind(4, call.run.promptId).step();
        if (!found || !*found)
            return found;
        const std::int64_t trace = m_find.integer(0);
        CostSum cost{m_find.integer(1), m_find.smallInteger(2), m_find.smallInteger(3)};
        m_find.reset();
        cost.add(call.charge.cost);
        for (const Result<>& done : {addTo(trace, call.charge), sumOf(trace, cost),
                                     m_take.bind(1, trace).bind(2, call.charge.requestId).run()}) {
            if (!done)
                return tl::unexpected<Error>(done.error());
        }
        return true;
    }

private:
    Result<> addTo(std::int64_t trace, const Charge& charge)
    {
        m_add.bind(1, trace).bind(2, name(charge.kind)).bind(3, charge.model).bind(4, charge.hop);
        m_add.bind(5, charge.tokens.input).bind(6, charge.tokens.cachedInput).bind(7, charge.tokens.output);
        m_add.bind(8, charge.tokens.reasoning).bind(9, charge.priceSource).bind(10, charge.priceAsOf);
        m_add.bind(11, charge.cost).bind(12, charge.purpose).bind(13, charge.requestId);
        return m_add.bind(14, charge.tokens.cacheWrite).run();
    }
    Result<> sumOf(std::int64_t trace, const CostSum& cost)
    {
        m_sum.bind(1, trace).bind(2, cost.known).bind(3, cost.knownParts);
        return m_sum.bind(4, cost.unknownParts).run();
    }

    Statement m_find, m_add, m_sum, m_take;
};

bool isOf(const LostCall& call, const RunOutline& runs)
{
    return call.run.dataset == runs.dataset && call.run.mode == runs.mode &&
           call.run.policyHash == runs.policyHash;
}

} // namespace

Result<bool> isKept(const sqlite::Database& database, const LostCall& call)
{
    auto find = database.prepare("SELECT 1 FROM traces WHERE id = ?1 UNION ALL "
                                 "SELECT 1 FROM lost_calls WHERE request_id = ?2");
    if (!find)
        return tl::unexpected<Error>(find.error());
    return find->bind(1, call.run.traceId).bind(2, call.charge.requestId).step();
}

Result<> storeLostCalls(const sqlite::Database& database, const std::vector<LostCall>& calls)
{
    auto add = database.prepare(
        "INSERT OR IGNORE INTO lost_calls(request_id, trace_id, at_ms, dataset, prompt_id, mode, "
        "policy_name, "
        "policy_hash, input_hash, user_tier, tier, model, purpose, input_tokens, cached_input_tokens, "
        "output_tokens, reasoning_tokens, price_source, price_as_of, cost, estimate, cache_write_tokens) SELECT ?1, ?2, ?3, ?4, ?5, ?6, "
        "?7, "
        "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22 WHERE NOT EXISTS "
        "(SELECT 1 FROM traces WHERE id = ?2)");
    if (!add)
        return tl::unexpected<Error>(add.error());
    for (const LostCall& call : calls) {
        const RunOutline& run = call.run;
        const Charge& charge = call.charge;
        add->bind(1, charge.requestId).bind(2, run.traceId).bind(3, run.startedAtMs).bind(4, run.dataset);
        add->bind(5, run.promptId).bind(6, name(run.mode)).bind(7, run.policyName).bind(8, run.policyHash);
        add->bind(9, run.inputHash).bind(10, run.userTier).bind(11, call.tier).bind(12, charge.model);
        add->bind(13, charge.purpose).bind(14, charge.tokens.input).bind(15, charge.tokens.cachedInput);
        add->bind(16, charge.tokens.output).bind(17, charge.tokens.reasoning).bind(18, charge.priceSource);
        add->bind(19, charge.priceAsOf).bind(20, charge.cost).bind(21, call.estimate);
        add->bind(22, charge.tokens.cacheWrite);
        if (const Result<> added = add->run(); !added)
            return added;
    }
    return {};
}

Result<std::vector<LostCall>> loadLostCalls(const sqlite::Database& database)
{
    auto select = database.prepare(
        "SELECT request_id, trace_id, at_ms, dataset, prompt_id, mode, policy_name, policy_hash, input_hash, "
        "user_tier, tier, model, purpose, input_tokens, cached_input_tokens, output_tokens, "
        "reasoning_tokens, "
        "price_source, price_as_of, cost, estimate, claimed_by, cache_write_tokens FROM lost_calls WHERE trace IS NULL ORDER BY at_ms, request_id");
    if (!select)
        return tl::unexpected<Error>(select.error());
    std::vector<LostCall> calls;
    for (;;) {
        const Result<bool> more = select->step();
        if (!more)
            return tl::unexpected<Error>(more.error());
        if (!*more)
            return calls;
        const sqlite::Statement& at = *select;
        LostCall& call = calls.emplace_back();
        call.run.traceId = at.text(1);
        call.run.startedAtMs = at.integer(2);
        call.run.dataset = at.text(3);
        call.run.promptId = at.text(4);
        call.run.mode = traceModeFrom(at.textView(5)).value_or(TraceMode::Policy);
        call.run.policyName = at.text(6);
        call.run.policyHash = at.text(7);
        call.run.inputHash = at.text(8);
        call.run.userTier = at.text(9);
        call.tier = at.text(10);
        call.charge.kind = ChargeKind::Lost;
        call.charge.requestId = at.text(0);
        call.charge.model = at.text(11);
        call.charge.purpose = at.text(12);
        call.charge.tokens = {at.integerOrNone(13), at.integerOrNone(14), at.integerOrNone(15),
                              at.integerOrNone(16), at.integerOrNone(22)};
        call.charge.priceSource = at.text(17);
        call.charge.priceAsOf = at.text(18);
        call.charge.cost = at.integerOrNone(19);
        call.estimate = at.integerOrNone(20);
        call.claimedBy = at.text(21);
    }
}

Result<TakenOverCalls> takeOver(const sqlite::Database& database, const RunOutline& runs,
                                const std::set<std::string>& left, const std::string& claimer,
                                const std::function<bool(const std::string&)>& holds)
{
    const auto calls = loadLostCalls(database);
    if (!calls)
        return tl::unexpected<Error>(calls.error());
    auto late = LateCharges::prepare(database);
    if (!late)
        return tl::unexpected<Error>(late.error());
    auto claim = database.prepare("UPDATE lost_calls SET claimed_by = ?1 WHERE request_id = ?2");
    if (!claim)
        return tl::unexpected<Error>(claim.error());
    TakenOverCalls taken;
    for (const LostCall& call : *calls) {
        const bool another =
            !call.claimedBy.empty() && call.claimedBy != claimer && holds(call.claimedBy);
        if (another || !isOf(call, runs))
            continue;
        if (!left.contains(call.run.promptId)) {
            const Result<bool> charged = late->charge(call);
            if (!charged)
                return tl::unexpected<Error>(charged.error());
            taken.charged += *charged;
            continue;
        }
        if (const Result<> claimed = claim->bind(1, claimer).bind(2, call.charge.requestId).run(); !claimed)
            return tl::unexpected<Error>(claimed.error());
        taken.byPrompt[call.run.promptId].push_back(call.charge);
        ++taken.claimed;
    }
    return taken;
}

} // namespace signalbox
