// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Two policies in one graph: what both have stands once, what only one has is marked. A pure function.

#include "policy/diff.h"
#include "ui/policy/policy_graph.h"

#include <QRectF>
#include <QString>

#include <vector>

namespace signalbox {

enum class DiffMark { Same, Added, Removed, Changed };

struct DiffGraph
{
    PolicyGraph graph;
    std::vector<DiffMark> nodes;              ///< as in the graph
    std::vector<std::vector<DiffMark>> lines; ///< of each node
    std::vector<DiffMark> edges;
    std::vector<std::vector<DiffMark>> pills; ///< of each edge
    int count(DiffMark mark) const;           ///< nodes, lines and pills
};

/// `changes` are diffPolicies() of the two: they say what a node's element changed beyond what is drawn.
DiffGraph diffGraph(const Policy& before, const Policy& after, const std::vector<PolicyChange>& changes);

/// One line a mark: "+ T3", "~ T0 -grounding < 3.5 → 3.8=> T1"; for tests and for people who cannot see it.
QString describe(const DiffGraph& diff);

} // namespace signalbox
