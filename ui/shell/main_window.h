// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The window: rail of modes, title row, the pages, status bar, menus. It wires; what it shows is in the
// pages.

#include "ui/shell/action_table.h"

#include <QMainWindow>

QT_BEGIN_NAMESPACE
class QMenu;
class QStackedWidget;
QT_END_NAMESPACE

namespace signalbox {

class Autosave;
class CommandPalette;
class HelpWindow;
class MessageBar;
class ModePage;
class ModeRail;
class Recovery;
class Session;
class StatusRow;
class TitleRow;
struct PaletteItem;

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(Session& session, QWidget* parent = nullptr);
    ~MainWindow() override;

    ActionTable& actions() { return m_actions; }
    QList<ModePage*> pages() const { return m_pages; }
    ModePage* page(const QString& mode) const;
    ModePage* currentPage() const;
    void showMode(const QString& mode);
    /// Shows a thing in a mode, as Session::navigationRequested() asks.
    void goTo(const QString& mode, const QString& target);
    std::vector<PaletteItem> paletteItems();

    /// From now on unsaved changes are kept in the folder ("" = the default one), and what a dead process
    /// left there is offered once the workspace is open. Null before.
    void startAutosave(const QString& folder = {});
    Autosave* autosave() const { return m_autosave; }
    Recovery* recovery() const { return m_recovery; }

    /// Nothing is loading or running.
    bool isIdle() const;

Q_SIGNALS:
    void firstFramePainted();

protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void addPages();
    void addFileActions();
    void addEditActions();
    void addViewActions();
    void addHelpActions();
    void buildMenus();
    void rebuildModeMenu();
    void refreshUndo();
    void restoreState();
    void saveState();
    void openPalette();
    void showKeys();
    void showHelp(const QString& topic);
    /// True when nothing is lost by going on: saved, discarded, or there was nothing to save.
    bool settleChanges(const QString& what);
    bool settleRuns(const QString& what);
    void newFromSample();
    void openWorkspace();
    void newPolicy();
    void openPolicy();
    bool saveVersion(const QString& message = {});
    void saveVersionWithMessage();
    void exportPolicy();
    void recoverChanges();

    Session& m_session;
    ActionTable m_actions;
    QList<ModePage*> m_pages;
    TitleRow* m_title;
    ModeRail* m_rail;
    QStackedWidget* m_stack;
    MessageBar* m_message;
    StatusRow* m_status;
    CommandPalette* m_palette;
    Autosave* m_autosave = nullptr;
    Recovery* m_recovery = nullptr;
    HelpWindow* m_help = nullptr; ///< made when it is asked for
    QMenu* m_modeMenu = nullptr;
    bool m_painted = false;
};

} // namespace signalbox
