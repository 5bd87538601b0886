// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The left column of Tuning: which dataset, which threshold, and where it stands.

#include "policy/edit.h"
#include "ui/theme/widgets.h"
#include "workspace/dataset.h"

#include <QSlider>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;

namespace signalbox {

/// A slider with a mark where the policy stands.
class MarkedSlider : public QSlider
{
    Q_OBJECT
public:
    explicit MarkedSlider(QWidget* parent = nullptr);
    void setMark(int value);
    int mark() const { return m_mark; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_mark = 0;
};

class SettingPanel : public QWidget
{
    Q_OBJECT
public:
    explicit SettingPanel(QWidget* parent = nullptr);

    void setDatasets(const std::vector<DatasetInfo>& datasets); ///< those with runs of all tiers
    QString dataset() const;
    /// Keeps the chosen tunable when it is still there; the setting goes back to the policy's value.
    void setTunables(std::vector<Tunable> tunables);
    const Tunable* tunable() const;
    bool selectTunable(const QString& pointer);

    double setting() const;
    void setSetting(double value);
    bool isChanged() const;
    bool isDragging() const { return m_slider->isSliderDown(); }

Q_SIGNALS:
    void datasetChosen();
    void tunableChosen();
    /// `settled`: the hand rests, so the figures may take their time.
    void settingChanged(bool settled);
    void applyAsked();

private:
    void tunableChanged();
    void moved(bool fromSlider);
    void updateButtons();
    int stepsOf(double value) const;
    double valueAt(int steps) const;

    QComboBox* m_datasets;
    QComboBox* m_tunables;
    MarkedSlider* m_slider;
    QDoubleSpinBox* m_spin;
    MutedLabel* m_unit;
    MutedLabel* m_baseline;
    MutedLabel* m_note;
    QPushButton* m_apply;
    QPushButton* m_reset;
    QTimer m_rest;
    std::vector<Tunable> m_list;
    bool m_filling = false;
};

} // namespace signalbox
