// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/graph_diff.h"

#include "ui/policy/element_pointer.h"
#include "ui/theme/text.h"

#include <QHash>

#include <algorithm>

namespace signalbox {

namespace {

/// "grounding < 3.5" and "grounding < 3.8" → "grounding < 3.5 → 3.8".
QString bothTexts(const QString& before, const QString& after)
{
    if (before == after)
        return after;
    const QStringList old = before.split(QLatin1Char(' '));
    const QStringList fresh = after.split(QLatin1Char(' '));
    qsizetype same = 0;
    while (same < old.size() && same < fresh.size() && old[same] == fresh[same])
        ++same;
    if (same == 0 || same == fresh.size())
        return before + QStringLiteral(" → ") + after;
    return before + QStringLiteral(" → ") + fresh.mid(same).join(QLatin1Char(' '));
}

QString signOf(DiffMark mark)
{
    switch (mark) {
    case DiffMark::Added:
        return QStringLiteral("+ ");
    case DiffMark::Removed:
        return QStringLiteral("− ");
    case DiffMark::Changed:
        return QStringLiteral("~ ");
    case DiffMark::Same:
        break;
    }
    return {};
}

class Merge
{
public:
    Merge(const Policy& before, const Policy& after, const std::vector<PolicyChange>& changes)
        : m_before(graphOf(before)), m_after(graphOf(after))
    {
        for (const PolicyChange& change : changes)
            m_changed.append(qs(change.pointer));
    }

    DiffGraph run()
    {
        m_out.graph = m_after;
        for (GraphNode& node : m_out.graph.nodes)
            mergeNode(node);
        // What is gone stands behind the others, so that every number of a node keeps its meaning.
        for (const GraphNode& node : m_before.nodes) {
            if (m_after.indexOf(node.name) >= 0)
                continue;
            m_out.graph.nodes.push_back(node);
            m_out.nodes.push_back(DiffMark::Removed);
            m_out.lines.emplace_back(node.lines.size(), DiffMark::Removed);
        }
        for (GraphEdge& edge : m_out.graph.edges)
            mergeEdge(edge);
        for (const GraphEdge& edge : m_before.edges) {
            if (twinOf(edge, m_before, m_after))
                continue;
            GraphEdge gone = edge;
            gone.from = m_out.graph.indexOf(nameOf(m_before, edge.from));
            gone.to = m_out.graph.indexOf(nameOf(m_before, edge.to));
            for (GraphPill& pill : gone.pills)
                markPill(pill, DiffMark::Removed);
            m_out.graph.edges.push_back(gone);
            m_out.edges.push_back(DiffMark::Removed);
            m_out.pills.emplace_back(gone.pills.size(), DiffMark::Removed);
        }
        return std::move(m_out);
    }

private:
    static QString nameOf(const PolicyGraph& graph, int node)
    {
        return graph.nodes[static_cast<std::size_t>(node)].name;
    }

    bool touched(const QString& root) const
    {
        return !root.isEmpty() &&
               std::any_of(m_changed.begin(), m_changed.end(),
                           [&](const QString& pointer) { return liesWithin(pointer, root); });
    }

    void mergeNode(GraphNode& node)
    {
        const int at = m_before.indexOf(node.name);
        if (at < 0) {
            m_out.nodes.push_back(DiffMark::Added);
            m_out.lines.emplace_back(node.lines.size(), DiffMark::Added);
            return;
        }
        const GraphNode& old = m_before.nodes[static_cast<std::size_t>(at)];
        bool changed = old.title != node.title || old.subtitle != node.subtitle || touched(node.pointer);
        for (const QString& root : node.problemRoots)
            changed = changed || touched(root);
        std::vector<DiffMark> marks;
        for (GraphLine& line : node.lines)
            marks.push_back(mergeLine(line, old));
        for (const GraphLine& line : old.lines) {
            if (line.pointer.isEmpty() || lineOf(node, line.pointer))
                continue;
            GraphLine gone = line;
            gone.text = signOf(DiffMark::Removed) + gone.text;
            node.lines.push_back(gone);
            marks.push_back(DiffMark::Removed);
        }
        changed = changed || std::any_of(marks.begin(), marks.end(),
                                         [](DiffMark mark) { return mark != DiffMark::Same; });
        m_out.nodes.push_back(changed ? DiffMark::Changed : DiffMark::Same);
        m_out.lines.push_back(std::move(marks));
    }

    static const GraphLine* lineOf(const GraphNode& node, const QString& pointer)
    {
        const auto found = std::find_if(node.lines.begin(), node.lines.end(),
                                        [&](const GraphLine& line) { return line.pointer == pointer; });
        return found == node.lines.end() ? nullptr : &*found;
    }

    DiffMark mergeLine(GraphLine& line, const GraphNode& old)
    {
        DiffMark mark = DiffMark::Same;
        if (line.pointer.isEmpty()) {
            const bool stands = std::any_of(old.lines.begin(), old.lines.end(),
                                            [&](const GraphLine& other) { return other.text == line.text; });
            mark = stands ? DiffMark::Same : DiffMark::Changed;
        } else if (const GraphLine* other = lineOf(old, line.pointer)) {
            if (other->text != line.text || touched(line.pointer))
                mark = DiffMark::Changed;
        } else {
            mark = DiffMark::Added;
        }
        line.text = signOf(mark) + line.text;
        return mark;
    }

