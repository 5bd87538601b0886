// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The whole map, small, in a corner: where things are and which part is in view. A click or a drag moves the
// view. It hides itself when everything is in view anyway.

#include <QWidget>

namespace signalbox {

class PolicyMap;

class PolicyMinimap : public QWidget
{
    Q_OBJECT
public:
    explicit PolicyMinimap(PolicyMap& map);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    QTransform fromScene() const;
    PolicyMap& m_map;
};

} // namespace signalbox
