// SPDX-License-Identifier: GPL-3.0-or-later
// Edits that add a part of a cascade or of a chain, or change the cascade's pattern.
#include "base/json_writer.h"
#include "policy/edit.h"
#include "policy/vocabulary.h"
#include "ui/policy/edit_parts.h"
#include "ui/policy/policy_edits.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace signalbox {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::PolicyAdditions)
};

QString firstTier(const Policy& policy)
{
    return policy.tiers.empty() ? QString() : qs(policy.tiers.front().id);
}

/// The ids of the first tiers, at most so many.
QStringList someTiers(const Policy& policy, std::size_t most)
{
    QStringList ids;
    for (std::size_t i = 0; i < policy.tiers.size() && i < most; ++i)
        ids.append(qs(policy.tiers[i].id));
    return ids;
}

/// What the pattern needs, as key and JSON text.
std::vector<std::pair<QString, std::string>> neededBy(CascadePattern pattern, const Policy& policy)
{
    const Cascade& cascade = policy.cascade;
    switch (pattern) {
    case CascadePattern::Direct:
        return {};
    case CascadePattern::Waterfall:
        return {{QStringLiteral("order"), jsonList(someTiers(policy, policy.tiers.size()))}};
    case CascadePattern::Race:
        return {{QStringLiteral("lanes"), jsonList(someTiers(policy, 2))}};
    case CascadePattern::SpecialistPool: {
        QStringList pool;
        for (const Tier& tier : policy.tiers) {
            if (tier.isSpecialist())
                pool.append(qs(tier.id));
        }
        if (pool.isEmpty())
            pool = someTiers(policy, 1);
        QString unsure = QStringLiteral("human");
        for (const Tier& tier : policy.tiers) {
            if (!pool.contains(qs(tier.id)))
                unsure = qs(tier.id); // the last general tier
        }
        return {{QStringLiteral("pool"), jsonList(pool)},
                {QStringLiteral("unsure"), "{\"escalate\": " + jsonText(unsure) + "}"}};
    }
    case CascadePattern::Pipeline:
        if (!cascade.stages.empty())
            return {};
        return {{QStringLiteral("stages"), "[{\"id\": \"stage-1\", \"role\": \"synthesise\", \"tier\": " +
                                               jsonText(firstTier(policy)) + "}]"}};
    case CascadePattern::Agreement:
        return {{QStringLiteral("lanes"), jsonList(someTiers(policy, 2))}};
    case CascadePattern::SelfConsistency:
        return {{QStringLiteral("samples"), "3"}};
    }
    return {};
}

int leastHops(CascadePattern pattern, const Policy& policy)
{
    switch (pattern) {
    case CascadePattern::Waterfall:
        return std::clamp(static_cast<int>(policy.tiers.size()), 2, kMostHops);
    case CascadePattern::Race:
    case CascadePattern::Agreement:
        return 3;
    case CascadePattern::SelfConsistency:
        return 4;
    case CascadePattern::SpecialistPool:
        return 2;
    case CascadePattern::Direct:
    case CascadePattern::Pipeline:
        break;
    }
    return 1;
}

} // namespace

Result<PolicyEdit> addSpecialist(const PolicyDocument& document)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    const Policy& policy = *document.policy;
    const QString id =
        freeId(policy.tiers, QStringLiteral("specialist-"), static_cast<int>(policy.tiers.size()) + 1);
    const QStringList models =
        policy.models.empty() ? QStringList() : QStringList(qs(policy.models.front().id));
    auto text = appendTo(document.text, QStringLiteral("/tiers"),
                         "{\"id\": " + jsonText(id) + ", \"models\": " + jsonList(models) +
                             ", \"specialty\": " + jsonText(Words::tr("one kind of question")) + "}");
    if (text && policy.cascade.pattern == CascadePattern::SpecialistPool)
        text = appendTo(*text, QStringLiteral("/cascade/pool"), jsonText(id));
    // An order that is not written holds every tier; a specialist is called for its specialty only.
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, Words::tr("add specialist %1").arg(id), QStringLiteral("/tiers/") + id};
}

