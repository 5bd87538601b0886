// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps what is not saved of the edited policy in a recovery file, a moment after each change, and takes the
// file away when there is nothing to recover any more. Files are written off the Qt thread, in order. A text
// that carries a key is not written: what was kept before stays. Qt thread only.

#include "base/result.h"
#include "ui/shell/recovery_file.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>

namespace signalbox {

class Session;

class Autosave : public QObject
{
    Q_OBJECT
public:
    Autosave(Session& session, QString folder, QObject* parent = nullptr);
    ~Autosave() override; ///< waits for what is being written; the file stays

    const QString& folder() const { return m_folder; }
    const QString& filePath() const { return m_path; }
    /// From a change to its file at the latest; 1.5 s at first.
    void setInterval(int ms) { m_timer.setInterval(ms); }

    /// Writes now what there is to write, and takes another's file away once this one is there.
    void takeOver(const QString& otherFile);
    /// The window closes with nothing left to save.
    void finish();
    /// Blocks until everything asked for is on disk.
    void waitForDone();

    enum class State { Nothing, Waiting, Kept, Paused, Failed };
    State state() const { return m_state; }
    qint64 keptAtMs() const { return m_keptAtMs; }
    const QString& explanation() const { return m_explanation; } ///< why it pauses or fails

Q_SIGNALS:
    void stateChanged();

private:
    void changed();
    void write();
    void removeFiles();
    void setState(State state, const QString& explanation = {});

    Session& m_session;
    QString m_folder;
    QString m_path;
    QTimer m_timer;
    QThreadPool m_writer; ///< one thread: what is asked for later is done later
    QStringList m_superseded;
    quint64 m_asked = 0;
    bool m_onDisk = false; ///< or on its way there
    State m_state = State::Nothing;
    qint64 m_keptAtMs = 0;
    QString m_explanation;
};

} // namespace signalbox
