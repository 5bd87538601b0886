// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/element_edits.h"

#include "policy/edit.h"
#include "policy/pointer.h"
#include "ui/policy/edit_parts.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace signalbox {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("signalbox",
                                       text); // the context that lupdate gives to free functions here
}

Error nothingHere(const QString& pointer)
{
    return {"policy.no_element", "There is nothing of that name in the policy now.", ss(pointer)};
}

QString parentOf(const QString& pointer)
{
    return pointer.left(pointer.lastIndexOf(QLatin1Char('/')));
}

QString idJson(const QStringList& ids, qsizetype from, const char* fallback)
{
    return from >= 0 && from < ids.size() ? qs(jsonText(ids[from])) : QString::fromLatin1(fallback);
}

/// The object that stands at the pointer, by the catalogue; nothing when it is none.
std::optional<ObjectType> typeAt(const QString& pointer)
{
    ObjectType type = ObjectType::Policy;
    const QStringList tokens = pointerParts(pointer);
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        const FieldSpec* field = fieldSpec(type, ss(tokens[i]));
        if (!field || field->holds == ObjectType::Free)
            return std::nullopt;
        type = field->holds;
        // A "not" that holds one condition has no position behind it.
        if ((field->kind == FieldKind::List || field->kind == FieldKind::Replicas) && i + 1 < tokens.size() &&
            !fieldSpec(type, ss(tokens[i + 1])))
            ++i;
    }
    return type;
}

class ReferenceWalk
{
public:
    ReferenceWalk(const Snapshot& policy, Refers refers, const std::function<void(NodeIndex)>& visit)
        : m_policy(policy), m_tree(policy.tree()), m_refers(refers), m_visit(visit)
    {
    }
    void object(NodeIndex node, ObjectType type)
    {
        if (m_tree.kind(node) != NodeKind::Object)
            return;
        for (const NodeIndex child : m_policy.children(node)) {
            if (const FieldSpec* field = fieldSpec(type, m_tree.key(child)))
                value(child, *field);
        }
    }

private:
    bool fits(Refers refers) const
    {
        return refers == m_refers || (refers == Refers::TiersOrHuman && m_refers == Refers::Tiers);
    }
    void value(NodeIndex node, const FieldSpec& field)
    {
        const NodeKind kind = m_tree.kind(node);
        if (kind == NodeKind::String) {
            if (fits(field.refers))
                m_visit(node);
        } else if (kind == NodeKind::Array) {
            for (const NodeIndex child : m_policy.children(node))
                value(child, field);
        } else if (kind == NodeKind::Object && field.holds != ObjectType::Free) {
            object(node, field.holds);
        }
    }
    const Snapshot& m_policy;
    const SyntaxTree& m_tree;
    Refers m_refers;
    const std::function<void(NodeIndex)>& m_visit;
};

/// A list in whose element the pointer's last token stands.
struct Seat
{
    QString list;
    std::size_t position = 0;
    std::size_t size = 0;
};
std::optional<Seat> seatOf(const Snapshot& policy, const QString& pointer)
{
    const NodeIndex node = policy.at(pointer);
    if (node == kNoNode)
        return std::nullopt;
    const NodeIndex parent = policy.tree().node(node).parent;
    if (parent == kNoNode || policy.tree().kind(parent) != NodeKind::Array)
        return std::nullopt;
    return Seat{parentOf(pointer), policy.tree().positionOf(node), policy.tree().node(parent).childCount};
}

QString nameAt(const Snapshot& policy, const QString& pointer)
{
    const QString id = policy.string(pointer + QStringLiteral("/id"));
    if (!id.isEmpty())
        return id;
    bool isNumber = false;
    const int row = pointerParts(pointer).value(pointerParts(pointer).size() - 1).toInt(&isNumber);
    const auto type = typeAt(pointer);
    const QString what = type ? shown(objectSpec(*type).title).toLower() : tr("element");
    return isNumber ? tr("%1 %2").arg(what).arg(row + 1) : what;
}

} // namespace

Refers refersOfList(const QString& list)
{
    static const std::pair<const char*, Refers> kLists[] = {
        {"/endpoints", Refers::Endpoints}, {"/models", Refers::Models},
        {"/tiers", Refers::Tiers},         {"/rubrics", Refers::Rubrics},
        {"/triggers", Refers::Triggers},   {"/templates", Refers::Templates},
        {"/tools", Refers::Tools},         {"/user_tiers", Refers::UserTiers}};
    for (const auto& [name, refers] : kLists) {
        if (list == QLatin1String(name))
            return refers;
    }
    return Refers::Nothing;
}

