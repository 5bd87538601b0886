// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/setting_panel.h"

#include "ui/theme/text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace signalbox {

namespace {

constexpr int kRestMs = 180;

int decimalsOf(double step)
{
    int decimals = 0;
    while (decimals < 6 && std::abs(step - std::round(step)) > 1e-9) {
        step *= 10;
        ++decimals;
    }
    return decimals;
}

bool isRetrieval(const Tunable& tunable)
{
    return tunable.pointer.rfind("/retrieval/", 0) == 0;
}

} // namespace

MarkedSlider::MarkedSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent)
{
    setMinimumHeight(28);
}

void MarkedSlider::setMark(int value)
{
    m_mark = value;
    update();
}

void MarkedSlider::paintEvent(QPaintEvent* event)
{
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect groove = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, this);
    const QRect handle = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
    const int span = groove.width() - handle.width();
    const int x = groove.left() + handle.width() / 2 +
                  QStyle::sliderPositionFromValue(minimum(), maximum(), m_mark, span, false);
    {
        QPainter painter(this);
        painter.setPen(QPen(Theme::instance().colors().text, 2));
        painter.drawLine(x, height() / 2 - 11, x, height() / 2 + 11);
    }
    QSlider::paintEvent(event);
}

SettingPanel::SettingPanel(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(new CaptionLabel(tr("Compared over"), this));
    m_datasets = new QComboBox(this);
    m_datasets->setObjectName(QStringLiteral("tuningDataset"));
    m_datasets->setAccessibleName(tr("Dataset"));
    m_datasets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    layout->addWidget(m_datasets);
    layout->addSpacing(space::s);

    layout->addWidget(new CaptionLabel(tr("Threshold"), this));
    m_tunables = new QComboBox(this);
    m_tunables->setObjectName(QStringLiteral("tunableBox"));
    m_tunables->setAccessibleName(tr("Threshold"));
    m_tunables->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    layout->addWidget(m_tunables);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s);
    m_slider = new MarkedSlider(this);
    m_slider->setObjectName(QStringLiteral("settingSlider"));
    m_slider->setAccessibleName(tr("Setting"));
    m_spin = new QDoubleSpinBox(this);
    m_spin->setObjectName(QStringLiteral("settingSpin"));
    m_spin->setAccessibleName(tr("Setting as a number"));
    m_spin->setLocale(QLocale::c()); // as every figure of the window is written
    m_spin->setAlignment(Qt::AlignRight);
    m_spin->setKeyboardTracking(false);
    m_spin->setFixedWidth(86);
    m_unit = new MutedLabel({}, this);
    m_unit->setWordWrap(false);
    row->addWidget(m_slider, 1);
    row->addWidget(m_spin);
    row->addWidget(m_unit);
    layout->addLayout(row);
    m_baseline = new MutedLabel({}, this);
    m_baseline->setObjectName(QStringLiteral("baselineLabel"));
    layout->addWidget(m_baseline);
    m_note = new MutedLabel(
        tr("What was looked up is part of the recorded answers: moving this changes nothing here. "
           "Run the dataset again to see its effect."),
        this);
    m_note->setProperty("tone", QStringLiteral("warn"));
    m_note->setObjectName(QStringLiteral("settingNote"));
    m_note->hide();
    layout->addWidget(m_note);

    auto* buttons = new FlowLayout; // the words of another language may need a second line
    m_apply = primaryButton(tr("Apply to the Policy"), QStringLiteral("applySetting"), this);
    m_apply->setToolTip(tr("Writes the setting into the policy; it can be undone"));
    m_reset = plainButton(tr("Reset"), QStringLiteral("resetSetting"), this);
    m_reset->setToolTip(tr("Back to where the policy stands"));
    buttons->addWidget(m_apply);
    buttons->addWidget(m_reset);
    layout->addLayout(buttons);

    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (!isDragging())
            Q_EMIT settingChanged(true);
    });
    connect(m_datasets, &QComboBox::currentIndexChanged, this, &SettingPanel::datasetChosen);
    connect(m_tunables, &QComboBox::currentIndexChanged, this, [this] {
        tunableChanged();
        Q_EMIT tunableChosen();
    });
    connect(m_slider, &QSlider::valueChanged, this, [this] { moved(true); });
    connect(m_slider, &QSlider::sliderReleased, this, [this] { m_rest.start(0); });
    connect(m_spin, &QDoubleSpinBox::valueChanged, this, [this] { moved(false); });
    connect(m_apply, &QPushButton::clicked, this, &SettingPanel::applyAsked);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        if (const Tunable* chosen = tunable())
            setSetting(chosen->value);
    });
    updateButtons();
}

