// SPDX-License-Identifier: GPL-3.0-or-later
// The window's own actions: File, Edit, View, Help. Those of a mode are registered by its page.
#include "ui/shell/main_window.h"

#include "ui/shell/command_palette.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/export_policy.h"
#include "ui/shell/help_window.h"
#include "ui/shell/keys_sheet.h"
#include "ui/shell/mode_page.h"
#include "ui/shell/new_policy_dialog.h"
#include "ui/shell/recovery.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QMenuBar>
#include <QSettings>
#include <QUndoStack>

namespace signalbox {

namespace {

const char* const kWorkspaceFilter =
    QT_TRANSLATE_NOOP("signalbox::MainWindow", "Signalbox workspaces (*.signalbox)");
const char* const kPolicyFilter =
    QT_TRANSLATE_NOOP("signalbox::MainWindow", "Policies (*.json);;All files (*)");

QString withSuffix(const QString& path, const QString& suffix)
{
    return QFileInfo(path).suffix().isEmpty() ? path + suffix : path;
}

} // namespace

void MainWindow::addFileActions()
{
    const QString file = QStringLiteral("file");
    m_actions.add({QStringLiteral("file.new_policy"),
                   tr("&New Policy…"),
                   {},
                   file,
                   {QKeySequence::New},
                   tr("Begins another policy: from what the traffic looks like, from a template, or empty.")},
                  this, [this](bool) { newPolicy(); });
    m_actions.add({QStringLiteral("file.new"),
                   tr("New &Workspace from Sample…"),
                   {},
                   file,
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)},
                   tr("Makes a new workspace with the Harbor Support sample in it.")},
                  this, [this](bool) { newFromSample(); });
    m_actions.add({QStringLiteral("file.open_workspace"),
                   tr("&Open Workspace…"),
                   {},
                   file,
                   {QKeySequence::Open},
                   tr("Opens another workspace file.")},
                  this, [this](bool) { openWorkspace(); });
    m_actions.add({QStringLiteral("file.open_policy"),
                   tr("Open &Policy…"),
                   {},
                   file,
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)},
                   tr("Reads a policy file into the editor.")},
                  this, [this](bool) { openPolicy(); });
    m_actions.add({QStringLiteral("file.save_version"),
                   tr("&Save Version"),
                   {},
                   file,
                   {QKeySequence::Save},
                   tr("Saves the policy as a new version, with a message made from what changed.")},
                  this, [this](bool) { saveVersion(); });
    m_actions.add({QStringLiteral("file.save_version_with_message"),
                   tr("Save Version with &Message…"),
                   {},
                   file,
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
                   tr("Saves the policy as a new version and asks what it is for.")},
                  this, [this](bool) { saveVersionWithMessage(); });
    m_actions.add({QStringLiteral("file.export_policy"),
                   tr("&Export Policy…"),
                   {},
                   file,
                   {QKeySequence(Qt::CTRL | Qt::Key_E)},
                   tr("Writes the policy as a canonical file.")},
                  this, [this](bool) { exportPolicy(); });
    m_actions.add({QStringLiteral("file.recover"),
                   tr("&Recover Unsaved Changes…"),
                   {},
                   file,
                   {},
                   tr("Offers what was being edited when Signalbox ended without saving it.")},
                  this, [this](bool) { recoverChanges(); });
    m_actions.action(QStringLiteral("file.recover"))->setEnabled(false);
    m_actions.add({QStringLiteral("file.quit"),
                   tr("&Quit"),
                   {},
                   file,
                   {QKeySequence(Qt::CTRL | Qt::Key_Q)},
                   tr("Ends Signalbox.")},
                  this, [this](bool) { close(); });
}

