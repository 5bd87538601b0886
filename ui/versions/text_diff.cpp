// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/text_diff.h"

#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QTextBlock>

#include <algorithm>

namespace signalbox {

namespace {

constexpr std::size_t kAround = 3; ///< lines that stay visible beside a change
constexpr std::size_t kMostShown = 50'000;

QString numberText(int number, int digits)
{
    return number > 0 ? QString::number(number).rightJustified(digits) : QString(digits, QLatin1Char(' '));
}

} // namespace

TextDiff::TextDiff(QWidget* parent) : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("versionsText"));
    setAccessibleName(tr("Differences of the texts, line by line"));
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFont(Theme::monospace());
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(&Theme::instance(), &Theme::changed, this, &TextDiff::rebuild);
}

void TextDiff::setLines(std::shared_ptr<const std::string> before, std::shared_ptr<const std::string> after,
                        std::vector<DiffLine> lines)
{
    m_before = std::move(before);
    m_after = std::move(after);
    m_lines = std::move(lines);
    const auto countOf = [this](DiffLine::Kind kind) {
        return static_cast<int>(std::count_if(m_lines.begin(), m_lines.end(),
                                              [kind](const DiffLine& line) { return line.kind == kind; }));
    };
    m_added = countOf(DiffLine::Kind::Added);
    m_removed = countOf(DiffLine::Kind::Removed);
    rebuild();
}

void TextDiff::setWhole(bool whole)
{
    if (m_whole == whole)
        return;
    m_whole = whole;
    rebuild();
}

void TextDiff::rebuild()
{
    clear();
    if (m_added == 0 && m_removed == 0 && !m_whole) {
        setPlainText(m_lines.empty() ? QString() : tr("No line differs."));
        return;
    }
    std::vector<char> shown(m_lines.size(), m_whole ? 1 : 0);
    for (std::size_t i = 0; i < m_lines.size() && !m_whole; ++i) {
        if (m_lines[i].kind == DiffLine::Kind::Same)
            continue;
        const std::size_t from = i < kAround ? 0 : i - kAround;
        const std::size_t to = std::min(m_lines.size(), i + kAround + 1);
        std::fill(shown.begin() + static_cast<std::ptrdiff_t>(from),
                  shown.begin() + static_cast<std::ptrdiff_t>(to), 1);
    }

    const ThemeColors& colors = Theme::instance().colors();
    QTextCharFormat numbers;
    numbers.setForeground(colors.muted);
    const auto blockOf = [](const QColor& background) {
        QTextBlockFormat format;
        if (background.isValid())
            format.setBackground(background);
        return format;
    };
    const auto textOf = [](const QColor& color) {
        QTextCharFormat format;
        format.setForeground(color);
        return format;
    };
    const int digits = static_cast<int>(QString::number(m_lines.size()).size());
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    bool first = true;
    std::size_t written = 0;
    const auto newLine = [&](const QColor& background) {
        if (first)
            cursor.setBlockFormat(blockOf(background));
        else
            cursor.insertBlock(blockOf(background));
        first = false;
    };
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (!shown[i]) {
            const std::size_t from = i;
            while (i + 1 < m_lines.size() && !shown[i + 1])
                ++i;
            newLine({});
            cursor.insertText(tr("⋯ %n unchanged line(s)", nullptr, static_cast<int>(i - from + 1)), numbers);
            continue;
        }
        if (++written > kMostShown) {
            newLine({});
            cursor.insertText(
                tr("⋯ %n more line(s) are not shown", nullptr, static_cast<int>(m_lines.size() - i)),
                numbers);
            break;
        }
        const DiffLine& line = m_lines[i];
        const bool added = line.kind == DiffLine::Kind::Added;
        const bool removed = line.kind == DiffLine::Kind::Removed;
        newLine(added ? colors.goodFill : removed ? colors.badFill : QColor());
        cursor.insertText(numberText(line.lineBefore, digits) + QLatin1Char(' ') +
                              numberText(line.lineAfter, digits) + QLatin1Char(' '),
                          numbers);
        const QString sign = added     ? QStringLiteral("+ ")
                             : removed ? QStringLiteral("− ")
                                       : QStringLiteral("  ");
        cursor.insertText(sign + qs(line.text), textOf(added     ? colors.good
                                                       : removed ? colors.bad
                                                                 : colors.text));
    }
    cursor.endEditBlock();
    moveCursor(QTextCursor::Start);
}

} // namespace signalbox
