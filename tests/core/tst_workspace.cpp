// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/random_trace.h"
#include "support/trace_text.h"
#include "workspace/workspace.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <set>
#include <thread>

using namespace signalbox;
using signalbox::testing::RandomTraces;
using signalbox::testing::textOf;

class WorkspaceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tracesComeBackWhole();
    void filtersAgreeWithAScan();
    void pagesJoinToTheWholeList();
    void textIsFoundWithoutRegardToCase();
    void previewIsOneShortLine();
    void lostTraceIsSaidSo();
    void oneBadTraceTakesNoOtherAlong();
    void resolvedIsKept();
    void aRatingIsKeptAndTheNewestCounts();
    void policiesKeepTheirHistory();
    void policyWithAKeyIsNotStored();
    void datasetNamesAreUtf8();
    void promptsKeepTheirOrder();
    void failedImportLeavesNothing();
    void documentsAndWhatTracesSawOfThem();
    void outcomesAreTheNewestInPromptOrder();
    void outcomesOfAnEarlierTextAreLeftOut();
    void metaValues();
    void readersSeeWhatIsCommittedWhileOthersWrite();
    void twoWorkspacesOnOneFile();

private:
    std::string pathOf(const char* name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    std::unique_ptr<Workspace> create(const char* name) const
    {
        auto workspace = Workspace::open(pathOf(name), OpenMode::OpenOrCreate);
        return workspace ? std::move(*workspace) : nullptr;
    }
    QTemporaryDir m_folder;
};

namespace {

void record(Workspace& workspace, const Trace& trace)
{
    workspace.record(std::make_shared<const Trace>(trace), {});
}

PolicyDocumentPtr policyNamed(const std::string& name, const std::string& hash)
{
    auto policy = std::make_shared<Policy>();
    policy->name = name;
    policy->contentHash = hash;
    auto document = std::make_shared<PolicyDocument>();
    document->text = "{\"name\": \"" + name + "\", \"hash\": \"" + hash + "\"}";
    document->policy = policy;
    return document;
}

DatasetPrompt promptOf(const std::string& id, const std::string& text)
{
    DatasetPrompt prompt;
    prompt.request = Request::fromPrompt(id, text);
    return prompt;
}

Trace simpleTrace(const std::string& promptId, const std::string& prompt)
{
    Trace trace;
    trace.id = newId();
    trace.promptId = promptId;
    trace.startedAtMs = 1000;
    trace.messages = {{"user", prompt}};
    trace.inputHash = sha256Hex(prompt);
    trace.status = TraceStatus::Answered;
    trace.reasons = {"router.scoring"};
    return trace;
}

} // namespace

void WorkspaceTest::tracesComeBackWhole()
{
    const auto workspace = create("whole.signalbox");
    QVERIFY(workspace);
    RandomTraces random(1);
    std::vector<Trace> traces;
    for (int i = 0; i < 300; ++i) {
        traces.push_back(random.next());
        record(*workspace, traces.back());
    }
    QVERIFY(workspace->flush());
    QCOMPARE(workspace->writesQueued(), 0);
    const auto reader = workspace->reader();
    QVERIFY(reader);
    for (const Trace& trace : traces) {
        const Result<Trace> found = (*reader)->trace(trace.id);
        QVERIFY2(found, found ? "" : found.error().message.c_str());
        QCOMPARE(textOf(*found), textOf(trace));
    }
    TraceFilter all;
    all.order = TraceFilter::Order::Oldest;
    const auto light = (*reader)->traces(all);
    QVERIFY(light);
    QCOMPARE(light->size(), traces.size());
    std::map<std::string, std::string> byId;
    for (const Trace& trace : *light) {
        byId[trace.id] = textOf(trace, false);
        QVERIFY(std::all_of(trace.hops.begin(), trace.hops.end(),
                            [](const Hop& hop) { return hop.text.empty(); }));
    }
    for (const Trace& trace : traces)
        QCOMPARE(byId[trace.id], textOf(trace, false));
    const auto problems = (*reader)->check();
    QVERIFY(problems);
    QVERIFY2(problems->empty(), problems->empty() ? "" : problems->front().message.c_str());
}

