// SPDX-License-Identifier: GPL-3.0-or-later
// The router: signals, intents and the map from difficulty to a route.
#include "policy/decode_context.h"

#include "base/text.h"
#include "policy/diagnostic_codes.h"

#include <algorithm>
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
    int sources = 0;
    for (const char* source : {"feature", "keyword", "pattern"})
        sources += reader.has(source) ? 1 : 0;
    if (sources != 1)
        context.report(kSignalSource, reader.node(),
                       sources == 0
                           ? "The signal measures nothing: it needs \"feature\", \"keyword\" or \"pattern\"."
                           : "The signal has more than one of \"feature\", \"keyword\" and \"pattern\".",
                       sources == 0 ? "" : "Write a signal for each.");
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

void decodeIntents(DecodeContext& context, ObjectReader& router)
{
    IdIndex ids;
    auto& intents = context.policy().router.intents;
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

void decodeMap(DecodeContext& context, ObjectReader& router)
{
    Router& out = context.policy().router;
    std::vector<std::string_view> known;
    for (const IntentKeywords& intent : out.intents)
        known.push_back(intent.id);
    std::unordered_map<std::string, bool> fitting; // by glob: rows by the thousand share a few
    const auto fitsAny = [&](const std::string& glob) {
        const auto [entry, fresh] = fitting.emplace(glob, false);
        if (fresh)
            entry->second =
                std::ranges::any_of(known, [&](std::string_view id) { return globMatches(glob, id); });
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
                                   "No intent of the router fits " + quoted(row.intent) + ".",
                                   context.hint(row.intent, known));
            }
            row.difficulty = reader.integer("difficulty", 1, 3);
            row.minConfidence = reader.number("min_confidence", 0, 1);
            reader.require("route");
            row.routeId = reader.has("route") ? reader.requiredText("route") : std::string();
            if (!row.routeId.empty())
                row.route = context.routeReference(row.routeId, reader.find("route"));
        }
        out.map.push_back(std::move(row));
    }
}

void decodeScoring(DecodeContext& context, ObjectReader& reader)
{
    Router& out = context.policy().router;
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
    decodeIntents(context, reader);
    decodeMap(context, reader);
}

/// Returns false when the kind is not one that runs.
bool decodeKind(DecodeContext& context, ObjectReader& reader)
{
    static const std::vector<std::string_view> kLater = {"classifier", "embedding", "predictive",
                                                         "llm",        "bandit",    "chain"};
    reader.require("kind");
    const auto kind = reader.text("kind");
    if (!kind)
        return false;
    if (std::ranges::find(kLater, std::string_view(*kind)) != kLater.end()) {
        context.report(kNotAvailable, reader.find("kind"),
                       "Routers of kind " + quoted(*kind) + " are not available yet.",
                       "Use \"scoring\", which weighs features and keywords, or \"fixed\".");
        return false;
    }
    const int known = reader.choice("kind", {"scoring", "fixed"});
    if (known >= 0)
        context.policy().router.kind = known == 0 ? RouterKind::Scoring : RouterKind::Fixed;
    return known >= 0;
}

} // namespace

void decodeRouter(DecodeContext& context, ObjectReader& top)
{
    ObjectReader reader(context, top.require("router"), ObjectType::Router);
    if (!reader.valid())
        return;
    Router& out = context.policy().router;
    const bool runs = decodeKind(context, reader);
    if (runs && out.kind == RouterKind::Scoring) {
        decodeScoring(context, reader);
    } else if (runs) {
        for (const char* key : {"bias", "steepness", "medium_at", "hard_at", "signals", "intents", "map"}) {
            if (reader.has(key))
                context.reportKey(kUnknownKey, reader.find(key),
                                  quoted(key) + " is not known in a router of kind \"fixed\".",
                                  "Remove it, or use kind \"scoring\".");
        }
    }
    reader.require("otherwise");
    out.otherwiseId = reader.has("otherwise") ? reader.requiredText("otherwise") : std::string();
    if (!out.otherwiseId.empty())
        out.otherwise = context.routeReference(out.otherwiseId, reader.find("otherwise"));
}

} // namespace signalbox
