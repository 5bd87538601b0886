// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/policy_export.h"

#include "policy/edit.h"
#include "workspace/reader.h"

#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

using nlohmann::json;

std::string counted(int n, const char* one, const char* many)
{
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

/// What an earlier export said, if the text has been exported before.
struct EarlierExport
{
    std::string hash;
    int version = 0;
};

EarlierExport earlierExport(const std::string& text)
{
    EarlierExport out;
    const Result<std::string> mark = valueAt(text, "/export");
    const json value = mark ? json::parse(*mark, nullptr, false) : json();
    if (!value.is_object())
        return out;
    if (const auto hash = value.find("hash"); hash != value.end() && hash->is_string())
        out.hash = hash->get<std::string>();
    if (const auto version = value.find("version"); version != value.end() && version->is_number_integer())
        out.version = version->get<int>();
    return out;
}

/// The policy as it is without the mark of an export: what the mark says of itself is not counted.
Result<PolicyDocumentPtr> withoutMark(const PolicyDocument& document)
{
    if (!valueAt(document.text, "/export"))
        return document.uncheckedPatterns > 0 ? readPolicy(document.text)
                                              : PolicyDocumentPtr(PolicyDocumentPtr(), &document); // the caller's
    Result<std::string> text = removeValue(document.text, "/export");
    if (!text)
        return tl::unexpected<Error>(text.error());
    return readPolicy(std::move(*text));
}

/// A release gate that no trace of this content speaks for, or "".
Result<std::string> gateWithoutEvidence(const Policy& policy, WorkspaceReader* evidence)
{
    for (const ReleaseGate& gate : policy.releaseGates) {
        const Result<bool> found = evidence ? hasEvidence(policy, gate, *evidence) : Result<bool>(false);
        if (!found)
            return tl::unexpected<Error>(found.error());
        if (!*found)
            return "Release gate \"" + gate.id +
                   "\" has no evidence: no trace of this policy over the dataset \"" + gate.dataset + "\"" +
                   (evidence ? "." : " was looked at, since no workspace was named.");
    }
    return std::string();
}

} // namespace

Result<bool> hasEvidence(const Policy& policy, const ReleaseGate& gate, WorkspaceReader& workspace)
{
    TraceFilter filter;
    filter.policyHash = policy.contentHash;
    filter.dataset = gate.dataset;
    const Result<int> traces = workspace.traceCount(filter);
    if (!traces)
        return tl::unexpected<Error>(traces.error());
    return *traces > 0;
}

Result<std::string> exportSignalboxPolicy(const PolicyDocument& document, const ExportOptions& options)
{
    if (carriesSecret(document))
        return fail("export.literal_key", "The policy was not exported. " + secretAdvice(document));
    const Result<PolicyDocumentPtr> plain = withoutMark(document);
    if (!plain)
        return tl::unexpected<Error>(plain.error());
    const int errors = (*plain)->count(Severity::Error);
    if (errors > 0 && !options.force)
        return fail("export.has_errors", "The policy has " + counted(errors, "error", "errors") +
                                             " and was not exported: mend " + (errors == 1 ? "it" : "them") + ", or export it "
                                             "marked as it is with --force.");
    std::string missing;
    if (errors == 0 && (*plain)->policy) {
        const Result<std::string> gate = gateWithoutEvidence(*(*plain)->policy, options.evidence);
        if (!gate)
            return tl::unexpected<Error>(gate.error());
        missing = *gate;
        if (!missing.empty() && !options.force)
            return fail("export.no_evidence", missing +
                                                  " The policy was not exported: run the dataset first, or "
                                                  "export the policy marked as it is with --force.");
    }
    const std::string hash = (*plain)->policy ? (*plain)->policy->contentHash : std::string();
    const EarlierExport earlier = earlierExport(document.text);
    const int version = options.version > 0 ? options.version : earlier.hash == hash ? earlier.version : 0;

    json mark = {{"forced", errors > 0 || !missing.empty()},
                 {"errors", errors},
                 {"warnings", (*plain)->count(Severity::Warning)},
                 {"notes", (*plain)->count(Severity::Note)},
                 {"hash", hash}};
    if (version > 0)
        mark["version"] = version;
    const Result<std::string> marked = setValue((*plain)->text, "/export", mark.dump());
    if (!marked)
        return tl::unexpected<Error>(marked.error());
    return canonicalPolicyText(*marked);
}

Result<std::string> exportSignalboxPolicy(const PolicyDocument& document, bool force)
{
    ExportOptions options;
    options.force = force;
    return exportSignalboxPolicy(document, options);
}

} // namespace signalbox
