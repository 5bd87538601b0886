// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/faults/fault_lab.h"

#include "ui/faults/fault_text.h"
#include "ui/faults/faults_model.h"
#include "ui/theme/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace signalbox {

namespace {

constexpr int kDetailsWidth = 304;
constexpr int kMostNext = 1000;

QLabel* wrapped(const QString& objectName, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void setTone(QLabel* label, const QString& tone)
{
    if (label->property("tone").toString() == tone)
        return;
    label->setProperty("tone", tone);
    label->setStyle(label->style());
}

/// What is found by its words and, when asked, is on.
class FoundFaults : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setOnlyOn(bool onlyOn)
    {
        m_onlyOn = onlyOn;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        if (!parent.isValid())
            return false; // only with something of it
        const QModelIndex state = sourceModel()->index(row, FaultsModel::StateColumn, parent);
        return (!m_onlyOn || !state.data().toString().isEmpty()) &&
               QSortFilterProxyModel::filterAcceptsRow(row, parent);
    }

private:
    bool m_onlyOn = false;
};

} // namespace

FaultLab::FaultLab(SandboxFaults& faults, FaultWatch& watch, QWidget* parent)
    : QDialog(parent), m_faults(faults), m_watch(watch), m_model(new FaultsModel(this)),
      m_found(new FoundFaults(this)), m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("faultLab"));
    setWindowTitle(tr("Fault Lab"));
    setModal(false);
    resize(1120, 680);
    setMinimumSize(820, 420);
    m_found->setSourceModel(m_model);
    m_found->setRecursiveFilteringEnabled(true);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_found->setFilterRole(FaultsModel::SearchRole);

    m_empty = new EmptyState({}, {}, tr("Ask Again"), m_stack);
    m_empty->setObjectName(QStringLiteral("faultLabEmpty"));
    m_empty->button()->setObjectName(QStringLiteral("askSandbox"));
    m_empty->button()->setAccessibleName(tr("Ask the sandbox again"));
    connect(m_empty->button(), &QPushButton::clicked, &m_faults, &SandboxFaults::refresh);
    m_stack->addWidget(m_empty);
    auto* content = new QWidget(m_stack);
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(makeList(), 1);
    columns->addWidget(makeDetails());
    m_stack->addWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    auto* find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, m_search, qOverload<>(&QWidget::setFocus));
    connect(&m_faults, &SandboxFaults::changed, this, &FaultLab::showAll);
    connect(&m_watch, &FaultWatch::changed, this, &FaultLab::showAll);
    connect(&Theme::instance(), &Theme::changed, m_tree->viewport(), qOverload<>(&QWidget::update));
    showAll();
    select({});
    m_search->setFocus();
}

QWidget* FaultLab::makeList()
{
    auto* list = new QWidget(this);
    list->setProperty("role", QStringLiteral("panel"));
    auto* layout = new QVBoxLayout(list);
    layout->setContentsMargins(space::m, space::m, space::m, space::m);
    layout->setSpacing(space::s);
    auto* head = new QHBoxLayout;
    head->setSpacing(space::m);
    m_search = new QLineEdit(list);
    m_search->setObjectName(QStringLiteral("faultSearch"));
    m_search->setAccessibleName(tr("Search the faults"));
    m_search->setPlaceholderText(tr("Search: 429, gzip, cut, provider.garbage …"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_found->setFilterFixedString(text.trimmed());
        m_tree->expandAll();
        const QModelIndex family = m_found->index(0, 0);
        m_nothing->setVisible(!family.isValid());
        if (!m_tree->currentIndex().isValid() && family.isValid())
            m_tree->setCurrentIndex(m_found->index(0, 0, family));
    });
    m_onlyOn = new QCheckBox(tr("Only what &is on"), list);
    m_onlyOn->setObjectName(QStringLiteral("onlyOn"));
    m_onlyOn->setAccessibleName(tr("Only what is on"));
    connect(m_onlyOn, &QCheckBox::toggled, this, [this](bool only) {
        static_cast<FoundFaults*>(m_found)->setOnlyOn(only);
        m_tree->expandAll();
        m_nothing->setVisible(m_found->rowCount() == 0);
    });
    head->addWidget(m_search, 1);
    head->addWidget(m_onlyOn);
    layout->addLayout(head);
    m_tree = new QTreeView(list);
    m_tree->setObjectName(QStringLiteral("faultTree"));
    m_tree->setAccessibleName(tr("Faults"));
    m_tree->setModel(m_found);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setRootIsDecorated(true);
    m_tree->setIndentation(space::l);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    QHeaderView* header = m_tree->header();
    header->setSectionsMovable(false);
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(60);
    header->setSectionResizeMode(FaultsModel::FaultColumn, QHeaderView::Stretch);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FaultLab::showDetails);
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex& index) {
        if (index.parent().isValid())
            toggle();
    });
    layout->addWidget(m_tree, 1);
    m_nothing = new MutedLabel(tr("No fault is called that."), list);
    m_nothing->setObjectName(QStringLiteral("noFaultFound"));
    m_nothing->hide();
    layout->addWidget(m_nothing);
    layout->addWidget(hairline(Qt::Horizontal, list));
    auto* foot = new QHBoxLayout;
    m_summary = new Pill({}, Tone::Neutral, list);
    m_summary->setObjectName(QStringLiteral("faultSummary"));
    m_allOff = plainButton(tr("Switch &All Off"), QStringLiteral("faultsAllOff"), list);
    m_allOff->setAccessibleName(tr("Switch all faults off"));
    m_allOff->setAutoDefault(false);
    connect(m_allOff, &QPushButton::clicked, &m_faults, &SandboxFaults::switchAllOff);
    foot->addWidget(m_summary);
    foot->addStretch();
    foot->addWidget(m_allOff);
    layout->addLayout(foot);
    return list;
}

