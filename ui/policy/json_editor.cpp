// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/json_editor.h"

#include "ui/policy/json_highlighter.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>
#include <QUndoStack>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kPauseMs = 1200; // typing after a pause is a new step of undo

class Gutter : public QWidget
{
public:
    explicit Gutter(JsonEditor* editor) : QWidget(editor), m_editor(editor) {}
    QSize sizeHint() const override { return {m_editor->lineNumberWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent* event) override { m_editor->paintLineNumbers(event); }

private:
    JsonEditor* m_editor;
};

} // namespace

JsonEditor::JsonEditor(PolicyEditor& policy, QWidget* parent) : QPlainTextEdit(parent), m_policy(policy)
{
    setObjectName(QStringLiteral("policyJson"));
    setAccessibleName(tr("Text of the policy"));
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setUndoRedoEnabled(false); // the policy has one history for all of the window
    setTabChangesFocus(false);
    const auto takeFont = [this] {
        const ThemeColors& colors = Theme::instance().colors();
        // The sheet's rounded frame is for fields; the selection stays light, so that the text keeps its
        // colours.
        setStyleSheet(QStringLiteral("QPlainTextEdit { border: none; border-radius: 0; "
                                     "selection-background-color: %1; selection-color: %2; }")
                          .arg(colors.selection.name(), colors.text.name()));
        setFont(Theme::monospace(TextSize::Normal));
        setTabStopDistance(QFontMetricsF(font()).horizontalAdvance(QLatin1Char(' ')) * 2);
    };
    takeFont();
    new JsonHighlighter(document());
    m_gutter = new Gutter(this);
    m_gutter->setAccessibleName(tr("Line numbers"));

    m_debounce.setSingleShot(true);
    m_debounce.setInterval(0); // the keys that wait already are taken together
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_debounce, &QTimer::timeout, this, [this] { flush(); });
    connect(&m_pause, &QTimer::timeout, this, [this] { ++m_typing; });
    connect(document(), &QTextDocument::contentsChange, this, [this](int from, int removed, int added) {
        if (m_taking || (removed == 0 && added == 0))
            return;
        // Not the whole text is compared with every key: only what was touched.
        const qsizetype length = document()->characterCount() - 1;
        const qsizetype back = std::max<qsizetype>(0, length - from - added);
        m_sameFront = m_isTyped ? std::min<qsizetype>(m_sameFront, from) : from;
        m_sameBack = m_isTyped ? std::min(m_sameBack, back) : back;
        m_isTyped = true;
        m_debounce.start();
        m_pause.start();
    });
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { placeGutter(); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
    m_rest.setSingleShot(true);
    m_rest.setInterval(120);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        flush();
        if (hasFocus() && !m_isTyped && m_policy.document()->text == m_bytes)
            Q_EMIT cursorMoved(byteOffset(m_bytes, textCursor().position()));
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        markProblems();
        if (!m_taking && !m_selecting)
            m_rest.start();
    });
    connect(&policy, &PolicyEditor::documentChanged, this, [this] { takeDocument(); });
    connect(&policy, &PolicyEditor::workChanged, this, [this] {
        if (m_isTyped && !m_policy.isReading())
            m_debounce.start();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this, takeFont] {
        takeFont();
        findProblems();
        markProblems();
        m_gutter->update();
    });
    takeDocument();
}

JsonEditor::~JsonEditor()
{
    // Disconnected by hand: the highlighter's last change comes when half of this is gone.
    disconnect(this, nullptr, this, nullptr);
}

TextChange JsonEditor::typedChange() const
{
    if (!m_isTyped)
        return {};
    const qsizetype length = document()->characterCount() - 1;
    const qsizetype front = std::min({m_sameFront, m_shown.size(), length});
    const qsizetype back = std::min({m_sameBack, m_shown.size() - front, length - front});
    // Not toPlainText(): that one also turns no-break spaces into spaces.
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(front));
    cursor.setPosition(static_cast<int>(length - back), QTextCursor::KeepAnchor);
    QString now = cursor.selectedText();
    now.replace(QChar::ParagraphSeparator, QLatin1Char('\n'));
    TextChange change = changeBetween(m_shown.mid(front, m_shown.size() - front - back), now);
    change.start += front;
    return change;
}

void JsonEditor::flush()
{
    m_debounce.stop();
    if (m_policy.isReading())
        return; // one large text at a time; what was typed meanwhile follows
    const TextChange change = typedChange();
    m_isTyped = false;
    if (change.isEmpty())
        return;
    m_bytes = withChange(m_bytes, change);
    m_shown.replace(change.start, change.removed, change.added);
    m_policy.applyText(m_bytes, tr("edit text"), QStringLiteral("json-text-%1").arg(m_typing));
}

std::size_t JsonEditor::cursorByte()
{
    flush();
    return byteOffset(m_bytes, textCursor().position());
}

