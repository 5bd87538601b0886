// SPDX-License-Identifier: GPL-3.0-or-later
// Rules.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"
#include "policy/document.h"

#include <algorithm>
#include <optional>

namespace signalbox {

using namespace diagnostic;

namespace {

bool wellFormedReason(const std::string& reason)
{
    bool dotted = false;
    char before = '.';
    for (const char c : reason) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!letter && c != '.')
            return false;
        if (c == '.' && before == '.')
            return false;
        dotted = dotted || c == '.';
        before = c;
    }
    return dotted && before != '.' && reason.size() <= 128;
}

Rule decodeRule(DecodeContext& context, ObjectReader& reader)
{
    Rule rule;
    rule.id = reader.id();
    if (const NodeIndex when = reader.require("when"); when != kNoNode)
        rule.when = decodeCondition(context, when).value_or(Condition{});
    constexpr std::string_view kEffects[] = {"route", "exclude", "allow_residency"};
    const auto effects = std::ranges::count_if(kEffects, [&](std::string_view key) { return reader.has(key); });
    const auto misspelt = [&](std::string_view key) { return reader.isMisspelt(key); };
    if (effects > 1 || (effects == 0 && std::ranges::none_of(kEffects, misspelt)))
        context.report(kRuleEffects, reader.node(),
                       effects == 0
                           ? "The rule has no effect: it needs \"route\", \"exclude\" or \"allow_residency\"."
                           : "The rule has more than one of \"route\", \"exclude\" and \"allow_residency\".",
                       effects == 0 ? "" : "Write a rule for each.");
    if (reader.has("route")) {
        RouteText route = decodeRoute(context, reader, "route");
        rule.routeId = std::move(route.id);
        rule.carries = std::move(route.carries);
        if (!rule.routeId.empty())
            rule.route = route.route;
    }
    TierList exclude = decodeTierList(context, reader, "exclude", true);
    rule.excludeIds = std::move(exclude.ids);
    rule.exclude = std::move(exclude.tiers);
    rule.allowResidency = valuesOf(reader.texts("allow_residency", true));
    rule.locked = reader.boolean("locked").value_or(false);
    rule.exclusive = reader.boolean("exclusive").value_or(false);
    rule.taintsThread = reader.boolean("taints_thread").value_or(false);
    if (reader.has("taints_thread") && effects == 1 && !rule.isConstraint())
        context.reportKey(kUnknownKey, reader.find("taints_thread"),
                          "\"taints_thread\" is not known in a rule with a route.",
                          "It belongs to constraints, \"exclude\" and \"allow_residency\": they can hold for "
                          "the rest of a conversation.");
    if (effects == 1 && rule.isConstraint()) {
        for (const char* key : {"locked", "exclusive"}) {
            if (reader.has(key))
                context.reportKey(kNoEffect, reader.find(key),
                                  inQuotes(key) + " has no effect on a constraint: nothing can override one.");
        }
    }
    rule.reason = reader.requiredText("reason");
    if (!rule.reason.empty() && !wellFormedReason(rule.reason))
        context.report(kBadReason, reader.find("reason"), inQuotes(rule.reason) + " is not a reason code.",
                       "Write lower-case words with dots between them, for example \"policy.legal\".");
    return rule;
}

/// The rules of an earlier text that need not be decoded again. What a rule decodes to follows from its text and from
/// the ids that it may name; where those are others, no rule is taken over.
class EarlierRules
{
public:
    struct Known
    {
        SharedList<Rule>::Pointer rule;
        std::int64_t patternWork;
    };

