// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/json_highlighter.h"

#include "ui/theme/theme.h"

namespace signalbox {

JsonHighlighter::JsonHighlighter(QTextDocument* document) : QSyntaxHighlighter(document)
{
    takeColors();
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        takeColors();
        rehighlight();
    });
}

void JsonHighlighter::takeColors()
{
    const Theme& theme = Theme::instance();
    m_key.setForeground(theme.tier(1));
    m_string.setForeground(theme.colors().good);
    m_number.setForeground(theme.tier(2));
    m_word.setForeground(theme.foreground(Tone::Warn));
    m_punctuation.setForeground(theme.colors().muted);
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    // A JSON string never goes over a line's end, so that every line stands by itself.
    for (int i = 0; i < text.size();) {
        const QChar c = text[i];
        const int start = i;
        if (c == QLatin1Char('"')) {
            for (++i; i < text.size() && text[i] != QLatin1Char('"'); ++i) {
                if (text[i] == QLatin1Char('\\'))
                    ++i;
            }
            i = std::min<int>(i + 1, static_cast<int>(text.size()));
            int next = i;
            while (next < text.size() && text[next].isSpace())
                ++next;
            setFormat(start, i - start,
                      next < text.size() && text[next] == QLatin1Char(':') ? m_key : m_string);
        } else if (c.isDigit() || c == QLatin1Char('-')) {
            while (i < text.size() && (text[i].isLetterOrNumber() || QStringLiteral("+-.").contains(text[i])))
                ++i;
            setFormat(start, i - start, m_number);
        } else if (c.isLetter()) {
            while (i < text.size() && text[i].isLetter())
                ++i;
            setFormat(start, i - start, m_word);
        } else {
            if (!c.isSpace())
                setFormat(i, 1, m_punctuation);
            ++i;
        }
    }
}

} // namespace signalbox
