// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_page.h"

#include "ui/shell/session.h"
#include "ui/theme/widgets.h"

#include <QVBoxLayout>

namespace signalbox {

namespace {

class PolicyPage : public ModePage
{
public:
    PolicyPage(Session& session, QWidget* parent) : ModePage(session, QStringLiteral("policy"), parent)
    {
        auto* layout = new QVBoxLayout(this);
        layout->addWidget(new EmptyState(title(), QString()));
    }
    QString title() const override { return tr("Policy"); }
    IconKind icon() const override { return IconKind::Policy; }
    QString helpText() const override { return title(); }
};

} // namespace

ModePage* createPolicyPage(Session& session, QWidget* parent)
{
    return new PolicyPage(session, parent);
}

} // namespace signalbox
