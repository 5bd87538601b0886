// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_view.h"

#include "ui/charts/chart_theme.h"
#include "ui/theme/theme.h"

#include <QChart>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace signalbox {

ChartView::ChartView(QWidget* parent) : QChartView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setFocusPolicy(Qt::TabFocus);
    setMinimumSize(120, 90);
    chart()->setAnimationOptions(QChart::NoAnimation); // figures come while runs are live
    const auto follow = [this] {
        applyTheme(chart());
        setBackgroundBrush(Theme::instance().colors().panel);
    };
    connect(&Theme::instance(), &Theme::changed, this, follow);
    follow();
}

void ChartView::zoom(double factor)
{
    QRectF area = chart()->plotArea();
    if (!m_zoomable || factor <= 0 || area.width() <= 0)
        return;
    const double width = area.width() / factor;
    area.setLeft(area.center().x() - width / 2);
    area.setWidth(width);
    chart()->zoomIn(area);
}

void ChartView::pan(double shareOfWidth)
{
    if (m_zoomable && chart()->isZoomed())
        chart()->scroll(chart()->plotArea().width() * shareOfWidth, 0);
}

void ChartView::resetZoom()
{
    chart()->zoomReset();
}

void ChartView::mousePressEvent(QMouseEvent* event)
{
    // QChartView::mousePressEvent dereferences the item under the cursor without looking whether there is
    // one.
    if (itemAt(event->position().toPoint()))
        QChartView::mousePressEvent(event);
    if (m_zoomable && event->button() == Qt::LeftButton && chart()->isZoomed()) {
        m_panning = true;
        m_last = event->position();
    }
    event->accept();
}

void ChartView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_panning) {
        QChartView::mouseMoveEvent(event);
        return;
    }
    chart()->scroll(m_last.x() - event->position().x(), 0);
    m_last = event->position();
}

void ChartView::mouseReleaseEvent(QMouseEvent* event)
{
    m_panning = false;
    if (itemAt(event->position().toPoint()))
        QChartView::mouseReleaseEvent(event);
    event->accept();
}

void ChartView::mouseDoubleClickEvent(QMouseEvent* event)
{
    resetZoom();
    event->accept();
}

void ChartView::wheelEvent(QWheelEvent* event)
{
    if (!m_zoomable || !(event->modifiers() & Qt::ControlModifier)) {
        event->ignore(); // the page below scrolls
        return;
    }
    zoom(std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void ChartView::keyPressEvent(QKeyEvent* event)
{
    const int key = m_zoomable ? event->key() : 0;
    if (key == Qt::Key_Plus || key == Qt::Key_Equal)
        zoom(1.25);
    else if (key == Qt::Key_Minus)
        zoom(0.8);
    else if (key == Qt::Key_0)
        resetZoom();
    else if (key == Qt::Key_Left || key == Qt::Key_Right)
        pan(key == Qt::Key_Left ? -0.1 : 0.1);
    else
        QWidget::keyPressEvent(event);
}

} // namespace signalbox
