// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The built-in help as pages: the views, the chapters of the policy language, one page a diagnostic. Texts
// come from the program's resources; a diagnostic without a page of its own has the catalogue's line.

#include <QList>
#include <QString>
#include <QUrl>

namespace signalbox {

struct HelpPage
{
    QString topic; ///< "view/policy", "language", "language/router", "SB1203"
    QString title;
    QString chapter;  ///< under which it is listed
    QString markdown; ///< or, for a view, HTML
    bool isHtml = false;
};

class HelpLibrary
{
public:
    /// With the language and the diagnostics.
    HelpLibrary();
    /// Views are the window's: it adds them, before the other chapters.
    void addView(const QString& id, const QString& title, const QString& html);

    const QList<HelpPage>& pages() const { return m_pages; }
    /// Null when there is none. A chapter of the language that is not there is the language as a whole.
    const HelpPage* page(const QString& topic) const;
    /// The topic that a link of a page means: "SB1203.md", "../policy-language.md#router"; "" = none of ours.
    QString topicOf(const QUrl& link) const;
    /// Topics in which every word occurs, those with all of them in the title first.
    QStringList search(const QString& words) const;
    /// What the language says about an element: "/router/map/0" → "language/router".
    static QString topicOfPointer(const QString& pointer);

private:
    void addLanguage();
    void addDiagnostics();

    QList<HelpPage> m_pages;
    int m_views = 0;
};

} // namespace signalbox
