// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The policy's text: line numbers, colours, the current line, waves under problems. What is typed becomes the
// document's after a moment, as one step of the common undo history; what changes elsewhere is taken over as
// the stretch that differs, so that cursor and scroll stay.

#include "policy/document.h"

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
    /// Selects a stretch of the document's bytes and brings it into view.
    void selectBytes(std::size_t offset, std::size_t length);
    int lineNumberWidth() const;
    void paintLineNumbers(QPaintEvent* event);

Q_SIGNALS:
    /// A person moved the cursor and rested: the byte it stands at.
    void cursorMoved(qulonglong offset);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void takeDocument();
    void markProblems();
    QString currentText() const;
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
    quint64 m_typing = 0;                          ///< which stretch of typing: one step of undo each
    std::vector<std::pair<int, Severity>> m_marks; ///< lines with problems
};

} // namespace signalbox
