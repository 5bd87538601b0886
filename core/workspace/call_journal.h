// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What has been asked of providers and is not yet in a trace on the disk. A file beside the workspace, to
// which each call is appended before it goes out: a process that is killed loses no call that somebody will
// want to be paid for. Whoever opens the workspace next takes the file over. Appended without a sync: it
// outlives the process, not the machine.

#include "base/result.h"
#include "cascade/trace_sink.h"

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// A call that no trace knows of, or the trace that took it over does.
struct LostCall
{
    RunOutline run;
    std::string tier;
    Charge charge; ///< of kind Lost, hop −1; its cost is known when the call had ended
    std::optional<NanoUsd> estimate; ///< what it may have cost at most: for the hours of budgets, never for a trace
    std::string claimedBy; ///< the journal of the process that answers for it while it runs; "" = nobody does
};

/// Lost calls that a run which goes on with another answers for.
struct TakenOverCalls
{
    std::map<std::string, std::vector<Charge>> byPrompt; ///< of prompts that are left: RunOptions::lostCalls
    int claimed = 0; ///< calls in it
    int charged = 0; ///< calls of prompts that have a trace already: they are charged to it now
};

/// Any thread.
class CallJournal
{
public:
    /// `id` is of this process alone: the file's name ends with it.
    CallJournal(const std::string& workspacePath, std::string id);
    /// Takes the file away when every call in it stands in a trace.
    ~CallJournal();
    CallJournal(const CallJournal&) = delete;
    CallJournal& operator=(const CallJournal&) = delete;

    void begins(const RunOutline& run, const std::string& tier, const Charge& call);
    void grows(const std::string& traceId, const std::string& requestId, NanoUsd estimate);
    void ended(const std::string& traceId, const std::string& requestId, const Charge* charge);
    /// The trace is on the disk: its calls need no other memory.
    void settled(const std::string& traceId);

    const std::string& id() const { return m_id; }
    /// From here on its file stands until this process ends, however it ends: see isHeld().
    Result<> hold();
    /// Calls that went out while the file could not be written. It is made good as soon as there is room again.
    int notNoted() const { return m_notNoted; }

private:
    void append(const std::string& traceId, const std::string& line);
    bool rewrite();

    const std::string m_id;
    const std::string m_path;
    std::mutex m_mutex;
    int m_file = -1;
    bool m_behind = true; ///< lines are missing in the file, or there is none yet
    std::atomic<int> m_notNoted = 0;
    std::size_t m_size = 0;
    std::size_t m_needed = 0;                   ///< bytes of the lines that are still needed
    std::map<std::string, std::string> m_lines; ///< by trace: that are still needed
};

/// The journal of a process that is gone, held so that nobody else takes it.
class LeftJournal
{
public:
    LeftJournal(std::string path, int file, std::vector<LostCall> calls);
    LeftJournal(LeftJournal&& other) noexcept;
    LeftJournal& operator=(LeftJournal&&) = delete;
    ~LeftJournal();

    const std::vector<LostCall>& calls() const { return m_calls; }
    void remove(); ///< its calls are kept elsewhere now

private:
    std::string m_path;
    int m_file = -1;
    std::vector<LostCall> m_calls;
};

/// Whether the process of this journal still holds it. One that is gone holds it until its file is taken over.
bool isHeld(const std::string& workspacePath, const std::string& id);

/// Those of processes that still run are left alone. Their calls may stand in traces all the same.
std::vector<LeftJournal> leftJournals(const std::string& workspacePath);

} // namespace signalbox
