// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One column of a comparison: an answer as it streams, and under it what it cost, how long it took, how good
// it is said to be and why it went that way. Text is appended, never laid out anew: fifty of these are on
// screen at once.

#include "ui/playground/run_view.h"
#include "ui/theme/widgets.h"

#include <QStringList>

#include <array>

class QPlainTextEdit;

namespace signalbox {

/// What a column shows of a run, and of one tier of it where all were asked.
struct CompareFacts
{
    QString verdict;
    Tone tone = Tone::Neutral;
    QString text; ///< as far as it has come
    QString answeredBy;
    int tier = -1;
    std::optional<NanoUsd> cost; ///< nothing while it runs, and when no part is known
    QString costText;
    std::optional<double> latencyMs;
    std::optional<double> firstTokenMs;
    std::optional<double> quality;
    QString qualitySource;
    QStringList reasons;
    bool ended = false;
};

/// `tier` "" = the whole run, else the tier's own turn in it.
CompareFacts compareFacts(const RunView& run, const QString& tier);

class CompareCell : public Card
{
    Q_OBJECT
public:
    CompareCell(int position, const QString& title, QWidget* parent = nullptr);

    void show(const CompareFacts& facts);
    void append(const QString& delta);
    /// Title, verdict and text alone; the figures in the tool tip.
    void setCompact(bool compact);
    enum Fact { Cost, Latency, FirstToken, Quality, FactCount };
    /// Marks a figure as the best of all columns, with a word.
    void setBest(Fact fact, bool best);
    const CompareFacts& facts() const { return m_facts; }
    QString title() const { return m_title; }
    QString factText(Fact fact) const;
    QString text() const;

private:
    void setFact(Fact fact, const QString& value, const QString& toolTip = {});

    QString m_title;
    CompareFacts m_facts;
    Pill* m_verdict;
    QPlainTextEdit* m_text;
    ElidedLabel* m_by;
    struct FactLine
    {
        QLabel* value = nullptr;
        QString text;
        bool best = false;
    };
    std::array<FactLine, FactCount> m_lines;
    QLabel* m_reasons;
    QWidget* m_figures;
    bool m_compact = false;
    qsizetype m_shown = 0; ///< characters of the text that are in the editor
};

} // namespace signalbox
