// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_edits.h"

#include "base/json_text.h"
#include "policy/edit.h"
#include "ui/policy/edit_parts.h"
#include "ui/policy/element_edits.h"
#include "ui/policy/element_pointer.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

namespace signalbox {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("signalbox",
                                       text); // the context that lupdate gives to free functions here
}

/// The list, the position and the size of the list in which an element stands.
struct Place
{
    QString list;
    std::size_t position = 0;
    std::size_t size = 0;
    QString name;
};

template <class List>
std::optional<Place> placeIn(const List& elements, const QString& list, const QString& token)
{
    const auto position = positionOf(elements, token);
    if (!position)
        return std::nullopt;
    return Place{list, *position, elements.size(), token};
}

std::optional<Place> placeOf(const Policy& policy, const QString& pointer)
{
    const QStringList parts = pointerParts(editedElement(pointer));
    if (parts.size() == 3 && parts[0] == QLatin1String("router") && parts[1] == QLatin1String("map")) {
        const auto row = parts[2].toULong();
        if (row >= policy.router.map.size())
            return std::nullopt;
        return Place{QStringLiteral("/router/map"), row, policy.router.map.size(),
                     tr("map row %1").arg(row + 1)};
    }
    if (parts.size() == 3) {
        const QString list = QStringLiteral("/%1/%2").arg(parts[0], parts[1]);
        if (list == QLatin1String("/cascade/stages"))
            return placeIn(policy.cascade.stages, list, parts[2]);
        if (list == QLatin1String("/router/steps"))
            return placeIn(policy.router.steps, list, parts[2]);
        if (list == QLatin1String("/router/choices"))
            return placeIn(policy.router.choices, list, parts[2]);
    }
    if (parts.size() != 2)
        return std::nullopt;
    const QString list = QLatin1Char('/') + parts[0];
    if (parts[0] == QLatin1String("endpoints"))
        return placeIn(policy.endpoints, list, parts[1]);
    if (parts[0] == QLatin1String("models"))
        return placeIn(policy.models, list, parts[1]);
    if (parts[0] == QLatin1String("tiers"))
        return placeIn(policy.tiers, list, parts[1]);
    if (parts[0] == QLatin1String("rules"))
        return placeIn(policy.rules, list, parts[1]);
    if (parts[0] == QLatin1String("rubrics"))
        return placeIn(policy.rubrics, list, parts[1]);
    if (parts[0] == QLatin1String("triggers"))
        return placeIn(policy.triggers, list, parts[1]);
    if (parts[0] == QLatin1String("user_tiers"))
        return placeIn(policy.userTiers, list, parts[1]);
    if (parts[0] == QLatin1String("templates"))
        return placeIn(policy.templates, list, parts[1]);
    if (parts[0] == QLatin1String("tools"))
        return placeIn(policy.tools, list, parts[1]);
    if (parts[0] == QLatin1String("release_gates"))
        return placeIn(policy.releaseGates, list, parts[1]);
    return std::nullopt;
}

/// The rung of a tier in the cascade's order as it is written; nothing when it is not in it.
std::optional<std::size_t> rungOf(const Policy& policy, const QString& tier)
{
    for (std::size_t i = 0; i < policy.cascade.orderIds.size(); ++i) {
        if (qs(policy.cascade.orderIds[i]) == tier)
            return i;
    }
    return std::nullopt;
}

} // namespace

QString editedElement(const QString& pointer)
{
    const QStringList raw = pointer.split(QLatin1Char('/'));
    const QString list = raw.mid(0, 3).join(QLatin1Char('/'));
    const bool isInner = list == QLatin1String("/cascade/stages") || list == QLatin1String("/router/steps") ||
                         list == QLatin1String("/router/choices");
    return isInner && raw.size() > 3 ? list + QLatin1Char('/') + raw[3] : elementOf(pointer);
}

std::string jsonText(const QString& value)
{
    std::string out;
    appendJsonString(out, ss(value));
    return out;
}

std::string jsonNumber(double value)
{
    char buffer[40];
    const auto result =
        std::to_chars(buffer, buffer + sizeof buffer, value,
                      std::abs(value) >= 1e-6 && std::abs(value) < 1e15 ? std::chars_format::fixed
                                                                        : std::chars_format::general);
    return value == 0 ? "0" : std::string(buffer, result.ptr);
}

std::string jsonList(const QStringList& values)
{
    std::string out = "[";
    for (const QString& value : values)
        out += (out.size() > 1 ? ", " : "") + jsonText(value);
    return out + "]";
}

Result<std::string> setNested(std::string_view text, const QString& pointer, const std::string& json)
{
    const QString parent = pointer.left(pointer.lastIndexOf(QLatin1Char('/')));
    if (!parent.isEmpty() && !valueAt(text, ss(parent))) {
        auto made = setNested(text, parent, "{}");
        if (!made)
            return made;
        return setValue(*made, ss(pointer), json);
    }
    return setValue(text, ss(pointer), json);
}

