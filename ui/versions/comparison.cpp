// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/comparison.h"

namespace signalbox {

namespace {

std::shared_ptr<const std::string> textOf(const PolicyDocumentPtr& document)
{
    if (!document)
        return std::make_shared<const std::string>();
    auto canonical = canonicalPolicyText(document->text);
    return std::make_shared<const std::string>(canonical ? std::move(*canonical) : document->text);
}

} // namespace

std::shared_ptr<const Comparison> compareDocuments(PolicyDocumentPtr before, PolicyDocumentPtr after)
{
    auto out = std::make_shared<Comparison>();
    out->textBefore = textOf(before);
    out->textAfter = textOf(after);
    out->lines = diffLines(*out->textBefore, *out->textAfter);
    if (before) {
        const std::vector<PolicyChange> changes = diffPolicies(*before, *after);
        out->changes = changeLines(changes, *before, *after);
        if (before->policy && after->policy)
            out->graph = diffGraph(*before->policy, *after->policy, changes);
    } else if (after->policy) {
        out->graph.graph = graphOf(*after->policy);
    }
    out->before = std::move(before);
    out->after = std::move(after);
    return out;
}

} // namespace signalbox
