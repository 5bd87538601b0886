// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Colours of JSON: keys, strings, numbers, words. Follows the theme.

#include <QSyntaxHighlighter>
#include <QTextCharFormat>

namespace signalbox {

class JsonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    explicit JsonHighlighter(QTextDocument* document);

protected:
    void highlightBlock(const QString& text) override;

private:
    void takeColors();
    QTextCharFormat m_key, m_string, m_number, m_word, m_punctuation;
};

} // namespace signalbox
