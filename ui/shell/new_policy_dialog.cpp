// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/new_policy_dialog.h"

#include "policy/document.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/policy_selection.h"
#include "ui/shell/policy_editor.h"
#include "ui/shell/traffic_text.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QRadioButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace signalbox {

namespace {

enum StartFrom { FromTraffic, FromTemplate, FromEmpty };

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setFont(Theme::font(TextSize::Large, QFont::DemiBold));
    label->setWordWrap(true);
    return label;
}

template <class Field>
Field* named(Field* field, const char* objectName, const QString& accessibleName)
{
    field->setObjectName(QLatin1String(objectName));
    field->setAccessibleName(accessibleName);
    return field;
}

void collectNotes(const PolicyDocument& document, QStringList& notes)
{
    // Notes are the only strings under a key of that name; the canonical form puts each on a line of its own.
    const QStringList lines = qs(document.text).split(QLatin1Char('\n'));
    static const QString kStart = QStringLiteral("\"note\": \"");
    for (const QString& line : lines) {
        QString text = line.trimmed();
        if (!text.startsWith(kStart))
            continue;
        text = text.mid(kStart.size());
        if (text.endsWith(QLatin1Char(',')))
            text.chop(1);
        if (text.endsWith(QLatin1Char('"')))
            text.chop(1);
        text.replace(QStringLiteral("\\\""), QStringLiteral("\""));
        if (!notes.contains(text))
            notes.append(text);
    }
}

} // namespace

NewPolicyDialog::NewPolicyDialog(QWidget* parent)
    : QDialog(parent), m_pages(new QStackedWidget(this)), m_start(new QButtonGroup(this)),
      m_selection(new PolicySelection(this)),
      m_back(plainButton(tr("Back"), QStringLiteral("newPolicyBack"), this)),
      m_next(primaryButton(tr("Next"), QStringLiteral("newPolicyNext"), this))
{
    setObjectName(QStringLiteral("newPolicyDialog"));
    setWindowTitle(tr("New Policy"));
    resize(900, 620);
    m_pages->addWidget(buildStart());
    m_pages->addWidget(buildTraffic());
    m_pages->addWidget(buildDetails());
    m_pages->addWidget(buildPreview());
    auto* cancel = plainButton(tr("Cancel"), QStringLiteral("newPolicyCancel"), this);
    m_next->setDefault(true);
    for (QPushButton* button : {m_back, cancel})
        button->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(space::l, space::m, space::l, space::l);
    buttons->setSpacing(space::s);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pages, 1);
    layout->addWidget(hairline(Qt::Horizontal, this));
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_back, &QPushButton::clicked, this, &NewPolicyDialog::back);
    connect(m_next, &QPushButton::clicked, this, &NewPolicyDialog::next);
    m_shapes->setCurrentRow(0);
    goTo(Start);
}

NewPolicyDialog::~NewPolicyDialog() = default;

QWidget* NewPolicyDialog::buildStart()
{
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(heading(tr("Start from"), page));
    const struct
    {
        StartFrom id;
        const char* name;
        QString text;
        QString about;
    } choices[] = {
        {FromTraffic, "newPolicyFromTraffic", tr("What my traffic looks like"),
         tr("A few questions; the answers decide the pattern, and the reasons stand in the policy.")},
        {FromTemplate, "newPolicyFromTemplate", tr("A template"),
         tr("One of the patterns as it stands, on the sandbox.")},
        {FromEmpty, "newPolicyFromEmpty", tr("An empty policy"),
         tr("A name and nothing else: build it on the map.")},
    };
    for (const auto& choice : choices) {
        auto* button = named(new QRadioButton(choice.text, page), choice.name, choice.text);
        button->setAccessibleDescription(choice.about);
        button->setFont(Theme::font(TextSize::Normal, QFont::DemiBold));
        m_start->addButton(button, choice.id);
        auto* about = new MutedLabel(choice.about, page);
        about->setContentsMargins(24, 0, 0, space::s);
        layout->addWidget(button);
        layout->addWidget(about);
    }
    m_start->button(FromTraffic)->setChecked(true);
    layout->addStretch(1);
    connect(m_start, &QButtonGroup::idToggled, this, [this] { refresh(); });
    return page;
}