void WorkspaceTest::filtersAgreeWithAScan()
{
    const auto workspace = create("filters.signalbox");
    RandomTraces random(2);
    std::vector<Trace> traces;
    for (int i = 0; i < 400; ++i) {
        traces.push_back(random.next());
        record(*workspace, traces.back());
    }
    QVERIFY(workspace->flush());
    const auto reader = std::move(*workspace->reader());
    const auto draw = [&](std::uint64_t n) { return random.random().below(n); };
    int matched = 0;
    for (int round = 0; round < 200; ++round) {
        TraceFilter filter;
        if (draw(3) == 0)
            filter.dataset = "set-" + std::to_string(draw(3));
        if (draw(3) == 0)
            filter.policyHash = "hash" + std::to_string(draw(3));
        if (draw(3) == 0)
            filter.tier = "T" + std::to_string(draw(3));
        if (draw(3) == 0)
            filter.status = static_cast<TraceStatus>(draw(4));
        if (draw(3) == 0)
            filter.mode = static_cast<TraceMode>(draw(2));
        if (draw(3) == 0)
            filter.escalated = draw(2) == 0;
        if (draw(3) == 0)
            filter.reason = draw(2) == 0 ? "policy.legal" : "budget.deadline";
        if (draw(3) == 0)
            filter.fromMs = traces[draw(traces.size())].startedAtMs;
        if (draw(3) == 0)
            filter.toMs = traces[draw(traces.size())].startedAtMs;
        filter.order = static_cast<TraceFilter::Order>(draw(5));
        std::set<std::string> expected;
        for (const Trace& t : traces) {
            const bool hasReason =
                std::find(t.reasons.begin(), t.reasons.end(), filter.reason) != t.reasons.end();
            if ((filter.dataset.empty() || t.dataset == filter.dataset) &&
                (filter.policyHash.empty() || t.policyHash == filter.policyHash) &&
                (filter.tier.empty() || t.finalTier == filter.tier) &&
                (!filter.status || t.status == *filter.status) && (!filter.mode || t.mode == *filter.mode) &&
                (!filter.escalated || (t.escalations > 0) == *filter.escalated) &&
                (filter.reason.empty() || hasReason) &&
                (filter.fromMs == 0 || t.startedAtMs >= filter.fromMs) &&
                (filter.toMs == 0 || t.startedAtMs <= filter.toMs))
                expected.insert(t.id);
        }
        const auto rows = reader->traceRows(filter);
        QVERIFY(rows);
        std::set<std::string> found;
        for (const TraceRow& row : *rows)
            found.insert(row.id);
        QVERIFY(found == expected);
        QCOMPARE(rows->size(), expected.size());
        QCOMPARE(*reader->traceCount(filter), static_cast<int>(expected.size()));
        matched += static_cast<int>(expected.size());
        const auto sortedBy = [&](auto value) {
            return std::is_sorted(rows->begin(), rows->end(),
                                  [&](const TraceRow& a, const TraceRow& b) { return value(a) < value(b); });
        };
        switch (filter.order) {
        case TraceFilter::Order::Newest:
            QVERIFY(sortedBy([](const TraceRow& r) { return -r.startedAtMs; }));
            break;
        case TraceFilter::Order::Oldest:
            QVERIFY(sortedBy([](const TraceRow& r) { return r.startedAtMs; }));
            break;
        case TraceFilter::Order::Costliest:
            QVERIFY(sortedBy([](const TraceRow& r) { return -r.knownCost; }));
            break;
        case TraceFilter::Order::Slowest:
            QVERIFY(sortedBy([](const TraceRow& r) { return -r.latencyMs; }));
            break;
        case TraceFilter::Order::LowestQuality:
            QVERIFY(sortedBy([](const TraceRow& r) { return r.quality.value_or(2); }));
            break;
        }
    }
    QVERIFY(matched > 100);
    const auto codes = reader->reasonCodes();
    QVERIFY((*codes == std::vector<std::string>{"budget.deadline", "gate.judge_below.grounding",
                                                "policy.legal", "provider.cut"}));
}

