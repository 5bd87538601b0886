// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/policy_canvas.h"

#include "policy/edit.h"
#include "ui/policy/canvas_guide.h"
#include "ui/policy/policy_clipboard.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/policy_minimap.h"
#include "ui/policy/policy_selection.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace signalbox {

namespace {

QString elementName(const QString& pointer)
{
    const QStringList parts = pointerParts(pointer);
    return parts.isEmpty() ? QString() : parts.last();
}

} // namespace

PolicyCanvas::PolicyCanvas(PolicyEditor& policy, PolicySelection& selection, QWidget* parent)
    : QWidget(parent), m_policy(policy), m_selection(selection), m_map(new PolicyMap(selection, this)),
      m_bar(new QFrame(this)), m_barLine(new QHBoxLayout(m_bar)), m_column(new QVBoxLayout(this)),
      m_status(new QLabel(m_map)), m_guide(new CanvasGuide(m_map)), m_rename(new QLineEdit(m_map))
{
    setObjectName(QStringLiteral("policyCanvas"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    makeActions();
    makeBar();
    m_column->addWidget(m_bar);
    m_column->addWidget(hairline(Qt::Horizontal, this));
    m_column->addWidget(m_map, 1);
    new PolicyMinimap(*m_map);

    m_status->setObjectName(QStringLiteral("canvasStatus"));
    m_status->setAccessibleName(tr("What a connection would do"));
    m_status->setWordWrap(true);
    m_status->setMargin(space::s);
    m_status->hide();
    connect(m_guide, &CanvasGuide::addRequested, this, [this](const QString& what) { add(what); });
    connect(m_guide, &CanvasGuide::connectRequested, this, [this] {
        m_map->setFocus(Qt::OtherFocusReason);
        m_selection.select(QStringLiteral("/router"));
        m_map->startConnecting();
    });
    m_rename->setObjectName(QStringLiteral("renameField"));
    m_rename->setAccessibleName(tr("New name"));
    m_rename->hide();
    auto* enter = new QAction(m_rename); // no returnPressed(): the key would go on to the map
    enter->setShortcuts({Qt::Key_Return, Qt::Key_Enter});
    enter->setShortcutContext(Qt::WidgetShortcut);
    connect(enter, &QAction::triggered, this, [this] { finishRename(true); });
    m_rename->addAction(enter);
    connect(m_rename, &QLineEdit::editingFinished, this, [this] { finishRename(false); });
    auto* escape = new QAction(m_rename);
    escape->setShortcut(Qt::Key_Escape);
    escape->setShortcutContext(Qt::WidgetShortcut);
    connect(escape, &QAction::triggered, this, [this] { finishRename(false); });
    m_rename->addAction(escape);

    m_map->setJudges(
        [this](const GraphEnd& from, const GraphEnd& to) {
            const auto document = m_policy.document();
            return document->policy ? connectionVerdict(*document->policy, from, to) : ConnectionVerdict();
        },
        [this](const GraphEnd& moved, int before) {
            const auto document = m_policy.document();
            return document->policy ? reorderVerdict(*document->policy, moved, before) : ConnectionVerdict();
        });
    connect(m_map, &PolicyMap::deleteRequested, this, [this] { removeHere(); });
    connect(m_map, &PolicyMap::moveRequested, this, [this](int by) { moveSelected(by); });
    connect(m_map, &PolicyMap::thresholdMoved, this,
            [this](const GraphTunable& tunable, double value) { moveThreshold(tunable, value); });
    connect(m_map, &PolicyMap::thresholdReleased, this, [this] { m_policy.endMerge(); });
    connect(
        m_map, &PolicyMap::connectRequested, this,
        [this](const GraphEnd& from, const GraphEnd& to, const QPoint& at) { connectEnds(from, to, at); });
    connect(m_map, &PolicyMap::reorderRequested, this, [this](const GraphEnd& moved, int before) {
        apply([&](const PolicyDocument& document) { return reorder(document, moved, before); });
    });
    connect(m_map, &PolicyMap::expandRequested, this, [this](const QString& list) { expand(list); });
    connect(m_map, &PolicyMap::menuRequested, this, [this](const QPoint& at) { showMenu(at); });
    connect(m_map, &PolicyMap::problemRequested, this, &PolicyCanvas::problemRequested);
    connect(m_map, &PolicyMap::gestureSaid, this,
            [this](const QString& text, bool legal) { say(text, legal); });
    connect(m_map, &PolicyMap::viewChanged, this, [this] { placeOverlays(); });
    connect(&m_selection, &PolicySelection::changed, this, [this] { updateActions(); });
}

PolicyCanvas::~PolicyCanvas() = default;

QAction* PolicyCanvas::action(const QString& name, const QString& text, const QKeySequence& key,
                              std::function<void()> run)
{
    auto* made = new QAction(text, this);
    made->setObjectName(QStringLiteral("canvas:") + name);
    made->setShortcut(key);
    made->setShortcutContext(Qt::WidgetShortcut);
    connect(made, &QAction::triggered, this, [run = std::move(run)] { run(); });
    m_map->addAction(made);
    m_actions[name] = made;
    if (!key.isEmpty())
        m_keyActions.push_back(made);
    return made;
}

/// Single letters and the usual keys, while the map has the focus.
void PolicyCanvas::makeActions()
{
    const auto adds = [this](const char* what, const QString& text, const QKeySequence& key) {
        action(QLatin1String(what), text, key, [this, what] { add(QLatin1String(what)); });
    };
    adds("tier", tr("Add &Tier"), Qt::Key_T);
    adds("specialist", tr("Add &Specialist"), Qt::Key_S);
    adds("rule", tr("Add &Rule"), Qt::Key_R);
    adds("trigger", tr("Add Tri&gger"), Qt::Key_G);
    adds("map_row", tr("Add Map Ro&w"), Qt::Key_W);
    adds("rubric", tr("Add &Judge Rubric"), Qt::Key_J);
    adds("model", tr("Add &Model"), Qt::Key_M);
    adds("endpoint", tr("Add &Endpoint"), Qt::Key_E);
    adds("stage", tr("Add Sta&ge"), {});
    adds("step", tr("Add Router Ste&p"), {});
    action(QStringLiteral("connect"), tr("&Connect by Keyboard"), Qt::Key_C,
           [this] { m_map->startConnecting(); });
    action(QStringLiteral("rename"), tr("Re&name"), Qt::Key_F2, [this] { rename(); });
    action(QStringLiteral("copy"), tr("&Copy"), QKeySequence(Qt::CTRL | Qt::Key_C),
           [this] { copySelected(); });
    action(QStringLiteral("cut"), tr("C&ut"), QKeySequence(Qt::CTRL | Qt::Key_X), [this] { cutSelected(); });
    action(QStringLiteral("paste"), tr("&Paste"), QKeySequence(Qt::CTRL | Qt::Key_V), [this] { paste(); });
    action(QStringLiteral("duplicate"), tr("&Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D),
           [this] { duplicateSelected(); });
    action(QStringLiteral("edit"), tr("&Edit in the Inspector"), {},
           [this] { m_selection.editFirstField(); });
    action(QStringLiteral("up"), tr("Move &Up"), {}, [this] { moveSelected(-1); });
    action(QStringLiteral("down"), tr("Move Do&wn"), {}, [this] { moveSelected(1); });
    action(QStringLiteral("disconnect"), tr("D&isconnect"), {}, [this] { removeHere(); });
    action(QStringLiteral("delete"), tr("De&lete"), {}, [this] { removeSelected(); });
    action(QStringLiteral("fit"), tr("&Fit Map"), {}, [this] { m_map->fit(); });
    action(QStringLiteral("create"), tr("Create…"), Qt::Key_Insert, [this] {
        auto* menu = new QMenu(m_map);
        menu->setObjectName(QStringLiteral("createMenu"));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        addCreation(*menu);
        menu->popup(m_map->mapToGlobal(QPoint(space::m, space::m)));
    });
}

void PolicyCanvas::makeBar()
{
    m_bar->setProperty("role", QStringLiteral("panel"));
    m_barLine->setContentsMargins(space::s, space::xs, space::s, space::xs);
    m_barLine->setSpacing(0);
    const auto button = [this](const QString& text, const char* name, const QString& about, auto run) {
        auto* made = new QToolButton(m_bar);
        made->setText(text);
        made->setObjectName(QLatin1String(name));
        made->setAccessibleName(about);
        made->setToolTip(about);
        made->setFocusPolicy(Qt::TabFocus);
        connect(made, &QToolButton::clicked, this, run);
        m_barLine->addWidget(made);
        return made;
    };
    const auto adder = [&](const QString& text, const char* name, const QString& about, const char* what) {
        m_adders.push_back(button(text, name, about, [this, what] { add(QLatin1String(what)); }));
    };
    adder(tr("+ Tier"), "addTier", tr("Add a tier (T)"), "tier");
    adder(tr("+ Rule"), "addRule", tr("Add a rule (R)"), "rule");
    adder(tr("+ Trigger"), "addTrigger", tr("Add a trigger (G)"), "trigger");
    auto* more = button(tr("More"), "addMore", tr("Add something else (Ins)"), [] {});
    auto* menu = new QMenu(more);
    menu->setObjectName(QStringLiteral("addMoreMenu"));
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        addCreation(*menu);
    });
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    m_adders.push_back(more);
    m_barLine->addSpacing(space::xs);
    m_up = button(QStringLiteral("↑"), "moveUp", tr("Move the selected element up (Alt+Up)"),
                  [this] { moveSelected(-1); });
    m_down = button(QStringLiteral("↓"), "moveDown", tr("Move the selected element down (Alt+Down)"),
                    [this] { moveSelected(1); });
    m_delete = button(QStringLiteral("✕"), "deleteElement", tr("Delete the selected element (Del)"),
                      [this] { removeSelected(); });
    m_barLine->addStretch(1);
    button(QStringLiteral("−"), "zoomOut", tr("Zoom out (Ctrl+−)"), [this] { m_map->zoomBy(0.8); });
    auto* percent =
        button(QStringLiteral("100 %"), "zoomReset", tr("Zoom to 100 %"), [this] { m_map->resetZoom(); });
    percent->setMinimumWidth(46);
    connect(m_map, &PolicyMap::zoomChanged, percent,
            [percent](double zoom) { percent->setText(QStringLiteral("%1 %").arg(qRound(zoom * 100))); });
    button(QStringLiteral("+"), "zoomIn", tr("Zoom in (Ctrl++)"), [this] { m_map->zoomBy(1.25); });
    button(tr("Fit"), "zoomFit", tr("Show all of the map (Ctrl+0)"), [this] { m_map->fit(); });
}

void PolicyCanvas::addToBar(QWidget* widget)
{
    m_barLine->addWidget(widget);
}

void PolicyCanvas::addBanner(QWidget* widget)
{
    m_column->insertWidget(2, widget);
}

void PolicyCanvas::setDocument(const PolicyDocumentPtr& document)
{
    if (document->policy)
        m_shown = document;
    if (document->policy)
        m_map->setGraph(graphOf(*document->policy, m_options), document->diagnostics);
    // What is half typed needs mending first.
    if (document->policy && m_guide->follow(*document->policy))
        placeOverlays();
    m_guide->setEnabled(document->policy != nullptr);
    updateActions();
}

void PolicyCanvas::updateActions()
{
    const PolicyDocumentPtr document = m_policy.document();
    const QString element = editedElement(m_selection.pointer());
    const bool can = document->policy != nullptr;
    for (QToolButton* button : m_adders)
        button->setEnabled(can);
    m_delete->setEnabled(can && isRemovable(element));
    m_up->setEnabled(isMovable(*document, element, -1));
    m_down->setEnabled(isMovable(*document, element, 1));
}

void PolicyCanvas::apply(const MakeEdit& make)
{
    Q_EMIT aboutToEdit();
    const PolicyDocumentPtr document = m_policy.document();
    const Result<PolicyEdit> edit = make(*document);
    if (!edit) {
        refuse(edit.error());
        return;
    }
    say({}, true);
    m_policy.applyText(edit->text, edit->label);
    m_selection.select(edit->select);
}

/// Why it cannot be stands where it was tried.
void PolicyCanvas::refuse(const Error& error)
{
    if (m_map->isVisible() && m_map->window()->isActiveWindow() && m_map->isEnabled())
        say(qs(error.message), false);
    else
        Q_EMIT failed(error);
}

void PolicyCanvas::add(const QString& what)
{
    apply([&what](const PolicyDocument& document) -> Result<PolicyEdit> {
        if (what == QLatin1String("tier"))
            return addTier(document);
        if (what == QLatin1String("specialist"))
            return addSpecialist(document);
        if (what == QLatin1String("rule"))
            return addRule(document);
        if (what == QLatin1String("trigger"))
            return addTrigger(document);
        if (what == QLatin1String("map_row"))
            return addMapRow(document);
        if (what == QLatin1String("stage"))
            return addStage(document);
        if (what == QLatin1String("step"))
            return addStep(document);
        return addPart(document, QStringLiteral("/%1s").arg(what));
    });
}

void PolicyCanvas::removeSelected()
{
    const QString element = editedElement(m_selection.pointer());
    if (element.startsWith(QLatin1String("/cascade/stages/"))) // the last one stays
        apply([&](const PolicyDocument& document) {
            return signalbox::disconnect(document, GraphEnd(), element);
        });
    else if (isRemovable(element))
        apply([&](const PolicyDocument& document) { return removeElement(document, element); });
}

/// On an edge: takes away what makes it. Else the element that is selected.
void PolicyCanvas::removeHere()
{
    const auto current = m_map->currentPillWithEdge();
    if (!current) {
        removeSelected();
        return;
    }
    if (current->pill.expands.isEmpty())
        apply([&](const PolicyDocument& document) {
            return signalbox::disconnect(document, current->from, current->pill.pointer);
        });
}

void PolicyCanvas::moveSelected(int by)
{
    const QString element = editedElement(m_selection.pointer());
    // What stands in the lanes of a race or in a pool moves among its like, as it is drawn.
    const auto end = m_map->currentEnd();
    const auto pattern =
        m_policy.document()->policy ? m_policy.document()->policy->cascade.pattern : CascadePattern::Direct;
    if (end && end->route.isEmpty() && end->kind == GraphNode::Kind::Tier &&
        (pattern == CascadePattern::Race || pattern == CascadePattern::SpecialistPool)) {
        const auto& nodes = m_map->graph().nodes;
        std::vector<int> tiers;
        for (const GraphNode& node : nodes) {
            if (node.kind == end->kind)
                tiers.push_back(node.index);
        }
        const auto at = std::find(tiers.begin(), tiers.end(), end->index) - tiers.begin();
        const auto target = by < 0 ? at - 1 : at + 2;
        if (at + by < 0 || at + by >= static_cast<std::ptrdiff_t>(tiers.size()))
            return;
        const int before =
            target < static_cast<std::ptrdiff_t>(tiers.size()) ? tiers[static_cast<std::size_t>(target)] : -1;
        apply([&](const PolicyDocument& document) { return reorder(document, *end, before); });
        return;
    }
    if (isMovable(*m_policy.document(), element, by))
        apply([&](const PolicyDocument& document) { return moveElement(document, element, by); });
}

void PolicyCanvas::copySelected()
{
    const auto clip = copyElement(*m_policy.document(), m_selection.pointer());
    if (!clip) {
        refuse(clip.error());
        return;
    }
    QGuiApplication::clipboard()->setText(qs(*clip));
    say(tr("Copied %1").arg(elementName(m_selection.element())), true);
}

void PolicyCanvas::cutSelected()
{
    if (!isCopyable(*m_policy.document(), m_selection.pointer())) {
        copySelected(); // says why not
        return;
    }
    copySelected();
    removeSelected();
}

void PolicyCanvas::paste()
{
    const std::string clip = ss(QGuiApplication::clipboard()->text());
    apply([&clip](const PolicyDocument& document) { return pasteElement(document, clip); });
}

void PolicyCanvas::duplicateSelected()
{
    apply(
        [this](const PolicyDocument& document) { return duplicateElement(document, m_selection.pointer()); });
}

/// A field over the element; Enter takes the name, Esc does not.
void PolicyCanvas::rename()
{
    const QString element = editedElement(m_selection.pointer());
    const auto id = valueAt(m_policy.document()->text, ss(element) + "/id");
    if (!isRemovable(element) || !id || !m_policy.document()->policy) {
        say(tr("Select something that has a name to rename it."), false);
        return;
    }
    m_renamed = element;
    m_rename->setText(elementName(element));
    const QRect over = m_map->currentRect();
    const QPoint at = over.isEmpty() ? QPoint(space::m, space::m) : over.topLeft();
    m_rename->setGeometry(std::clamp(at.x(), 0, std::max(0, m_map->width() - 190)),
                          std::clamp(at.y(), 0, std::max(0, m_map->height() - 34)), 190, 30);
    m_rename->show();
    m_rename->raise();
    m_rename->selectAll();
    m_rename->setFocus(Qt::OtherFocusReason);
}

void PolicyCanvas::finishRename(bool take)
{
    if (m_renamed.isEmpty())
        return;
    const QString element = std::exchange(m_renamed, QString());
    const QString id = m_rename->text().trimmed();
    m_rename->hide();
    m_map->setFocus(Qt::OtherFocusReason);
    if (!take || id == elementName(element))
        return;
    const QString list = element.left(element.lastIndexOf(QLatin1Char('/')));
    if (!id.isEmpty() && valueAt(m_policy.document()->text, ss(list + QLatin1Char('/') + escapedToken(id)))) {
        say(tr("There is a “%1” already. Choose another name.").arg(id), false);
        return;
    }
    apply([&](const PolicyDocument& document) { return renameElement(document, element, id); });
}

void PolicyCanvas::connectEnds(const GraphEnd& from, const GraphEnd& to, const QPoint& at)
{
    const auto document = m_policy.document();
    if (!document->policy)
        return;
    const ConnectionVerdict verdict = connectionVerdict(*document->policy, from, to);
    const auto write = [this, from, to](ConnectionChoice::Kind choice) {
        apply(
            [&](const PolicyDocument& current) { return signalbox::connectEnds(current, from, to, choice); });
    };
    if (verdict.choices.size() == 1) {
        write(verdict.choices.front().kind);
        return;
    }
    auto* menu = new QMenu(m_map);
    menu->setObjectName(QStringLiteral("connectMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ConnectionChoice& choice : verdict.choices) {
        QAction* made = menu->addAction(choice.text);
        connect(made, &QAction::triggered, this, [write, kind = choice.kind] { write(kind); });
    }
    if (!menu->actions().isEmpty())
        menu->setActiveAction(menu->actions().first());
    menu->popup(at);
}

/// Shows more of a list that was cut short; a list of tiers twice as much each time.
void PolicyCanvas::expand(const QString& list)
{
    const int usual = list == QLatin1String("tiers") ? 30 : list == QLatin1String("rules") ? 9 : 5;
    const int now = m_options.of(list, usual);
    m_options.shown[list] = std::max(now * 2, now + 20);
    if (m_shown)
        setDocument(m_shown);
}

void PolicyCanvas::moveThreshold(const GraphTunable& tunable, double value)
{
    Q_EMIT aboutToEdit();
    const QString shown = thresholdText(value, tunable.step);
    const QStringList parts = pointerParts(tunable.pointer);
    const bool isRow = parts.value(1) == QLatin1String("map");
    const QString name = parts.value(0) == QLatin1String("triggers") ? parts.value(1)
                         : isRow ? tr("least confidence of row %1").arg(parts.value(2).toInt() + 1)
                                 : tunable.label;
    auto text = setNested(m_policy.document()->text, tunable.pointer, ss(shown));
    if (!text) {
        Q_EMIT failed(text.error());
        return;
    }
    m_policy.applyText(std::move(*text), tr("set %1 to %2").arg(name, shown), tunable.pointer);
}

void PolicyCanvas::say(const QString& text, bool legal)
{
    m_status->setText(text);
    m_status->setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    const Tone tone = legal ? Tone::Neutral : Tone::Bad;
    m_status->setStyleSheet(
        QStringLiteral("QLabel { background: %1; color: %2; border: 1px solid %3; border-radius: 6px; }")
            .arg(Theme::instance().colors().panel.name(), Theme::instance().foreground(tone).name(),
                 Theme::instance().border(tone).name()));
    m_status->setAccessibleDescription(text);
    placeOverlays();
}

void PolicyCanvas::placeOverlays()
{
    placeGuide();
    if (m_status->isHidden())
        return;
    // At the top left, where the drawing has most room to spare.
    const int most = std::clamp(m_map->width() - 2 * space::m, 120, 560);
    const int wanted = m_status->fontMetrics().horizontalAdvance(m_status->text()) + 3 * space::s;
    m_status->setFixedWidth(std::min(most, wanted));
    m_status->setFixedHeight(m_status->heightForWidth(m_status->width()));
    const bool isTaken = !m_guide->isHidden() && m_guide->geometry().topLeft() == QPoint(space::m, space::m);
    m_status->move(space::m, isTaken ? m_guide->geometry().bottom() + space::s : space::m);
    m_status->raise();
}

/// In a corner where nothing is drawn, if there is one.
void PolicyCanvas::placeGuide()
{
    if (m_guide->isHidden())
        return;
    const int right = std::max(int(space::m), m_map->width() - m_guide->width() - space::m);
    const int bottom = std::max(int(space::m), m_map->height() - m_guide->height() - space::m);
    const QPoint corners[] = {{space::m, bottom}, {space::m, space::m}, {right, bottom}, {right, space::m}};
    const auto isFree = [this](const QPoint& corner) {
        const QRect place(corner, m_guide->size());
        const auto& nodes = m_map->graphLayout().nodes;
        return std::none_of(nodes.begin(), nodes.end(), [&](const NodeBox& node) {
            return m_map->mapFromScene(node.rect).boundingRect().intersects(place);
        });
    };
    const auto* found = std::find_if(std::begin(corners), std::end(corners), isFree);
    m_guide->move(found != std::end(corners) ? *found : corners[0]);
}

void PolicyCanvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeOverlays();
}

} // namespace signalbox
