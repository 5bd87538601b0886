// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/turns_editor.h"

#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace signalbox {

namespace {
constexpr int kTextHeight = 60;
} // namespace

/// A role, a text, and a cross that takes both away.
class TurnsEditor::Turn : public QWidget
{
public:
    Turn(const Message& message, TurnsEditor* editor) : QWidget(editor)
    {
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(2);
        auto* head = new QHBoxLayout;
        m_role = new QComboBox(this);
        m_role->addItem(TurnsEditor::tr("System"), QStringLiteral("system"));
        m_role->addItem(TurnsEditor::tr("User"), QStringLiteral("user"));
        m_role->addItem(TurnsEditor::tr("Assistant"), QStringLiteral("assistant"));
        if (m_role->findData(qs(message.role)) < 0)
            m_role->addItem(qs(message.role), qs(message.role));
        m_role->setCurrentIndex(m_role->findData(qs(message.role)));
        m_role->setAccessibleName(TurnsEditor::tr("Who says it"));
        m_remove = linkButton(TurnsEditor::tr("Remove"), {}, this);
        m_remove->setAccessibleName(TurnsEditor::tr("Remove this turn"));
        head->addWidget(m_role);
        head->addStretch();
        head->addWidget(m_remove);
        layout->addLayout(head);
        m_text = new QPlainTextEdit(qs(message.content), this);
        m_text->setTabChangesFocus(true);
        m_text->setFixedHeight(kTextHeight);
        layout->addWidget(m_text);
        const auto tell = [editor] { Q_EMIT editor->edited(); };
        connect(m_role, &QComboBox::currentIndexChanged, editor, tell);
        connect(m_text, &QPlainTextEdit::textChanged, editor, tell);
    }
    void number(int position)
    {
        m_role->setObjectName(QStringLiteral("turnRole%1").arg(position));
        m_text->setObjectName(QStringLiteral("turnText%1").arg(position));
        m_text->setAccessibleName(TurnsEditor::tr("Turn %1").arg(position + 1));
        m_remove->setObjectName(QStringLiteral("turnRemove%1").arg(position));
    }
    Message message() const
    {
        return {ss(m_role->currentData().toString()), ss(m_text->toPlainText().trimmed())};
    }
    QPushButton* removeButton() const { return m_remove; }
    void focus() const { m_text->setFocus(); }

private:
    QComboBox* m_role;
    QPlainTextEdit* m_text;
    QPushButton* m_remove;
};

TurnsEditor::TurnsEditor(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("turnsEditor"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    hide();
}

TurnsEditor::Turn* TurnsEditor::insert(int at, const Message& message)
{
    auto* turn = new Turn(message, this);
    m_layout->insertWidget(at, turn);
    m_turns.insert(m_turns.begin() + at, turn);
    connect(turn->removeButton(), &QPushButton::clicked, this, [this, turn] {
        m_turns.erase(std::find(m_turns.begin(), m_turns.end(), turn));
        turn->hide();
        turn->deleteLater(); // it is in the middle of its own click
        renumber();
        Q_EMIT edited();
    });
    renumber();
    return turn;
}

void TurnsEditor::renumber()
{
    for (std::size_t i = 0; i < m_turns.size(); ++i)
        m_turns[i]->number(static_cast<int>(i));
    setVisible(!m_turns.empty());
}

void TurnsEditor::setMessages(const std::vector<Message>& messages)
{
    for (Turn* turn : m_turns) {
        turn->hide();
        turn->deleteLater();
    }
    m_turns.clear();
    for (const Message& message : messages)
        insert(static_cast<int>(m_turns.size()), message);
    renumber();
    Q_EMIT edited();
}

std::vector<Message> TurnsEditor::messages() const
{
    std::vector<Message> messages;
    for (const Turn* turn : m_turns) {
        if (Message message = turn->message(); !message.content.empty())
            messages.push_back(std::move(message));
    }
    return messages;
}

void TurnsEditor::addSystem()
{
    if (m_turns.empty() || m_turns.front()->message().role != "system")
        insert(0, {"system", {}});
    m_turns.front()->focus();
    Q_EMIT edited();
}

void TurnsEditor::addTurn()
{
    const bool afterUser = !m_turns.empty() && m_turns.back()->message().role == "user";
    insert(static_cast<int>(m_turns.size()), {afterUser ? "assistant" : "user", {}})->focus();
    Q_EMIT edited();
}

} // namespace signalbox
