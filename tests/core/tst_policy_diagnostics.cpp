// SPDX-License-Identifier: GPL-3.0-or-later
// Every code of the catalogue, each raised alone by a small change to a sound policy.
#include "judging/json_shape.h"
#include "policy/diagnostic_codes.h"
#include "policy/diagnostic_format.h"
#include "policy/document.h"
#include "policy/edit.h"

#include <QtTest>

#include <fstream>
#include <iterator>
#include <map>
#include <set>

using namespace signalbox;

namespace {

struct Change
{
    const char* pointer;
    const char* value; ///< null removes
};

struct Case
{
    const char* code;
    const char* pointer; ///< of the diagnostic
    std::vector<Change> changes;
    std::string text = {}; ///< when not made by changes
};

std::string baseText()
{
    std::ifstream file(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString() +
                           "/tests/policies/sound/base.policy.json",
                       std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string manyUnknownKeys()
{
    std::string text = R"({"id": "here", "protocol": "openai", "base_url": "sandbox://local/v1")";
    for (int i = 0; i < 300; ++i)
        text += ", \"zzzzzzzz" + std::to_string(i) + "\": 1";
    return text + "}";
}

const std::vector<Case>& cases()
{
    static const std::string deep = "{\"a\": " + std::string(64, '[') + std::string(64, ']') + "}";
    static const std::string base = baseText();
    static const std::string many = manyUnknownKeys();
    static const std::string manyConditions = [] {
        std::string text = "{\"any\": [{\"keyword\": \"a\"}";
        for (int i = 0; i < 1000; ++i)
            text += ", {\"keyword\": \"a\"}";
        return text + "]}";
    }();
    static const auto spoiled = [](const std::string& from, const std::string& to) {
        std::string text = base;
        return text.replace(text.find(from), from.size(), to);
    };
    static const std::vector<Case> all =
        {
            {"SB0101", "", {}, "{\"signalbox\" 1}"},
            {"SB0102", "", {}, "{\"name\": \"\xc3(\"}"},
            {"SB0103",
             "/name",
             {},
             spoiled("\"name\": \"Base\",", "\"name\": \"Base\", \"n\\u0061me\": \"Base\",")},
            {"SB0104", "", {}, spoiled("\"max_hops\": 2}", "\"max_hops\": 2,}")},
            {"SB0105", "", {}, spoiled("\"name\"", "/* who */ \"name\"")},
            {"SB0106", "", {}, deep},
            {"SB0107", "", {}, "HUGE"},
            {"SB0108", "", {}, "{\"name\": \"\\x\"}"},
            {"SB0109", "", {}, "{\"signalbox\": 01}"},
            {"SB0110", "", {}, "[]"},
            {"SB0111", "", {}, "\xef\xbb\xbf" + base},
            {"SB0112", "", {}, base + "}"},
            {"SB0201", "/tiers/T0/budget/max_cots_usd", {{"/tiers/T0/budget/max_cots_usd", "1"}}},
            {"SB0202", "/tiers/T0/budget/deadline_ms", {{"/tiers/T0/budget/deadline_ms", "\"900\""}}},
            {"SB0203", "/rules/long", {{"/rules/long/reason", nullptr}}},
            {"SB0204", "/router/map/0/min_confidence", {{"/router/map/0/min_confidence", "1.01"}}},
            {"SB0205", "/endpoints/here/protocol", {{"/endpoints/here/protocol", "\"grpc\""}}},
            {"SB0206", "/rules/person/when/keyword", {{"/rules/person/when/keyword", "[]"}}},
            {"SB0208", "/signalbox", {{"/signalbox", "2"}}},
            {"SB0209", "/rubrics/0/id", {{"/rubrics/0/id", "\"7\""}, {"/triggers/helpful/rubric", "\"7\""}}},
            {"SB0210",
             "/rules/long/exclusive",
             {{"/rules/long/route", nullptr},
              {"/rules/long/exclude", "[\"T0\"]"},
              {"/rules/long/exclusive", "true"}}},
            {"SB0211", "/cascade/order/2", {{"/cascade/order", "[\"T0\", \"T1\", \"T0\"]"}}},
            {"SB0212", "/models/small/price/as_of", {{"/models/small/price/as_of", "\"2026-02-30\""}}},
            {"SB0213",
             "/router/candidates",
             {{"/router",
               R"({"kind": "bandit", "artefact": "b@1", "candidates": ["T0"], "otherwise": "T1"})"}}},
            {"SB0214", "/weights", {{"/weights", R"({"cost": 0.5, "quality": 0.3, "latency": 0.3})"}}},
            {"SB0215",
             "/rules/long/when/time_of_day/from",
             {{"/rules/long/when/time_of_day", R"({"from": "8:00", "to": "18:00"})"}}},
            {"SB0301",
             "/tiers/2/id",
             {{"/tiers",
               R"([{"id": "T0", "models": ["small"]}, {"id": "T1", "models": ["large"]}, {"id": "T1", "models": ["large"]}])"}}},
            {"SB0302", "/models/judge/endpoint", {{"/models/judge/endpoint", "\"there\""}}},
            {"SB0303", "/tiers/T0/models/0", {{"/tiers/T0/models/0", "\"smal\""}}},
            {"SB0304", "/router/otherwise", {{"/router/otherwise", "\"T9\""}}},
            {"SB0305", "/triggers/helpful/rubric", {{"/triggers/helpful/rubric", "\"helpfull\""}}},
            {"SB0306", "/router/map/0/intent", {{"/router/map/0/intent", "\"billing.*\""}}},
            {"SB0307",
             "/router/otherwise/template",
             {{"/router/otherwise", R"({"to": "T1", "template": "refund"})"}}},
            {"SB0308",
             "/router/otherwise/tools/0",
             {{"/router/otherwise", R"({"to": "T1", "tools": ["lookup_order"]})"}}},
            {"SB0309", "/rules/long/when/user_tier", {{"/rules/long/when/user_tier", "\"free\""}}},
            {"SB0310",
             "/cascade/accept/0",
             {{"/cascade", R"({"pattern": "race", "lanes": ["T0", "T1"], "accept": ["shap"]})"}}},
            {"SB0311", "/tiers/T0/fallback", {{"/tiers/T0/fallback", "[\"T0\"]"}}},
            {"SB0312",
             "/router/model",
             {{"/models/small/capabilities", "[\"text\"]"},
              {"/router",
               R"({"kind": "agentic", "model": "small", "choices": [{"id": "up", "description": "Hard.", "route": "T1"}], "otherwise": "T0"})"}}},
            {"SB0401",
             "/endpoints/here/key",
             {{"/endpoints/here/key", "\"sk-live-51aaaaaaaaaaaaaaaaaaaaaa\""}}},
            {"SB0402", "/endpoints/here/base_url", {{"/endpoints/here/base_url", "\"ftp://example.com\""}}},
            {"SB0403", "/endpoints/here/base_url", {{"/endpoints/here/base_url", "\"http://10.0.0.7/v1\""}}},
            {"SB0404",
             "/endpoints/here/base_url",
             {{"/endpoints/here/base_url", "\"https://me:secret@example.com/v1\""}}},
            {"SB0405", "/endpoints/here/key", {{"/endpoints/here/key", R"({"env": "A", "keychain": "b"})"}}},
            {"SB0501", "/rules/long/when", {{"/rules/long/when", "{}"}}},
            {"SB0502", "/rules/long/when/pattern", {{"/rules/long/when/pattern", "\"(?=x)\""}}},
            {"SB0503", "/rules/long/reason", {{"/rules/long/reason", "\"Too long\""}}},
            {"SB0504", "/rules/long", {{"/rules/long/exclude", "[\"T0\"]"}}},
            {"SB0505", "/rules/long/when/min_input_tokens", {{"/rules/long/when/max_input_tokens", "10"}}},
            {"SB0506",
             "/rules/long/when/not/not/not/not/not/not/not/not",
             {{"/rules/long/when",
               R"({"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"keyword": "x"}}}}}}}}})"}}},
            {"SB0507", "/rules/long/when/any/1000", {{"/rules/long/when", manyConditions.c_str()}}},
            {"SB0601", "/router/signals/questions", {{"/router/signals/questions/keyword", "[\"why\"]"}}},
            {"SB0602", "/router/hard_at", {{"/router/hard_at", "0.5"}}},
            {"SB0603",
             "/router",
             {{"/router", R"({"kind": "embedding", "map": [{"route": "T0"}], "otherwise": "T1"})"}}},
            {"SB0604",
             "/router/artefact",
             {{"/router",
               R"({"kind": "classifier", "artefact": "intents@v3", "map": [{"route": "T0"}], "otherwise": "T1"})"}}},
            {"SB0605",
             "/router/steps/rest/kind",
             {{"/router",
               R"({"kind": "chain", "steps": [{"id": "rest", "kind": "fixed"}], "otherwise": "T1"})"}}},
            {"SB0701",
             "/cascade/max_hops",
             {{"/cascade/pattern", "\"direct\""},
              {"/triggers", "[]"},
              {"/rubrics", "[]"},
              {"/models/judge", nullptr}}},
            {"SB0702",
             "/cascade/max_hops",
             {{"/cascade",
               R"({"pattern": "pipeline", "max_hops": 1, "stages": [{"id": "a", "role": "rewrite", "tier": "T0"}, {"id": "b", "role": "synthesise", "tier": "T1"}]})"}}},
            {"SB0801", "/triggers/helpful/of", {{"/triggers/helpful/of", "10"}}},
            {"SB0802", "/triggers/shape/schema/propertis", {{"/triggers/shape/schema/propertis", "{}"}}},
            {"SB0803",
             "/triggers/odd",
             {{"/triggers/shape", R"({"id": "odd", "gate": "keyword", "escalate": "next"})"}}},
            {"SB0804",
             "/triggers/long/min_chars",
             {{"/triggers/shape",
               R"({"id": "long", "gate": "verifier", "check": "length", "min_chars": 9, "max_chars": 8, "escalate": "next"})"}}},
            {"SB0805",
             "/triggers/found/gate",
             {{"/triggers/shape",
               R"({"id": "found", "gate": "retrieval", "below": 0.3, "escalate": "next"})"}}},
            {"SB0901",
             "/user_tiers/free/when/user_tier",
             {{"/user_tiers", R"([{"id": "free", "when": {"user_tier": "free"}}])"}}},
            {"SB0902",
             "/user_tiers/free/over_budget",
             {{"/user_tiers",
               R"([{"id": "free", "when": {"metadata": {"plan": "free"}}, "over_budget": "queue"}])"}}},
            {"SB0903",
             "/release_gates/cheap",
             {{"/release_gates",
               R"([{"id": "cheap", "dataset": "golden", "metric": "cost_per_request_usd"}])"}}},
            {"SB1001",
             "/tiers/T2",
             {{"/tiers",
               R"([{"id": "T0", "models": ["small"]}, {"id": "T1", "models": ["large"]}, {"id": "T2", "models": ["large"], "temperature": 0}])"}}},
            {"SB1002",
             "/rules/again",
             {{"/rules",
               R"([{"id": "person", "when": {"keyword": ["agent", "Person"]}, "route": "human", "locked": true, "reason": "a.b"},
                                                  {"id": "again", "when": {"keyword": "person"}, "route": "T1", "reason": "a.c"}])"}}},
            {"SB1003", "/cascade", {{"/rules/person", nullptr}}},
            {"SB1004",
             "/cascade/max_hops",
             {{"/rules/long", nullptr},
              {"/router/map/0/route", "\"human\""},
              {"/router/otherwise", "\"T0\""},
              {"/cascade/max_hops", "1"}}},
            {"SB1005",
             "/triggers/helpful/escalate",
             {{"/triggers/helpful/applies_to", "[\"T1\"]"}, {"/triggers/helpful/escalate", "\"T0\""}}},
            {"SB1006", "/rules/long/when/pattern", {{"/rules/long/when/pattern", "\"x*\""}}},
            {"SB1007",
             "/router/map/2",
             {{"/router/map",
               R"([{"difficulty": 1, "route": "T0"}, {"difficulty": 2, "route": "T1"}, {"intent": "faq.*", "difficulty": 1, "route": "T1"}])"}}},
            {"SB1008", "/triggers/helpful/below", {{"/triggers/helpful/below", "1"}}},
            {"SB1009",
             "/rubrics/other",
             {{"/rubrics",
               R"([{"id": "helpful", "model": "judge", "of": 5, "instructions": "Score."}, {"id": "other", "model": "judge", "of": 5, "instructions": "Score."}])"}}},
            {"SB1010",
             "/rules/long/allow_residency",
             {{"/rules/long/route", nullptr}, {"/rules/long/allow_residency", "\"on-prem\""}}},
            {"SB1011", "/triggers/helpful/escalate", {{"/triggers/helpful/applies_to", "[\"T1\"]"}}},
            {"SB1012",
             "/triggers/back/escalate",
             {{"/tiers",
               R"([{"id": "T0", "models": ["small"]}, {"id": "T1", "models": ["large"]}, {"id": "T2", "models": ["large"], "temperature": 0}])"},
              {"/cascade/max_hops", "3"},
              {"/triggers",
               R"([{"id": "helpful", "gate": "judge", "rubric": "helpful", "below": 3, "applies_to": ["T1"], "escalate": "T2"},
              {"id": "back", "gate": "refusal", "applies_to": ["T2"], "escalate": "T0"}])"}}},
            {"SB1013",
             "/tiers/T1/fallback",
             {{"/tiers/T0/fallback", "[\"T1\"]"}, {"/tiers/T1/fallback", "[\"T0\"]"}}},
            {"SB1014",
             "/rules/long/when",
             {{"/rules/long/when", R"({"keyword": ["refund status"], "not": {"keyword": ["refund"]}})"}}},
            {"SB1015", "/rules/long", {{"/router/map/1", R"({"route": "T0"})"}}},
            {"SB1016",
             "/user_tiers/gold",
             {{"/user_tiers",
               R"([{"id": "paid", "when": {"metadata": {"plan": ["gold", "silver"]}}}, {"id": "gold", "when": {"metadata": {"plan": "gold"}}}])"}}},
            {"SB1017",
             "/router/steps/late",
             {{"/router",
               R"({"kind": "chain", "steps": [
                {"id": "early", "kind": "classifier", "artefact": "intents@1", "map": [{"difficulty": 1, "route": "T0"}], "otherwise": "T1"},
                {"id": "late", "kind": "classifier", "artefact": "intents@2", "map": [{"difficulty": 2, "route": "T1"}]}], "otherwise": "T1"})"}}},
            {"SB1018",
             "/cascade/stages/search",
             {{"/cascade",
               R"({"pattern": "pipeline", "stages": [{"id": "search", "role": "retrieve"}, {"id": "write", "role": "synthesise", "tier": "T0"}]})"},
              {"/triggers", "[]"},
              {"/rubrics", "[]"},
              {"/models/judge", nullptr}}},
            {"SB1101", "/models/small", {{"/models/small/price", nullptr}}},
            {"SB1102", "/models/small/price/as_of", {{"/models/small/price/as_of", "\"2026-08-23\""}}},
            {"SB1103",
             "/models/small/price/output_per_mtok",
             {{"/models/small/price/output_per_mtok", "0.0000006"}}},
            {"SB1104",
             "/models/small/price/input_per_mtok",
             {{"/models/small/price/input_per_mtok", "20000"}}},
            {"SB1105",
             "/models/small/price/cached_input_per_mtok",
             {{"/models/small/price/cached_input_per_mtok", "0.04"}}},
            {"SB1106", "/models/small/price/as_of", {{"/models/small/price/as_of", "\"2027-11-01\""}}},
            {"SB1201", "/slo/p95_latency_ms", {{"/slo/p95_latency_ms", "5999"}}},
            {"SB1202", "/slo/cost_per_resolved_usd", {{"/slo/cost_per_resolved_usd", "0.1"}}},
            {"SB1203",
             "/triggers/helpful/rubric",
             {{"/rubrics/helpful/model", "\"large\""}, {"/models/judge", nullptr}}},
            {"SB1204", "/tiers/T0/budget/max_input_tokens", {{"/tiers/T0/budget/max_input_tokens", "9000"}}},
            {"SB1205", "/budget/deadline_ms", {{"/budget", R"({"deadline_ms": 5500})"}}},
            {"SB1206",
             "/tiers/T1/budget/max_input_tokens",
             {{"/budget", R"({"max_input_tokens": 5000})"}, {"/tiers/T1/budget/max_input_tokens", "6000"}}},
            {"SB1207",
             "/tiers/T0/budget/max_output_tokens",
             {{"/models/small/max_output_tokens", "400"}, {"/tiers/T0/budget/max_output_tokens", "500"}}},
            {"SB1208",
             "/tiers/T1",
             {{"/tiers/T1",
               R"({"id": "T1", "models": ["large"], "budget": {"deadline_ms": 1000, "max_cost_usd": 0.01}})"},
              {"/models/large",
               R"({"id": "large", "endpoint": "here", "name": "large-v1", "context_tokens": 8000,
              "price": {"input_per_mtok": 0.02, "output_per_mtok": 0.061, "source": "list", "as_of": "2026-11-01"}})"}}},
            {"SB1209",
             "/rules/long/route",
             {{"/models/large/capabilities", "[\"text\", \"json\"]"},
              {"/rules/long/when", R"({"has_attachment": true})"}}},
            {"SB1210", "/cascade/order/1", {{"/cascade/order", "[\"T1\", \"T0\"]"}}},
            {"SB1211",
             "/cascade/lanes/1",
             {{"/tiers",
               R"([{"id": "T0", "models": ["small"]}, {"id": "T1", "models": ["large"]}, {"id": "T2", "models": ["large"], "temperature": 0}])"},
              {"/cascade", R"({"pattern": "race", "lanes": ["T1", "T2"], "order": ["T0"]})"}}},
            {"SB1212", "/cascade/lanes", {{"/cascade", R"({"pattern": "race", "lanes": ["T0", "T1"]})"}}},
            {"SB1213",
             "/weights",
             {{"/priority", "\"latency\""},
              {"/weights", R"({"cost": 0.6, "quality": 0.2, "latency": 0.2})"}}},
            {"SB1214",
             "/release_gates/quick/at_least",
             {{"/release_gates",
               R"([{"id": "quick", "dataset": "spring", "metric": "p95_latency_ms", "at_least": 900}])"}}},
            {"SB1215", "/stickiness/by", {{"/stickiness", R"({"by": "family"})"}}},
            {"SB1216", "/retrieval/when", {{"/retrieval", R"({"when": "needs_retrieval"})"}}},
            {"SB1301", "/export", {{"/export", R"({"forced": true, "errors": 3})"}}},
            {"SB1302",
             "/rules/long/route",
             {{"/endpoints",
               R"([{"id": "here", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"}, {"id": "far", "protocol": "openai", "base_url": "https://api.example.com/v1", "key": {"env": "FAR_KEY"}, "residency": "us"}])"},
              {"/models/large/endpoint", "\"far\""},
              {"/rules/long",
               R"({"id": "long", "when": {"pii": "card"}, "route": "T0", "reason": "policy.card"})"}}},
            {"SB1303",
             "/rules/long/route",
             {{"/endpoints",
               R"([{"id": "here", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"}, {"id": "far", "protocol": "openai", "base_url": "https://api.example.com/v1", "key": {"env": "FAR_KEY"}, "residency": "us"}])"},
              {"/models/large/endpoint", "\"far\""},
              {"/rules/long",
               R"({"id": "long", "when": {"pii": "card"}, "route": "T0", "locked": true, "reason": "policy.card"})"}}},
            {"SB1304",
             "/rules/long/exclude",
             {{"/endpoints",
               R"([{"id": "here", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"}, {"id": "far", "protocol": "openai", "base_url": "https://api.example.com/v1", "key": {"env": "FAR_KEY"}, "residency": "us"}])"},
              {"/models/large/endpoint", "\"far\""},
              {"/tiers",
               R"([{"id": "T0", "models": ["small"], "budget": {"deadline_ms": 1000, "max_cost_usd": 0.01}}, {"id": "T1", "models": ["large"], "budget": {"deadline_ms": 5000, "max_cost_usd": 0.1}}, {"id": "T2", "models": ["large"], "temperature": 0, "budget": {"deadline_ms": 5000, "max_cost_usd": 0.1}}])"},
              {"/router/map/0/route", "\"T2\""},
              {"/rules/long",
               R"({"id": "long", "when": {"pii": "card"}, "exclude": ["T1"], "taints_thread": true, "reason": "policy.card"})"}}},
            {"SB1305",
             "/rubrics/helpful/model",
             {{"/endpoints",
               R"([{"id": "here", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"}, {"id": "far", "protocol": "openai", "base_url": "https://api.example.com/v1", "key": {"env": "FAR_KEY"}, "residency": "us"}])"},
              {"/models/judge/endpoint", "\"far\""},
              {"/rules/long",
               R"({"id": "long", "when": {"pii": "card"}, "allow_residency": "on_prem", "taints_thread": true, "reason": "policy.card"})"}}},
            {"SB1306",
             "/cache",
             {{"/cache", R"({"kind": "exact"})"},
              {"/rules/long",
               R"({"id": "long", "when": {"pii": "email"}, "route": "human", "reason": "policy.mail"})"}}},
            {"SB1307",
             "/rules/long",
             {{"/endpoints",
               R"([{"id": "here", "protocol": "openai", "base_url": "sandbox://local/v1", "residency": "on_prem"}, {"id": "far", "protocol": "openai", "base_url": "https://api.example.com/v1", "key": {"env": "FAR_KEY"}, "residency": "us"}])"},
              {"/models/large/endpoint", "\"far\""},
              {"/rules/long",
               R"({"id": "long", "when": {"pii": "card"}, "allow_residency": "on_prem", "reason": "policy.card"})"}}},
            {"SB1308",
             "/rules/long/exclude",
             {{"/rules/long",
               R"({"id": "long", "when": {"min_input_tokens": 9000}, "exclude": ["T0", "T1"], "reason": "policy.long"})"}}},
            {"SB1309",
             "/rules/legal/route",
             {{"/rules",
               R"([{"id": "person", "when": {"keyword": ["human agent"]}, "route": "human", "locked": true, "reason": "a.b"},
              {"id": "long", "when": {"min_input_tokens": 3000}, "exclude": ["T1"], "reason": "a.c"},
              {"id": "legal", "when": {"keyword": ["legal"], "min_input_tokens": 4000}, "route": "T1", "locked": true, "reason": "a.d"}])"}}},
            {"SB1401",
             "/router/kind",
             {{"/rules/person/locked", "false"},
              {"/router",
               R"({"kind": "llm", "model": "judge", "allow": ["T0", "T1"], "deadline_ms": 500, "otherwise": "T1"})"}}},
            {"SB1402",
             "/router/map/0/min_confidence",
             {{"/router",
               R"({"kind": "embedding", "artefact": "centroids@1", "map": [{"intent": "faq.*", "min_confidence": 0.8, "route": "T0"}], "otherwise": "T1"})"}}},
            {"SB1403",
             "/triggers/doubt/below",
             {{"/triggers",
               R"([{"id": "helpful", "gate": "judge", "rubric": "helpful", "below": 3, "escalate": "next"}, {"id": "doubt", "gate": "self_reported", "below": 0.5, "escalate": "next"}])"}}},
            {"SB1404",
             "/router/model",
             {{"/models/large/price/input_per_mtok", "0.03"}, {"/models/large/price/output_per_mtok", "0.09"}, {"/router", R"({"kind": "llm", "model": "judge", "allow": ["T0", "T1"], "instructions": "Read the request and name the tier that suits it best. Read the request and name the tier that suits it best. Read the request and name the tier that suits it best. Read the request and name the tier that suits it best. Read the request and name the tier that suits it best. Read the request and name the tier that suits it best. Read the request and name the tier that suits it best. Read the request and name the tier that suits it best. Read the request and name the tier that suits it best. Read the request and name the tier that suits it best. Read the request and name the tier that suits it best. Read the request and name the tier that suits it best.", "otherwise": "T1"})"}}},
            {"SB1405",
             "/router/deadline_ms",
             {{"/router",
               R"({"kind": "llm", "model": "judge", "allow": ["T0", "T1"], "deadline_ms": 6000, "otherwise": "T1"})"}}},
            {"SB1406",
             "/router/threshold",
             {{"/router",
               R"({"kind": "predictive", "artefact": "weak-enough@1", "weak": "T0", "strong": "T1", "threshold": 0, "otherwise": "T1"})"}}},
            {"SB1407",
             "/router/weak",
             {{"/router",
               R"({"kind": "predictive", "artefact": "weak-enough@1", "weak": "T1", "strong": "T0", "threshold": 0.7, "otherwise": "T1"})"}}},
            {"SB0299", "", {{"/endpoints/here", many.c_str()}}},
        };
    return all;
}

