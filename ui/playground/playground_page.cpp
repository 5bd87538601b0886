// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/playground_page.h"

#include "ui/shell/session.h"
#include "ui/theme/widgets.h"

#include <QVBoxLayout>

namespace signalbox {

namespace {

class PlaygroundPage : public ModePage
{
public:
    PlaygroundPage(Session& session, QWidget* parent)
        : ModePage(session, QStringLiteral("playground"), parent)
    {
        auto* layout = new QVBoxLayout(this);
        layout->addWidget(new EmptyState(title(), QString()));
    }
    QString title() const override { return tr("Playground"); }
    IconKind icon() const override { return IconKind::Playground; }
    QString helpText() const override { return title(); }
};

} // namespace

ModePage* createPlaygroundPage(Session& session, QWidget* parent)
{
    return new PlaygroundPage(session, parent);
}

} // namespace signalbox
