// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/lost_calls.h"

namespace signalbox {

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
        "output_tokens, reasoning_tokens, price_source, price_as_of, cost) SELECT ?1, ?2, ?3, ?4, ?5, ?6, "
        "?7, "
        "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20 WHERE NOT EXISTS "
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
        add->bind(19, charge.priceAsOf).bind(20, charge.cost);
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
        "price_source, price_as_of, cost FROM lost_calls WHERE trace IS NULL ORDER BY at_ms, request_id");
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
                              at.integerOrNone(16)};
        call.charge.priceSource = at.text(17);
        call.charge.priceAsOf = at.text(18);
        call.charge.cost = at.integerOrNone(19);
    }
}

} // namespace signalbox
