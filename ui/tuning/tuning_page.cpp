// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tuning_page.h"

#include "ui/shell/session.h"
#include "ui/theme/widgets.h"

#include <QVBoxLayout>

namespace signalbox {

namespace {

class TuningPage : public ModePage
{
public:
    TuningPage(Session& session, QWidget* parent) : ModePage(session, QStringLiteral("tuning"), parent)
    {
        auto* layout = new QVBoxLayout(this);
        layout->addWidget(new EmptyState(title(), QString()));
    }
    QString title() const override { return tr("Tuning"); }
    IconKind icon() const override { return IconKind::Tuning; }
    QString helpText() const override { return title(); }
};

} // namespace

ModePage* createTuningPage(Session& session, QWidget* parent)
{
    return new TuningPage(session, parent);
}

} // namespace signalbox
