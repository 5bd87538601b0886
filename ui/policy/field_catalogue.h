// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What can be written into each object of a policy, and how a person fills it in: one row for each key of
// policy/vocabulary.h. The inspector builds its forms from these rows, references are found by them when an
// element is renamed, and switching the kind of a router, a cascade or a gate goes by them. Texts are
// English; they are translated where they are shown.

#include "policy/vocabulary.h"
#include "ui/policy/element_pointer.h"

#include <QString>
#include <QStringList>

#include <span>
#include <string_view>

namespace signalbox {

enum class FieldKind : std::uint8_t {
    Id,       ///< names the element; changed everywhere at once
    Text,     ///< one line
    LongText, ///< several lines
    Number,
    Check,      ///< true or false, false when absent
    Tristate,   ///< absent, true or false
    Choice,     ///< one of `choices`
    Words,      ///< any of `choices`: check boxes
    Lines,      ///< a list of texts, one a line
    Pairs,      ///< an object of texts, "key = value, value" a line
    Json,       ///< any JSON value, checked while it is typed
    Reference,  ///< the id of an element of `refers`
    References, ///< ids of such elements
    Replicas,   ///< models of a tier, with weights
    Route,      ///< a tier or a person, with what it carries
    Condition,  ///< an object of type Condition, in place
    Object,     ///< another object, in place; `holds` says which
    Element,    ///< another object, on a page of its own
    List,       ///< a list of objects of type `holds`, each on a page of its own
    Fixed,      ///< written by the program, shown only
};

/// The lists whose elements are named elsewhere.
enum class Refers : std::uint8_t {
    Nothing,
    Endpoints,
    Models,
    Tiers,
    TiersOrHuman,
    Rubrics,
    Triggers,
    Templates,
    Tools,
    UserTiers
};

struct ChoiceSpec
{
    const char* value = "";
    const char* label = "";
};

struct FieldSpec
{
    const char* key = "";
    FieldKind kind = FieldKind::Text;
    const char* label = "";
    const char* help = "";
    double low = 0;
    double high = 1;
    double step = 1;
    const char* unit = "";   ///< " ms"
    const char* absent = ""; ///< what a number, a choice or a text says when its key is not there
    bool required = false;   ///< stays when it becomes empty, and is added when its kind is chosen
    bool rare = false;       ///< shown when it is stated; else a button adds it
    Refers refers = Refers::Nothing;
    std::span<const ChoiceSpec> choices{};
    const char* only = "";  ///< kinds that know the key, separated by spaces; "" = every kind. "@step": in a
                            ///< chain's step, "@top": in the policy's router
    const char* check = ""; ///< of a verifier: the checks that know the key
    ObjectType holds = ObjectType::Free;
    const char* fresh = ""; ///< what a new one is: JSON with <tier>, <model>, … in it; see fresh_parts.h
};

struct ObjectSpec
{
    ObjectType type = ObjectType::Free;
    const char* title = "";    ///< "Trigger"
    const char* about = "";    ///< one sentence for the head of its page
    const char* selector = ""; ///< the key that decides which others are known: "gate"
    std::span<const FieldSpec> fields{};
    const char* fresh = ""; ///< a new element of a list: JSON with <id>, <tier>, …
    const char* stem = "";  ///< ids of new elements: "signal-"
};

const ObjectSpec& objectSpec(ObjectType type);
const FieldSpec* fieldSpec(ObjectType type, std::string_view key);

/// Where an object stands, as far as it decides which keys are known there.
struct FieldContext
{
    QString kind;  ///< value of the selector
    QString check; ///< of a verifier
    bool isStep = false;
};
bool isKnownIn(const FieldSpec& field, const FieldContext& context);

/// The text of the catalogue in the window's language.
QString shown(const char* text);

/// One step of a walk along a pointer.
struct PageStep
{
    QString page; ///< pointer of the object with a page of its own
    ObjectType type = ObjectType::Policy;
    bool isList = false; ///< the list itself: "/tiers"
};
/// The page on which the pointer's value is edited: the innermost element of a list, or part with a page of
/// its own. `isObject` tells whether the value at a pointer is an object (a "not" may be a condition or a
/// list).
template <class IsObject>
PageStep pageOf(const QString& pointer, IsObject isObject)
{
    PageStep step;
    ObjectType type = ObjectType::Policy; // of the object that `at` points to
    QString at;
    const QStringList raw = pointer.isEmpty() ? QStringList() : pointer.mid(1).split(QLatin1Char('/'));
    for (qsizetype i = 0; i < raw.size(); ++i) {
        const FieldSpec* field =
            fieldSpec(type, pointerParts(QLatin1Char('/') + raw[i]).value(0).toStdString());
        if (!field)
            break;
        at += QLatin1Char('/') + raw[i];
        const bool atTop = i == 0;
        if (field->kind == FieldKind::List) {
            if (isObject(at)) { // one element without its list
                step = {at, field->holds, false};
                type = field->holds;
                continue;
            }
            if (i + 1 == raw.size()) {
                if (atTop)
                    step = {at, field->holds, true};
                break;
            }
            at += QLatin1Char('/') + raw[++i];
            step = {at, field->holds, false};
            type = field->holds;
            continue;
        }
        if (field->kind == FieldKind::Element)
            step = {at, field->holds, false};
        else if (field->kind != FieldKind::Object && field->kind != FieldKind::Condition)
            break;
        type = field->holds;
    }
    return step;
}

} // namespace signalbox
