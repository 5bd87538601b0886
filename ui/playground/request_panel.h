// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is asked: the prompt, its metadata and attachments as chips, and the buttons that send it.

#include "features/request.h"
#include "ui/playground/examples.h"
#include "ui/theme/widgets.h"

#include <QWidget>

class QMenu;
class QPlainTextEdit;

namespace signalbox {

class RequestPanel : public QWidget
{
    Q_OBJECT
public:
    explicit RequestPanel(QWidget* parent = nullptr);

    void setRequest(const Request& request);
    Request request() const;
    bool hasPrompt() const;
    void setExamples(std::vector<ExampleGroup> groups);
    bool hasExamples() const { return !m_groups.empty(); }
    /// The first of the group, or of the first group when there is no such one.
    const Request* example(const QString& group) const;
    /// `why` is empty when a request may be sent; else it is shown, with a link to the problems if
    /// `problems`.
    void setObstacle(const QString& why, bool problems);
    void setRunning(bool running);
    void focusPrompt();

Q_SIGNALS:
    void sendAsked();
    void allTiersAsked();
    void stopAsked();
    void problemsAsked();
    void edited();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void rebuildChips();
    Pill* chip(const QString& text, const QString& objectName, const QString& accessible);
    void fillMetadataMenu(QMenu* menu);
    void setMetadata(const std::string& key, const std::string& value);
    void updateButtons();

    QPlainTextEdit* m_prompt;
    QPushButton* m_examples;
    QMenu* m_exampleMenu;
    QWidget* m_chips;
    QPushButton* m_send;
    QPushButton* m_allTiers;
    QPushButton* m_stop;
    MutedLabel* m_obstacle;
    QPushButton* m_problems;

    Request m_request; ///< all but the prompt's text
    std::vector<ExampleGroup> m_groups;
    QString m_why;
    bool m_running = false;
    bool m_filling = false;
};

} // namespace signalbox
