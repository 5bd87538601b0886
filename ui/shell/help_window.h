// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The built-in help beside the work: contents and search at the left, the page at the right, back and
// forward. It does not block the window it belongs to; Esc closes it.

#include "ui/shell/help_library.h"

#include <QDialog>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QTextBrowser;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;
QT_END_NAMESPACE

namespace signalbox {

class HelpWindow : public QDialog
{
    Q_OBJECT
public:
    explicit HelpWindow(HelpLibrary library, QWidget* parent = nullptr);

    /// Shows a page, and the window in front; false when there is no such page.
    bool showTopic(const QString& topic);
    const QString& topic() const { return m_topic; }
    void back();
    void forward();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeBar();
    void fill(const QStringList& topics, bool isSearch);
    void searchFor(const QString& words);
    void display(const QString& topic);
    void follow(const QUrl& link);
    void refreshButtons();

    HelpLibrary m_library;
    QToolButton* m_back = nullptr;
    QToolButton* m_forward = nullptr;
    QLineEdit* m_search = nullptr;
    QTreeWidget* m_contents = nullptr;
    QTextBrowser* m_text = nullptr;
    QString m_topic;
    QStringList m_past;
    QStringList m_future;
};

} // namespace signalbox