void visitReferences(const Snapshot& policy, Refers refers, const std::function<void(NodeIndex)>& visit)
{
    if (policy.isReadable() && policy.tree().size() > 0)
        ReferenceWalk(policy, refers, visit).object(policy.tree().root(), ObjectType::Policy);
}

std::string freshJson(const char* recipe, const Snapshot& policy, const QString& id, const QString& gate)
{
    QString out = QString::fromUtf8(recipe);
    if (!out.contains(QLatin1Char('<')))
        return ss(out);
    const QStringList tiers = policy.idsOf(Refers::Tiers);
    const QStringList models = policy.idsOf(Refers::Models);
    const QStringList rubrics = policy.idsOf(Refers::Rubrics);
    const int of = policy.number(QStringLiteral("/rubrics/0/of")).value_or(5);
    QString plain = id;
    plain.replace(QLatin1Char('-'), QLatin1Char('_'));
    const QString below = gate == QLatin1String("log_probability") ? QStringLiteral("-1")
                          : gate == QLatin1String("judge")         ? qs(jsonNumber((1 + of) / 2.0))
                                                                   : QStringLiteral("0.5");
    const std::pair<const char*, QString> words[] = {
        {"<id>", qs(jsonText(id))},
        {"<plain>", plain},
        {"<tier>", idJson(tiers, 0, "\"human\"")},
        {"<lasttier>", idJson(tiers, tiers.size() - 1, "\"human\"")},
        {"<tiers>", qs(jsonList(tiers))},
        {"<tiers2>", qs(jsonList(tiers.mid(0, 2)))},
        {"<model>", idJson(models, 0, "\"\"")},
        {"<lastmodel>", idJson(models, models.size() - 1, "\"\"")},
        {"<endpoint>", idJson(policy.idsOf(Refers::Endpoints), 0, "\"\"")},
        {"<rubric>", idJson(rubrics, 0, "\"\"")},
        {"<below>", below},
    };
    for (const auto& [word, value] : words)
        out.replace(QLatin1String(word), value);
    return ss(out);
}

Result<std::string> removeKey(std::string_view text, const QString& pointer)
{
    if (!valueAt(text, ss(pointer)))
        return std::string(text);
    auto left = removeValue(text, ss(pointer));
    const QString parent = parentOf(pointer);
    if (!left || !parent.contains(QLatin1Char('/')))
        return left;
    const SyntaxTree tree = SyntaxTree::parse(*left);
    const NodeIndex node = nodeAt(tree, ss(parent));
    if (node == kNoNode || tree.node(node).childCount > 0)
        return left;
    const NodeIndex above = tree.node(node).parent;
    const auto type = typeAt(parentOf(parent));
    const QString key = pointerParts(parent).constLast();
    const FieldSpec* field = type ? fieldSpec(*type, ss(key)) : nullptr;
    const bool stays = above == kNoNode || tree.kind(above) != NodeKind::Object || (field && field->required);
    if (stays)
        return left;
    return removeKey(*left, parent);
}

Result<std::string> setField(std::string_view text, const QString& pointer, const std::string& json)
{
    const QString parent = parentOf(pointer);
    if (!parent.isEmpty() && !valueAt(text, ss(parent))) {
        // An object that is begun has what it needs: a window of time has a beginning and an end.
        const auto above = typeAt(parentOf(parent));
        const FieldSpec* field = above ? fieldSpec(*above, ss(pointerParts(parent).constLast())) : nullptr;
        std::string fresh = "{}";
        if (field && field->kind == FieldKind::Object && *field->fresh == '{' &&
            std::string_view(field->fresh).find('<') == std::string_view::npos)
            fresh = field->fresh;
        if (parent == QLatin1String("/cache"))
            fresh = R"({"kind": "semantic"})";
        auto made = setField(text, parent, fresh);
        if (!made)
            return made;
        return setValue(*made, ss(pointer), json);
    }
    return setValue(text, ss(pointer), json);
}

