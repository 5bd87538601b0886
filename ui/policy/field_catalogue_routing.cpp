// SPDX-License-Identifier: GPL-3.0-or-later
// Rules and their conditions, routers, cascades, rubrics and triggers.
#include "policy/vocabulary.h"
#include "ui/policy/field_tables.h"

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
constexpr ChoiceSpec kPii[] = {{"any", tr("any")}, {"email", tr("e-mail address")}, {"phone", tr("phone number")}, {"card", tr("card number")},
    {"iban", tr("IBAN")}, {"ssn", tr("social security number")}, {"ip_address", tr("IP address")}};
constexpr ChoiceSpec kDays[] = {{"mon", tr("Mon")}, {"tue", tr("Tue")}, {"wed", tr("Wed")}, {"thu", tr("Thu")}, {"fri", tr("Fri")},
    {"sat", tr("Sat")}, {"sun", tr("Sun")}};
constexpr ChoiceSpec kRouterKinds[] = {{"scoring", tr("scoring: adds up signals")}, {"fixed", tr("fixed: always the same")},
    {"rules", tr("rules: what rules say")}, {"classifier", tr("classifier: trained on labels")}, {"embedding", tr("embedding: nearest examples")},
    {"predictive", tr("predictive: does the weak tier do?")}, {"knn", tr("nearest neighbours")}, {"llm", tr("a model is asked")},
    {"bandit", tr("bandit: learns as it goes")}, {"agentic", tr("a model chooses a tool")}, {"chain", tr("chain: one after the other")}};
constexpr ChoiceSpec kFeatures[] = {{"questions", tr("questions")}, {"clauses", tr("clauses")}, {"numbers", tr("numbers")},
    {"sentences", tr("sentences")}, {"input_tokens", tr("tokens")}, {"has_attachment", tr("attachment")}, {"uppercase", tr("upper case")}};
constexpr ChoiceSpec kPatterns[] = {{"direct", tr("direct: one hop")}, {"waterfall", tr("waterfall: escalates")}, {"race", tr("race: the first good answer")},
    {"specialist_pool", tr("pool of specialists")}, {"pipeline", tr("pipeline of stages")},
    {"agreement", tr("agreement: two say the same")}, {"self_consistency", tr("self-consistency: most samples")}};
constexpr ChoiceSpec kCompare[] = {{"text", tr("word for word")}, {"answer", tr("the number or short answer")}, {"judge", tr("by a judge, in both orders")}};
constexpr ChoiceSpec kCarry[] = {{"retrieval", tr("passages")}, {"draft", tr("draft")}, {"tool_results", tr("tool results")}};
constexpr ChoiceSpec kStream[] = {{"all", tr("every answer as it comes")}, {"first_acceptable", tr("the first that passes")}, {"final", tr("the final one")}};
constexpr ChoiceSpec kAfterCut[] = {{"restart", tr("another begins anew")}, {"stop", tr("it stays as it is")}};
constexpr ChoiceSpec kExhausted[] = {{"answer", tr("give the best draft")}, {"human", tr("go to a person")}};
constexpr ChoiceSpec kRoles[] = {{"rewrite", tr("rewrite the question")}, {"retrieve", tr("retrieve passages")}, {"synthesise", tr("write the answer")},
    {"verify", tr("verify the answer")}};
constexpr ChoiceSpec kGates[] = {{"judge", tr("a judge's score")}, {"json_schema", tr("a JSON schema")}, {"tool_call", tr("a wrong tool call")},
    {"confidence", tr("the router's confidence")}, {"retrieval", tr("poor passages")}, {"keyword", tr("words of the user")},
    {"token_budget", tr("too long a request")}, {"timeout", tr("a deadline")}, {"refusal", tr("a refusal")},
    {"self_escalation", tr("the model asks for help")}, {"verifier", tr("a verifier")}, {"log_probability", tr("log-probability")},
    {"self_reported", tr("stated confidence")}, {"stall", tr("a stall")}};