void WorkspaceTest::pagesJoinToTheWholeList()
{
    const auto workspace = create("pages.signalbox");
    RandomTraces random(3);
    for (int i = 0; i < 57; ++i)
        record(*workspace, random.next());
    QVERIFY(workspace->flush());
    const auto reader = std::move(*workspace->reader());
    const auto all = reader->traceRows({});
    std::vector<std::string> joined;
    for (int offset = 0; offset < 60; offset += 10) {
        TraceFilter page;
        page.limit = 10;
        page.offset = offset;
        const auto rows = reader->traceRows(page);
        for (const TraceRow& row : *rows)
            joined.push_back(row.id);
        QCOMPARE(*reader->traceCount(page), 57);
    }
    QCOMPARE(joined.size(), all->size());
    for (std::size_t i = 0; i < joined.size(); ++i)
        QCOMPARE(joined[i], (*all)[i].id);
}

void WorkspaceTest::textIsFoundWithoutRegardToCase()
{
    const auto workspace = create("text.signalbox");
    Trace a = simpleTrace("a", "Wo ist meine ÜBERWEISUNG? 100% sure_");
    a.answer = "It arrived on Monday.";
    Trace b = simpleTrace("b", "Something else");
    b.reasons = {"policy.legal"};
    record(*workspace, a);
    record(*workspace, b);
    QVERIFY(workspace->flush());
    const auto reader = std::move(*workspace->reader());
    const auto found = [&](const char* text) {
        TraceFilter filter;
        filter.text = text;
        std::string ids;
        const auto rows = reader->traceRows(filter);
        for (const TraceRow& row : *rows)
            ids += row.promptId;
        if (static_cast<int>(ids.size()) != *reader->traceCount(filter))
            return std::string("count differs");
        return ids;
    };
    QCOMPARE(found("überweisung"), std::string("a"));
    QCOMPARE(found("MONDAY"), std::string("a"));
    QCOMPARE(found("Policy.Legal"), std::string("b"));
    QCOMPARE(found("100%"), std::string("a"));
    QCOMPARE(found("0_"), std::string());
    QCOMPARE(found("%"), std::string("a"));
    QCOMPARE(found("' OR 1=1 --"), std::string());
    QCOMPARE(found("e"), std::string("ba"));
}

void WorkspaceTest::previewIsOneShortLine()
{
    const auto workspace = create("preview.signalbox");
    std::string prompt = "  First\r\n\tline  ";
    for (int i = 0; i < 200; ++i)
        prompt += "ü";
    record(*workspace, simpleTrace("a", prompt));
    QVERIFY(workspace->flush());
    const auto rows = (*workspace->reader())->traceRows({});
    const QString preview = QString::fromStdString(rows->front().promptPreview);
    QVERIFY(preview.startsWith(QStringLiteral("First line ü")));
    QCOMPARE(preview.size(), 160);
    QVERIFY(preview.endsWith(QStringLiteral("ü")));
}

void WorkspaceTest::lostTraceIsSaidSo()
{
    const auto workspace = create("lost.signalbox");
    const auto reader = std::move(*workspace->reader());
    QCOMPARE(reader->trace("nothing").error().code, std::string("workspace.no_such_trace"));
    QCOMPARE(reader->prompts("nothing").error().code, std::string("workspace.no_such_dataset"));
    QCOMPARE(reader->policyByHash("nothing").error().code, std::string("workspace.no_such_policy"));
}

void WorkspaceTest::oneBadTraceTakesNoOtherAlong()
{
    const auto workspace = create("bad.signalbox");
    RandomTraces random(4);
    std::atomic<int> kept = 0;
    std::atomic<int> refused = 0;
    std::string refusedCode;
    for (int i = 0; i < 100; ++i) {
        Trace trace = random.next();
        if (i == 50)
            trace.hops.back().latencyMs = std::nan(""); // no number at all: there is no row for it
        workspace->record(std::make_shared<const Trace>(trace), [&](const Result<>& durable) {
            if (!durable)
                refusedCode = durable.error().code;
            ++(durable ? kept : refused);
        });
    }
    const Result<> flushed = workspace->flush();
    QVERIFY(!flushed);
    QCOMPARE(kept.load(), 99);
    QCOMPARE(refused.load(), 1);
    QCOMPARE(refusedCode, std::string("workspace.invalid_trace"));
    QVERIFY(workspace->flush()); // an error is told once
    const auto reader = std::move(*workspace->reader());
    QCOMPARE(*reader->traceCount({}), 99);
    QVERIFY(reader->check()->empty());
}