namespace {

std::string priceJson(const Price& price, const std::string& endpoint, const std::string& asOf)
{
    JsonWriter json;
    json.beginObject();
    const auto add = [&json](const char* key, const std::optional<double>& perMtok) {
        if (perMtok)
            json.key(key).number(*perMtok);
    };
    add("input_per_mtok", price.inputPerMtok);
    add("cached_input_per_mtok", price.cachedInputPerMtok);
    add("cache_write_per_mtok", price.cacheWritePerMtok);
    add("output_per_mtok", price.outputPerMtok);
    add("reasoning_per_mtok", price.reasoningPerMtok);
    json.key("source").text(endpoint + ", its own list").key("as_of").text(asOf);
    return json.endObject().take();
}

/// The last part of its name when that is free ("maker/one" is "one"), else the name, else the name and a number.
QString idFor(const std::vector<Model>& models, const std::string& name)
{
    const QString whole = qs(name).left(120);
    const QString last = whole.section(QLatin1Char('/'), -1);
    for (const QString& id : {last, whole}) {
        const bool onlyDigits = std::all_of(id.begin(), id.end(), [](QChar c) { return c.isDigit(); });
        if (!onlyDigits && !positionOf(models, id))
            return id;
    }
    return freeId(models, whole + QLatin1Char('-'), 2);
}

std::string modelJson(const QString& id, const std::string& endpoint, const OfferedModel& model, const std::string& asOf)
{
    JsonWriter json;
    json.beginObject().key("id").text(id.toStdString()).key("endpoint").text(endpoint).key("name").text(model.name);
    if (model.contextTokens && *model.contextTokens > 0)
        json.key("context_tokens").integer(*model.contextTokens);
    if (model.maxOutputTokens && *model.maxOutputTokens > 0)
        json.key("max_output_tokens").integer(*model.maxOutputTokens);
    if (model.price)
        json.key("price").json(priceJson(*model.price, endpoint, asOf));
    return json.endObject().take();
}

} // namespace

Result<PolicyEdit> addOfferedModels(const PolicyDocument& document, const std::string& endpoint,
                                    const std::vector<OfferedModel>& models, const std::string& asOf)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    std::vector<Model> known = document.policy->models;
    Result<std::string> text = document.text;
    QString id;
    for (const OfferedModel& model : models) {
        id = idFor(known, model.name);
        known.emplace_back().id = id.toStdString();
        text = appendTo(*text, QStringLiteral("/models"), modelJson(id, endpoint, model, asOf));
        if (!text)
            return tl::unexpected(text.error());
    }
    return PolicyEdit{*text, models.size() == 1 ? Words::tr("add model %1").arg(id) : Words::tr("add models"),
                      QStringLiteral("/models/") + id};
}

Result<PolicyEdit> addStage(const PolicyDocument& document)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    const Policy& policy = *document.policy;
    const auto& stages = policy.cascade.stages;
    if (policy.cascade.pattern != CascadePattern::Pipeline)
        return fail("policy.no_pipeline", "Only a pipeline has stages. Make the cascade a pipeline first.");
    const QString id = freeId(stages, QStringLiteral("stage-"), static_cast<int>(stages.size()) + 1);
    auto text = appendTo(document.text, QStringLiteral("/cascade/stages"),
                         "{\"id\": " + jsonText(id) +
                             ", \"role\": \"synthesise\", \"tier\": " + jsonText(firstTier(policy)) + "}");
    const auto withTier =
        std::count_if(stages.begin(), stages.end(), [](const Stage& each) { return !each.tierId.empty(); });
    if (text && policy.cascade.maxHops <= withTier && withTier < kMostHops)
        text = setNested(*text, QStringLiteral("/cascade/max_hops"), std::to_string(withTier + 1));
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, Words::tr("add stage %1").arg(id), QStringLiteral("/cascade/stages/") + id};
}

