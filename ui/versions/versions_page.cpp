// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/versions_page.h"

#include "ui/policy/policy_selection.h"
#include "ui/shell/action_table.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/export_policy.h"
#include "ui/shell/session.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"
#include "ui/versions/comparison.h"
#include "ui/versions/diff_map.h"
#include "ui/versions/text_diff.h"
#include "ui/versions/version_delegate.h"
#include "ui/versions/version_details.h"
#include "ui/versions/version_model.h"

#include <QCheckBox>
#include <QComboBox>
#include <QItemSelectionModel>
#include <QListView>
#include <QListWidget>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace signalbox {

namespace {

constexpr int kEditor = -1; ///< compared with what is in the editor
constexpr int kNothing = 0; ///< compared with nothing

struct History
{
    std::vector<std::string> names;
    std::vector<PolicyVersion> versions;
    std::vector<TagMove> moves;
};

class VersionsPage : public ModePage
{
    Q_OBJECT
public:
    VersionsPage(Session& session, QWidget* parent);

    QString title() const override { return tr("Versions"); }
    IconKind icon() const override { return IconKind::Versions; }
    QString helpText() const override
    {
        return tr(
            "<p>Every saved state of the policy, as a tree: who saved it, when, and why. Select one to see "
            "what it changed, on the map, in sentences and line by line; compare it with any other at the "
            "top.</p><p>Tags such as <i>production</i> stand on one version at a time and remember their "
            "way. Restoring an old version adds its content as a new one: nothing is ever overwritten.</p>");
    }
    void registerActions(ActionTable& actions) override;
    void activated() override { reload(); }
    bool reveal(const QString& target) override;
    bool isIdle() const override { return !m_loading && !m_comparing; }

private:
    QWidget* buildList();
    QWidget* buildMiddle();
    void reload();
    void adopt(History history);
    void fillOthers();
    void compare();
    void showComparison();
    void selectVersion(int version);
    const PolicyVersion* selected() const { return m_model->at(m_list->currentIndex().row()); }
    QString editedName() const;
    bool isInEditor(const PolicyVersion& version) const;
    void refreshDetails();
    void tag();
    void open();
    void restore();
    void exportVersion();

    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QComboBox* m_names;
    QListView* m_list;
    VersionModel* m_model;
    QLabel* m_heading;
    QComboBox* m_others;
    QTabBar* m_tabs;
    QStackedWidget* m_views;
    PolicySelection m_selection;
    DiffMap* m_map;
    QListWidget* m_changes;
    TextDiff* m_text;
    QCheckBox* m_whole;
    MutedLabel* m_summary;
    VersionDetails* m_details;
    std::vector<TagMove> m_moves;
    std::shared_ptr<const Comparison> m_comparison;
    Generation m_loadAsked;
    Generation m_compareAsked;
    QString m_wantedName;
    int m_wanted = 0;   ///< version to select after the next load
    int m_othersOf = 0; ///< the version that the choice to compare with belongs to
    int m_newest = 0;   ///< of what is shown
    bool m_loading = false;
    bool m_comparing = false;
};

VersionsPage::VersionsPage(Session& session, QWidget* parent)
    : ModePage(session, QStringLiteral("versions"), parent), m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState({}, {}, tr("Save Version"), this)), m_model(new VersionModel(this)),
      m_details(new VersionDetails(this))
{
    auto* page = new QWidget(this);
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(buildList());
    columns->addWidget(buildMiddle(), 1);
    columns->addWidget(m_details);
    m_stack->addWidget(page);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    setFocusProxy(m_list);
    foldWhenNarrow(m_details);

    m_empty->button()->setObjectName(QStringLiteral("versionsSaveFirst"));
    connect(m_empty->button(), &QPushButton::clicked, this, [this] {
        if (auto saved = this->session().saveVersion(); !saved)
            this->session().report(saved.error());
    });
    connect(m_details, &VersionDetails::tagRequested, this, &VersionsPage::tag);
    connect(m_details, &VersionDetails::openRequested, this, &VersionsPage::open);
    connect(m_details, &VersionDetails::restoreRequested, this, &VersionsPage::restore);
    connect(m_details, &VersionDetails::exportRequested, this, &VersionsPage::exportVersion);
    connect(m_details, &VersionDetails::untagRequested, this, [this](const QString& name) {
        if (const PolicyVersion* version = selected())
            this->session().setTag(qs(version->name), name, 0);
    });
    const auto catchUp = [this] {
        if (isActive())
            reload();
    };
    connect(&session, &Session::versionsChanged, this, catchUp);
    connect(&session, &Session::tracesChanged, this, catchUp);
    connect(&session, &Session::workspaceChanged, this, [this] {
        m_wantedName.clear();
        m_wanted = 0;
        // Answers that are still under way are dropped with their workspace.
        m_loadAsked.next();
        m_compareAsked.next();
        m_loading = m_comparing = false;
        adopt({});
        if (isActive())
            reload();
    });
    connect(&session.policy(), &PolicyEditor::versionChanged, this, [this] {
        m_model->setCurrent(editedName() == m_names->currentText() ? this->session().policy().version() : 0);
        refreshDetails();
    });
    adopt({});
}

