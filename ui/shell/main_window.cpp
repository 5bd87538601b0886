// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "ui/shell/autosave.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/mode_page.h"
#include "ui/shell/mode_rail.h"
#include "ui/shell/mode_registry.h"
#include "ui/shell/recovery.h"
#include "ui/shell/session.h"
#include "ui/shell/status_row.h"
#include "ui/shell/title_row.h"
#include "ui/theme/text.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QUndoStack>

namespace signalbox {

namespace {

/// The title with the first of its letters that no other menu of the bar is opened by.
QString withFreeMnemonic(const QString& title, const QMenuBar& bar, const QAction* self)
{
    const auto mnemonicOf = [](const QString& text) {
        const auto at = text.indexOf(QLatin1Char('&'));
        return at >= 0 && at + 1 < text.size() ? text[at + 1].toUpper() : QChar();
    };
    QString taken;
    const auto menus = bar.actions();
    for (const QAction* menu : menus) {
        if (menu != self)
            taken += mnemonicOf(menu->text());
    }
    for (qsizetype i = 0; i < title.size(); ++i) {
        if (title[i].isLetter() && !taken.contains(title[i].toUpper()))
            return QString(title).insert(i, QLatin1Char('&'));
    }
    return title;
}

} // namespace

MainWindow::MainWindow(Session& session, QWidget* parent)
    : QMainWindow(parent), m_session(session), m_title(new TitleRow(session, this)),
      m_rail(new ModeRail(this)), m_stack(new QStackedWidget(this)), m_message(new MessageBar(this)),
      m_status(new StatusRow(session, this)), m_palette(nullptr)
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Signalbox[*]"));
    setWindowIcon(applicationIcon());
    setMinimumSize(880, 560);
    resize(1440, 900);

    auto* center = new QWidget(this);
    auto* rows = new QVBoxLayout(center);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_title);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(m_rail);
    auto* pageColumn = new QVBoxLayout;
    pageColumn->setSpacing(0);
    pageColumn->addWidget(m_message);
    pageColumn->addWidget(m_stack, 1);
    columns->addLayout(pageColumn, 1);
    rows->addLayout(columns, 1);
    setCentralWidget(center);
    setStatusBar(m_status);
    m_stack->setObjectName(QStringLiteral("pages"));
    m_palette = new CommandPalette(center);

    addFileActions();
    addEditActions();
    addPages();
    addViewActions();
    addHelpActions();
    buildMenus();

    connect(m_rail, &ModeRail::modeRequested, this, &MainWindow::showMode);
    connect(m_title, &TitleRow::problemsRequested, this,
            [this] { goTo(QStringLiteral("policy"), QStringLiteral("problems")); });
    connect(m_title, &TitleRow::paletteRequested, this, &MainWindow::openPalette);
    connect(&session, &Session::navigationRequested, this, &MainWindow::goTo);
    connect(&session, &Session::helpRequested, this, &MainWindow::showHelp);
    connect(&session, &Session::errorOccurred, m_message, &MessageBar::showProblem);
    connect(&session, &Session::workspaceChanged, m_message, &QWidget::hide);
    connect(&session.policy(), &PolicyEditor::modifiedChanged, this, &QWidget::setWindowModified);

    restoreState();
    if (!currentPage() || !currentPage()->isActive())
        showMode(m_pages.first()->id());
}

MainWindow::~MainWindow()
{
    // Text that is still being typed is taken over by the editor when it goes: the actions are gone by then.
    disconnect(m_session.policy().undoStack(), nullptr, this, nullptr);
    disconnect(&m_session.policy(), nullptr, this, nullptr);
    disconnect(m_palette, nullptr, this, nullptr); // only ours: the style listens to its end, too
}

void MainWindow::addPages()
{
    int number = 0;
    for (const ModeFactory make : modeFactories()) {
        ModePage* page = make(m_session, m_stack);
        m_pages.append(page);
        m_stack->addWidget(page);
        const QKeySequence keys(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + number++));
        m_rail->addMode(page->id(), page->title(), page->icon(), keys.toString(QKeySequence::NativeText));
        ActionSpec spec;
        spec.id = QStringLiteral("view.mode.") + page->id();
        spec.text = page->title();
        spec.menu = QStringLiteral("view");
        spec.keys = {keys};
        spec.explanation = tr("Shows %1.").arg(page->title());
        spec.checkable = true;
        m_actions.add(spec, this, [this, id = page->id()](bool) { showMode(id); });
    }
    for (ModePage* page : std::as_const(m_pages))
        page->registerActions(m_actions);
}

ModePage* MainWindow::page(const QString& mode) const
{
    for (ModePage* page : m_pages) {
        if (page->id() == mode)
            return page;
    }
    return nullptr;
}

ModePage* MainWindow::currentPage() const
{
    return qobject_cast<ModePage*>(m_stack->currentWidget());
}