Result<PolicyEdit> addElement(const Snapshot& policy, const QString& list)
{
    const PolicyDocument& document = policy.document();
    // These have their own ways: a tier also enters the cascade's order, a trigger takes a rubric that is
    // there.
    if (document.policy) {
        if (list == QLatin1String("/tiers"))
            return addTier(document);
        if (list == QLatin1String("/triggers"))
            return addTrigger(document);
        if (list == QLatin1String("/models") || list == QLatin1String("/endpoints") ||
            list == QLatin1String("/rubrics"))
            return addPart(document, list);
    }
    const auto above = typeAt(parentOf(list));
    const FieldSpec* field = above ? fieldSpec(*above, ss(pointerParts(list).constLast())) : nullptr;
    if (!field || field->kind != FieldKind::List)
        return tl::unexpected(nothingHere(list));
    const ObjectSpec& spec = objectSpec(field->holds);
    QString id;
    if (*spec.stem != '\0') {
        const QStringList taken = policy.elements(list);
        for (qsizetype i = taken.size() + 1;; ++i) {
            id = QLatin1String(spec.stem) + QString::number(i);
            if (!taken.contains(list + QLatin1Char('/') + id))
                break;
        }
    }
    const std::string element = freshJson(spec.fresh, policy, id);
    const std::string& text = document.text;
    Result<std::string> made;
    int position = policy.size(list);
    if (policy.isObject(list)) { // one condition becomes a list of two
        made = setValue(text, ss(list), "[" + ss(policy.json(list)) + ", " + element + "]");
        position = 1;
    } else if (policy.has(list)) {
        made = insertElement(text, ss(list), kListEnd, element);
    } else {
        made = setField(text, list, "[" + element + "]");
    }
    if (!made)
        return tl::unexpected(made.error());
    const QString select = list + QLatin1Char('/') + (id.isEmpty() ? QString::number(position) : id);
    return PolicyEdit{
        *made, id.isEmpty() ? tr("add a %1").arg(shown(spec.title).toLower()) : tr("add %1").arg(id), select};
}

Result<PolicyEdit> removeListElement(const Snapshot& policy, const QString& pointer)
{
    const PolicyDocument& document = policy.document();
    const QString label = tr("delete %1").arg(nameAt(policy, pointer));
    const auto seat = seatOf(policy, pointer);
    if (!seat) {
        auto text = removeKey(document.text, pointer);
        if (!text)
            return tl::unexpected(text.error());
        return PolicyEdit{*text, label, parentOf(pointer)};
    }
    const auto above = typeAt(parentOf(seat->list));
    const FieldSpec* field = above ? fieldSpec(*above, ss(pointerParts(seat->list).constLast())) : nullptr;
    const bool listGoes = seat->size == 1 && field && field->rare;
    const bool isNamed = pointerParts(pointer).size() == 2 && refersOfList(seat->list) != Refers::Nothing;
    if (isNamed && !listGoes && document.policy)
        return removeElement(document, pointer); // leaves the lists in which it is named, too
    auto text = listGoes ? removeKey(document.text, seat->list) : removeValue(document.text, ss(pointer));
    if (!text)
        return tl::unexpected(text.error());
    return PolicyEdit{*text, label, policy.pageOf(seat->list).page};
}

Result<PolicyEdit> moveListElement(const Snapshot& policy, const QString& pointer, int by)
{
    const auto seat = seatOf(policy, pointer);
    const std::ptrdiff_t target = seat ? static_cast<std::ptrdiff_t>(seat->position) + by : -1;
    if (!seat || target < 0 || target >= static_cast<std::ptrdiff_t>(seat->size))
        return fail("policy.no_move", "This cannot be moved further.", ss(pointer));
    if (pointer.startsWith(QLatin1String("/tiers/")) && pointerParts(pointer).size() == 2 &&
        policy.document().policy)
        return moveElement(policy.document(), pointer, by);
    auto text =
        moveElement(policy.document().text, ss(seat->list), seat->position, static_cast<std::size_t>(target));
    if (!text)
        return tl::unexpected(text.error());
    const QString name = nameAt(policy, pointer);
    bool isNumber = false;
    (void)pointerParts(pointer).constLast().toInt(&isNumber);
    return PolicyEdit{*text, by < 0 ? tr("move %1 up").arg(name) : tr("move %1 down").arg(name),
                      isNumber ? seat->list + QLatin1Char('/') + QString::number(target) : pointer};
}

