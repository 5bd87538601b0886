// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a hop asked its model, made again from its trace: a trace keeps answers and evidence, not the bytes
// that went out.

#include "base/result.h"
#include "cascade/conversation.h"
#include "cascade/trace.h"
#include "providers/chat.h"
#include "routers/compiled_policy.h"

#include <optional>
#include <string>

namespace signalbox {

/// Where the endpoint is called, without a slash at its end.
std::string addressOf(const Endpoint& endpoint, const std::string& sandboxBaseUrl);

/// A request to where the model runs; what is said, and how it is to be answered, is for the caller. The model has an endpoint.
ChatRequest requestToModel(const Policy& policy, const Model& model, const std::string& sandboxBaseUrl);

/// The request that a trace is about.
Request requestOf(const Trace& trace);

/// What of a hop's draft the policy hands to the next one; nothing = there is nothing to hand on.
std::optional<CarriedDraft> carriedFrom(const Hop& hop, const Cascade& cascade);

/// `policy` is the one that the trace ran under. Errors: trace.other_policy, when that lacks the hop's tier
/// or model; trace.not_called; trace.stage, for a stage of a pipeline. Traces of older versions do not know the
/// tools that a draft called: where a policy carries them, they are missing.
Result<ChatRequest> requestOfHop(const CompiledPolicy& policy, const Trace& trace, const Hop& hop,
                                 const std::string& sandboxBaseUrl);

} // namespace signalbox
