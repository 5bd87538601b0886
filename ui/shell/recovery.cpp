// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recovery.h"

#include "policy/diff.h"
#include "ui/shell/autosave.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"
#include "workspace/workspace.h"

#include <QFileInfo>

#include <algorithm>

namespace signalbox {

namespace {

constexpr qsizetype kPlacesNamed = 3;

PolicyDocumentPtr storedVersion(const Workspace& workspace, const RecoveryFile& file)
{
    auto reader = workspace.reader();
    if (!reader)
        return nullptr;
    // The version it was made from, with its author's layout; else any of the same content.
    auto stored = (*reader)->policyByReference(file.name + "@" + std::to_string(file.version));
    if (!stored || stored->contentHash != file.baseHash)
        stored = (*reader)->policyByHash(file.baseHash);
    return stored ? readPolicy(stored->text) : nullptr;
}

PolicyDocumentPtr baseOf(const RecoveryFile& file, const std::shared_ptr<Workspace>& open)
{
    if (!file.policyFile.isEmpty()) {
        auto document = readPolicyFile(ss(file.policyFile));
        return document ? *document : nullptr;
    }
    if (file.workspace.isEmpty() || file.version == 0)
        return nullptr;
    if (open && qs(open->path()) == file.workspace)
        return storedVersion(*open, file);
    if (!QFileInfo::exists(file.workspace))
        return nullptr;
    const auto other = Workspace::open(ss(file.workspace), OpenMode::ReadOnly);
    return other ? storedVersion(**other, file) : nullptr;
}

} // namespace

QString differenceInWords(const PolicyDocument* base, const PolicyDocument& now, const QString& baseName)
{
    if (!base)
        return Recovery::tr("What it was made from is not there any more, so what differs is not known.");
    if (!now.policy || !base->policy) {
        const auto lines = diffLines(base->text, now.text);
        const auto different = std::ranges::count_if(
            lines, [](const DiffLine& line) { return line.kind != DiffLine::Kind::Same; });
        if (!now.policy)
            return Recovery::tr("Its text is not valid JSON just now; %n line(s) differ from %1.", nullptr,
                                static_cast<int>(different))
                .arg(baseName);
        return Recovery::tr("%n line(s) differ from %1.", nullptr, static_cast<int>(different)).arg(baseName);
    }
    const auto changes = diffPolicies(*base, now);
    if (changes.empty())
        return Recovery::tr("It says the same as %1 and is laid out differently.").arg(baseName);
    QStringList places;
    for (const PolicyChange& change : changes) {
        if (places.size() < kPlacesNamed)
            places.append(qs(change.pointer));
    }
    const auto count = static_cast<int>(changes.size());
    return (count > kPlacesNamed
                ? Recovery::tr("It differs from %1 in %n place(s), the first of them %2.", nullptr, count)
                : Recovery::tr("It differs from %1 in %n place(s): %2.", nullptr, count))
        .arg(baseName, places.join(QStringLiteral(", ")));
}

Recovery::Recovery(Session& session, Autosave& autosave, QWidget* window)
    : QObject(window), m_session(session), m_autosave(autosave), m_window(window)
{
}

Recovery::Search Recovery::search(const QString& folder, const std::shared_ptr<Workspace>& open)
{
    RecoveryScan scan = scanRecovery(folder);
    Search found;
    found.skipped = std::move(scan.skipped);
    for (RecoveryFile& file : scan.files) {
        RecoveryOffer offer;
        offer.base = baseOf(file, open);
        if (offer.base && offer.base->text == file.text) { // it was saved after all
            QFile::remove(file.path);
            continue;
        }
        QString baseName;
        if (!file.policyFile.isEmpty()) {
            baseName = offer.origin = file.policyFile;
            if (offer.base && (offer.base->policy ? offer.base->policy->contentHash : "") != file.baseHash)
                baseName = tr("%1 (which has changed since)").arg(file.policyFile);
        } else if (file.version > 0) {
            baseName = tr("version %1").arg(file.version);
            offer.origin = tr("version %1 of the workspace %2")
                               .arg(file.version)
                               .arg(QFileInfo(file.workspace).fileName());
        }
        const bool wasSaved = !offer.origin.isEmpty();
        offer.document = readPolicy(file.text);
        offer.difference = wasSaved ? differenceInWords(offer.base.get(), *offer.document, baseName)
                                    : tr("It was never saved, so it is nowhere else.");
        offer.file = std::move(file);
        found.offers.push_back(std::move(offer));
    }
    return found;
}

void Recovery::offer(bool asked)
{
    if (m_asking)
        return;
    m_asking = true;
    m_session.store().compute(
        this,
        [folder = m_autosave.folder(), open = m_session.store().workspace()] { return search(folder, open); },
        [this, asked](const Search& found) { ask(found, asked); });
}

void Recovery::ask(const Search& found, bool asked)
{
    if (!found.skipped.isEmpty())
        Q_EMIT m_session.errorOccurred(tr("Some files beside the recovery files were not read"),
                                       found.skipped.join(QLatin1Char('\n')));
    if (found.offers.empty() && asked)
        m_session.say(tr("There is nothing to recover"));
    std::size_t next = 0;
    bool recovered = false;
    while (next < found.offers.size() && !recovered) {
        const RecoveryOffer& offer = found.offers[next++];
        if (!QFileInfo::exists(offer.file.path))
            continue; // another window was quicker
        const QString name =
            offer.file.name.empty() ? tr("A policy without a name") : tr("“%1”").arg(qs(offer.file.name));
        const QString text =
            tr("%1 was being edited when Signalbox ended without saving it. It was kept on %2.")
                .arg(name, timeText(offer.file.savedAtMs)) +
            QStringLiteral("\n\n") + offer.difference +
            (offer.origin.isEmpty() ? QString()
                                    : QStringLiteral("\n\n") + tr("Made from: %1").arg(offer.origin));
        const QPointer<Recovery> self(this);
        const int answer = Dialogs::current().ask(m_window, tr("Recover Unsaved Changes"), text,
                                                  {tr("Recover"), tr("Discard"), tr("Later")}, 0, 2);
        if (!self)
            return; // the window closed meanwhile
        if (answer == 1) {
            if (!QFile::remove(offer.file.path) && QFileInfo::exists(offer.file.path))
                m_session.report(
                    {"recovery.remove", ss(tr("The recovery file cannot be removed.")), ss(offer.file.path)});
        } else if (answer == 0) {
            recover(offer);
            recovered = true;
        }
    }
    const auto left = static_cast<int>(found.offers.size() - next);
    if (recovered && left > 0)
        m_session.say(tr("Recovered; %n more can be had from the menu File", nullptr, left));
    m_asking = false;
    Q_EMIT finished();
}

void Recovery::recover(const RecoveryOffer& offer)
{
    const RecoveryFile& file = offer.file;
    const bool isElsewhere = file.policyFile.isEmpty() && !file.workspace.isEmpty() &&
                             file.workspace != m_session.workspacePath() && QFileInfo::exists(file.workspace);
    if (!isElsewhere || m_session.policy().isModified()) {
        restore(offer);
        return;
    }
    // Its own workspace comes first, so that saving makes the next version there.
    auto* once = new QObject(this);
    connect(
        &m_session, &Session::openingChanged, once,
        [this, once, offer](bool opening) {
            if (opening)
                return;
            once->deleteLater();
            once->disconnect();
            restore(offer);
        },
        Qt::QueuedConnection); // the workspace's own policy is loaded by then
    m_session.openWorkspace(file.workspace, false);
}

void Recovery::restore(const RecoveryOffer& offer)
{
    PolicyEditor& policy = m_session.policy();
    if (!policy.isModified()) {
        const bool isVersion = offer.base && offer.file.policyFile.isEmpty() &&
                               m_session.workspacePath() == offer.file.workspace;
        policy.load(offer.base ? offer.base : std::make_shared<PolicyDocument>(),
                    isVersion ? offer.file.version : 0, offer.file.policyFile);
    }
    policy.applyDocument(offer.document, tr("recover unsaved changes"));
    m_autosave.takeOver(offer.file.path);
    m_session.say(tr("The unsaved changes are back; save them as a version to keep them"));
    m_session.goTo(QStringLiteral("policy"));
}

} // namespace signalbox