    /// The same edge in the other graph.
    static const GraphEdge* twinOf(const GraphEdge& edge, const PolicyGraph& here, const PolicyGraph& there)
    {
        for (const GraphEdge& other : there.edges) {
            if (other.kind == edge.kind && nameOf(there, other.from) == nameOf(here, edge.from) &&
                nameOf(there, other.to) == nameOf(here, edge.to))
                return &other;
        }
        return nullptr;
    }

    static const GraphPill* pillOf(const GraphEdge& edge, const GraphPill& pill)
    {
        const GraphPill* byPointer = nullptr;
        int samePointer = 0;
        for (const GraphPill& other : edge.pills) {
            if (other.pointer != pill.pointer)
                continue;
            if (other.text == pill.text)
                return &other;
            byPointer = &other;
            ++samePointer;
        }
        return samePointer == 1 ? byPointer : nullptr;
    }

    static void markPill(GraphPill& pill, DiffMark mark)
    {
        pill.tunable.reset(); // nothing can be dragged here
        pill.text = signOf(mark) + pill.text;
    }

    void mergeEdge(GraphEdge& edge)
    {
        const GraphEdge* old = twinOf(edge, m_after, m_before);
        std::vector<DiffMark> marks;
        for (GraphPill& pill : edge.pills) {
            const GraphPill* other = old ? pillOf(*old, pill) : nullptr;
            DiffMark mark = DiffMark::Added;
            if (other)
                mark = other->text != pill.text || elementTouched(pill) ? DiffMark::Changed : DiffMark::Same;
            if (other)
                pill.text = bothTexts(other->text, pill.text);
            markPill(pill, mark);
            marks.push_back(mark);
        }
        if (old) {
            for (const GraphPill& pill : old->pills) {
                if (pillOf(edgeAfter(edge), pill))
                    continue;
                GraphPill gone = pill;
                markPill(gone, DiffMark::Removed);
                edge.pills.push_back(gone);
                marks.push_back(DiffMark::Removed);
            }
        }
        const bool changed =
            std::any_of(marks.begin(), marks.end(), [](DiffMark mark) { return mark != DiffMark::Same; });
        m_out.edges.push_back(!old ? DiffMark::Added : changed ? DiffMark::Changed : DiffMark::Same);
        m_out.pills.push_back(std::move(marks));
    }

    /// A pill that stands for a whole router or list is not changed by whatever changed in it.
    bool elementTouched(const GraphPill& pill) const
    {
        return pointerParts(pill.pointer).size() >= 2 && touched(pill.pointer);
    }

    /// The edge as it is in the later graph, without signs.
    const GraphEdge& edgeAfter(const GraphEdge& merged) const
    {
        return m_after.edges[static_cast<std::size_t>(&merged - m_out.graph.edges.data())];
    }

    PolicyGraph m_before;
    PolicyGraph m_after;
    QStringList m_changed;
    DiffGraph m_out;
};

} // namespace

int DiffGraph::count(DiffMark mark) const
{
    auto n = std::count(nodes.begin(), nodes.end(), mark);
    for (const auto& list : lines)
        n += std::count(list.begin(), list.end(), mark);
    for (const auto& list : pills)
        n += std::count(list.begin(), list.end(), mark);
    return static_cast<int>(n);
}

DiffGraph diffGraph(const Policy& before, const Policy& after, const std::vector<PolicyChange>& changes)
{
    return Merge(before, after, changes).run();
}

QString describe(const DiffGraph& diff)
{
    if (diff.nodes.size() != diff.graph.nodes.size())
        return describe(diff.graph); // nothing is marked: there was nothing to compare with
    QStringList out;
    const auto nameOf = [&](int node) { return diff.graph.nodes[static_cast<std::size_t>(node)].name; };
    for (std::size_t i = 0; i < diff.graph.nodes.size(); ++i) {
        if (diff.nodes[i] != DiffMark::Same)
            out.append(signOf(diff.nodes[i]) + diff.graph.nodes[i].name);
        for (std::size_t line = 0; line < diff.lines[i].size(); ++line) {
            if (diff.lines[i][line] != DiffMark::Same)
                out.append(diff.graph.nodes[i].name + QStringLiteral(": ") +
                           diff.graph.nodes[i].lines[line].text);
        }
    }
    for (std::size_t i = 0; i < diff.graph.edges.size(); ++i) {
        const GraphEdge& edge = diff.graph.edges[i];
        if (edge.pills.empty() && diff.edges[i] != DiffMark::Same)
            out.append(
                QStringLiteral("%1%2 -> %3").arg(signOf(diff.edges[i]), nameOf(edge.from), nameOf(edge.to)));
        for (std::size_t pill = 0; pill < edge.pills.size(); ++pill) {
            if (diff.pills[i][pill] != DiffMark::Same)
                out.append(QStringLiteral("%1 -> %2: %3")
                               .arg(nameOf(edge.from), nameOf(edge.to), edge.pills[pill].text));
        }
    }
    return out.join(QLatin1Char('\n'));
}

} // namespace signalbox