Result<std::string> appendTo(std::string_view text, const QString& list, const std::string& element)
{
    if (!valueAt(text, ss(list)))
        return setNested(text, list, "[" + element + "]");
    return insertElement(text, ss(list), kListEnd, element);
}

Result<std::string> removeIfThere(std::string_view text, const QString& pointer)
{
    if (!valueAt(text, ss(pointer)))
        return std::string(text);
    auto left = removeValue(text, ss(pointer));
    // An object that has become empty says nothing: a condition or a budget without parts goes as well.
    const QString parent = pointer.left(pointer.lastIndexOf(QLatin1Char('/')));
    if (!left || parent.isEmpty())
        return left;
    auto rest = valueAt(*left, ss(parent));
    if (rest) {
        std::erase_if(*rest, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
        if (*rest == "{}")
            return removeValue(*left, ss(parent));
    }
    return left;
}

Result<PolicyEdit> addTier(const PolicyDocument& document)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    const Policy& policy = *document.policy;
    const QString id = freeId(policy.tiers, QStringLiteral("T"), static_cast<int>(policy.tiers.size()));
    // A model that no tier and no judge uses yet, else the first one.
    QStringList models;
    for (const Model& model : policy.models) {
        const auto uses = [&](const Tier& tier) {
            return std::find(tier.modelIds.begin(), tier.modelIds.end(), model.id) != tier.modelIds.end();
        };
        const auto judges = [&](const Rubric& rubric) { return rubric.modelId == model.id; };
        if (std::none_of(policy.tiers.begin(), policy.tiers.end(), uses) &&
            std::none_of(policy.rubrics.begin(), policy.rubrics.end(), judges)) {
            models.append(qs(model.id));
            break;
        }
    }
    if (models.isEmpty() && !policy.models.empty())
        models.append(qs(policy.tiers.empty() || policy.tiers.back().modelIds.empty()
                             ? policy.models.front().id
                             : policy.tiers.back().modelIds.front()));
    auto text = appendTo(document.text, QStringLiteral("/tiers"),
                         "{\"id\": " + jsonText(id) + ", \"models\": " + jsonList(models) + "}");
    if (text && valueAt(*text, "/cascade/order"))
        text = insertElement(*text, "/cascade/order", kListEnd, jsonText(id));
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, tr("add tier %1").arg(id), QStringLiteral("/tiers/") + id};
}

Result<PolicyEdit> addRule(const PolicyDocument& document)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    const Policy& policy = *document.policy;
    const QString id =
        freeId(policy.rules, QStringLiteral("rule-"), static_cast<int>(policy.rules.size()) + 1);
    const QString route = policy.tiers.empty() ? QStringLiteral("human") : qs(policy.tiers.back().id);
    QString reason = QStringLiteral("policy.") + id;
    reason.replace(QLatin1Char('-'), QLatin1Char('_'));
    auto text =
        appendTo(document.text, QStringLiteral("/rules"),
                 "{\"id\": " + jsonText(id) + ", \"when\": {\"keyword\": [\"example phrase\"]}, \"route\": " +
                     jsonText(route) + ", \"reason\": " + jsonText(reason) + "}");
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, tr("add rule %1").arg(id), QStringLiteral("/rules/") + id};
}

Result<PolicyEdit> addTrigger(const PolicyDocument& document)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    const Policy& policy = *document.policy;
    const QString id =
        freeId(policy.triggers, QStringLiteral("trigger-"), static_cast<int>(policy.triggers.size()) + 1);
    std::string gate = "\"gate\": \"json_schema\", \"schema\": {\"type\": \"object\"}";
    if (!policy.rubrics.empty()) {
        const Rubric& rubric = policy.rubrics.front();
        gate = "\"gate\": \"judge\", \"rubric\": " + jsonText(qs(rubric.id)) +
               ", \"below\": " + jsonNumber((1 + rubric.of) / 2.0) + ", \"of\": " + std::to_string(rubric.of);
    }
    auto text = appendTo(document.text, QStringLiteral("/triggers"),
                         "{\"id\": " + jsonText(id) + ", " + gate + ", \"escalate\": \"next\"}");
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, tr("add trigger %1").arg(id), QStringLiteral("/triggers/") + id};
}

Result<PolicyEdit> addPart(const PolicyDocument& document, const QString& list)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    const Policy& policy = *document.policy;
    QString id;
    std::string rest;
    if (list == QLatin1String("/endpoints")) {
        id = freeId(policy.endpoints, QStringLiteral("endpoint-"),
                    static_cast<int>(policy.endpoints.size()) + 1);
        rest = R"("protocol": "openai", "base_url": "http://127.0.0.1:8080/v1", "residency": "on_prem")";
    } else if (list == QLatin1String("/models")) {
        id = freeId(policy.models, QStringLiteral("model-"), static_cast<int>(policy.models.size()) + 1);
        const QString endpoint = policy.endpoints.empty() ? QString() : qs(policy.endpoints.front().id);
        rest = "\"endpoint\": " + jsonText(endpoint) + ", \"name\": " + jsonText(id) +
               ", \"context_tokens\": 8192, \"capabilities\": [\"text\"]";
    } else {
        id = freeId(policy.rubrics, QStringLiteral("rubric-"), static_cast<int>(policy.rubrics.size()) + 1);
        const QString model = policy.models.empty() ? QString() : qs(policy.models.back().id);
        rest = "\"model\": " + jsonText(model) + ", \"of\": 5, \"instructions\": " +
               jsonText(tr(
                   "Score how well the answer helps the customer: 5 = fully, 3 = partly, 1 = not at all."));
    }
    auto text = appendTo(document.text, list, "{\"id\": " + jsonText(id) + ", " + rest + "}");
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, tr("add %1").arg(id), list + QLatin1Char('/') + id};
}