    EarlierRules(const DecodeContext& context, const std::vector<NodeIndex>& nodes)
        : m_context(context), m_nodes(nodes)
    {
        const PolicyDocument* before = context.before;
        if (!before || !before->policy || !sameIds(*before->policy, context.policy()))
            return;
        const NodeIndex list = before->tree.member(before->tree.root(), "rules");
        if (list == kNoNode || before->tree.kind(list) != NodeKind::Array)
            return;
        for (NodeIndex node = before->tree.firstChild(list); node != kNoNode;
             node = before->tree.nextSibling(node))
            m_earlier.push_back(node);
        if (m_earlier.size() != before->policy->rules.size() || m_earlier.size() != before->rulePatternWork.size())
            m_earlier.clear();
        // An edit leaves what stands before it and behind it.
        const std::size_t fewer = std::min(m_earlier.size(), nodes.size());
        while (m_front < fewer && textOf(m_front) == earlierTextOf(m_front))
            ++m_front;
        while (m_back + m_front < fewer &&
               textOf(nodes.size() - 1 - m_back) == earlierTextOf(m_earlier.size() - 1 - m_back))
            ++m_back;
    }

    /// The earlier decoding of the rule at this position, when there was nothing to say of it.
    std::optional<Known> equalTo(std::size_t position) const
    {
        const bool inFront = position < m_front;
        if (!inFront && position + m_back < m_nodes.size())
            return std::nullopt;
        const std::size_t at = inFront ? position : m_earlier.size() - (m_nodes.size() - position);
        const std::int64_t work = m_context.before->rulePatternWork[at];
        // Too many patterns together are reported where they become too many.
        if (work < 0 || m_context.patternWork + work > DecodeContext::kMostPatternWork)
            return std::nullopt;
        return Known{m_context.before->policy->rules.shared(at), work};
    }

private:
    static bool sameIds(const Policy& a, const Policy& b)
    {
        const auto same = [](const auto& one, const auto& other) {
            return std::ranges::equal(one, other, {}, [](const auto& e) { return std::string_view(e.id); },
                                      [](const auto& e) { return std::string_view(e.id); });
        };
        return same(a.tiers, b.tiers) && same(a.templates, b.templates) && same(a.tools, b.tools) &&
               same(a.userTiers, b.userTiers);
    }
    std::string_view textOf(std::size_t position) const
    {
        return m_context.tree().valueText(m_nodes[position]);
    }
    std::string_view earlierTextOf(std::size_t position) const
    {
        return m_context.before->tree.valueText(m_earlier[position]);
    }

    const DecodeContext& m_context;
    const std::vector<NodeIndex>& m_nodes;
    std::vector<NodeIndex> m_earlier;
    std::size_t m_front = 0; ///< so many at the front are equal
    std::size_t m_back = 0;
};

/// Its id must be no other rule's.
void registerRule(DecodeContext& context, IdIndex& ids, NodeIndex node)
{
    const SharedList<Rule>& rules = context.policy().rules;
    if (!rules.back().id.empty() && !ids.add(rules.back().id, static_cast<int>(rules.size()) - 1))
        reportDuplicateId(context, context.tree().member(node, "id"), "rules", rules.back().id);
}

} // namespace

void decodeRules(DecodeContext& context, ObjectReader& top)
{
    IdIndex ids;
    SharedList<Rule>& rules = context.policy().rules;
    const std::vector<NodeIndex> nodes = top.elements("rules");
    const EarlierRules earlier(context, nodes);
    rules.reserve(nodes.size());
    context.rulePatternWork.reserve(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (const auto known = earlier.equalTo(i)) {
            rules.share(known->rule);
            context.patternWork += known->patternWork;
            context.rulePatternWork.push_back(known->patternWork);
            registerRule(context, ids, nodes[i]);
            continue;
        }
        const std::size_t reports = context.reports();
        const std::int64_t work = context.patternWork;
        const int unchecked = context.uncheckedPatterns;
        Rule rule;
        if (ObjectReader reader(context, nodes[i], ObjectType::Rule); reader.valid())
            rule = decodeRule(context, reader);
        rules.push_back(std::move(rule));
        const bool clean = context.reports() == reports && context.uncheckedPatterns == unchecked;
        context.rulePatternWork.push_back(clean ? context.patternWork - work : -1);
        registerRule(context, ids, nodes[i]);
    }
}

} // namespace signalbox
