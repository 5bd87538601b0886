// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is selected in the Policy mode: one JSON Pointer, shared by outline, map, inspector and text. It may
// point deeper than an element ("/triggers/grounding/below"); element() is what the outline and the map show.

#include "ui/policy/element_pointer.h"

#include <QObject>

namespace signalbox {

class PolicySelection : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    const QString& pointer() const { return m_pointer; }
    QString element() const { return elementOf(m_pointer); }

    void select(const QString& pointer)
    {
        if (pointer == m_pointer)
            return;
        m_pointer = pointer;
        Q_EMIT changed(pointer);
    }
    /// Also when it is selected already: brings it into view everywhere, the text included.
    void goTo(const QString& pointer)
    {
        select(pointer);
        Q_EMIT revealed(pointer);
    }
    void editFirstField() { Q_EMIT editRequested(); }

Q_SIGNALS:
    void changed(const QString& pointer);
    void revealed(const QString& pointer);
    void editRequested();

private:
    QString m_pointer;
};

} // namespace signalbox