QWidget* VersionsPage::buildList()
{
    auto* column = new QFrame(this);
    column->setProperty("role", QStringLiteral("panel"));
    column->setFixedWidth(300);
    m_names = new QComboBox(column);
    m_names->setObjectName(QStringLiteral("versionsPolicy"));
    m_names->setAccessibleName(tr("Policy"));
    m_list = new QListView(column);
    m_list->setObjectName(QStringLiteral("versionsList"));
    m_list->setAccessibleName(tr("Versions, newest first"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new VersionDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, space::m, 0, 0);
    layout->setSpacing(space::s);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(space::m, 0, space::m, 0);
    head->setSpacing(space::s);
    head->addWidget(new CaptionLabel(tr("Versions"), column));
    head->addWidget(m_names);
    layout->addLayout(head);
    layout->addWidget(m_list, 1);
    connect(m_names, &QComboBox::activated, this, [this] {
        m_wantedName = m_names->currentText();
        m_wanted = 0;
        reload();
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        fillOthers();
        refreshDetails();
        compare();
    });
    connect(m_list, &QListView::activated, this, [this] { open(); });
    return column;
}

QWidget* VersionsPage::buildMiddle()
{
    auto* column = new QFrame(this);
    auto* head = new QFrame(column);
    head->setProperty("role", QStringLiteral("panel"));
    m_heading = new QLabel(head);
    m_heading->setObjectName(QStringLiteral("versionsHeading"));
    m_heading->setFont(Theme::font(TextSize::Normal, QFont::DemiBold));
    m_others = new QComboBox(head);
    m_others->setObjectName(QStringLiteral("versionsOther"));
    m_others->setAccessibleName(tr("Compare with"));
    m_others->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_others->setMinimumContentsLength(18);
    m_others->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_others->setMaximumWidth(420);
    m_tabs = new QTabBar(head);
    m_tabs->setObjectName(QStringLiteral("versionsTabs"));
    m_tabs->setAccessibleName(tr("How the differences are shown"));
    m_tabs->setDrawBase(false);
    m_tabs->addTab(tr("Map"));
    m_tabs->addTab(tr("Text"));
    m_whole = new QCheckBox(tr("Whole text"), head);
    m_whole->setObjectName(QStringLiteral("versionsWhole"));
    m_whole->setVisible(false);
    auto* headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(space::m, space::s, space::m, space::s);
    headRow->setSpacing(space::s);
    headRow->addWidget(m_heading);
    headRow->addWidget(m_others, 1);
    headRow->addStretch();
    headRow->addWidget(m_whole);
    headRow->addWidget(m_tabs);

    m_views = new QStackedWidget(column);
    m_map = new DiffMap(m_selection, m_views);
    m_text = new TextDiff(m_views);
    m_views->addWidget(m_map);
    m_views->addWidget(m_text);

    auto* below = new QFrame(column);
    below->setProperty("role", QStringLiteral("panel"));
    m_summary = new MutedLabel({}, below);
    m_summary->setObjectName(QStringLiteral("versionsSummary"));
    m_changes = new QListWidget(below);
    m_changes->setObjectName(QStringLiteral("versionsChanges"));
    m_changes->setAccessibleName(tr("Changes"));
    m_changes->setFrameShape(QFrame::NoFrame);
    m_changes->setWordWrap(true);
    auto* belowLayout = new QVBoxLayout(below);
    belowLayout->setContentsMargins(space::m, space::s, space::m, space::s);
    belowLayout->setSpacing(space::xs);
    auto* captions = new QHBoxLayout;
    captions->addWidget(new CaptionLabel(tr("Changes"), below));
    captions->addWidget(m_summary, 1);
    belowLayout->addLayout(captions);
    belowLayout->addWidget(m_changes, 1);

    auto* splitter = new QSplitter(Qt::Vertical, column);
    splitter->setObjectName(QStringLiteral("versionsSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_views);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({560, 220});

    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(hairline(Qt::Horizontal, column));
    layout->addWidget(splitter, 1);

    connect(m_others, &QComboBox::activated, this, [this] { compare(); });
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_views->setCurrentIndex(tab);
        m_whole->setVisible(tab == 1);
    });
    connect(m_whole, &QCheckBox::toggled, m_text, &TextDiff::setWhole);
    connect(m_changes, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item)
            m_selection.select(item->data(Qt::UserRole).toString());
    });
    return column;
}

