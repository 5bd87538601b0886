// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A policy as a graph: request → rules → router → tiers and person, with the conditions on its routes and the
// triggers on its escalations. A pure function of the policy; layout and drawing are other files'.

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace signalbox {

struct Policy;

/// A line of text in a node that can be selected by itself: a rule in the rules' node.
struct GraphLine
{
    QString text;
    QString pointer; ///< empty = belongs to the node
    bool muted = false;
};

struct GraphNode
{
    enum class Kind { Request, Rules, Router, Tier, Person };
    Kind kind = Kind::Request;
    QString name;    ///< "request", "rules", "router", a tier's id, "human"
    QString pointer; ///< what selecting it selects
    QString title;
    QString subtitle;
    std::vector<GraphLine> lines;
    int tier = -1;            ///< position in the policy, for the colour
    QStringList problemRoots; ///< problems under these pointers are this node's
};

/// A threshold that can be moved where it is drawn.
struct GraphTunable
{
    QString pointer;
    QString label;
    double value = 0;
    double low = 0;
    double high = 1;
    double step = 0.01;
    QString unit;
};

/// What an edge says: one condition, rule or trigger.
struct GraphPill
{
    QString text;
    QString pointer;
    QString toolTip;
    std::optional<GraphTunable> tunable;
};

struct GraphEdge
{
    enum class Kind { Flow, Route, Escalation };
    Kind kind = Kind::Flow;
    int from = 0;
    int to = 0;
    std::vector<GraphPill> pills;
    int tier = -1; ///< colour of a route: the tier's it leads to; -1 = a person's or none
    bool toPerson = false;
    bool next = false; ///< an escalation from one tier of the order to the one below it
};

struct PolicyGraph
{
    std::vector<GraphNode> nodes; ///< request, rules, router, person if any, then tiers in cascade order
    std::vector<GraphEdge> edges;
    int indexOf(const QString& name) const; ///< -1 if there is none
};

PolicyGraph graphOf(const Policy& policy);

/// One line an edge or pill: "rules -legal-> T2"; for tests and for people who cannot see the drawing.
QString describe(const PolicyGraph& graph);

/// "3.5", "0.60": as many digits as the step has.
QString thresholdText(double value, double step);

} // namespace signalbox
