// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/assistant.h"

#include "base/clock.h"
#include "policy/document.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr TrafficInfo kShapes[] = {
    {TrafficShape::StableIntents, "stable-intents", "Stable intents, lots of labels",
     "A trained classifier sends each intent to the specialist for it; an unsure specialist hands up.",
     "Classifier router + specialist tiers", "LLM-as-router on every request",
     "With labels at hand a classifier decides in a few milliseconds for almost nothing, and each specialist "
     "can be "
     "measured on the intents it owns."},
    {TrafficShape::VariablePhrasing, "variable-phrasing", "Highly variable phrasing, few labels",
     "The nearest cluster of example sentences picks the tier; what is near to none goes to the mid tier.",
     "Embedding clusters + mid-tier default", "Brittle regex-only rules",
     "Clusters understand paraphrase and need only a few example sentences each; the mid tier answers what "
     "no cluster "
     "knows."},
    {TrafficShape::Compliance, "strict-compliance", "Strict compliance, data residency",
     "Rules keep personal data on your own machines; the cloud is asked only for what may leave them.",
     "Rule overrides + on-prem SLM pool", "Cloud frontier for all PII-bearing threads",
     "Rules are auditable and cannot be overridden by anything that was learned; personal data never has a "
     "way to the "
     "cloud."},
    {TrafficShape::InteractiveChat, "interactive-chat", "Interactive chat, tight p95 latency",
     "Two models start almost together; the first answer that passes a light check is shown.",
     "Parallel race", "Three-hop serial waterfall",
     "A race cuts the tail: a slow or refused answer costs no second wait. Serial hops would add up to more "
     "than the "
     "objective."},
    {TrafficShape::Batch, "batch-documents", "Batch document processing",
     "Everything begins at the cheapest tier; what a judge does not accept goes up, one tier at a time.",
     "Waterfall cascade with aggressive T0", "Parallel race, which wastes compute",
     "Nobody waits, so serial hops cost nothing but time, and most documents never leave the cheapest tier."},
    {TrafficShape::AgentWithTools, "agent-with-tools", "Agent with tools",
     "The length of the tool chain that a request needs picks the tier; malformed tool calls go up.",
     "Route by planned tool-chain complexity", "SLM for multi-step tool planning without escalation",
     "One call is easy, a plan of several is not: small models fail on plans quietly, so they get none, and "
     "what goes "
     "wrong is handed up."},
    {TrafficShape::EarlyProduct, "early-product", "Early product, unknown distribution",
     "The frontier model answers everything, and every trace is kept for a cheaper policy later.",
     "Frontier-first + log for later distillation", "Premature four-tier cascade without eval data",
     "Until it is known what people ask, a cascade would be tuned on guesses; recorded traffic is what a "
     "router can be "
     "trained and judged on."},
};

constexpr int kStaggerMs = 150; ///< of the second lane of a race

