// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One hop as a card: what the model says as it says it, what the gates made of it, and what went on to the
// next.

#include "ui/playground/run_view.h"
#include "ui/theme/widgets.h"

#include <QWidget>

class QGridLayout;

namespace signalbox {

class HopCard : public Card
{
    Q_OBJECT
public:
    explicit HopCard(int hop, QWidget* parent = nullptr);

    void show(const RunView& run, const HopView& view);
    QString text() const { return m_text->text(); }
    QString verdict() const { return m_verdict->text(); }

Q_SIGNALS:
    void inspectAsked(int hop);

private:
    void showVerdict(const RunView& run, const HopView& view);
    QString triesText(const HopView& view) const;
    QString judgementText(const HopView& view) const;
    QString carriedText(const RunView& run, const HopView& view) const;
    QString figuresText(const RunView& run, const HopView& view) const;

    QLabel* m_tier;
    ElidedLabel* m_model;
    Pill* m_verdict;
    QLabel* m_text;
    QLabel* m_tries;
    QLabel* m_judgement;
    MutedLabel* m_carried;
    MutedLabel* m_figures;
    QPushButton* m_inspect;
    int m_hop = 0;
};

/// The cards of a run side by side, as many in a row as there is room for.
class HopCards : public QWidget
{
    Q_OBJECT
public:
    explicit HopCards(QWidget* parent = nullptr);

    void show(const RunView& run);
    const std::vector<HopCard*>& cards() const { return m_cards; }

Q_SIGNALS:
    void inspectAsked(int hop);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QGridLayout* m_grid;
    std::vector<HopCard*> m_cards;
    int m_columns = 0;
};

} // namespace signalbox
