// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/dialogs.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QPushButton>

namespace signalbox {

namespace {
Dialogs* g_replacement = nullptr;
} // namespace

int Dialogs::ask(QWidget* parent, const QString& title, const QString& text, const QStringList& buttons,
                 int standard, int escape)
{
    QMessageBox box(QMessageBox::Question, title, text, QMessageBox::NoButton, parent);
    box.setObjectName(QStringLiteral("question"));
    box.setTextFormat(Qt::PlainText); // names and texts of other people stand in it
    QList<QAbstractButton*> made;
    for (int i = 0; i < buttons.size(); ++i) {
        const auto role = i == escape     ? QMessageBox::RejectRole
                          : i == standard ? QMessageBox::AcceptRole
                                          : QMessageBox::DestructiveRole;
        QPushButton* button = box.addButton(buttons[i], role);
        made.append(button);
        if (i == standard)
            box.setDefaultButton(button);
        if (i == escape)
            box.setEscapeButton(button);
    }
    box.exec();
    const auto index = made.indexOf(box.clickedButton());
    return index < 0 ? escape : static_cast<int>(index);
}

void Dialogs::tell(QWidget* parent, const QString& title, const QString& text, QMessageBox::Icon icon)
{
    QMessageBox box(icon, title, text, QMessageBox::Ok, parent);
    box.setObjectName(QStringLiteral("message"));
    box.exec();
}

QString Dialogs::openFile(QWidget* parent, const QString& title, const QString& directory,
                          const QString& filter)
{
    return QFileDialog::getOpenFileName(parent, title, directory, filter);
}

QString Dialogs::saveFile(QWidget* parent, const QString& title, const QString& suggestion,
                          const QString& filter)
{
    return QFileDialog::getSaveFileName(parent, title, suggestion, filter);
}

QString Dialogs::askText(QWidget* parent, const QString& title, const QString& label, const QString& value,
                         bool* ok)
{
    return QInputDialog::getText(parent, title, label, QLineEdit::Normal, value, ok);
}

Dialogs& Dialogs::current()
{
    static Dialogs native;
    return g_replacement ? *g_replacement : native;
}

void Dialogs::setCurrent(Dialogs* replacement)
{
    g_replacement = replacement;
}

} // namespace signalbox
