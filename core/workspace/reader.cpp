// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/reader_impl.h"

#include "workspace/check.h"
#include "workspace/input_codec.h"
#include "workspace/lost_calls.h"
#include "workspace/open_file.h"
#include "workspace/policy_store.h"
#include "workspace/trace_query.h"

#include <algorithm>
#include <set>

namespace signalbox {

namespace {

using sqlite::Database;
using sqlite::Statement;
using sqlite::Transaction;

constexpr const char* kRowColumns =
    "SELECT t.id, t.started_at_ms, c.mode, c.dataset, t.prompt_id, substr(i.prompt, 1, 1000), c.policy_hash, "
    "t.route, "
    "t.router, t.confidence, t.intent, t.difficulty, t.status, t.final_tier, t.model, r.codes, t.hop_count, "
    "t.escalations, t.latency_ms, t.ttft_ms, t.known_cost, t.unpriced, t.priced + t.unpriced, t.quality, "
    "t.quality_source, t.resolved, t.simulated ";

TraceRow traceRowAt(const Statement& at)
{
    TraceRow row;
    row.id = at.text(0);
    row.startedAtMs = at.integer(1);
    row.mode = traceModeFrom(at.textView(2)).value_or(TraceMode::Policy);
    row.dataset = at.text(3);
    row.promptId = at.text(4);
    row.promptPreview = previewOf(at.textView(5));
    row.policyHash = at.text(6);
    row.route = at.text(7);
    row.router = at.text(8);
    row.confidence = at.realOrNone(9);
    row.intent = at.text(10);
    row.difficulty = at.smallInteger(11);
    row.status = traceStatusFrom(at.textView(12)).value_or(TraceStatus::Failed);
    row.finalTier = at.text(13);
    row.model = at.text(14);
    row.reasons = at.text(15);
    std::replace(row.reasons.begin(), row.reasons.end(), '\n', ',');
    row.hops = at.smallInteger(16);
    row.escalations = at.smallInteger(17);
    row.latencyMs = at.real(18);
    row.ttftMs = at.realOrNone(19);
    row.knownCost = at.integer(20);
    row.unknownCharges = at.smallInteger(21);
    row.charges = at.smallInteger(22);
    row.quality = at.realOrNone(23);
    row.qualitySource = at.text(24);
    row.resolved = at.booleanOrNone(25);
    row.simulated = at.boolean(26);
    return row;
}

DatasetInfo datasetAt(const Statement& at)
{
    DatasetInfo info;
    info.name = at.text(0);
    info.source = at.text(1);
    info.createdAtMs = at.integer(2);
    info.prompts = at.smallInteger(3);
    info.withReference = at.smallInteger(4);
    info.withLabels = at.smallInteger(5);
    info.traces = at.smallInteger(6);
    info.allTierTraces = at.smallInteger(7);
    return info;
}

DatasetPrompt promptAt(const Statement& at)
{
    DatasetPrompt prompt;
    prompt.request.id = at.text(0);
    const std::string text = at.text(1);
    prompt.request.messages = messagesFrom(text, at.textView(2));
    Circumstances circumstances = circumstancesFrom(at.textView(3));
    prompt.request.metadata = std::move(circumstances.metadata);
    prompt.request.headers = std::move(circumstances.headers);
    prompt.request.tools = std::move(circumstances.tools);
    prompt.request.receivedAtMs = circumstances.receivedAtMs;
    prompt.request.attachments = attachmentsFrom(at.textView(4));
    prompt.request.reference = at.text(5);
    prompt.intent = at.text(6);
    prompt.difficulty = at.smallInteger(7);
    prompt.needsRetrieval = at.booleanOrNone(8);
    prompt.labelsJson = at.text(9);
    return prompt;
}

class SqliteReader : public WorkspaceReader
{
public:
    explicit SqliteReader(std::unique_ptr<Database> database)
        : m_database(std::move(database)), m_loader(*m_database)
    {
    }

