// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/document.h"

#include "base/clock.h"
#include "base/ids.h"
#include "base/text.h"
#include "policy/canonical.h"
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"
#include "policy/doctor.h"
#include "policy/pointer.h"
#include "policy/quick_fix.h"
#include "policy/secret_scan.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <future>
#include <utility>

namespace signalbox {

namespace {

constexpr std::size_t kMostDiagnostics = 200;

Severity severityOf(const char* code)
{
    const DiagnosticInfo* info = diagnosticInfo(code);
    return info ? info->severity : Severity::Error;
}

Diagnostic fromIssue(const SyntaxTree& tree, SyntaxIssue issue)
{
    Diagnostic out;
    out.code = issue.code;
    out.severity = severityOf(issue.code);
    if (issue.node != kNoNode && tree.readable())
        out.pointer = pointerOf(tree, issue.node);
    out.offset = issue.offset;
    out.length = issue.length;
    out.fixes = fixesOfIssue(tree, issue);
    out.message = std::move(issue.message);
    out.hint = std::move(issue.hint);
    return out;
}

Diagnostic fromFinding(const DecodeContext& context, const Finding& finding)
{
    const SyntaxTree& tree = context.tree();
    Diagnostic out;
    out.code = finding.code;
    out.severity = severityOf(finding.code);
    out.pointer = pointerOf(tree, finding.node);
    const SyntaxNode& node = tree.node(finding.node);
    out.offset = finding.atKey && node.keyLength > 0 ? node.keyOffset : node.offset;
    out.length = finding.atKey && node.keyLength > 0 ? node.keyLength : node.length;
    out.message = finding.message;
    out.hint = finding.hint;
    out.fixes = finding.fixes.empty() ? fixesOfFinding(context, finding) : finding.fixes;
    return out;
}

/// A key that stands where the decoder did not look for one: in a text, behind an unknown name.
void reportSecret(DecodeContext& context, const std::string& pointer)
{
    const auto isOfKeys = [](const Finding& finding) {
        return std::string_view(finding.code) == diagnostic::kLiteralKey ||
               std::string_view(finding.code) == diagnostic::kUrlCredentials;
    };
    if (std::ranges::any_of(context.findings(), isOfKeys))
        return;
    const NodeIndex found = pointer.empty() ? kNoNode : nodeAt(context.tree(), pointer);
    context.report(
        diagnostic::kLiteralKey, found == kNoNode ? context.tree().root() : found,
        "This looks like a key; a policy must not hold one.",
        "Remove it, and have the key replaced: a key that was saved in a file is no secret any more.");
}

/// Lines and columns in one pass; the diagnostics must be sorted by offset.
void placeInText(std::vector<Diagnostic>& diagnostics, std::string_view text)
{
    std::size_t at = 0;
    int line = 1;
    int column = 1;
    for (Diagnostic& diagnostic : diagnostics) {
        const std::size_t to = std::min(diagnostic.offset, text.size());
        for (; at < to; ++at) {
            if (text[at] == '\n') {
                ++line;
                column = 1;
            } else if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80) {
                ++column;
            }
        }
        diagnostic.line = line;
        diagnostic.column = column;
    }
}

/// Errors first when not all fit, then in the order of the text.
std::vector<Diagnostic> bounded(std::vector<Diagnostic> all, bool more)
{
    if (all.size() > kMostDiagnostics || (more && all.size() == kMostDiagnostics)) {
        std::ranges::stable_sort(all, {}, &Diagnostic::severity);
        all.resize(kMostDiagnostics - 1);
        more = true;
    }
    if (more) {
        Diagnostic note;
        note.code = diagnostic::kTooManyProblems;
        note.severity = Severity::Note;
        note.message = "There are more problems than are shown.";
        note.hint = "Mend these first; the others show then.";
        all.push_back(std::move(note));
    }
    std::ranges::stable_sort(all, {}, &Diagnostic::offset);
    return all;
}

/// What an export says of the content must still be true of it.
void checkExportedHash(DecodeContext& context)
{
    const SyntaxTree& tree = context.tree();
    const NodeIndex mark = tree.member(tree.root(), "export");
    const NodeIndex hash =
        mark != kNoNode && tree.kind(mark) == NodeKind::Object ? tree.member(mark, "hash") : kNoNode;
    if (hash == kNoNode || tree.kind(hash) != NodeKind::String ||
        tree.string(hash) == context.policy().contentHash)
        return;
    context.report(
        diagnostic::kEditedAfterExport, hash,
        "The policy was edited after it was exported: \"hash\" is not that of its content.",
        "Export it again, which checks it again; or remove \"export\" when it is no export any more.",
        fixByRemoving(tree, mark, "Remove \"export\""));
}

constexpr std::size_t kReadTogetherBelow = 100'000; ///< bytes; a thread of its own would cost more than it saves

/// What needs the tree and nothing of the decoder.
struct Aside
{
    std::optional<std::string> secretAt;
    std::string contentHash; ///< of an object only
};

Aside lookAt(const SyntaxTree& tree, bool object, const PolicyDocument* before)
{
    Aside out;
    out.secretAt = findSecret(tree, before && !before->secretAt ? std::string_view(before->text) : std::string_view());
    if (object)
        out.contentHash = sha256Hex(canonicalText(tree, ExportMark::Drop));
    return out;
}

} // namespace

