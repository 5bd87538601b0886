// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/element_pointer.h"

namespace signalbox {

QString escapedToken(const QString& token)
{
    QString out = token;
    out.replace(QLatin1Char('~'), QLatin1String("~0"));
    out.replace(QLatin1Char('/'), QLatin1String("~1"));
    return out;
}

QStringList pointerParts(const QString& pointer)
{
    if (!pointer.startsWith(QLatin1Char('/')))
        return {};
    QStringList parts = pointer.mid(1).split(QLatin1Char('/'));
    for (QString& part : parts) {
        part.replace(QLatin1String("~1"), QLatin1String("/"));
        part.replace(QLatin1String("~0"), QLatin1String("~"));
    }
    return parts;
}

QString elementOf(const QString& pointer)
{
    if (!pointer.startsWith(QLatin1Char('/')))
        return pointer;
    const QStringList raw = pointer.mid(1).split(QLatin1Char('/'));
    const QString& head = raw.first();
    const auto upTo = [&](qsizetype count) {
        return QLatin1Char('/') + raw.mid(0, std::min(count, raw.size())).join(QLatin1Char('/'));
    };
    static const QStringList lists{QStringLiteral("endpoints"),  QStringLiteral("models"),
                                   QStringLiteral("tiers"),      QStringLiteral("rules"),
                                   QStringLiteral("rubrics"),    QStringLiteral("triggers"),
                                   QStringLiteral("user_tiers"), QStringLiteral("templates"),
                                   QStringLiteral("tools"),      QStringLiteral("release_gates")};
    if (lists.contains(head))
        return upTo(2);
    if (head == QLatin1String("router"))
        return raw.size() >= 3 && raw[1] == QLatin1String("map") ? upTo(3) : upTo(1);
    static const QStringList parts{QStringLiteral("slo"),        QStringLiteral("retrieval"),
                                   QStringLiteral("cascade"),    QStringLiteral("cache"),
                                   QStringLiteral("stickiness"), QStringLiteral("handoff")};
    if (parts.contains(head))
        return upTo(1);
    return {};
}

bool liesWithin(const QString& pointer, const QString& ancestor)
{
    return pointer.startsWith(ancestor) &&
           (pointer.size() == ancestor.size() || pointer[ancestor.size()] == QLatin1Char('/'));
}

} // namespace signalbox