void WorkspaceTest::resolvedIsKept()
{
    const auto workspace = create("resolved.signalbox");
    const Trace trace = simpleTrace("a", "x");
    record(*workspace, trace);
    QVERIFY(workspace->setResolved(trace.id, true));
    const auto reader = std::move(*workspace->reader());
    QCOMPARE(reader->trace(trace.id)->resolved, std::optional(true));
    QVERIFY(workspace->setResolved(trace.id, std::nullopt));
    QCOMPARE(reader->trace(trace.id)->resolved, std::optional<bool>());
    QCOMPARE(workspace->setResolved("nothing", true).error().code, std::string("workspace.no_such_trace"));
}

void WorkspaceTest::aRatingIsKeptAndTheNewestCounts()
{
    const auto workspace = create("rated.signalbox");
    const Trace trace = simpleTrace("a", "x");
    record(*workspace, trace);
    const auto reader = std::move(*workspace->reader());
    QVERIFY(!reader->rating(trace.id)->has_value());
    for (const TierFit fit :
         {TierFit::GoodFit, TierFit::Overprovisioned, TierFit::Failed, TierFit::Underpowered}) {
        QVERIFY(workspace->rate(trace.id, fit, "ann"));
        const auto rating = *reader->rating(trace.id);
        QVERIFY(rating.has_value());
        QCOMPARE(rating->fit, fit);
        QCOMPARE(rating->author, std::string("ann"));
        QVERIFY(rating->atMs > 0);
    }
    QVERIFY(workspace->rate(trace.id, std::nullopt, "ann"));
    QVERIFY(!reader->rating(trace.id)->has_value());
    QCOMPARE(workspace->rate("nothing", TierFit::GoodFit, "ann").error().code,
             std::string("workspace.no_such_trace"));
    QVERIFY(reader->check()->empty());
}

void WorkspaceTest::policiesKeepTheirHistory()
{
    const auto workspace = create("policies.signalbox");
    QCOMPARE(*workspace->savePolicy(*policyNamed("Harbor", "h1"), "ann", "first"), 1);
    QCOMPARE(*workspace->savePolicy(*policyNamed("Harbor", "h1"), "ann", "again"), 1);
    QCOMPARE(*workspace->savePolicy(*policyNamed("Harbor", "h2"), "bob", "raise"), 2);
    QCOMPARE(*workspace->savePolicy(*policyNamed("Harbor", "h1"), "ann", "back"), 3);
    QCOMPARE(*workspace->savePolicy(*policyNamed("A@B", "h3"), "ann", "odd name"), 1);
    const auto reader = std::move(*workspace->reader());
    const auto versions = reader->policyVersions("Harbor");
    QCOMPARE(versions->size(), std::size_t{3});
    QCOMPARE(versions->front().version, 3);
    QCOMPARE(versions->front().message, std::string("back"));
    QCOMPARE(reader->policyVersions()->size(), std::size_t{4});
    QCOMPARE(reader->policyByReference("Harbor")->contentHash, std::string("h1"));
    QCOMPARE(reader->policyByReference("Harbor@2")->author, std::string("bob"));
    QCOMPARE(reader->policyByReference("Harbor@2")->text, policyNamed("Harbor", "h2")->text);
    QCOMPARE(reader->policyByReference("A@B")->contentHash, std::string("h3"));
    QCOMPARE(reader->policyByReference("A@B@1")->contentHash, std::string("h3"));
    QVERIFY(!reader->policyByReference("Harbor@4"));
    QVERIFY(!reader->policyByReference("Harbor@0"));
    QCOMPARE(reader->policyByHash("h1")->version, 3);
    PolicyDocument nameless;
    QCOMPARE(workspace->savePolicy(nameless, "ann", "").error().code,
             std::string("workspace.unnamed_policy"));
}