QWidget* NewPolicyDialog::buildTraffic()
{
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::m);
    m_trafficTitle = heading({}, page);
    layout->addWidget(m_trafficTitle);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::l);
    m_shapes = named(new QListWidget(page), "newPolicyShapes", tr("Traffic"));
    m_shapes->setProperty("role", QStringLiteral("choices"));
    for (const TrafficInfo& info : trafficShapes()) {
        auto* item = new QListWidgetItem(trafficTitle(info.shape), m_shapes);
        item->setData(Qt::UserRole, static_cast<int>(info.shape));
    }
    m_shapeAbout = new QLabel(page);
    m_shapeAbout->setObjectName(QStringLiteral("newPolicyAbout"));
    m_shapeAbout->setWordWrap(true);
    m_shapeAbout->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_shapeAbout->setTextFormat(Qt::RichText);
    row->addWidget(m_shapes, 1);
    row->addWidget(m_shapeAbout, 1);
    layout->addLayout(row, 1);
    connect(m_shapes, &QListWidget::currentRowChanged, this, [this] {
        const TrafficShape chosen = shape();
        m_shapeAbout->setText(
            tr("<p>%1</p><p><b>Preferred:</b> %2</p><p>%3</p><p><b>Avoided:</b> %4</p>")
                .arg(trafficAbout(chosen).toHtmlEscaped(), trafficPrefer(chosen).toHtmlEscaped(),
                     trafficWhy(chosen).toHtmlEscaped(), trafficAvoid(chosen).toHtmlEscaped()));
        showUsualObjectives();
    });
    // Enter is the default button's: taken here as well, it would go two pages at once.
    connect(m_shapes, &QListWidget::itemDoubleClicked, this, [this] { next(); });
    return page;
}

