// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_clipboard.h"

#include "policy/edit.h"
#include "ui/policy/element_pointer.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace signalbox {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::PolicyClipboard)
};

constexpr std::size_t kEnd = static_cast<std::size_t>(-1);
constexpr std::size_t kMostClip = std::size_t(1) << 20;
constexpr const char* kMapList = "/router/map";

const QStringList& lists()
{
    static const QStringList all{QStringLiteral("/tiers"),    QStringLiteral("/rules"),
                                 QStringLiteral("/triggers"), QStringLiteral("/models"),
                                 QStringLiteral("/rubrics"),  QStringLiteral("/endpoints"),
                                 QLatin1String(kMapList)};
    return all;
}

QString listOf(const QString& element)
{
    return element.left(element.lastIndexOf(QLatin1Char('/')));
}

template <class List>
bool isTaken(const List& elements, const std::string& id)
{
    return std::any_of(elements.begin(), elements.end(), [&](const auto& each) { return each.id == id; });
}

bool isTaken(const Policy& policy, const QString& list, const std::string& id)
{
    if (list == QLatin1String("/tiers"))
        return isTaken(policy.tiers, id);
    if (list == QLatin1String("/rules"))
        return isTaken(policy.rules, id);
    if (list == QLatin1String("/triggers"))
        return isTaken(policy.triggers, id);
    if (list == QLatin1String("/models"))
        return isTaken(policy.models, id);
    if (list == QLatin1String("/rubrics"))
        return isTaken(policy.rubrics, id);
    return isTaken(policy.endpoints, id);
}

/// "legal" → "legal-2", "legal-2" → "legal-3".
std::string freshId(const Policy& policy, const QString& list, const std::string& id)
{
    if (!isTaken(policy, list, id))
        return id;
    std::string stem = id;
    const auto dash = stem.rfind('-');
    if (dash != std::string::npos && dash + 1 < stem.size() &&
        stem.find_first_not_of("0123456789", dash + 1) == std::string::npos)
        stem.erase(dash);
    for (int i = 2;; ++i) {
        const std::string candidate = stem + "-" + std::to_string(i);
        if (!isTaken(policy, list, candidate))
            return candidate;
    }
}

std::optional<std::string> plainText(const Result<std::string>& json)
{
    if (!json || json->size() < 2 || json->front() != '"' || json->find('\\') != std::string::npos)
        return std::nullopt;
    return json->substr(1, json->size() - 2);
}

std::size_t placeAfter(const Policy& policy, const QString& element)
{
    const QStringList parts = pointerParts(element);
    const auto next = [](const auto& position) { return position ? *position + 1 : kEnd; };
    if (parts[0] == QLatin1String("tiers"))
        return next(positionOf(policy.tiers, parts[1]));
    if (parts[0] == QLatin1String("rules"))
        return next(positionOf(policy.rules, parts[1]));
    if (parts[0] == QLatin1String("triggers"))
        return next(positionOf(policy.triggers, parts[1]));
    if (parts[0] == QLatin1String("router"))
        return parts.value(2).toUInt() + 1;
    return kEnd;
}

/// The element with a fresh id, into its list and, a tier, into a written order.
Result<PolicyEdit> insertCopy(const PolicyDocument& document, const QString& list, std::string element,
                              std::size_t position, const QString& after, const char* label)
{
    const Policy& policy = *document.policy;
    QString select;
    QString name;
    if (list == QLatin1String(kMapList)) {
        const std::size_t at = position == kEnd ? policy.router.map.size() : position;
        select = QStringLiteral("%1/%2").arg(list).arg(at);
        name = Words::tr("a map row");
    } else {
        const auto id = plainText(valueAt(element, "/id"));
        if (!id || id->empty())
            return fail("policy.foreign_clip", "What was copied has no id, so it cannot be pasted.");
        const std::string fresh = freshId(policy, list, *id);
        auto renamed = setValue(element, "/id", jsonText(qs(fresh)));
        if (!renamed)
            return tl::unexpected(renamed.error());
        element = std::move(*renamed);
        name = qs(fresh);
        select = list + QLatin1Char('/') + escapedToken(name);
    }
    auto text = valueAt(document.text, ss(list)) ? insertElement(document.text, ss(list), position, element)
                                                 : setNested(document.text, list, "[" + element + "]");
    if (text && list == QLatin1String("/tiers") && valueAt(*text, "/cascade/order")) {
        const auto& order = policy.cascade.orderIds;
        const auto rung = std::find(order.begin(), order.end(), ss(after));
        if (after.isEmpty() || rung != order.end())
            text = insertElement(*text, "/cascade/order",
                                 after.isEmpty() ? kEnd : static_cast<std::size_t>(rung - order.begin()) + 1,
                                 jsonText(name));
    }
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, Words::tr(label).arg(name), select};
}

} // namespace

bool isCopyable(const PolicyDocument& document, const QString& pointer)
{
    const QString element = elementOf(pointer);
    return document.policy && lists().contains(listOf(element)) &&
           valueAt(document.text, ss(element)).has_value();
}

Result<std::string> copyElement(const PolicyDocument& document, const QString& pointer)
{
    const QString element = elementOf(pointer);
    if (!isCopyable(document, pointer))
        return fail("policy.no_copy", "Select a tier, a rule, a trigger, a model or a map row to copy it.",
                    ss(pointer));
    const auto value = valueAt(document.text, ss(element));
    if (!value)
        return tl::unexpected(value.error());
    return "{\"signalbox_clip\": " + jsonText(listOf(element).mid(1)) + ", \"element\": " + *value + "}";
}

Result<PolicyEdit> pasteElement(const PolicyDocument& document, const std::string& clip)
{
    if (!document.policy)
        return fail("policy.no_json", "The text is no JSON object, so nothing can be pasted into it.");
    const auto foreign = [] {
        return fail("policy.foreign_clip", "The clipboard holds no part of a policy. Copy a tier, a rule, a "
                                           "trigger or a model first.");
    };
    if (clip.size() > kMostClip)
        return foreign();
    const auto kind = plainText(valueAt(clip, "/signalbox_clip"));
    const auto element = valueAt(clip, "/element");
    if (!kind || !element || element->empty() || element->front() != '{')
        return foreign();
    const QString list = QLatin1Char('/') + qs(*kind);
    if (!lists().contains(list))
        return foreign();
    return insertCopy(document, list, *element, kEnd, {}, QT_TR_NOOP("paste %1"));
}

Result<PolicyEdit> duplicateElement(const PolicyDocument& document, const QString& pointer)
{
    const QString element = elementOf(pointer);
    if (!isCopyable(document, pointer))
        return fail("policy.no_copy",
                    "Select a tier, a rule, a trigger, a model or a map row to duplicate it.", ss(pointer));
    const auto value = valueAt(document.text, ss(element));
    if (!value)
        return tl::unexpected(value.error());
    return insertCopy(document, listOf(element), *value, placeAfter(*document.policy, element),
                      pointerParts(element).last(), QT_TR_NOOP("duplicate as %1"));
}

} // namespace signalbox
