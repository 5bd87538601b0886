// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Policies for tests: a small one whose parts can be replaced, read through the real decoder.

#include "policy/document.h"
#include "routers/compiled_policy.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace signalbox::test {

/// Three tiers on one endpoint, a fixed router to T0, a waterfall over all of them, no rules and no triggers.
inline nlohmann::json basePolicy(const std::string& baseUrl = "sandbox://local/v1")
{
    using nlohmann::json;
    const auto model = [](const char* id, const char* name, double in, double out) {
        return json{{"id", id}, {"endpoint", "local"}, {"name", name}, {"context_tokens", 8000},
                    {"price", {{"input_per_mtok", in}, {"output_per_mtok", out}, {"source", "test"}, {"as_of", "2026-11-01"}}}};
    };
    return json{{"signalbox", 1},
                {"name", "Test"},
                {"priority", "cost"},
                {"endpoints", {{{"id", "local"}, {"protocol", "openai"}, {"base_url", baseUrl}, {"residency", "on_prem"}}}},
                {"models", {model("m0", "support-3b-ft", 0.02, 0.06), model("m1", "mid-mini", 0.15, 0.6), model("m2", "frontier", 3, 15),
                            model("judge", "judge-mini", 0.1, 0.4)}},
                {"tiers", {{{"id", "T0"}, {"models", {"m0"}}}, {{"id", "T1"}, {"models", {"m1"}}}, {{"id", "T2"}, {"models", {"m2"}}}}},
                {"rules", json::array()},
                {"router", {{"kind", "fixed"}, {"otherwise", "T0"}}},
                {"cascade", {{"pattern", "waterfall"}, {"order", {"T0", "T1", "T2"}}, {"max_hops", 3}}},
                {"rubrics", {{{"id", "grounding"}, {"model", "judge"}, {"of", 5}, {"instructions", "Score the answer."}}}},
                {"triggers", json::array()}};
}

inline nlohmann::json groundingTrigger(double below)
{
    return {{"id", "grounding"}, {"gate", "judge"}, {"rubric", "grounding"}, {"below", below}, {"of", 5}, {"escalate", "next"}};
}

/// The policy, or nothing with its errors on standard error.
inline PolicyPtr decoded(const nlohmann::json& policy)
{
    const PolicyDocumentPtr document = readPolicy(policy.dump(2), {"2026-11-22"});
    for (const Diagnostic& d : document->diagnostics) {
        if (d.severity == Severity::Error)
            std::fprintf(stderr, "%s %s: %s\n", d.code.c_str(), d.pointer.c_str(), d.message.c_str());
    }
    return document->runnable() ? document->policy : nullptr;
}

inline CompiledPolicyPtr compiled(const nlohmann::json& policy)
{
    const PolicyPtr decodedPolicy = decoded(policy);
    return decodedPolicy ? std::make_shared<const CompiledPolicy>(decodedPolicy) : nullptr;
}

/// A file of the source tree, or "" when it is not there.
inline std::string sourceFile(const std::string& relative)
{
    const char* root = std::getenv("SIGNALBOX_SOURCE_DIR");
    std::ifstream in(std::string(root != nullptr ? root : ".") + "/" + relative, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

} // namespace signalbox::test
