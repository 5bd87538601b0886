// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traces/traces_page.h"

#include "ui/shell/session.h"
#include "ui/theme/widgets.h"

#include <QVBoxLayout>

namespace signalbox {

namespace {

class TracesPage : public ModePage
{
public:
    TracesPage(Session& session, QWidget* parent) : ModePage(session, QStringLiteral("traces"), parent)
    {
        auto* layout = new QVBoxLayout(this);
        layout->addWidget(new EmptyState(title(), QString()));
    }
    QString title() const override { return tr("Traces"); }
    IconKind icon() const override { return IconKind::Traces; }
    QString helpText() const override { return title(); }
};

} // namespace

ModePage* createTracesPage(Session& session, QWidget* parent)
{
    return new TracesPage(session, parent);
}

} // namespace signalbox
