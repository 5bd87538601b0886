// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The tree that shows the outline and takes part in the selection.

#include <QTreeView>

namespace signalbox {

class OutlineModel;
class PolicySelection;

class OutlineView : public QTreeView
{
    Q_OBJECT
public:
    OutlineView(OutlineModel& model, PolicySelection& selection, QWidget* parent = nullptr);
    /// Opens what is worth seeing of a policy that was just opened.
    void expandForStart();

Q_SIGNALS:
    void deleteRequested();
    void moveRequested(int by);

protected:
    void rowsAboutToBeRemoved(const QModelIndex& parent, int start, int end) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void followSelection();
    OutlineModel& m_outline;
    PolicySelection& m_selection;
    bool m_following = false;
};

} // namespace signalbox
