// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/inspector.h"

#include "ui/policy/inspector_pages.h"
#include "ui/policy/policy_selection.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"

#include <QApplication>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace signalbox {

namespace {

/// What decides which fields there are: when it changes, the form is built anew.
QString shapeOf(const Policy& policy, const QString& element)
{
    QStringList parts;
    const auto ids = [&](const auto& list) {
        for (const auto& part : list)
            parts.append(qs(part.id));
        parts.append(QStringLiteral("|"));
    };
    ids(policy.endpoints);
    ids(policy.models);
    ids(policy.tiers);
    ids(policy.rules);
    ids(policy.rubrics);
    ids(policy.triggers);
    ids(policy.router.signals);
    parts.append(QString::number(policy.router.map.size()));
    parts.append(QString::number(static_cast<int>(policy.router.kind)));
    parts.append(QString::number(policy.slo.minQuality ? policy.slo.minQuality->of : 0));
    const QStringList tokens = pointerParts(element);
    if (element.startsWith(QLatin1String("/rules/"))) {
        if (const Rule* rule = elementIn(policy.rules, tokens.value(1)))
            parts.append(
                QStringLiteral("%1%2").arg(!rule->excludeIds.empty()).arg(!rule->allowResidency.empty()));
    } else if (element.startsWith(QLatin1String("/triggers/"))) {
        if (const Trigger* trigger = elementIn(policy.triggers, tokens.value(1)))
            parts.append(QString::number(static_cast<int>(trigger->gate)) + QString::number(trigger->of));
    }
    return parts.join(QLatin1Char('/'));
}

bool fill(InspectorForm& form, const Policy& policy, const QString& element)
{
    const QStringList parts = pointerParts(element);
    if (element.isEmpty())
        return fillPolicy(form, policy);
    if (element == QLatin1String(kPersonPointer))
        return fillPerson(form, policy);
    const QString head = parts.value(0);
    if (head == QLatin1String("router"))
        return parts.size() > 2 ? fillMapRow(form, policy, element) : fillRouter(form, policy);
    if (head == QLatin1String("slo"))
        return fillObjectives(form, policy);
    if (head == QLatin1String("retrieval"))
        return fillRetrieval(form, policy);
    if (head == QLatin1String("cascade"))
        return fillCascade(form, policy);
    if (parts.size() == 1)
        return fillList(form, policy, element);
    if (head == QLatin1String("endpoints"))
        return fillEndpoint(form, policy, element);
    if (head == QLatin1String("models"))
        return fillModel(form, policy, element);
    if (head == QLatin1String("tiers"))
        return fillTier(form, policy, element);
    if (head == QLatin1String("rules"))
        return fillRule(form, policy, element);
    if (head == QLatin1String("rubrics"))
        return fillRubric(form, policy, element);
    if (head == QLatin1String("triggers"))
        return fillTrigger(form, policy, element);
    return false;
}

} // namespace

Inspector::Inspector(PolicyEditor& policy, PolicySelection& selection, QWidget* parent)
    : QWidget(parent), m_policy(policy), m_selection(selection), m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("policyInspector"));
    setAccessibleName(tr("Inspector"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    connect(&selection, &PolicySelection::changed, this, [this] { update(false); });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (now && isAncestorOf(now))
            now->installEventFilter(this);
    });
    connect(&policy, &PolicyEditor::documentChanged, this, [this] { update(false); });
    update(true);
}

/// Undo and redo are the window's: a field that has the focus would take the keys for itself.
bool Inspector::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void Inspector::update(bool force)
{
    const PolicyDocumentPtr document = m_policy.document();
    const QString element = m_selection.element();
    if (!document->policy) {
        // What was last understood stays, but cannot be edited until the text can be read again.
        if (m_form)
            m_form->refresh(*document, m_element);
        return;
    }
    const QString shape = shapeOf(*document->policy, element);
    if (force || !m_form || element != m_element || shape != m_shape) {
        const QWidget* focused = QApplication::focusWidget();
        const QString focusName = m_form && focused && m_form->isAncestorOf(focused) && element == m_element
                                      ? focused->objectName()
                                      : QString();
        if (m_form) {
            m_form->hide();
            m_form->deleteLater(); // the change may come from one of its own fields
        }
        m_form = new InspectorForm(m_policy, m_selection, this);
        m_form->setObjectName(QStringLiteral("inspectorForm"));
        if (!fill(*m_form, *document->policy, element)) {
            m_form->title(tr("Gone"), element);
            m_form->note(tr("The policy has no such element now."));
        }
        m_form->finish();
        m_layout->addWidget(m_form);
        m_element = element;
        m_shape = shape;
        m_form->refresh(*document, element);
        m_form->show();
        if (!focusName.isEmpty()) {
            if (auto* again = m_form->findChild<QWidget*>(focusName))
                again->setFocus();
        }
        return;
    }
    m_form->refresh(*document, element);
}

void Inspector::focusFirst()
{
    if (m_form)
        m_form->focusFirst();
}

void Inspector::focusField(const QString& pointer)
{
    if (!m_form)
        return;
    for (QString place = pointer; place.size() > m_element.size();
         place = place.left(place.lastIndexOf(QLatin1Char('/')))) {
        if (auto* field = m_form->findChild<QWidget*>(fieldName(place))) {
            field->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

} // namespace signalbox