QWidget* NewPolicyDialog::buildDetails()
{
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::m);
    layout->addWidget(heading(tr("What it must reach, and with what"), page));
    auto* form = new QFormLayout;
    form->setSpacing(space::s);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    const auto add = [form](const QString& text, QWidget* field) {
        field->setAccessibleName(text);
        form->addRow(text, field);
    };
    m_name = new QLineEdit(page);
    m_name->setObjectName(QStringLiteral("newPolicyName"));
    add(tr("Name"), m_name);
    m_p95 = new QSpinBox(page);
    m_p95->setObjectName(QStringLiteral("newPolicyP95"));
    m_p95->setRange(100, 3'600'000);
    m_p95->setSingleStep(100);
    m_p95->setSuffix(tr(" ms"));
    add(tr("p95 latency, at most"), m_p95);
    m_cost = new QDoubleSpinBox(page);
    m_cost->setObjectName(QStringLiteral("newPolicyCost"));
    m_cost->setRange(0.001, 1000);
    m_cost->setDecimals(3);
    m_cost->setSingleStep(0.01);
    m_cost->setPrefix(QStringLiteral("$"));
    add(tr("Cost per resolved request, at most"), m_cost);
    m_quality = new QDoubleSpinBox(page);
    m_quality->setObjectName(QStringLiteral("newPolicyQuality"));
    m_quality->setRange(0.9, 5);
    m_quality->setSingleStep(0.1);
    m_quality->setDecimals(1);
    m_quality->setSpecialValueText(tr("not stated"));
    m_quality->setSuffix(tr(" of 5, by a judge"));
    add(tr("Quality, at least"), m_quality);
    m_endpoints = new QComboBox(page);
    m_endpoints->setObjectName(QStringLiteral("newPolicyEndpoints"));
    m_endpoints->addItem(tr("The built-in sandbox: simulated models, no key"));
    m_endpoints->addItem(tr("A server of my own"));
    add(tr("Endpoints"), m_endpoints);
    m_personal = new QCheckBox(tr("Personal data stays on my own machines"), page);
    m_personal->setObjectName(QStringLiteral("newPolicyPersonal"));
    form->addRow(QString(), m_personal);
    layout->addLayout(form);

    m_ownServer = new QWidget(page);
    auto* own = new QFormLayout(m_ownServer);
    own->setContentsMargins(0, 0, 0, 0);
    own->setSpacing(space::s);
    QList<QWidget*> labels;
    for (int row = 0; row < form->rowCount(); ++row) {
        if (const QLayoutItem* item = form->itemAt(row, QFormLayout::LabelRole))
            labels.append(item->widget());
    }
    const auto addOwn = [this, own, &labels](const char* objectName, const QString& text, const QString& hint,
                                             const QString& value = {}) {
        auto* field = named(new QLineEdit(value, m_ownServer), objectName, text);
        field->setPlaceholderText(hint);
        own->addRow(text, field);
        labels.append(own->labelForField(field));
        connect(field, &QLineEdit::textChanged, this, &NewPolicyDialog::refresh);
        return field;
    };
    m_url = addOwn("newPolicyUrl", tr("Base URL"), QStringLiteral("https://api.example.com/v1"));
    m_key = addOwn("newPolicyKey", tr("Environment variable of its key"), QStringLiteral("EXAMPLE_API_KEY"));
    m_region = addOwn("newPolicyRegion", tr("Its region"), QStringLiteral("us"), QStringLiteral("us"));
    m_onPrem = addOwn("newPolicyOnPrem", tr("URL on my own machines"), tr("none"));
    m_small = addOwn("newPolicySmall", tr("Small model"), {}, QStringLiteral("small"));
    m_mid = addOwn("newPolicyMid", tr("Mid-size model"), {}, QStringLiteral("mid"));
    m_frontier = addOwn("newPolicyFrontier", tr("Frontier model"), {}, QStringLiteral("frontier"));
    m_judge = addOwn("newPolicyJudge", tr("Judge model"), {}, QStringLiteral("judge"));
    // Both forms read as one: their fields begin at the same place.
    int widest = 0;
    for (QWidget* label : std::as_const(labels)) {
        label->ensurePolished();
        widest = std::max(widest, label->sizeHint().width());
    }
    for (QWidget* label : std::as_const(labels))
        label->setMinimumWidth(widest);
    layout->addWidget(m_ownServer);
    m_missing = new MutedLabel({}, page);
    m_missing->setObjectName(QStringLiteral("newPolicyMissing"));
    layout->addWidget(m_missing);
    layout->addStretch(1);
    connect(m_endpoints, &QComboBox::currentIndexChanged, this, &NewPolicyDialog::refresh);
    connect(m_personal, &QCheckBox::toggled, this, &NewPolicyDialog::refresh);
    return page;
}

QWidget* NewPolicyDialog::buildPreview()
{
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_map = new PolicyMap(*m_selection, page);
    m_map->setObjectName(QStringLiteral("newPolicyMap"));
    m_map->setAccessibleName(tr("Map of the new policy"));
    m_reasons = new QLabel(page);
    m_reasons->setObjectName(QStringLiteral("newPolicyReasons"));
    m_reasons->setWordWrap(true);
    m_reasons->setTextFormat(Qt::RichText);
    m_reasons->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_reasons->setContentsMargins(space::xl, space::m, space::xl, space::m);
    m_reasons->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* scroll = new QScrollArea(page);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_reasons);
    layout->addWidget(m_map, 3);
    layout->addWidget(hairline(Qt::Horizontal, page));
    layout->addWidget(scroll, 2);
    return page;
}

bool NewPolicyDialog::isEmpty() const
{
    return m_start->checkedId() == FromEmpty;
}
bool NewPolicyDialog::isTemplate() const
{
    return m_start->checkedId() == FromTemplate;
}

TrafficShape NewPolicyDialog::shape() const
{
    const QListWidgetItem* item = m_shapes->currentItem();
    return item ? static_cast<TrafficShape>(item->data(Qt::UserRole).toInt()) : TrafficShape::EarlyProduct;
}

