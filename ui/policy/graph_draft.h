// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A policy's text in the middle of an edit of several steps, and positions in its lists. Private to the edits
// of the graph.

#include "policy/edit.h"
#include "ui/policy/policy_edits.h"
#include "ui/theme/text.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace signalbox {

/// A text that is edited several times; the first failure stays.
class Draft
{
public:
    explicit Draft(const std::string& text) : m_text(text) {}

    bool has(const QString& pointer) const { return m_text && valueAt(*m_text, ss(pointer)).has_value(); }
    bool isList(const QString& pointer) const
    {
        const auto value = m_text ? valueAt(*m_text, ss(pointer)) : Result<std::string>(std::string());
        return value && !value->empty() && value->front() == '[';
    }
    void set(const QString& pointer, const std::string& json)
    {
        if (m_text)
            m_text = setNested(*m_text, pointer, json);
    }
    void append(const QString& list, const std::string& json)
    {
        insert(list, static_cast<std::size_t>(-1), json);
    }
    void insert(const QString& list, std::size_t position, const std::string& json)
    {
        if (!m_text)
            return;
        if (!has(list))
            set(list, "[" + json + "]");
        else if (!isList(list)) // one entry may be written without its list
            set(list, "[" + *valueAt(*m_text, ss(list)) + ", " + json + "]");
        else
            m_text = insertElement(*m_text, ss(list), position, json);
    }
    void move(const QString& list, std::size_t from, std::size_t to)
    {
        if (m_text && from != to)
            m_text = signalbox::moveElement(*m_text, ss(list), from, to);
    }
    void remove(const QString& pointer)
    {
        if (m_text)
            m_text = removeValue(*m_text, ss(pointer));
    }
    /// A route as it is written: a name, or an object with the name under "to".
    void setRoute(const QString& pointer, const QString& id)
    {
        if (!m_text)
            return;
        const auto old = valueAt(*m_text, ss(pointer));
        const bool carries = old && !old->empty() && old->front() == '{';
        set(carries ? pointer + QStringLiteral("/to") : pointer, jsonText(id));
    }
    Result<PolicyEdit> done(const QString& label, const QString& select) const
    {
        if (!m_text)
            return tl::unexpected(m_text.error());
        return PolicyEdit{*m_text, label, select};
    }
    const Result<std::string>& text() const { return m_text; }

private:
    Result<std::string> m_text;
};

/// Position of a name in a list as it is written; nothing when it is not in it.
inline std::optional<std::size_t> rung(const std::vector<std::string>& ids, const std::string& id)
{
    const auto found = std::find(ids.begin(), ids.end(), id);
    return found == ids.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - ids.begin()));
}

/// Where an element that is taken from `from` has to be put to stand before what is at `before`.
inline std::size_t movedTo(std::size_t from, std::size_t before)
{
    return before > from ? before - 1 : before;
}

} // namespace signalbox
