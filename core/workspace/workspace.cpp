// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/workspace.h"

#include "base/clock.h"
#include "base/ids.h"
#include "base/text.h"
#include "workspace/call_journal.h"
#include "workspace/lost_calls.h"
#include "workspace/open_file.h"
#include "workspace/policy_store.h"
#include "workspace/reader_impl.h"
#include "workspace/schema.h"
#include "workspace/writer.h"

#include <algorithm>
#include <unordered_map>

namespace signalbox {

namespace {

using sqlite::Database;
using sqlite::Statement;

Result<std::int64_t> datasetRow(const Database& database, const std::string& name, const std::string& source)
{
    auto add = database.prepare(
        "INSERT INTO datasets(name, source, created_at_ms) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING");
    if (!add)
        return tl::unexpected<Error>(add.error());
    if (const Result<> added = add->bind(1, name).bind(2, source).bind(3, wallClockMs()).run(); !added)
        return tl::unexpected<Error>(added.error());
    auto find = database.prepare("SELECT id FROM datasets WHERE name = ?1");
    if (!find)
        return tl::unexpected<Error>(find.error());
    const Result<bool> found = find->bind(1, name).step();
    if (!found)
        return tl::unexpected<Error>(found.error());
    return find->integer(0);
}

Result<> storePrompts(const Database& database, TraceStore& store, const std::string& dataset,
                      const std::vector<DatasetPrompt>& prompts, const std::string& source)
{
    const Result<std::int64_t> row = datasetRow(database, dataset, source);
    if (!row)
        return tl::unexpected<Error>(row.error());
    const auto last =
        database.integer("SELECT max(position) FROM prompts WHERE dataset = " + std::to_string(*row));
    if (!last)
        return tl::unexpected<Error>(last.error());
    std::int64_t next = last->value_or(-1) + 1;
    // A prompt that is replaced keeps its place.
    auto put = database.prepare(
        "INSERT INTO prompts(dataset, position, id, input, reference, intent, difficulty, needs_retrieval, "
        "labels) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(dataset, id) DO UPDATE SET input = "
        "excluded.input, "
        "reference = excluded.reference, intent = excluded.intent, difficulty = excluded.difficulty, "
        "needs_retrieval = excluded.needs_retrieval, labels = excluded.labels");
    if (!put)
        return tl::unexpected<Error>(put.error());
    for (const DatasetPrompt& prompt : prompts) {
        const Request& request = prompt.request;
        const auto input = store.inputRow(
            request.inputHash(), request.messages,
            {request.metadata, request.headers, request.tools, request.receivedAtMs}, request.attachments);
        if (!input)
            return tl::unexpected<Error>(input.error());
        put->bind(1, *row).bind(2, next++).bind(3, request.id).bind(4, *input).bind(5, request.reference);
        put->bind(6, prompt.intent)
            .bind(7, prompt.difficulty)
            .bind(8, prompt.needsRetrieval)
            .bind(9, prompt.labelsJson);
        if (const Result<> done = put->run(); !done)
            return done;
    }
    return {};
}

Result<> storeDocuments(const Database& database, const std::vector<Document>& documents)
{
    auto same = database.prepare(
        "SELECT seq, current FROM documents WHERE document_id = ?1 AND title = ?2 AND text = ?3");
    auto retire = database.prepare("UPDATE documents SET current = 0 WHERE document_id = ?1 AND current = 1");
    auto revive = database.prepare("UPDATE documents SET current = 1 WHERE seq = ?1");
    auto add =
        database.prepare("INSERT INTO documents(document_id, title, text, current) VALUES(?1, ?2, ?3, 1)");
    for (const Result<Statement>* statement : {&same, &retire, &revive, &add}) {
        if (!*statement)
            return tl::unexpected<Error>(statement->error());
    }
    for (const Document& document : documents) {
        const Result<bool> found =
            same->bind(1, document.id).bind(2, document.title).bind(3, document.text).step();
        if (!found)
            return tl::unexpected<Error>(found.error());
        const std::int64_t known = *found ? same->integer(0) : 0;
        const bool current = *found && same->boolean(1);
        same->reset();
        if (current)
            continue;
        if (const Result<> retired = retire->bind(1, document.id).run(); !retired)
            return retired;
        const Result<> done =
            *found ? revive->bind(1, known).run()
                   : add->bind(1, document.id).bind(2, document.title).bind(3, document.text).run();
        if (!done)
            return done;
    }
    return {};
}

} // namespace

struct Workspace::Impl
{
    std::string path;
    std::string id = newId(); ///< of this opening of it
    std::unique_ptr<CallJournal> journal; ///< as the writer; outlives it
    std::unique_ptr<Writer> writer; ///< null when the workspace is open for reading only