QWidget* FaultLab::makeDetails()
{
    auto* side = new SideColumn(SideColumn::Side::Right, kDetailsWidth, this);
    side->setHasFields();
    QVBoxLayout* body = side->body();
    m_title = wrapped(QStringLiteral("faultTitle"), side);
    m_title->setFont(Theme::font(TextSize::Large, QFont::DemiBold));
    m_id = wrapped(QStringLiteral("faultId"), side);
    m_id->setFont(Theme::monospace(TextSize::Small));
    m_what = wrapped(QStringLiteral("faultWhat"), side);
    body->addWidget(m_title);
    body->addWidget(m_id);
    body->addWidget(m_what);
    body->addSpacing(space::s);
    body->addWidget(new CaptionLabel(tr("How a run must come out of it"), side));
    m_expected = wrapped(QStringLiteral("faultExpected"), side);
    body->addWidget(m_expected);
    body->addSpacing(space::s);
    body->addWidget(new CaptionLabel(tr("In the last run"), side));
    m_last = wrapped(QStringLiteral("faultLast"), side);
    body->addWidget(m_last);
    body->addSpacing(space::s);
    body->addWidget(new CaptionLabel(tr("Switch"), side));

    auto* forLabel = new QLabel(tr("&Whom it hits"), side);
    m_target = new QComboBox(side);
    m_target->setObjectName(QStringLiteral("faultTarget"));
    m_target->setAccessibleName(tr("Whom the fault hits"));
    m_target->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    forLabel->setBuddy(m_target);
    auto* longLabel = new QLabel(tr("How &long"), side);
    m_howLong = new QComboBox(side);
    m_howLong->setObjectName(QStringLiteral("faultHowLong"));
    m_howLong->setAccessibleName(tr("How long the fault stays on"));
    m_howLong->addItem(tr("until it is switched off"));
    m_howLong->addItem(tr("for the next requests"));
    longLabel->setBuddy(m_howLong);
    m_next = new QSpinBox(side);
    m_next->setObjectName(QStringLiteral("faultNext"));
    m_next->setAccessibleName(tr("Number of requests"));
    m_next->setRange(1, kMostNext);
    m_next->setValue(3);
    m_next->hide();
    connect(m_howLong, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_next->setVisible(index == 1);
        updateSwitch();
    });
    connect(m_target, &QComboBox::currentIndexChanged, this, &FaultLab::updateSwitch);
    connect(m_next, &QSpinBox::valueChanged, this, &FaultLab::updateSwitch);
    body->addWidget(forLabel);
    body->addWidget(m_target);
    body->addWidget(longLabel);
    body->addWidget(m_howLong);
    body->addWidget(m_next);
    m_note = new MutedLabel({}, side);
    m_note->setObjectName(QStringLiteral("faultNote"));
    m_note->setWordWrap(true);
    body->addWidget(m_note);
    m_switch = primaryButton(tr("Switch &On"), QStringLiteral("faultSwitch"), side);
    m_switch->setAutoDefault(false);
    connect(m_switch, &QPushButton::clicked, this, &FaultLab::toggle);
    auto* row = new QHBoxLayout;
    row->addWidget(m_switch);
    row->addStretch();
    body->addSpacing(space::xs);
    body->addLayout(row);
    m_state = wrapped(QStringLiteral("faultState"), side);
    setTone(m_state, QStringLiteral("warn"));
    body->addWidget(m_state);
    body->addStretch();
    return side;
}

