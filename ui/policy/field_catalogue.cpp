// SPDX-License-Identifier: GPL-3.0-or-later
// The policy as a whole, its fleet and its operation. Rules, routers, cascades and triggers:
// field_catalogue_routing.cpp.
#include "ui/policy/field_catalogue.h"

#include "ui/policy/field_tables.h"

#include <QCoreApplication>

namespace signalbox {

namespace {

using K = FieldKind;
using T = ObjectType;
using R = Refers;

/// Marks a text for translation; shown() translates.
constexpr const char* tr(const char* text)
{
    return text;
}

// clang-format off
constexpr ChoiceSpec kPriorities[] = {{"cost", tr("cost")}, {"quality", tr("quality")}, {"latency", tr("latency")}};
constexpr ChoiceSpec kProtocols[] = {{"openai", tr("OpenAI chat completions")},
    {"openai_responses", tr("OpenAI responses")}, {"anthropic", tr("Anthropic messages")}, {"gemini", tr("Gemini")}};
constexpr ChoiceSpec kCapabilities[] = {{"text", tr("text")}, {"vision", tr("vision")}, {"tools", tr("tools")},
    {"json", tr("JSON")}, {"logprobs", tr("log-probabilities")}, {"embeddings", tr("embeddings")}};
constexpr ChoiceSpec kBalances[] = {{"weighted", tr("by weight")}, {"least_busy", tr("to the least busy")}};
constexpr ChoiceSpec kLanes[] = {{"interactive", tr("interactive")}, {"background", tr("background")}};
constexpr ChoiceSpec kOverBudget[] = {{"reject", tr("reject it")}, {"truncate", tr("cut it short")}, {"queue", tr("queue it")}};
constexpr ChoiceSpec kRetrieveWhen[] = {{"always", tr("for every request")}, {"needs_retrieval", tr("when the router says so")}};
constexpr ChoiceSpec kCacheKinds[] = {{"semantic", tr("semantic: alike")}, {"exact", tr("exact: equal")}};
constexpr ChoiceSpec kStickyBy[] = {{"family", tr("model family")}, {"model", tr("model")}, {"tier", tr("tier")}};
constexpr ChoiceSpec kMetrics[] = {{"quality", tr("quality")}, {"cost_per_request_usd", tr("cost per request, USD")},
    {"cost_per_resolved_usd", tr("cost per resolved task, USD")}, {"p95_latency_ms", tr("p95 latency, ms")},
    {"escalation_rate", tr("share that escalates")}, {"human_share", tr("share that goes to a person")}};
constexpr ChoiceSpec kIncludes[] = {{"conversation", tr("conversation")}, {"drafts", tr("drafts")}, {"reasons", tr("reasons")},
    {"retrieval", tr("passages")}};

constexpr FieldSpec kNote = {.key = "note", .kind = K::LongText, .label = tr("Note"),
    .help = tr("For those who edit the policy; it changes nothing."), .rare = true};
constexpr FieldSpec kId = {.key = "id", .kind = K::Id, .label = tr("Id"),
    .help = tr("A new id is taken over wherever the old one is named."), .required = true};

constexpr FieldSpec kPolicy[] = {
    {.key = "signalbox", .kind = K::Fixed, .label = tr("Language version")},
    {.key = "name", .kind = K::Text, .label = tr("Name"), .required = true},
    {.key = "description", .kind = K::LongText, .label = tr("Description"), .rare = true},
    kNote,
    {.key = "priority", .kind = K::Choice, .label = tr("Priority"), .help = tr("A preset for the weights."),
     .absent = tr("not set (cost)"), .choices = kPriorities},
    {.key = "weights", .kind = K::Object, .label = tr("Weights"), .help = tr("They add up to 1. Not stated: the priority's preset."), .rare = true, .holds = T::Weights},
    {.key = "system_prompt", .kind = K::LongText, .label = tr("System prompt"), .help = tr("For every tier that has none of its own."),
     .absent = tr("none")},
    {.key = "copy", .kind = K::Object, .label = tr("What users read"), .holds = T::Copy},
    {.key = "budget", .kind = K::Object, .label = tr("Budget of a whole request"), .rare = true, .holds = T::Budget},
    {.key = "slo", .kind = K::Element, .label = tr("Objectives"), .holds = T::Slo},
    {.key = "endpoints", .kind = K::List, .label = tr("Endpoints"), .help = tr("Servers that speak a chat protocol."), .required = true, .holds = T::Endpoint},
    {.key = "models", .kind = K::List, .label = tr("Models"), .help = tr("Models behind the endpoints, with what they can and what they cost."), .required = true, .holds = T::Model},
    {.key = "tiers", .kind = K::List, .label = tr("Tiers"), .help = tr("Rungs of capability and cost, cheapest first."), .required = true, .holds = T::Tier},
    {.key = "user_tiers", .kind = K::List, .label = tr("User tiers"), .help = tr("Free and paid, interactive and background. The first that fits is the request's."), .holds = T::UserTier},
    {.key = "templates", .kind = K::List, .label = tr("Templates"), .help = tr("System prompts that a route can carry along."), .holds = T::Template},
    {.key = "tools", .kind = K::List, .label = tr("Tools"), .help = tr("What models may be offered to call."), .holds = T::Tool},
    {.key = "rules", .kind = K::List, .label = tr("Rules"), .help = tr("Deterministic constraints and routes. They run first, in this order."), .holds = T::Rule},
    {.key = "router", .kind = K::Element, .label = tr("Router"), .required = true, .holds = T::Router},
    {.key = "cascade", .kind = K::Element, .label = tr("Cascade"), .required = true, .holds = T::Cascade},
    {.key = "rubrics", .kind = K::List, .label = tr("Rubrics"), .help = tr("What judges are asked about a draft."), .holds = T::Rubric},
    {.key = "triggers", .kind = K::List, .label = tr("Triggers"), .help = tr("Why a cascade escalates. Each has a reason code."), .holds = T::Trigger},
    {.key = "retrieval", .kind = K::Element, .label = tr("Retrieval"), .holds = T::Retrieval},
    {.key = "cache", .kind = K::Element, .label = tr("Cache"), .holds = T::Cache},
    {.key = "stickiness", .kind = K::Element, .label = tr("Stickiness"), .holds = T::Stickiness},
    {.key = "release_gates", .kind = K::List, .label = tr("Release gates"), .help = tr("What must hold on a dataset before the policy is exported."), .holds = T::ReleaseGate},
    {.key = "handoff", .kind = K::Element, .label = tr("Handoff"), .holds = T::Handoff},
    {.key = "export", .kind = K::Fixed, .label = tr("Export mark"), .rare = true, .holds = T::Export},
};
constexpr FieldSpec kWeights[] = {
    {.key = "cost", .kind = K::Number, .label = tr("Cost"), .step = 0.05, .required = true},
    {.key = "quality", .kind = K::Number, .label = tr("Quality"), .step = 0.05, .required = true},
    {.key = "latency", .kind = K::Number, .label = tr("Latency"), .step = 0.05, .required = true},
    kNote,
};
constexpr FieldSpec kSlo[] = {
    {.key = "p95_latency_ms", .kind = K::Number, .label = tr("Latency, p95"), .low = 1, .high = 3'600'000, .step = 50, .unit = tr(" ms"), .absent = tr("none")},
    {.key = "cost_per_resolved_usd", .kind = K::Number, .label = tr("Cost per resolved task"), .low = 0, .high = 1'000'000, .step = 0.001, .unit = tr(" USD"), .absent = tr("none")},
    {.key = "min_quality", .kind = K::Object, .label = tr("Least quality"), .holds = T::MinQuality},
    kNote,
};
constexpr FieldSpec kMinQuality[] = {
    {.key = "at_least", .kind = K::Number, .label = tr("At least"), .low = 0, .high = 100, .step = 0.1, .absent = tr("none"), .required = true},
    {.key = "of", .kind = K::Number, .label = tr("Scale, 1 to"), .low = 1, .high = 100, .absent = tr("not set"), .required = true},
    {.key = "source", .kind = K::Text, .label = tr("Who says so"), .help = tr("judge:RUBRIC, reference, verifier or human"), .absent = tr("judge:grounding"), .required = true},
    kNote,
};
constexpr FieldSpec kEndpoint[] = {
    kId,
    {.key = "protocol", .kind = K::Choice, .label = tr("Protocol"), .required = true, .choices = kProtocols},
    {.key = "base_url", .kind = K::Text, .label = tr("Base URL"), .help = tr("https://host/v1; sandbox://local/v1 is the built-in sandbox, whose answers are simulated."), .absent = tr("https://host/v1"), .required = true},
    {.key = "residency", .kind = K::Text, .label = tr("Residency"), .help = tr("on_prem, or a region such as eu or us"), .absent = tr("on_prem, eu, us"), .required = true},
    {.key = "key", .kind = K::Object, .label = tr("Key"), .help = tr("Only where the key is found, never the key itself."), .holds = T::Key},
    kNote,
};
constexpr FieldSpec kKey[] = {
    {.key = "env", .kind = K::Text, .label = tr("Variable"), .help = tr("Name of an environment variable"), .absent = tr("none")},
    {.key = "keychain", .kind = K::Text, .label = tr("Keychain"), .help = tr("Name of an entry of the keychain"), .absent = tr("none")},
    kNote,
};
constexpr FieldSpec kModel[] = {
    kId,
    {.key = "endpoint", .kind = K::Reference, .label = tr("Endpoint"), .required = true, .refers = R::Endpoints},
    {.key = "name", .kind = K::Text, .label = tr("Name there"), .help = tr("What the endpoint calls it"), .required = true},
    {.key = "family", .kind = K::Text, .label = tr("Family"), .help = tr("Models of one family sound alike."), .rare = true},
    {.key = "context_tokens", .kind = K::Number, .label = tr("Context"), .low = 1, .high = 100'000'000, .unit = tr(" tokens"), .absent = tr("not stated")},
    {.key = "max_output_tokens", .kind = K::Number, .label = tr("Output, at most"), .low = 1, .high = 100'000'000, .unit = tr(" tokens"), .absent = tr("not stated")},
    {.key = "capabilities", .kind = K::Words, .label = tr("Can"), .choices = kCapabilities},
    {.key = "price", .kind = K::Object, .label = tr("Price, USD per million tokens"), .holds = T::Price},
    kNote,
};
constexpr FieldSpec kPrice[] = {
    {.key = "input_per_mtok", .kind = K::Number, .label = tr("Input"), .high = 1'000'000, .step = 0.01, .absent = tr("unknown")},
    {.key = "cached_input_per_mtok", .kind = K::Number, .label = tr("Cached input"), .high = 1'000'000, .step = 0.01, .absent = tr("as input")},
    {.key = "cache_write_per_mtok", .kind = K::Number, .label = tr("Cache writes"), .help = tr("Input that the provider writes to its cache of prompts, where it charges more for that"), .high = 1'000'000, .step = 0.01, .absent = tr("unknown")},
    {.key = "output_per_mtok", .kind = K::Number, .label = tr("Output"), .high = 1'000'000, .step = 0.01, .absent = tr("unknown")},
    {.key = "reasoning_per_mtok", .kind = K::Number, .label = tr("Reasoning"), .high = 1'000'000, .step = 0.01, .absent = tr("as output")},
    {.key = "source", .kind = K::Text, .label = tr("Source"), .absent = tr("who says so")},
    {.key = "as_of", .kind = K::Text, .label = tr("As of"), .help = tr("The day, as YYYY-MM-DD"), .absent = tr("2026-11-01")},
    kNote,
};
constexpr FieldSpec kTier[] = {
    kId,
    {.key = "title", .kind = K::Text, .label = tr("Title"), .help = tr("For people: “Fast, on our own machines”"), .rare = true},
    {.key = "specialty", .kind = K::Text, .label = tr("Specialty"), .help = tr("Makes the tier a specialist: “code”, “billing”"), .rare = true},
    {.key = "models", .kind = K::Replicas, .label = tr("Models, load-balanced"), .required = true, .refers = R::Models, .holds = T::Replica},
    {.key = "balance", .kind = K::Choice, .label = tr("Load goes"), .absent = tr("by weight"), .rare = true, .choices = kBalances},
    {.key = "fallback", .kind = K::References, .label = tr("Fallback"), .help = tr("Tried in this order when none of its models is available. This is about availability, not quality."), .rare = true, .refers = R::Tiers},
    {.key = "budget", .kind = K::Object, .label = tr("Budget of one hop"), .holds = T::Budget},
    {.key = "system_prompt", .kind = K::LongText, .label = tr("System prompt of this tier"), .absent = tr("the policy's")},
    {.key = "temperature", .kind = K::Number, .label = tr("Temperature"), .high = 2, .step = 0.1, .absent = tr("the model's"), .rare = true},
    {.key = "top_p", .kind = K::Number, .label = tr("Top p"), .high = 1, .step = 0.05, .absent = tr("the model's"), .rare = true},
    kNote,
};
constexpr FieldSpec kReplica[] = {
    {.key = "model", .kind = K::Reference, .label = tr("Model"), .required = true, .refers = R::Models},
    {.key = "weight", .kind = K::Number, .label = tr("Weight"), .low = 0.001, .high = 1000},
    kNote,
};
constexpr FieldSpec kBudget[] = {
    {.key = "deadline_ms", .kind = K::Number, .label = tr("Deadline"), .low = 1, .high = 3'600'000, .step = 50, .unit = tr(" ms"), .absent = tr("no limit")},
    {.key = "first_token_ms", .kind = K::Number, .label = tr("First token"), .low = 1, .high = 3'600'000, .step = 50, .unit = tr(" ms"), .absent = tr("no limit"), .rare = true},
    {.key = "max_cost_usd", .kind = K::Number, .label = tr("Cost"), .high = 1'000'000, .step = 0.001, .unit = tr(" USD"), .absent = tr("no limit")},
    {.key = "max_cost_usd_per_hour", .kind = K::Number, .label = tr("Cost per hour"), .high = 1'000'000, .step = 0.1, .unit = tr(" USD"), .absent = tr("no limit"), .rare = true},
    {.key = "max_input_tokens", .kind = K::Number, .label = tr("Input"), .low = 1, .high = 100'000'000, .step = 100, .unit = tr(" tokens"), .absent = tr("no limit")},
    {.key = "max_output_tokens", .kind = K::Number, .label = tr("Output"), .low = 1, .high = 100'000'000, .step = 10, .unit = tr(" tokens"), .absent = tr("no limit")},
    {.key = "max_total_tokens", .kind = K::Number, .label = tr("All together"), .low = 1, .high = 100'000'000, .step = 100, .unit = tr(" tokens"), .absent = tr("no limit"), .rare = true},
    kNote,
};
constexpr FieldSpec kUserTier[] = {
    kId,
    {.key = "lane", .kind = K::Choice, .label = tr("Lane"), .absent = tr("interactive"), .choices = kLanes},
    {.key = "over_budget", .kind = K::Choice, .label = tr("Over budget"), .help = tr("Queueing is for the background lane."), .absent = tr("reject it"), .choices = kOverBudget},
    {.key = "budget", .kind = K::Object, .label = tr("Budget of a whole request"), .holds = T::Budget},
    {.key = "slo", .kind = K::Object, .label = tr("Objectives of this tier"), .holds = T::Slo},
    {.key = "when", .kind = K::Condition, .label = tr("Requests that"), .required = true, .holds = T::Condition},
    kNote,
};
constexpr FieldSpec kTemplate[] = {
    kId,
    {.key = "system_prompt", .kind = K::LongText, .label = tr("System prompt"), .required = true},
    kNote,
};
constexpr FieldSpec kTool[] = {
    kId,
    {.key = "description", .kind = K::LongText, .label = tr("What the model is told")},
    {.key = "parameters", .kind = K::Json, .label = tr("Arguments, as a JSON Schema"), .absent = tr("none")},
    kNote,
};
constexpr FieldSpec kRetrieval[] = {
    {.key = "enabled", .kind = K::Check, .label = tr("Retrieval"), .help = tr("on"), .absent = "true"},
    {.key = "when", .kind = K::Choice, .label = tr("When"), .absent = tr("for every request"), .choices = kRetrieveWhen},
    {.key = "model", .kind = K::Reference, .label = tr("Embedded by"), .absent = tr("nobody: words alone are searched for"), .refers = R::Models},
    {.key = "top_k", .kind = K::Number, .label = tr("Passages"), .low = 1, .high = 100, .absent = tr("3")},
    {.key = "min_score", .kind = K::Number, .label = tr("Score, at least"), .help = tr("Relative to the best passage, 0 to 1."), .step = 0.01, .absent = tr("any")},
    kNote,
};
constexpr FieldSpec kCache[] = {
    {.key = "kind", .kind = K::Choice, .label = tr("Kind"), .required = true, .choices = kCacheKinds},
    {.key = "min_similarity", .kind = K::Number, .label = tr("Similarity, at least"), .help = tr("Cosine of the two requests"), .step = 0.01, .absent = tr("0.95"), .only = "semantic"},
    {.key = "ttl_s", .kind = K::Number, .label = tr("Kept for"), .low = 1, .high = 31'536'000, .step = 60, .unit = tr(" s"), .absent = tr("one day")},
    {.key = "model", .kind = K::Reference, .label = tr("Embedded by"), .absent = tr("the built-in embedder"), .refers = R::Models, .only = "semantic"},
    {.key = "scope", .kind = K::Lines, .label = tr("Metadata that must agree"), .help = tr("Keys such as account; without them answers are shared by everybody.")},
    kNote,
};
constexpr FieldSpec kStickiness[] = {
    {.key = "by", .kind = K::Choice, .label = tr("Stays with the"), .absent = tr("model family"), .choices = kStickyBy},
    {.key = "max_age_s", .kind = K::Number, .label = tr("For"), .low = 1, .high = 31'536'000, .step = 60, .unit = tr(" s"), .absent = tr("30 minutes")},
    {.key = "session_key", .kind = K::Text, .label = tr("Session"), .help = tr("The key of the metadata that names the session"), .absent = tr("session")},
    kNote,
};
constexpr FieldSpec kReleaseGate[] = {
    kId,
    {.key = "dataset", .kind = K::Text, .label = tr("Dataset"), .required = true},
    {.key = "metric", .kind = K::Choice, .label = tr("Metric"), .required = true, .choices = kMetrics},
    {.key = "at_least", .kind = K::Number, .label = tr("At least"), .high = 3'600'000, .step = 0.01, .absent = tr("no bound")},
    {.key = "at_most", .kind = K::Number, .label = tr("At most"), .high = 3'600'000, .step = 0.01, .absent = tr("no bound")},
    {.key = "source", .kind = K::Text, .label = tr("Who says so"), .help = tr("judge:RUBRIC, reference, verifier or human"), .absent = tr("judge:grounding"), .required = true, .only = "quality", .fresh = "\"reference\""},
    {.key = "confidence", .kind = K::Number, .label = tr("Confidence"), .help = tr("The interval's bound must hold, not the estimate."), .low = 0.5, .high = 0.999, .step = 0.01, .absent = tr("0.95")},
    kNote,
};
constexpr FieldSpec kHandoff[] = {
    {.key = "queue", .kind = K::Text, .label = tr("Queue"), .absent = tr("support-level-2")},
    {.key = "copy", .kind = K::LongText, .label = tr("What the user reads"), .absent = tr("nothing")},
    {.key = "include", .kind = K::Words, .label = tr("The person is given"), .choices = kIncludes},
    kNote,
};
constexpr FieldSpec kCopy[] = {
    {.key = "escalating", .kind = K::Text, .label = tr("While escalating"), .absent = tr("nothing")},
    {.key = "restarted", .kind = K::Text, .label = tr("When an answer starts again"), .absent = tr("nothing")},
    {.key = "rejected", .kind = K::Text, .label = tr("When a budget refuses"), .absent = tr("nothing")},
    kNote,
};
constexpr FieldSpec kExport[] = {
    {.key = "forced", .kind = K::Fixed}, {.key = "errors", .kind = K::Fixed}, {.key = "warnings", .kind = K::Fixed},
    {.key = "notes", .kind = K::Fixed}, {.key = "hash", .kind = K::Fixed}, {.key = "version", .kind = K::Fixed}, {.key = "checked_at", .kind = K::Fixed}, kNote,
};

constexpr ObjectSpec kObjects[] = {
    {.type = T::Policy, .title = tr("Policy"), .fields = kPolicy},
    {.type = T::Weights, .title = tr("Weights"), .fields = kWeights},
    {.type = T::Slo, .title = tr("Objectives"), .about = tr("What the policy promises."), .fields = kSlo},
    {.type = T::MinQuality, .title = tr("Least quality"), .fields = kMinQuality},
    {.type = T::Endpoint, .title = tr("Endpoint"), .fields = kEndpoint,
     .fresh = R"({"id": <id>, "protocol": "openai", "base_url": "http://127.0.0.1:8080/v1", "residency": "on_prem"})", .stem = "endpoint-"},
    {.type = T::Key, .title = tr("Key"), .fields = kKey},
    {.type = T::Model, .title = tr("Model"), .fields = kModel,
     .fresh = R"({"id": <id>, "endpoint": <endpoint>, "name": <id>, "context_tokens": 8192, "capabilities": ["text"]})", .stem = "model-"},
    {.type = T::Price, .title = tr("Price"), .fields = kPrice},
    {.type = T::Tier, .title = tr("Tier"), .fields = kTier, .fresh = R"({"id": <id>, "models": [<model>]})", .stem = "T"},
    {.type = T::Replica, .title = tr("Replica"), .fields = kReplica},
    {.type = T::Budget, .title = tr("Budget"), .fields = kBudget},
    {.type = T::UserTier, .title = tr("User tier"), .about = tr("Requests that fit have their own budget and objectives."), .fields = kUserTier,
     .fresh = R"({"id": <id>, "when": {"metadata": {"plan": "free"}}, "lane": "interactive"})", .stem = "user-tier-"},
    {.type = T::Template, .title = tr("Template"), .about = tr("A system prompt that a route can carry along."), .fields = kTemplate,
     .fresh = R"({"id": <id>, "system_prompt": "Answer the customer in one short paragraph."})", .stem = "template-"},
    {.type = T::Tool, .title = tr("Tool"), .about = tr("Models may call it where a route allows it."), .fields = kTool,
     .fresh = R"({"id": <id>, "description": "", "parameters": {"type": "object", "properties": {}}})", .stem = "tool_"},
    {.type = T::Retrieval, .title = tr("Retrieval"), .about = tr("Passages from the workspace."), .fields = kRetrieval},
    {.type = T::Cache, .title = tr("Cache"), .about = tr("Answers that are given again without a model."), .selector = "kind", .fields = kCache},
    {.type = T::Stickiness, .title = tr("Stickiness"), .about = tr("A session stays with what answered it, so that the tone does not jump. Escalation for quality still goes up."), .fields = kStickiness},
    {.type = T::ReleaseGate, .title = tr("Release gate"), .about = tr("It must hold on the dataset before the policy is exported."), .selector = "metric", .fields = kReleaseGate,
     .fresh = R"({"id": <id>, "dataset": "harbor-sample", "metric": "human_share", "at_most": 0.1})", .stem = "gate-"},
    {.type = T::Handoff, .title = tr("Handoff"), .about = tr("What a person who takes over is given."), .fields = kHandoff},
    {.type = T::Copy, .title = tr("Copy"), .fields = kCopy},
    {.type = T::Export, .title = tr("Export mark"), .fields = kExport},
};
// clang-format on

} // namespace

const ObjectSpec& objectSpec(ObjectType type)
{
    static constexpr ObjectSpec kNone;
    for (const ObjectSpec& spec : kObjects) {
        if (spec.type == type)
            return spec;
    }
    for (const ObjectSpec& spec : routingObjects()) {
        if (spec.type == type)
            return spec;
    }
    return kNone;
}

const FieldSpec* fieldSpec(ObjectType type, std::string_view key)
{
    for (const FieldSpec& field : objectSpec(type).fields) {
        if (key == field.key)
            return &field;
    }
    return nullptr;
}

bool isKnownIn(const FieldSpec& field, const FieldContext& context)
{
    const auto names = [](const char* list) {
        return QString::fromLatin1(list).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    if (const QStringList checks = names(field.check);
        !checks.isEmpty() && !context.check.isEmpty() && !checks.contains(context.check))
        return false;
    const QStringList only = names(field.only);
    if (only.isEmpty())
        return true;
    // What cannot be told keeps everything in view.
    const auto isPlace = [](const QString& name) { return name.startsWith(QLatin1Char('@')); };
    if (only.contains(context.isStep ? QStringLiteral("@step") : QStringLiteral("@top")))
        return true;
    return only.contains(context.kind) ||
           (context.kind.isEmpty() && !std::all_of(only.begin(), only.end(), isPlace));
}

QString shown(const char* text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("signalbox", text);
}

} // namespace signalbox