void SettingPanel::setDatasets(const std::vector<DatasetInfo>& datasets)
{
    const QString before = dataset();
    {
        const QSignalBlocker blocker(m_datasets);
        m_datasets->clear();
        for (const DatasetInfo& info : datasets)
            m_datasets->addItem((info.prompts == 1 ? tr("%1 · %2 prompt") : tr("%1 · %2 prompts"))
                                    .arg(qs(info.name), countText(info.prompts)),
                                qs(info.name));
        m_datasets->setCurrentIndex(std::max(0, m_datasets->findData(before)));
    }
    if (dataset() != before)
        Q_EMIT datasetChosen();
}

QString SettingPanel::dataset() const
{
    return m_datasets->currentData().toString();
}

void SettingPanel::setTunables(std::vector<Tunable> tunables)
{
    const QString before = m_tunables->currentData().toString();
    m_list = std::move(tunables);
    {
        const QSignalBlocker blocker(m_tunables);
        m_tunables->clear();
        int first = -1;
        for (const Tunable& tunable : m_list) {
            m_tunables->addItem(qs(tunable.label), qs(tunable.pointer));
            m_tunables->setItemData(m_tunables->count() - 1, qs(tunable.label), Qt::ToolTipRole);
            // A judge's threshold is what people come for.
            if (first < 0 && tunable.pointer.rfind("/triggers/", 0) == 0)
                first = m_tunables->count() - 1;
        }
        const int same = m_tunables->findData(before);
        m_tunables->setCurrentIndex(same >= 0 ? same : std::max(first, m_list.empty() ? -1 : 0));
    }
    tunableChanged();
}

const Tunable* SettingPanel::tunable() const
{
    const int index = m_tunables->currentIndex();
    return index >= 0 && index < static_cast<int>(m_list.size()) ? &m_list[static_cast<std::size_t>(index)]
                                                                 : nullptr;
}

bool SettingPanel::selectTunable(const QString& pointer)
{
    const int index = m_tunables->findData(pointer);
    if (index >= 0)
        m_tunables->setCurrentIndex(index);
    return index >= 0;
}

int SettingPanel::stepsOf(double value) const
{
    const Tunable* chosen = tunable();
    return chosen ? static_cast<int>(std::lround((value - chosen->low) / chosen->step)) : 0;
}

double SettingPanel::valueAt(int steps) const
{
    const Tunable* chosen = tunable();
    return chosen ? std::clamp(chosen->low + steps * chosen->step, chosen->low, chosen->high) : 0;
}

void SettingPanel::tunableChanged()
{
    const Tunable* chosen = tunable();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_slider, m_spin})
        widget->setEnabled(chosen != nullptr);
    m_note->setVisible(chosen && isRetrieval(*chosen));
    m_rest.stop();
    if (chosen) {
        m_filling = true;
        m_tunables->setToolTip(qs(chosen->label));
        m_slider->setRange(0, stepsOf(chosen->high));
        m_slider->setPageStep(std::max(1, stepsOf(chosen->high) / 10));
        m_slider->setMark(stepsOf(chosen->value));
        m_slider->setValue(stepsOf(chosen->value));
        const int decimals = std::max(decimalsOf(chosen->step), decimalsOf(chosen->value));
        m_spin->setDecimals(decimals);
        m_spin->setRange(chosen->low, chosen->high);
        m_spin->setSingleStep(chosen->step);
        m_spin->setValue(chosen->value);
        m_unit->setText(qs(chosen->unit));
        m_unit->setVisible(!chosen->unit.empty());
        m_baseline->setText(tr("The policy stands at %1, the mark on the slider.")
                                .arg(QString::number(chosen->value, 'f', decimals)));
        m_filling = false;
    }
    updateButtons();
}

double SettingPanel::setting() const
{
    return m_spin->value();
}

void SettingPanel::setSetting(double value)
{
    m_spin->setValue(value);
}

bool SettingPanel::isChanged() const
{
    const Tunable* chosen = tunable();
    return chosen && std::abs(setting() - chosen->value) > chosen->step / 1000;
}

void SettingPanel::moved(bool fromSlider)
{
    if (m_filling || !tunable())
        return;
    m_filling = true;
    if (fromSlider) {
        // Where the mark is, the policy's own value is meant, even when it lies between two steps.
        m_spin->setValue(m_slider->value() == m_slider->mark() ? tunable()->value
                                                               : valueAt(m_slider->value()));
    } else {
        m_slider->setValue(stepsOf(m_spin->value()));
    }
    m_filling = false;
    m_slider->setToolTip(QString::number(m_spin->value()));
    updateButtons();
    Q_EMIT settingChanged(false);
    m_rest.start(kRestMs);
}

void SettingPanel::updateButtons()
{
    m_apply->setEnabled(isChanged());
    m_reset->setEnabled(isChanged());
}

} // namespace signalbox