std::string textOf(const Case& one)
{
    if (one.text == "HUGE")
        return std::string((128u << 20) + 1, ' ');
    if (!one.text.empty())
        return one.text;
    std::string text = baseText();
    for (const Change& change : one.changes) {
        const auto changed =
            change.value ? setValue(text, change.pointer, change.value) : removeValue(text, change.pointer);
        if (!changed)
            qFatal("%s: %s", change.pointer, changed.error().message.c_str());
        text = *changed;
    }
    return text;
}

} // namespace

class PolicyDiagnosticsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void baseSaysNothing();
    void everyCodeIsRaisedAlone_data();
    void everyCodeIsRaisedAlone();
    void everyCodeHasACase();
    void catalogueIsInOrder();
    void keysAreNeverRepeated();
    void keysAreFoundWhereverTheyStand_data();
    void keysAreFoundWhereverTheyStand();
    void wordsThatBeginLikeKeysAreNone();
    void hintsNameTheNearest();
    void pricesAgeByTheDay();
    void schemasAreJudgedAsTheGateJudgesThem();
    void personRuleIsHiddenByNoOther();
    void everyFixMendsAndBreaksNothing();
    void certainMistakesHaveFixes_data();
    void certainMistakesHaveFixes();
    void uncertainMistakesHaveNone();
    void fixesKeepTheLayout();
    void noFixRepeatsAKey();
};