Result<PolicyEdit> addMapRow(const PolicyDocument& document)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    const Policy& policy = *document.policy;
    const QString route = policy.tiers.empty() ? QStringLiteral("human") : qs(policy.tiers.front().id);
    auto text = appendTo(document.text, QStringLiteral("/router/map"),
                         "{\"difficulty\": 1, \"route\": " + jsonText(route) + "}");
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, tr("add a map row"),
                      QStringLiteral("/router/map/%1").arg(policy.router.map.size())};
}

Result<PolicyEdit> renameElement(const PolicyDocument& document, const QString& pointer, const QString& id)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    return renameById(Snapshot(document), editedElement(pointer), id);
}

bool isRemovable(const QString& pointer)
{
    return pointerParts(editedElement(pointer)).size() >= 2;
}

namespace {

/// The element no longer stands in lists that have other entries as well: the order, an exclusion. Where it
/// is the only one, the reference stays and is an error, because what it stands for would change its meaning.
Result<std::string> withoutListed(const PolicyDocument& document, const QString& list, const QString& name)
{
    const Snapshot policy(document);
    std::vector<std::string> pointers;
    if (const Refers refers = refersOfList(list); refers != Refers::Nothing) {
        std::map<NodeIndex, std::uint32_t> left;
        visitReferences(policy, refers, [&](NodeIndex node) {
            const NodeIndex parent = policy.tree().node(node).parent;
            if (policy.string(node) != name || policy.tree().kind(parent) != NodeKind::Array)
                return;
            auto& rest = left.try_emplace(parent, policy.tree().node(parent).childCount).first->second;
            const std::string pointer = pointerAt(document.text, policy.tree().node(node).offset);
            if (rest > 1 || pointer.starts_with("/cascade/order/")) {
                --rest;
                pointers.push_back(pointer);
            }
        });
    }
    std::sort(pointers.begin(), pointers.end(), [](const std::string& x, const std::string& y) {
        return x.size() != y.size() ? x.size() > y.size() : x > y; // later positions first
    });
    Result<std::string> text = document.text;
    for (const std::string& pointer : pointers) {
        if (text)
            text = removeValue(*text, pointer);
    }
    return text;
}

} // namespace

Result<PolicyEdit> removeElement(const PolicyDocument& document, const QString& pointer)
{
    if (!document.policy)
        return tl::unexpected(noPolicy());
    const QString element = editedElement(pointer);
    const auto place = placeOf(*document.policy, element);
    if (!place)
        return fail("policy.no_element", "There is nothing to delete here. Select an element of a list.",
                    ss(pointer));
    auto text = withoutListed(document, place->list, place->name);
    if (text)
        text = removeValue(*text, ss(element));
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, tr("delete %1").arg(place->name), elementOf(place->list)};
}

bool isMovable(const PolicyDocument& document, const QString& pointer, int by)
{
    if (!document.policy)
        return false;
    const auto place = placeOf(*document.policy, pointer);
    if (!place)
        return false;
    const auto target = static_cast<std::ptrdiff_t>(place->position) + by;
    return target >= 0 && target < static_cast<std::ptrdiff_t>(place->size);
}

Result<PolicyEdit> moveElement(const PolicyDocument& document, const QString& pointer, int by)
{
    if (!isMovable(document, pointer, by))
        return fail("policy.no_move", "This cannot be moved further.", ss(pointer));
    const auto place = *placeOf(*document.policy, pointer);
    const std::size_t target = place.position + static_cast<std::size_t>(by);
    auto text = moveElement(document.text, ss(place.list), place.position, target);
    if (text && place.list == QLatin1String("/tiers")) {
        const auto rung = rungOf(*document.policy, place.name);
        const auto size = static_cast<std::ptrdiff_t>(document.policy->cascade.orderIds.size());
        if (rung && static_cast<std::ptrdiff_t>(*rung) + by >= 0 &&
            static_cast<std::ptrdiff_t>(*rung) + by < size)
            text = moveElement(*text, "/cascade/order", *rung, *rung + static_cast<std::size_t>(by));
    }
    if (!text)
        return tl::unexpected(text.error());
    QString select = editedElement(pointer);
    if (place.list == QLatin1String("/router/map"))
        select = QStringLiteral("/router/map/%1").arg(target);
    return PolicyEdit{*text, by < 0 ? tr("move %1 up").arg(place.name) : tr("move %1 down").arg(place.name),
                      select};
}

} // namespace signalbox