void MainWindow::addEditActions()
{
    const QString edit = QStringLiteral("edit");
    m_actions.add({QStringLiteral("edit.undo"),
                   tr("&Undo"),
                   {},
                   edit,
                   {QKeySequence(Qt::CTRL | Qt::Key_Z)},
                   tr("Takes the last change of the policy back.")},
                  this, [this](bool) { m_session.policy().undoStack()->undo(); });
    m_actions.add({QStringLiteral("edit.redo"),
                   tr("&Redo"),
                   {},
                   edit,
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)},
                   tr("Makes the change again that was taken back.")},
                  this, [this](bool) { m_session.policy().undoStack()->redo(); });
    m_actions.add({QStringLiteral("edit.stop"),
                   tr("&Stop What Runs"),
                   {},
                   edit,
                   {QKeySequence(Qt::CTRL | Qt::Key_Period)},
                   tr("Stops runs and batches; what is finished is kept.")},
                  this, [this](bool) { m_session.runs().cancelAll(); });
    const QUndoStack* stack = m_session.policy().undoStack();
    connect(stack, &QUndoStack::indexChanged, this, &MainWindow::refreshUndo);
    connect(stack, &QUndoStack::undoTextChanged, this, &MainWindow::refreshUndo);
    connect(&m_session.runs(), &LiveRuns::idleChanged, this,
            [this](bool idle) { m_actions.action(QStringLiteral("edit.stop"))->setEnabled(!idle); });
    m_actions.action(QStringLiteral("edit.stop"))->setEnabled(false);
    refreshUndo();
}

void MainWindow::refreshUndo()
{
    const QUndoStack* stack = m_session.policy().undoStack();
    QAction* undo = m_actions.action(QStringLiteral("edit.undo"));
    QAction* redo = m_actions.action(QStringLiteral("edit.redo"));
    undo->setEnabled(stack->canUndo());
    redo->setEnabled(stack->canRedo());
    undo->setText(stack->canUndo() ? tr("&Undo “%1”").arg(stack->undoText()) : tr("&Undo"));
    redo->setText(stack->canRedo() ? tr("&Redo “%1”").arg(stack->redoText()) : tr("&Redo"));
}

void MainWindow::addViewActions()
{
    const QString view = QStringLiteral("view");
    m_actions.add({QStringLiteral("view.palette"),
                   tr("&Go to Anything"),
                   {},
                   view,
                   {QKeySequence(Qt::CTRL | Qt::Key_K)},
                   tr("Lists every action, mode, tier, rule and trigger.")},
                  this, [this](bool) { openPalette(); });
    m_actions.add({QStringLiteral("view.problems"),
                   tr("Show &Problems"),
                   {},
                   view,
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)},
                   tr("Goes to the list of the policy's problems.")},
                  this, [this](bool) { goTo(QStringLiteral("policy"), QStringLiteral("problems")); });
    auto* group = new QActionGroup(this);
    const struct
    {
        const char* id;
        QString text;
        ThemeMode mode;
    } themes[] = {{"view.theme.system", tr("Theme as the &System"), ThemeMode::System},
                  {"view.theme.light", tr("&Light Theme"), ThemeMode::Light},
                  {"view.theme.dark", tr("&Dark Theme"), ThemeMode::Dark}};
    for (const auto& theme : themes) {
        QAction* action =
            m_actions.add({QString::fromLatin1(theme.id),
                           theme.text,
                           {},
                           view,
                           {},
                           tr("Switches the colours at once."),
                           true},
                          this, [mode = theme.mode](bool) {
                              Theme::instance().setMode(mode);
                              QSettings().setValue(QStringLiteral("theme/mode"), static_cast<int>(mode));
                          });
        group->addAction(action);
        action->setChecked(Theme::instance().mode() == theme.mode);
    }
    QAction* motion = m_actions.add({QStringLiteral("view.reduce_motion"),
                                     tr("Reduce &Motion"),
                                     {},
                                     view,
                                     {},
                                     tr("Nothing glides or grows."),
                                     true},
                                    this, [](bool checked) {
                                        Theme::instance().setReduceMotion(checked);
                                        QSettings().setValue(QStringLiteral("theme/reduce_motion"), checked);
                                    });
    motion->setChecked(Theme::instance().reduceMotion());
}