void PolicyDiagnosticsTest::baseSaysNothing()
{
    const auto document = readPolicy(baseText(), {"2026-11-22"});
    QVERIFY2(document->diagnostics.empty(), policyDiagnosticsToText(document->diagnostics, "base").c_str());
}

void PolicyDiagnosticsTest::everyCodeIsRaisedAlone_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < cases().size(); ++i)
        QTest::newRow(cases()[i].code) << static_cast<int>(i);
}

void PolicyDiagnosticsTest::everyCodeIsRaisedAlone()
{
    QFETCH(int, index);
    const Case& one = cases()[static_cast<std::size_t>(index)];
    const auto document = readPolicy(textOf(one), {"2026-11-22"});
    if (std::string(one.code) == "SB0299") {
        QCOMPARE(std::ranges::count(document->diagnostics, one.code, &Diagnostic::code), 1);
        return;
    }
    const std::string said = policyDiagnosticsToText(document->diagnostics, "case");
    QVERIFY2(document->diagnostics.size() == 1, said.c_str());
    const Diagnostic& raised = document->diagnostics[0];
    QCOMPARE(raised.code, std::string(one.code));
    QCOMPARE(raised.pointer, std::string(one.pointer));
    QCOMPARE(raised.severity, diagnosticInfo(one.code)->severity);
    QCOMPARE(document->runnable(), raised.severity != Severity::Error);
}