void VersionsPage::registerActions(ActionTable& actions)
{
    const auto add = [&](const char* id, const QString& text, QList<QKeySequence> keys, const QString& about,
                         auto run) {
        ActionSpec spec;
        spec.id = QLatin1String(id);
        spec.text = text;
        spec.place = this->id();
        spec.menu = QStringLiteral("Mode");
        spec.keys = std::move(keys);
        spec.explanation = about;
        actions.add(spec, this, [run](bool) { run(); });
    };
    add("versions.open", tr("&Open in Editor"), {QKeySequence(Qt::CTRL | Qt::Key_Return)},
        tr("Opens the selected version in the editor."), [this] { open(); });
    add("versions.restore", tr("&Restore as New Version"), {QKeySequence(Qt::CTRL | Qt::Key_R)},
        tr("Adds the content of the selected version as a new one."), [this] { restore(); });
    add("versions.tag", tr("&Tag…"), {QKeySequence(Qt::CTRL | Qt::Key_T)},
        tr("Puts a tag on the selected version."), [this] { tag(); });
    add("versions.export", tr("&Export This Version…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)},
        tr("Writes the selected version as a checked file."), [this] { exportVersion(); });
    add("versions.toggle_text", tr("Map or Te&xt"), {QKeySequence(Qt::CTRL | Qt::Key_D)},
        tr("Shows the differences on the map or line by line."),
        [this] { m_tabs->setCurrentIndex(1 - m_tabs->currentIndex()); });
}

QString VersionsPage::editedName() const
{
    const PolicyDocumentPtr document = session().policy().savedDocument();
    return document->policy ? qs(document->policy->name) : QString();
}

bool VersionsPage::isInEditor(const PolicyVersion& version) const
{
    const PolicyEditor& editor = session().policy();
    return editor.version() == version.version && qs(version.name) == editedName() && !editor.isModified();
}

void VersionsPage::reload()
{
    if (!session().isOpen()) {
        adopt({});
        return;
    }
    const quint64 ticket = m_loadAsked.next();
    m_loading = true;
    const std::string wanted = ss(m_wantedName.isEmpty() ? editedName() : m_wantedName);
    session().store().read(
        this,
        [wanted](WorkspaceReader& reader) -> Result<History> {
            History history;
            auto names = reader.policyNames();
            if (!names)
                return tl::unexpected<Error>(names.error());
            history.names = std::move(*names);
            if (history.names.empty())
                return history;
            const bool there =
                std::find(history.names.begin(), history.names.end(), wanted) != history.names.end();
            const std::string& name = there ? wanted : history.names.front();
            auto versions = reader.policyHistory(name);
            if (!versions)
                return tl::unexpected<Error>(versions.error());
            auto moves = reader.tagMoves(name);
            if (!moves)
                return tl::unexpected<Error>(moves.error());
            history.versions = std::move(*versions);
            history.moves = std::move(*moves);
            return history;
        },
        [this, ticket](Result<History> history) {
            if (!m_loadAsked.isCurrent(ticket))
                return;
            m_loading = false;
            if (history)
                adopt(std::move(*history));
            else
                session().report(history.error());
        });
}

void VersionsPage::adopt(History history)
{
    const PolicyVersion* before = selected();
    const bool wanted = m_wanted > 0;
    const int keep = wanted ? m_wanted : before ? before->version : 0;
    m_wanted = 0;
    const QString keptName = before ? qs(before->name) : QString();
    m_moves = std::move(history.moves);
    m_names->clear();
    for (const std::string& name : history.names)
        m_names->addItem(qs(name));
    m_names->setVisible(history.names.size() > 1);
    const QString name = history.versions.empty() ? QString() : qs(history.versions.front().name);
    m_names->setCurrentText(name);
    if (history.versions.empty()) {
        const bool open = session().isOpen();
        m_empty->setTexts(
            open ? tr("No version is saved yet") : tr("No workspace is open"),
            open ? tr("Every saved state of the policy will stand here, with what it changed. Nothing "
                      "is ever overwritten.")
                 : tr("Versions of policies are kept in a workspace. Open or create one first."));
        m_empty->button()->setVisible(open);
    }
    m_model->setVersions(std::move(history.versions));
    const int newest = m_model->rowCount() == 0 ? 0 : m_model->at(0)->version;
    m_model->setCurrent(editedName() == name ? session().policy().version() : 0);
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 1 : 0);
    // What was just saved is shown; else the selection stays where it is.
    const bool samePolicy = keptName == name;
    const bool arrived = samePolicy && m_newest > 0 && newest > m_newest;
    const bool stays = m_model->rowOf(keep) >= 0 && (wanted || (samePolicy && !arrived));
    m_newest = newest;
    selectVersion(stays ? keep : newest);
}

