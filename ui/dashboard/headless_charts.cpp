// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/headless_charts.h"

#include "policy/document.h"
#include "ui/dashboard/dashboard_charts.h"
#include "ui/dashboard/dashboard_loader.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTextStream>

namespace signalbox {

namespace {

int failed(const Error& error)
{
    QTextStream(stderr) << "signalbox: " << qs(error.message) << '\n';
    return 3;
}

} // namespace

int drawHeadlessCharts(const QString& workspace, const QString& picture)
{
    auto opened = Workspace::open(ss(workspace), OpenMode::ReadOnly);
    if (!opened)
        return failed(opened.error());
    auto reader = (*opened)->reader();
    if (!reader)
        return failed(reader.error());
    std::vector<std::string> tiers;
    if (auto versions = (*reader)->policyVersions(); versions && !versions->empty()) {
        if (const PolicyPtr policy = readPolicy(versions->front().text)->policy) {
            for (const Tier& tier : policy->tiers)
                tiers.push_back(tier.id);
        }
    }
    TraceFilter filter;
    filter.mode = TraceMode::Policy;
    auto data = loadDashboard(**reader, filter, tiers);
    if (!data)
        return failed(data.error());

    constexpr int kScale = 2;
    DashboardCharts charts;
    charts.resize(1320, 700);
    charts.setData(std::move(*data));
    charts.setAttribute(Qt::WA_DontShowOnScreen);
    charts.show();
    QApplication::processEvents();
    constexpr int kMargin = 16;
    QImage image((charts.size() + QSize(2 * kMargin, 2 * kMargin)) * kScale, QImage::Format_RGB32);
    image.fill(Theme::instance().colors().surface);
    image.setDevicePixelRatio(kScale);
    QPainter painter(&image);
    charts.render(&painter, QPoint(kMargin, kMargin), {}, QWidget::DrawChildren);
    painter.end();
    if (!image.save(picture, "PNG"))
        return failed(
            {"export.picture",
             "The picture could not be written to " + ss(picture) + "; choose a folder that can be written.",
             {}});
    return 0;
}

} // namespace signalbox