    Result<std::vector<PolicyVersion>> policyVersions(const std::string& name) override
    {
        return loadVersions(*m_database, name, VersionTexts::With);
    }
    Result<std::vector<PolicyVersion>> policyHistory(const std::string& name) override
    {
        const auto snapshot = Transaction::begin(*m_database, Transaction::Kind::Read);
        if (!snapshot)
            return tl::unexpected<Error>(snapshot.error());
        return loadVersions(*m_database, name, VersionTexts::Without);
    }
    Result<std::vector<std::string>> policyNames() override { return loadPolicyNames(*m_database); }
    Result<std::vector<TagMove>> tagMoves(const std::string& name) override
    {
        return loadTagMoves(*m_database, name);
    }
    Result<PolicyVersion> policyByHash(const std::string& contentHash) override
    {
        return loadVersionByHash(*m_database, contentHash);
    }
    Result<PolicyVersion> policyByReference(const std::string& reference) override
    {
        return loadVersionByReference(*m_database, reference);
    }

    Result<std::vector<DatasetInfo>> datasets() override
    {
        return rows<DatasetInfo>(
            "SELECT d.name, d.source, d.created_at_ms, count(p.id), count(nullif(p.reference, '')), "
            "coalesce(sum(p.labels <> '' OR p.intent <> '' OR p.difficulty > 0 OR p.needs_retrieval IS NOT "
            "NULL), 0), "
            "(SELECT count(*) FROM traces t JOIN contexts c ON c.id = t.context WHERE c.dataset = d.name AND "
            "c.mode = 'policy'), "
            "(SELECT count(*) FROM traces t JOIN contexts c ON c.id = t.context WHERE c.dataset = d.name AND "
            "c.mode = "
            "'all_tiers') FROM datasets d LEFT JOIN prompts p ON p.dataset = d.id GROUP BY d.id ORDER BY "
            "d.name",
            [](Statement&) {}, datasetAt);
    }

    Result<std::vector<DatasetPrompt>> prompts(const std::string& dataset) override
    {
        const auto known = datasetExists(dataset);
        if (!known)
            return tl::unexpected<Error>(known.error());
        if (!*known)
            return fail("workspace.no_such_dataset",
                        "There is no dataset " + dataset + " in " + m_database->path() + ".",
                        m_database->path());
        return rows<DatasetPrompt>(
            "SELECT p.id, i.prompt, i.messages, i.metadata, i.attachments, p.reference, p.intent, "
            "p.difficulty, "
            "p.needs_retrieval, p.labels FROM datasets d JOIN prompts p ON p.dataset = d.id JOIN inputs i ON "
            "i.id = p.input "
            "WHERE d.name = ?1 ORDER BY p.position",
            [&](Statement& statement) { statement.bind(1, dataset); }, promptAt);
    }

    Result<std::vector<Document>> documents() override
    {
        return rows<Document>(
            "SELECT document_id, title, text FROM documents WHERE current = 1 ORDER BY seq",
            [](Statement&) {},
            [](const Statement& at) { return Document{at.text(0), at.text(1), at.text(2)}; });
    }

    Result<std::vector<TraceRow>> traceRows(const TraceFilter& filter) override
    {
        const TraceCondition condition = orderedConditionOf(filter);
        return rows<TraceRow>(
            std::string(kRowColumns) + kTraceTables + condition.sql,
            [&](Statement& statement) { condition.bindTo(statement); }, traceRowAt);
    }

    Result<int> traceCount(const TraceFilter& filter) override
    {
        const TraceCondition condition = conditionOf(filter);
        // Without a text to look for, the counted table is enough.
        const char* from = filter.text.empty() ? " FROM traces t " : kTraceTables;
        auto counts = rows<int>(
            std::string("SELECT count(*)") + from + condition.sql,
            [&](Statement& statement) { condition.bindTo(statement); },
            [](const Statement& at) { return at.smallInteger(0); });
        if (!counts)
            return tl::unexpected<Error>(counts.error());
        return counts->front();
    }

    Result<Trace> trace(const std::string& id) override
    {
        TraceCondition condition;
        condition.sql = " WHERE t.id = ?";
        condition.values.emplace_back(id);
        auto found = load(condition, HopTexts::With);
        if (!found)
            return tl::unexpected<Error>(found.error());
        if (found->empty())
            return fail("workspace.no_such_trace",
                        "There is no trace " + id + " in " + m_database->path() + ".", m_database->path());
        return std::move(found->front());
    }

