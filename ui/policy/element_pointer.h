// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// JSON Pointers as the Policy mode uses them: the one name of an element, shared by outline, map, inspector,
// list of problems and text.

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

struct Policy;

/// The person is no element of the text; the map and the selection call it this.
inline constexpr const char* kPersonPointer = "@person";

/// "~" and "/" of a token, escaped (RFC 6901).
QString escapedToken(const QString& token);
QStringList pointerParts(const QString& pointer); ///< unescaped

/// The pointer of an element of a list, by id unless an earlier one has the same id, else by position.
template <class List>
QString listElementPointer(const QString& list, const List& elements, std::size_t index)
{
    const std::string& id = elements[index].id;
    bool byId = !id.empty();
    for (std::size_t i = 0; byId && i < index; ++i)
        byId = elements[i].id != id;
    return list + QLatin1Char('/') +
           (byId ? escapedToken(QString::fromStdString(id)) : QString::number(index));
}

/// The element that a pointer belongs to: "/triggers/grounding/below" → "/triggers/grounding",
/// "/slo/p95_latency_ms" → "/slo", "/copy/escalating" → "".
QString elementOf(const QString& pointer);

/// "/tiers/T0/budget" lies within "/tiers/T0" and within "".
bool liesWithin(const QString& pointer, const QString& ancestor);

/// Position in its list of the element that the token names; nothing when there is none.
template <class List>
std::optional<std::size_t> positionOf(const List& elements, const QString& token)
{
    const std::string id = token.toStdString();
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (elements[i].id == id)
            return i;
    }
    bool isNumber = false;
    const auto index = token.toUInt(&isNumber);
    if (isNumber && index < elements.size())
        return index;
    return std::nullopt;
}

} // namespace signalbox