void JsonEditor::takeDocument()
{
    const std::string& bytes = m_policy.document()->text;
    if (bytes != m_bytes || m_shown.isEmpty()) {
        const QString fresh = editorText(bytes);
        if (m_isTyped) {
            // Somebody else was quicker than what is being typed: theirs stands, typing goes on in it.
            const TextChange typed = typedChange();
            m_shown.replace(typed.start, typed.removed, typed.added);
            m_debounce.stop();
            m_isTyped = false;
        }
        takeChange(changeBetween(m_shown, fresh));
        m_bytes = bytes;
        m_shown = fresh;
    }
    findProblems();
    markProblems();
}

/// Cursor and selection stay in their text, and so does what is in view, whatever happens above it.
void JsonEditor::takeChange(const TextChange& change)
{
    if (change.isEmpty())
        return;
    const QTextCursor before = textCursor();
    const qsizetype anchor = positionAfter(before.anchor(), change);
    const qsizetype position = positionAfter(before.position(), change);
    const int horizontal = horizontalScrollBar()->value();
    const qsizetype top = firstVisibleBlock().position();
    const bool isAbove = change.start + change.removed <= top;
    const int lines = blockCount();

    m_taking = true;
    const int scroll = verticalScrollBar()->value();
    QTextCursor edit(document());
    edit.beginEditBlock();
    edit.setPosition(static_cast<int>(change.start));
    edit.setPosition(static_cast<int>(change.start + change.removed), QTextCursor::KeepAnchor);
    edit.insertText(change.added);
    edit.endEditBlock();
    QTextCursor after(document());
    after.setPosition(static_cast<int>(anchor));
    after.setPosition(static_cast<int>(position), QTextCursor::KeepAnchor);
    setTextCursor(after);
    // Without wrapping, a step of the bar is a line.
    verticalScrollBar()->setValue(scroll + (isAbove ? blockCount() - lines : 0));
    horizontalScrollBar()->setValue(horizontal);
    m_taking = false;
}

/// Where the document's problems stand; once a document, not with every move of the cursor.
void JsonEditor::findProblems()
{
    const PolicyDocumentPtr policy = m_policy.document();
    if (m_isTyped || policy->text != m_bytes)
        return; // the text in view is newer: its problems follow
    const ThemeColors& colors = Theme::instance().colors();
    const int last = std::max(0, document()->characterCount() - 1);
    const std::string_view bytes = m_bytes;
    std::vector<std::size_t> offsets;
    std::vector<const Diagnostic*> found;
    for (const Diagnostic& diagnostic : policy->diagnostics) { // sorted by offset
        if (diagnostic.severity == Severity::Note)
            continue;
        found.push_back(&diagnostic);
        offsets.push_back(std::min(diagnostic.offset, bytes.size()));
    }
    const std::vector<qsizetype> positions = editorPositions(bytes, offsets);
    m_marks.clear();
    m_waves.clear();
    for (std::size_t i = 0; i < found.size(); ++i) {
        const Diagnostic& diagnostic = *found[i];
        QTextEdit::ExtraSelection wave;
        wave.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wave.format.setUnderlineColor(diagnostic.severity == Severity::Error ? colors.bad : colors.warn);
        wave.cursor = QTextCursor(document());
        wave.cursor.setPosition(static_cast<int>(std::min<qsizetype>(positions[i], last)));
        // A long object is not underlined as a whole: its first line says it.
        const QTextBlock block = wave.cursor.block();
        const qsizetype lineEnd = block.position() + std::max(1, block.length() - 1);
        const std::size_t onLine =
            std::min<std::size_t>(diagnostic.length, bytes.find('\n', offsets[i]) - offsets[i]);
        const qsizetype length =
            std::max<qsizetype>(1, editorPosition(bytes.substr(offsets[i], onLine), onLine));
        const qsizetype end = std::min<qsizetype>({positions[i] + length, lineEnd, last});
        wave.cursor.setPosition(static_cast<int>(end), QTextCursor::KeepAnchor);
        QString text = qs(diagnostic.message);
        if (!diagnostic.hint.empty())
            text += QLatin1Char('\n') + qs(diagnostic.hint);
        m_marks.push_back({positions[i], end - positions[i], block.blockNumber(), diagnostic.severity, text});
        m_waves.append(wave);
    }
}

void JsonEditor::markProblems()
{
    QList<QTextEdit::ExtraSelection> selections;
    selections.reserve(m_waves.size() + 1);
    QTextEdit::ExtraSelection line;
    line.format.setBackground(Theme::instance().colors().hover);
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    line.cursor = textCursor();
    line.cursor.clearSelection();
    selections.append(line);
    selections += m_waves;
    setExtraSelections(selections);
    m_gutter->update();
}

