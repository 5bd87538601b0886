// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/export_policy.h"

#include "ui/shell/dialogs.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace signalbox {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::ExportPolicy)
};

/// "harbor-support-v7.policy.json"
QString suggestedName(const PolicyDocument& document, int version)
{
    QString name = document.policy ? qs(document.policy->name).toLower() : QString();
    static const QRegularExpression other(QStringLiteral("[^a-z0-9]+"));
    name.replace(other, QStringLiteral("-"));
    while (name.startsWith(QLatin1Char('-')))
        name.remove(0, 1);
    while (name.endsWith(QLatin1Char('-')))
        name.chop(1);
    if (name.isEmpty())
        name = QStringLiteral("policy");
    return version > 0 ? QStringLiteral("%1-v%2.policy.json").arg(name).arg(version)
                       : name + QStringLiteral(".policy.json");
}

} // namespace

bool exportPolicyWithDialogs(Session& session, QWidget* parent, const PolicyDocument& document, int version)
{
    QString path = Dialogs::current().saveFile(parent, Texts::tr("Export Policy"),
                                               QDir::home().filePath(suggestedName(document, version)),
                                               Texts::tr("Policies (*.json);;All files (*)"));
    if (path.isEmpty())
        return false;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".json");
    Result<> done = session.exportDocument(document, version, path, false);
    const bool mayBeForced =
        !done && (done.error().code == "export.has_errors" || done.error().code == "export.no_evidence");
    if (mayBeForced) {
        const int answer =
            Dialogs::current().ask(parent, Texts::tr("Export Policy"),
                                   done.error().code == "export.has_errors"
                                       ? Texts::tr("The policy has errors. A file that is exported "
                                                   "all the same carries a mark that says so.")
                                       : Texts::tr("A release gate of the policy has no evidence in "
                                                   "this workspace. A file that is exported all "
                                                   "the same carries a mark that says so."),
                                   {Texts::tr("Export Marked"), Texts::tr("Cancel")}, 1, 1);
        if (answer != 0)
            return false;
        done = session.exportDocument(document, version, path, true);
    }
    if (!done) {
        session.report(done.error());
        return false;
    }
    session.say(Texts::tr("Exported to %1").arg(QDir::toNativeSeparators(path)));
    return true;
}

} // namespace signalbox