void MainWindow::showMode(const QString& mode)
{
    ModePage* next = page(mode);
    if (!next)
        return;
    if (ModePage* before = currentPage(); before && before != next)
        before->setActive(false);
    m_stack->setCurrentWidget(next);
    m_rail->setCurrent(mode);
    for (const ModePage* each : std::as_const(m_pages))
        m_actions.action(QStringLiteral("view.mode.") + each->id())->setChecked(each == next);
    rebuildModeMenu();
    next->setActive(true);
    if (!next->isAncestorOf(focusWidget()))
        next->setFocus(Qt::OtherFocusReason);
}

void MainWindow::goTo(const QString& mode, const QString& target)
{
    showMode(mode);
    ModePage* shown = page(mode);
    if (shown && !target.isEmpty() && !shown->reveal(target))
        m_session.say(tr("%1 is not here any more").arg(target));
}

void MainWindow::rebuildModeMenu()
{
    if (!m_modeMenu)
        return;
    const ModePage* shown = currentPage();
    m_modeMenu->clear();
    m_modeMenu->setTitle(withFreeMnemonic(shown->title(), *menuBar(), m_modeMenu->menuAction()));
    bool any = false;
    for (const ActionSpec& spec : m_actions.specs()) {
        if (spec.place == shown->id()) {
            m_modeMenu->addAction(m_actions.action(spec.id));
            any = true;
        }
    }
    m_modeMenu->menuAction()->setVisible(any);
}

void MainWindow::startAutosave(const QString& folder)
{
    m_autosave = new Autosave(m_session, folder.isEmpty() ? defaultRecoveryFolder() : folder, this);
    m_recovery = new Recovery(m_session, *m_autosave, this);
    connect(m_autosave, &Autosave::stateChanged, m_status, [this] { m_status->showAutosave(*m_autosave); });
    m_actions.action(QStringLiteral("file.recover"))->setEnabled(true);
    // Queued: the workspace's own policy is loaded first.
    auto* once = new QObject(this);
    connect(
        &m_session, &Session::openingChanged, once,
        [this, once](bool opening) {
            if (opening)
                return;
            once->deleteLater();
            once->disconnect();
            m_recovery->offer(false);
        },
        Qt::QueuedConnection);
}

bool MainWindow::isIdle() const
{
    return !m_session.isOpening() && m_session.runs().isIdle() && m_session.store().isIdle() &&
           (!currentPage() || currentPage()->isIdle());
}

bool MainWindow::event(QEvent* event)
{
    const bool result = QMainWindow::event(event);
    if (event->type() == QEvent::UpdateRequest && !m_painted && isVisible()) {
        // The backing store has been painted and flushed by now.
        m_painted = true;
        QTimer::singleShot(0, this, &MainWindow::firstFramePainted);
    }
    return result;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!settleRuns(tr("Quit")) || !settleChanges(tr("Quit"))) {
        event->ignore();
        return;
    }
    saveState();
    if (m_autosave)
        m_autosave->finish();
    event->accept();
}

bool MainWindow::settleRuns(const QString& what)
{
    if (m_session.runs().isIdle())
        return true;
    const int answer = Dialogs::current().ask(
        this, what, tr("A run is not finished. Finished requests are on disk and are kept."),
        {tr("Stop It and Go On"), tr("Keep Running")}, 1, 1);
    if (answer != 0)
        return false;
    m_session.runs().cancelAll();
    return true;
}

bool MainWindow::settleChanges(const QString& what)
{
    if (!m_session.policy().isModified())
        return true;
    const int answer =
        Dialogs::current().ask(this, what, tr("The policy has changes that are not saved as a version."),
                               {tr("Save Version"), tr("Discard"), tr("Cancel")}, 0, 2);
    if (answer == 2)
        return false;
    return answer == 1 || saveVersion();
}

void MainWindow::restoreState()
{
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    const auto splitters = findChildren<QSplitter*>();
    for (QSplitter* splitter : splitters) {
        const QString key = QStringLiteral("window/splitters/") + splitter->objectName();
        if (!splitter->objectName().isEmpty() && settings.contains(key))
            splitter->restoreState(settings.value(key).toByteArray());
    }
    showMode(settings.value(QStringLiteral("window/mode")).toString());
}

void MainWindow::saveState()
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    const auto splitters = findChildren<QSplitter*>();
    for (const QSplitter* splitter : splitters) {
        if (!splitter->objectName().isEmpty())
            settings.setValue(QStringLiteral("window/splitters/") + splitter->objectName(),
                              splitter->saveState());
    }
    if (currentPage())
        settings.setValue(QStringLiteral("window/mode"), currentPage()->id());
    settings.setValue(QStringLiteral("window/workspace"), m_session.workspacePath());
}

} // namespace signalbox
