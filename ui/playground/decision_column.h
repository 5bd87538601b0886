// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The right column: why the request went where it went, what was looked up for it, and whether it helped.

#include "ui/playground/run_view.h"
#include "ui/theme/widgets.h"
#include "workspace/rating.h"

#include <QVBoxLayout>

namespace signalbox {

/// Names with a bar and a figure each: the probabilities that a router weighed.
class ScoreBars : public QWidget
{
    Q_OBJECT
public:
    explicit ScoreBars(QWidget* parent = nullptr);
    void show(const std::vector<Alternative>& alternatives, int tier);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Alternative> m_alternatives;
    int m_tier = -1;
};

class DecisionColumn : public SideColumn
{
    Q_OBJECT
public:
    explicit DecisionColumn(QWidget* parent = nullptr);

    /// Rebuilds what changed; cheap enough for every event, not for every frame.
    void show(const RunView& run);
    void setResolved(std::optional<bool> resolved);
    void setRating(std::optional<TierFit> fit);

Q_SIGNALS:
    void resolvedChosen(bool resolved);
    void rated(signalbox::TierFit fit);
    void copyAsked();
    void curlAsked();
    void inspectAsked();
    void replayAsked(const QString& tier); ///< "" = under today's policy
    void goOnAsked();

private:
    void showDecision(const RunView& run);
    void showRules(const RunView& run);
    void showPassages(const RunView& run);
    void makeVerdict(QVBoxLayout* content);
    void makeButtons(QVBoxLayout* content);
    void showReplay(const RunView& run);

    QWidget* m_content;
    MutedLabel* m_empty;
    Pill* m_route;
    QLabel* m_router;
    Pill* m_sandbox;
    QLabel* m_intent;
    ScoreBars* m_bars;
    MutedLabel* m_confidence;
    QLabel* m_reasons;
    QVBoxLayout* m_rules;
    CaptionLabel* m_barredCaption;
    QVBoxLayout* m_barred;
    QVBoxLayout* m_passages;
    QWidget* m_verdict;
    QPushButton* m_yes;
    QPushButton* m_no;
    std::vector<QPushButton*> m_fits; ///< by TierFit
    MutedLabel* m_kept;
    QPushButton* m_copy;
    QPushButton* m_curl;
    QPushButton* m_inspect;
    QPushButton* m_replay;
    QPushButton* m_goOn;
    QStringList m_replayTiers;
    QString m_rulesShown; ///< what the lists were built from
    QString m_passagesShown;
};

} // namespace signalbox
