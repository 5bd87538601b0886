// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The canvas of the Policy mode: the map with its toolbar, menus, keys, overview and messages. It turns what
// is asked for on the map into edits of the policy's text, each one step of undo.

#include "base/result.h"
#include "ui/policy/graph_edits.h"
#include "ui/policy/policy_edits.h"

#include <QWidget>

#include <functional>
#include <map>

QT_BEGIN_NAMESPACE
class QAction;
class QFrame;
class QLabel;
class QLineEdit;
class QHBoxLayout;
class QMenu;
class QToolButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace signalbox {

class CanvasGuide;
class PolicyEditor;
class PolicyMap;
class PolicySelection;

class PolicyCanvas : public QWidget
{
    Q_OBJECT
public:
    PolicyCanvas(PolicyEditor& policy, PolicySelection& selection, QWidget* parent = nullptr);
    ~PolicyCanvas() override;

    PolicyMap& map() const { return *m_map; }
    QFrame* bar() const { return m_bar; }
    /// More buttons at the right end of the toolbar; a banner between it and the map.
    void addToBar(QWidget* widget);
    void addBanner(QWidget* widget);

    /// Draws the policy of the document; nothing when it has none.
    void setDocument(const PolicyDocumentPtr& document);

    void add(const QString& what); ///< "tier", "rule", "trigger", "specialist", "map_row", "rubric", …
    void removeSelected();
    void moveSelected(int by);
    void copySelected();
    void cutSelected();
    void paste();
    void duplicateSelected();
    void rename();

    /// What has a key while the map has the focus, in the order of the menu.
    const std::vector<QAction*>& keyActions() const { return m_keyActions; }

Q_SIGNALS:
    void failed(const signalbox::Error& error);
    void aboutToEdit(); ///< text that is still being typed has to be taken over first
    void problemRequested(const QString& pointer);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    using MakeEdit = std::function<Result<PolicyEdit>(const PolicyDocument&)>;

    void makeActions();
    void makeBar();
    QAction* action(const QString& name, const QString& text, const QKeySequence& key,
                    std::function<void()> run);
    void apply(const MakeEdit& make);
    void refuse(const Error& error);
    void removeHere();
    void connectEnds(const GraphEnd& from, const GraphEnd& to, const QPoint& at);
    void expand(const QString& list);
    void showMenu(const QPoint& at);
    void addConnections(QMenu& menu);
    void addCreation(QMenu& menu);
    void addPatterns(QMenu& menu);
    void moveThreshold(const struct GraphTunable& tunable, double value);
    void say(const QString& text, bool legal);
    void placeOverlays();
    void placeGuide();
    void updateActions();
    void finishRename(bool take);

    PolicyEditor& m_policy;
    PolicySelection& m_selection;
    PolicyMap* m_map;
    QFrame* m_bar;
    QHBoxLayout* m_barLine;
    QVBoxLayout* m_column;
    QLabel* m_status;
    CanvasGuide* m_guide;
    QLineEdit* m_rename;
    QString m_renamed;
    GraphOptions m_options;
    PolicyDocumentPtr m_shown;
    std::map<QString, QAction*> m_actions;
    std::vector<QAction*> m_keyActions;
    std::vector<QToolButton*> m_adders;
    QToolButton* m_up = nullptr;
    QToolButton* m_down = nullptr;
    QToolButton* m_delete = nullptr;
};

} // namespace signalbox
