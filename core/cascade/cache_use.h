// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who may be given whose answer. A wrong answer from a cache is worse than none: everything that the policy
// treats differently in two requests keeps them apart, and what cannot be compared is left out.

#include "cascade/gate_checks.h"
#include "cascade/trace.h"
#include "features/features.h"
#include "policy/policy.h"
#include "routers/compiled_policy.h"
#include "routers/decision.h"

#include <string>

namespace signalbox {

/// Why the cache has no part in a request, as a reason code ("cache.not_used.personal_data"), or "": personal
/// data anywhere in the conversation, text that could not be searched for them, attachments (a request has
/// only their names), no question. A request for a person is not to be asked about.
std::string cacheNotUsedFor(const Request& request, const Features& features);

/// The key without its vector. The same partition have only requests under one content of the policy, with
/// the same values of the cache's scope, system messages, other turns, tools, user tier, rules, constraints,
/// conditions and keywords of triggers that hold, template, numbers and denials in the question, and the same
/// documents (`documents` is their version).
CacheKey cacheKeyOf(const Policy& policy, const Request& request, const Observation& seen,
                    const Decision& decision, const RequestGates& gates, const std::string& documents);

/// Whether the answer of a finished trace may be given to others: it was accepted, whole, and passed every
/// gate. `hop`: whose draft it is. Calls of tools are no answers.
bool mayBeGivenAgain(const Trace& trace, const Hop& hop);

/// The question as its vector is made of it.
std::string_view questionOf(const Request& request);

} // namespace signalbox