void PolicyDiagnosticsTest::everyCodeHasACase()
{
    std::set<std::string> raised;
    for (const Case& one : cases())
        raised.insert(one.code);
    for (const DiagnosticInfo& info : diagnosticCatalogue())
        QVERIFY2(raised.contains(info.code), info.code);
    QCOMPARE(raised.size(), diagnosticCatalogue().size());
    std::ifstream file(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR").toStdString() +
                           "/resources/help/policy-language.md",
                       std::ios::binary);
    const std::string help(std::istreambuf_iterator<char>(file), {});
    for (const DiagnosticInfo& info : diagnosticCatalogue())
        QVERIFY2(help.find(std::string("| ") + info.code + " | " + severityName(info.severity) + " | " +
                           info.title) != std::string::npos,
                 info.code);
}

void PolicyDiagnosticsTest::catalogueIsInOrder()
{
    const auto catalogue = diagnosticCatalogue();
    for (std::size_t i = 1; i < catalogue.size(); ++i)
        QVERIFY(std::string(catalogue[i - 1].code) < catalogue[i].code);
    QVERIFY(diagnosticInfo("SB9999") == nullptr);
}

void PolicyDiagnosticsTest::keysAreNeverRepeated()
{
    const std::string secret = "sk-proj-AbCdEfGh0123456789zzzz";
    const std::string other = "Qm93bGluZyBncmVlbiBwbGFudHM";
    const std::vector<std::string> values = {"\"" + secret + "\"", "{\"env\": \"" + secret + "\"}",
                                             "{\"env\": \"" + other + "\"}",
                                             "{\"keychain\": \"" + secret + "\"}", "{\"env\": \"my key\"}"};
    for (const std::string& value : values) {
        const auto document = readPolicy(*setValue(baseText(), "/endpoints/here/key", value), {"2026-11-22"});
        QCOMPARE(document->count(Severity::Error), 1);
        const std::string said = policyDiagnosticsToText(document->diagnostics, "") +
                                 policyDiagnosticsToJson(document->diagnostics, "");
        for (const std::string& word : {secret, other, std::string("my key")})
            QVERIFY2(said.find(word) == std::string::npos, said.c_str());
        QVERIFY(document->policy->endpoints[0].key.empty());
    }
    const auto url = readPolicy(
        *setValue(baseText(), "/endpoints/here/base_url", "\"https://u:" + secret + "@example.com/v1\""),
        {"2026-11-22"});
    QVERIFY(policyDiagnosticsToText(url->diagnostics, "").find(secret) == std::string::npos);
}