void WorkspaceTest::policyWithAKeyIsNotStored()
{
    const auto workspace = create("secrets.signalbox");
    const std::string secret = "sk-live-51HxYzAbCdEfGhIjKl";
    const std::string head = R"({"signalbox": 1, "name": "Harbor", "endpoints": [{"id": "here", )";
    const std::string inQuotes = '"' + secret + '"';
    for (const std::string& rest : {"\"key\": " + inQuotes + "}]}", "\"key\": {\"env\": " + inQuotes + "}}]}",
                                    "\"base_url\": \"https://u:" + secret + "@example.com/v1\"}]}",
                                    "\"residency\": \"eu\"}]} // " + secret}) {
        const auto document = readPolicy(head + rest);
        QVERIFY(document->policy);
        const Result<int> saved = workspace->savePolicy(*document, "ann", "m");
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, std::string("workspace.literal_key"));
        QVERIFY2(saved.error().message.find("environment variable") != std::string::npos,
                 saved.error().message.c_str());
        QVERIFY(saved.error().message.find(secret) == std::string::npos);
    }
    const auto pointed = workspace->savePolicy(*readPolicy(head + "\"key\": \"hunter2\"}]}"), "ann", "m");
    QVERIFY(pointed.error().message.find("/endpoints/here/key") != std::string::npos);
    QVERIFY((*workspace->reader())->policyVersions()->empty());
    QVERIFY(workspace->flush());
    for (const char* file : {"secrets.signalbox", "secrets.signalbox-wal"}) {
        QFile bytes(QString::fromStdString(pathOf(file)));
        QVERIFY(bytes.open(QFile::ReadOnly));
        QVERIFY(!bytes.readAll().contains(secret.c_str()));
    }
    QVERIFY(workspace->savePolicy(*readPolicy(head + "\"key\": {\"env\": \"HARBOR_KEY\"}}]}"), "ann", "m"));
}

void WorkspaceTest::datasetNamesAreUtf8()
{
    const auto workspace = create("names.signalbox");
    QCOMPARE(workspace->importPrompts("a\xff", {promptOf("a", "b")}, "f").error().code,
             std::string("workspace.bad_dataset_name"));
    QVERIFY((*workspace->reader())->datasets()->empty());
    QVERIFY(workspace->importPrompts("Übung 😀", {promptOf("a", "b")}, "f"));
}

void WorkspaceTest::promptsKeepTheirOrder()
{
    const auto workspace = create("prompts.signalbox");
    DatasetPrompt rich = promptOf("b", "second");
    rich.request.metadata = {{"customer", "gold"}};
    rich.request.attachments = {{"image", "x.png"}};
    rich.request.messages.insert(rich.request.messages.begin(), {"system", "Be kind"});
    rich.request.reference = "an answer";
    rich.intent = "orders";
    rich.difficulty = 2;
    rich.needsRetrieval = false;
    rich.labelsJson = "{\"intent\":\"orders\"}";
    QCOMPARE(*workspace->importPrompts("set", {promptOf("z", "first"), rich, promptOf("a", "third")},
                                       "file.jsonl"),
             3);
    QCOMPARE(*workspace->importPrompts("set", {promptOf("n", "fourth"), promptOf("z", "first, mended")},
                                       "more.jsonl"),
             2);
    const auto reader = std::move(*workspace->reader());
    const auto prompts = reader->prompts("set");
    QVERIFY(prompts);
    QCOMPARE(prompts->size(), std::size_t{4});
    QCOMPARE((*prompts)[0].request.id, std::string("z"));
    QCOMPARE(std::string((*prompts)[0].request.lastUserText()), std::string("first, mended"));
    QVERIFY((*prompts)[1].request.messages == rich.request.messages);
    QVERIFY((*prompts)[1].request.metadata == rich.request.metadata);
    QVERIFY((*prompts)[1].request.attachments == rich.request.attachments);
    QCOMPARE((*prompts)[1].request.reference, rich.request.reference);
    QCOMPARE((*prompts)[1].intent, rich.intent);
    QCOMPARE((*prompts)[1].difficulty, 2);
    QCOMPARE((*prompts)[1].needsRetrieval, std::optional(false));
    QCOMPARE((*prompts)[1].labelsJson, rich.labelsJson);
    QCOMPARE((*prompts)[3].request.id, std::string("n"));

    Trace trace = simpleTrace("z", "first, mended");
    trace.dataset = "set";
    record(*workspace, trace);
    trace.id = newId();
    trace.mode = TraceMode::AllTiers;
    record(*workspace, trace);
    QVERIFY(workspace->flush());
    const auto infos = reader->datasets();
    QCOMPARE(infos->size(), std::size_t{1});
    const DatasetInfo& info = infos->front();
    QCOMPARE(info.name, std::string("set"));
    QCOMPARE(info.source, std::string("file.jsonl"));
    QCOMPARE(info.prompts, 4);
    QCOMPARE(info.withReference, 1);
    QCOMPARE(info.withLabels, 1);
    QCOMPARE(info.traces, 1);
    QCOMPARE(info.allTierTraces, 1);
    QVERIFY(info.createdAtMs > 0);
}