Result<PolicyEdit> addStep(const PolicyDocument& document)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    const Policy& policy = *document.policy;
    if (policy.router.kind != RouterKind::Chain)
        return fail("policy.no_chain", "Only a chain of routers has steps. Make the router a chain first.");
    const QString id = freeId(policy.router.steps, QStringLiteral("step-"),
                              static_cast<int>(policy.router.steps.size()) + 1);
    const QString route = policy.tiers.empty() ? QStringLiteral("human") : firstTier(policy);
    auto text =
        appendTo(document.text, QStringLiteral("/router/steps"),
                 "{\"id\": " + jsonText(id) +
                     ", \"kind\": \"scoring\", \"min_confidence\": 0.6, \"map\": [{\"difficulty\": 1, "
                     "\"route\": " +
                     jsonText(route) + "}]}");
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, Words::tr("add step %1").arg(id), QStringLiteral("/router/steps/") + id};
}

Result<PolicyEdit> setPattern(const PolicyDocument& document, CascadePattern pattern)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    const Policy& policy = *document.policy;
    if (policy.cascade.pattern == pattern)
        return fail("policy.same_pattern", "The cascade has this pattern already.");
    const bool together = pattern == CascadePattern::Race || pattern == CascadePattern::Agreement;
    const std::size_t needs = together ? 2 : 1;
    if (policy.tiers.size() < needs)
        return fail("policy.too_few_tiers",
                    needs == 1                        ? "Add a tier first."
                    : pattern == CascadePattern::Race ? "A race needs two tiers. Add them first."
                                                      : "Two tiers are needed to agree. Add them first.");
    Result<std::string> text = setNested(document.text, QStringLiteral("/cascade/pattern"),
                                         std::string("\"") + cascadePatternName(pattern) + "\"");
    const auto drop = [&text](CascadePattern of, CascadePattern chosen, const char* key) {
        const QString pointer = QStringLiteral("/cascade/") + QLatin1String(key);
        if (text && of != chosen && valueAt(*text, ss(pointer)))
            text = removeValue(*text, ss(pointer));
    };
    if (!together)
        drop(policy.cascade.pattern, pattern, "lanes");
    for (const char* key : {"stagger_ms", "accept"})
        drop(CascadePattern::Race, pattern, key);
    for (const char* key : {"rubric", "at_least"})
        drop(CascadePattern::Agreement, pattern, key);
    for (const char* key : {"samples", "min_share"})
        drop(CascadePattern::SelfConsistency, pattern, key);
    if (pattern != CascadePattern::Agreement)
        drop(policy.cascade.pattern, pattern, "compare");
    for (const char* key : {"pool", "unsure"})
        drop(CascadePattern::SpecialistPool, pattern, key);
    drop(CascadePattern::Pipeline, pattern, "stages");
    if (pattern == CascadePattern::SpecialistPool || pattern == CascadePattern::Pipeline)
        drop(policy.cascade.pattern, pattern, "order");
    for (const auto& [key, value] : neededBy(pattern, policy)) {
        const QString pointer = QStringLiteral("/cascade/") + key;
        if (text && !valueAt(*text, ss(pointer)))
            text = setNested(*text, pointer, value);
    }
    if (text && policy.cascade.maxHops < leastHops(pattern, policy))
        text =
            setNested(*text, QStringLiteral("/cascade/max_hops"), std::to_string(leastHops(pattern, policy)));
    if (!text)
        return tl::unexpected(text.error());
    QString name = QLatin1String(cascadePatternName(pattern));
    name.replace(QLatin1Char('_'), QLatin1Char(' '));
    return PolicyEdit{*text, Words::tr("make the cascade a %1").arg(name), QStringLiteral("/cascade")};
}

} // namespace signalbox