AssistantAnswers NewPolicyDialog::answers() const
{
    AssistantAnswers out;
    out.shape = shape();
    if (isTemplate())
        return out;
    out.name = ss(m_name->text().trimmed());
    out.p95LatencyMs = m_p95->value();
    out.costPerResolvedUsd = m_cost->value();
    if (m_quality->value() > m_quality->minimum())
        out.minQuality = m_quality->value();
    out.sandbox = m_endpoints->currentIndex() == 0;
    out.baseUrl = ss(m_url->text().trimmed());
    out.keyEnv = ss(m_key->text().trimmed());
    out.onPremUrl = ss(m_onPrem->text().trimmed());
    out.smallModel = ss(m_small->text().trimmed());
    out.midModel = ss(m_mid->text().trimmed());
    out.frontierModel = ss(m_frontier->text().trimmed());
    out.judgeModel = ss(m_judge->text().trimmed());
    out.region = ss(m_region->text().trimmed());
    out.personalDataStays = m_personal->isChecked();
    return out;
}

void NewPolicyDialog::showUsualObjectives()
{
    AssistantAnswers usual;
    usual.shape = shape();
    usual.today = "2026-01-01"; // of no matter here
    const PolicyDocumentPtr document = readPolicy(policyFromAnswers(usual));
    if (!document->policy || !m_p95)
        return;
    m_p95->setValue(static_cast<int>(document->policy->slo.p95LatencyMs.value_or(5000)));
    m_cost->setValue(document->policy->slo.costPerResolvedUsd.value_or(0.1));
    const bool compliance = usual.shape == TrafficShape::Compliance;
    m_personal->setEnabled(!compliance);
    if (compliance)
        m_personal->setChecked(true);
    m_name->setPlaceholderText(trafficTitle(usual.shape));
}

void NewPolicyDialog::goTo(int page)
{
    m_pages->setCurrentIndex(page);
    m_trafficTitle->setText(isTemplate() ? tr("Which pattern?") : tr("What does your traffic look like?"));
    if (page == Start)
        m_start->checkedButton()->setFocus(Qt::OtherFocusReason);
    else if (page == Traffic) {
        m_shapes->doItemsLayout(); // what was laid out unseen lacks the room that the style gives
        m_shapes->setFocus(Qt::OtherFocusReason);
    } else if (page == Details)
        m_name->setFocus(Qt::OtherFocusReason);
    else if (page == Preview)
        showPreview();
    refresh();
}

void NewPolicyDialog::refresh()
{
    if (!m_map)
        return; // still being built
    const int page = m_pages->currentIndex();
    m_back->setVisible(page != Start);
    const bool last = page == Preview || (page == Start && isEmpty());
    m_next->setText(last ? tr("Create") : tr("Next"));
    const bool own = m_endpoints->currentIndex() == 1;
    m_ownServer->setVisible(own);
    const QString missing = own && page == Details ? missingAnswerText(answers()) : QString();
    m_missing->setText(missing);
    m_next->setEnabled(missing.isEmpty());
}

void NewPolicyDialog::next()
{
    switch (m_pages->currentIndex()) {
    case Start:
        if (isEmpty()) {
            m_text = PolicyEditor::emptyText();
            accept();
            return;
        }
        goTo(Traffic);
        return;
    case Traffic:
        goTo(isTemplate() ? Preview : Details);
        return;
    case Details:
        if (m_next->isEnabled())
            goTo(Preview);
        return;
    default:
        accept();
    }
}

void NewPolicyDialog::back()
{
    const int page = m_pages->currentIndex();
    goTo(page == Preview && isTemplate() ? Traffic : std::max(page - 1, 0));
}

void NewPolicyDialog::showPreview()
{
    m_text = policyFromAnswers(answers());
    const PolicyDocumentPtr document = readPolicy(m_text);
    m_selection->select(QStringLiteral("@none"));
    if (document->policy)
        m_map->setGraph(graphOf(*document->policy), document->diagnostics);
    QStringList notes;
    collectNotes(*document, notes);
    QString text;
    for (qsizetype i = 0; i < notes.size(); ++i)
        text += (i == 0 ? QStringLiteral("<p>%1</p>") : QStringLiteral("<p>• %1</p>"))
                    .arg(notes[i].toHtmlEscaped());
    m_reasons->setText(text);
}

} // namespace signalbox