void WorkspaceTest::failedImportLeavesNothing()
{
    const auto workspace = create("import.signalbox");
    QVERIFY(!workspace->importPrompts("", {promptOf("a", "x")}, "f"));
    QVERIFY(workspace->importPrompts("set", {promptOf("a", "x")}, "f"));
    const auto readOnly = Workspace::open(workspace->path(), OpenMode::ReadOnly);
    QVERIFY(readOnly);
    QCOMPARE((*readOnly)->importPrompts("set", {promptOf("b", "y")}, "f").error().code,
             std::string("workspace.read_only"));
    Result<> durable;
    (*readOnly)->record(std::make_shared<const Trace>(simpleTrace("a", "x")),
                        [&](Result<> r) { durable = r; });
    QVERIFY(!durable);
    QCOMPARE(durable.error().code, std::string("workspace.read_only"));
    QCOMPARE((*(*readOnly)->reader())->prompts("set")->size(), std::size_t{1});
}

void WorkspaceTest::documentsAndWhatTracesSawOfThem()
{
    const auto workspace = create("documents.signalbox");
    QCOMPARE(*workspace->importDocuments({{"r", "Refunds", "Five days."}, {"s", "Shipping", "Two days."}}),
             2);
    Trace trace = simpleTrace("a", "refund?");
    trace.retrieved = {{"r", "Refunds", "Five days.", 1.0}, {"gone", "Gone", "Never imported", 0.4}};
    record(*workspace, trace);
    QVERIFY(workspace->importDocuments({{"r", "Refunds", "Three days."}}));
    const auto reader = std::move(*workspace->reader());
    const auto documents = reader->documents();
    QCOMPARE(documents->size(), std::size_t{2});
    std::map<std::string, std::string> texts;
    for (const Document& document : *documents)
        texts[document.id] = document.text;
    QCOMPARE(texts["r"], std::string("Three days."));
    QCOMPARE(texts["s"], std::string("Two days."));
    QCOMPARE(textOf(*reader->trace(trace.id)), textOf(trace));
    QVERIFY(workspace->importDocuments({{"r", "Refunds", "Five days."}}));
    QCOMPARE(reader->documents()->size(), std::size_t{2});
}

void WorkspaceTest::outcomesAreTheNewestInPromptOrder()
{
    const auto workspace = create("outcomes.signalbox");
    QVERIFY(
        workspace->importPrompts("set", {promptOf("c", "1"), promptOf("a", "2"), promptOf("b", "3")}, "f"));
    const auto add = [&](const char* prompt, const char* answer, std::int64_t at, TraceMode mode,
                         TraceStatus status) {
        const std::string name = prompt;
        Trace trace = simpleTrace(name, name == "c" ? "1" : name == "a" ? "2" : name);
        trace.inputHash = Request::fromPrompt(name, trace.messages.front().content).inputHash();
        trace.dataset = "set";
        trace.answer = answer;
        trace.startedAtMs = at;
        trace.mode = mode;
        trace.status = status;
        record(*workspace, trace);
    };
    add("a", "a-new", 20, TraceMode::AllTiers, TraceStatus::Answered);
    add("a", "a-old", 10, TraceMode::AllTiers, TraceStatus::Answered);
    add("a", "a-live", 30, TraceMode::Policy, TraceStatus::Answered);
    add("c", "c-only", 5, TraceMode::AllTiers, TraceStatus::Answered);
    add("c", "c-cancelled", 6, TraceMode::AllTiers, TraceStatus::Cancelled);
    add("elsewhere", "x", 5, TraceMode::AllTiers, TraceStatus::Answered);
    QVERIFY(workspace->flush());
    const auto traces = (*workspace->reader())->outcomeTraces("set");
    QVERIFY2(traces, traces ? "" : traces.error().message.c_str());
    QCOMPARE(traces->size(), std::size_t{2});
    QCOMPARE((*traces)[0].answer, std::string("c-only"));
    QCOMPARE((*traces)[1].answer, std::string("a-new"));
}