struct Objectives
{
    double p95Ms;
    double costUsd;
};
Objectives usualObjectives(TrafficShape shape)
{
    switch (shape) {
    case TrafficShape::StableIntents:
        return {6000, 0.05};
    case TrafficShape::VariablePhrasing:
        return {9000, 0.06};
    case TrafficShape::Compliance:
        return {20'000, 0.20};
    case TrafficShape::InteractiveChat:
        return {1200, 0.02};
    case TrafficShape::Batch:
        return {120'000, 0.10};
    case TrafficShape::AgentWithTools:
        return {30'000, 0.30};
    case TrafficShape::EarlyProduct:
        return {8000, 0.10};
    }
    return {8000, 0.10};
}

class Builder
{
public:
    explicit Builder(const AssistantAnswers& answers)
        : m_answers(answers), m_info(infoOf(answers.shape)),
          m_today(answers.today.empty() ? todayUtc() : answers.today)
    {
    }

    std::string text()
    {
        const Objectives usual = usualObjectives(m_answers.shape);
        m_p95 = m_answers.p95LatencyMs.value_or(usual.p95Ms);
        m_policy["signalbox"] = 1;
        m_policy["name"] = m_answers.name.empty() ? m_info.title : m_answers.name;
        m_policy["note"] = std::string("Traffic: ") + m_info.title + ". Preferred: " + m_info.prefer + ". " +
                           m_info.why + " Avoided: " + m_info.avoid + ".";
        m_policy["description"] = m_info.about;
        m_policy["priority"] =
            m_answers.shape == TrafficShape::InteractiveChat ? "latency"
            : m_answers.shape == TrafficShape::Compliance || m_answers.shape == TrafficShape::EarlyProduct
                ? "quality"
                : "cost";
        m_policy["slo"] = {
            {"p95_latency_ms", number(m_p95)},
            {"cost_per_resolved_usd", number(m_answers.costPerResolvedUsd.value_or(usual.costUsd))}};
        m_policy["system_prompt"] =
            "You are a careful assistant. Answer in one short paragraph; when you do not know, say so.";
        m_policy["endpoints"] = OrderedJson::array();
        m_policy["models"] = OrderedJson::array();
        m_policy["tiers"] = OrderedJson::array();
        m_policy["rules"] = OrderedJson::array();
        addEndpoints();
        addPersonRule();
        switch (m_answers.shape) {
        case TrafficShape::StableIntents:
            stableIntents();
            break;
        case TrafficShape::VariablePhrasing:
            variablePhrasing();
            break;
        case TrafficShape::Compliance:
            compliance();
            break;
        case TrafficShape::InteractiveChat:
            interactiveChat();
            break;
        case TrafficShape::Batch:
            batch();
            break;
        case TrafficShape::AgentWithTools:
            agentWithTools();
            break;
        case TrafficShape::EarlyProduct:
            earlyProduct();
            break;
        }
        addQuality();
        m_policy["copy"] = {{"escalating", "Thinking longer about this one…"}};
        dropUnusedEndpoints();
        const std::string plain = m_policy.dump(2, ' ', false, OrderedJson::error_handler_t::replace);
        return canonicalPolicyText(plain).value_or(plain);
    }

private:
    enum class Size { Small, Mid, Frontier };

    static OrderedJson number(double value)
    {
        return value == std::floor(value) && std::abs(value) < 1e15
                   ? OrderedJson(static_cast<long long>(value))
                   : OrderedJson(value);
    }
    bool hasOnPrem() const { return m_answers.sandbox || !m_answers.onPremUrl.empty(); }
    bool personalDataStays() const
    {
        return (m_answers.personalDataStays && hasOnPrem()) || m_answers.shape == TrafficShape::Compliance;
    }
    const char* home() const { return hasOnPrem() ? "onprem" : "cloud"; }

    void addEndpoints()
    {
        const auto endpoint = [&](const char* id, const std::string& url, const std::string& residency,
                                  bool key) {
            OrderedJson out = {{"id", id},
                               {"protocol", "openai"},
                               {"base_url", m_answers.sandbox ? "sandbox://local/v1" : url}};
            if (key && !m_answers.sandbox && !m_answers.keyEnv.empty())
                out["key"] = {{"env", m_answers.keyEnv}};
            out["residency"] = residency;
            m_policy["endpoints"].push_back(std::move(out));
        };
        if (hasOnPrem())
            endpoint("onprem", m_answers.onPremUrl, "on_prem", false);
        endpoint("cloud", m_answers.baseUrl, m_answers.region, true);
    }

    void dropUnusedEndpoints()
    {
        OrderedJson used = OrderedJson::array();
        for (const OrderedJson& endpoint : m_policy["endpoints"]) {
            const OrderedJson& models = m_policy["models"];
            if (std::any_of(models.begin(), models.end(),
                            [&](const OrderedJson& model) { return model["endpoint"] == endpoint["id"]; }))
                used.push_back(endpoint);
        }
        m_policy["endpoints"] = std::move(used);
    }

    void addModel(const std::string& id, Size size, const char* endpoint)
    {
        struct Known
        {
            const char* name;
            int context;
            int output;
            double in;
            double out;
        };
        static constexpr Known kKnown[] = {{"support-3b-ft", 8192, 400, 0.02, 0.06},
                                           {"mid-mini", 128'000, 600, 0.15, 0.60},
                                           {"frontier", 200'000, 1000, 3.00, 15.00}};
        const Known& known = kKnown[static_cast<std::size_t>(size)];
        const std::string* const own[] = {&m_answers.smallModel, &m_answers.midModel,
                                          &m_answers.frontierModel};
        OrderedJson model = {{"id", id}, {"endpoint", endpoint}};
        model["name"] = m_answers.sandbox ? std::string(known.name) : *own[static_cast<std::size_t>(size)];
        if (m_answers.sandbox) {
            model["context_tokens"] = known.context;
            model["max_output_tokens"] = known.output;
        } else {
            model["note"] = "State its context window and its price: until then its cost is unknown.";
        }
        model["capabilities"] = size == Size::Small ? OrderedJson{"text", "json"}
                                                    : OrderedJson{"text", "vision", "tools", "json"};
        if (m_answers.sandbox)
            model["price"] = {{"input_per_mtok", known.in},
                              {"output_per_mtok", known.out},
                              {"source", "sandbox list"},
                              {"as_of", m_today}};
        m_policy["models"].push_back(std::move(model));
    }

    void addJudge()
    {
        OrderedJson model = {{"id", "judge"},
                             {"endpoint", home()},
                             {"name", m_answers.sandbox ? "judge-mini" : m_answers.judgeModel}};
        if (m_answers.sandbox)
            model["context_tokens"] = 32'000;
        model["capabilities"] = {"text", "json"};
        if (m_answers.sandbox)
            model["price"] = {{"input_per_mtok", 0.02},
                              {"output_per_mtok", 0.08},
                              {"source", "sandbox list"},
                              {"as_of", m_today}};
        m_policy["models"].push_back(std::move(model));
        m_policy["rubrics"] = {
            {{"id", "helpful"},
             {"model", "judge"},
             {"of", 5},
             {"instructions",
              "Score how well the answer is right and answers the question: 5 = all of it, 3 = partly, "
              "1 = wrong or no answer."}}};
    }

    void addTier(const std::string& id, const char* title, const OrderedJson& models, double deadlineMs,
                 double costUsd, const char* note = nullptr)
    {
        OrderedJson tier = {{"id", id}};
        if (note)
            tier["note"] = note;
        tier["title"] = title;
        tier["models"] = models;
        tier["budget"] = {{"deadline_ms", number(std::round(deadlineMs))}, {"max_cost_usd", costUsd}};
        m_policy["tiers"].push_back(std::move(tier));
    }

    void addPersonRule()
    {
        m_policy["rules"].push_back({{"id", "person"},
                                     {"note", "Routing never blocks an explicit wish for a person."},
                                     {"when",
                                      {{"keyword",
                                        {"talk to a person", "speak to a person", "talk to a human",
                                         "speak to a human", "real person", "human agent"}}}},
                                     {"route", "human"},
                                     {"locked", true},
                                     {"reason", "policy.human_requested"}});
    }
    void addPersonalDataRule()
    {
        if (!personalDataStays())
            return;
        m_policy["rules"].push_back(
            {{"id", "personal-data"},
             {"note",
              "A hard constraint: whatever routes after it, these threads stay on-premises, to their end."},
             {"when", {{"pii", "any"}}},
             {"allow_residency", {"on_prem"}},
             {"taints_thread", true},
             {"reason", "policy.personal_data_stays"}});
    }
    void addLegalRule(const char* route)
    {
        m_policy["rules"].push_back(
            {{"id", "legal"},
             {"note", "What must not go wrong does not depend on a router."},
             {"when", {{"keyword", {"legal", "lawyer", "lawsuit", "chargeback", "safety"}}}},
             {"route", route},
             {"locked", true},
             {"reason", "policy.legal"}});
    }

    void addJudgeTrigger(double below)
    {
        m_policy["triggers"].push_back({{"id", "helpful"},
                                        {"gate", "judge"},
                                        {"rubric", "helpful"},
                                        {"below", below},
                                        {"of", 5},
                                        {"escalate", "next"}});
    }

    /// T0 on one's own machines where there are any, T1 and T2 in the cloud.
    void threeTiers(double t0Share, double t1Share, double t2Share)
    {
        addModel("small", Size::Small, home());
        addModel("mid", Size::Mid, "cloud");
        addModel("frontier", Size::Frontier, "cloud");
        addTier("T0", "Small and cheap", {"small"}, m_p95 * t0Share, 0.002);
        addTier("T1", "Mid-size", {"mid"}, m_p95 * t1Share, 0.01);
        addTier("T2", "Frontier", {"frontier"}, m_p95 * t2Share, 0.10);
    }

    static OrderedJson signal(const char* id, OrderedJson rest)
    {
        OrderedJson out = {{"id", id}};
        out.update(rest);
        return out;
    }
    /// Difficulty from the request alone: the weights are a start, to be tuned on recorded traffic.
    static OrderedJson scoring(const char* note, OrderedJson signals, OrderedJson map, const char* otherwise)
    {
        return {{"kind", "scoring"},  {"note", note},     {"bias", -0.6},
                {"steepness", 1.6},   {"medium_at", 0.9}, {"hard_at", 2.4},
                {"signals", signals}, {"map", map},       {"otherwise", otherwise}};
    }

    void stableIntents()
    {
        addPersonalDataRule();
        addModel("faq-model", Size::Small, home());
        addModel("billing-model", Size::Mid, "cloud");
        addModel("frontier", Size::Frontier, "cloud");
        addTier("faq", "Answers common questions", {"faq-model"}, m_p95 * 0.25, 0.002);
        m_policy["tiers"].back()["specialty"] = "faq";
        addTier("billing", "Answers about money", {"billing-model"}, m_p95 * 0.35, 0.01);
        m_policy["tiers"].back()["specialty"] = "billing";
        addTier("general", "Answers the rest", {"frontier"}, m_p95 * 0.65, 0.10);
        addLegalRule("general");
        m_policy["router"] = {
            {"kind", "classifier"},
            {"note", "Labels are there, so a trained classifier decides, in milliseconds. Train \"intents\" "
                     "in this workspace."},
            {"artefact", "intents"},
            {"min_confidence", 0.82},
            {"map",
             {{{"intent", "faq.*"}, {"route", "faq"}}, {{"intent", "billing.*"}, {"route", "billing"}}}},
            {"otherwise", "general"}};
        m_policy["cascade"] = {{"pattern", "specialist_pool"},
                               {"note", "One specialist answers; only one that says UNSURE hands up."},
                               {"pool", {"faq", "billing"}},
                               {"unsure", {{"marker", "UNSURE"}, {"escalate", "general"}}},
                               {"when_exhausted", "human"}};
        for (OrderedJson& tier : m_policy["tiers"]) {
            if (tier.contains("specialty"))
                tier["system_prompt"] = "You answer questions of your field only. When you are not sure, "
                                        "answer with the single word UNSURE.";
        }
    }

    void variablePhrasing()
    {
        addPersonalDataRule();
        threeTiers(0.2, 0.35, 0.45);
        addLegalRule("T2");
        m_policy["router"] = {
            {"kind", "embedding"},
            {"note", "Replace the examples by sentences of your own traffic; a cluster is added by a few "
                     "more, without training."},
            {"centroids",
             {{{"id", "faq.access"},
               {"examples", {"I cannot log in", "how do I reset my password", "the code never arrives"}}},
              {{"id", "faq.delivery"},
               {"examples", {"where is my order", "when will it arrive", "the parcel is late"}}},
              {{"id", "dispute.charge"},
               {"examples", {"I was charged twice", "this invoice is wrong", "I want my money back"}}}}},
            {"min_similarity", 0.35},
            {"min_margin", 0.05},
            {"map", {{{"intent", "faq.*"}, {"route", "T0"}}, {{"intent", "dispute.*"}, {"route", "T2"}}}},
            {"otherwise", "T1"}};
        m_policy["cascade"] = {
            {"pattern", "waterfall"},
            {"note",
             "What is near to no cluster begins at the mid tier; a draft that the judge rejects goes up."},
            {"order", {"T0", "T1", "T2"}},
            {"max_hops", 3},
            {"carry", {"draft"}},
            {"when_exhausted", "human"}};
        addJudge();
        addJudgeTrigger(3.5);
    }

    void compliance()
    {
        addPersonalDataRule();
        addModel("local-a", Size::Small, "onprem");
        addModel("local-b", Size::Small, "onprem");
        addModel("local-large", Size::Mid, "onprem");
        addModel("frontier", Size::Frontier, "cloud");
        addTier("T0", "Small, on our own machines", {"local-a", "local-b"}, m_p95 * 0.15, 0.002,
                "A pool: requests go to whichever replica is least busy.");
        m_policy["tiers"].back()["balance"] = "least_busy";
        addTier("T1", "Large, on our own machines", {"local-large"}, m_p95 * 0.3, 0.01);
        addTier("T2", "Frontier, in the cloud", {"frontier"}, m_p95 * 0.5, 0.10,
                "Reached only by what carries no personal data.");
        m_policy["rules"].push_back(
            {{"id", "legal"},
             {"note", "Legal and safety matters are for a person."},
             {"when", {{"keyword", {"legal", "lawyer", "lawsuit", "chargeback", "safety"}}}},
             {"route", "human"},
             {"locked", true},
             {"reason", "policy.legal"}});
        m_policy["rules"].push_back({{"id", "long"},
                                     {"note", "Long texts are hard for the small model."},
                                     {"when", {{"min_input_tokens", 600}}},
                                     {"route", "T1"},
                                     {"reason", "policy.long"}});
        m_policy["router"] = {{"kind", "rules"},
                              {"note", "Rules alone decide: every decision can be explained from this file."},
                              {"otherwise", "T0"}};
        m_policy["cascade"] = {
            {"pattern", "waterfall"},
            {"note", "The own machines first; a person when nothing that is allowed is left."},
            {"order", {"T0", "T1", "T2"}},
            {"max_hops", 3},
            {"carry", {"draft"}},
            {"when_exhausted", "human"}};
        addJudge();
        addJudgeTrigger(3.8);
    }

    void interactiveChat()
    {
        addPersonalDataRule();
        addModel("small", Size::Small, home());
        addModel("mid", Size::Mid, "cloud");
        const double rest = std::max(m_p95 - kStaggerMs, 50.0);
        addTier("fast", "Answers at once", {"small"}, rest, 0.002);
        addTier("better", "Answers well", {"mid"}, rest, 0.01);
        for (OrderedJson& tier : m_policy["tiers"])
            tier["budget"]["first_token_ms"] = number(std::round(rest * 0.6));
        m_policy["router"] = {{"kind", "fixed"},
                              {"note", "Nothing is gained by deciding first: both are asked."},
                              {"otherwise", "fast"}};
        m_policy["cascade"] = {{"pattern", "race"},
                               {"note", "The second starts a little later, so that easy questions cost one "
                                        "call; the loser is cancelled."},
                               {"order", {"fast", "better"}},
                               {"lanes", {"fast", "better"}},
                               {"stagger_ms", kStaggerMs},
                               {"accept", {"no-refusal", "long-enough"}},
                               {"max_hops", 3},
                               {"stream", "first_acceptable"},
                               {"when_exhausted", "human"}};
        m_policy["triggers"] = {{{"id", "no-refusal"}, {"gate", "refusal"}, {"escalate", "next"}},
                                {{"id", "long-enough"},
                                 {"gate", "verifier"},
                                 {"check", "length"},
                                 {"min_chars", 12},
                                 {"max_chars", 4000},
                                 {"escalate", "next"}}};
    }

    void batch()
    {
        addPersonalDataRule();
        threeTiers(0.2, 0.3, 0.5);
        m_policy["router"] = {{"kind", "fixed"},
                              {"note", "Aggressive: every document begins at the cheapest tier."},
                              {"otherwise", "T0"}};
        m_policy["cascade"] = {
            {"pattern", "waterfall"},
            {"note", "Nobody waits, so the tiers are tried one after the other, and no call is wasted."},
            {"order", {"T0", "T1", "T2"}},
            {"max_hops", 3},
            {"carry", {"draft"}},
            {"when_exhausted", "human"}};
        addJudge();
        addJudgeTrigger(3.0);
    }

    void agentWithTools()
    {
        addPersonalDataRule();
        threeTiers(0.15, 0.3, 0.5);
        m_policy["rules"].push_back({{"id", "tools-need-planning"},
                                     {"note", "A small model does not plan tool calls: it fails quietly."},
                                     {"when", {{"has_tools", true}}},
                                     {"exclude", {"T0"}},
                                     {"reason", "policy.tools_need_planning"}});
        addLegalRule("T2");
        m_policy["router"] = scoring(
            "The signals count the steps that a request asks for: the longer the chain of tools, the higher "
            "the tier.",
            {signal("steps", {{"keyword",
                               {"then", "after that", "before", "finally", "for each", "compare", "unless",
                                "depending"}},
                              {"weight", 0.7},
                              {"at_most", 4}}),
             signal("clauses", {{"feature", "clauses"}, {"weight", 0.35}, {"at_most", 6}}),
             signal("sentences", {{"feature", "sentences"}, {"weight", 0.12}, {"at_most", 8}}),
             signal("length", {{"feature", "input_tokens"}, {"weight", 0.3}, {"per", 100}, {"at_most", 3}})},
            {{{"difficulty", 1}, {"min_confidence", 0.6}, {"route", "T0"}},
             {{"difficulty", 1}, {"route", "T1"}},
             {{"difficulty", 2}, {"route", "T1"}}},
            "T2");
        m_policy["cascade"] = {{"pattern", "waterfall"},
                               {"note", "A tool call that is malformed, or a plan that the model gives up, "
                                        "goes up with what the tools said."},
                               {"order", {"T0", "T1", "T2"}},
                               {"max_hops", 3},
                               {"carry", {"draft", "tool_results"}},
                               {"when_exhausted", "human"}};
        m_policy["triggers"] = {
            {{"id", "tool-call"}, {"gate", "tool_call"}, {"escalate", "next"}},
            {{"id", "gives-up"}, {"gate", "self_escalation"}, {"marker", "ESCALATE"}, {"escalate", "next"}}};
    }

    void earlyProduct()
    {
        addPersonalDataRule();
        if (personalDataStays()) {
            addModel("local", Size::Mid, "onprem");
            addTier("own", "On our own machines", {"local"}, m_p95, 0.01,
                    "For threads with personal data, which may not leave.");
        }
        addModel("frontier", Size::Frontier, "cloud");
        addTier("frontier", "Frontier", {"frontier"}, m_p95, 0.10);
        if (personalDataStays())
            m_policy["rules"].push_back({{"id", "own-for-personal-data"},
                                         {"when", {{"pii", "any"}}},
                                         {"route", "own"},
                                         {"locked", true},
                                         {"reason", "policy.personal_data"}});
        m_policy["router"] = {{"kind", "fixed"},
                              {"note", "Best first. Every trace is kept in the workspace: ask all tiers of "
                                       "it later, and train a router on what it shows."},
                              {"otherwise", "frontier"}};
        m_policy["cascade"] = {{"pattern", "direct"},
                               {"note", "One tier until there are figures to build a second one on."}};
    }

    /// A quality objective needs somebody who says so.
    void addQuality()
    {
        if (!m_answers.minQuality)
            return;
        if (!m_policy.contains("rubrics"))
            addJudge();
        m_policy["slo"]["min_quality"] = {
            {"at_least", *m_answers.minQuality}, {"of", 5}, {"source", "judge:helpful"}};
    }

    const AssistantAnswers& m_answers;
    const TrafficInfo& m_info;
    std::string m_today;
    double m_p95 = 0;
    OrderedJson m_policy;
};

} // namespace

std::span<const TrafficInfo> trafficShapes()
{
    return kShapes;
}

const TrafficInfo& infoOf(TrafficShape shape)
{
    return *std::find_if(std::begin(kShapes), std::end(kShapes),
                         [shape](const TrafficInfo& info) { return info.shape == shape; });
}

std::string policyFromAnswers(const AssistantAnswers& answers)
{
    return Builder(answers).text();
}

std::string missingAnswer(const AssistantAnswers& answers)
{
    const auto isUrl = [](const std::string& url) {
        return url.rfind("http://", 0) == 0 || url.rfind("https://", 0) == 0;
    };
    if (answers.sandbox)
        return {};
    if (!isUrl(answers.baseUrl))
        return "State the base URL of the server: it begins with https:// and often ends in /v1.";
    if (!answers.onPremUrl.empty() && !isUrl(answers.onPremUrl))
        return "The URL of the server on your own machines begins with http:// or https://.";
    const bool stays = answers.personalDataStays || answers.shape == TrafficShape::Compliance;
    if (stays && answers.onPremUrl.empty())
        return "Personal data that stays on your own machines needs a server there: state its URL.";
    for (const std::string* model :
         {&answers.smallModel, &answers.midModel, &answers.frontierModel, &answers.judgeModel}) {
        if (model->empty())
            return "Name all models as the servers call them.";
    }
    return {};
}

} // namespace signalbox
