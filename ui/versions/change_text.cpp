// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/change_text.h"

#include "policy/edit.h"
#include "ui/policy/element_pointer.h"
#include "ui/theme/text.h"

#include <QCoreApplication>
#include <QSet>

#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

using nlohmann::json;
using Kind = PolicyChange::Kind;

constexpr int kMostValue = 48;
constexpr int kMostMessage = 96;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(signalbox::ChangeText)
};

struct ListName
{
    const char* list;
    const char* element;
};
/// What an element of a list is called. The innermost list of a pointer that stands here names its owner.
constexpr ListName kLists[] = {
    {"endpoints", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Endpoint %1")},
    {"models", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Model %1")},
    {"tiers", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Tier %1")},
    {"rules", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Rule %1")},
    {"triggers", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Trigger %1")},
    {"rubrics", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Rubric %1")},
    {"user_tiers", QT_TRANSLATE_NOOP("signalbox::ChangeText", "User tier %1")},
    {"templates", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Prompt template %1")},
    {"tools", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Tool %1")},
    {"release_gates", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Release gate %1")},
    {"signals", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Signal %1")},
    {"intents", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Intent %1")},
    {"centroids", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Centroid %1")},
    {"choices", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Choice %1")},
    {"steps", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Step %1")},
    {"stages", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Stage %1")},
    {"map", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Map row %1")},
};
struct PartName
{
    const char* part;
    const char* name;
};
constexpr PartName kParts[] = {
    {"router", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Router")},
    {"cascade", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Cascade")},
    {"slo", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Objectives")},
    {"budget", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Budget")},
    {"weights", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Weights")},
    {"retrieval", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Retrieval")},
    {"cache", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Cache")},
    {"stickiness", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Stickiness")},
    {"handoff", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Handoff")},
    {"copy", QT_TRANSLATE_NOOP("signalbox::ChangeText", "Copy")},
};

/// A pointer as a person would say it: whose it is, and which of its fields.
struct Spoken
{
    QString owner; ///< "Trigger grounding"
    QString brief; ///< "grounding"
    QStringList field;
    bool whole = false; ///< the element itself
};

Spoken spoken(const QString& pointer)
{
    const QStringList parts = pointerParts(pointer);
    Spoken out;
    qsizetype used = 0;
    for (qsizetype i = 0; i + 1 < parts.size(); ++i) {
        for (const ListName& list : kLists) {
            if (parts[i] != QLatin1String(list.list) ||
                (i > 0 && i > used && parts[i - 1] == QLatin1String("schema")))
                continue;
            bool isPlace = false;
            const int place = parts[i + 1].toInt(&isPlace);
            const QString name = isPlace ? QString::number(place + 1) : parts[i + 1];
            out.owner = Texts::tr(list.element).arg(name);
            out.brief = isPlace ? out.owner.at(0).toLower() + out.owner.mid(1) : name;
            used = i + 2;
        }
    }
    if (used == 0 && !parts.isEmpty()) {
        for (const PartName& part : kParts) {
            if (parts[0] == QLatin1String(part.part)) {
                out.owner = Texts::tr(part.name);
                out.brief = out.owner.at(0).toLower() + out.owner.mid(1);
                used = 1;
            }
        }
    }
    out.whole = used == parts.size();
    for (qsizetype i = used; i < parts.size(); ++i) {
        bool isPlace = false;
        const int place = parts[i].toInt(&isPlace);
        out.field.append(isPlace ? QStringLiteral("%1").arg(place + 1) : parts[i]);
    }
    return out;
}

struct Unit
{
    const char* ending;
    const char* value;
};
constexpr Unit kUnits[] = {{"_ms", "%1 ms"}, {"_usd", "$%1"}, {"_per_mtok", "$%1 / Mtok"}, {"_s", "%1 s"}};

QString fieldWords(const QStringList& field)
{
    QStringList words;
    for (QString word : field) {
        for (const Unit& unit : kUnits) {
            if (word.endsWith(QLatin1String(unit.ending))) {
                word.chop(static_cast<int>(qstrlen(unit.ending)));
                break;
            }
        }
        words.append(word.replace(QLatin1Char('_'), QLatin1Char(' ')));
    }
    return words.join(QLatin1Char(' '));
}

QString shortened(QString text)
{
    text.replace(QLatin1Char('\n'), QLatin1Char(' '));
    return text.size() <= kMostValue ? text : text.left(kMostValue - 1) + QStringLiteral("…");
}

QString scalarText(const json& value)
{
    if (value.is_string())
        return shortened(qs(value.get<std::string>()));
    if (value.is_boolean())
        return value.get<bool>() ? Texts::tr("yes") : Texts::tr("no");
    if (value.is_null())
        return Texts::tr("nothing");
    return qs(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

QString valueText(const std::string& text, const QString& key)
{
    const json value = json::parse(text, nullptr, false);
    if (value.is_discarded())
        return shortened(qs(text));
    if (value.is_array()) { // of plain values: others are too long to be said
        QStringList words;
        for (const json& each : value)
            words.append(scalarText(each));
        return shortened(words.join(QStringLiteral(", ")));
    }
    const QString plain = scalarText(value);
    for (const Unit& unit : kUnits) {
        if (value.is_number() && key.endsWith(QLatin1String(unit.ending)))
            return QString::fromLatin1(unit.value).arg(plain);
    }
    return plain;
}

bool isLong(const std::string& text)
{
    const json value = json::parse(text, nullptr, false);
    if (value.is_string())
        return value.get<std::string>().size() > static_cast<std::size_t>(kMostValue);
    const bool listsObjects = value.is_array() && std::any_of(value.begin(), value.end(), [](const json& each) { return each.is_structured(); });
    return value.is_object() || listsObjects || text.size() > 4 * static_cast<std::size_t>(kMostValue);
}

QString told(const QString& owner, const QString& what)
{
    return owner.isEmpty() ? what.at(0).toUpper() + what.mid(1) : Texts::tr("%1: %2").arg(owner, what);
}

/// What became of a field, without whose it is.
QString fieldChange(const PolicyChange& change, const QString& words, const QString& key)
{
    switch (change.kind) {
    case Kind::Added:
        return isLong(change.after) ? Texts::tr("%1 was added").arg(words)
                                    : Texts::tr("%1 is now %2").arg(words, valueText(change.after, key));
    case Kind::Removed:
        return isLong(change.before)
                   ? Texts::tr("%1 was removed").arg(words)
                   : Texts::tr("%1 is no longer %2").arg(words, valueText(change.before, key));
    case Kind::Moved:
        return Texts::tr("%1 moved").arg(words);
    case Kind::Changed:
        break;
    }
    if (isLong(change.before) || isLong(change.after))
        return Texts::tr("%1 was rewritten").arg(words);
    return Texts::tr("%1 %2 → %3").arg(words, valueText(change.before, key), valueText(change.after, key));
}

ChangeLine lineOf(const PolicyChange& change)
{
    ChangeLine line;
    line.kind = change.kind;
    line.pointer = qs(change.pointer);
    if (change.pointer.empty()) {
        line.sentence = Texts::tr("The text as a whole was changed");
        line.brief = Texts::tr("the whole text");
        return line;
    }
    const Spoken about = spoken(line.pointer);
    if (about.whole) {
        switch (change.kind) {
        case Kind::Added:
            line.sentence = Texts::tr("%1 was added").arg(about.owner);
            line.brief = Texts::tr("added %1").arg(about.brief);
            break;
        case Kind::Removed:
            line.sentence = Texts::tr("%1 was removed").arg(about.owner);
            line.brief = Texts::tr("removed %1").arg(about.brief);
            break;
        case Kind::Moved:
            line.sentence = Texts::tr("%1 moved from place %2 to place %3")
                                .arg(about.owner)
                                .arg(std::stoi(change.before) + 1)
                                .arg(std::stoi(change.after) + 1);
            line.brief = Texts::tr("moved %1").arg(about.brief);
            break;
        case Kind::Changed:
            line.sentence = Texts::tr("%1 was replaced").arg(about.owner);
            line.brief = Texts::tr("replaced %1").arg(about.brief);
            break;
        }
        return line;
    }
    const QString what = fieldChange(change, fieldWords(about.field), about.field.last());
    line.sentence = told(about.owner, what);
    line.brief = about.brief.isEmpty() ? what : about.brief + QLatin1Char(' ') + what;
    return line;
}

/// The list of plain words or numbers that the change is an entry of, or "".
QString wordListOf(const PolicyChange& change)
{
    const auto plain = [](const std::string& text) {
        return text.empty() || (text.front() != '{' && text.front() != '[');
    };
    const QString pointer = qs(change.pointer);
    const qsizetype slash = pointer.lastIndexOf(QLatin1Char('/'));
    bool isPlace = false;
    pointer.mid(slash + 1).toInt(&isPlace);
    if (!isPlace || change.kind == Kind::Moved || !plain(change.before) || !plain(change.after))
        return {};
    return pointer.left(slash);
}

QStringList wordsAt(const PolicyDocument& document, const QString& pointer)
{
    QStringList words;
    const Result<std::string> text = valueAt(document.text, ss(pointer));
    const json list = text ? json::parse(*text, nullptr, false) : json::array();
    if (list.is_array()) {
        for (const json& each : list)
            words.append(scalarText(each));
    }
    return words;
}

ChangeLine wordListLine(const QString& pointer, const PolicyDocument& before, const PolicyDocument& after)
{
    const QStringList old = wordsAt(before, pointer);
    const QStringList fresh = wordsAt(after, pointer);
    const auto without = [](const QStringList& list, const QStringList& others) {
        QStringList out;
        for (const QString& word : list) {
            if (!others.contains(word))
                out.append(QStringLiteral("“%1”").arg(word));
        }
        return out;
    };
    const QStringList added = without(fresh, old);
    const QStringList removed = without(old, fresh);
    const QString joinedAdded = shortened(added.join(QStringLiteral(", ")));
    const QString joinedRemoved = shortened(removed.join(QStringLiteral(", ")));
    const Spoken about = spoken(pointer);
    const QString words = about.whole ? Texts::tr("list") : fieldWords(about.field);
    QString what;
    if (!added.isEmpty() && !removed.isEmpty())
        what = Texts::tr("%1 gains %2 and loses %3").arg(words, joinedAdded, joinedRemoved);
    else if (!added.isEmpty())
        what = Texts::tr("%1 gains %2").arg(words, joinedAdded);
    else if (!removed.isEmpty())
        what = Texts::tr("%1 loses %2").arg(words, joinedRemoved);
    else
        what =
            Texts::tr("%1 is in another order: %2").arg(words, shortened(fresh.join(QStringLiteral(", "))));
    ChangeLine line;
    line.kind = removed.isEmpty() && !added.isEmpty()   ? Kind::Added
                : added.isEmpty() && !removed.isEmpty() ? Kind::Removed
                                                        : Kind::Changed;
    line.pointer = pointer;
    line.sentence = told(about.owner, what);
    line.brief = about.brief.isEmpty() ? what : about.brief + QLatin1Char(' ') + what;
    return line;
}

} // namespace

QString changeWord(PolicyChange::Kind kind)
{
    switch (kind) {
    case Kind::Added:
        return Texts::tr("added");
    case Kind::Removed:
        return Texts::tr("removed");
    case Kind::Moved:
        return Texts::tr("moved");
    case Kind::Changed:
        break;
    }
    return Texts::tr("changed");
}

QString changeSign(PolicyChange::Kind kind)
{
    switch (kind) {
    case Kind::Added:
        return QStringLiteral("+");
    case Kind::Removed:
        return QStringLiteral("−");
    case Kind::Moved:
        return QStringLiteral("↕");
    case Kind::Changed:
        break;
    }
    return QStringLiteral("~");
}

std::vector<ChangeLine> changeLines(const std::vector<PolicyChange>& changes, const PolicyDocument& before,
                                    const PolicyDocument& after)
{
    std::vector<ChangeLine> lines;
    QSet<QString> lists;
    for (const PolicyChange& change : changes) {
        const QString list = wordListOf(change);
        if (list.isEmpty()) {
            lines.push_back(lineOf(change));
        } else if (!lists.contains(list)) {
            lists.insert(list);
            lines.push_back(wordListLine(list, before, after));
        }
    }
    return lines;
}

QString automaticMessage(const PolicyDocument* before, const PolicyDocument& after)
{
    if (!before)
        return Texts::tr("First version");
    const auto lines = changeLines(diffPolicies(*before, after), *before, after);
    if (lines.empty())
        return before->text == after.text ? Texts::tr("No change") : Texts::tr("Layout only");
    QStringList briefs;
    qsizetype length = 0;
    for (const ChangeLine& line : lines) {
        length += line.brief.size() + 2;
        if (length > kMostMessage && !briefs.isEmpty())
            break;
        briefs.append(line.brief);
    }
    const QString said = briefs.join(QStringLiteral("; "));
    if (briefs.size() == static_cast<qsizetype>(lines.size()))
        return said;
    return Texts::tr("%n changes: %1 …", nullptr, static_cast<int>(lines.size())).arg(said);
}

} // namespace signalbox
