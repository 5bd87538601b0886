// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/snapshot.h"

#include "policy/pointer.h"
#include "ui/policy/element_pointer.h"
#include "ui/theme/text.h"

#include <unordered_set>

namespace signalbox {

Snapshot::Snapshot(PolicyDocumentPtr document)
    : m_owner(std::move(document)), m_document(*m_owner), m_tree(m_owner->tree)
{
}

Snapshot::Snapshot(const PolicyDocument& document) : m_document(document), m_tree(document.tree)
{
}

void Snapshot::setPage(const QString& page)
{
    m_page = page;
    m_pageNode = m_tree.readable() ? nodeAt(m_tree, ss(page)) : kNoNode;
}

NodeIndex Snapshot::at(const QString& pointer) const
{
    if (!m_tree.readable() || m_tree.size() == 0)
        return kNoNode;
    if (m_page.isEmpty() || !liesWithin(pointer, m_page))
        return nodeAt(m_tree, ss(pointer));
    if (m_pageNode == kNoNode)
        return kNoNode;
    NodeIndex node = m_pageNode;
    const auto tokens = pointerParts(pointer.mid(m_page.size()));
    for (const QString& token : tokens) {
        node = childAt(m_tree, node, ss(token));
        if (node == kNoNode)
            break;
    }
    return node;
}

bool Snapshot::isKind(const QString& pointer, NodeKind kind) const
{
    const NodeIndex node = at(pointer);
    return node != kNoNode && m_tree.kind(node) == kind;
}

QString Snapshot::string(const QString& pointer) const
{
    return string(at(pointer));
}

QString Snapshot::string(NodeIndex node) const
{
    return node != kNoNode ? qs(m_tree.string(node)) : QString();
}

std::optional<double> Snapshot::number(const QString& pointer) const
{
    const NodeIndex node = at(pointer);
    if (node == kNoNode || m_tree.kind(node) != NodeKind::Number)
        return std::nullopt;
    return m_tree.number(node);
}

std::optional<bool> Snapshot::boolean(const QString& pointer) const
{
    const NodeIndex node = at(pointer);
    if (node == kNoNode || m_tree.kind(node) != NodeKind::Bool)
        return std::nullopt;
    return m_tree.boolean(node);
}

QString Snapshot::json(const QString& pointer) const
{
    const NodeIndex node = at(pointer);
    return node != kNoNode ? qs(m_tree.valueText(node)) : QString();
}

QStringList Snapshot::strings(const QString& pointer) const
{
    return strings(at(pointer));
}

QStringList Snapshot::strings(NodeIndex node) const
{
    QStringList out;
    if (node == kNoNode)
        return out;
    if (m_tree.kind(node) == NodeKind::String)
        return {string(node)};
    if (m_tree.kind(node) != NodeKind::Array)
        return out;
    for (const NodeIndex child : children(node)) {
        // An entry of a tier's models may be an object around the id.
        if (m_tree.kind(child) == NodeKind::Object)
            out.append(string(m_tree.member(child, "model")));
        else
            out.append(string(child));
    }
    return out;
}

int Snapshot::size(const QString& pointer) const
{
    const NodeIndex node = at(pointer);
    return node == kNoNode ? 0 : static_cast<int>(m_tree.node(node).childCount);
}

std::vector<NodeIndex> Snapshot::children(NodeIndex node) const
{
    std::vector<NodeIndex> out;
    if (node == kNoNode)
        return out;
    for (NodeIndex child = m_tree.firstChild(node); child != kNoNode; child = m_tree.nextSibling(child))
        out.push_back(child);
    return out;
}

QStringList Snapshot::idsOf(Refers refers) const
{
    const auto ids = [this](const char* list) {
        QStringList out;
        for (const NodeIndex child : children(at(QLatin1String(list)))) {
            if (m_tree.kind(child) != NodeKind::Object)
                continue;
            const QString id = string(m_tree.member(child, "id"));
            if (!id.isEmpty())
                out.append(id);
        }
        return out;
    };
    switch (refers) {
    case Refers::Nothing:
        return {};
    case Refers::Endpoints:
        return ids("/endpoints");
    case Refers::Models:
        return ids("/models");
    case Refers::Tiers:
        return ids("/tiers");
    case Refers::TiersOrHuman:
        return ids("/tiers") << QStringLiteral("human");
    case Refers::Rubrics:
        return ids("/rubrics");
    case Refers::Triggers:
        return ids("/triggers");
    case Refers::Templates:
        return ids("/templates");
    case Refers::Tools:
        return ids("/tools");
    case Refers::UserTiers:
        return ids("/user_tiers");
    }
    return {};
}

FieldContext Snapshot::contextOf(const QString& pointer, ObjectType type) const
{
    FieldContext context;
    if (type == ObjectType::Rule) {
        context.kind = has(pointer + QStringLiteral("/exclude"))           ? QStringLiteral("exclude")
                       : has(pointer + QStringLiteral("/allow_residency")) ? QStringLiteral("allow_residency")
                                                                           : QStringLiteral("route");
        return context;
    }
    const ObjectSpec& spec = objectSpec(type);
    if (*spec.selector != '\0')
        context.kind = string(pointer + QLatin1Char('/') + QLatin1String(spec.selector));
    // Left out, or written in its other way.
    if (type == ObjectType::Cascade && context.kind == QLatin1String("specialist"))
        context.kind = QStringLiteral("specialist_pool");
    if (type == ObjectType::Trigger && context.kind == QLatin1String("verifier"))
        context.check = string(pointer + QStringLiteral("/check"));
    context.isStep = type == ObjectType::Router && pointer.startsWith(QLatin1String("/router/steps/"));
    return context;
}

PageStep Snapshot::pageOf(const QString& pointer) const
{
    return signalbox::pageOf(pointer, [this](const QString& at) { return isObject(at); });
}

QStringList Snapshot::elements(const QString& list) const
{
    QStringList out;
    std::unordered_set<std::string> seen;
    int position = 0;
    const NodeIndex node = at(list);
    if (node != kNoNode && m_tree.kind(node) == NodeKind::Object)
        return {list}; // one element without its list
    for (const NodeIndex child : children(node)) {
        const std::string id = m_tree.kind(child) == NodeKind::Object && m_tree.member(child, "id") != kNoNode
                                   ? m_tree.string(m_tree.member(child, "id"))
                                   : std::string();
        const bool isById = !id.empty() && seen.insert(id).second;
        out.append(list + QLatin1Char('/') + (isById ? escapedToken(qs(id)) : QString::number(position)));
        ++position;
    }
    return out;
}

} // namespace signalbox
