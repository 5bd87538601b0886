// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_view.h"

#include "policy/edit.h"
#include "ui/policy/inspector.h"
#include "ui/policy/json_editor.h"
#include "ui/policy/outline_model.h"
#include "ui/policy/outline_view.h"
#include "ui/policy/policy_canvas.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/policy_selection.h"
#include "ui/policy/problems_model.h"
#include "ui/policy/problems_view.h"
#include "ui/policy/text_map.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QUndoStack>
#include <QUndoView>
#include <QVBoxLayout>

namespace signalbox {

namespace {

constexpr int kOutlineWidth = 204;
constexpr int kInspectorWidth = 300;
constexpr int kFoldBelow = 1124; // as ModePage folds: a window of 1200 without the rail

QToolButton* toolButton(const QString& text, const QString& name, const QString& explanation, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setObjectName(name);
    button->setAccessibleName(explanation);
    button->setToolTip(explanation);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

PolicyView::PolicyView(PolicyEditor& policy, QWidget* parent)
    : QWidget(parent), m_policy(policy), m_selection(new PolicySelection(this)),
      m_outlineModel(new OutlineModel(this)), m_problemsModel(new ProblemsModel(this))
{
    setObjectName(QStringLiteral("policyView"));
    m_stack = new QStackedLayout(this);
    m_empty = new EmptyState(
        tr("No policy is open"),
        tr("This will draw the policy: where a request goes, why, and what makes it escalate."),
        tr("Open the Sample Policy"), this);
    m_empty->setObjectName(QStringLiteral("policyEmpty"));
    if (m_empty->button())
        m_empty->button()->setObjectName(QStringLiteral("openSamplePolicy"));
    m_stack->addWidget(m_empty);

    auto* content = new QWidget(this);
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    m_outlineColumn = makeOutline();
    columns->addWidget(m_outlineColumn);
    auto* middle = new QSplitter(Qt::Vertical, content);
    middle->setObjectName(QStringLiteral("policySplitter"));
    middle->setAccessibleName(tr("Map above, problems and text below"));
    middle->setHandleWidth(1);
    middle->setChildrenCollapsible(false);
    middle->addWidget(makeCanvas());
    middle->addWidget(makeBottom());
    middle->setStretchFactor(0, 3);
    middle->setStretchFactor(1, 1);
    middle->setSizes({600, 210});
    columns->addWidget(middle, 1);
    m_column = new SideColumn(SideColumn::Side::Right, kInspectorWidth, content);
    m_column->setObjectName(QStringLiteral("inspectorColumn"));
    m_inspector = new Inspector(policy, *m_selection, m_column);
    m_column->body()->addWidget(m_inspector, 1);
    connect(m_inspector, &Inspector::failed, this, &PolicyView::failed);
    m_column->installEventFilter(this);
    columns->addWidget(m_column);
    m_stack->addWidget(content);
    orderTabs();

    connect(&policy, &PolicyEditor::documentChanged, this, [this] { takeDocument(); });
    connect(m_selection, &PolicySelection::changed, this, [this] { selectInText(); });
    connect(m_selection, &PolicySelection::revealed, this, [this] {
        showTab(JsonTab);
        selectInText();
    });
    connect(m_selection, &PolicySelection::editRequested, this, [this] {
        showInspector(true);
        m_inspector->focusFirst();
    });
    takeDocument();
}

PolicyView::~PolicyView() = default;

/// Tab goes as the eye does: outline, toolbar, map, inspector, and what is below. The button above a text
/// comes before it, because the text takes Tab for itself and is left by Shift+Tab.
void PolicyView::orderTabs()
{
    QWidget* before = m_outline;
    const auto buttons = m_canvas->bar()->findChildren<QToolButton*>();
    for (QToolButton* button : buttons) {
        setTabOrder(before, button);
        before = button;
    }
    setTabOrder(before, &map());
    QWidget* above = m_tabs->tabBar();
    for (QWidget* next : {static_cast<QWidget*>(m_fixAll), static_cast<QWidget*>(m_format),
                          static_cast<QWidget*>(m_problems), static_cast<QWidget*>(m_json)}) {
        setTabOrder(above, next);
        above = next;
    }
    m_column->setHasFields();
    m_inspector->setTabAnchor(&map());
}

QWidget* PolicyView::makeOutline()
{
    auto* column = new QFrame(this);
    column->setProperty("role", QStringLiteral("leftColumn"));
    column->setFixedWidth(kOutlineWidth);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, space::m, 1, 0);
    layout->setSpacing(space::s);
    auto* caption = new CaptionLabel(tr("Outline"), column);
    caption->setContentsMargins(space::m, 0, 0, 0);
    layout->addWidget(caption);
    m_outline = new OutlineView(*m_outlineModel, *m_selection, column);
    connect(m_outline, &OutlineView::deleteRequested, this, [this] { deleteSelected(); });
    connect(m_outline, &OutlineView::moveRequested, this, [this](int by) { moveSelected(by); });
    layout->addWidget(m_outline, 1);
    return column;
}

QWidget* PolicyView::makeCanvas()
{
    m_canvas = new PolicyCanvas(m_policy, *m_selection, this);
    m_showColumn = toolButton(tr("Inspector"), QStringLiteral("showInspector"),
                              tr("Show or hide the inspector"), m_canvas->bar());
    m_showColumn->setCheckable(true);
    m_showColumn->hide();
    connect(m_showColumn, &QToolButton::toggled, this, [this](bool on) { showInspector(on); });
    m_canvas->addToBar(m_showColumn);

    m_banner = new QLabel(
        tr("The text is no valid JSON. The map shows the policy as it was last understood."), m_canvas);
    m_banner->setObjectName(QStringLiteral("brokenBanner"));
    m_banner->setAccessibleName(m_banner->text());
    m_banner->setAutoFillBackground(true);
    m_banner->setWordWrap(true);
    m_banner->setContentsMargins(space::m, space::s, space::m, space::s);
    m_banner->hide();
    const auto paintBanner = [this] {
        const ThemeColors& colors = Theme::instance().colors();
        QPalette palette = m_banner->palette();
        palette.setColor(QPalette::Window, colors.warnFill);
        palette.setColor(QPalette::WindowText, Theme::instance().foreground(Tone::Warn));
        m_banner->setPalette(palette);
    };
    paintBanner();
    connect(&Theme::instance(), &Theme::changed, m_banner, paintBanner);
    m_canvas->addBanner(m_banner);

    connect(m_canvas, &PolicyCanvas::aboutToEdit, this, [this] { m_json->flush(); });
    connect(m_canvas, &PolicyCanvas::failed, this, &PolicyView::failed);
    connect(m_canvas, &PolicyCanvas::problemRequested, this, [this](const QString& pointer) {
        for (int row = 0; row < m_problemsModel->rowCount(); ++row) {
            if (qs(m_problemsModel->diagnosticAt(row)->pointer) == pointer) {
                showTab(ProblemsTab);
                m_problems->setCurrentIndex(m_problemsModel->index(row, 0));
                goToProblem(row, false);
                return;
            }
        }
    });
    return m_canvas;
}

QWidget* PolicyView::makeBottom()
{
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("policyTabs"));
    m_tabs->setAccessibleName(tr("Problems, text and history"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->setMinimumHeight(120);
    m_problems = new ProblemsView(*m_problemsModel, m_tabs);
    connect(m_problems, &ProblemsView::placeRequested, this,
            [this](int row, bool byKey) { goToProblem(row, byKey); });
    connect(m_problems, &ProblemsView::fixRequested, this, [this](int row, int which) {
        if (const Diagnostic* diagnostic = m_problemsModel->diagnosticAt(row))
            fix(*diagnostic, which);
    });
    connect(m_problems, &ProblemsView::helpRequested, this, [this](int row) {
        if (const Diagnostic* diagnostic = m_problemsModel->diagnosticAt(row))
            Q_EMIT helpRequested(qs(diagnostic->code));
    });
    m_tabs->addTab(m_problems, tr("Problems"));

    m_json = new JsonEditor(m_policy, m_tabs);
    connect(m_json, &JsonEditor::cursorMoved, this, [this](qulonglong offset) {
        if (!m_policy.document()->policy)
            return;
        const QScopedValueRollback guard(m_selectingInText, true);
        m_selection->select(qs(pointerAt(m_policy.document()->text, static_cast<std::size_t>(offset))));
    });
    connect(m_json, &JsonEditor::fixRequested, this, &PolicyView::fixInText);
    m_tabs->addTab(m_json, tr("JSON"));

    auto* history = new QUndoView(m_policy.undoStack(), m_tabs);
    history->setObjectName(QStringLiteral("policyHistory"));
    history->setAccessibleName(tr("History of edits"));
    history->setEmptyLabel(tr("As it was opened"));
    history->setFrameShape(QFrame::NoFrame);
    m_tabs->addTab(history, tr("History"));

    // Each tab has its own at the right of the bar; the history has none.
    m_corner = new QStackedWidget(m_tabs);
    m_corner->setAutoFillBackground(true); // over the line that a bar of tabs draws in its corner
    const auto page = [this](const QString& text, const QString& name) {
        auto* holder = new QWidget(m_corner);
        auto* line = new QHBoxLayout(holder);
        line->setContentsMargins(0, 0, space::s, 0);
        line->addStretch(1);
        auto* link = linkButton(text, name, holder);
        line->addWidget(link);
        m_corner->addWidget(holder);
        return link;
    };
    m_fixAll = page(tr("Fix All (%1)").arg(1000), QStringLiteral("fixAll")); // as wide as it gets
    m_fixAll->setToolTip(tr("Mends every problem that has a certain remedy, as one step (Ctrl+Alt+F)"));
    connect(m_fixAll, &QPushButton::clicked, this, [this] { fixAll(); });
    m_format = page(tr("Format Text"), QStringLiteral("formatJson"));
    m_format->setAccessibleName(tr("Format the text canonically"));
    m_format->setToolTip(tr("Canonical form: stable order of keys, one value a line"));
    connect(m_format, &QPushButton::clicked, this, [this] { formatText(); });
    m_corner->addWidget(new QWidget(m_corner));
    m_corner->setMinimumWidth(m_corner->sizeHint().width());
    m_tabs->setCornerWidget(m_corner);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] { refreshBottom(); });
    refreshBottom();
    return m_tabs;
}

void PolicyView::takeDocument()
{
    const PolicyDocumentPtr document = m_policy.document();
    const bool isNone = document->text.empty() && m_policy.undoStack()->count() == 0;
    m_stack->setCurrentIndex(isNone ? 0 : 1);
    const bool isFresh = m_policy.undoStack()->count() == 0;
    m_outlineModel->setDocument(document);
    if (document->policy)
        keepSelectionReal();
    m_problemsModel->setDocument(document);
    refreshBottom();
    m_canvas->setDocument(document);
    if (document->policy) {
        if (isFresh || !m_hadPolicy) {
            map().fitForStart();
            m_outline->expandForStart();
        }
        m_hadPolicy = true;
    }
    m_banner->setVisible(!document->policy && !isNone);
    if (m_banner->isVisible())
        m_banner->setText(
            m_hadPolicy ? tr("The text is no valid JSON. The map shows the policy as it was last understood.")
                        : tr("The text is no valid JSON. The map appears when it can be understood."));
}

/// An element that went takes the selection to its list.
void PolicyView::keepSelectionReal()
{
    const QString element = m_selection->element();
    const QStringList parts = pointerParts(element);
    // The outline lists what there is; a long text is not read once more for it.
    if (parts.size() < 2 || m_outlineModel->contains(element) ||
        valueAt(m_policy.document()->text, ss(element)))
        return;
    m_selection->select(elementOf(QLatin1Char('/') + parts.first()));
}

PolicyMap& PolicyView::map() const
{
    return m_canvas->map();
}

void PolicyView::addTier()
{
    m_canvas->add(QStringLiteral("tier"));
}

void PolicyView::addRule()
{
    m_canvas->add(QStringLiteral("rule"));
}

void PolicyView::addTrigger()
{
    m_canvas->add(QStringLiteral("trigger"));
}

void PolicyView::deleteSelected()
{
    m_canvas->removeSelected();
}

void PolicyView::moveSelected(int by)
{
    m_canvas->moveSelected(by);
}

void PolicyView::formatText()
{
    m_json->flush();
    auto text = canonicalPolicyText(m_policy.document()->text);
    if (text)
        m_policy.applyText(std::move(*text), tr("format text"));
    else
        Q_EMIT failed(text.error());
}

void PolicyView::showTab(int tab)
{
    m_tabs->setCurrentIndex(tab);
}

/// What is selected is selected in the text as well, unless a person is working in it.
void PolicyView::selectInText()
{
    const QString& pointer = m_selection->pointer();
    if (m_selectingInText || m_json->hasFocus() || !pointer.startsWith(QLatin1Char('/')))
        return;
    if (const auto range = rangeOf(m_policy.document()->text, ss(pointer)))
        m_json->selectBytes(range->offset, range->length);
}

void PolicyView::nextPane(int step)
{
    std::vector<QWidget*> panes;
    for (QWidget* pane : {static_cast<QWidget*>(m_outline), static_cast<QWidget*>(&map()),
                          static_cast<QWidget*>(m_inspector), m_tabs->currentWidget()}) {
        if (pane->isVisible())
            panes.push_back(pane);
    }
    const auto count = static_cast<int>(panes.size());
    int at = step > 0 ? count - 1 : 0; // the focus is elsewhere: begin at the first, or at the last
    for (int i = 0; i < count; ++i) {
        if (panes[static_cast<std::size_t>(i)] == focusWidget() ||
            panes[static_cast<std::size_t>(i)]->isAncestorOf(focusWidget()))
            at = i;
    }
    QWidget* next = panes[static_cast<std::size_t>((at + step + count) % count)];
    if (next == m_inspector)
        m_inspector->focusFirst();
    else
        next->setFocus(Qt::OtherFocusReason);
}

bool PolicyView::reveal(const QString& target)
{
    if (target == QLatin1String("problems")) {
        showTab(ProblemsTab);
        m_problems->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (target.startsWith(QLatin1String("problem:"))) {
        const int index = target.mid(8).toInt();
        const auto& diagnostics = m_policy.document()->diagnostics;
        if (index < 0 || index >= static_cast<int>(diagnostics.size()))
            return false;
        // The index counts in the order of the text; the table has errors first.
        showTab(ProblemsTab);
        for (int row = 0; row < m_problemsModel->rowCount(); ++row) {
            const Diagnostic* shown = m_problemsModel->diagnosticAt(row);
            if (shown->offset == diagnostics[static_cast<std::size_t>(index)].offset &&
                shown->code == diagnostics[static_cast<std::size_t>(index)].code) {
                m_problems->setCurrentIndex(m_problemsModel->index(row, 0));
                goToProblem(row, false);
                return true;
            }
        }
        return false;
    }
    if (target == QLatin1String(kPersonPointer) || target.isEmpty()) {
        m_selection->select(target);
        return true;
    }
    const QStringList parts = pointerParts(target);
    if (parts.isEmpty() || !valueAt(m_policy.document()->text, ss(target)))
        return false;
    m_selection->select(target);
    map().showElement(m_selection->element());
    return true;
}

bool PolicyView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_column && (event->type() == QEvent::Show || event->type() == QEvent::Hide))
        placeFold();
    return QWidget::eventFilter(watched, event);
}

void PolicyView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeFold();
}

void PolicyView::showInspector(bool show)
{
    // The outline goes first: with both in view, the window would have to grow.
    if (show && width() < kFoldBelow)
        m_outlineColumn->hide();
    m_column->setVisible(show);
    placeFold();
}

/// While there is no room for the inspector beside the map, a button shows it in the outline's stead.
void PolicyView::placeFold()
{
    const bool isNarrow = width() < kFoldBelow;
    const bool isShown = !m_column->isHidden();
    const QSignalBlocker quiet(m_showColumn);
    m_showColumn->setChecked(isShown);
    m_showColumn->setVisible(isNarrow);
    m_outlineColumn->setVisible(!isNarrow || !isShown);
}

} // namespace signalbox
