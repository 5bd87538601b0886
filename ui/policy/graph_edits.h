// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which connections a policy can have, and what each would write. The scene asks here and draws the answer;
// it decides nothing. Pure functions: verdicts of a policy, edits of a document's text.

#include "ui/policy/policy_edits.h"
#include "ui/policy/policy_graph.h"

#include <vector>

namespace signalbox {

/// One end of a connection: a node, or a route that exists and is led elsewhere.
struct GraphEnd
{
    GraphNode::Kind kind = GraphNode::Kind::Request;
    int index = -1; ///< of a tier, a stage or a step in its list
    QString route;  ///< from an edge's pill: pointer of the rule, row, trigger or entry whose route it is
    bool operator==(const GraphEnd&) const = default;
};
GraphEnd endOf(const GraphNode& node);
/// The end that a pill is, when its route can be led elsewhere; from the node that its edge leaves.
std::optional<GraphEnd> endOf(const GraphNode& from, const GraphPill& pill);
/// The place of an end among the nodes of a graph; -1 when it is not shown.
int nodeOfEnd(const PolicyGraph& graph, const GraphEnd& end);

struct ConnectionChoice
{
    enum class Kind {
        Rule, ///< a new rule with this route
        Row,  ///< a new row of the router's map
        Otherwise,
        Weak,
        Strong,
        Candidate,
        Allow,
        Choice,    ///< of an agentic router
        Trigger,   ///< escalates for quality
        Order,     ///< comes right after it in the cascade
        Fallback,  ///< stands in when it is not available
        Exhausted, ///< a person, when nothing is left
        Lane,
        Pool,
        Unsure,
        Stage,     ///< a new stage by this tier
        StageTier, ///< does the stage's work
        After,     ///< a stage or step comes right after another
        Lead,      ///< a route that exists leads there
    };
    Kind kind = Kind::Rule;
    QString text; ///< what it would write, for a menu and the status: "Map row to T1"
};

struct ConnectionVerdict
{
    std::vector<ConnectionChoice> choices; ///< the likeliest first; empty = not legal
    QString why;                           ///< why not, a sentence; "" when legal
    bool legal() const { return !choices.empty(); }
    QString sentence() const; ///< what it would write, or why it cannot be
};

ConnectionVerdict connectionVerdict(const Policy& policy, const GraphEnd& from, const GraphEnd& to);

/// Writes the connection; the choice must be one of the verdict's.
Result<PolicyEdit> connectEnds(const PolicyDocument& document, const GraphEnd& from, const GraphEnd& to,
                               ConnectionChoice::Kind choice);

/// Takes away what a pill of an edge stands for, as far as it makes this edge: an entry of a list, a row, a
/// rule; a trigger that leads from other tiers as well loses only this one.
Result<PolicyEdit> disconnect(const PolicyDocument& document, const GraphEnd& from, const QString& pill);

/// Puts a tier, a stage or a rule at another place among those that are drawn in a row: order, lanes, pool, stages
/// or rules. `before` is the index of the one that will follow it, -1 = last.
Result<PolicyEdit> reorder(const PolicyDocument& document, const GraphEnd& moved, int before);
/// Whether it can stand there, and why not.
ConnectionVerdict reorderVerdict(const Policy& policy, const GraphEnd& moved, int before);

} // namespace signalbox