void WorkspaceTest::outcomesOfAnEarlierTextAreLeftOut()
{
    const auto workspace = create("retold.signalbox");
    const auto answered = [&](const DatasetPrompt& prompt, const char* answer, std::int64_t at) {
        Trace trace = simpleTrace(prompt.request.id, "");
        trace.messages = prompt.request.messages;
        trace.metadata = prompt.request.metadata;
        trace.attachments = prompt.request.attachments;
        trace.inputHash = prompt.request.inputHash();
        trace.dataset = "set";
        trace.mode = TraceMode::AllTiers;
        trace.answer = answer;
        trace.startedAtMs = at;
        record(*workspace, trace);
        QVERIFY(workspace->flush());
    };
    const auto answers = [&] {
        std::string all;
        const auto reader = workspace->reader();
        const auto traces = (*reader)->outcomeTraces("set");
        for (const Trace& trace : *traces)
            all += trace.answer + " ";
        return all;
    };
    const DatasetPrompt first = promptOf("a", "Where is my refund?");
    DatasetPrompt pictured = first;
    pictured.request.attachments.push_back({"image", "x.png"});
    const DatasetPrompt other = promptOf("b", "Hello");
    QVERIFY(workspace->importPrompts("set", {first, other}, "f"));
    answered(first, "first", 10);
    answered(other, "other", 10);
    QCOMPARE(answers(), std::string("first other "));
    QVERIFY(workspace->importPrompts("set", {pictured}, "f"));
    QCOMPARE(answers(), std::string("other "));
    answered(pictured, "pictured", 20);
    QCOMPARE(answers(), std::string("pictured other "));
    // The first text comes back, and with it what was answered to it.
    QVERIFY(workspace->importPrompts("set", {first}, "f"));
    QCOMPARE(answers(), std::string("first other "));
}

void WorkspaceTest::metaValues()
{
    const auto workspace = create("meta.signalbox");
    const auto reader = std::move(*workspace->reader());
    QCOMPARE(*reader->meta("sample.version"), std::optional<std::string>());
    QVERIFY(workspace->setMeta("sample.version", "1"));
    QVERIFY(workspace->setMeta("sample.version", ""));
    QCOMPARE(*reader->meta("sample.version"), std::optional<std::string>(""));
}

void WorkspaceTest::readersSeeWhatIsCommittedWhileOthersWrite()
{
    const auto workspace = create("concurrent.signalbox");
    std::atomic<int> durable = 0;
    std::thread writing([&] {
        RandomTraces random(6);
        for (int i = 0; i < 1000; ++i)
            workspace->record(std::make_shared<const Trace>(random.next()),
                              [&](const Result<>& kept) { durable += kept ? 1 : 0; });
    });
    const auto reader = std::move(*workspace->reader());
    int seen = 0;
    bool whole = true;
    bool monotone = true;
    while (seen < 1000 && whole && monotone) {
        const int before = durable.load();
        const auto rows = reader->traces({});
        whole = rows.has_value();
        if (!whole)
            break;
        // Everything that was called durable is there, and nothing is there by halves.
        monotone = static_cast<int>(rows->size()) >= std::max(seen, before);
        for (const Trace& trace : *rows)
            whole = whole && !trace.hops.empty() && !trace.reasons.empty();
        seen = static_cast<int>(rows->size());
    }
    writing.join();
    QVERIFY(whole);
    QVERIFY(monotone);
    QVERIFY(workspace->flush());
    QCOMPARE(durable.load(), 1000);
}

void WorkspaceTest::twoWorkspacesOnOneFile()
{
    const auto first = create("shared.signalbox");
    const auto second = Workspace::open(pathOf("shared.signalbox"), OpenMode::ReadWrite);
    QVERIFY(second);
    RandomTraces random(8);
    for (int i = 0; i < 200; ++i)
        record(i % 2 == 0 ? *first : **second, random.next());
    QVERIFY(first->flush());
    QVERIFY((*second)->flush());
    const auto reader = std::move(*first->reader());
    QCOMPARE(*reader->traceCount({}), 200);
    QVERIFY(reader->check()->empty());
}

QTEST_GUILESS_MAIN(WorkspaceTest)
#include "tst_workspace.moc"