Result<PolicyEdit> renameById(const Snapshot& policy, const QString& pointer, const QString& id)
{
    if (!policy.isObject(pointer))
        return tl::unexpected(nothingHere(pointer));
    if (id.isEmpty())
        return fail("policy.bad_id", "An id must not be empty.", ss(pointer));
    const QString list = parentOf(pointer);
    const QString before = policy.string(pointer + QStringLiteral("/id"));
    for (const QString& other : policy.elements(list)) {
        if (other != pointer && policy.string(other + QStringLiteral("/id")) == id)
            return fail("policy.id_taken", "Another element of the list has this id already.", ss(id));
    }
    struct Cut
    {
        std::size_t offset;
        std::size_t length;
        std::string with;
    };
    std::vector<Cut> cuts;
    const auto cut = [&](NodeIndex node, const QString& with) {
        cuts.push_back({policy.tree().node(node).offset, policy.tree().node(node).length, jsonText(with)});
    };
    if (const Refers refers = refersOfList(list); refers != Refers::Nothing && !before.isEmpty()) {
        visitReferences(policy, refers, [&](NodeIndex node) {
            if (policy.string(node) == before)
                cut(node, id);
        });
    }
    if (list == QLatin1String("/rubrics") && !before.isEmpty()) {
        // A source of quality names its rubric: "judge:grounding".
        QStringList sources{QStringLiteral("/slo/min_quality/source")};
        for (const QString& gate : policy.elements(QStringLiteral("/release_gates")))
            sources.append(gate + QStringLiteral("/source"));
        for (const QString& tier : policy.elements(QStringLiteral("/user_tiers")))
            sources.append(tier + QStringLiteral("/slo/min_quality/source"));
        const QString judge = QStringLiteral("judge:");
        for (const QString& source : sources) {
            const QString said = policy.string(source);
            if (said == judge + before || said.startsWith(judge + before + QLatin1Char('@')))
                cut(policy.at(source), judge + id + said.mid(judge.size() + before.size()));
        }
    }
    std::string text = policy.document().text;
    std::sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.offset > b.offset; });
    for (const Cut& each : cuts)
        text.replace(each.offset, each.length, each.with);
    auto renamed = setValue(text, ss(pointer + QStringLiteral("/id")), jsonText(id));
    if (!renamed)
        return tl::unexpected(renamed.error());
    return PolicyEdit{*renamed,
                      before.isEmpty() ? tr("name %1").arg(id) : tr("rename %1 to %2").arg(before, id),
                      list + QLatin1Char('/') + escapedToken(id)};
}

Result<PolicyEdit> switchKind(const Snapshot& policy, const QString& pointer, ObjectType type,
                              const QString& kind)
{
    const ObjectSpec& spec = objectSpec(type);
    FieldContext after = policy.contextOf(pointer, type);
    after.kind = kind;
    after.check = type == ObjectType::Trigger && kind == QLatin1String("verifier")
                      ? QStringLiteral("arithmetic")
                      : QString();
    std::string text = policy.document().text;
    const auto at = [&](const FieldSpec& field) {
        return pointer + QLatin1Char('/') + QLatin1String(field.key);
    };
    // The selector first: a message about the others then speaks of the right kind.
    if (*spec.selector != '\0') {
        auto set = setField(text, pointer + QLatin1Char('/') + QLatin1String(spec.selector), jsonText(kind));
        if (!set)
            return tl::unexpected(set.error());
        text = std::move(*set);
    }
    const FieldContext before = policy.contextOf(pointer, type);
    for (const FieldSpec& field : spec.fields) {
        // A threshold means another thing at another gate.
        const bool changesMeaning = qstrcmp(field.key, "below") == 0 && before.kind != kind;
        if (isKnownIn(field, after) && !changesMeaning)
            continue;
        if (!valueAt(text, ss(at(field))))
            continue;
        auto left = removeValue(text, ss(at(field)));
        if (!left)
            return tl::unexpected(left.error());
        text = std::move(*left);
    }
    const bool needsWords = type == ObjectType::Trigger &&
                            (kind == QLatin1String("keyword") || kind == QLatin1String("self_escalation"));
    for (const FieldSpec& field : spec.fields) {
        const bool needed = field.required || (needsWords && *field.fresh != '\0');
        if (*field.only == '\0' || !needed || *field.fresh == '\0' || !isKnownIn(field, after) ||
            valueAt(text, ss(at(field))))
            continue;
        // Centroids stand in an artefact's place, and the built-in embedder in a model's.
        const bool isEmbedding = type == ObjectType::Router && kind == QLatin1String("embedding");
        if (isEmbedding && qstrcmp(field.key, "model") == 0)
            continue;
        if (type == ObjectType::Cascade && qstrcmp(field.key, "order") == 0 &&
            kind != QLatin1String("waterfall"))
            continue;
        auto set = setValue(text, ss(at(field)), freshJson(field.fresh, policy, {}, kind));
        if (!set)
            return tl::unexpected(set.error());
        text = std::move(*set);
    }
    const QString name = nameAt(policy, pointer);
    return PolicyEdit{text, tr("make %1 %2").arg(name, kind), pointer};
}

} // namespace signalbox