void MainWindow::addHelpActions()
{
    const QString help = QStringLiteral("help");
    m_actions.add({QStringLiteral("help.place"),
                   tr("&Help on This Place"),
                   {},
                   help,
                   {QKeySequence(Qt::Key_F1)},
                   tr("Says what is at hand and how to begin.")},
                  this, [this](bool) {
                      const QString topic = currentPage()->helpTopic();
                      showHelp(topic.isEmpty() ? QStringLiteral("view/") + currentPage()->id() : topic);
                  });
    m_actions.add({QStringLiteral("help.language"),
                   tr("The &Policy Language"),
                   {},
                   help,
                   {},
                   tr("Opens the help on what a policy can say.")},
                  this, [this](bool) { showHelp(QStringLiteral("language")); });
    m_actions.add({QStringLiteral("help.keys"),
                   tr("&Keys of This View"),
                   {},
                   help,
                   {QKeySequence(QStringLiteral("?"))},
                   tr("Lists the keys that work here.")},
                  this, [this](bool) { showKeys(); });
    m_actions.add({QStringLiteral("help.about"),
                   tr("&About Signalbox"),
                   {},
                   help,
                   {},
                   tr("Says which version this is.")},
                  this, [this](bool) {
                      Dialogs::current().tell(
                          this, tr("About Signalbox"),
                          tr("Signalbox %1\n\nA workbench for LLM model routing: author, run, observe and "
                             "tune policies.\n"
                             "Free software under the GNU General Public License, version 3 or later.")
                              .arg(QApplication::applicationVersion()),
                          QMessageBox::Information);
                  });
}

void MainWindow::buildMenus()
{
    const struct
    {
        const char* id;
        QString title;
    } menus[] = {{"file", tr("&File")}, {"edit", tr("&Edit")}, {"view", tr("&View")}, {"help", tr("&Help")}};
    for (const auto& entry : menus) {
        if (qstrcmp(entry.id, "help") == 0) {
            m_modeMenu = menuBar()->addMenu(QString());
            m_modeMenu->setObjectName(QStringLiteral("modeMenu"));
        }
        QMenu* menu = menuBar()->addMenu(entry.title);
        menu->setObjectName(QString::fromLatin1(entry.id) + QStringLiteral("Menu"));
        QString lastGroup;
        for (const ActionSpec& spec : m_actions.specs()) {
            if (spec.menu != QLatin1String(entry.id))
                continue;
            const QString group = spec.id.section(QLatin1Char('.'), 0, -2);
            if (!lastGroup.isEmpty() && (group != lastGroup || spec.id == QLatin1String("file.quit") ||
                                         spec.id == QLatin1String("edit.stop")))
                menu->addSeparator();
            lastGroup = group;
            menu->addAction(m_actions.action(spec.id));
        }
    }
    for (const ActionSpec& spec : m_actions.specs()) {
        if (spec.place.isEmpty() && spec.menu.isEmpty())
            addAction(m_actions.action(spec.id));
    }
}

std::vector<PaletteItem> MainWindow::paletteItems()
{
    std::vector<PaletteItem> items;
    const auto plain = [](QString text) { return text.remove(QLatin1Char('&')); };
    const QString here = currentPage() ? currentPage()->id() : QString();
    for (const ActionSpec& spec : m_actions.specs()) {
        QAction* action = m_actions.action(spec.id);
        if (!action->isEnabled() || (!spec.place.isEmpty() && spec.place != here) ||
            spec.id == QLatin1String("view.palette"))
            continue;
        const bool mode = spec.id.startsWith(QStringLiteral("view.mode."));
        items.push_back({plain(action->text()), mode ? tr("Mode") : tr("Action"),
                         action->shortcut().toString(QKeySequence::NativeText),
                         [action] { action->trigger(); }});
    }
    const PolicyPtr policy = m_session.policy().document()->policy;
    if (!policy)
        return items;
    const auto addPlaces = [&](const QString& kind, const QString& pointer, const auto& list) {
        for (const auto& each : list) {
            const QString id = qs(each.id);
            items.push_back(
                {id, kind, {}, [this, target = pointer + id] { goTo(QStringLiteral("policy"), target); }});
        }
    };
    addPlaces(tr("Tier"), QStringLiteral("/tiers/"), policy->tiers);
    addPlaces(tr("Rule"), QStringLiteral("/rules/"), policy->rules);
    addPlaces(tr("Trigger"), QStringLiteral("/triggers/"), policy->triggers);
    addPlaces(tr("Model"), QStringLiteral("/models/"), policy->models);
    addPlaces(tr("Endpoint"), QStringLiteral("/endpoints/"), policy->endpoints);
    return items;
}

