// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an empty policy needs next, over the map until a request can get through: an endpoint, a model behind
// it, a tier with the model, and a router that leads there.

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace signalbox {

struct Policy;

class CanvasGuide : public QFrame
{
    Q_OBJECT
public:
    explicit CanvasGuide(QWidget* parent);

    /// Whether there is anything left to say; hidden when not.
    bool follow(const Policy& policy);

Q_SIGNALS:
    void addRequested(const QString& what); ///< "endpoint", "model", "tier"
    void connectRequested();                ///< the router with a target

private:
    enum Step { Endpoint, Model, Tier, Route, Done };
    void present(Step step);

    Step m_step = Done;
    QLabel* m_steps;
    QLabel* m_text;
    QPushButton* m_button;
};

} // namespace signalbox