void JsonEditor::showProblemAt(const QPoint& viewportPosition, const QPoint& globalPosition)
{
    const int position = cursorForPosition(viewportPosition).position();
    const Mark* best = nullptr;
    for (const Mark& mark : m_marks) {
        if (mark.start <= position && position <= mark.start + mark.length &&
            (!best || mark.length < best->length))
            best = &mark;
    }
    if (best)
        QToolTip::showText(
            globalPosition,
            QStringLiteral("<p>%1</p>")
                .arg(best->text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br/>"))),
            viewport());
    else
        QToolTip::hideText();
}

void JsonEditor::selectBytes(std::size_t offset, std::size_t length)
{
    flush();
    const std::string_view bytes = m_bytes;
    const qsizetype start = editorPosition(bytes, offset);
    const qsizetype end = start + editorPosition(bytes.substr(std::min(offset, bytes.size())), length);
    const int last = std::max(0, document()->characterCount() - 1);
    QTextCursor cursor(document());
    // The cursor stands at the start, so that the start is what is brought into view.
    cursor.setPosition(static_cast<int>(std::min<qsizetype>(end, last)));
    cursor.setPosition(static_cast<int>(std::min<qsizetype>(start, last)), QTextCursor::KeepAnchor);
    m_selecting = true;
    setTextCursor(cursor);
    m_selecting = false;
    m_rest.stop();
    const QRect rect = cursorRect();
    if (rect.top() < 0 || rect.bottom() > viewport()->height() * 3 / 4)
        centerCursor();
    horizontalScrollBar()->setValue(std::min(horizontalScrollBar()->value(), std::max(0, rect.left() - 40)));
}

bool JsonEditor::event(QEvent* event)
{
    // Undo and redo are the window's; the text control would take the keys for itself.
    if (event->type() == QEvent::ShortcutOverride) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool isFix = (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
                           key->modifiers().testFlag(Qt::AltModifier);
        if (isFix || key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            key->accept();
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

bool JsonEditor::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        showProblemAt(help->pos(), help->globalPos());
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

void JsonEditor::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo)) {
        flush();
        ++m_typing;
        if (event->matches(QKeySequence::Undo))
            m_policy.undoStack()->undo();
        else
            m_policy.undoStack()->redo();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        event->modifiers().testFlag(Qt::AltModifier)) {
        Q_EMIT fixRequested();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        // A new line begins where the one above does.
        const QString above = textCursor().block().text();
        qsizetype indent = 0;
        while (indent < above.size() && above[indent] == QLatin1Char(' '))
            ++indent;
        textCursor().insertText(QLatin1Char('\n') + above.left(indent));
        ensureCursorVisible();
        return;
    }
    if (event->key() == Qt::Key_Tab && event->modifiers() == Qt::NoModifier) {
        textCursor().insertText(QStringLiteral("  "));
        return;
    }
    if (event->key() == Qt::Key_Backtab) {
        QWidget::focusNextPrevChild(false); // that of a text that takes Tab for itself stays
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void JsonEditor::focusOutEvent(QFocusEvent* event)
{
    flush();
    ++m_typing;
    QPlainTextEdit::focusOutEvent(event);
}

int JsonEditor::lineNumberWidth() const
{
    const auto digits = std::max<qsizetype>(3, QString::number(blockCount()).size());
    return fontMetrics().horizontalAdvance(QLatin1Char('0')) * static_cast<int>(digits) + 24;
}

void JsonEditor::placeGutter()
{
    const int width = lineNumberWidth();
    setViewportMargins(width, 0, 0, 0);
    const QRect inside = contentsRect();
    m_gutter->setGeometry(inside.left(), inside.top(), width, inside.height());
}

void JsonEditor::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

void JsonEditor::paintLineNumbers(QPaintEvent* event)
{
    const ThemeColors& colors = Theme::instance().colors();
    QPainter painter(m_gutter);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(event->rect(), colors.surface);
    painter.setFont(font());
    const int current = textCursor().blockNumber();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF box = blockBoundingGeometry(block).translated(contentOffset());
        if (box.top() > event->rect().bottom())
            break;
        painter.setPen(block.blockNumber() == current ? colors.text : colors.muted);
        painter.drawText(QRectF(0, box.top(), m_gutter->width() - 8, box.height()),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
        std::optional<Severity> worst;
        for (const Mark& mark : m_marks) {
            if (mark.line == block.blockNumber() && (!worst || mark.severity < *worst))
                worst = mark.severity;
        }
        if (worst) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(*worst == Severity::Error ? colors.bad : colors.warn);
            const QRectF dot(4, box.center().y() - 3.5, 7, 7);
            if (*worst == Severity::Error)
                painter.drawRect(dot);
            else
                painter.drawEllipse(dot);
        }
    }
}

} // namespace signalbox
