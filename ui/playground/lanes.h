// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The lanes of the timeline: what happened when, in pieces that a painter can draw and a reader can read.

#include "ui/playground/run_view.h"

namespace signalbox {

enum class SegmentKind {
    Decide,
    Queue,      ///< waiting for a connection
    FirstToken, ///< asked, nothing said yet
    Generate,
    GateRunning,
    GatePassed,
    GateFired,
    GateError,
    TryFailed,
    RetryWait,
    Cancelled, ///< ended because another one was faster, or by a person
};

struct Segment
{
    SegmentKind kind = SegmentKind::Generate;
    double startMs = 0;
    std::optional<double> endMs; ///< nothing = still growing
    QString label;               ///< short enough to stand in it
    QString explanation;         ///< one sentence or two
};

struct Lane
{
    QString name;
    int tier = -1; ///< -1 = the lane of the decision
    bool further =
        false; ///< another one of the same tier: hops that run at the same time have lanes of their own
    bool barred = false;
    QString note; ///< beside the segments, or instead of them
    std::vector<Segment> segments;
};

std::vector<Lane> lanesOf(const RunView& run);

/// The same in words, for a screen reader.
QString inWords(const std::vector<Lane>& lanes);

/// "HTTP 429", or the error's own words when no answer came.
QString failureText(const Attempt& attempt);

} // namespace signalbox
