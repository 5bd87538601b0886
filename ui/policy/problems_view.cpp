// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/problems_view.h"

#include "policy/diagnostic.h"
#include "ui/policy/problem_delegate.h"
#include "ui/policy/problems_model.h"
#include "ui/theme/text.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kWide = 900;

bool isEnter(const QKeyEvent& event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

} // namespace

ProblemsView::ProblemsView(ProblemsModel& model, QWidget* parent) : QTableView(parent), m_problems(model)
{
    setObjectName(QStringLiteral("policyProblems"));
    setAccessibleName(tr("Problems of the policy"));
    setItemDelegate(new ProblemDelegate(*this)); // first: setting the model asks for the rows' heights
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setMouseTracking(true);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(20);
    horizontalHeader()->hide();
    horizontalHeader()->setMinimumSectionSize(40);
    horizontalHeader()->setSectionResizeMode(ProblemsModel::MessageColumn, QHeaderView::Stretch);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        if (column == ProblemsModel::MessageColumn)
            fitRows();
    });
    const auto place = [this] {
        placeColumns();
        fitRows();
    };
    connect(&model, &QAbstractItemModel::dataChanged, this, place);
    connect(&model, &QAbstractItemModel::rowsInserted, this, place);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, place);
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == ProblemsModel::FixColumn && isLink(index))
            Q_EMIT fixRequested(index.row(), 0);
        else if (isLink(index))
            Q_EMIT helpRequested(index.row());
        else
            Q_EMIT placeRequested(index.row(), false);
    });
    placeColumns();
    fitRows();
}

/// The code, what mends it and why are pressed like links.
bool ProblemsView::isLink(const QModelIndex& index) const
{
    return index.column() == ProblemsModel::HelpColumn || index.column() == ProblemsModel::CodeColumn ||
           (index.column() == ProblemsModel::FixColumn && !index.data().toString().isEmpty());
}

void ProblemsView::placeColumns()
{
    const bool isWide = width() >= kWide;
    // A word in whatever language has the room that it needs.
    const QFontMetrics metrics(Theme::font(TextSize::Normal));
    const auto roomFor = [&metrics](const QString& word) { return metrics.horizontalAdvance(word) + 24; };
    setColumnWidth(ProblemsModel::SeverityColumn, 84);
    setColumnWidth(ProblemsModel::CodeColumn, 72);
    // Places and fixes have no more room than the longest of them takes: it is the message that says what is wrong.
    const auto widest = [&](int column, int most) {
        int width = 0;
        for (int row = 0; row < std::min(m_problems.rowCount(), 200) && width < most; ++row)
            width = std::max(width, roomFor(m_problems.index(row, column).data().toString()));
        return std::min(width, most);
    };
    setColumnWidth(ProblemsModel::PlaceColumn, std::max(60, widest(ProblemsModel::PlaceColumn, isWide ? 190 : 130)));
    const int fix = roomFor(ProblemsModel::tr("Fix"));
    setColumnWidth(ProblemsModel::FixColumn, isWide ? std::max(fix, widest(ProblemsModel::FixColumn, 190)) : fix);
    setColumnWidth(ProblemsModel::HelpColumn, roomFor(ProblemsModel::tr("Why?")));
}

/// A line or two, and one for a hint; the current row has as many as its words need.
void ProblemsView::fitRows()
{
    const auto* delegate = static_cast<const ProblemDelegate*>(itemDelegate());
    const int wide = columnWidth(ProblemsModel::MessageColumn);
    for (int row = 0; row < m_problems.rowCount(); ++row) {
        const int height = delegate->heightOf(m_problems.index(row, ProblemsModel::MessageColumn), wide,
                                              row == currentIndex().row());
        if (rowHeight(row) != height)
            setRowHeight(row, height);
    }
}

void ProblemsView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    fitRows(); // before it is scrolled to
    QTableView::currentChanged(current, previous);
}

void ProblemsView::resizeEvent(QResizeEvent* event)
{
    placeColumns();
    QTableView::resizeEvent(event);
}

bool ProblemsView::event(QEvent* event)
{
    // Ahead of the window's shortcuts: here F1 and Alt+Enter mean the problem at hand.
    if (event->type() == QEvent::ShortcutOverride && currentIndex().isValid()) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (key.key() == Qt::Key_F1 || (isEnter(key) && key.modifiers().testFlag(Qt::AltModifier))) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

void ProblemsView::keyPressEvent(QKeyEvent* event)
{
    const int row = currentIndex().row();
    if (row >= 0 && event->key() == Qt::Key_F1) {
        Q_EMIT helpRequested(row);
    } else if (row >= 0 && isEnter(*event)) {
        if (event->modifiers().testFlag(Qt::AltModifier))
            Q_EMIT fixRequested(row, 0);
        else
            Q_EMIT placeRequested(row, true);
    } else if (row >= 0 && event->matches(QKeySequence::Copy)) {
        const Diagnostic& diagnostic = *m_problems.diagnosticAt(row);
        QGuiApplication::clipboard()->setText(
            QStringLiteral("%1 %2 %3")
                .arg(qs(diagnostic.code), qs(diagnostic.pointer), qs(diagnostic.message)));
    } else {
        QTableView::keyPressEvent(event);
    }
}

void ProblemsView::mouseMoveEvent(QMouseEvent* event)
{
    viewport()->setCursor(isLink(indexAt(event->position().toPoint())) ? Qt::PointingHandCursor
                                                                       : Qt::ArrowCursor);
    QTableView::mouseMoveEvent(event);
}

void ProblemsView::contextMenuEvent(QContextMenuEvent* event)
{
    const int row = currentIndex().row();
    const Diagnostic* diagnostic = m_problems.diagnosticAt(row);
    if (!diagnostic)
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("problemMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int i = 0; i < static_cast<int>(diagnostic->fixes.size()); ++i) {
        const QString title = qs(diagnostic->fixes[static_cast<std::size_t>(i)].title);
        menu->addAction(tr("Fix: %1").arg(QString(title).replace(QLatin1Char('&'), QLatin1String("&&"))),
                        this, [this, row, i] { Q_EMIT fixRequested(row, i); });
    }
    menu->addAction(tr("Go to the Place"), this, [this, row] { Q_EMIT placeRequested(row, true); });
    menu->addAction(tr("Why Is This a Problem?"), this, [this, row] { Q_EMIT helpRequested(row); });
    const QPoint at = event->reason() == QContextMenuEvent::Keyboard
                          ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                          : event->globalPos();
    menu->popup(at);
}

void ProblemsView::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setFont(Theme::font(TextSize::Normal));
    painter.setPen(Theme::instance().colors().muted);
    painter.drawText(viewport()->rect(), Qt::AlignCenter,
                     tr("No problems. The policy can be run and exported."));
}

} // namespace signalbox
