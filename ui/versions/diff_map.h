// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The map of two policies: what is added, removed and changed stands out by colour, by outline and by a word;
// what is the same steps back. To look at, not to edit.

#include "ui/policy/policy_map.h"
#include "ui/theme/theme.h"
#include "ui/versions/graph_diff.h"

namespace signalbox {

class PolicySelection;

class DiffMap : public PolicyMap
{
    Q_OBJECT
public:
    explicit DiffMap(PolicySelection& selection, QWidget* parent = nullptr);

    void setDiff(DiffGraph diff);
    void clear();
    const DiffGraph& diff() const { return m_diff; }

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    void drawNodes(QPainter& painter) const;
    void drawPills(QPainter& painter) const;
    DiffGraph m_diff;
};

/// Tone and word of a mark: "added", "removed", "changed"; "" for what is the same.
Tone toneOf(DiffMark mark);
QString wordOf(DiffMark mark);

} // namespace signalbox