void VersionsPage::selectVersion(int version)
{
    const int row = m_model->rowOf(version);
    const QModelIndex index = m_model->index(std::max(row, 0));
    if (m_list->currentIndex() == index && index.isValid()) {
        fillOthers();
        refreshDetails();
        compare();
        return;
    }
    m_list->setCurrentIndex(index);
    if (!index.isValid()) {
        refreshDetails();
        m_comparison.reset();
        m_map->clear();
    }
}

void VersionsPage::fillOthers()
{
    const PolicyVersion* version = selected();
    const QVariant chosen = m_others->currentData();
    m_others->clear();
    if (!version)
        return;
    const bool ownParent = version->parent > 0 && version->parentName == version->name;
    if (!ownParent)
        m_others->addItem(tr("nothing: it is the first"), kNothing);
    for (const PolicyVersion& other : m_model->versions()) {
        if (other.version == version->version)
            continue;
        QString text = tr("v%1 · %2").arg(other.version).arg(qs(other.message));
        if (ownParent && other.version == version->parent)
            text = tr("v%1, which it was made from").arg(other.version);
        m_others->addItem(text, other.version);
    }
    m_others->addItem(tr("what is in the editor"), kEditor);
    m_others->setCurrentIndex(ownParent ? m_others->findData(version->parent) : 0);
    // A choice holds as long as the version does; a version that is new to the view begins with its parent.
    if (m_othersOf == version->version && m_others->findData(chosen) >= 0)
        m_others->setCurrentIndex(m_others->findData(chosen));
    m_othersOf = version->version;
    m_heading->setText(tr("v%1 compared with").arg(version->version));
}

void VersionsPage::compare()
{
    const PolicyVersion* version = selected();
    if (!version || m_others->count() == 0)
        return;
    const quint64 ticket = m_compareAsked.next();
    m_comparing = true;
    const int other = m_others->currentData().toInt();
    const PolicyDocumentPtr edited = session().policy().document();
    session().store().read(
        this,
        [name = version->name, number = version->version, other,
         edited](WorkspaceReader& reader) -> Result<std::shared_ptr<const Comparison>> {
            const auto documentOf = [&](int which) -> Result<PolicyDocumentPtr> {
                auto stored = reader.policyByReference(name + "@" + std::to_string(which));
                if (!stored)
                    return tl::unexpected<Error>(stored.error());
                return readPolicy(std::move(stored->text));
            };
            auto chosen = documentOf(number);
            if (!chosen)
                return tl::unexpected<Error>(chosen.error());
            if (other == kEditor)
                return compareDocuments(*chosen, edited);
            if (other == kNothing)
                return compareDocuments(nullptr, *chosen);
            auto before = documentOf(other);
            if (!before)
                return tl::unexpected<Error>(before.error());
            return compareDocuments(*before, *chosen);
        },
        [this, ticket](Result<std::shared_ptr<const Comparison>> done) {
            if (!m_compareAsked.isCurrent(ticket))
                return;
            m_comparing = false;
            if (!done) {
                session().report(done.error());
                return;
            }
            m_comparison = std::move(*done);
            showComparison();
        });
}