void PolicyDiagnosticsTest::keysAreFoundWhereverTheyStand_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("where");
    const QByteArray key = "\"key\": ";
    const QByteArray url = "\"base_url\": \"sandbox://local/v1\"";
    const auto withKey = [&](const QByteArray& value) { return url + ", " + value; };
    const QByteArray at = "/endpoints/here";
    QTest::newRow("text") << url << withKey(key + "\"sk-live-1\"") << at + "/key";
    QTest::newRow("no prefix") << url << withKey(key + "\"hunter2\"") << at + "/key";
    QTest::newRow("variable") << url << withKey(key + "{\"env\": \"sk-live-1\"}") << at + "/key/env";
    QTest::newRow("long variable") << url << withKey(key + "{\"env\": \"QWxsIHlvdXIgYmFzZSBhcmU\"}")
                                   << at + "/key/env";
    QTest::newRow("keychain") << url << withKey(key + "{\"keychain\": \"sk-live-1\"}")
                              << at + "/key/keychain";
    QTest::newRow("second of two") << url << withKey(key + "{\"env\": \"A\"}, " + key + "\"hunter2\"")
                                   << at + "/key";
    QTest::newRow("list") << url << withKey(key + "[\"sk-live-51HxYzAbCdEfGhIjKl\"]") << at + "/key/0";
    QTest::newRow("unknown name") << url << withKey("\"api_key\": \"hunter2\"") << at + "/api_key";
    QTest::newRow("header") << url << withKey("\"headers\": {\"Authorization\": \"Basic abc\"}")
                            << at + "/headers/Authorization";
    QTest::newRow("credentials") << url << QByteArray("\"base_url\": \"https://u:p@example.com/v1\"")
                                 << at + "/base_url";
    QTest::newRow("odd credentials") << url << QByteArray("\"base_url\": \"https://u:p w@example.com/v1\"")
                                     << at + "/base_url";
    QTest::newRow("query") << url << QByteArray("\"base_url\": \"https://example.com/v1?api_key=1\"")
                           << at + "/base_url";
    const QByteArray name = "\"signalbox\": 1";
    QTest::newRow("description") << name << name + ", \"description\": \"use sk-live-51HxYzAbCdEfGhIjKl\""
                                 << QByteArray("/description");
    QTest::newRow("escaped") << name << name + ", \"description\": \"\\u0073k-live-51HxYzAbCdEfGhIjKl\""
                             << QByteArray("/description");
    QTest::newRow("comment") << name << name + " /* sk-live-51HxYzAbCdEfGhIjKl */" << QByteArray("");
    QTest::newRow("no JSON") << name << QByteArray("sk-live-51HxYzAbCdEfGhIjKl") << QByteArray("");
}

