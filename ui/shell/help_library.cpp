// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/help_library.h"

#include "policy/diagnostic_codes.h"
#include "ui/theme/text.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace signalbox {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("signalbox::HelpLibrary", text);
}

QString resourceText(const QString& path)
{
    QFile file(QStringLiteral(":/signalbox/help/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// As code hosts make anchors of headings: "Cascade, rubrics, triggers" → "cascade-rubrics-triggers".
QString anchorOf(const QString& heading)
{
    QString out;
    for (const QChar c : heading.toLower()) {
        if (c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-'))
            out += c;
        else if (c == QLatin1Char(' '))
            out += QLatin1Char('-');
    }
    return out;
}

QString severityInWords(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return tr("An error: the policy cannot be run or exported until it is mended.");
    case Severity::Warning:
        return tr("A warning: the policy runs, but hardly as it was meant.");
    case Severity::Note:
        return tr("A note: worth knowing, nothing has to be done.");
    }
    return {};
}

} // namespace

HelpLibrary::HelpLibrary()
{
    addLanguage();
    addDiagnostics();
}

void HelpLibrary::addView(const QString& id, const QString& title, const QString& html)
{
    m_pages.insert(m_views++, {QStringLiteral("view/") + id, title, tr("Views"),
                               QStringLiteral("<h2>%1</h2>").arg(title.toHtmlEscaped()) + html, true});
}

void HelpLibrary::addLanguage()
{
    // One page a chapter; what stands before the first is the introduction.
    const QString chapter = tr("Policy language");
    const QStringList lines = resourceText(QStringLiteral("policy-language.md")).split(QLatin1Char('\n'));
    HelpPage page{QStringLiteral("language"), tr("Introduction"), chapter, {}, false};
    bool inFence = false;
    for (const QString& line : lines) {
        if (line.startsWith(QLatin1String("```")))
            inFence = !inFence;
        if (!inFence && line.startsWith(QLatin1String("## "))) {
            m_pages.append(page);
            const QString title = line.mid(3).trimmed();
            page = {QStringLiteral("language/") + anchorOf(title), title, chapter, {}, false};
        }
        page.markdown += line + QLatin1Char('\n');
    }
    m_pages.append(page);
}

void HelpLibrary::addDiagnostics()
{
    for (const DiagnosticInfo& info : diagnosticCatalogue()) {
        const QString code = qs(info.code);
        QString text = resourceText(QStringLiteral("diagnostics/%1.md").arg(code));
        if (text.isEmpty())
            text = QStringLiteral("## %1 · %2\n\n%3\n")
                       .arg(code, qs(info.title), severityInWords(info.severity));
        m_pages.append(
            {code, QStringLiteral("%1  %2").arg(code, qs(info.title)), tr("Diagnostics"), text, false});
    }
}

const HelpPage* HelpLibrary::page(const QString& topic) const
{
    for (const HelpPage& page : m_pages) {
        if (page.topic == topic)
            return &page;
    }
    return topic.startsWith(QLatin1String("language/")) ? page(QStringLiteral("language")) : nullptr;
}

QString HelpLibrary::topicOf(const QUrl& link) const
{
    const QString name = QFileInfo(link.path()).completeBaseName();
    static const QRegularExpression code(QStringLiteral("^SB[0-9]{4}$"));
    if (code.match(name).hasMatch())
        return page(name) ? name : QString();
    if (name == QLatin1String("policy-language") || (link.path().isEmpty() && link.hasFragment()))
        return link.hasFragment() ? QStringLiteral("language/") + link.fragment()
                                  : QStringLiteral("language");
    return link.isRelative() && page(link.path()) ? link.path() : QString();
}

QStringList HelpLibrary::search(const QString& words) const
{
    const QStringList wanted = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QStringList inTitle;
    QStringList inText;
    for (const HelpPage& page : m_pages) {
        const auto hasAll = [&](const QString& text) {
            return std::all_of(wanted.begin(), wanted.end(),
                               [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
        };
        if (hasAll(page.title))
            inTitle.append(page.topic);
        else if (hasAll(page.title + QLatin1Char('\n') + page.markdown))
            inText.append(page.topic);
    }
    return inTitle + inText;
}

QString HelpLibrary::topicOfPointer(const QString& pointer)
{
    static const std::pair<const char*, const char*> chapters[] = {
        {"endpoints", "endpoints-models-tiers"},
        {"models", "endpoints-models-tiers"},
        {"tiers", "endpoints-models-tiers"},
        {"user_tiers", "endpoints-models-tiers"},
        {"templates", "endpoints-models-tiers"},
        {"tools", "endpoints-models-tiers"},
        {"rules", "rules"},
        {"router", "router"},
        {"cascade", "cascade"},
        {"rubrics", "rubrics-and-triggers"},
        {"triggers", "rubrics-and-triggers"},
        {"retrieval", "what-surrounds-an-answer"},
        {"cache", "what-surrounds-an-answer"},
        {"stickiness", "what-surrounds-an-answer"},
        {"release_gates", "what-surrounds-an-answer"},
        {"handoff", "what-surrounds-an-answer"},
        {"copy", "what-surrounds-an-answer"},
        {"export", "what-surrounds-an-answer"},
    };
    const QStringList parts = pointer.split(QLatin1Char('/'));
    if (parts.contains(QLatin1String("when")))
        return QStringLiteral("language/conditions");
    QString chapter = QStringLiteral("top");
    for (const auto& [key, name] : chapters) {
        if (parts.value(1) == QLatin1String(key))
            chapter = QLatin1String(name);
    }
    return QStringLiteral("language/") + chapter;
}

} // namespace signalbox
