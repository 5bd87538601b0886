// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is asked: what was said before, the prompt, its metadata, headers and attachments as chips, and the
// buttons that send it.

#include "features/request.h"
#include "policy/policy.h"
#include "ui/playground/examples.h"
#include "ui/playground/turns_editor.h"
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
    /// Whose user tiers can be chosen.
    void setPolicy(const PolicyPtr& policy) { m_policy = policy; }
    /// What was asked and answered becomes what was said before, and the prompt is empty.
    void goOn(const std::string& answer);
    void focusPrompt();

Q_SIGNALS:
    void sendAsked();
    void allTiersAsked();
    void compareAsked();
    void stopAsked();
    void problemsAsked();
    void edited();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void rebuildChips();
    Pill* chip(const QString& text, const QString& objectName, const QString& accessible);
    void fillMetadataMenu(QMenu* menu);
    void fillMoreMenu(QMenu* menu);
    void popUp(QMenu* menu, const QString& objectName, QWidget* under);
    void changed();
    void setMetadata(const std::string& key, const std::string& value);
    void updateButtons();

    TurnsEditor* m_turns;
    QPlainTextEdit* m_prompt;
    QPushButton* m_examples;
    QMenu* m_exampleMenu;
    QWidget* m_chips;
    QPushButton* m_send;
    QPushButton* m_allTiers;
    QPushButton* m_compare;
    QPushButton* m_stop;
    MutedLabel* m_obstacle;
    QPushButton* m_problems;

    Request m_request;            ///< all but the messages
    std::vector<Message> m_after; ///< what stands behind the prompt
    PolicyPtr m_policy;
    std::vector<ExampleGroup> m_groups;
    QString m_why;
    bool m_running = false;
    bool m_filling = false;
};

} // namespace signalbox
