// SPDX-License-Identifier: GPL-3.0-or-later
// The doctor alone, over a policy of 200 tiers, 2,000 rules and 5,000 patterns with a bit of everything.
#include "policy/doctor.h"

#include <benchmark/benchmark.h>

#include <string>

using namespace signalbox;

namespace {

std::string number(int value) { return std::to_string(value); }

std::string ruleText(int r, int tiers)
{
    const std::string id = number(r);
    std::string when;
    switch (r % 5) {
    case 0:
        when = R"({"all": [{"keyword": ["claim )" + id + R"("]}, {"not": {"metadata": {"team": "t)" + id + R"("}}}]})";
        break;
    case 1:
        when = R"({"pii": ["card", "iban"], "metadata": {"account": "a)" + id + R"("}})";
        break;
    default:
        when = R"({"pattern": ["order )" + id + R"([0-9]{4}", "\\bdesk-)" + id + R"(\\b", "case.{0,20})" + id + R"("], "keyword": ["desk )" + id + R"("]})";
    }
    std::string effect = "\"route\": \"T" + number(r % tiers) + "\", \"locked\": " + (r % 3 == 0 ? "true" : "false");
    if (r % 5 == 1)
        effect = r % 2 == 0 ? "\"exclude\": [\"T" + number(r % tiers) + "\"]" : "\"allow_residency\": [\"on_prem\"], \"taints_thread\": true";
    return R"({"id": "r)" + id + R"(", "when": )" + when + ", " + effect + R"(, "reason": "policy.r)" + id + "\"}";
}

std::string policyText(int tiers, int rules)
{
    std::string out = R"({"signalbox": 1, "name": "Large", "slo": {"p95_latency_ms": 100, "cost_per_resolved_usd": 0.0001},
 "endpoints": [{"id": "here", "protocol": "openai", "base_url": "http://127.0.0.1:1/v1", "residency": "on_prem"},
               {"id": "far", "protocol": "openai", "base_url": "https://example.com/v1", "residency": "us"}], "models": [)";
    for (int t = 0; t < tiers; ++t)
        out += std::string(t == 0 ? "" : ",\n ") + R"({"id": "m)" + number(t) + R"(", "endpoint": ")" + (t % 2 == 0 ? "here" : "far") + R"(", "name": "n)" + number(t) +
               R"(", "context_tokens": )" + number(8000 + t) + R"(, "price": {"input_per_mtok": )" + number(1 + t) + R"(, "output_per_mtok": )" + number(3 + 2 * t) +
               R"(, "source": "list", "as_of": "2026-11-01"}})";
    out += "], \"tiers\": [";
    std::string order;
    for (int t = 0; t < tiers; ++t) {
        order += std::string(t == 0 ? "" : ", ") + "\"T" + number(t) + "\"";
        out += std::string(t == 0 ? "" : ",\n ") + R"({"id": "T)" + number(t) + R"(", "models": ["m)" + number(t) + R"("], "budget": {"deadline_ms": )" + number(500 + t) +
               R"(, "max_cost_usd": 0.01, "max_input_tokens": 6000}, "fallback": ["T)" + number((t + 1) % tiers) + R"("]})";
    }
    out += "], \"rules\": [{\"id\": \"person\", \"when\": {\"keyword\": [\"a person\"]}, \"route\": \"human\", \"locked\": true, \"reason\": \"policy.person\"}";
    for (int r = 1; r < rules; ++r)
        out += ",\n " + ruleText(r, tiers);
    out += "], \"router\": {\"kind\": \"scoring\", \"map\": [{\"difficulty\": 1, \"route\": \"T0\"}], \"otherwise\": \"T1\"}, \"cascade\": {\"pattern\": \"waterfall\", \"order\": [" + order +
           "], \"max_hops\": 10}, \"rubrics\": [{\"id\": \"g\", \"model\": \"m0\", \"of\": 5, \"instructions\": \"Score.\"}], \"triggers\": [";
    for (int t = 0; t < 50; ++t)
        out += std::string(t == 0 ? "" : ",\n ") + R"({"id": "t)" + number(t) + R"(", "gate": "judge", "rubric": "g", "below": 3, "applies_to": ["T)" + number(t + 1) + R"("], "escalate": "T)" + number(t + 3) + "\"}";
    return out + "]}";
}

void examine(benchmark::State& state)
{
    const std::string text = policyText(200, 2000);
    const SyntaxTree tree = SyntaxTree::parse(text);
    Policy policy;
    DecodeContext decoded(tree, policy);
    decodeTop(decoded);
    if (decoded.errorCount() > 0) {
        state.SkipWithError(decoded.findings().front().message.c_str());
        return;
    }
    for (auto _ : state) {
        DecodeContext context(tree, policy);
        examinePolicy(context, "2026-11-22");
        benchmark::DoNotOptimize(context.findings().size());
        state.counters["findings"] = static_cast<double>(context.findings().size());
    }
    state.counters["bytes"] = static_cast<double>(text.size());
}
BENCHMARK(examine)->Unit(benchmark::kMillisecond)->Name("doctor, 200 tiers, 2000 rules");

} // namespace

BENCHMARK_MAIN();