void MainWindow::openPalette()
{
    m_palette->open(paletteItems());
}

void MainWindow::showKeys()
{
    auto* sheet = new KeysSheet(m_actions, *currentPage(), this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void MainWindow::showHelp(const QString& topic)
{
    if (!m_help) {
        HelpLibrary library;
        for (const ModePage* page : std::as_const(m_pages))
            library.addView(page->id(), page->title(), page->helpText());
        m_help = new HelpWindow(std::move(library), this);
    }
    m_help->showTopic(topic);
}

void MainWindow::newFromSample()
{
    if (!settleRuns(tr("New Workspace")) || !settleChanges(tr("New Workspace")))
        return;
    const QString path = Dialogs::current().saveFile(
        this, tr("New Workspace with the Sample"), QDir::home().filePath(QStringLiteral("harbor.signalbox")),
        tr(kWorkspaceFilter));
    if (!path.isEmpty())
        m_session.openWorkspace(withSuffix(path, QStringLiteral(".signalbox")), true);
}

void MainWindow::openWorkspace()
{
    if (!settleRuns(tr("Open Workspace")) || !settleChanges(tr("Open Workspace")))
        return;
    const QString path = Dialogs::current().openFile(this, tr("Open Workspace"),
                                                     QFileInfo(m_session.workspacePath()).absolutePath(),
                                                     tr(kWorkspaceFilter));
    if (!path.isEmpty())
        m_session.openWorkspace(path, false);
}

void MainWindow::newPolicy()
{
    if (!settleChanges(tr("New Policy")))
        return;
    auto* dialog = new NewPolicyDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_session.policy().load(readPolicy(dialog->policyText()), 0);
        showMode(QStringLiteral("policy"));
    });
    dialog->open();
}

void MainWindow::openPolicy()
{
    if (!settleChanges(tr("Open Policy")))
        return;
    const QString path = Dialogs::current().openFile(this, tr("Open Policy"), {}, tr(kPolicyFilter));
    if (path.isEmpty())
        return;
    if (auto done = m_session.openPolicyFile(path); !done)
        m_session.report(done.error());
    else
        showMode(QStringLiteral("policy"));
}

void MainWindow::saveVersionWithMessage()
{
    bool ok = false;
    const QString message = Dialogs::current().askText(
        this, tr("Save Version"), tr("What is this version for?"), m_session.automaticVersionMessage(), &ok);
    if (ok)
        saveVersion(message.trimmed());
}

bool MainWindow::saveVersion(const QString& message)
{
    auto saved = m_session.saveVersion(message);
    if (!saved) {
        m_session.report(saved.error());
        return false;
    }
    m_session.say(tr("Saved as v%1").arg(*saved));
    return true;
}

void MainWindow::recoverChanges()
{
    if (settleChanges(tr("Recover Unsaved Changes")))
        m_recovery->offer(true);
}

void MainWindow::exportPolicy()
{
    const PolicyEditor& editor = m_session.policy();
    exportPolicyWithDialogs(m_session, this, *editor.document(), editor.isModified() ? 0 : editor.version());
}

} // namespace signalbox
