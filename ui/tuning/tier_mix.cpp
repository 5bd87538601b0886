// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tier_mix.h"

#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace signalbox {

namespace {
constexpr int kCaption = 18;
constexpr int kBar = 14;
constexpr int kRow = 22;
constexpr int kTop = 2 * (kCaption + kBar + space::xs + 2) + space::s;
} // namespace

TierMix::TierMix(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("tierMix"));
    setAccessibleName(tr("Tier mix"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TierMix::show(const std::vector<TierShare>& setting, const std::vector<TierShare>& policy,
                   const QStringList& tiers)
{
    m_setting = setting;
    m_policy = policy;
    m_tiers = tiers;
    const auto words = [](const std::vector<TierShare>& shares) {
        QStringList parts;
        for (const TierShare& share : shares)
            parts << QStringLiteral("%1 %2").arg(qs(share.tier), percentText(share.share.value));
        return parts.join(QStringLiteral(", "));
    };
    setAccessibleDescription(tr("This setting: %1. The policy: %2.").arg(words(setting), words(policy)));
    int all = 0;
    for (const TierShare& share : setting)
        all += share.count;
    setToolTip(tr("Share of requests by the tier whose answer was accepted, n = %1.").arg(countText(all)));
    updateGeometry();
    update();
}

QSize TierMix::sizeHint() const
{
    return {180, kTop + static_cast<int>(std::max(m_setting.size(), m_policy.size())) * kRow};
}

void TierMix::paintBar(QPainter& painter, const std::vector<TierShare>& shares, const QRectF& bar) const
{
    const Theme& theme = Theme::instance();
    painter.save();
    QPainterPath outline;
    outline.addRoundedRect(bar, 3, 3);
    painter.setClipPath(outline);
    painter.fillRect(bar, theme.colors().hairline);
    double x = bar.left();
    for (const TierShare& share : shares) {
        const double wide = bar.width() * share.share.value;
        painter.fillRect(QRectF(x, bar.top(), std::max(0.0, wide - 1), bar.height()),
                         theme.route(qs(share.tier), m_tiers));
        x += wide;
    }
    painter.restore();
}

void TierMix::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextSize::Small));
    double y = 0;
    for (const auto& [name, shares] :
         {std::pair(tr("this setting"), &m_setting), std::pair(tr("the policy"), &m_policy)}) {
        painter.setPen(theme.colors().muted);
        painter.drawText(QRectF(0, y, width(), kCaption), Qt::AlignLeft | Qt::AlignVCenter, name);
        paintBar(painter, *shares, QRectF(0, y + kCaption, width(), kBar));
        y += kCaption + kBar + space::xs + 2;
    }
    y += space::s;
    const std::vector<TierShare>& rows = m_setting.size() >= m_policy.size() ? m_setting : m_policy;
    const auto shareOf = [](const std::vector<TierShare>& shares, const std::string& tier) {
        const auto found = std::find_if(shares.begin(), shares.end(),
                                        [&tier](const TierShare& share) { return share.tier == tier; });
        return found == shares.end() ? 0.0 : found->share.value;
    };
    for (const TierShare& row : rows) {
        const QRectF line(0, y, width(), kRow);
        painter.setBrush(theme.route(qs(row.tier), m_tiers));
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(QPointF(4, line.center().y()), 4, 4);
        painter.setPen(theme.colors().text);
        const QString name = row.tier == "human" ? tr("a person") : qs(row.tier);
        painter.drawText(line.adjusted(14, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                         tr("%1 → %2").arg(percentText(shareOf(m_policy, row.tier)),
                                           percentText(shareOf(m_setting, row.tier))));
        y += kRow;
    }
}

} // namespace signalbox
