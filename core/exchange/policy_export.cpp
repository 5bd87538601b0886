// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/policy_export.h"

#include "policy/edit.h"

namespace signalbox {

Result<std::string> exportSignalboxPolicy(const PolicyDocument& document, bool force)
{
    if (carriesSecret(document))
        return fail("export.literal_key", "The policy was not exported. " + secretAdvice(document));
    const int errors = document.count(Severity::Error);
    if (errors == 0)
        return canonicalPolicyText(document.text);
    const std::string many = errors == 1 ? "1 error" : std::to_string(errors) + " errors";
    if (!force)
        return fail("export.has_errors", "The policy has " + many +
                                             " and was not exported: mend them, or export it "
                                             "marked as it is with --force.");
    // A reader of the language does not know this key, so that a forced export cannot be run by mistake.
    const Result<std::string> marked =
        setValue(document.text, "/export", "{\"forced\": true, \"errors\": " + std::to_string(errors) + "}");
    if (!marked)
        return tl::unexpected<Error>(marked.error());
    return canonicalPolicyText(*marked);
}

} // namespace signalbox
