// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/title_row.h"

#include "ui/shell/session.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QDir>
#include <QHBoxLayout>

namespace signalbox {

TitleRow::TitleRow(Session& session, QWidget* parent)
    : QFrame(parent), m_session(session), m_policy(new ElidedLabel({}, Qt::ElideRight, this)),
      m_workspace(new ElidedLabel({}, Qt::ElideMiddle, this)),
      m_sandbox(new Pill(tr("Sandbox endpoints"), Tone::Warn, this)),
      m_version(new Pill({}, Tone::Good, this)),
      m_palette(new Pill(tr("Ctrl K  Go to anything"), Tone::Neutral, this))
{
    setObjectName(QStringLiteral("titleRow"));
    setProperty("role", QStringLiteral("titleRow"));
    setFixedHeight(40);
    m_policy->setObjectName(QStringLiteral("policyName"));
    m_policy->setProperty("role", QStringLiteral("heading"));
    m_workspace->setObjectName(QStringLiteral("workspaceName"));
    m_workspace->setProperty("role", QStringLiteral("muted"));
    m_sandbox->setObjectName(QStringLiteral("sandboxPill"));
    m_sandbox->setToolTip(
        tr("Every answer, latency and cost comes from the sandbox: real servers on this machine whose "
           "intelligence is simulated."));
    m_version->setObjectName(QStringLiteral("versionPill"));
    m_version->setPressable(true);
    m_palette->setObjectName(QStringLiteral("palettePill"));
    m_palette->setPressable(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::m, 0, space::m, 1);
    layout->setSpacing(space::m);
    layout->addWidget(m_policy, 0);
    layout->addWidget(m_workspace, 1);
    layout->addWidget(m_sandbox);
    layout->addWidget(m_version);
    layout->addWidget(m_palette);
    connect(m_version, &Pill::clicked, this, &TitleRow::problemsRequested);
    connect(m_palette, &Pill::clicked, this, &TitleRow::paletteRequested);
    connect(&session.policy(), &PolicyEditor::documentChanged, this, &TitleRow::refresh);
    connect(&session.policy(), &PolicyEditor::modifiedChanged, this, &TitleRow::refresh);
    connect(&session.policy(), &PolicyEditor::versionChanged, this, &TitleRow::refresh);
    connect(&session, &Session::workspaceChanged, this, &TitleRow::refresh);
    connect(&session, &Session::openingChanged, this, &TitleRow::refresh);
    refresh();
}

void TitleRow::refresh()
{
    PolicyEditor& editor = m_session.policy();
    const PolicyDocument& document = *editor.document();
    const bool named = document.policy && !document.policy->name.empty();
    m_policy->setFullText(named ? qs(document.policy->name) : tr("Policy without a name"));
    m_workspace->setFullText(m_session.isOpening() ? tr("opening the workspace…")
                             : m_session.isOpen()  ? m_session.workspaceName()
                                                   : tr("no workspace"));
    if (m_session.isOpen())
        m_workspace->setToolTip(QDir::toNativeSeparators(m_session.workspacePath()));
    m_sandbox->setVisible(document.policy && document.policy->usesSandbox());

    const int errors = document.count(Severity::Error);
    const int warnings = document.count(Severity::Warning);
    QStringList parts;
    parts << (editor.version() > 0 ? tr("v%1").arg(editor.version()) : tr("not saved"));
    if (editor.isModified())
        parts << tr("modified");
    if (errors > 0)
        parts << tr("%n error(s)", nullptr, errors);
    if (warnings > 0)
        parts << tr("%n warning(s)", nullptr, warnings);
    if (errors == 0 && warnings == 0)
        parts << tr("no problems");
    m_version->setText(parts.join(QStringLiteral(" · ")));
    m_version->setAccessibleName(tr("Policy: %1").arg(m_version->text()));
    m_version->setTone(errors > 0                            ? Tone::Bad
                       : warnings > 0 || editor.isModified() ? Tone::Warn
                                                             : Tone::Good);
    m_version->setToolTip(tr("Shows the policy's problems."));
    m_version->updateGeometry();
}

} // namespace signalbox