constexpr ChoiceSpec kChecks[] = {{"pattern", tr("has a pattern")}, {"length", tr("has a length")}, {"code_parses", tr("code parses")},
    {"arithmetic", tr("arithmetic is right")}, {"complete", tr("is not cut off")}};

constexpr FieldSpec kNote = {.key = "note", .kind = K::LongText, .label = tr("Note"),
    .help = tr("For those who edit the policy; it changes nothing."), .rare = true};
constexpr FieldSpec kId = {.key = "id", .kind = K::Id, .label = tr("Id"),
    .help = tr("A new id is taken over wherever the old one is named."), .required = true};

constexpr FieldSpec kRule[] = {
    kId,
    {.key = "route", .kind = K::Route, .label = tr("Route"), .required = true, .refers = R::TiersOrHuman, .only = "route", .holds = T::Route, .fresh = "<lasttier>"},
    {.key = "exclude", .kind = K::References, .label = tr("Excluded"), .required = true, .refers = R::Tiers, .only = "exclude", .fresh = "[<tier>]"},
    {.key = "allow_residency", .kind = K::Lines, .label = tr("Residencies that are allowed"), .help = tr("on_prem, eu, us …"), .required = true, .only = "allow_residency", .fresh = "[\"on_prem\"]"},
    {.key = "locked", .kind = K::Check, .help = tr("Locked: nothing after it overrides"), .only = "route"},
    {.key = "exclusive", .kind = K::Check, .help = tr("Last route rule looked at"), .only = "route"},
    {.key = "taints_thread", .kind = K::Check, .help = tr("Holds for the rest of the conversation"), .only = "exclude allow_residency"},
    {.key = "reason", .kind = K::Text, .label = tr("Reason code"), .absent = tr("policy.reason"), .required = true},
    {.key = "when", .kind = K::Condition, .label = tr("When all of this holds"), .required = true, .holds = T::Condition},
    kNote,
};
constexpr FieldSpec kRoute[] = {
    {.key = "to", .kind = K::Reference, .label = tr("To"), .required = true, .refers = R::TiersOrHuman},
    {.key = "template", .kind = K::Reference, .label = tr("Template"), .absent = tr("none"), .refers = R::Templates},
    {.key = "tools", .kind = K::References, .label = tr("Tools"), .help = tr("Not stated: all that the request brings."), .refers = R::Tools},
    kNote,
};
constexpr FieldSpec kCondition[] = {
    {.key = "keyword", .kind = K::Lines, .label = tr("Any of these words or phrases")},
    {.key = "pattern", .kind = K::Lines, .label = tr("Any of these patterns (RE2)")},
    {.key = "metadata", .kind = K::Pairs, .label = tr("Metadata, as key = value, value")},
    {.key = "has_attachment", .kind = K::Tristate, .label = tr("Attachment")},
    {.key = "min_input_tokens", .kind = K::Number, .label = tr("Input, at least"), .high = 100'000'000, .step = 10, .unit = tr(" tokens"), .absent = tr("does not matter")},
    {.key = "max_input_tokens", .kind = K::Number, .label = tr("Input, at most"), .high = 100'000'000, .step = 10, .unit = tr(" tokens"), .absent = tr("does not matter")},
    {.key = "language", .kind = K::Lines, .label = tr("Language"), .help = tr("ISO 639-1 codes: de, fr"), .rare = true},
    {.key = "pii", .kind = K::Words, .label = tr("Personal data"), .rare = true, .choices = kPii},
    {.key = "header", .kind = K::Pairs, .label = tr("Headers, as name = value, value"), .rare = true},
    {.key = "time_of_day", .kind = K::Object, .label = tr("Time of day"), .rare = true, .holds = T::TimeWindow, .fresh = R"({"from": "08:00", "to": "18:00"})"},
    {.key = "user_tier", .kind = K::References, .label = tr("User tier"), .rare = true, .refers = R::UserTiers},
    {.key = "has_tools", .kind = K::Tristate, .label = tr("Brings tools"), .rare = true},
    {.key = "all", .kind = K::List, .label = tr("All of"), .rare = true, .holds = T::Condition},
    {.key = "any", .kind = K::List, .label = tr("Any of"), .rare = true, .holds = T::Condition},
    {.key = "not", .kind = K::List, .label = tr("None of"), .rare = true, .holds = T::Condition},
    kNote,
};
constexpr FieldSpec kTimeWindow[] = {
    {.key = "from", .kind = K::Text, .label = tr("From"), .help = tr("HH:MM"), .absent = tr("08:00"), .required = true},
    {.key = "to", .kind = K::Text, .label = tr("To"), .help = tr("HH:MM; before “From” it is over midnight"), .absent = tr("18:00"), .required = true},
    {.key = "days", .kind = K::Words, .label = tr("Days"), .choices = kDays},
    {.key = "utc_offset", .kind = K::Text, .label = tr("UTC offset"), .absent = tr("+00:00")},
    kNote,
};
constexpr FieldSpec kRouter[] = {
    {.key = "id", .kind = K::Id, .label = tr("Id"), .required = true, .only = "@step"},
    {.key = "kind", .kind = K::Choice, .label = tr("Kind"), .required = true, .choices = kRouterKinds},
    {.key = "otherwise", .kind = K::Route, .label = tr("Otherwise"), .help = tr("When nothing else decides."), .required = true, .refers = R::TiersOrHuman, .holds = T::Route, .fresh = "<lasttier>"},
    {.key = "artefact", .kind = K::Text, .label = tr("Artefact"), .help = tr("name@version, or the name for the newest"), .absent = tr("intents@3"), .required = true, .only = "classifier embedding predictive knn bandit", .fresh = "\"intents\""},
    {.key = "model", .kind = K::Reference, .label = tr("Model"), .absent = tr("the built-in embedder"), .required = true, .refers = R::Models, .only = "embedding llm agentic", .fresh = "<model>"},
    {.key = "instructions", .kind = K::LongText, .label = tr("Instructions"), .absent = tr("the built-in ones"), .only = "llm agentic"},
    {.key = "allow", .kind = K::References, .label = tr("May answer"), .required = true, .refers = R::TiersOrHuman, .only = "llm", .fresh = "<tiers>"},
    {.key = "choices", .kind = K::List, .label = tr("Choices"), .required = true, .only = "agentic", .holds = T::Choice, .fresh = R"([{"id": "answer", "description": "Answer the request.", "route": <tier>}])"},
    {.key = "deadline_ms", .kind = K::Number, .label = tr("Deadline"), .low = 1, .high = 3'600'000, .step = 50, .unit = tr(" ms"), .absent = tr("no limit"), .only = "llm agentic"},
    {.key = "max_output_tokens", .kind = K::Number, .label = tr("Output, at most"), .low = 1, .high = 100'000'000, .unit = tr(" tokens"), .absent = tr("no limit"), .only = "llm agentic"},
    {.key = "weak", .kind = K::Reference, .label = tr("Weak tier"), .required = true, .refers = R::Tiers, .only = "predictive", .fresh = "<tier>"},
    {.key = "strong", .kind = K::Reference, .label = tr("Strong tier"), .required = true, .refers = R::Tiers, .only = "predictive", .fresh = "<lasttier>"},
    {.key = "threshold", .kind = K::Number, .label = tr("Weak from"), .help = tr("Probability that the weak tier does, at least"), .step = 0.01, .absent = tr("0.5"), .only = "predictive"},
    {.key = "k", .kind = K::Number, .label = tr("Neighbours"), .low = 1, .high = 1000, .absent = tr("10"), .only = "knn"},
    {.key = "min_quality", .kind = K::Number, .label = tr("Quality, at least"), .step = 0.01, .absent = tr("0.8"), .only = "knn"},
    {.key = "candidates", .kind = K::References, .label = tr("Candidates"), .required = true, .refers = R::Tiers, .only = "knn bandit", .fresh = "<tiers>"},
    {.key = "exploration", .kind = K::Number, .label = tr("Exploration"), .help = tr("Probability of trying another one"), .step = 0.01, .absent = tr("0.1"), .only = "bandit"},
    {.key = "min_confidence", .kind = K::Number, .label = tr("Confidence, at least"), .help = tr("Below it: otherwise, or the next step"), .step = 0.01, .absent = tr("any"), .only = "classifier @step"},
    {.key = "min_similarity", .kind = K::Number, .label = tr("Similarity, at least"), .low = -1, .step = 0.01, .absent = tr("any"), .only = "embedding knn"},
    {.key = "min_margin", .kind = K::Number, .label = tr("Margin, at least"), .help = tr("How far behind the runner-up must be"), .high = 2, .step = 0.01, .absent = tr("any"), .only = "embedding"},
    {.key = "medium_at", .kind = K::Number, .label = tr("Medium from"), .low = -1000, .high = 1000, .step = 0.05, .absent = tr("1"), .only = "scoring"},
    {.key = "hard_at", .kind = K::Number, .label = tr("Hard from"), .low = -1000, .high = 1000, .step = 0.05, .absent = tr("2"), .only = "scoring"},
    {.key = "bias", .kind = K::Number, .label = tr("Bias"), .low = -1000, .high = 1000, .step = 0.05, .absent = tr("0"), .only = "scoring"},
    {.key = "steepness", .kind = K::Number, .label = tr("Steepness"), .low = 0.001, .high = 1000, .step = 0.05, .absent = tr("1"), .only = "scoring"},
    {.key = "signals", .kind = K::List, .label = tr("Signals"), .help = tr("What makes a request harder or easier"), .only = "scoring", .holds = T::Signal},
    {.key = "intents", .kind = K::List, .label = tr("Intents"), .help = tr("The one with most keywords in the request is its intent"), .only = "scoring", .holds = T::Intent},
    {.key = "centroids", .kind = K::List, .label = tr("Centroids"), .help = tr("Intents by example; either these or an artefact"), .only = "embedding", .holds = T::Centroid},
    {.key = "steps", .kind = K::List, .label = tr("Steps"), .help = tr("The first that is confident enough decides"), .required = true, .only = "chain", .holds = T::Router, .fresh = R"([{"id": "step-1", "kind": "scoring"}])"},
    {.key = "map", .kind = K::List, .label = tr("Map: the first row that fits"), .only = "scoring classifier embedding", .holds = T::MapRow},
    kNote,
};
constexpr FieldSpec kSignal[] = {
    kId,
    {.key = "weight", .kind = K::Number, .label = tr("Weight"), .low = -1000, .high = 1000, .step = 0.05, .required = true},
    {.key = "feature", .kind = K::Choice, .label = tr("Counts"), .help = tr("One of: a feature, words, patterns"), .absent = tr("what is listed below"), .choices = kFeatures},
    {.key = "keyword", .kind = K::Lines, .label = tr("Words or phrases, each counted once")},
    {.key = "pattern", .kind = K::Lines, .label = tr("Patterns (RE2)")},
    {.key = "per", .kind = K::Number, .label = tr("Per"), .help = tr("The count is divided by this."), .low = 0.000001, .high = 1e9, .step = 1, .absent = tr("1")},
    {.key = "at_most", .kind = K::Number, .label = tr("At most"), .help = tr("A higher count adds no more."), .low = 0.000001, .high = 1e9, .step = 1, .absent = tr("no cap")},
    kNote,
};
constexpr FieldSpec kIntent[] = {
    kId,
    {.key = "keywords", .kind = K::Lines, .label = tr("Words or phrases"), .required = true},
    kNote,
};
constexpr FieldSpec kCentroid[] = {
    kId,
    {.key = "examples", .kind = K::Lines, .label = tr("Examples"), .required = true},
    kNote,
};
constexpr FieldSpec kChoice[] = {
    kId,
    {.key = "description", .kind = K::LongText, .label = tr("What the model is told"), .required = true},
    {.key = "route", .kind = K::Route, .label = tr("Route"), .required = true, .refers = R::TiersOrHuman, .holds = T::Route},
    kNote,
};
constexpr FieldSpec kMapRow[] = {
    {.key = "route", .kind = K::Route, .label = tr("Route"), .required = true, .refers = R::TiersOrHuman, .holds = T::Route},
    {.key = "min_confidence", .kind = K::Number, .label = tr("Confidence"), .step = 0.01, .absent = tr("any")},
    {.key = "difficulty", .kind = K::Number, .label = tr("Difficulty"), .low = 1, .high = 3, .unit = tr(" of 3"), .absent = tr("any")},
    {.key = "intent", .kind = K::Text, .label = tr("Intent"), .help = tr("faq.* stands for every intent that begins so."), .absent = tr("any, faq.*")},
    kNote,
};
constexpr FieldSpec kCascade[] = {
    {.key = "pattern", .kind = K::Choice, .label = tr("Pattern"), .required = true, .choices = kPatterns},
    {.key = "order", .kind = K::References, .label = tr("Order, cheapest first"), .required = true, .refers = R::Tiers, .only = "direct waterfall race pipeline agreement self_consistency", .fresh = "<tiers>"},
    {.key = "lanes", .kind = K::References, .label = tr("Lanes"), .help = tr("They start together, or one after the other."), .required = true, .refers = R::Tiers, .only = "race agreement", .fresh = "<tiers2>"},
    {.key = "stagger_ms", .kind = K::Number, .label = tr("Head start of each"), .high = 60'000, .step = 50, .unit = tr(" ms"), .absent = tr("none"), .only = "race"},
    {.key = "accept", .kind = K::References, .label = tr("A winner must pass"), .help = tr("None checked: every trigger that applies."), .refers = R::Triggers, .only = "race"},
    {.key = "pool", .kind = K::References, .label = tr("Specialists"), .required = true, .refers = R::Tiers, .only = "specialist_pool", .fresh = "<tiers2>"},
    {.key = "unsure", .kind = K::Object, .label = tr("A specialist that is unsure"), .required = true, .only = "specialist_pool", .holds = T::Unsure, .fresh = R"({"escalate": <lasttier>})"},
    {.key = "stages", .kind = K::List, .label = tr("Stages"), .required = true, .only = "pipeline", .holds = T::Stage, .fresh = R"([{"id": "answer", "role": "synthesise", "tier": <tier>}])"},
    {.key = "samples", .kind = K::Number, .label = tr("Samples"), .low = 2, .high = 9, .required = true, .only = "self_consistency", .fresh = "3"},
    {.key = "compare", .kind = K::Choice, .label = tr("Compared"), .absent = tr("word for word"), .choices = kCompare, .only = "agreement self_consistency"},
    {.key = "rubric", .kind = K::Reference, .label = tr("Rubric of the comparison"), .refers = R::Rubrics, .only = "agreement"},
    {.key = "at_least", .kind = K::Number, .label = tr("Agrees from"), .low = 1, .high = 100, .step = 0.5, .only = "agreement"},
    {.key = "min_share", .kind = K::Number, .label = tr("Share that must agree"), .high = 1, .step = 0.05, .absent = "0.5", .only = "self_consistency"},
    {.key = "background", .kind = K::Reference, .label = tr("Asked afterwards"), .help = tr("For evidence: nobody waits for it."), .refers = R::Tiers},
    {.key = "max_hops", .kind = K::Number, .label = tr("Hops, at most"), .low = 1, .high = kMostHops, .absent = tr("as many as there are")},
    {.key = "when_exhausted", .kind = K::Choice, .label = tr("No tier left"), .absent = tr("give the best draft"), .choices = kExhausted},
    {.key = "carry", .kind = K::Words, .label = tr("Hands on"), .choices = kCarry},
    {.key = "stream", .kind = K::Choice, .label = tr("The user sees"), .absent = tr("every answer as it comes"), .choices = kStream},
    {.key = "after_cut", .kind = K::Choice, .label = tr("When it breaks off"), .help = tr("The user has read the beginning of the answer."), .absent = tr("another begins anew"), .choices = kAfterCut, .only = "direct waterfall specialist_pool"},
    kNote,
};
constexpr FieldSpec kUnsure[] = {
    {.key = "marker", .kind = K::Text, .label = tr("Says"), .absent = "UNSURE"},
    {.key = "escalate", .kind = K::Route, .label = tr("Then"), .required = true, .refers = R::TiersOrHuman, .holds = T::Route},
    kNote,
};
constexpr FieldSpec kStage[] = {
    kId,
    {.key = "role", .kind = K::Choice, .label = tr("Role"), .required = true, .choices = kRoles},
    {.key = "tier", .kind = K::Reference, .label = tr("Tier"), .required = true, .refers = R::Tiers, .only = "rewrite synthesise verify", .fresh = "<tier>"},
    {.key = "prompt", .kind = K::LongText, .label = tr("Instructions"), .absent = tr("the tier's"), .only = "rewrite synthesise verify"},
    kNote,
};
constexpr FieldSpec kRubric[] = {
    kId,
    {.key = "model", .kind = K::Reference, .label = tr("Judge"), .required = true, .refers = R::Models},
    {.key = "of", .kind = K::Number, .label = tr("Scale, 1 to"), .low = 2, .high = 100, .required = true},
    {.key = "instructions", .kind = K::LongText, .label = tr("What the judge is asked"), .required = true},
    kNote,
};
constexpr const char* kBelow = "judge confidence retrieval log_probability self_reported";
constexpr FieldSpec kTrigger[] = {
    kId,
    {.key = "gate", .kind = K::Choice, .label = tr("Gate"), .required = true, .choices = kGates},
    {.key = "rubric", .kind = K::Reference, .label = tr("Rubric"), .required = true, .refers = R::Rubrics, .only = "judge", .fresh = "<rubric>"},
    {.key = "below", .kind = K::Number, .label = tr("Below"), .step = 0.01, .required = true, .only = kBelow, .fresh = "<below>"},
    {.key = "of", .kind = K::Number, .label = tr("Scale, 1 to"), .low = 2, .high = 100, .absent = tr("the rubric's"), .only = "judge"},
    {.key = "schema", .kind = K::Json, .label = tr("JSON Schema of the answer"), .required = true, .only = "json_schema", .fresh = R"({"type": "object"})"},
    {.key = "keyword", .kind = K::Lines, .label = tr("Words or phrases of the user"), .only = "keyword", .fresh = R"(["example phrase"])"},
    {.key = "pattern", .kind = K::Lines, .label = tr("Patterns (RE2)"), .only = "keyword refusal verifier", .check = "pattern"},
    {.key = "marker", .kind = K::Text, .label = tr("Says"), .absent = tr("nothing in particular"), .only = "self_escalation", .fresh = "\"ESCALATE\""},
    {.key = "tool", .kind = K::Reference, .label = tr("Calls"), .absent = tr("no tool"), .refers = R::Tools, .only = "self_escalation"},
    {.key = "check", .kind = K::Choice, .label = tr("Check"), .required = true, .choices = kChecks, .only = "verifier", .fresh = "\"arithmetic\""},
    {.key = "min_chars", .kind = K::Number, .label = tr("At least"), .high = 10'000'000, .step = 10, .unit = tr(" characters"), .absent = tr("any"), .only = "verifier", .check = "length"},
    {.key = "max_chars", .kind = K::Number, .label = tr("At most"), .low = 1, .high = 10'000'000, .step = 10, .unit = tr(" characters"), .absent = tr("any"), .only = "verifier", .check = "length"},
    {.key = "after_ms", .kind = K::Number, .label = tr("Silent for"), .low = 1, .high = 3'600'000, .step = 100, .unit = tr(" ms"), .absent = tr("the usual time"), .only = "stall"},
    {.key = "escalate", .kind = K::Route, .label = tr("Go to"), .required = true, .refers = R::TiersOrHuman, .holds = T::Route},
    {.key = "at_most", .kind = K::Number, .label = tr("At most"), .low = 1, .high = 10, .unit = tr(" times"), .absent = tr("any number of times")},
    {.key = "applies_to", .kind = K::References, .label = tr("Applies to"), .help = tr("None checked: every tier."), .refers = R::Tiers},
    {.key = "when", .kind = K::Condition, .label = tr("Only when all of this holds"), .holds = T::Condition},
    kNote,
};

constexpr ObjectSpec kObjects[] = {
    {.type = T::Rule, .title = tr("Rule"), .fields = kRule,
     .fresh = R"({"id": <id>, "when": {"keyword": ["example phrase"]}, "route": <lasttier>, "reason": "policy.<plain>"})", .stem = "rule-"},
    {.type = T::Route, .title = tr("Route"), .fields = kRoute},
    {.type = T::Condition, .title = tr("Condition"), .about = tr("Everything that is stated must hold; in a list any entry is enough."), .fields = kCondition, .fresh = R"({"keyword": ["example phrase"]})"},
    {.type = T::TimeWindow, .title = tr("Time of day"), .fields = kTimeWindow},
    {.type = T::Router, .title = tr("Router"), .about = tr("Picks a route for what no rule decides."), .selector = "kind", .fields = kRouter, .fresh = R"({"id": <id>, "kind": "scoring"})", .stem = "step-"},
    {.type = T::Signal, .title = tr("Signal"), .about = tr("Adds weight × count to the score of difficulty."), .fields = kSignal, .fresh = R"({"id": <id>, "feature": "questions", "weight": 0.1})", .stem = "signal-"},
    {.type = T::Intent, .title = tr("Intent"), .fields = kIntent, .fresh = R"({"id": <id>, "keywords": ["example phrase"]})", .stem = "intent-"},
    {.type = T::Centroid, .title = tr("Centroid"), .about = tr("An intent by example."), .fields = kCentroid, .fresh = R"({"id": <id>, "examples": ["An example question?"]})", .stem = "intent-"},
    {.type = T::Choice, .title = tr("Choice"), .about = tr("A tool that stands for a route."), .fields = kChoice, .fresh = R"({"id": <id>, "description": "Answer the request.", "route": <tier>})", .stem = "choice_"},
    {.type = T::MapRow, .title = tr("Map row"), .about = tr("The first row that fits decides. Empty fields fit anything."), .fields = kMapRow, .fresh = R"({"difficulty": 1, "route": <tier>})"},
    {.type = T::Cascade, .title = tr("Cascade"), .about = tr("How an answer is made, and what follows when it is not good enough."), .selector = "pattern", .fields = kCascade},
    {.type = T::Unsure, .title = tr("Unsure"), .fields = kUnsure},
    {.type = T::Stage, .title = tr("Stage"), .selector = "role", .fields = kStage, .fresh = R"({"id": <id>, "role": "synthesise", "tier": <tier>})", .stem = "stage-"},
    {.type = T::Rubric, .title = tr("Rubric"), .fields = kRubric,
     .fresh = R"({"id": <id>, "model": <lastmodel>, "of": 5, "instructions": "Score how well the answer helps the customer: 5 = fully, 3 = partly, 1 = not at all."})", .stem = "rubric-"},
    {.type = T::Trigger, .title = tr("Trigger"), .selector = "gate", .fields = kTrigger,
     .fresh = R"({"id": <id>, "gate": "json_schema", "schema": {"type": "object"}, "escalate": "next"})", .stem = "trigger-"},
};
// clang-format on

} // namespace

std::span<const ObjectSpec> routingObjects()
{
    return kObjects;
}

} // namespace signalbox
