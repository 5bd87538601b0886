// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/check.h"

#include "base/money.h"

#include <optional>
#include <string>

namespace signalbox {

namespace {

/// A query whose rows are faults: the first column names the trace, or the version.
struct LedgerRule
{
    const char* code;
    const char* says;
    const char* sql;
};

constexpr int kMostNamed = 5;

constexpr LedgerRule kRules[] = {
    {"check.hop_count", "the trace counts other hops than it has",
     "SELECT t.id FROM traces t WHERE t.hop_count <> (SELECT count(*) FROM hops h WHERE h.trace = t.seq)"},
    {"check.no_reason", "the trace has no reason code",
     "SELECT t.id FROM traces t JOIN reason_sets r ON r.id = t.reasons WHERE trim(r.codes, char(10)) = ''"},
    {"check.escalation_without_reason", "a hop was escalated without a reason code",
     "SELECT DISTINCT t.id FROM hops h JOIN traces t ON t.seq = h.trace WHERE h.status = 'escalated' AND "
     "h.reason = ''"},
    {"check.escalation_without_trigger", "a gate escalated a hop, and no trigger is named",
     "SELECT DISTINCT t.id FROM hops h JOIN traces t ON t.seq = h.trace WHERE h.status = 'escalated' "
     "AND h.trigger_id = '' AND (h.reason = '' OR substr(h.reason, 1, 5) = 'gate.')"},
    {"check.quality_without_source", "the trace has a quality, and nobody who says so",
     "SELECT id FROM traces WHERE quality IS NOT NULL AND quality_source = ''"},
    {"check.quality_range", "the trace's quality is not in 0–1",
     "SELECT id FROM traces WHERE quality < 0 OR quality > 1"},
    {"check.cost_without_source", "a charge has a cost, and no source of its price",
     "SELECT DISTINCT t.id FROM charges c JOIN traces t ON t.seq = c.trace WHERE c.cost IS NOT NULL AND "
     "c.price_source = ''"},
    {"check.cost_without_tokens", "a charge has a cost, and no token counts",
     "SELECT DISTINCT t.id FROM charges c JOIN traces t ON t.seq = c.trace WHERE c.cost IS NOT NULL "
     "AND c.input_tokens IS NULL AND c.cached_input_tokens IS NULL AND c.output_tokens IS NULL "
     "AND c.reasoning_tokens IS NULL AND c.cache_write_tokens IS NULL"},
    // Only a call that was taken over stands under another id than its trace's, which is where it may stand again.
    {"check.charged_twice", "a call is charged to more than one trace",
     "WITH taken AS (SELECT trace, request_id FROM charges WHERE request_id <> '' AND substr(request_id, 1, 1) "
     "<> '.') SELECT t.id FROM taken a JOIN traces t ON t.seq = a.trace WHERE a.request_id IN (SELECT "
     "request_id FROM taken GROUP BY request_id HAVING count(DISTINCT trace) > 1) UNION SELECT t.id FROM taken "
     "a JOIN traces t ON t.seq = a.trace JOIN traces o ON o.id = substr(a.request_id, 1, instr(a.request_id, "
     "'.') - 1) JOIN charges c ON c.trace = o.seq WHERE o.seq <> a.trace AND o.id || c.request_id = "
     "a.request_id"},
    {"check.negative_cost", "a charge is negative",
     "SELECT DISTINCT t.id FROM charges c JOIN traces t ON t.seq = c.trace WHERE c.cost < 0"},
    {"check.latency_parts", "the parts of a try's time are more than the whole",
     "SELECT DISTINCT t.id FROM attempts a JOIN traces t ON t.seq = a.trace WHERE a.queue_ms < 0 OR "
     "a.connect_ms < 0 OR a.queue_ms + a.connect_ms > a.total_ms + 1 OR a.ttft_ms > a.total_ms + 1"},
    {"check.cache_hit", "the answer came from the cache, and models were asked for it",
     "SELECT t.id FROM cache_hits h JOIN traces t ON t.seq = h.trace WHERE t.hop_count > 0 OR t.status <> "
     "'answered' OR h.source = t.id OR EXISTS (SELECT 1 FROM charges c WHERE c.trace = t.seq AND c.kind NOT IN "
     "('embedding', 'retry', 'lost')) OR EXISTS (SELECT 1 FROM cached_answers a WHERE a.trace = t.seq)"},
    {"check.cached_answer", "the cache holds an answer that was not given",
     "SELECT t.id FROM cached_answers a JOIN traces t ON t.seq = a.trace WHERE t.status <> 'answered' OR t.answer = ''"},
    {"check.policy_parent", "the version of a policy has a parent that is missing",
     "SELECT v.name || '@' || v.version FROM policy_versions v WHERE v.parent IS NOT NULL AND NOT EXISTS "
     "(SELECT 1 FROM policy_versions p WHERE p.name = coalesce(v.parent_name, v.name) AND p.version = v.parent)"},
    {"check.unknown_word", "a state of the trace is a word that this version does not know",
     "SELECT t.id FROM traces t WHERE t.status NOT IN ('answered', 'handed_off', 'failed', 'cancelled') "
     "UNION SELECT t.id FROM hops h JOIN traces t ON t.seq = h.trace WHERE h.status NOT IN "
     "('running', 'accepted', 'escalated', 'failed', 'cancelled', 'barred', 'used') "
     "UNION SELECT t.id FROM gates g JOIN traces t ON t.seq = g.trace WHERE g.verdict NOT IN ('passed', "
     "'fired', 'error')"},
};

Result<> checkIntegrity(const sqlite::Database& database, std::vector<CheckProblem>& problems)
{
    auto integrity = database.prepare("PRAGMA integrity_check(20)");
    if (!integrity)
        return tl::unexpected<Error>(integrity.error());
    for (;;) {
        const Result<bool> row = integrity->step();
        if (!row)
            return tl::unexpected<Error>(row.error());
        if (!*row)
            return {};
        if (integrity->textView(0) != "ok")
            problems.push_back({"check.integrity", integrity->text(0)});
    }
}

Result<> checkForeignKeys(const sqlite::Database& database, std::vector<CheckProblem>& problems)
{
    auto violations =
        database.prepare("SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2");
    if (!violations)
        return tl::unexpected<Error>(violations.error());
    for (;;) {
        const Result<bool> row = violations->step();
        if (!row)
            return tl::unexpected<Error>(row.error());
        if (!*row)
            return {};
        problems.push_back({"check.foreign_key", std::to_string(violations->integer(2)) + " rows of " +
                                                     violations->text(0) + " refer to rows of " +
                                                     violations->text(1) + " that are missing"});
    }
}

/// Names the first few and counts the others.
class FaultyTraces
{
public:
    void add(const std::string& id)
    {
        if (++m_count <= kMostNamed)
            m_named += (m_named.empty() ? "" : ", ") + id;
    }
    void reportAs(const char* code, const char* says, std::vector<CheckProblem>& problems) const
    {
        if (m_count == 0)
            return;
        const std::string more =
            m_count > kMostNamed ? " and " + std::to_string(m_count - kMostNamed) + " more" : "";
        problems.push_back({code, std::string(says) + ": " + m_named + more});
    }

private:
    int m_count = 0;
    std::string m_named;
};

Result<> checkRule(const sqlite::Database& database, const LedgerRule& rule, std::vector<CheckProblem>& problems)
{
    auto faults = database.prepare(rule.sql);
    if (!faults)
        return tl::unexpected<Error>(faults.error());
    FaultyTraces faulty;
    for (;;) {
        const Result<bool> row = faults->step();
        if (!row)
            return tl::unexpected<Error>(row.error());
        if (!*row)
            break;
        faulty.add(faults->text(0));
    }
    faulty.reportAs(rule.code, rule.says, problems);
    return {};
}

/// Adds up as the trace did when it was written: SQLite's sum() fails where a sum no longer fits.
Result<> checkCostSums(const sqlite::Database& database, std::vector<CheckProblem>& problems)
{
    auto rows =
        database.prepare("SELECT t.seq, t.id, t.known_cost, t.priced, t.unpriced, c.position, c.cost "
                         "FROM traces t LEFT JOIN charges c ON c.trace = t.seq ORDER BY t.seq, c.position");
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    FaultyTraces faulty;
    std::optional<std::int64_t> current;
    std::string id;
    CostSum said;
    CostSum sum;
    const auto compare = [&] {
        if (current && (sum.known != said.known || sum.knownParts != said.knownParts ||
                        sum.unknownParts != said.unknownParts))
            faulty.add(id);
    };
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row)
            return tl::unexpected<Error>(row.error());
        if (!*row)
            break;
        if (current != rows->integer(0)) {
            compare();
            current = rows->integer(0);
            id = rows->text(1);
            said = {rows->integer(2), rows->smallInteger(3), rows->smallInteger(4)};
            sum = {};
        }
        if (!rows->isNull(5))
            sum.add(rows->integerOrNone(6));
    }
    compare();
    faulty.reportAs("check.cost_sum", "the trace's cost is not the sum of its charges", problems);
    return {};
}

Result<> checkAll(const sqlite::Database& database, std::vector<CheckProblem>& problems)
{
    if (const Result<> checked = checkIntegrity(database, problems); !checked)
        return checked;
    if (!problems.empty())
        return {}; // what a damaged file says of its contents means nothing
    if (const Result<> checked = checkForeignKeys(database, problems); !checked)
        return checked;
    if (const Result<> checked = checkCostSums(database, problems); !checked)
        return checked;
    for (const LedgerRule& rule : kRules) {
        if (const Result<> checked = checkRule(database, rule, problems); !checked)
            return checked;
    }
    return {};
}

} // namespace

Result<std::vector<CheckProblem>> checkWorkspace(const sqlite::Database& database)
{
    std::vector<CheckProblem> problems;
    const Result<> checked = checkAll(database, problems);
    // Damage so bad that the check itself cannot go on is an answer too.
    if (!checked && checked.error().code == "workspace.corrupt")
        problems.push_back({"check.integrity", checked.error().message});
    else if (!checked)
        return tl::unexpected<Error>(checked.error());
    return problems;
}

} // namespace signalbox
