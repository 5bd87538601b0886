// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who answered: one bar for the setting and one for the policy, with the shares in words.

#include "replay/kpis.h"

#include <QStringList>
#include <QWidget>

namespace signalbox {

class TierMix : public QWidget
{
    Q_OBJECT
public:
    explicit TierMix(QWidget* parent = nullptr);
    void show(const std::vector<TierShare>& setting, const std::vector<TierShare>& policy,
              const QStringList& tiers);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintBar(QPainter& painter, const std::vector<TierShare>& shares, const QRectF& bar) const;
    std::vector<TierShare> m_setting, m_policy;
    QStringList m_tiers;
};

} // namespace signalbox
