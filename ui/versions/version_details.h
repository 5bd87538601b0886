// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The right column of the Versions mode: what is known of the selected version, and what can be done with it.

#include "ui/theme/widgets.h"
#include "workspace/reader.h"

#include <vector>

namespace signalbox {

class VersionDetails : public SideColumn
{
    Q_OBJECT
public:
    explicit VersionDetails(QWidget* parent = nullptr);

    /// Null = none is selected. `moves` are those of the policy's tags, newest first.
    void show(const PolicyVersion* version, const std::vector<TagMove>& moves, bool inEditor, bool newest);

Q_SIGNALS:
    void tagRequested();
    void untagRequested(const QString& tag);
    void restoreRequested();
    void openRequested();
    void exportRequested();
    void tracesRequested();

private:
    QLabel* row(const QString& caption, const char* objectName);
    QLabel* m_title;
    QLabel* m_message;
    QLabel* m_author;
    QLabel* m_time;
    QLabel* m_parent;
    QLabel* m_hash;
    QLabel* m_traces;
    QWidget* m_tags;
    FlowLayout* m_tagFlow;
    QLabel* m_history;
    QPushButton* m_open;
    QPushButton* m_restore;
    QPushButton* m_tag;
    QPushButton* m_export;
};

} // namespace signalbox
