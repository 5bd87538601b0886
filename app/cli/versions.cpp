// SPDX-License-Identifier: GPL-3.0-or-later
// versions, tag: the history of policies.
#include "app/cli/inputs.h"
#include "app/cli/table.h"
#include "base/clock.h"
#include "workspace/author.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace signalbox::cli {

namespace {

using nlohmann::json;

struct VersionsOptions
{
    std::string workspace;
    std::string name;
};

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string parentText(const PolicyVersion& v)
{
    if (v.parent == 0)
        return "";
    const std::string parent =
        v.parentName == v.name ? std::to_string(v.parent) : v.parentName + "@" + std::to_string(v.parent);
    return v.restoredFrom > 0 ? parent + " (restored)" : parent;
}

json versionJson(const PolicyVersion& v)
{
    const auto orNull = [](int number) { return number > 0 ? json(number) : json(nullptr); };
    return {{"name", v.name},
            {"version", v.version},
            {"parent", orNull(v.parent)},
            {"parent_name", v.parent > 0 ? json(v.parentName) : json(nullptr)},
            {"restored_from", orNull(v.restoredFrom)},
            {"hash", v.contentHash},
            {"author", v.author},
            {"created_at", isoTimestamp(v.createdAtMs)},
            {"message", v.message},
            {"tags", v.tags},
            {"traces", v.traces}};
}

int versions(const VersionsOptions& options, const Globals& globals)
{
    std::unique_ptr<Workspace> workspace;
    const Result<std::unique_ptr<WorkspaceReader>> reader = openReader(options.workspace, workspace);
    if (!reader)
        return report(reader.error());
    const Result<std::vector<PolicyVersion>> all = (*reader)->policyHistory(options.name);
    if (!all)
        return report(all.error());
    if (globals.json) {
        for (const PolicyVersion& v : *all)
            std::printf("%s\n", versionJson(v).dump(-1, ' ', false, json::error_handler_t::replace).c_str());
        return kComputed;
    }
    Table table({"policy", "from", "tags", "traces", "author", "saved", "message"});
    for (const PolicyVersion& v : *all)
        table.row({v.name + "@" + std::to_string(v.version), parentText(v), joined(v.tags),
                   std::to_string(v.traces), v.author, isoTimestamp(v.createdAtMs), v.message});
    std::fputs(table.text().c_str(), stdout);
    return kComputed;
}

struct TagOptions
{
    std::string workspace;
    std::string policy;
    std::string tag;
    bool remove = false;
};

int tag(const TagOptions& options, const Globals& globals)
{
    const Result<std::unique_ptr<Workspace>> workspace =
        Workspace::open(options.workspace, OpenMode::ReadWrite);
    if (!workspace)
        return report(workspace.error());
    const Result<std::unique_ptr<WorkspaceReader>> reader = (*workspace)->reader();
    if (!reader)
        return report(reader.error());
    const Result<PolicyVersion> version = (*reader)->policyByReference(options.policy);
    if (!version)
        return report(version.error());
    const int to = options.remove ? 0 : version->version;
    if (options.remove) {
        const bool ofVersion = options.policy != version->name;
        const Result<std::vector<PolicyVersion>> history = (*reader)->policyHistory(version->name);
        if (!history)
            return report(history.error());
        const auto carries = [&](const PolicyVersion& one) {
            return std::ranges::find(one.tags, options.tag) != one.tags.end() && (!ofVersion || one.version == version->version);
        };
        if (std::ranges::none_of(*history, carries)) {
            std::fprintf(stderr, "%s is not on %s; nothing was taken away.\n", options.tag.c_str(), options.policy.c_str());
            return kNo;
        }
    }
    if (const Result<> done = (*workspace)->setTag(version->name, options.tag, to, authorFromEnvironment());
        !done)
        return done.error().code == "workspace.bad_tag" ? misuse(done.error().message) : report(done.error());
    if (globals.json)
        std::printf("%s\n", json{{"name", version->name},
                                 {"tag", options.tag},
                                 {"version", to > 0 ? json(to) : json(nullptr)}}
                                .dump(-1, ' ', false, json::error_handler_t::replace)
                                .c_str());
    else if (to > 0)
        std::printf("%s is now %s@%d\n", options.tag.c_str(), version->name.c_str(), to);
    else
        std::printf("%s is on no version of %s\n", options.tag.c_str(), version->name.c_str());
    return kComputed;
}

} // namespace

std::function<int()> setupVersions(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<VersionsOptions>();
    command.add_option("--workspace", options->workspace, "Workspace to read")->required();
    command.add_option("--policy", options->name, "Only the policy of this name");
    return [options, &globals] { return versions(*options, globals); };
}

std::function<int()> setupTag(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<TagOptions>();
    command.add_option("POLICY", options->policy, "NAME@VERSION, NAME@TAG, or NAME for its newest version")
        ->required();
    command.add_option("TAG", options->tag, "production, candidate, …: a–z, 0–9 and \"-\"")->required();
    command.add_option("--workspace", options->workspace, "Workspace to write to")->required();
    command.add_flag("--remove", options->remove, "Takes the tag away from the policy");
    return [options, &globals] { return tag(*options, globals); };
}

} // namespace signalbox::cli