void PolicyDiagnosticsTest::keysAreFoundWhereverTheyStand()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, where);
    QByteArray text = QByteArray::fromStdString(baseText());
    QVERIFY(text.contains(from));
    text.replace(text.indexOf(from), from.size(), to);
    const auto document = readPolicy(text.toStdString(), {"2026-11-22"});
    QVERIFY(carriesSecret(*document));
    QCOMPARE(QByteArray::fromStdString(*document->secretAt), where);
    const std::string advice = secretAdvice(*document);
    for (const char* secret : {"sk-live", "hunter2", "QWxs", "u:p", "Basic abc"})
        QVERIFY2(advice.find(secret) == std::string::npos, advice.c_str());
    // However many other mistakes there are, of which only the first are listed.
    const auto drowned = readPolicy("{\"0\": 0" + [] {
        std::string many;
        for (int i = 1; i < 500; ++i)
            many += ", \"" + std::to_string(i) + "\": 0";
        return many;
    }() + ", " + text.toStdString().substr(text.toStdString().find('{') + 1));
    QVERIFY(carriesSecret(*drowned));
}

void PolicyDiagnosticsTest::wordsThatBeginLikeKeysAreNone()
{
    QVERIFY(!carriesSecret(*readPolicy(baseText())));
    for (const char* word : {"task-force-of-long-words-2026", "sk-learn", "sk-learn-in-many-lower-case-words",
                             "sk-[A-Za-z0-9]{20,}", "Bearer authentication", "say \\\"hf_hub\\\""}) {
        const std::string quotedWord = "\"" + std::string(word) + "\"";
        const auto document = readPolicy(*setValue(baseText(), "/description", quotedWord));
        QVERIFY2(!carriesSecret(*document), word);
    }
    for (const char* key : {"{\"env\": \"OPENAI_API_KEY_OF_THE_TEAM_2026\"}", "{\"env\": \"sandbox_key\"}",
                            "{\"keychain\": \"Harbor Support, staging key\"}", "\"\""})
        QVERIFY2(!carriesSecret(*readPolicy(*setValue(baseText(), "/endpoints/here/key", key))), key);
}

void PolicyDiagnosticsTest::hintsNameTheNearest()
{
    const std::tuple<const char*, const char*, const char*> rows[] = {
        {"/rules/long/exclusve", "true", "exclusive"},
        {"/router/otherwise", "\"T11\"", "T1"},
        {"/router/otherwise", "\"humna\"", "human"},
        {"/cascade/pattern", "\"watrefall\"", "waterfall"},
        {"/models/judge/endpoint", "\"hree\"", "here"}};
    for (const auto& [pointer, value, expected] : rows) {
        const auto document = readPolicy(*setValue(baseText(), pointer, value), {"2026-11-22"});
        QVERIFY(!document->diagnostics.empty());
        QCOMPARE(document->diagnostics[0].hint, "Did you mean \"" + std::string(expected) + "\"?");
    }
}

