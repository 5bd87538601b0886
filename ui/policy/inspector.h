// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Explains and edits the selected element. The form is built anew when another element is selected or its
// shape changes (a tier more, a rule with another effect); else its fields follow the policy, also while a
// person is in one of them.

#include "policy/document.h"
#include "ui/policy/field_catalogue.h"

#include <QSet>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QVBoxLayout;
QT_END_NAMESPACE

namespace signalbox {

class InspectorForm;
class PolicyEditor;
class PolicySelection;

class Inspector : public QWidget
{
    Q_OBJECT
public:
    Inspector(PolicyEditor& policy, PolicySelection& selection, QWidget* parent = nullptr);

    void focusFirst();
    /// Tab goes from there to the first field, however often the fields are made anew.
    void setTabAnchor(QWidget* before);
    /// The first field at or under the pointer gets the focus, if there is one.
    void focusField(const QString& pointer);

Q_SIGNALS:
    void failed(const signalbox::Error& error); ///< an edit that cannot be made; one message says why

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void update(bool force, const QString& focus = {});
    void orderTabs();
    PolicyEditor& m_policy;
    PolicySelection& m_selection;
    QVBoxLayout* m_layout;
    InspectorForm* m_form = nullptr;
    PageStep m_page;
    QString m_shape;
    QWidget* m_tabAnchor = nullptr;
    QSet<QString> m_revealed; ///< what was asked for on this page and is not stated yet
};

} // namespace signalbox
