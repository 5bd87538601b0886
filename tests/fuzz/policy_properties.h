// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What must hold of reading any text at all as a policy. Shared by the fuzzer and by the test that replays
// its corpus and mutations of it.

#include "policy/document.h"
#include "policy/edit.h"
#include "policy/pointer.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace signalbox::properties {

inline std::map<std::string, int> codesOf(const PolicyDocument& document)
{
    std::map<std::string, int> codes;
    for (const Diagnostic& d : document.diagnostics)
        ++codes[d.code];
    return codes;
}

inline std::string ofDiagnostics(const PolicyDocument& document)
{
    std::size_t before = 0;
    if (document.diagnostics.size() > 200)
        return "more than 200 diagnostics";
    for (const Diagnostic& d : document.diagnostics) {
        if (d.offset < before)
            return "diagnostics are not sorted";
        before = d.offset;
        if (d.offset > document.text.size() || d.length > document.text.size() - d.offset)
            return "a diagnostic lies outside of the text";
        if (d.line < 1 || d.column < 1 || d.message.empty())
            return "a diagnostic has no place or no message";
        if (document.policy && !rangeOf(document.text, d.pointer))
            return "the pointer " + d.pointer + " leads nowhere";
    }
    if (!document.policy && document.count(Severity::Error) == 0)
        return "no policy, and no error that says why";
    return {};
}

inline std::string ofTree(const SyntaxTree& tree)
{
    for (NodeIndex node = 0; node < tree.size(); ++node) {
        if (tree.issues().empty() && nodeAt(tree, pointerOf(tree, node)) != node)
            return "the pointer of a node leads elsewhere: " + pointerOf(tree, node);
        const SyntaxTree alone = SyntaxTree::parse(tree.valueText(node));
        if (!alone.readable() || alone.kind(0) != tree.kind(node) ||
            alone.node(0).length != tree.node(node).length)
            return "the text of a node is not the node";
    }
    return {};
}

/// "" when all is well, else what is not. Small texts are taken apart node by node.
inline std::string violated(std::string_view text)
{
    const ReadOptions options{.today = "2026-11-22"};
    const PolicyDocumentPtr document = readPolicy(std::string(text), options);
    if (std::string problem = ofDiagnostics(*document); !problem.empty())
        return problem;
    // As after a key: the text without one of its bytes was read before.
    std::string shorter(text);
    if (!shorter.empty())
        shorter.erase(shorter.size() / 2, 1);
    const PolicyDocumentPtr reread = readPolicy(
        std::string(text), {.today = options.today, .before = readPolicy(std::move(shorter), options)});
    if (codesOf(*reread) != codesOf(*document) || !reread->policy != !document->policy ||
        (document->policy && !std::ranges::equal(reread->policy->rules, document->policy->rules)))
        return "reading after an edit gives something else";
    const SyntaxTree tree = SyntaxTree::parse(document->text);
    if (text.size() < 4000) {
        if (std::string problem = ofTree(tree); !problem.empty())
            return problem;
    }
    const auto canonical = canonicalPolicyText(text);
    if (canonical.has_value() != (tree.readable() && tree.issues().empty()))
        return "a canonical form of what is not JSON, or none of what is";
    if (!canonical)
        return {};
    const auto again = canonicalPolicyText(*canonical);
    if (!again || *again != *canonical)
        return "the canonical form is not its own canonical form";
    const PolicyDocumentPtr second = readPolicy(*canonical, options);
    if (static_cast<bool>(second->policy) != static_cast<bool>(document->policy))
        return "the canonical form is no policy, or the text is none";
    if (second->policy && second->policy->contentHash != document->policy->contentHash)
        return "the canonical form has another hash";
    if (document->diagnostics.size() < 200 && codesOf(*second) != codesOf(*document))
        return "the canonical form has other diagnostics";
    return {};
}

} // namespace signalbox::properties