void PolicyDiagnosticsTest::pricesAgeByTheDay()
{
    QCOMPARE(readPolicy(baseText(), {"2027-01-30"})->count(Severity::Warning), 0);
    QCOMPARE(readPolicy(baseText(), {"2027-01-31"})->count(Severity::Warning), 3);
}

void PolicyDiagnosticsTest::schemasAreJudgedAsTheGateJudgesThem()
{
    for (const char* schema :
         {"{}",
          R"({"type": "object"})",
          R"({"type": "objekt"})",
          R"({"type": []})",
          R"({"type": ["string", "null"]})",
          R"({"enum": []})",
          R"({"enum": [1]})",
          R"({"const": null})",
          R"({"required": ["a"]})",
          R"({"required": "a"})",
          R"({"required": [1]})",
          R"({"properties": {"a": {"type": "string"}}})",
          R"({"properties": {"a": 1}})",
          R"({"properties": []})",
          R"({"items": {"type": "x"}})",
          R"({"items": true})",
          R"({"additionalProperties": false})",
          R"({"additionalProperties": {"typ": "x"}})",
          R"({"minItems": -1})",
          R"({"minItems": 1})",
          R"({"maxLength": 1.5})",
          R"({"minimum": -1.5})",
          R"({"maximum": "1"})",
          R"({"oneOf": []})",
          R"({"title": "t", "description": "d", "$schema": "s", "$id": "i", "$comment": "c", "default": 1})",
          R"({"note": "n"})"}) {
        const auto document =
            readPolicy(*setValue(baseText(), "/triggers/shape/schema", schema), {"2026-11-22"});
        QVERIFY2((document->count(Severity::Error) == 0) == schemaProblem(schema).empty(), schema);
    }
}

void PolicyDiagnosticsTest::personRuleIsHiddenByNoOther()
{
    const auto document = readPolicy(
        *setValue(
            baseText(), "/rules",
            R"([{"id": "first", "when": {"keyword": ["agent"]}, "route": "T1", "locked": true, "reason": "a.b"},
                                            {"id": "person", "when": {"keyword": ["agent"]}, "route": "human", "locked": true, "reason": "a.c"}])"),
        {"2026-11-22"});
    // A request for a person comes first wherever its rule stands: the other one is hidden by it.
    QCOMPARE(document->diagnostics.size(), std::size_t(1));
    QCOMPARE(document->diagnostics[0].pointer, std::string("/rules/first"));
}

namespace {

std::map<std::string, int> countsOf(const PolicyDocument& document, bool errorsOnly)
{
    std::map<std::string, int> counts;
    for (const Diagnostic& d : document.diagnostics) {
        if (!errorsOnly || d.severity == Severity::Error)
            ++counts[d.code];
    }
    return counts;
}

/// "" when the fix does what it says, else what is wrong with it.
std::string faultOf(const PolicyDocument& document, const Diagnostic& diagnostic, const QuickFix& fix)
{
    if (fix.title.empty() || fix.edits.empty())
        return "it has no title, or does nothing";
    std::size_t at = 0;
    for (const TextEdit& edit : fix.edits) {
        if (edit.offset < at || edit.offset + edit.length > document.text.size())
            return "its edits overlap, or lie outside of the text";
        at = edit.offset + edit.length;
    }
    const auto after = readPolicy(applyFix(document.text, fix), {"2026-11-22"});
    auto before = countsOf(document, false);
    auto now = countsOf(*after, false);
    if (now[diagnostic.code] >= before[diagnostic.code])
        return "it mends nothing";
    for (const auto& [code, count] : countsOf(*after, true)) {
        if (count > before[code])
            return "it brings " + code;
    }
    return {};
}

} // namespace

void PolicyDiagnosticsTest::everyFixMendsAndBreaksNothing()
{
    std::vector<std::string> texts;
    for (const Case& one : cases()) {
        if (one.text != "HUGE")
            texts.push_back(textOf(one));
    }
    const QString folder =
        qEnvironmentVariable("SIGNALBOX_SOURCE_DIR") + QStringLiteral("/tests/policies/broken");
    for (const QFileInfo& info : QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        texts.push_back(file.readAll().toStdString());
    }
    int fixes = 0;
    for (const std::string& text : texts) {
        const auto document = readPolicy(text, {"2026-11-22"});
        for (const Diagnostic& d : document->diagnostics) {
            for (const QuickFix& fix : d.fixes) {
                const std::string fault = faultOf(*document, d, fix);
                QVERIFY2(fault.empty(), (d.code + " " + d.pointer + ", " + fix.title + ": " + fault).c_str());
                ++fixes;
            }
        }
    }
    QVERIFY(fixes >= 10);
}

