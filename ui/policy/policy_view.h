// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The Policy mode without its frame: outline, map, inspector, problems, text and history around one policy
// and one selection. It needs no session, so that tests drive it by itself.

#include "base/result.h"
#include "policy/diagnostic.h"
#include "ui/policy/policy_edits.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
class QSplitter;
class QStackedLayout;
class QStackedWidget;
class QTabWidget;
class QToolButton;
QT_END_NAMESPACE

namespace signalbox {

class EmptyState;
class Inspector;
class JsonEditor;
class OutlineModel;
class OutlineView;
class PolicyEditor;
class PolicyCanvas;
class PolicyMap;
class PolicySelection;
class ProblemsModel;
class ProblemsView;
class SideColumn;

class PolicyView : public QWidget
{
    Q_OBJECT
public:
    explicit PolicyView(PolicyEditor& policy, QWidget* parent = nullptr);
    ~PolicyView() override;

    /// A pointer by id, "problems" or "problem:INDEX"; false when it is not known.
    bool reveal(const QString& target);

    SideColumn* inspectorColumn() const { return m_column; }
    PolicySelection& selection() const { return *m_selection; }
    PolicyMap& map() const;
    PolicyCanvas& canvas() const { return *m_canvas; }
    EmptyState* emptyState() const { return m_empty; }

    // What the toolbar and the menu do.
    void addTier();
    void addRule();
    void addTrigger();
    void deleteSelected();
    void moveSelected(int by);
    void formatText();
    void showTab(int tab);
    void nextProblem();
    /// Mends the problem at hand: at the cursor of the text when that has the focus, else the list's current
    /// one.
    void fixHere();
    void fixAll();
    /// The page of the help on the place where the focus is.
    QString helpTopic() const;
    /// Outline, map, inspector and what is below have the focus in turn.
    void nextPane(int step);

    enum Tab { ProblemsTab, JsonTab, HistoryTab };

Q_SIGNALS:
    void failed(const signalbox::Error& error); ///< an edit that cannot be made; one message says why
    void statusMessage(const QString& text);
    void helpRequested(const QString& topic);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeOutline();
    QWidget* makeCanvas();
    QWidget* makeBottom();
    void takeDocument();
    void keepSelectionReal();
    void goToProblem(int row, bool focus);
    void fix(const Diagnostic& diagnostic, int which);
    void fixInText();
    void refreshBottom();
    void selectInText();
    void placeFold();
    void orderTabs();
    void showInspector(bool show);

    PolicyEditor& m_policy;
    PolicySelection* m_selection;
    OutlineModel* m_outlineModel;
    ProblemsModel* m_problemsModel;
    QStackedLayout* m_stack = nullptr;
    EmptyState* m_empty = nullptr;
    OutlineView* m_outline = nullptr;
    PolicyCanvas* m_canvas = nullptr;
    QLabel* m_banner = nullptr;
    Inspector* m_inspector = nullptr;
    SideColumn* m_column = nullptr;
    QWidget* m_outlineColumn = nullptr;
    QTabWidget* m_tabs = nullptr;
    ProblemsView* m_problems = nullptr;
    JsonEditor* m_json = nullptr;
    QStackedWidget* m_corner = nullptr;
    QPushButton* m_fixAll = nullptr;
    QPushButton* m_format = nullptr;
    QToolButton* m_showColumn = nullptr;
    bool m_selectingInText = false;
    bool m_hadPolicy = false;
};

} // namespace signalbox
