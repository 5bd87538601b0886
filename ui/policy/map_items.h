// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the policy's map is drawn of: nodes, edges and the pills on them. They draw values that were laid out
// before and know nothing of the policy.

#include "policy/diagnostic.h"
#include "ui/policy/graph_layout.h"

#include <QGraphicsItem>

#include <optional>

namespace signalbox {

/// Problems of a node, worst severity first.
struct NodeProblems
{
    int count = 0;
    Severity worst = Severity::Note;
    QString first; ///< pointer of the first of the worst
    QString list;  ///< one line each, for the tool tip
    bool operator==(const NodeProblems&) const = default;
};

/// A problem as the map needs it: notes are left out.
struct MapProblem
{
    QString pointer;
    QString line; ///< code and message
    Severity severity = Severity::Note;
    bool operator==(const MapProblem&) const = default;
};
std::vector<MapProblem> mapProblems(const std::vector<Diagnostic>& diagnostics);
NodeProblems problemsUnder(const std::vector<MapProblem>& problems, const QStringList& roots);

/// Where a node's badge stands, and the dot from which connections are drawn.
QRectF badgeRect(const QRectF& node);
QPointF portOf(const QRectF& node);
/// Whether anything can be connected from such a node.
bool hasPort(GraphNode::Kind kind);

class NodeItem : public QGraphicsItem
{
public:
    NodeItem(const GraphNode& node, const NodeBox& box, const NodeProblems& problems);
    void setSelected(bool node, int line); ///< line -1 = none
    void setHovered(bool hovered);         ///< shows its port
    void setDragged(bool dragged);
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    QColor barColor() const;
    void paintCaption(QPainter* painter) const;
    void paintTexts(QPainter* painter, const QRectF& exposed) const;
    void paintPort(QPainter* painter) const;
    void paintBadge(QPainter* painter) const;
    GraphNode m_node;
    NodeBox m_box;
    NodeProblems m_problems;
    bool m_selected = false;
    bool m_hovered = false;
    bool m_dragged = false;
    int m_line = -1;
};

/// The frame around the lanes of a race, the specialists of a pool, the stages of a pipeline.
class GroupItem : public QGraphicsItem
{
public:
    explicit GroupItem(const QRectF& rect);
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
    QRectF m_rect;
};

class EdgeItem : public QGraphicsItem
{
public:
    EdgeItem(const GraphEdge& edge, const EdgeShape& shape);
    void setHighlighted(bool highlighted);
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
    QColor color() const;
    GraphEdge::Kind m_kind;
    int m_tier;
    bool m_toPerson;
    EdgeShape m_shape;
    bool m_highlighted = false;
};

class PillItem : public QGraphicsItem
{
public:
    PillItem(const GraphEdge& edge, const GraphPill& pill, const QRectF& rect,
             std::optional<Severity> problem);
    void setSelected(bool selected);
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
    GraphEdge::Kind m_kind;
    int m_tier;
    bool m_toPerson;
    GraphPill m_pill;
    QRectF m_rect;
    std::optional<Severity> m_problem;
    bool m_selected = false;
};

/// A text's size in the map's fonts.
QSizeF measureMapText(const QString& text, GraphText role);
QFont mapFont(GraphText role);

} // namespace signalbox