    Result<std::vector<Trace>> outcomeTraces(const std::string& dataset) override
    {
        TraceCondition condition;
        // What was answered to an earlier text of the prompt says nothing of the present one.
        // The unary plus keeps the planner on the index by prompt: it is one look-up a prompt.
        condition.sql =
            "JOIN (SELECT p.position AS position, (SELECT n.seq FROM traces n WHERE n.context IN "
            "(SELECT id FROM contexts WHERE dataset = ?1 AND mode = 'all_tiers') AND n.prompt_id = p.id AND "
            "+n.input = p.input "
            "AND +n.status <> 'cancelled' ORDER BY +n.started_at_ms DESC, n.seq DESC LIMIT 1) AS newest "
            "FROM datasets d JOIN prompts p ON p.dataset = d.id WHERE d.name = ?1) o ON o.newest = t.seq "
            "ORDER BY o.position";
        condition.values.emplace_back(dataset);
        return load(condition, HopTexts::With); // gates are asked again of what was answered
    }

    Result<std::vector<Trace>> traces(const TraceFilter& filter) override
    {
        return load(orderedConditionOf(filter), HopTexts::Without);
    }

    Result<std::set<std::string>> tracedPrompts(const std::string& dataset, TraceMode mode,
                                                const std::string& policyHash) override
    {
        const auto ids = rows<std::string>(
            "SELECT p.id FROM datasets d JOIN prompts p ON p.dataset = d.id WHERE d.name = ?1 AND EXISTS "
            "(SELECT 1 FROM traces t WHERE t.context IN (SELECT id FROM contexts WHERE dataset = ?1 AND "
            "mode = ?2 AND policy_hash = ?3) AND t.prompt_id = p.id AND +t.input = p.input AND "
            "+t.status <> 'cancelled')",
            [&](Statement& statement) { statement.bind(1, dataset).bind(2, name(mode)).bind(3, policyHash); },
            [](const Statement& at) { return at.text(0); });
        if (!ids)
            return tl::unexpected<Error>(ids.error());
        return std::set<std::string>(ids->begin(), ids->end());
    }

    Result<std::vector<SpentEarlier>> spentSince(std::int64_t atMs) override
    {
        constexpr std::int64_t kNobody = -1;
        SpentMark beginning;
        return spentAfter(beginning, atMs, kNobody);
    }

    Result<std::vector<SpentEarlier>> spentAfter(SpentMark& mark, std::int64_t atMs,
                                                 std::int64_t butBy) override
    {
        // Asked often, and mostly nothing has been written since.
        const auto version = m_database->integer("PRAGMA data_version");
        if (!version)
            return tl::unexpected<Error>(version.error());
        if (version->value_or(0) == mark.dataVersion)
            return std::vector<SpentEarlier>();
        const auto snapshot = Transaction::begin(*m_database, Transaction::Kind::Read);
        if (!snapshot)
            return tl::unexpected<Error>(snapshot.error());
        const auto newest = m_database->integer("SELECT max(seq) FROM traces");
        if (!newest)
            return tl::unexpected<Error>(newest.error());
        auto spent = chargedAfter(mark.trace, atMs, butBy);
        if (!spent)
            return spent;
        auto lost = lostSince(atMs);
        if (!lost)
            return tl::unexpected<Error>(lost.error());
        std::set<std::string> known;
        for (auto& [requestId, call] : *lost) {
            if (call.cost > 0 && !mark.lostCalls.contains(requestId))
                spent->push_back(std::move(call));
            known.insert(std::move(requestId));
        }
        mark = {version->value_or(0), newest->value_or(0), std::move(known)};
        return spent;
    }