QString FaultLab::selectedId() const
{
    return m_tree->currentIndex().data(FaultsModel::IdRole).toString();
}

void FaultLab::select(const QString& id)
{
    QModelIndex wanted = m_found->mapFromSource(m_model->indexOf(id));
    if (!wanted.isValid() && !id.isEmpty()) {
        m_search->clear();
        m_onlyOn->setChecked(false);
        wanted = m_found->mapFromSource(m_model->indexOf(id));
    }
    if (!wanted.isValid())
        wanted = m_found->index(0, 0, m_found->index(0, 0));
    m_tree->setCurrentIndex(wanted);
    // The family is seen with the first of it.
    m_tree->scrollTo(wanted.row() == 0 ? wanted.parent() : wanted);
}

void FaultLab::showAll()
{
    const bool ready = m_faults.state() == SandboxFaults::State::Ready && !m_faults.faults().empty();
    m_stack->setCurrentIndex(ready ? 1 : 0);
    m_empty->button()->setVisible(m_faults.state() == SandboxFaults::State::NotReached ||
                                  m_faults.state() == SandboxFaults::State::Ready);
    switch (m_faults.state()) {
    case SandboxFaults::State::NoneToAsk:
        m_empty->setTexts(
            tr("No sandbox runs"),
            tr("Faults are played by the sandbox. This policy's endpoints are real ones, which are left "
               "alone; give one the address sandbox://local, or open the sample workspace."));
        break;
    case SandboxFaults::State::Asking:
        m_empty->setTexts(tr("The sandbox is being asked"), tr("Its faults appear here in a moment."));
        break;
    case SandboxFaults::State::NotReached:
        m_empty->setTexts(tr("No sandbox answers"), m_faults.problem());
        break;
    case SandboxFaults::State::Ready:
        m_empty->setTexts(tr("A sandbox without faults"),
                          tr("Its scenario names none. Start it with resources/scenarios/fault-lab.json."));
        break;
    }
    showTargets();
    const bool first = m_model->rowCount() == 0;
    m_model->show(m_faults, m_watch.verdicts());
    if (m_onlyOn->isChecked())
        m_found->invalidate();
    if (first && m_model->rowCount() > 0) {
        m_tree->expandAll();
        m_tree->setColumnWidth(FaultsModel::ExpectedColumn, 176);
        m_tree->setColumnWidth(FaultsModel::StateColumn, 104);
        m_tree->setColumnWidth(FaultsModel::LastColumn, 184);
        select({});
    }
    showDetails();
    const auto on = m_faults.switchedOn();
    m_summary->setText(on.empty() ? tr("none is on")
                                  : tr("%n fault(s) on", nullptr, static_cast<int>(on.size())));
    m_summary->setAccessibleName(m_summary->text());
    m_summary->setTone(on.empty() ? Tone::Neutral : Tone::Warn);
    m_allOff->setEnabled(!on.empty());
}

void FaultLab::showTargets()
{
    QStringList labels;
    for (const FaultTarget& target : m_faults.targets())
        labels << target.label;
    if (labels == m_targetsShown)
        return;
    m_targetsShown = labels;
    const QString before = m_target->currentText();
    const QSignalBlocker blocker(m_target);
    m_target->clear();
    for (const FaultTarget& target : m_faults.targets()) {
        QStringList names;
        for (const std::string& model : target.models)
            names << qs(model);
        m_target->addItem(target.tier >= 0 ? QIcon(tierDot(target.tier)) : QIcon(), target.label);
        m_target->setItemData(m_target->count() - 1, names.join(QStringLiteral(", ")), Qt::ToolTipRole);
    }
    m_target->setCurrentIndex(std::max(0, m_target->findText(before)));
}

FaultAim FaultLab::aim() const
{
    FaultAim aim{ss(selectedId()), {}, 0};
    const FaultState* fault = m_faults.fault(selectedId());
    const auto target = static_cast<std::size_t>(std::max(0, m_target->currentIndex()));
    if (fault && !hitsEveryModel(*fault) && target < m_faults.targets().size())
        aim.models = m_faults.targets()[target].models;
    if (fault && !endsByItself(*fault) && m_howLong->currentIndex() == 1)
        aim.next = m_next->value();
    return aim;
}

