// SPDX-License-Identifier: GPL-3.0-or-later
// What models cost, and whether that can be so.
#include "policy/diagnostic_codes.h"
#include "policy/examination.h"
#include "policy/quick_fix.h"

#include "base/clock.h"

#include <unordered_set>

namespace signalbox {

using namespace diagnostic;

namespace {

constexpr double kMillion = 1e6;
/// The cheapest models cost cents a million tokens; less than this is the price of one token, or of a
/// thousand.
constexpr double kCheapest = 0.001;
/// No price of a thousand tokens is so low, so it is that of one.
constexpr double kSurelyOne = 2e-5;
/// The dearest models cost some hundred dollars a million tokens.
constexpr double kDearest = 2000;

bool looksLikeAnotherUnit(const std::optional<double>& perMtok)
{
    return perMtok && ((*perMtok > 0 && *perMtok < kCheapest) || *perMtok >= kDearest);
}

class Prices
{
public:
    Prices(Examination& e, const Model& model, NodeIndex node)
        : m_e(e), m_model(model), m_node(node), m_price(e.tree().member(node, "price"))
    {
    }

    /// Who only embeds gives no tokens that could cost.
    void known(bool answers)
    {
        const auto& price = m_model.price;
        if (price && price->inputPerMtok && (price->outputPerMtok || !answers))
            return;
        const char* what = !price                 ? "price"
                           : !answers             ? "price of input"
                           : price->inputPerMtok  ? "price of output"
                           : price->outputPerMtok ? "price of input"
                                                  : "price of input and output";
        m_e.report(kUnpriced, m_e.keyOr(m_node, "price"),
                   "The model " + inQuotes(m_model.id) + " has no " + what + ": what it costs is unknown.",
                   "Write \"price\": {\"input_per_mtok\", \"output_per_mtok\", \"source\", \"as_of\"}.");
    }

    void magnitude(const std::optional<double>& value, const char* key)
    {
        if (!value)
            return;
        const NodeIndex node = m_e.keyOr(m_price, key);
        if (looksLikeAnotherUnit(value) && *value < kCheapest)
            m_e.report(
                kPricePerToken, node, inQuotes(key) + " looks like a price per token, not per million tokens.",
                *value < kSurelyOne ? "Multiply it by 1 000 000."
                                    : "Multiply a price per token by 1 000 000, one per thousand by 1 000.",
                *value < kSurelyOne ? fixByReplacing(m_e.tree(), node, shortNumber(*value * kMillion))
                                    : std::vector<QuickFix>());
        else if (looksLikeAnotherUnit(value))
            m_e.report(
                kPriceTooDear, node,
                inQuotes(key) + " says $" + shortNumber(*value) + " for a million tokens; no model is so dear.",
                "Write dollars per million tokens.",
                *value >= 20 * kDearest ? fixByReplacing(m_e.tree(), node, shortNumber(*value / kMillion))
                                        : std::vector<QuickFix>());
    }

    void cached()
    {
        const Price& price = *m_model.price;
        if (price.cachedInputPerMtok && price.inputPerMtok && *price.cachedInputPerMtok > *price.inputPerMtok)
            m_e.report(kCachedDearer, m_e.keyOr(m_price, "cached_input_per_mtok"),
                       "Cached input costs more than fresh input; providers give it for less.",
                       "The two may be swapped.");
    }

    void age()
    {
        constexpr std::int64_t kFresh = 90;
        std::int64_t day = 0;
        if (!parseIsoDate(m_model.price->asOf, day))
            return;
        const std::int64_t days = m_e.today() - day;
        const NodeIndex node = m_e.keyOr(m_price, "as_of");
        if (days > kFresh)
            m_e.report(kPriceOld, node,
                       "The price of " + inQuotes(m_model.id) + " is " + std::to_string(days) + " days old.",
                       "Look it up again and write today's date.");
        else if (days < -1) // somewhere it may be tomorrow already
            m_e.report(kPriceOfTomorrow, node,
                       "The price of " + inQuotes(m_model.id) + " is dated " + m_model.price->asOf +
                           ", which is still to come.",
                       "Write the day on which it was looked up.");
    }

private:
    Examination& m_e;
    const Model& m_model;
    NodeIndex m_node;
    NodeIndex m_price;
};

} // namespace

bool pricesLookSound(const Model& model)
{
    return model.price && !looksLikeAnotherUnit(model.price->inputPerMtok) &&
           !looksLikeAnotherUnit(model.price->outputPerMtok);
}

void examinePrices(Examination& e)
{
    const Policy& policy = e.policy();
    std::unordered_set<int> used;
    std::unordered_set<int> embeds;
    for (const Tier& tier : policy.tiers)
        used.insert(tier.models.begin(), tier.models.end());
    for (const Rubric& rubric : policy.rubrics)
        used.insert(rubric.model);
    for (const Examination::RouterAt& at : e.routers())
        (at.router->kind == RouterKind::Embedding ? embeds : used).insert(at.router->model);
    if (policy.retrieval.enabled)
        embeds.insert(policy.retrieval.model);
    if (policy.cache)
        embeds.insert(policy.cache->model);
    for (std::size_t i = 0; i < policy.models.size(); ++i) {
        const Model& model = policy.models[i];
        Prices prices(e, model, e.element("models", i));
        const bool answers = used.contains(static_cast<int>(i));
        if (answers || embeds.contains(static_cast<int>(i)))
            prices.known(answers);
        if (!model.price)
            continue;
        prices.magnitude(model.price->inputPerMtok, "input_per_mtok");
        prices.magnitude(model.price->cachedInputPerMtok, "cached_input_per_mtok");
        prices.magnitude(model.price->cacheWritePerMtok, "cache_write_per_mtok");
        prices.magnitude(model.price->outputPerMtok, "output_per_mtok");
        prices.magnitude(model.price->reasoningPerMtok, "reasoning_per_mtok");
        prices.cached();
        prices.age();
    }
}

} // namespace signalbox