    Result<std::vector<CachedAnswer>> cachedAnswers() override
    {
        // What a hit saves is what cachedAnswerOf() says of the trace: everything but embeddings.
        return rows<CachedAnswer>(
            "SELECT t.id, a.stored_at_ms, a.partition_key, a.question, a.vector, t.answer, "
            "(SELECT CASE WHEN count(*) = count(c.cost) THEN coalesce(sum(c.cost), 0) END FROM charges c WHERE "
            "c.trace = t.seq AND c.kind <> 'embedding'), t.latency_ms, t.quality, t.quality_source, t.simulated "
            "FROM cached_answers a JOIN traces t ON t.seq = a.trace ORDER BY a.trace",
            [](Statement&) {},
            [](const Statement& at) {
                CachedAnswer one;
                one.traceId = at.text(0);
                one.key = {at.text(2), at.text(3), vectorFrom(at.blobView(4)), at.integer(1)};
                one.answer = at.text(5);
                one.cost = at.integerOrNone(6);
                one.latencyMs = at.real(7);
                one.quality = at.realOrNone(8);
                one.qualitySource = at.text(9);
                one.simulated = at.boolean(10);
                return one;
            });
    }

    Result<std::vector<PassageVectors>> passageVectors() override
    {
        struct Row
        {
            std::string embedder;
            std::string hash;
            std::vector<float> vector;
        };
        auto found = rows<Row>(
            "SELECT embedder, text_hash, vector FROM passage_vectors ORDER BY embedder, text_hash",
            [](Statement&) {},
            [](const Statement& at) { return Row{at.text(0), at.text(1), vectorFrom(at.blobView(2))}; });
        if (!found)
            return tl::unexpected<Error>(found.error());
        std::vector<PassageVectors> all;
        for (Row& row : *found) {
            if (all.empty() || all.back().embedder != row.embedder)
                all.push_back({row.embedder, {}});
            all.back().vectors.emplace_back(std::move(row.hash), std::move(row.vector));
        }
        return all;
    }

    Result<std::vector<LostCall>> lostCalls() override
    {
        const auto snapshot = Transaction::begin(*m_database, Transaction::Kind::Read);
        if (!snapshot)
            return tl::unexpected<Error>(snapshot.error());
        auto calls = loadLostCalls(*m_database);
        if (!calls)
            return calls;
        for (const LeftJournal& left : leftJournals(m_database->path())) {
            for (const LostCall& call : left.calls()) {
                const Result<bool> kept = isKept(*m_database, call);
                if (!kept)
                    return tl::unexpected<Error>(kept.error());
                if (!*kept)
                    calls->push_back(call);
            }
        }
        return calls;
    }

    Result<std::vector<std::string>> reasonCodes() override
    {
        const auto sets = rows<std::string>(
            "SELECT codes FROM reason_sets", [](Statement&) {},
            [](const Statement& at) { return at.text(0); });
        if (!sets)
            return tl::unexpected<Error>(sets.error());
        std::set<std::string> codes;
        for (const std::string& joined : *sets) {
            for (std::string& code : reasonsFrom(joined))
                codes.insert(std::move(code));
        }
        return std::vector<std::string>(codes.begin(), codes.end());
    }

    Result<std::optional<Rating>> rating(const std::string& traceId) override
    {
        auto find =
            m_database->prepare("SELECT r.fit, r.author, r.at_ms FROM ratings r JOIN traces t ON t.seq = "
                                "r.trace WHERE t.id = ?1");
        if (!find)
            return tl::unexpected<Error>(find.error());
        const Result<bool> found = find->bind(1, traceId).step();
        if (!found)
            return tl::unexpected<Error>(found.error());
        const auto fit = *found ? tierFitFrom(find->textView(0)) : std::nullopt;
        return fit ? std::optional(Rating{*fit, find->text(1), find->integer(2)}) : std::nullopt;
    }

    Result<std::optional<std::string>> meta(const std::string& key) override
    {
        const auto values = rows<std::string>(
            "SELECT value FROM meta WHERE key = ?1", [&](Statement& statement) { statement.bind(1, key); },
            [](const Statement& at) { return at.text(0); });
        if (!values)
            return tl::unexpected<Error>(values.error());
        return values->empty() ? std::nullopt : std::optional(values->front());
    }

