// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The row above the pages: which policy and workspace, whether endpoints are the sandbox, which version and
// how many problems, and the way to anything.

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace signalbox {

class ElidedLabel;
class Pill;
class Session;

class TitleRow : public QFrame
{
    Q_OBJECT
public:
    TitleRow(Session& session, QWidget* parent);

Q_SIGNALS:
    void problemsRequested();
    void paletteRequested();

private:
    void refresh();
    Session& m_session;
    ElidedLabel* m_policy;
    ElidedLabel* m_workspace;
    Pill* m_sandbox;
    Pill* m_version;
    Pill* m_palette;
};

} // namespace signalbox