void PolicyDiagnosticsTest::certainMistakesHaveFixes_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const QByteArray name = "\"name\": \"Base\",";
    QTest::newRow("trailing comma") << QByteArray("\"max_hops\": 2}") << QByteArray("\"max_hops\": 2,}");
    QTest::newRow("comment in a line") << name << "/* who */ " + name;
    QTest::newRow("comment at the end") << name << name + " // who";
    QTest::newRow("comment on a line") << "  " + name << "  # who\n  " + name;
    QTest::newRow("repeated key") << name << name + " " + name;
    QTest::newRow("repeated last key")
        << QByteArray("\"max_hops\": 2}") << QByteArray("\"max_hops\": 2, \"max_hops\": 2}");
    QTest::newRow("byte order mark") << QByteArray("{\n  \"signalbox\"")
                                     << QByteArray("\xef\xbb\xbf{\n  \"signalbox\"");
    QTest::newRow("misspelt key") << QByteArray("\"max_hops\"") << QByteArray("\"max_hosp\"");
    QTest::newRow("misspelt required key") << QByteArray("\"otherwise\"") << QByteArray("\"otherwize\"");
    QTest::newRow("misspelt word") << QByteArray("\"waterfall\"") << QByteArray("\"watrefall\"");
    QTest::newRow("misspelt model") << QByteArray("\"models\": [\"small\"]")
                                    << QByteArray("\"models\": [\"smal\"]");
    QTest::newRow("misspelt rubric") << QByteArray("\"rubric\": \"helpful\"")
                                     << QByteArray("\"rubric\": \"helpfull\"");
    QTest::newRow("misspelt endpoint")
        << QByteArray("\"judge\", \"endpoint\": \"here\"") << QByteArray("\"judge\", \"endpoint\": \"Here\"");
    QTest::newRow("misspelt person") << QByteArray("\"route\": \"human\"")
                                     << QByteArray("\"route\": \"humna\"");
    QTest::newRow("number in quotes")
        << QByteArray("\"deadline_ms\": 1000") << QByteArray("\"deadline_ms\": \"1000\"");
    QTest::newRow("truth in quotes") << QByteArray("\"locked\": true") << QByteArray("\"locked\": \"true\"");
    QTest::newRow("bare string") << QByteArray("\"models\": [\"small\"]")
                                 << QByteArray("\"models\": \"small\"");
    QTest::newRow("no version") << QByteArray("\"signalbox\": 1,\n  ") << QByteArray("");
    QTest::newRow("version in quotes")
        << QByteArray("\"signalbox\": 1") << QByteArray("\"signalbox\": \"1\"");
    QTest::newRow("twice in a list") << QByteArray("[\"T0\", \"T1\"], \"max")
                                     << QByteArray("[\"T0\", \"T1\", \"T0\"], \"max");
    QTest::newRow("scale") << QByteArray("\"below\": 3,") << QByteArray("\"below\": 3, \"of\": 10,");
    QTest::newRow("metadata") << QByteArray("{\"min_input_tokens\": 3000}")
                              << QByteArray("{\"min_input_tokens\": 3000, \"metadata\": {\"seats\": 12}}");
    QTest::newRow("price per token") << QByteArray("\"output_per_mtok\": 0.06")
                                     << QByteArray("\"output_per_mtok\": 0.00000006");
}

void PolicyDiagnosticsTest::certainMistakesHaveFixes()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    const QByteArray base = QByteArray::fromStdString(baseText());
    QVERIFY(base.contains(from));
    QByteArray text = base;
    text.replace(text.indexOf(from), from.size(), to);
    auto document = readPolicy(text.toStdString(), {"2026-11-22"});
    QVERIFY(!document->diagnostics.empty());
    const auto fixable =
        std::ranges::find_if(document->diagnostics, [](const Diagnostic& d) { return !d.fixes.empty(); });
    QVERIFY2(fixable != document->diagnostics.end(),
             policyDiagnosticsToText(document->diagnostics, "").c_str());
    document = readPolicy(applyFix(document->text, fixable->fixes.front()), {"2026-11-22"});
    QVERIFY2(document->diagnostics.empty(), policyDiagnosticsToText(document->diagnostics, "").c_str());
}

void PolicyDiagnosticsTest::uncertainMistakesHaveNone()
{
    const std::tuple<const char*, const char*> rows[] = {
        {"/router/otherwise", "\"T9\""},      // as near to T0 as to T1
        {"/tiers/T0/budget/max_tokens", "1"}, // of input or of output?
        {"/triggers/helpful",
         R"({"id": "helpful", "gate": "judge", "rubric": "helpful", "below": 7, "of": 10, "escalate": "next"})"},
        {"/cascade/max_hops", "\"11\""}, // a number, but too large
        {"/name", "\"\""},
    };
    for (const auto& [pointer, value] : rows) {
        const auto document = readPolicy(*setValue(baseText(), pointer, value), {"2026-11-22"});
        QVERIFY2(!document->diagnostics.empty(), pointer);
        for (const Diagnostic& d : document->diagnostics)
            QVERIFY2(d.fixes.empty(), pointer);
    }
}

void PolicyDiagnosticsTest::fixesKeepTheLayout()
{
    const auto first = [](const std::string& text, const char* code) {
        const auto document = readPolicy(text, {"2026-11-22"});
        const auto found = std::ranges::find(document->diagnostics, code, &Diagnostic::code);
        return found == document->diagnostics.end() || found->fixes.empty()
                   ? std::string("no fix")
                   : applyFix(text, found->fixes.front());
    };
    QCOMPARE(first("{\n\t\"name\": \"N\"\n}", "SB0203"),
             std::string("{\n\t\"signalbox\": 1,\n\t\"name\": \"N\"\n}"));
    QCOMPARE(first("{}", "SB0203"), std::string("{\"signalbox\": 1}"));
    QCOMPARE(first("{\n  // who\n  \"name\": \"N\"\n}", "SB0105"), std::string("{\n  \"name\": \"N\"\n}"));
    QCOMPARE(first("{\"name\": \"N\" /* a */, \"x\": 1}", "SB0105"),
             std::string("{\"name\": \"N\" , \"x\": 1}"));
    QCOMPARE(first("{\"name\": \"N\",\n \"name\": \"N\",\n \"x\": 1}", "SB0103"),
             std::string("{\"name\": \"N\",\n \"x\": 1}"));
    // A comment that would go with what is removed.
    QCOMPARE(first("{\"name\": \"N\", /* why */ \"name\": \"N\"}", "SB0103"), std::string("no fix"));
}

void PolicyDiagnosticsTest::noFixRepeatsAKey()
{
    const auto document =
        readPolicy(*setValue(baseText(), "/models/small/capabilities", "\"sk-live-51HxYzAbCdEfGhIjKl\""),
                   {"2026-11-22"});
    QVERIFY(carriesSecret(*document));
    QVERIFY(document->count(Severity::Error) > 0);
    for (const Diagnostic& d : document->diagnostics)
        QVERIFY(d.fixes.empty());
}

QTEST_GUILESS_MAIN(PolicyDiagnosticsTest)
#include "tst_policy_diagnostics.moc"