    Result<std::vector<CheckProblem>> check() override
    {
        const auto snapshot = Transaction::begin(*m_database, Transaction::Kind::Read);
        if (!snapshot)
            return tl::unexpected<Error>(snapshot.error());
        return checkWorkspace(*m_database);
    }

private:
    template <class Row, class Bind, class Convert>
    Result<std::vector<Row>> rows(const std::string& sql, Bind bind, Convert convert)
    {
        auto statement = m_database->prepare(sql);
        if (!statement)
            return tl::unexpected<Error>(statement.error());
        bind(*statement);
        std::vector<Row> found;
        for (;;) {
            const Result<bool> more = statement->step();
            if (!more)
                return tl::unexpected<Error>(more.error());
            if (!*more)
                return found;
            found.push_back(convert(*statement));
        }
    }

    /// Charges of traces. Those of kind "lost" are counted where they are kept as lost calls.
    Result<std::vector<SpentEarlier>> chargedAfter(std::int64_t trace, std::int64_t atMs, std::int64_t butBy)
    {
        // A request may have begun long before its end; the index is by its beginning. A unary plus keeps the planner
        // off the other index: there is either an hour to be read, or what came just now.
        constexpr std::int64_t kLongestMs = 3'600'000;
        const std::string from = trace == 0 ? "+t.seq > ?3 AND t.started_at_ms >= ?1 - ?2"
                                            : "t.seq > ?3 AND +t.started_at_ms >= ?1 - ?2";
        return rows<SpentEarlier>(
            "SELECT t.started_at_ms + CAST(t.latency_ms AS INTEGER), c.policy_name, coalesce(h.tier, ''), "
            "t.user_tier, coalesce(p.cost, p.estimate) FROM traces t JOIN contexts c ON c.id = t.context "
            "JOIN charges p ON p.trace = t.seq LEFT JOIN hops h ON h.trace = t.seq AND h.hop_index = p.hop "
            "WHERE " +
                from +
                " AND t.started_at_ms + t.latency_ms >= ?1 AND t.recorded_by <> ?4 AND p.kind <> 'lost' AND "
                "coalesce(p.cost, p.estimate) > 0",
            [&](Statement& statement) {
                statement.bind(1, atMs).bind(2, kLongestMs).bind(3, trace).bind(4, butBy);
            },
            [](const Statement& at) {
                return SpentEarlier{at.integer(0), at.text(1), at.text(2), at.text(3), at.integer(4)};
            });
    }

    /// By request id, whether a trace has taken them over or not.
    Result<std::vector<std::pair<std::string, SpentEarlier>>> lostSince(std::int64_t atMs)
    {
        return rows<std::pair<std::string, SpentEarlier>>(
            "SELECT at_ms, policy_name, tier, user_tier, coalesce(cost, estimate, 0), request_id FROM "
            "lost_calls WHERE at_ms >= ?1",
            [&](Statement& statement) { statement.bind(1, atMs); },
            [](const Statement& at) {
                return std::pair(at.text(5), SpentEarlier{at.integer(0), at.text(1), at.text(2), at.text(3),
                                                          at.integer(4)});
            });
    }

    Result<bool> datasetExists(const std::string& dataset)
    {
        const auto found = rows<int>(
            "SELECT 1 FROM datasets WHERE name = ?1",
            [&](Statement& statement) { statement.bind(1, dataset); }, [](const Statement&) { return 1; });
        if (!found)
            return tl::unexpected<Error>(found.error());
        return !found->empty();
    }

    /// All queries of a trace within one snapshot.
    Result<std::vector<Trace>> load(const TraceCondition& condition, HopTexts texts)
    {
        const auto snapshot = Transaction::begin(*m_database, Transaction::Kind::Read);
        if (!snapshot)
            return tl::unexpected<Error>(snapshot.error());
        return m_loader.load(condition, texts);
    }

    std::unique_ptr<Database> m_database;
    TraceLoader m_loader;
};

} // namespace

Result<std::unique_ptr<WorkspaceReader>> openReader(const std::string& path)
{
    auto database = openForReading(path);
    if (!database)
        return tl::unexpected<Error>(database.error());
    if (const Result<> added = addTextSearch(**database); !added)
        return tl::unexpected<Error>(added.error());
    return std::make_unique<SqliteReader>(std::move(*database));
}

} // namespace signalbox