    Error readOnly() const
    {
        return {"workspace.read_only", path + " is open for reading only: open it for writing to change it.",
                path};
    }
    Result<> run(const Writer::Task& task) const
    {
        if (!writer)
            return tl::unexpected<Error>(readOnly());
        return writer->run(task);
    }
    /// Takes over what processes have left behind that were killed.
    Result<> adoptJournals() const
    {
        for (LeftJournal& left : leftJournals(path)) {
            const Result<> kept = run([&](const Database& database, TraceStore&) {
                return storeLostCalls(database, left.calls());
            });
            if (!kept)
                return kept;
            left.remove();
        }
        return {};
    }
    /// A task that gives a number.
    template <class Store>
    Result<int> number(Store store) const
    {
        int value = 0;
        const Result<> done = run([&](const Database& database, TraceStore&) -> Result<> {
            const Result<int> stored = store(database);
            if (!stored)
                return tl::unexpected<Error>(stored.error());
            value = *stored;
            return {};
        });
        if (!done)
            return tl::unexpected<Error>(done.error());
        return value;
    }
};

Workspace::Workspace() : m_impl(std::make_unique<Impl>()) {}
Workspace::~Workspace() = default;

Result<std::unique_ptr<Workspace>> Workspace::open(const std::string& path, OpenMode mode)
{
    std::unique_ptr<Workspace> workspace(new Workspace);
    workspace->m_impl->path = path;
    auto database = mode == OpenMode::ReadOnly ? openForReading(path)
                                               : openForWriting(path, mode == OpenMode::OpenOrCreate);
    if (!database)
        return tl::unexpected<Error>(database.error());
    if (mode == OpenMode::ReadOnly)
        return workspace;
    auto writer = Writer::start(std::move(*database), workspace->recorder());
    if (!writer)
        return tl::unexpected<Error>(writer.error());
    workspace->m_impl->writer = std::move(*writer);
    workspace->m_impl->journal = std::make_unique<CallJournal>(path, workspace->m_impl->id);
    if (const Result<> adopted = workspace->m_impl->adoptJournals(); !adopted)
        return tl::unexpected<Error>(adopted.error());
    return workspace;
}

const std::string& Workspace::path() const
{
    return m_impl->path;
}
int Workspace::currentVersion()
{
    return workspaceMigrations().back().version;
}

void Workspace::record(TracePtr trace, Durable durable)
{
    if (m_impl->writer)
        m_impl->writer->record(trace,
                               [journal = m_impl->journal.get(), trace, durable](const Result<>& outcome) {
                                   if (outcome)
                                       journal->settled(trace->id);
                                   if (durable)
                                       durable(outcome);
                               });
    else if (durable)
        durable(tl::unexpected<Error>(m_impl->readOnly()));
}

void Workspace::callBegins(const RunOutline& run, const std::string& tier, const Charge& call)
{
    if (m_impl->journal)
        m_impl->journal->begins(run, tier, call);
}

void Workspace::callEnded(const std::string& traceId, const std::string& requestId, const Charge* charge)
{
    if (m_impl->journal)
        m_impl->journal->ended(traceId, requestId, charge);
}

void Workspace::callGrows(const std::string& traceId, const std::string& requestId, NanoUsd estimate)
{
    if (m_impl->journal)
        m_impl->journal->grows(traceId, requestId, estimate);
}

int Workspace::callsNotNoted() const
{
    return m_impl->journal ? m_impl->journal->notNoted() : 0;
}

Result<TakenOverCalls> Workspace::takeOverLostCalls(const RunOutline& runs, const std::set<std::string>& left)
{
    if (!m_impl->writer)
        return tl::unexpected<Error>(m_impl->readOnly());
    // What others have left behind since this was opened, their claims among it.
    if (const Result<> adopted = m_impl->adoptJournals(); !adopted)
        return tl::unexpected<Error>(adopted.error());
    if (const Result<> held = m_impl->journal->hold(); !held)
        return tl::unexpected<Error>(held.error());
    TakenOverCalls taken;
    const Result<> done = m_impl->run([&](const Database& database, TraceStore&) -> Result<> {
        auto calls = takeOver(database, runs, left, m_impl->journal->id(),
                              [&](const std::string& claimer) { return isHeld(m_impl->path, claimer); });
        if (!calls)
            return tl::unexpected<Error>(calls.error());
        taken = std::move(*calls);
        return {};
    });
    if (!done)
        return tl::unexpected<Error>(done.error());
    return taken;
}

std::int64_t Workspace::recorder() const
{
    return static_cast<std::int64_t>(hash64(m_impl->id) >> 33) + 1; // small in the file; 0 = an older version
}

int Workspace::writesQueued() const
{
    return m_impl->writer ? m_impl->writer->queued() : 0;
}
Result<> Workspace::flush()
{
    return m_impl->writer ? m_impl->writer->flush() : Result<>();
}

Result<int> Workspace::savePolicy(const PolicyDocument& document, const std::string& author,
                                  const std::string& message)
{
    VersionSave save;
    save.author = author;
    save.message = message;
    return saveVersion(document, save);
}

Result<int> Workspace::saveVersion(const PolicyDocument& document, const VersionSave& save)
{
    if (!document.policy || document.policy->name.empty())
        return fail("workspace.unnamed_policy",
                    "The policy has no name to be kept under: give it a \"name\".", m_impl->path);
    if (carriesSecret(document))
        return fail("workspace.literal_key", "The policy was not stored. " + secretAdvice(document),
                    m_impl->path);
    return m_impl->number([&](const Database& database) { return storeVersion(database, document, save); });
}

Result<int> Workspace::restoreVersion(const std::string& name, int version, const std::string& author,
                                      const std::string& message)
{
    return m_impl->number(
        [&](const Database& database) { return storeRestored(database, name, version, author, message); });
}

Result<> Workspace::setTag(const std::string& name, const std::string& tag, int version,
                           const std::string& author)
{
    return m_impl->run([&](const Database& database, TraceStore&) {
        return storeTag(database, name, tag, version, author);
    });
}

Result<int> Workspace::importPrompts(const std::string& dataset, const std::vector<DatasetPrompt>& prompts,
                                     const std::string& source)
{
    if (dataset.empty())
        return fail("workspace.unnamed_dataset", "A dataset needs a name.", m_impl->path);
    if (!isValidUtf8(dataset))
        return fail("workspace.bad_dataset_name", "The name of the dataset is not UTF-8: choose another.",
                    m_impl->path);
    const Result<> stored = m_impl->run([&](const Database& database, TraceStore& store) {
        return storePrompts(database, store, dataset, prompts, source);
    });
    if (!stored)
        return tl::unexpected<Error>(stored.error());
    return static_cast<int>(prompts.size());
}

Result<int> Workspace::importDocuments(const std::vector<Document>& documents)
{
    const Result<> stored = m_impl->run(
        [&](const Database& database, TraceStore&) { return storeDocuments(database, documents); });
    if (!stored)
        return tl::unexpected<Error>(stored.error());
    return static_cast<int>(documents.size());
}

Result<> Workspace::setResolved(const std::string& traceId, std::optional<bool> resolved)
{
    return m_impl->run([&](const Database& database, TraceStore&) -> Result<> {
        auto update = database.prepare("UPDATE traces SET resolved = ?1 WHERE id = ?2");
        if (!update)
            return tl::unexpected<Error>(update.error());
        if (const Result<> updated = update->bind(1, resolved).bind(2, traceId).run(); !updated)
            return updated;
        if (database.changes() == 0)
            return fail("workspace.no_such_trace",
                        "There is no trace " + traceId + " in " + m_impl->path + ".", m_impl->path);
        return {};
    });
}

namespace {

/// Takes the trace's answer out of the cache, or the one that it was given again: whose they were.
Result<std::vector<std::string>> dropAnswersOf(const Database& database, std::int64_t trace)
{
    auto find = database.prepare("SELECT id, seq FROM traces WHERE seq = ?1 OR id IN (SELECT source FROM cache_hits WHERE "
                                 "trace = ?1)");
    auto drop = database.prepare("DELETE FROM cached_answers WHERE trace = ?1");
    if (!find || !drop)
        return tl::unexpected<Error>(!find ? find.error() : drop.error());
    std::vector<std::string> ids;
    find->bind(1, trace);
    for (;;) {
        const Result<bool> row = find->step();
        if (!row)
            return tl::unexpected<Error>(row.error());
        if (!*row)
            return ids;
        ids.push_back(find->text(0));
        if (const Result<> done = drop->bind(1, find->integer(1)).run(); !done)
            return tl::unexpected<Error>(done.error());
    }
}

} // namespace

Result<std::vector<std::string>> Workspace::rate(const std::string& traceId, std::optional<TierFit> fit,
                                                 const std::string& author)
{
    std::vector<std::string> bad;
    const Result<> done = m_impl->run([&](const Database& database, TraceStore&) -> Result<> {
        auto find = database.prepare("SELECT seq FROM traces WHERE id = ?1");
        if (!find)
            return tl::unexpected<Error>(find.error());
        const Result<bool> found = find->bind(1, traceId).step();
        if (!found)
            return tl::unexpected<Error>(found.error());
        if (!*found)
            return fail("workspace.no_such_trace",
                        "There is no trace " + traceId + " in " + m_impl->path + ".", m_impl->path);
        const std::int64_t trace = find->integer(0);
        if (!fit) {
            auto forget = database.prepare("DELETE FROM ratings WHERE trace = ?1");
            if (!forget)
                return tl::unexpected<Error>(forget.error());
            return forget->bind(1, trace).run();
        }
        auto put = database.prepare(
            "INSERT INTO ratings(trace, fit, author, at_ms) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(trace) DO "
            "UPDATE SET fit = excluded.fit, author = excluded.author, at_ms = excluded.at_ms");
        if (!put)
            return tl::unexpected<Error>(put.error());
        const Result<> kept =
            put->bind(1, trace).bind(2, std::string(name(*fit))).bind(3, author).bind(4, wallClockMs()).run();
        if (!kept || !saysAnswerIsBad(*fit))
            return kept;
        auto dropped = dropAnswersOf(database, trace);
        if (!dropped)
            return tl::unexpected<Error>(dropped.error());
        bad = std::move(*dropped);
        return {};
    });
    if (!done)
        return tl::unexpected<Error>(done.error());
    return bad;
}

Result<> Workspace::setMeta(const std::string& key, const std::string& value)
{
    return m_impl->run([&](const Database& database, TraceStore&) -> Result<> {
        auto put = database.prepare("INSERT INTO meta(key, value) VALUES(?1, ?2) "
                                    "ON CONFLICT(key) DO UPDATE SET value = excluded.value");
        if (!put)
            return tl::unexpected<Error>(put.error());
        return put->bind(1, key).bind(2, value).run();
    });
}

Result<std::unique_ptr<WorkspaceReader>> Workspace::reader() const
{
    return openReader(m_impl->path);
}

} // namespace signalbox