int PolicyDocument::count(Severity severity) const
{
    return static_cast<int>(std::ranges::count(diagnostics, severity, &Diagnostic::severity));
}

Diagnostic diagnosticAt(const PolicyDocument& document, const char* code, NodeIndex node, std::string message,
                        std::string hint)
{
    std::vector<Diagnostic> one(1);
    one[0].code = code;
    one[0].severity = severityOf(code);
    one[0].pointer = pointerOf(document.tree, node);
    one[0].offset = document.tree.node(node).offset;
    one[0].length = document.tree.node(node).length;
    one[0].message = std::move(message);
    one[0].hint = std::move(hint);
    placeInText(one, document.text);
    return std::move(one[0]);
}

PolicyDocumentPtr readPolicy(std::string text, const ReadOptions& options)
{
    auto document = std::make_shared<PolicyDocument>();
    document->text = std::move(text);
    document->tree = SyntaxTree::parse(document->text);
    const SyntaxTree& tree = document->tree;
    const bool object = tree.readable() && tree.kind(tree.root()) == NodeKind::Object;
    auto aside = std::async(document->text.size() < kReadTogetherBelow ? std::launch::deferred : std::launch::async,
                            [&tree, object, before = options.before.get()] { return lookAt(tree, object, before); });
    std::vector<Diagnostic> diagnostics;
    bool more = tree.issues().size() >= SyntaxTree::kMaxIssues;
    for (const SyntaxIssue& issue : tree.issues())
        diagnostics.push_back(fromIssue(tree, issue));

    if (tree.readable()) {
        auto policy = std::make_shared<Policy>();
        DecodeContext context(tree, *policy);
        context.newPatternsLeft = options.mostNewPatterns;
        context.before = options.before.get();
        if (object)
            decodeTop(context);
        else
            context.report(diagnostic::kNotAnObject, tree.root(), "A policy is a JSON object.",
                           "It begins with {\"signalbox\": 1, …}.");
        Aside found = aside.get();
        document->secretAt = std::move(found.secretAt);
        if (object && document->secretAt)
            reportSecret(context, *document->secretAt);
        // With errors about, what the doctor sees would mostly follow from them.
        document->uncheckedPatterns = context.uncheckedPatterns;
        document->rulePatternWork = std::move(context.rulePatternWork);
        if (context.errorCount() == 0 && diagnostics.empty() && context.uncheckedPatterns == 0)
            examinePolicy(context, options.today.empty() ? todayUtc() : options.today);
        if (object) {
            policy->contentHash = std::move(found.contentHash);
            checkExportedHash(context);
        }
        for (const Finding& finding : context.findings())
            diagnostics.push_back(fromFinding(context, finding));
        more = more || context.truncated();
        if (object)
            document->policy = std::move(policy);
    } else {
        document->secretAt = aside.get().secretAt;
    }
    // A fix repeats parts of the text; a key must not be among them.
    if (document->secretAt) {
        for (Diagnostic& diagnostic : diagnostics)
            diagnostic.fixes.clear();
    }
    document->diagnostics = bounded(std::move(diagnostics), more);
    placeInText(document->diagnostics, document->text);
    return document;
}

Result<PolicyDocumentPtr> readPolicyFile(const std::string& path, const ReadOptions& options)
{
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    const auto failed = [&](const std::string& why) {
        return fail("policy.unreadable", "The policy file \"" + path + "\" cannot be read: " + why + ".",
                    path);
    };
    if (!file)
        return failed(errno != 0 ? std::strerror(errno) : "it cannot be opened");
    // One byte more than is allowed, so that readPolicy() can say that there is too much.
    std::string text;
    char block[1 << 16];
    errno = 0;
    while (text.size() <= SyntaxTree::kMaxBytes) {
        file.read(block, sizeof block);
        text.append(block, static_cast<std::size_t>(file.gcount()));
        if (!file)
            break;
    }
    if (file.bad() || (!file.eof() && text.size() <= SyntaxTree::kMaxBytes))
        return failed(errno != 0 ? std::strerror(errno) : "reading stopped");
    return readPolicy(std::move(text), options);
}

bool carriesSecret(const PolicyDocument& document)
{
    return document.secretAt.has_value();
}

std::string secretAdvice(const PolicyDocument& document)
{
    if (!document.secretAt)
        return {};
    const std::string where =
        document.secretAt->empty() ? "in its text" : "at " + toValidUtf8(*document.secretAt);
    return "A key stands in the policy, " + where +
           ": remove it, and name an environment variable that holds it instead, {\"env\": \"ITS_NAME\"}.";
}

Result<std::string> canonicalPolicyText(std::string_view text)
{
    const SyntaxTree tree = SyntaxTree::parse(text);
    if (!tree.readable() || !tree.issues().empty()) {
        const SyntaxIssue& issue = tree.issues().front();
        const std::string before(text.substr(0, issue.offset));
        const auto line = 1 + std::ranges::count(before, '\n');
        return fail("policy.not_json",
                    "The text has no canonical form: line " + std::to_string(line) + ": " + issue.message);
    }
    return canonicalText(tree, ExportMark::Keep);
}

} // namespace signalbox
