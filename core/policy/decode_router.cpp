// SPDX-License-Identifier: GPL-3.0-or-later
// The router, of every kind; a chain holds routers.
#include "policy/decode_context.h"

#include "base/text.h"
#include "policy/diagnostic_codes.h"

#include <algorithm>
#include <initializer_list>
#include <unordered_map>

namespace signalbox {

using namespace diagnostic;

namespace {

constexpr double kFar = 1e6; // weights and cut points beyond this are mistakes

struct FeatureName
{
    std::string_view name;
    Signal::Feature feature;
};
constexpr FeatureName kFeatures[] = {
    {"questions", Signal::Feature::Questions},      {"clauses", Signal::Feature::Clauses},
    {"numbers", Signal::Feature::Numbers},          {"sentences", Signal::Feature::Sentences},
    {"input_tokens", Signal::Feature::InputTokens}, {"has_attachment", Signal::Feature::HasAttachment},
    {"uppercase", Signal::Feature::Uppercase},
};

Signal decodeSignal(DecodeContext& context, ObjectReader& reader)
{
    Signal signal;
    signal.id = reader.id();
    constexpr std::string_view kSources[] = {"feature", "keyword", "pattern"};
    const auto sources = std::ranges::count_if(kSources, [&](std::string_view key) { return reader.has(key); });
    const auto misspelt = [&](std::string_view key) { return reader.isMisspelt(key); };
    if (sources > 1 || (sources == 0 && std::ranges::none_of(kSources, misspelt)))
        context.report(kSignalSource, reader.node(),
                       sources == 0
                           ? "The signal measures nothing: it needs \"feature\", \"keyword\" or \"pattern\"."
                           : "The signal has more than one of \"feature\", \"keyword\" and \"pattern\".",
                       sources == 0 ? "Write one of the three." : "Write a signal for each.");
    if (reader.has("feature")) {
        std::vector<std::string_view> names;
        for (const FeatureName& known : kFeatures)
            names.push_back(known.name);
        if (const int index = reader.choice("feature", names); index >= 0)
            signal.feature = kFeatures[index].feature;
    } else if (reader.has("keyword")) {
        signal.feature = Signal::Feature::KeywordHits;
    } else if (reader.has("pattern")) {
        signal.feature = Signal::Feature::PatternHits;
    }
    const std::vector<Text> keywords = reader.texts("keyword", true);
    checkKeywords(context, keywords);
    signal.keywords = valuesOf(keywords);
    const std::vector<Text> patterns = reader.texts("pattern", true);
    checkPatterns(context, patterns);
    signal.patterns = valuesOf(patterns);
    signal.weight = reader.requiredNumber("weight", -kFar, kFar).value_or(0);
    signal.per = reader.number("per", 1e-6, 1e9).value_or(1);
    signal.atMost = reader.number("at_most", 1e-6, 1e9).value_or(0);
    return signal;
}

void decodeIntents(DecodeContext& context, ObjectReader& router, Router& out)
{
    IdIndex ids;
    auto& intents = out.intents;
    for (const NodeIndex node : router.elements("intents")) {
        ObjectReader reader(context, node, ObjectType::Intent);
        IntentKeywords intent;
        if (reader.valid()) {
            intent.id = reader.id();
            reader.require("keywords");
            const std::vector<Text> keywords = reader.texts("keywords", true);
            checkKeywords(context, keywords);
            intent.keywords = valuesOf(keywords);
            registerId(context, ids, reader, intent.id, static_cast<int>(intents.size()), "intents");
        }
        intents.push_back(std::move(intent));
    }
}

/// `known` are the intents that there can be; nothing = they are not in the file.
void decodeMap(DecodeContext& context, ObjectReader& router, Router& out,
               const std::optional<std::vector<std::string_view>>& known)
{
    std::unordered_map<std::string, bool> fitting; // by glob: rows by the thousand share a few
    const auto fitsAny = [&](const std::string& glob) {
        if (!known)
            return true;
        const auto [entry, fresh] = fitting.emplace(glob, false);
        if (fresh)
            entry->second =
                std::ranges::any_of(*known, [&](std::string_view id) { return globMatches(glob, id); });
        return entry->second;
    };
    for (const NodeIndex node : router.elements("map")) {
        ObjectReader reader(context, node, ObjectType::MapRow);
        RouterMapRow row;
        if (reader.valid()) {
            if (reader.has("intent")) {
                row.intent = reader.requiredText("intent");
                if (!row.intent.empty() && !fitsAny(row.intent))
                    context.report(kUnknownIntent, reader.find("intent"),
                                   "No intent of the router fits " + inQuotes(row.intent) + ".",
                                   context.hint(row.intent, *known));
            }
            row.difficulty = reader.integer("difficulty", 1, 3);
            row.minConfidence = reader.number("min_confidence", 0, 1);
            reader.require("route");
            RouteText route = decodeRoute(context, reader, "route");
            row.routeId = std::move(route.id);
            row.route = route.route;
            row.carries = std::move(route.carries);
        }
        out.map.push_back(std::move(row));
    }
}

void decodeScoring(DecodeContext& context, ObjectReader& reader, Router& out)
{
    out.bias = reader.number("bias", -kFar, kFar).value_or(out.bias);
    out.steepness = reader.number("steepness", 1e-3, 1e3).value_or(out.steepness);
    out.mediumAt = reader.number("medium_at", -kFar, kFar).value_or(out.mediumAt);
    out.hardAt = reader.number("hard_at", -kFar, kFar).value_or(out.hardAt);
    if (out.mediumAt >= out.hardAt) {
        const NodeIndex at = reader.has("hard_at")     ? reader.find("hard_at")
                             : reader.has("medium_at") ? reader.find("medium_at")
                                                       : reader.node();
        context.report(kCutPoints, at,
                       "\"medium_at\" must be below \"hard_at\"; else no request is of difficulty 2.",
                       "Their defaults are 1 and 2.");
    }
    IdIndex ids;
    for (const NodeIndex node : reader.elements("signals")) {
        ObjectReader signalReader(context, node, ObjectType::Signal);
        Signal signal;
        if (signalReader.valid()) {
            signal = decodeSignal(context, signalReader);
            registerId(context, ids, signalReader, signal.id, static_cast<int>(out.signals.size()),
                       "signals");
        }
        out.signals.push_back(std::move(signal));
    }
    decodeIntents(context, reader, out);
    std::vector<std::string_view> known;
    for (const IntentKeywords& intent : out.intents)
        known.push_back(intent.id);
    decodeMap(context, reader, out, known);
}

/// "intents@3", or "intents" for the newest.
bool wellFormedArtefact(std::string_view artefact)
{
    const std::size_t at = artefact.find('@');
    const std::string_view name = artefact.substr(0, at);
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto fits = [&](char c) {
        return digit(c) || c == '_' || c == '-' || c == '.' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    };
    if (name.empty() || name.size() > 128 || !std::ranges::all_of(name, fits))
        return false;
    if (at == std::string_view::npos)
        return true;
    const std::string_view version = artefact.substr(at + 1);
    return !version.empty() && version.size() <= 9 && version.front() != '0' &&
           std::ranges::all_of(version, digit);
}

void decodeArtefact(DecodeContext& context, ObjectReader& reader, Router& out)
{
    out.artefact = reader.requiredText("artefact");
    if (!out.artefact.empty() && !wellFormedArtefact(out.artefact))
        context.report(kBadArtefact, reader.find("artefact"),
                       inQuotes(out.artefact) + " does not name an artefact.",
                       "Write its name and its version, for example \"intents@3\", or the name alone for the "
                       "newest.");
}

void decodeEmbedding(DecodeContext& context, ObjectReader& reader, Router& out)
{
    if (reader.has("model")) {
        out.modelId = reader.requiredText("model");
        out.model = context.modelReference(out.modelId, reader.find("model"), "embeddings");
    }
    const bool inFile = reader.has("centroids");
    if (inFile == reader.has("artefact"))
        context.report(kCentroidSource, reader.node(),
                       inFile ? "The router has both \"centroids\" and \"artefact\"."
                              : "The router compares with nothing: it needs \"centroids\" or \"artefact\".",
                       inFile ? "Keep the one that is meant." : "");
    if (reader.has("artefact"))
        decodeArtefact(context, reader, out);
    IdIndex ids;
    const std::vector<NodeIndex> nodes = reader.elements("centroids");
    if (inFile && nodes.empty() && context.tree().kind(reader.find("centroids")) == NodeKind::Array)
        context.report(kEmptyValue, reader.find("centroids"), "\"centroids\" is an empty list.",
                       "Write one: {\"id\", \"examples\"}.");
    for (const NodeIndex node : nodes) {
        ObjectReader centroidReader(context, node, ObjectType::Centroid);
        Centroid centroid;
        if (centroidReader.valid()) {
            centroid.id = centroidReader.id();
            centroidReader.require("examples");
            centroid.examples = valuesOf(centroidReader.texts("examples", true));
            registerId(context, ids, centroidReader, centroid.id, static_cast<int>(out.centroids.size()),
                       "centroids");
        }
        out.centroids.push_back(std::move(centroid));
    }
    out.minSimilarity = reader.number("min_similarity", -1, 1);
    out.minMargin = reader.number("min_margin", 0, 2);
    std::optional<std::vector<std::string_view>> known;
    if (inFile && !reader.has("artefact")) {
        known.emplace();
        for (const Centroid& centroid : out.centroids)
            known->push_back(centroid.id);
    }
    decodeMap(context, reader, out, known);
}

void decodePredictive(DecodeContext& context, ObjectReader& reader, Router& out)
{
    decodeArtefact(context, reader, out);
    const auto tier = [&](const char* key, std::string& id, Route& route) {
        id = reader.requiredText(key);
        if (id == "human")
            context.report(kBadId, reader.find(key), inQuotes(key) + " is a tier, not a person.");
        else if (!id.empty())
            route = context.routeReference(id, reader.find(key));
    };
    tier("weak", out.weakId, out.weak);
    tier("strong", out.strongId, out.strong);
    out.threshold = reader.number("threshold", 0, 1).value_or(out.threshold);
}

void decodeCandidates(DecodeContext& context, ObjectReader& reader, Router& out, int least)
{
    const NodeIndex list = reader.require("candidates");
    TierList candidates = decodeTierList(context, reader, "candidates", false, least);
    for (const int tier : candidates.tiers)
        out.candidates.push_back(tier >= 0 ? Route::toTier(tier) : Route{});
    out.candidateIds = std::move(candidates.ids);
    if (list != kNoNode && std::ssize(out.candidateIds) < least && context.tree().node(list).childCount > 0 &&
        context.tree().kind(list) == NodeKind::Array)
        context.report(kTooFew, list, "\"candidates\" needs at least " + std::to_string(least) + " tiers.",
                       "With one candidate there is nothing to choose.");
}

void decodeKnn(DecodeContext& context, ObjectReader& reader, Router& out)
{
    decodeArtefact(context, reader, out);
    out.k = reader.integer("k", 1, 1000).value_or(out.k);
    out.minQuality = reader.number("min_quality", 0, 1).value_or(out.minQuality);
    out.minSimilarity = reader.number("min_similarity", -1, 1);
    decodeCandidates(context, reader, out, 1);
}

void decodeBandit(DecodeContext& context, ObjectReader& reader, Router& out)
{
    decodeArtefact(context, reader, out);
    decodeCandidates(context, reader, out, 2);
    out.exploration = reader.number("exploration", 0, 1).value_or(out.exploration);
}

/// What is alike in the kinds that ask a model.
void decodeAsked(DecodeContext& context, ObjectReader& reader, Router& out, std::string_view capability)
{
    out.modelId = reader.requiredText("model");
    out.model = context.modelReference(out.modelId, reader.find("model"), capability);
    out.instructions = reader.text("instructions").value_or("");
    out.deadlineMs = reader.integer("deadline_ms", 1, 3'600'000);
    out.maxOutputTokens = reader.integer("max_output_tokens", 1, 100'000'000);
}

void decodeLlm(DecodeContext& context, ObjectReader& reader, Router& out)
{
    decodeAsked(context, reader, out, {});
    reader.require("allow");
    const std::vector<Text> allow = reader.texts("allow");
    reportRepeated(context, allow, "\"allow\"");
    for (const Text& route : allow) {
        out.allowIds.push_back(route.value);
        out.allow.push_back(context.routeReference(route.value, route.node));
    }
}

void decodeAgentic(DecodeContext& context, ObjectReader& reader, Router& out)
{
    decodeAsked(context, reader, out, "tools");
    const NodeIndex list = reader.require("choices");
    const std::vector<NodeIndex> nodes = reader.elements("choices");
    if (list != kNoNode && nodes.empty() && context.tree().kind(list) == NodeKind::Array)
        context.report(kEmptyValue, list, "\"choices\" is an empty list.",
                       "Write one: {\"id\", \"description\", \"route\"}.");
    IdIndex ids;
    for (const NodeIndex node : nodes) {
        ObjectReader choiceReader(context, node, ObjectType::Choice);
        AgenticChoice choice;
        if (choiceReader.valid()) {
            choice.id = choiceReader.requiredText("id");
            checkToolName(context, choiceReader.find("id"), choice.id);
            choice.description = choiceReader.requiredText("description");
            choiceReader.require("route");
            RouteText route = decodeRoute(context, choiceReader, "route");
            choice.routeId = std::move(route.id);
            choice.route = route.route;
            choice.carries = std::move(route.carries);
            registerId(context, ids, choiceReader, choice.id, static_cast<int>(out.choices.size()),
                       "choices");
        }
        out.choices.push_back(std::move(choice));
    }
}

// In the order of RouterKind.
constexpr std::string_view kKinds[] = {"scoring", "fixed", "rules",  "classifier", "embedding", "predictive",
                                       "knn",     "llm",   "bandit", "agentic",    "chain"};

constexpr std::uint32_t of(std::initializer_list<RouterKind> kinds)
{
    std::uint32_t owners = 0;
    for (const RouterKind kind : kinds)
        owners |= 1u << static_cast<unsigned>(kind);
    return owners;
}
using K = RouterKind;
constexpr OwnedKey kOwnedByKinds[] = {
    {"artefact", of({K::Classifier, K::Embedding, K::Predictive, K::Knn, K::Bandit})},
    {"model", of({K::Embedding, K::Llm, K::Agentic})},
    {"instructions", of({K::Llm, K::Agentic})},
    {"deadline_ms", of({K::Llm, K::Agentic})},
    {"max_output_tokens", of({K::Llm, K::Agentic})},
    {"bias", of({K::Scoring})},
    {"steepness", of({K::Scoring})},
    {"medium_at", of({K::Scoring})},
    {"hard_at", of({K::Scoring})},
    {"signals", of({K::Scoring})},
    {"intents", of({K::Scoring})},
    {"centroids", of({K::Embedding})},
    {"min_similarity", of({K::Embedding, K::Knn})},
    {"min_margin", of({K::Embedding})},
    {"weak", of({K::Predictive})},
    {"strong", of({K::Predictive})},
    {"threshold", of({K::Predictive})},
    {"k", of({K::Knn})},
    {"min_quality", of({K::Knn})},
    {"exploration", of({K::Bandit})},
    {"candidates", of({K::Knn, K::Bandit})},
    {"allow", of({K::Llm})},
    {"choices", of({K::Agentic})},
    {"steps", of({K::Chain})},
    {"map", of({K::Scoring, K::Classifier, K::Embedding})},
};

enum class Place { Top, Step };

void decodeRouterAt(DecodeContext& context, ObjectReader& reader, Router& out, Place place);

void decodeChain(DecodeContext& context, ObjectReader& reader, Router& out)
{
    const NodeIndex list = reader.require("steps");
    const std::vector<NodeIndex> nodes = reader.elements("steps");
    if (list != kNoNode && nodes.empty() && context.tree().kind(list) == NodeKind::Array)
        context.report(kEmptyValue, list, "\"steps\" is an empty list.", "A chain needs at least one step.");
    IdIndex ids;
    for (const NodeIndex node : nodes) {
        ObjectReader stepReader(context, node, ObjectType::Router);
        Router step;
        if (stepReader.valid()) {
            step.id = stepReader.id();
            decodeRouterAt(context, stepReader, step, Place::Step);
            registerId(context, ids, stepReader, step.id, static_cast<int>(out.steps.size()), "steps");
        }
        out.steps.push_back(std::move(step));
    }
}

bool decodeKind(DecodeContext& context, ObjectReader& reader, Router& out, Place place)
{
    static const std::vector<std::string_view> kNames(std::begin(kKinds), std::end(kKinds));
    reader.require("kind");
    const int kind = reader.choice("kind", kNames);
    if (kind < 0)
        return false;
    out.kind = static_cast<RouterKind>(kind);
    const bool fits =
        place == Place::Top || (out.kind != K::Chain && out.kind != K::Fixed && out.kind != K::Rules);
    if (!fits)
        context.report(kBadStep, reader.find("kind"),
                       "A step of a chain cannot be of kind " + inQuotes(kKinds[kind]) + ".",
                       out.kind == K::Chain
                           ? "Put its steps into this chain."
                           : "It would always decide; the chain's own \"otherwise\" does that.");
    return fits;
}

void decodeByKind(DecodeContext& context, ObjectReader& reader, Router& out)
{
    switch (out.kind) {
    case K::Scoring:
        return decodeScoring(context, reader, out);
    case K::Fixed:
    case K::Rules:
        return;
    case K::Classifier:
        decodeArtefact(context, reader, out);
        return decodeMap(context, reader, out, std::nullopt);
    case K::Embedding:
        return decodeEmbedding(context, reader, out);
    case K::Predictive:
        return decodePredictive(context, reader, out);
    case K::Knn:
        return decodeKnn(context, reader, out);
    case K::Llm:
        return decodeLlm(context, reader, out);
    case K::Bandit:
        return decodeBandit(context, reader, out);
    case K::Agentic:
        return decodeAgentic(context, reader, out);
    case K::Chain:
        return decodeChain(context, reader, out);
    }
}

void decodeRouterAt(DecodeContext& context, ObjectReader& reader, Router& out, Place place)
{
    const bool known = decodeKind(context, reader, out, place);
    if (known) {
        reportForeignKeys(context, reader, kOwnedByKinds,
                          {"a router", "kind", kKinds, static_cast<std::size_t>(out.kind)});
        decodeByKind(context, reader, out);
    }
    if (place == Place::Top && reader.has("id"))
        context.reportKey(kUnknownKey, reader.find("id"), "\"id\" is not known in the policy's router.",
                          "It belongs to the steps of a router of kind \"chain\".");
    if (known && place == Place::Top && out.kind != K::Classifier && reader.has("min_confidence"))
        context.reportKey(kUnknownKey, reader.find("min_confidence"),
                          "\"min_confidence\" is not known in a router of kind " +
                              inQuotes(routerKindName(out.kind)) + ".",
                          "It belongs to the kind \"classifier\", to rows of \"map\" and to the steps of a "
                          "chain.");
    out.minConfidence = reader.number("min_confidence", 0, 1);
    if (place == Place::Top)
        reader.require("otherwise");
    RouteText otherwise = decodeRoute(context, reader, "otherwise");
    out.otherwiseId = std::move(otherwise.id);
    out.otherwise = otherwise.route;
    out.otherwiseCarries = std::move(otherwise.carries);
}

} // namespace

void decodeRouter(DecodeContext& context, ObjectReader& top)
{
    ObjectReader reader(context, top.require("router"), ObjectType::Router);
    if (reader.valid())
        decodeRouterAt(context, reader, context.policy().router, Place::Top);
}

} // namespace signalbox