void FaultLab::showDetails()
{
    const FaultState* fault = m_faults.fault(selectedId());
    for (QWidget* part : QList<QWidget*>{m_target, m_howLong, m_next, m_switch})
        part->setEnabled(fault != nullptr);
    if (!fault) {
        m_shown.clear();
        m_title->setText(tr("Select a fault"));
        for (QLabel* label : {m_id, m_what, m_expected, m_last, m_state})
            label->clear();
        m_note->hide();
        return;
    }
    m_title->setText(faultTitle(*fault));
    m_id->setText(qs(fault->id));
    m_what->setText(kindInWords(fault->kind));
    m_expected->setText(expectedInWords(fault->expect));
    const auto verdict = m_watch.verdicts().find(fault->id);
    using Kind = FaultVerdict::Kind;
    if (verdict == m_watch.verdicts().end()) {
        m_last->setText(tr("It was not on."));
        setTone(m_last, QString());
    } else {
        const Kind kind = verdict->second.kind;
        m_last->setText((kind == Kind::AsExpected  ? QStringLiteral("✓ ")
                         : kind == Kind::Otherwise ? QStringLiteral("✗ ")
                                                   : QString()) +
                        verdict->second.reason);
        setTone(m_last, kind == Kind::AsExpected  ? QStringLiteral("good")
                        : kind == Kind::Otherwise ? QStringLiteral("bad")
                                                  : QString());
    }
    const bool aimable = !hitsEveryModel(*fault);
    const bool counts = !endsByItself(*fault);
    // How it is on is said below; another aim takes switching it off first.
    m_target->setEnabled(aimable && !fault->on);
    m_howLong->setEnabled(counts && !fault->on);
    m_next->setEnabled(counts && !fault->on);
    m_note->setVisible(!aimable || !counts);
    m_note->setText(
        !counts    ? tr("It hits every model, and goes off after a moment.")
        : !aimable ? tr("It ends connections before anybody knows which model is asked: it hits every one.")
                   : QString());
    if (m_shown != qs(fault->id)) {
        m_shown = qs(fault->id);
        if (fault->on) { // the fields say how it is on
            for (std::size_t i = 0; i < m_faults.targets().size(); ++i) {
                if (m_faults.targets()[i].models == fault->models)
                    m_target->setCurrentIndex(static_cast<int>(i));
            }
            m_howLong->setCurrentIndex(fault->left ? 1 : 0);
        }
    }
    if (!aimable)
        m_target->setCurrentIndex(0);
    if (!counts)
        m_howLong->setCurrentIndex(0);
    updateSwitch();
}

void FaultLab::updateSwitch()
{
    const FaultState* fault = m_faults.fault(selectedId());
    const bool on = fault && fault->on;
    m_switch->setText(on ? tr("Switch &Off") : tr("Switch &On"));
    m_switch->setAccessibleName(on ? tr("Switch the fault off") : tr("Switch the fault on"));
    QString state;
    if (on) {
        const QString target = m_faults.targetOf(*fault);
        state = target.isEmpty() ? tr("It is on for every model.") : tr("It is on for %1.").arg(target);
        if (fault->left)
            state += QLatin1Char(' ') +
                     tr("It goes off after %n more request(s).", nullptr, static_cast<int>(*fault->left));
        state += QLatin1Char(' ') + tr("It has hit %n request(s).", nullptr, static_cast<int>(fault->hits));
    }
    m_state->setText(state);
}

void FaultLab::toggle()
{
    const FaultState* fault = m_faults.fault(selectedId());
    if (!fault)
        return;
    if (fault->on)
        m_faults.switchOff(qs(fault->id));
    else
        m_faults.switchOn(aim());
}

void FaultLab::step(int by)
{
    const QModelIndex current = m_tree->currentIndex();
    const QModelIndex next = by > 0 ? m_tree->indexBelow(current) : m_tree->indexAbove(current);
    if (next.isValid())
        m_tree->setCurrentIndex(next);
}

bool FaultLab::eventFilter(QObject* watched, QEvent* event)
{
    // Up, Down and Enter work on the list while one types.
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        switch (key->key()) {
        case Qt::Key_Down:
            step(1);
            return true;
        case Qt::Key_Up:
            step(-1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            toggle();
            return true;
        default:
            break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace signalbox
