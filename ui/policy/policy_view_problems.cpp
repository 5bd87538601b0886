// SPDX-License-Identifier: GPL-3.0-or-later
// What the Policy mode does about problems: goes to them, mends them, explains them.
#include "policy/edit.h"
#include "ui/policy/inspector.h"
#include "ui/policy/json_editor.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/policy_selection.h"
#include "ui/policy/policy_view.h"
#include "ui/policy/problems_model.h"
#include "ui/policy/problems_view.h"
#include "ui/policy/quick_fixes.h"
#include "ui/shell/help_library.h"
#include "ui/shell/policy_editor.h"
#include "ui/theme/text.h"
#include "ui/theme/widgets.h"

#include <QPushButton>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTabWidget>

namespace signalbox {

void PolicyView::refreshBottom()
{
    // Notes are listed but are no problems; the title row counts the same.
    const PolicyDocumentPtr document = m_policy.document();
    const int count = document->count(Severity::Error) + document->count(Severity::Warning);
    const QString title = count == 0 ? tr("Problems") : tr("Problems %1").arg(count);
    if (m_tabs->tabText(ProblemsTab) != title)
        m_tabs->setTabText(ProblemsTab, title);
    const int fixable = m_problemsModel->fixableCount();
    m_fixAll->setText(tr("Fix All (%1)").arg(fixable));
    m_fixAll->setAccessibleName(tr("Fix %n problem(s)", nullptr, fixable));
    m_fixAll->setVisible(fixable > 0);
    m_corner->setMinimumWidth(m_corner->sizeHint().width()); // in whatever language
    m_corner->setCurrentIndex(m_tabs->currentIndex()); // the pages are in the order of the tabs
}

void PolicyView::goToProblem(int row, bool focus)
{
    const Diagnostic* found = m_problemsModel->diagnosticAt(row);
    if (!found)
        return;
    const Diagnostic diagnostic = *found;
    const bool isBroken = !m_policy.document()->policy;
    if (!isBroken) {
        const QScopedValueRollback guard(m_selectingInText, true);
        m_selection->select(qs(diagnostic.pointer));
        map().showElement(m_selection->element());
    }
    m_json->selectBytes(diagnostic.offset, diagnostic.length);
    if (isBroken) { // only in the text can it be mended
        showTab(JsonTab);
        m_json->setFocus(Qt::OtherFocusReason);
    } else if (focus && m_column->isVisible()) {
        m_inspector->focusField(qs(diagnostic.pointer));
    }
}

void PolicyView::nextProblem()
{
    const int rows = m_problemsModel->rowCount();
    if (rows == 0)
        return;
    showTab(ProblemsTab);
    const int row = (m_problems->currentIndex().row() + 1) % rows;
    m_problems->setCurrentIndex(m_problemsModel->index(row, 0));
    goToProblem(row, false);
}

void PolicyView::fix(const Diagnostic& diagnostic, int which)
{
    const Diagnostic wanted = diagnostic; // the list may change under it
    m_json->flush();
    if (m_policy.isReading()) {
        Q_EMIT statusMessage(tr("The text is still being read; try again in a moment"));
        return;
    }
    const int row = m_problemsModel->rowOf(wanted);
    const Diagnostic* current = m_problemsModel->diagnosticAt(row);
    if (!current || which < 0 || which >= static_cast<int>(current->fixes.size())) {
        Q_EMIT statusMessage(tr("There is no certain remedy for this problem"));
        return;
    }
    const QuickFix& remedy = current->fixes[static_cast<std::size_t>(which)];
    m_policy.applyText(applyFix(m_policy.document()->text, remedy), tr("fix: %1").arg(qs(remedy.title)));
    // The next problem is at hand, so that a list is mended by one key.
    const int rows = m_problemsModel->rowCount();
    if (rows > 0)
        m_problems->setCurrentIndex(m_problemsModel->index(std::min(row, rows - 1), 0));
}

void PolicyView::fixInText()
{
    const std::size_t at = m_json->cursorByte();
    const PolicyDocumentPtr document = m_policy.document();
    if (const Diagnostic* diagnostic = diagnosticNear(*document, at, true))
        fix(*diagnostic, 0);
    else
        Q_EMIT statusMessage(tr("Nothing on this line has a certain remedy"));
}

void PolicyView::fixHere()
{
    if (m_json->hasFocus())
        fixInText();
    else if (const Diagnostic* diagnostic = m_problemsModel->diagnosticAt(m_problems->currentIndex().row()))
        fix(*diagnostic, 0);
    else
        fixAll();
}

void PolicyView::fixAll()
{
    m_json->flush();
    if (m_policy.isReading()) {
        Q_EMIT statusMessage(tr("The text is still being read; try again in a moment"));
        return;
    }
    m_policy.mend([](int count) { return tr("fix %n problem(s)", nullptr, count); }, this,
                  [this](int count) {
                      if (count == 0)
                          Q_EMIT statusMessage(tr("No problem has a certain remedy"));
                  });
}

QString PolicyView::helpTopic() const
{
    const int row = m_problems->currentIndex().row();
    if (m_problems->hasFocus()) {
        if (const Diagnostic* diagnostic = m_problemsModel->diagnosticAt(row))
            return qs(diagnostic->code);
    }
    if (m_json->hasFocus()) {
        const std::size_t at = m_json->cursorByte();
        const PolicyDocumentPtr document = m_policy.document();
        if (const Diagnostic* diagnostic = diagnosticNear(*document, at, false))
            return qs(diagnostic->code);
        return HelpLibrary::topicOfPointer(qs(pointerAt(document->text, at)));
    }
    if (m_inspector->isAncestorOf(focusWidget()) && m_selection->pointer().startsWith(QLatin1Char('/')))
        return HelpLibrary::topicOfPointer(m_selection->pointer());
    return {}; // of the view as a whole
}

} // namespace signalbox
