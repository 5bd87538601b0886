// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A policy as a graph: request → rules → router → tiers, specialists, stages and person, with the conditions
// on its routes, the triggers on its escalations and the ways out when a tier is not available. A pure
// function of the policy; layout and drawing are other files'. Long lists are cut short, and say so, so that
// a policy of hundreds of tiers and thousands of rules is drawn as quickly as a small one.

#include <QString>
#include <QStringList>

#include <map>
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
    QString toolTip = {};
    QString expands = {}; ///< the list of which it says how much is not shown; see GraphOptions
    bool operator==(const GraphLine&) const = default;
};

struct GraphNode
{
    /// Step: of a chain of routers. Pattern: what the cascade is. Stage: of a pipeline. More: tiers not
    /// shown.
    enum class Kind { Request, Rules, Router, Step, Person, Pattern, Stage, Tier, More };
    Kind kind = Kind::Request;
    QString name;    ///< "request", "rules", "router", "step:ID", "human", "cascade", "stage:ID", a tier's id
    QString pointer; ///< what selecting it selects
    QString title;
    QString subtitle;
    std::vector<GraphLine> lines;
    int tier = -1;            ///< position in the policy, for the colour; of a stage: its tier's
    int index = -1;           ///< position of a step, stage or tier in its list
    QStringList problemRoots; ///< problems under these pointers are this node's
    QString toolTip;
    QString expands;    ///< More: what it opens
    bool ghost = false; ///< nothing leads there: drawn faint
    bool operator==(const GraphNode&) const = default;
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
    bool operator==(const GraphTunable&) const = default;
};

/// What an edge says: one condition, rule or trigger.
struct GraphPill
{
    QString text;
    QString pointer; ///< of what it stands for: a rule, a row, a trigger, an entry of a list
    QString toolTip;
    std::optional<GraphTunable> tunable;
    QString detail = {};           ///< muted, after the text: the condition in short
    QString expands = {};          ///< "and 12 more": what it opens
    QStringList problemRoots = {}; ///< besides its pointer
    bool operator==(const GraphPill&) const = default;
};

struct GraphEdge
{
    /// Escalation: for quality. Fallback: for availability. Member: belongs to a race, pool or pipeline.
    /// Order: follows in the cascade, though no trigger leads there.
    enum class Kind { Flow, Route, Escalation, Fallback, Member, Order };
    Kind kind = Kind::Flow;
    int from = 0;
    int to = 0;
    std::vector<GraphPill> pills;
    int tier = -1; ///< colour of a route: the tier's it leads to; -1 = a person's or none
    bool toPerson = false;
    bool next = false; ///< from one tier of the order to the one below it
    bool operator==(const GraphEdge&) const = default;
};

/// Nodes that stand in a frame: lanes, specialists, stages, with their pattern's node first.
struct GraphGroup
{
    int first = 0;
    int last = 0;
    bool operator==(const GraphGroup&) const = default;
};

struct PolicyGraph
{
    std::vector<GraphNode> nodes; ///< request, rules, router, steps, person, pattern, then stages and tiers
    std::vector<GraphEdge> edges;
    std::vector<GraphGroup> groups;
    int indexOf(const QString& name) const; ///< -1 if there is none
    bool operator==(const PolicyGraph&) const = default;
};

/// How much of each long list is shown: "rules", "tiers", "signals" or an edge's "FROM>TO" → at most so many.
struct GraphOptions
{
    std::map<QString, int> shown;
    int of(const QString& list, int usual) const;
};

PolicyGraph graphOf(const Policy& policy, const GraphOptions& options = {});

/// One line an edge or pill: "rules -legal-> T2"; for tests and for people who cannot see the drawing.
/// Escalations end in "=>", availability fallbacks in "~>".
QString describe(const PolicyGraph& graph);

/// "3.5", "0.60": as many digits as the step has.
QString thresholdText(double value, double step);

} // namespace signalbox
