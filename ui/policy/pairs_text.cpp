// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/pairs_text.h"

#include "ui/policy/policy_edits.h"
#include "ui/theme/text.h"

namespace signalbox {

namespace {

QString quotedWhereNeeded(const QString& value)
{
    const bool needs = value.isEmpty() || value.contains(QLatin1Char(',')) ||
                       value.contains(QLatin1Char('"')) || value != value.trimmed();
    if (!needs)
        return value;
    QString inside = value;
    inside.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QLatin1Char('"') + inside + QLatin1Char('"');
}

/// Values between commas; two quotes within quotes are one.
QStringList valuesOf(const QString& text)
{
    QStringList out;
    QString value;
    bool isQuoted = false;
    bool wasQuoted = false;
    const auto finish = [&] {
        const QString entry = wasQuoted ? value : value.trimmed();
        if (wasQuoted || !entry.isEmpty())
            out.append(entry);
        value.clear();
        wasQuoted = false;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isQuoted) {
            if (c != QLatin1Char('"'))
                value += c;
            else if (i + 1 < text.size() && text[i + 1] == c)
                value += text[++i];
            else
                isQuoted = false;
        } else if (c == QLatin1Char('"') && value.trimmed().isEmpty()) {
            value.clear();
            isQuoted = wasQuoted = true;
        } else if (c == QLatin1Char(',')) {
            finish();
        } else if (!wasQuoted) {
            value += c;
        }
    }
    finish();
    return out;
}

} // namespace

QStringList pairLines(const SyntaxTree& tree, NodeIndex object)
{
    QStringList lines;
    if (object == kNoNode || tree.kind(object) != NodeKind::Object)
        return lines;
    for (NodeIndex child = tree.firstChild(object); child != kNoNode; child = tree.nextSibling(child)) {
        QStringList values;
        if (tree.kind(child) == NodeKind::Array) {
            for (NodeIndex entry = tree.firstChild(child); entry != kNoNode; entry = tree.nextSibling(entry))
                values.append(quotedWhereNeeded(qs(tree.string(entry))));
        } else {
            values.append(quotedWhereNeeded(qs(tree.string(child))));
        }
        lines.append(qs(tree.key(child)) + QStringLiteral(" = ") + values.join(QStringLiteral(", ")));
    }
    return lines;
}

std::string pairsJson(const QStringList& lines)
{
    std::string out = "{";
    QStringList seen;
    for (const QString& line : lines) {
        const auto at = line.indexOf(QLatin1Char('='));
        const QString key = (at < 0 ? line : line.left(at)).trimmed();
        if (seen.contains(key)) // twice is an error of JSON; the first stays while the second is typed
            continue;
        seen.append(key);
        const QStringList values = valuesOf(at < 0 ? QString() : line.mid(at + 1));
        out += (out.size() > 1 ? ", " : "") + jsonText(key) + ": " +
               (values.size() == 1 ? jsonText(values.first()) : jsonList(values));
    }
    return out + "}";
}

} // namespace signalbox
