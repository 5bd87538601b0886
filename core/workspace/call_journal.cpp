// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/call_journal.h"

#include "base/json_writer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace signalbox {

namespace {

using nlohmann::json;

constexpr std::size_t kWorthShrinking = 1u << 20;
constexpr const char* kPartialJournal = ".partial";

std::string journalPrefix(const std::string& workspacePath)
{
    return workspacePath + "-calls-";
}

bool writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::write(file, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

/// Opened for appending, and locked as long as this process has it open.
int openLocked(const std::string& path, int flags)
{
    const int file = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
    if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return -1;
    }
    return file;
}

/// What was opened under this name is what has it now: whose process rewrote it in between is alive.
bool isStillNamed(const std::string& path, int file)
{
    struct stat named = {};
    struct stat opened = {};
    return ::stat(path.c_str(), &named) == 0 && ::fstat(file, &opened) == 0 &&
           named.st_ino == opened.st_ino && named.st_dev == opened.st_dev;
}

std::string outlineLine(const RunOutline& run)
{
    JsonWriter out;
    out.beginObject().key("trace").text(run.traceId).key("at").integer(run.startedAtMs);
    out.key("dataset").text(run.dataset).key("prompt").text(run.promptId).key("mode").text(name(run.mode));
    out.key("policy_name").text(run.policyName).key("policy_hash").text(run.policyHash);
    out.key("input_hash").text(run.inputHash).key("user_tier").text(run.userTier);
    return out.endObject().take() + "\n";
}

std::string beginLine(const std::string& traceId, const std::string& tier, const Charge& call)
{
    JsonWriter out;
    out.beginObject().key("call").text(call.requestId).key("of").text(traceId).key("tier").text(tier);
    out.key("model").text(call.model).key("purpose").text(call.purpose);
    out.key("price_source").text(call.priceSource).key("price_as_of").text(call.priceAsOf);
    if (call.estimate)
        out.key("estimate").integer(*call.estimate);
    return out.endObject().take() + "\n";
}

std::string growsLine(const std::string& requestId, NanoUsd estimate)
{
    JsonWriter out;
    out.beginObject().key("grows").text(requestId).key("estimate").integer(estimate);
    return out.endObject().take() + "\n";
}

std::string endLine(const std::string& requestId, const Charge* charge)
{
    JsonWriter out;
    out.beginObject().key("ended").text(requestId).key("billed").boolean(charge != nullptr);
    if (charge != nullptr) {
        out.key("input").integer(charge->tokens.input).key("cached").integer(charge->tokens.cachedInput);
        out.key("cache_write").integer(charge->tokens.cacheWrite);
        out.key("output").integer(charge->tokens.output).key("reasoning").integer(charge->tokens.reasoning);
        out.key("cost").integer(charge->cost);
    }
    return out.endObject().take() + "\n";
}

std::string textIn(const json& line, const char* key)
{
    const auto found = line.find(key);
    return found != line.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> integerIn(const json& line, const char* key)
{
    const auto found = line.find(key);
    return found != line.end() && found->is_number_integer() ? std::optional(found->get<std::int64_t>())
                                                             : std::nullopt;
}

class JournalReader
{
public:
    void read(const json& line)
    {
        if (const std::string trace = textIn(line, "trace"); !trace.empty())
            m_runs[trace] = outlineOf(line);
        else if (const std::string call = textIn(line, "call"); !call.empty())
            begin(call, line);
        else if (const std::string grown = textIn(line, "grows"); !grown.empty())
            grow(grown, line);
        else if (const std::string ended = textIn(line, "ended"); !ended.empty())
            end(ended, line);
    }
    std::vector<LostCall> take()
    {
        std::vector<LostCall> out;
        for (LostCall& call : m_calls) {
            if (!call.charge.requestId.empty())
                out.push_back(std::move(call));
        }
        return out;
    }

private:
    static RunOutline outlineOf(const json& line)
    {
        RunOutline run;
        run.traceId = textIn(line, "trace");
        run.startedAtMs = integerIn(line, "at").value_or(0);
        run.dataset = textIn(line, "dataset");
        run.promptId = textIn(line, "prompt");
        run.mode = traceModeFrom(textIn(line, "mode")).value_or(TraceMode::Policy);
        run.policyName = textIn(line, "policy_name");
        run.policyHash = textIn(line, "policy_hash");
        run.inputHash = textIn(line, "input_hash");
        run.userTier = textIn(line, "user_tier");
        return run;
    }
    void begin(const std::string& requestId, const json& line)
    {
        LostCall call;
        call.run = m_runs[textIn(line, "of")];
        call.tier = textIn(line, "tier");
        call.charge.kind = ChargeKind::Lost;
        call.charge.model = textIn(line, "model");
        call.charge.purpose = textIn(line, "purpose");
        call.charge.priceSource = textIn(line, "price_source");
        call.charge.priceAsOf = textIn(line, "price_as_of");
        call.charge.requestId = requestId;
        call.estimate = integerIn(line, "estimate");
        m_places[requestId] = m_calls.size();
        m_calls.push_back(std::move(call));
    }
    void grow(const std::string& requestId, const json& line)
    {
        if (const auto place = m_places.find(requestId); place != m_places.end())
            m_calls[place->second].estimate = integerIn(line, "estimate");
    }
    void end(const std::string& requestId, const json& line)
    {
        const auto place = m_places.find(requestId);
        if (place == m_places.end())
            return;
        Charge& charge = m_calls[place->second].charge;
        const auto billed = line.find("billed");
        if (billed != line.end() && billed->is_boolean() && !billed->get<bool>()) {
            charge.requestId.clear(); // nobody can ask for anything
            return;
        }
        charge.tokens = {integerIn(line, "input"), integerIn(line, "cached"), integerIn(line, "output"),
                         integerIn(line, "reasoning"), integerIn(line, "cache_write")};
        charge.cost = integerIn(line, "cost");
    }

    std::map<std::string, RunOutline> m_runs;
    std::map<std::string, std::size_t> m_places;
    std::vector<LostCall> m_calls;
};

std::vector<LostCall> callsIn(int file)
{
    std::string all;
    char buffer[1 << 16];
    for (off_t at = 0;;) {
        const ssize_t n = ::pread(file, buffer, sizeof buffer, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        all.append(buffer, static_cast<std::size_t>(n));
        at += n;
    }
    JournalReader reader;
    for (std::size_t from = 0; from < all.size();) {
        const std::size_t to = std::min(all.find('\n', from), all.size());
        // The last line may have come only in part.
        const json line = json::parse(all.begin() + static_cast<std::ptrdiff_t>(from),
                                      all.begin() + static_cast<std::ptrdiff_t>(to), nullptr, false);
        if (line.is_object())
            reader.read(line);
        from = to + 1;
    }
    return reader.take();
}

} // namespace

CallJournal::CallJournal(const std::string& workspacePath, std::string id)
    : m_id(std::move(id)), m_path(journalPrefix(workspacePath) + m_id)
{
}

CallJournal::~CallJournal()
{
    if (m_file < 0)
        return;
    if (m_lines.empty())
        ::unlink(m_path.c_str());
    ::close(m_file);
}

Result<> CallJournal::hold()
{
    const std::lock_guard lock(m_mutex);
    if (m_file < 0 && !rewrite())
        return fail("workspace.io", "The journal of calls " + m_path + " cannot be written.", m_path);
    return {};
}

void CallJournal::append(const std::string& traceId, const std::string& line)
{
    m_needed += line.size();
    m_lines[traceId] += line;
    if (m_behind) {
        rewrite();
        return;
    }
    m_behind = !writeAll(m_file, line); // the part that came is not read: it is the file's last line
    m_size += line.size();
}

void CallJournal::begins(const RunOutline& run, const std::string& tier, const Charge& call)
{
    const std::lock_guard lock(m_mutex);
    std::string line = m_lines.contains(run.traceId) ? std::string() : outlineLine(run);
    append(run.traceId, std::move(line) + beginLine(run.traceId, tier, call));
    m_notNoted += m_behind;
}

void CallJournal::grows(const std::string& traceId, const std::string& requestId, NanoUsd estimate)
{
    const std::lock_guard lock(m_mutex);
    if (m_lines.contains(traceId))
        append(traceId, growsLine(requestId, estimate));
}

void CallJournal::ended(const std::string& traceId, const std::string& requestId, const Charge* charge)
{
    const std::lock_guard lock(m_mutex);
    if (m_lines.contains(traceId))
        append(traceId, endLine(requestId, charge));
}

void CallJournal::settled(const std::string& traceId)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_lines.find(traceId);
    if (found == m_lines.end())
        return;
    m_needed -= found->second.size();
    m_lines.erase(found);
    if (m_size > kWorthShrinking && m_size > 4 * m_needed)
        rewrite();
}

/// A new file with the lines that are still needed takes the place of the old one, whole or not at all. Nobody
/// ever sees one that is not locked.
bool CallJournal::rewrite()
{
    const std::string partial = m_path + kPartialJournal;
    const int file = openLocked(partial, O_RDWR | O_APPEND | O_CREAT | O_TRUNC);
    if (file < 0)
        return false;
    bool written = true;
    for (const auto& [trace, lines] : m_lines)
        written = written && writeAll(file, lines);
    if (!written || ::rename(partial.c_str(), m_path.c_str()) != 0) {
        ::unlink(partial.c_str());
        ::close(file);
        return false;
    }
    if (m_file >= 0)
        ::close(m_file);
    m_file = file;
    m_size = m_needed;
    m_behind = false;
    return true;
}

LeftJournal::LeftJournal(std::string path, int file, std::vector<LostCall> calls)
    : m_path(std::move(path)), m_file(file), m_calls(std::move(calls))
{
}

LeftJournal::LeftJournal(LeftJournal&& other) noexcept
    : m_path(std::move(other.m_path)), m_file(std::exchange(other.m_file, -1)),
      m_calls(std::move(other.m_calls))
{
}

LeftJournal::~LeftJournal()
{
    if (m_file >= 0)
        ::close(m_file);
}

void LeftJournal::remove()
{
    ::unlink(m_path.c_str());
}

bool isHeld(const std::string& workspacePath, const std::string& id)
{
    return ::access((journalPrefix(workspacePath) + id).c_str(), F_OK) == 0;
}

std::vector<LeftJournal> leftJournals(const std::string& workspacePath)
{
    namespace fs = std::filesystem;
    const std::string prefix = journalPrefix(fs::path(workspacePath).filename().string());
    const fs::path folder = fs::path(workspacePath).parent_path();
    std::vector<LeftJournal> left;
    std::error_code error;
    for (fs::directory_iterator it(folder.empty() ? fs::path(".") : folder, error), end; !error && it != end;
         it.increment(error)) {
        const std::string filename = it->path().filename().string();
        // A partial one is about to take the place of another, or its process was killed before: the other
        // one is whole.
        if (!filename.starts_with(prefix) || filename.ends_with(kPartialJournal))
            continue;
        const std::string path = it->path().string();
        const int file = openLocked(path, O_RDONLY);
        if (file < 0)
            continue;
        if (isStillNamed(path, file))
            left.emplace_back(path, file, callsIn(file));
        else
            ::close(file);
    }
    return left;
}

} // namespace signalbox
