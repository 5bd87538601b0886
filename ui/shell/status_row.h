// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The status bar: what runs, with progress and Stop; what was said last; how far the writer is behind;
// whether unsaved changes are kept; which faults of the sandbox are on; what undo would undo.

#include <QStatusBar>

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
class QPushButton;
class QTimer;
QT_END_NAMESPACE

namespace signalbox {

class Autosave;
class ElidedLabel;
class Pill;
class Session;

class StatusRow : public QStatusBar
{
    Q_OBJECT
public:
    StatusRow(Session& session, QWidget* parent);
    /// When unsaved changes were kept last, or why they are not.
    void showAutosave(const Autosave& autosave);

private:
    void refreshWork();
    void refreshWriter();
    void refreshUndo();
    void refreshFaults();

    Session& m_session;
    ElidedLabel* m_text;
    QProgressBar* m_progress;
    QLabel* m_count;
    QPushButton* m_stop;
    ElidedLabel* m_autosave;
    Pill* m_faults;
    QLabel* m_undo;
    QLabel* m_writer;
    QTimer* m_writerTimer;
    QString m_said;
};

} // namespace signalbox
