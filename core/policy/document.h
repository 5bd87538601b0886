// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A policy as its author wrote it: the text, what it says, and what is wrong with it. Immutable; an edit makes a
// new document. Reading never fails: a text that is no JSON at all gives a document without a policy and with the
// diagnostic that says why. Thread-safe; reading 1.4 MB takes milliseconds, so callers may do it off the main thread.

#include "base/result.h"
#include "policy/diagnostic.h"
#include "policy/policy.h"
#include "policy/syntax_tree.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

struct PolicyDocument
{
    PolicyDocument() = default;
    PolicyDocument(const PolicyDocument&) = delete; ///< documents are shared: the tree points into this one's text
    PolicyDocument& operator=(const PolicyDocument&) = delete;

    std::string text;
    SyntaxTree tree; ///< of the text; empty in a document that nobody read
    PolicyPtr policy; ///< best effort when there are errors; null when the text is no JSON object
    std::vector<Diagnostic> diagnostics; ///< sorted by offset
    int uncheckedPatterns = 0; ///< not compiled for want of ReadOptions::mostNewPatterns: read it again without
    /// Of each rule, the instructions of its patterns; -1 where there was something to say of it.
    std::vector<std::int64_t> rulePatternWork;
    std::optional<std::string> secretAt; ///< pointer of what looks like a key; "" = somewhere in the text

    int count(Severity severity) const;
    /// No errors: may be run and exported.
    bool runnable() const { return policy && uncheckedPatterns == 0 && count(Severity::Error) == 0; }
};

using PolicyDocumentPtr = std::shared_ptr<const PolicyDocument>;

struct ReadOptions
{
    std::string today; ///< YYYY-MM-DD, for the age of prices; empty = the clock
    /// How many patterns that were never seen before may be compiled. Compiling one can take milliseconds, so where
    /// nobody may wait, few are allowed; the others are left unchecked.
    int mostNewPatterns = 1'000'000'000;
    /// An earlier text of the same policy: rules that are equal in both are not decoded again. It changes how long
    /// reading takes, never what comes of it.
    PolicyDocumentPtr before = nullptr;
};

/// Decodes and examines a text. Bounded: at most 128 MiB, 64 levels deep, 200 diagnostics.
PolicyDocumentPtr readPolicy(std::string text, const ReadOptions& options = {});

/// Reads a file; an error only when the file cannot be read.
Result<PolicyDocumentPtr> readPolicyFile(const std::string& path, const ReadOptions& options = {});

/// A diagnostic on a node of the document, for what is found out about it elsewhere.
Diagnostic diagnosticAt(const PolicyDocument& document, const char* code, NodeIndex node, std::string message,
                        std::string hint);

/// True when a key, or a URL with credentials, stands in the text itself. Such a text is never stored or exported.
/// Does not depend on the diagnostics, of which only some are kept.
bool carriesSecret(const PolicyDocument& document);

/// Where it stands and what to do instead, in sentences that do not repeat it.
std::string secretAdvice(const PolicyDocument& document);

/// The canonical form: stable key order, one leaf a line, ends with a newline. The text must be a JSON document.
Result<std::string> canonicalPolicyText(std::string_view text);

} // namespace signalbox
