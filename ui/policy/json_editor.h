// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The policy's text: line numbers, colours, the current line, waves under problems. What is typed becomes the
// document's after a moment, as one step of the common undo history; what changes elsewhere is taken over as
// the stretch that differs, so that cursor, selection and scroll stay.

#include "policy/document.h"
#include "ui/policy/text_map.h"

#include <QPlainTextEdit>
#include <QTimer>

#include <string>

namespace signalbox {

class PolicyEditor;

class JsonEditor : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit JsonEditor(PolicyEditor& policy, QWidget* parent = nullptr);
    ~JsonEditor() override;

    /// Makes what was typed the document's now.
    void flush();
    /// The byte of the document that the cursor stands at; what was typed is flushed before.
    std::size_t cursorByte();
    /// Selects a stretch of the document's bytes and brings it into view.
    void selectBytes(std::size_t offset, std::size_t length);
    int lineNumberWidth() const;
    void paintLineNumbers(QPaintEvent* event);

Q_SIGNALS:
    /// A person moved the cursor and rested: the byte it stands at.
    void cursorMoved(qulonglong offset);
    void fixRequested(); ///< Alt+Enter: mend what is wrong at the cursor

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void takeDocument();
    void takeChange(const TextChange& change);
    TextChange typedChange() const;
    void findProblems();
    void markProblems();
    void showProblemAt(const QPoint& viewportPosition, const QPoint& globalPosition);
    void placeGutter();

    PolicyEditor& m_policy;
    QWidget* m_gutter = nullptr;
    QTimer m_debounce;
    QTimer m_pause;
    QTimer m_rest;
    bool m_selecting = false;
    std::string m_bytes; ///< the document's text that the editor shows, less what was typed since
    QString m_shown;     ///< editorText(m_bytes)
    bool m_taking = false;
    quint64 m_typing = 0; ///< which stretch of typing: one step of undo each
    /// What was typed since m_bytes: it lies between the first so many characters and the last so many.
    qsizetype m_sameFront = 0;
    qsizetype m_sameBack = 0;
    bool m_isTyped = false;
    struct Mark
    {
        qsizetype start = 0;
        qsizetype length = 0;
        int line = 0;
        Severity severity = Severity::Error;
        QString text;
    };
    std::vector<Mark> m_marks; ///< problems of m_bytes
    QList<QTextEdit::ExtraSelection> m_waves;
};

} // namespace signalbox
