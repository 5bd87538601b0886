// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Offers what was being edited when a program ended without saving: recover, discard, or decide later. Files
// are read and compared off the Qt thread. One policy comes into the window at a time; other files wait.

#include "policy/document.h"
#include "ui/shell/recovery_file.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

#include <memory>
#include <vector>

namespace signalbox {

class Autosave;
class Session;
class Workspace;

/// One file of a dead process, with what it says and what it was made from.
struct RecoveryOffer
{
    RecoveryFile file;
    PolicyDocumentPtr document;
    PolicyDocumentPtr base; ///< null when it cannot be found any more
    QString origin;         ///< what it was made from, in words
    QString difference;     ///< one sentence
};

/// What a text says that its base did not, in one sentence. `base` may be null.
QString differenceInWords(const PolicyDocument* base, const PolicyDocument& now, const QString& baseName);

class Recovery : public QObject
{
    Q_OBJECT
public:
    Recovery(Session& session, Autosave& autosave, QWidget* window);

    /// Looks for files and asks about each; says so when there are none and somebody has `asked`.
    void offer(bool asked);

Q_SIGNALS:
    void finished(); ///< every question is answered

private:
    struct Search
    {
        std::vector<RecoveryOffer> offers;
        QStringList skipped;
    };
    static Search search(const QString& folder, const std::shared_ptr<Workspace>& open);
    void ask(const Search& found, bool asked);
    void recover(const RecoveryOffer& offer);
    void restore(const RecoveryOffer& offer);

    Session& m_session;
    Autosave& m_autosave;
    QPointer<QWidget> m_window;
    bool m_asking = false;
};

} // namespace signalbox
