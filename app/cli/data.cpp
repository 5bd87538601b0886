// SPDX-License-Identifier: GPL-3.0-or-later
// import, datasets, check: what is in a workspace.
#include "app/cli/inputs.h"
#include "app/cli/table.h"
#include "base/clock.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "exchange/documents.h"
#include "workspace/author.h"

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace signalbox::cli {

namespace {

using nlohmann::json;

struct ImportOptions
{
    std::string kind;
    std::vector<std::string> files;
    std::string workspace;
    std::string dataset;
    bool strict = false;
};

struct Imported
{
    int rows = 0;
    int malformed = 0;
};

void listProblems(const std::string& file, const std::vector<RowProblem>& problems)
{
    for (const RowProblem& problem : problems)
        std::fprintf(stderr, "%s:%d: %s\n", file.c_str(), problem.line, problem.message.c_str());
}

/// Reads every file first and writes once: a file that cannot be read leaves the workspace as it was. `read`
/// gives rows and problems of a file, `rowsOf` takes the rows out of it, `write` puts all rows into the
/// workspace.
template <class Row, class Read, class RowsOf, class Write>
Result<Imported> importRows(const ImportOptions& options, Read read, RowsOf rowsOf, Write write)
{
    Imported done;
    std::vector<Row> all;
    for (const std::string& file : options.files) {
        auto import = read(file);
        if (!import)
            return tl::unexpected(import.error());
        listProblems(file, import->problems);
        if (options.strict && !import->problems.empty())
            return fail("import.malformed",
                        std::to_string(import->problems.size()) + " rows are malformed, nothing was imported",
                        file);
        done.malformed += static_cast<int>(import->problems.size());
        for (Row& row : rowsOf(*import))
            all.push_back(std::move(row));
    }
    const Result<std::unique_ptr<Workspace>> workspace =
        Workspace::open(options.workspace, OpenMode::OpenOrCreate);
    if (!workspace)
        return tl::unexpected(workspace.error());
    const Result<int> rows = write(**workspace, all);
    if (!rows)
        return tl::unexpected(rows.error());
    done.rows = *rows;
    return done;
}

Result<Imported> importPrompts(const ImportOptions& options)
{
    return importRows<DatasetPrompt>(
        options, readPromptsFile, [](PromptImport& import) { return std::move(import.prompts); },
        [&](Workspace& workspace, const std::vector<DatasetPrompt>& rows) {
            return workspace.importPrompts(options.dataset, rows, options.files.front());
        });
}

Result<Imported> importDocuments(const ImportOptions& options)
{
    return importRows<Document>(
        options, readDocumentsFile, [](DocumentImport& import) { return std::move(import.documents); },
        [](Workspace& workspace, const std::vector<Document>& rows) {
            return workspace.importDocuments(rows);
        });
}

Result<Imported> importPolicies(const ImportOptions& options)
{
    std::vector<PolicyDocumentPtr> documents;
    for (const std::string& file : options.files) {
        Result<PolicyDocumentPtr> document = readPolicyFile(file);
        if (!document)
            return tl::unexpected(document.error());
        if (!(*document)->policy)
            return fail("policy.unreadable",
                        "The file holds no policy: " + (*document)->diagnostics.front().message, file);
        documents.push_back(*document);
    }
    const Result<std::unique_ptr<Workspace>> workspace =
        Workspace::open(options.workspace, OpenMode::OpenOrCreate);
    if (!workspace)
        return tl::unexpected(workspace.error());
    Imported done;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const Result<int> version =
            (*workspace)
                ->savePolicy(*documents[i], authorFromEnvironment(),
                             "Imported from " + std::filesystem::path(options.files[i]).filename().string());
        if (!version)
            return tl::unexpected(version.error());
        std::fprintf(stderr, "%s is %s@%d\n", options.files[i].c_str(), documents[i]->policy->name.c_str(),
                     *version);
        ++done.rows;
    }
    return done;
}

int import(ImportOptions& options, const Globals& globals)
{
    if (options.kind == "prompts" && options.dataset.empty())
        return misuse("import prompts needs --dataset NAME");
    if (!isValidUtf8(options.dataset))
        return misuse("the name of --dataset is not UTF-8");
    const Result<Imported> done = options.kind == "prompts"     ? importPrompts(options)
                                  : options.kind == "documents" ? importDocuments(options)
                                                                : importPolicies(options);
    if (!done)
        return report(done.error());
    if (globals.json) {
        std::printf("%s\n", json{{"kind", options.kind},
                                 {"imported", done->rows},
                                 {"malformed", done->malformed},
                                 {"dataset", options.dataset.empty() ? json(nullptr) : json(options.dataset)}}
                                .dump(-1, ' ', false, json::error_handler_t::replace)
                                .c_str());
    } else {
        const bool one = done->rows == 1;
        const std::string what = options.kind == "policy" ? (one ? "policy" : "policies")
                                 : one ? options.kind.substr(0, options.kind.size() - 1) : options.kind;
        std::printf("%d %s imported, %d malformed rows left out\n", done->rows, what.c_str(), done->malformed);
    }
    return kComputed;
}

int datasets(const std::string& path, const Globals& globals)
{
    std::unique_ptr<Workspace> workspace;
    const Result<std::unique_ptr<WorkspaceReader>> reader = openReader(path, workspace);
    if (!reader)
        return report(reader.error());
    const Result<std::vector<DatasetInfo>> all = (*reader)->datasets();
    if (!all)
        return report(all.error());
    if (globals.json) {
        json out = json::array();
        for (const DatasetInfo& d : *all) {
            out.push_back({{"name", d.name},
                           {"source", d.source},
                           {"prompts", d.prompts},
                           {"with_reference", d.withReference},
                           {"with_labels", d.withLabels},
                           {"traces", d.traces},
                           {"all_tier_traces", d.allTierTraces},
                           {"created_at", isoTimestamp(d.createdAtMs)}});
        }
        std::printf("%s\n", out.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
        return kComputed;
    }
    Table table({"dataset", "prompts", "references", "labels", "traces", "all-tier traces"});
    for (const DatasetInfo& d : *all)
        table.row({d.name, std::to_string(d.prompts), std::to_string(d.withReference),
                   std::to_string(d.withLabels), std::to_string(d.traces), std::to_string(d.allTierTraces)});
    std::fputs(table.text().c_str(), stdout);
    return kComputed;
}

/// What processes have asked for that were killed before they could record it, and that no trace has taken
/// over.
struct Unrecorded
{
    int calls = 0;
    int ofNoDataset = 0; ///< of requests that no run asks again
    CostSum cost;
};

Unrecorded unrecordedIn(const std::string& path)
{
    std::unique_ptr<Workspace> workspace;
    const Result<std::unique_ptr<WorkspaceReader>> reader = openReader(path, workspace);
    const auto lost = reader ? (*reader)->lostCalls() : tl::unexpected(reader.error());
    Unrecorded out;
    for (const LostCall& call : lost ? *lost : std::vector<LostCall>()) {
        ++out.calls;
        out.ofNoDataset += call.run.dataset.empty();
        out.cost.add(call.charge.cost);
    }
    return out;
}

Result<std::vector<CheckProblem>> problemsOf(const std::string& path)
{
    std::unique_ptr<Workspace> workspace;
    const Result<std::unique_ptr<WorkspaceReader>> reader = openReader(path, workspace);
    Result<std::vector<CheckProblem>> problems = reader ? (*reader)->check() : tl::unexpected(reader.error());
    // A file too damaged to be opened is what was asked about, not a failure to find out.
    if (!problems && problems.error().code == "workspace.corrupt")
        return std::vector<CheckProblem>{{"check.integrity", problems.error().message}};
    return problems;
}

int check(const std::string& path, const Globals& globals)
{
    const Result<std::vector<CheckProblem>> problems = problemsOf(path);
    if (!problems)
        return report(problems.error());
    const Unrecorded lost = problems->empty() ? unrecordedIn(path) : Unrecorded();
    if (globals.json) {
        json list = json::array();
        for (const CheckProblem& p : *problems)
            list.push_back({{"code", p.code}, {"message", p.message}});
        std::printf("%s\n", json{{"ok", problems->empty()},
                                 {"problems", std::move(list)},
                                 {"unrecorded_calls",
                                  {{"count", lost.calls},
                                   {"known_cost_usd", toUsd(lost.cost.known)},
                                   {"of_unknown_cost", lost.cost.unknownParts}}}}
                                .dump(-1, ' ', false, json::error_handler_t::replace)
                                .c_str());
    } else if (problems->empty()) {
        std::printf("ok: the workspace is whole and its costs add up\n");
        if (lost.calls > 0)
            std::printf("%d calls stand in no trace, because their process was killed: they cost %s USD, and %d of "
                        "them an unknown sum\n",
                        lost.calls, jsonNumber(toUsd(lost.cost.known)).c_str(), lost.cost.unknownParts);
        if (lost.calls > lost.ofNoDataset)
            std::printf("run --resume with their dataset and their policy charges %d of them to its prompts\n",
                        lost.calls - lost.ofNoDataset);
        if (lost.ofNoDataset > 0)
            std::printf("%d of them were asked for no dataset: they stay noted here\n", lost.ofNoDataset);
    } else {
        Table table({"code", "problem"});
        for (const CheckProblem& p : *problems)
            table.row({p.code, p.message});
        std::fputs(table.text().c_str(), stdout);
    }
    return problems->empty() ? kComputed : kNo;
}

} // namespace

std::function<int()> setupImport(CLI::App& command, Globals& globals)
{
    auto options = std::make_shared<ImportOptions>();
    command.add_option("KIND", options->kind, "prompts, documents or policy")
        ->required()
        ->check(CLI::IsMember({"prompts", "documents", "policy"}));
    command.add_option("FILE", options->files, "Files to read")->required();
    command.add_option("--workspace", options->workspace, "Workspace to write to; made if it is not there")
        ->required();
    command.add_option("--dataset", options->dataset, "Dataset the prompts belong to");
    command.add_flag("--strict", options->strict, "Refuse a file with malformed rows whole");
    return [options, &globals] { return import(*options, globals); };
}

std::function<int()> setupDatasets(CLI::App& command, Globals& globals)
{
    auto path = std::make_shared<std::string>();
    command.add_option("--workspace", *path, "Workspace to read")->required();
    return [path, &globals] { return datasets(*path, globals); };
}

std::function<int()> setupCheck(CLI::App& command, Globals& globals)
{
    auto path = std::make_shared<std::string>();
    command.add_option("--workspace", *path, "Workspace to examine; only read")->required();
    return [path, &globals] { return check(*path, globals); };
}

} // namespace signalbox::cli
