// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A mode of the main window: Policy, Playground, Traces, Tuning, Dashboard. Each lives in its own folder of
// ui/ and is made by one function, create<Mode>Page(Session&, QWidget*), declared in ui/<mode>/<mode>_page.h.

#include "ui/theme/icons.h"

#include <QWidget>

#include <vector>

namespace signalbox {

class ActionTable;
class Session;

class ModePage : public QWidget
{
    Q_OBJECT
public:
    /// `id` is the folder's name: "policy", "playground" … It becomes the objectName with "Page" behind it.
    ModePage(Session& session, const QString& id, QWidget* parent);

    const QString& id() const { return m_id; }
    virtual QString title() const = 0;
    virtual IconKind icon() const = 0;
    /// What F1 shows: what this mode is for and how to begin, one or two short paragraphs (rich text).
    virtual QString helpText() const = 0;
    /// The page of the help on the place where the focus is, such as "SB1203"; "" = helpText().
    virtual QString helpTopic() const { return {}; }

    /// A key that works in a part of the page only, and is in no table of actions.
    struct PlaceKey
    {
        QString keys;
        QString text;
        QString explanation;
    };
    struct PlaceKeys
    {
        QString place; ///< "On the map"
        std::vector<PlaceKey> keys;
    };
    virtual std::vector<PlaceKeys> placeKeys() const { return {}; }

    /// Called once, after construction: register the mode's own actions with `place` = id().
    virtual void registerActions(ActionTable&) {}

    /// The page has become the visible one: catch up with what changed while it was hidden (isActive() is
    /// already true).
    virtual void activated() {}
    /// Another page is shown: stop polling and animating.
    virtual void deactivated() {}

    /// Goes to a thing in this mode. Policy: a JSON Pointer by id ("/rules/legal"), "problems" or
    /// "problem:INDEX"; Traces: a trace id, or "reason:CODE"; Playground: "prompt:TEXT",
    /// "dataset:NAME", "trace:ID", "faults" or "fault:ID".
    /// False when it is not known here.
    virtual bool reveal(const QString& /*target*/) { return false; }

    /// Nothing is loading or running for this page: pictures of it can be taken.
    virtual bool isIdle() const { return true; }

    bool isActive() const { return m_active; }
    void setActive(bool active); ///< the main window's

protected:
    Session& session() const { return m_session; }
    /// The column folds away while the page is narrower than 1200 − rail; call once for the right column.
    void foldWhenNarrow(QWidget* column);
    /// It stays away also in a wide window, as long as it has nothing to say.
    void setWanted(QWidget* column, bool wanted);
    void resizeEvent(QResizeEvent* event) override;

private:
    void fold();
    Session& m_session;
    QString m_id;
    bool m_active = false;
    QList<QWidget*> m_folding;
    QList<QWidget*> m_unwanted; ///< of those
};

} // namespace signalbox
