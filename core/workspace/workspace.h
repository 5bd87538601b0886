// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The workspace: one SQLite file with policies and their versions, datasets, traces, hops, attempts, judge scores and
// documents. WAL; one writer thread that batches into transactions; readers have connections of their own.
// A trace is committed (WAL, synchronous=FULL at each batch) before its Durable callback says so.

#include "base/result.h"
#include "cascade/trace_sink.h"
#include "policy/document.h"
#include "retrieval/document_index.h"
#include "workspace/dataset.h"
#include "workspace/rating.h"
#include "workspace/reader.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace signalbox {

enum class OpenMode {
    ReadOnly,     ///< must exist; nothing is written, not even a migration
    ReadWrite,    ///< must exist; older versions are migrated in one transaction
    OpenOrCreate, ///< as ReadWrite, or a new file
};

/// How a version comes to be.
struct VersionSave
{
    std::string author;
    std::string message;
    std::string parentName; ///< "" = the policy's own name; another one when it was renamed since
    int parent = 0;         ///< the version it was made from; 0 = the newest of its name, if there is one
    bool evenIfSame = false; ///< although the parent has the same content
};

/// Errors: workspace.not_found, workspace.not_a_workspace, workspace.newer_version, workspace.older_version (read-only),
/// workspace.read_only, workspace.disk_full, workspace.busy, workspace.corrupt, workspace.io. Each message is one that a person can act on.
class Workspace : public TraceSink
{
public:
    static Result<std::unique_ptr<Workspace>> open(const std::string& path, OpenMode mode);
    /// Writes what is queued, then closes.
    ~Workspace() override;

    const std::string& path() const;
    static int currentVersion(); ///< user_version of the newest schema

    // Any thread. Queued to the writer; never blocks on the disk.
    void record(TracePtr trace, Durable durable) override;
    /// Into a journal beside the file; whoever opens the workspace after this process was killed finds them
    /// there.
    void callBegins(const RunOutline& run, const std::string& tier, const Charge& call) override;
    void callEnded(const std::string& traceId, const std::string& requestId, const Charge* charge) override;
    /// It has come to cost more than was said of it.
    void callGrows(const std::string& traceId, const std::string& requestId, NanoUsd estimate) override;
    /// Calls that went out while the journal could not be written: had this process been killed then, nobody would know
    /// of them.
    int callsNotNoted() const;
    /// Of calls whose process was killed before it could record them, those that belong to runs of the dataset, mode and
    /// policy hash of `runs`. Each is given out once as long as this workspace is open, whoever else asks: what is of
    /// prompts that are `left` to the runs that come now (RunOptions::lostCalls), what is of others to the trace that the
    /// prompt has. Blocks until committed.
    Result<TakenOverCalls> takeOverLostCalls(const RunOutline& runs, const std::set<std::string>& left);
    /// By which readers tell its traces from those of other processes: WorkspaceReader::spentAfter().
    std::int64_t recorder() const;
    int writesQueued() const; ///< traces not yet committed
    /// Blocks until everything queued before the call is committed; the first error since the last flush, if any.
    Result<> flush();

    // Any thread; block until committed (tens of milliseconds at most; long imports take a progress callback).
    /// Remembers the text under its content hash and as the newest version of its name; the same content twice in a row
    /// adds no version. Returns the version's number (1, 2, …).
    Result<int> savePolicy(const PolicyDocument& document, const std::string& author, const std::string& message);
    /// The same with a choice of the parent. Content that the parent has already adds no version: the parent's number
    /// is returned, unless `evenIfSame`. The text is kept as its author wrote it. Nothing is ever overwritten.
    Result<int> saveVersion(const PolicyDocument& document, const VersionSave& save);
    /// Adds the content of an older version as a new one whose parent it is; the newest stays as it is.
    Result<int> restoreVersion(const std::string& name, int version, const std::string& author, const std::string& message);
    /// Puts a tag (a–z, 0–9, "-") on a version, off the one that has it; version 0 takes it away. Who did it is kept.
    /// Errors: workspace.bad_tag, workspace.no_such_policy.
    Result<> setTag(const std::string& name, const std::string& tag, int version, const std::string& author);
    /// Adds prompts to a dataset, creating it; a prompt id that is there already is replaced. All or nothing.
    Result<int> importPrompts(const std::string& dataset, const std::vector<DatasetPrompt>& prompts, const std::string& source);
    Result<int> importDocuments(const std::vector<Document>& documents);
    /// The user's verdict on a trace.
    Result<> setResolved(const std::string& traceId, std::optional<bool> resolved);
    /// What a person thinks of the tier that answered; in place of what was said before, nothing = no word any more. An
    /// answer that is called bad is taken out of the cache, also where it was given again: the ids of the traces whose
    /// answers must not be given again (CascadeEngine::forgetAnswers()).
    Result<std::vector<std::string>> rate(const std::string& traceId, std::optional<TierFit> fit, const std::string& author);
    /// Named small values (window state is not among them): "sample.version", …
    Result<> setMeta(const std::string& key, const std::string& value);

    /// A reader with a connection of its own; use each reader from one thread at a time.
    Result<std::unique_ptr<WorkspaceReader>> reader() const;

private:
    Workspace();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace signalbox
