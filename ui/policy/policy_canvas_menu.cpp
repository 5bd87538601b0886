// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas's menus.
#include "policy/policy.h"
#include "ui/policy/policy_canvas.h"
#include "ui/policy/policy_clipboard.h"
#include "ui/policy/policy_map.h"
#include "ui/policy/policy_selection.h"
#include "ui/shell/policy_editor.h"

#include <QAction>
#include <QMenu>

namespace signalbox {

void PolicyCanvas::addCreation(QMenu& menu)
{
    const auto document = m_policy.document();
    if (!document->policy)
        return;
    const Policy& policy = *document->policy;
    const auto offer = [&](const char* what, bool isUseful) {
        if (isUseful)
            menu.addAction(m_actions.at(QLatin1String(what)));
    };
    const RouterKind kind = policy.router.kind;
    offer("tier", true);
    offer("specialist", true);
    offer("rule", true);
    offer("map_row",
          kind == RouterKind::Scoring || kind == RouterKind::Classifier || kind == RouterKind::Embedding);
    offer("step", kind == RouterKind::Chain);
    offer("stage", policy.cascade.pattern == CascadePattern::Pipeline);
    offer("trigger", true);
    offer("rubric", true);
    offer("model", true);
    offer("endpoint", true);
}

void PolicyCanvas::addPatterns(QMenu& menu)
{
    const auto document = m_policy.document();
    if (!document->policy)
        return;
    QMenu* patterns = menu.addMenu(tr("Casc&ade Pattern"));
    patterns->setObjectName(QStringLiteral("patternMenu"));
    const std::pair<CascadePattern, QString> all[] = {
        {CascadePattern::Direct, tr("&Direct: one answer")},
        {CascadePattern::Waterfall, tr("&Waterfall: escalate from tier to tier")},
        {CascadePattern::Race, tr("&Race: several at once, the first good one wins")},
        {CascadePattern::SpecialistPool, tr("&Specialists: a pool, and where to go when unsure")},
        {CascadePattern::Pipeline, tr("&Pipeline: stages after each other")},
        {CascadePattern::Agreement, tr("&Agreement: two must say the same")},
        {CascadePattern::SelfConsistency, tr("Self-&Consistency: most of several samples")},
    };
    for (const auto& [pattern, text] : all) {
        QAction* made = patterns->addAction(text);
        made->setCheckable(true);
        made->setChecked(document->policy->cascade.pattern == pattern);
        made->setEnabled(!made->isChecked());
        connect(made, &QAction::triggered, this, [this, chosen = pattern] {
            apply([chosen](const PolicyDocument& current) { return setPattern(current, chosen); });
        });
    }
}

/// Every target that what is current can be connected with, and as what.
void PolicyCanvas::addConnections(QMenu& menu)
{
    constexpr int kMostTargets = 40;
    const auto document = m_policy.document();
    const auto from = m_map->currentEnd();
    if (!document->policy || !from)
        return;
    QMenu* targets = menu.addMenu(from->route.isEmpty() ? tr("Connect &to") : tr("Lead &to"));
    targets->setObjectName(QStringLiteral("targetMenu"));
    int count = 0;
    for (const GraphNode& node : m_map->graph().nodes) {
        const GraphEnd to = endOf(node);
        const ConnectionVerdict verdict = connectionVerdict(*document->policy, *from, to);
        for (const ConnectionChoice& choice : verdict.choices) {
            if (++count > kMostTargets)
                return;
            QAction* made = targets->addAction(choice.text);
            connect(made, &QAction::triggered, this, [this, from = *from, to, kind = choice.kind] {
                apply([&](const PolicyDocument& current) {
                    return signalbox::connectEnds(current, from, to, kind);
                });
            });
        }
    }
    if (count == 0) {
        const ConnectionVerdict verdict =
            connectionVerdict(*document->policy, *from, GraphEnd{GraphNode::Kind::Rules, -1, {}});
        targets->addAction(verdict.sentence())->setEnabled(false);
    }
}

void PolicyCanvas::showMenu(const QPoint& at)
{
    const auto document = m_policy.document();
    if (!document->policy)
        return;
    auto* menu = new QMenu(m_map);
    menu->setObjectName(QStringLiteral("canvasMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString element = editedElement(m_selection.pointer());
    const bool isSomething = !m_map->currentRect().isEmpty();
    if (isSomething) {
        menu->addAction(m_actions.at(QStringLiteral("edit")));
        addConnections(*menu);
        menu->addAction(m_actions.at(QStringLiteral("connect")));
        if (m_map->currentPillWithEdge())
            menu->addAction(m_actions.at(QStringLiteral("disconnect")));
        if (isRemovable(element)) {
            menu->addSeparator();
            menu->addAction(m_actions.at(QStringLiteral("rename")));
            for (const auto& [name, by] : {std::pair("up", -1), std::pair("down", 1)}) {
                QAction* move = m_actions.at(QLatin1String(name));
                menu->addAction(move);
                move->setEnabled(isMovable(*document, element, by));
            }
        }
        menu->addSeparator();
    }
    if (isCopyable(*document, m_selection.pointer())) {
        for (const char* name : {"cut", "copy", "duplicate"})
            menu->addAction(m_actions.at(QLatin1String(name)));
    }
    menu->addAction(m_actions.at(QStringLiteral("paste")));
    if (isSomething && isRemovable(element))
        menu->addAction(m_actions.at(QStringLiteral("delete")));
    menu->addSeparator();
    QMenu* create = isSomething ? menu->addMenu(tr("&Add")) : menu;
    addCreation(*create);
    menu->addSeparator();
    addPatterns(*menu);
    menu->addAction(m_actions.at(QStringLiteral("fit")));
    menu->popup(at);
}

} // namespace signalbox
