// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What was said before the prompt: a system prompt and earlier turns, each a text with its role.

#include "features/request.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace signalbox {

class TurnsEditor : public QWidget
{
    Q_OBJECT
public:
    explicit TurnsEditor(QWidget* parent = nullptr);

    void setMessages(const std::vector<Message>& messages);
    std::vector<Message> messages() const; ///< those that hold a text
    /// At the top; goes to the one that is there already.
    void addSystem();
    /// Below the others: the user's, or the assistant's after a user's.
    void addTurn();

Q_SIGNALS:
    void edited();

private:
    class Turn;
    Turn* insert(int at, const Message& message);
    void renumber();

    QVBoxLayout* m_layout;
    std::vector<Turn*> m_turns;
};

} // namespace signalbox
