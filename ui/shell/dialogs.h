// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one seam for message boxes and file dialogs, so that a test answers them beforehand. Nothing else in
// ui/ opens one.

#include <QMessageBox>
#include <QString>

namespace signalbox {

class Dialogs
{
public:
    virtual ~Dialogs() = default;
    /// A question with named buttons; returns the index of the one pressed, or `escape` when closed.
    virtual int ask(QWidget* parent, const QString& title, const QString& text, const QStringList& buttons,
                    int standard, int escape);
    virtual void tell(QWidget* parent, const QString& title, const QString& text, QMessageBox::Icon icon);
    /// "" when cancelled.
    virtual QString openFile(QWidget* parent, const QString& title, const QString& directory,
                             const QString& filter);
    virtual QString saveFile(QWidget* parent, const QString& title, const QString& suggestion,
                             const QString& filter);
    virtual QString askText(QWidget* parent, const QString& title, const QString& label, const QString& value,
                            bool* ok);

    static Dialogs& current();
    /// Replaces the dialogs, for tests; null = the native ones again. The replacement must outlive its use.
    static void setCurrent(Dialogs* replacement);
};

} // namespace signalbox
