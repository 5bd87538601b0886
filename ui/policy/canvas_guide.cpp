// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/canvas_guide.h"

#include "policy/policy.h"
#include "ui/theme/widgets.h"

#include <QVBoxLayout>

#include <array>

namespace signalbox {

namespace {

constexpr int kWidth = 344;

/// Whether a request that no rule takes gets anywhere.
bool leadsSomewhere(const Router& router)
{
    return router.kind != RouterKind::Fixed || !router.otherwiseId.empty();
}

} // namespace

CanvasGuide::CanvasGuide(QWidget* parent)
    : QFrame(parent), m_steps(new QLabel(this)), m_text(new QLabel(this)),
      m_button(primaryButton({}, QStringLiteral("guideButton"), this))
{
    setObjectName(QStringLiteral("canvasGuide"));
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("What the policy needs next"));
    setCursor(Qt::ArrowCursor);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::m, space::m, space::m, space::m);
    layout->setSpacing(space::s);
    layout->addWidget(new CaptionLabel(tr("To begin"), this));
    m_steps->setObjectName(QStringLiteral("guideSteps"));
    m_steps->setTextFormat(Qt::RichText);
    layout->addWidget(m_steps);
    m_text->setObjectName(QStringLiteral("guideText"));
    m_text->setWordWrap(true);
    m_text->setProperty("role", QStringLiteral("muted"));
    layout->addWidget(m_text);
    m_button->setAccessibleName(tr("Add Endpoint"));
    m_button->setFocusPolicy(Qt::TabFocus); // the map keeps the keys when it is pressed by mouse
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    setFixedWidth(kWidth);
    connect(m_button, &QPushButton::clicked, this, [this] {
        switch (m_step) {
        case Endpoint:
            Q_EMIT addRequested(QStringLiteral("endpoint"));
            break;
        case Model:
            Q_EMIT addRequested(QStringLiteral("model"));
            break;
        case Tier:
            Q_EMIT addRequested(QStringLiteral("tier"));
            break;
        case Route:
            Q_EMIT connectRequested();
            break;
        case Done:
            break;
        }
    });
    hide();
}

bool CanvasGuide::follow(const Policy& policy)
{
    present(policy.endpoints.empty()         ? Endpoint
            : policy.models.empty()          ? Model
            : policy.tiers.empty()           ? Tier
            : !leadsSomewhere(policy.router) ? Route
                                             : Done);
    return m_step != Done;
}

void CanvasGuide::present(Step step)
{
    if (step == m_step)
        return;
    m_step = step;
    setVisible(step != Done);
    if (step == Done)
        return;
    const std::array<QString, Done> names{tr("Endpoint"), tr("Model"), tr("Tier"), tr("Route")};
    QStringList parts;
    for (int i = 0; i < Done; ++i) {
        const QString name = names[static_cast<std::size_t>(i)].toHtmlEscaped();
        parts.append(i < step    ? QStringLiteral("✓ ") + name
                     : i == step ? QStringLiteral("<b>%1</b>").arg(name)
                                 : name);
    }
    m_steps->setText(parts.join(QStringLiteral(" › ")));
    switch (step) {
    case Endpoint:
        m_text->setText(tr("A server that answers. Here, or with the key E on the map."));
        m_button->setText(tr("Add Endpoint"));
        break;
    case Model:
        m_text->setText(
            tr("A model behind the endpoint, with its context window. The key M adds it as well."));
        m_button->setText(tr("Add Model"));
        break;
    case Tier:
        m_text->setText(
            tr("A rung of capability and cost, with the model in it. The key T adds it as well."));
        m_button->setText(tr("Add Tier"));
        break;
    default:
        m_text->setText(
            tr("Drag from the dot of the router to the tier, or press the button and then the tier."));
        m_button->setText(tr("Connect the Router"));
        break;
    }
    m_button->setAccessibleName(m_button->text());
    resize(kWidth, layout()->totalHeightForWidth(kWidth));
}

} // namespace signalbox
