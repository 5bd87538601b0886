// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboard_page.h"

#include "ui/shell/session.h"
#include "ui/theme/widgets.h"

#include <QVBoxLayout>

namespace signalbox {

namespace {

class DashboardPage : public ModePage
{
public:
    DashboardPage(Session& session, QWidget* parent) : ModePage(session, QStringLiteral("dashboard"), parent)
    {
        auto* layout = new QVBoxLayout(this);
        layout->addWidget(new EmptyState(title(), QString()));
    }
    QString title() const override { return tr("Dashboard"); }
    IconKind icon() const override { return IconKind::Dashboard; }
    QString helpText() const override { return title(); }
};

} // namespace

ModePage* createDashboardPage(Session& session, QWidget* parent)
{
    return new DashboardPage(session, parent);
}

} // namespace signalbox
