// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/inspector.h"

#include "ui/policy/inspector_form.h"
#include "ui/policy/policy_selection.h"
#include "ui/policy/snapshot.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace signalbox {

namespace {

/// The page for what is selected; for an element that went, the one that is left around it.
PageStep pageFor(const Snapshot& policy, const QString& pointer)
{
    if (pointer == QLatin1String(kPersonPointer))
        return policy.pageOf(QStringLiteral("/handoff"));
    PageStep page = policy.pageOf(pointer);
    while (!page.page.isEmpty()) {
        const QString above = page.page.left(page.page.lastIndexOf(QLatin1Char('/')));
        const bool mayBeMissing = page.isList || above.isEmpty(); // "/cache" is made when it is filled in
        if (mayBeMissing || policy.has(page.page))
            break;
        page = policy.pageOf(above);
    }
    return page;
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

void Inspector::update(bool force, const QString& focus)
{
    const PolicyDocumentPtr document = m_policy.document();
    Snapshot policy(document);
    if (!document->policy || !policy.isReadable()) {
        // What was last understood stays, but cannot be edited until the text can be read again.
        if (m_form)
            m_form->refresh(policy);
        return;
    }
    const PageStep page = pageFor(policy, m_selection.pointer());
    policy.setPage(page.page);
    const bool isSame = page.page == m_page.page && page.isList == m_page.isList;
    if (!isSame)
        m_revealed.clear();
    const QString shape = InspectorForm::shapeOf(policy, page, m_revealed);
    if (!force && m_form && isSame && shape == m_shape) {
        m_form->refresh(policy);
        return;
    }
    const QWidget* focused = QApplication::focusWidget();
    const bool keepsFocus = m_form && focused && m_form->isAncestorOf(focused);
    const QString focusName = !focus.isEmpty() ? focus : keepsFocus ? focused->objectName() : QString();
    int cursor = -1;
    QString typed;
    if (const auto* line = qobject_cast<const QLineEdit*>(focused); line && keepsFocus)
        cursor = line->cursorPosition();
    else if (const auto* text = qobject_cast<const QPlainTextEdit*>(focused); text && keepsFocus)
        cursor = text->textCursor().position(), typed = text->toPlainText();
    if (m_form) {
        m_form->hide();
        m_form->deleteLater(); // the change may come from one of its own fields
    }
    m_page = page;
    m_shape = shape;
    m_form = new InspectorForm(m_policy, m_selection, page, m_revealed, this);
    m_form->setObjectName(QStringLiteral("inspectorForm"));
    connect(m_form, &InspectorForm::failed, this, &Inspector::failed);
    connect(m_form, &InspectorForm::rebuildRequested, this,
            [this](const QString& name) { update(true, name); });
    m_form->build(policy);
    m_layout->addWidget(m_form);
    m_form->refresh(policy);
    m_form->show();
    orderTabs();
    if (focusName.isEmpty())
        return;
    auto* again = m_form->findChild<QWidget*>(focusName);
    if (!again && !focus.isEmpty()) { // an object that was asked for: its first field
        const auto all = m_form->findChildren<QWidget*>();
        for (QWidget* each : all) {
            if (each->objectName().startsWith(focus + QLatin1Char('/')) ||
                each->objectName().startsWith(focus + QLatin1Char('='))) {
                again = each;
                break;
            }
        }
    }
    if (!again && keepsFocus && !isSame) {
        m_form->focusFirst();
        return;
    }
    if (!again)
        return;
    again->setFocus();
    if (auto* line = qobject_cast<QLineEdit*>(again); line && cursor >= 0)
        line->setCursorPosition(cursor);
    if (auto* text = qobject_cast<QPlainTextEdit*>(again); text && cursor >= 0) {
        {
            // A pair that is half typed stays as it stands, as long as it says the same.
            const QSignalBlocker quiet(text);
            text->setPlainText(typed);
            m_form->refresh(policy);
        }
        QTextCursor place = text->textCursor();
        place.setPosition(std::min(cursor, static_cast<int>(text->toPlainText().size())));
        text->setTextCursor(place);
    }
}

void Inspector::setTabAnchor(QWidget* before)
{
    m_tabAnchor = before;
    orderTabs();
}

/// New widgets come last in the window's order of Tab; these belong behind the anchor.
void Inspector::orderTabs()
{
    if (!m_tabAnchor || !m_form)
        return;
    QList<QWidget*> fields;
    for (QWidget* each = m_form->nextInFocusChain(); each != m_form; each = each->nextInFocusChain()) {
        if (m_form->isAncestorOf(each) && (each->focusPolicy() & Qt::TabFocus) && !each->focusProxy())
            fields.append(each);
    }
    QWidget* before = m_tabAnchor;
    for (QWidget* field : std::as_const(fields)) {
        setTabOrder(before, field);
        before = field;
    }
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
    for (QString place = pointer; place.size() > m_page.page.size();
         place = place.left(place.lastIndexOf(QLatin1Char('/')))) {
        if (auto* field = m_form->findChild<QWidget*>(fieldName(place))) {
            field->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

} // namespace signalbox