void VersionsPage::showComparison()
{
    const Comparison& comparison = *m_comparison;
    m_selection.select(QStringLiteral("@none")); // "" would be the request
    m_map->setDiff(comparison.graph);
    m_text->setLines(comparison.textBefore, comparison.textAfter, comparison.lines);
    m_changes->clear();
    for (const ChangeLine& line : comparison.changes) {
        auto* item =
            new QListWidgetItem(changeSign(line.kind) + QStringLiteral("  ") + line.sentence, m_changes);
        item->setData(Qt::UserRole, line.pointer);
        item->setData(Qt::AccessibleTextRole, changeWord(line.kind) + QStringLiteral(": ") + line.sentence);
        const Tone tone = line.kind == PolicyChange::Kind::Added     ? Tone::Good
                          : line.kind == PolicyChange::Kind::Removed ? Tone::Bad
                                                                     : Tone::Warn;
        item->setForeground(Theme::instance().foreground(tone));
    }
    QString said;
    if (!comparison.before)
        said = tr("It is the first: there is nothing to compare it with.");
    else if (!comparison.changes.empty())
        said = tr("%n change(s)", nullptr, static_cast<int>(comparison.changes.size()));
    else if (comparison.before->text != comparison.after->text)
        said = tr("Both say the same; only the layout differs.");
    else
        said = tr("Both are the same.");
    m_summary->setText(said);
    m_tabs->setTabText(1, comparison.before ? tr("Text +%1 −%2").arg(m_text->added()).arg(m_text->removed())
                                            : tr("Text"));
}

void VersionsPage::refreshDetails()
{
    const PolicyVersion* version = selected();
    m_details->show(version, m_moves, version && isInEditor(*version),
                    version && !m_model->versions().empty() &&
                        version->version == m_model->versions().front().version);
}

bool VersionsPage::reveal(const QString& target)
{
    const qsizetype at = target.lastIndexOf(QLatin1Char('@'));
    QString number = target.mid(at + 1);
    if (number.startsWith(QLatin1Char('v')))
        number.remove(0, 1);
    bool ok = false;
    const int version = number.toInt(&ok);
    if (!ok)
        return false;
    if (at > 0)
        m_wantedName = target.left(at);
    m_wanted = version;
    reload();
    return true;
}

void VersionsPage::tag()
{
    const PolicyVersion* version = selected();
    if (!version)
        return;
    const QString name = qs(version->name);
    const int number = version->version;
    bool ok = false;
    const QString said = Dialogs::current().askText(
        this, tr("Tag v%1").arg(number), tr("Tag (a–z, 0–9 and “-”); it leaves the version that has it now:"),
        QStringLiteral("production"), &ok);
    if (ok)
        session().setTag(name, said.trimmed(), number);
}

void VersionsPage::open()
{
    const PolicyVersion* version = selected();
    if (!version || isInEditor(*version))
        return;
    const QString name = qs(version->name);
    const int number = version->version;
    if (session().policy().isModified()) {
        const int answer = Dialogs::current().ask(
            this, tr("Open v%1").arg(number),
            tr("The policy in the editor has changes that are not saved as a version."),
            {tr("Save Version"), tr("Discard"), tr("Cancel")}, 0, 2);
        if (answer == 2)
            return;
        if (answer == 0) {
            if (auto saved = session().saveVersion(); !saved) {
                session().report(saved.error());
                return;
            }
        }
    }
    session().openVersion(name, number);
}

void VersionsPage::restore()
{
    if (const PolicyVersion* version = selected())
        session().restoreVersion(qs(version->name), version->version);
}

void VersionsPage::exportVersion()
{
    const PolicyVersion* version = selected();
    if (!version)
        return;
    const int number = version->version;
    session().store().read(
        this,
        [reference = version->name + "@" +
                     std::to_string(number)](WorkspaceReader& reader) -> Result<PolicyDocumentPtr> {
            auto stored = reader.policyByReference(reference);
            if (!stored)
                return tl::unexpected<Error>(stored.error());
            return readPolicy(std::move(stored->text));
        },
        [this, number](Result<PolicyDocumentPtr> document) {
            if (!document)
                session().report(document.error());
            else
                exportPolicyWithDialogs(session(), this, **document, number);
        });
}

} // namespace

ModePage* createVersionsPage(Session& session, QWidget* parent)
{
    return new VersionsPage(session, parent);
}

} // namespace signalbox

#include "versions_page.moc"
