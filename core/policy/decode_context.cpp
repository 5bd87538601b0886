// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/decode_context.h"

#include "policy/diagnostic_codes.h"
#include "policy/quick_fix.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace signalbox {

using namespace diagnostic;

namespace {

/// Nearly all keys differ in their length or their first letter.
bool sameKey(std::string_view one, std::string_view other)
{
    return one.size() == other.size() && (one.empty() || (one.front() == other.front() && one == other));
}

std::string kindName(const SyntaxTree& tree, NodeIndex node)
{
    switch (tree.kind(node)) {
    case NodeKind::Null:
        return "null";
    case NodeKind::Bool:
        return tree.boolean(node) ? "true" : "false";
    case NodeKind::Number:
        return "a number";
    case NodeKind::String:
        return "a string";
    case NodeKind::Array:
        return "a list";
    case NodeKind::Object:
        return "an object";
    }
    return "something else";
}

bool wellFormedId(const std::string& id)
{
    if (id.empty() || id.size() > 128 || id.front() == ' ' || id.back() == ' ')
        return false;
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return std::ranges::none_of(id, control) && !std::ranges::all_of(id, digit);
}

} // namespace

std::string shortNumber(double value)
{
    char buffer[32];
    const auto [end, error] =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 12);
    return error == std::errc() ? std::string(buffer, end) : std::string();
}

std::string inQuotes(std::string_view text)
{
    constexpr std::size_t kShown = 60;
    if (text.size() <= kShown)
        return "\"" + std::string(text) + "\"";
    std::size_t end = kShown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return "\"" + std::string(text.substr(0, end)) + "…\"";
}

std::vector<std::string> valuesOf(const std::vector<Text>& texts)
{
    std::vector<std::string> values;
    values.reserve(texts.size());
    for (const Text& text : texts)
        values.push_back(text.value);
    return values;
}

int IdIndex::find(const std::string& id) const
{
    const auto found = m_positions.find(id);
    return found == m_positions.end() ? -1 : found->second;
}

bool IdIndex::add(const std::string& id, int position)
{
    if (!m_positions.emplace(id, position).second)
        return false;
    m_ids.push_back(id);
    return true;
}

/// Enough for people; a list of thousands would cost a search each time.
static constexpr std::size_t kLooked = 500;

bool IdIndex::hasNear(const std::string& id) const
{
    return m_ids.size() <= kLooked &&
           !soleNearestWord(id, std::vector<std::string_view>(m_ids.begin(), m_ids.end())).empty();
}

std::string IdIndex::hintFor(const std::string& id) const
{
    if (++m_hints > DecodeContext::kMaxFindings)
        return {};
    std::vector<std::string_view> candidates(m_ids.begin(), m_ids.begin() + std::min(m_ids.size(), kLooked));
    std::string hint = didYouMean(id, candidates);
    if (hint.empty() && !m_ids.empty() && m_ids.size() <= 6) {
        hint = m_ids.size() == 1 ? "There is " : "There are ";
        for (std::size_t i = 0; i < m_ids.size(); ++i)
            hint += (i == 0 ? "" : i + 1 == m_ids.size() ? " and " : ", ") + inQuotes(m_ids[i]);
        hint += ".";
    }
    return hint;
}

std::vector<QuickFix> IdIndex::fixFor(const SyntaxTree& tree, NodeIndex node, const std::string& id) const
{
    if (++m_fixes > DecodeContext::kMaxFindings || m_ids.size() > kLooked)
        return {};
    return fixBySpelling(tree, node, id, std::vector<std::string_view>(m_ids.begin(), m_ids.end()));
}

namespace {

/// What to do about a finding whose place has nothing better to say.
const char* usualHint(std::string_view code)
{
    struct Usual
    {
        std::string_view code;
        const char* hint;
    };
    static constexpr Usual kUsual[] = {
        {kUnknownKey, "Remove it; text for the authors of the policy goes into \"note\"."},
        {kMissingKey, "Write it; the help on the policy language says what it holds."},
        {kWrongType, "Write it as such, or remove the key if it may be left out."},
        {kOutOfRange, "Write a number of that range; the key's name says its unit."},
        {kEmptyValue, "Fill it in, or remove it if it may be left out."},
        {kListedTwice, "Remove one of them."},
        {kBadId, "Choose another id."},
        {kUnknownEndpoint, "Define it in \"endpoints\", or name one that stands there."},
        {kUnknownModel, "Define it in \"models\", or name one that stands there."},
        {kUnknownTier, "Define it in \"tiers\", or name one that stands there."},
        {kUnknownRubric, "Define it in \"rubrics\", or name one that stands there."},
        {kUnknownIntent, "Name an intent of the router, or add it there."},
        {kUnknownTemplate, "Define it in \"templates\", or name one that stands there."},
        {kUnknownTool, "Define it in \"tools\", or name one that stands there."},
        {kUnknownUserTier, "Define it in \"user_tiers\", or name one that stands there."},
        {kUnknownTrigger, "Define it in \"triggers\", or name one that stands there."},
        {kKeyPlaces, "Write {\"env\": \"ITS_NAME\"} or {\"keychain\": \"its name\"}."},
        {kBadUrl, "Write scheme, host, port and path only, for example \"https://api.example.com/v1\"."},
        {kTokenRange, "Swap the two, or widen the range."},
        {kCharRange, "Swap the two, or widen the range."},
        {kRuleEffects, "Write exactly one of them."},
        {kGateOfNothing, "Write what it looks for, or remove the trigger."},
        {kUnused, "Use it, or remove it."},
        {kNoSuchResidency, "Give an endpoint this \"residency\", or correct the name."},
        {kNoEffect, "Remove it."},
    };
    const auto* found = std::ranges::find(kUsual, code, &Usual::code);
    return found == std::end(kUsual) ? "" : found->hint;
}

} // namespace

void DecodeContext::add(Finding finding)
{
    if (finding.hint.empty())
        finding.hint = usualHint(finding.code);
    const DiagnosticInfo* info = diagnosticInfo(finding.code);
    const Severity severity = info ? info->severity : Severity::Error;
    if (++m_counts[static_cast<std::size_t>(severity)] > kMaxFindings) {
        m_truncated = true;
        return;
    }
    m_findings.push_back(std::move(finding));
}

void DecodeContext::report(const char* code, NodeIndex node, std::string message, std::string hint,
                           std::vector<QuickFix> fixes)
{
    add({code, node, false, std::move(message), std::move(hint), std::move(fixes), nullptr, {}});
}

void DecodeContext::reportKey(const char* code, NodeIndex node, std::string message, std::string hint,
                              std::vector<QuickFix> fixes)
{
    add({code, node, true, std::move(message), std::move(hint), std::move(fixes), nullptr, {}});
}

/// "deadline_s" for "deadline_ms": its number would be another one, too.
static bool namesAnotherUnit(std::string_view key, std::string_view meant)
{
    static constexpr std::string_view kUnits[] = {"s", "m", "h", "ms", "us", "ns", "min", "mins", "sec", "secs", "seconds",
                                                  "minutes", "hours", "days", "usd", "eur", "gbp", "cents", "dollars",
                                                  "tok", "ktok", "mtok", "token", "tokens", "kb", "mb"};
    const auto unitOf = [](std::string_view name) { return name.substr(std::min(name.rfind('_') + 1, name.size())); };
    return unitOf(key) != unitOf(meant) && std::ranges::find(kUnits, unitOf(key)) != std::end(kUnits);
}

std::vector<QuickFix> DecodeContext::keyFix(NodeIndex node, std::string_view key,
                                            const std::vector<std::string_view>& candidates) const
{
    const std::string meant = errorCount() < kMaxFindings ? soleNearestWord(key, candidates) : std::string();
    return meant.empty() || namesAnotherUnit(key, meant) ? std::vector<QuickFix>() : fixByRenaming(m_tree, node, meant);
}

std::vector<QuickFix> DecodeContext::wordFix(NodeIndex node, std::string_view word,
                                             const std::vector<std::string_view>& candidates) const
{
    return errorCount() < kMaxFindings ? fixBySpelling(m_tree, node, word, candidates) : std::vector<QuickFix>();
}

void DecodeContext::reportUnanswered(const IdIndex& index, const char* code, std::string_view what,
                                     const std::string& id, NodeIndex node, std::string hint,
                                     std::vector<QuickFix> fixes)
{
    const bool misspelt = index.hasNear(id) || (&index == &tiers && !didYouMean(id, {"human", "next"}).empty());
    add({code, node, false, "There is no " + std::string(what) + " " + inQuotes(id) + ".", std::move(hint),
         std::move(fixes), misspelt ? nullptr : &index, id});
}

void DecodeContext::forgiveNameless()
{
    for (const IdIndex* index : {&endpoints, &models, &tiers, &templates, &tools, &rubrics, &userTiers, &triggers}) {
        if (index->nameless() == 0)
            continue;
        const auto concerns = [&](const Finding& finding) { return finding.unanswered == index; };
        std::set<std::string_view> ids;
        for (const Finding& finding : m_findings) {
            if (concerns(finding))
                ids.insert(finding.id);
        }
        if (ids.size() <= index->nameless())
            m_counts[static_cast<std::size_t>(Severity::Error)] -= std::erase_if(m_findings, concerns);
    }
}

int DecodeContext::tierReference(const std::string& id, NodeIndex node)
{
    const int index = tiers.find(id);
    if (index < 0 && !tiers.empty()) // where there is none at all, that has been said
        reportUnanswered(tiers, kUnknownTier, "tier", id, node, tiers.hintFor(id), tiers.fixFor(m_tree, node, id));
    return index;
}

Route DecodeContext::routeReference(const std::string& id, NodeIndex node, bool mayBeNext)
{
    if (id == "human")
        return Route::toHuman();
    const int tier = tiers.find(id);
    if (tier >= 0)
        return Route::toTier(tier);
    if (tiers.empty())
        return {};
    std::vector<std::string_view> words = {"human"};
    if (mayBeNext)
        words.push_back("next");
    std::string hint = tiers.hintFor(id);
    std::vector<QuickFix> fixes = tiers.fixFor(m_tree, node, id);
    if (!didYouMean(id, words).empty()) {
        hint = didYouMean(id, words);
        fixes = fixBySpelling(m_tree, node, id, words);
    } else if (hint.empty()) {
        hint = "A route is the id of a tier, or \"human\".";
    }
    reportUnanswered(tiers, kUnknownTier, "tier", id, node, std::move(hint), std::move(fixes));
    return {};
}

int DecodeContext::reference(const IdIndex& index, const char* code, std::string_view what,
                             const std::string& id, NodeIndex node)
{
    const int found = index.find(id);
    // A policy needs endpoints and models: where there is none at all, that has been said.
    if (index.empty() && (&index == &endpoints || &index == &models))
        return -1;
    if (found < 0 && !id.empty())
        reportUnanswered(index, code, what, id, node, index.hintFor(id), index.fixFor(m_tree, node, id));
    return found;
}

int DecodeContext::modelReference(const std::string& id, NodeIndex node, std::string_view capability)
{
    const int found = reference(models, kUnknownModel, "model", id, node);
    if (found < 0 || capability.empty())
        return found;
    const auto& can = m_policy.models[static_cast<std::size_t>(found)].capabilities;
    if (!can.empty() && std::ranges::find(can, capability) == can.end())
        report(kLacksCapability, node,
               "The model " + inQuotes(id) + " does not have the capability " + inQuotes(capability) + ".",
               "Name a model that has it, or add it to the model's \"capabilities\" if the model can do it.");
    return found;
}

ObjectReader::ObjectReader(DecodeContext& context, NodeIndex node, ObjectType type)
    : m_context(context), m_tree(context.tree()), m_node(node), m_type(type), m_keys(keysOf(type))
{
    m_slots.fill(kNoNode);
    if (node == kNoNode)
        return;
    if (m_tree.kind(node) != NodeKind::Object) {
        wrongType(node, "an object");
        return;
    }
    m_valid = true;
    const auto keys = m_keys;
    std::vector<NodeIndex> unknown;
    std::size_t next = 0; // most authors write keys in the order of the canonical form
    for (NodeIndex child = m_tree.firstChild(node); child != kNoNode; child = m_tree.nextSibling(child)) {
        const std::size_t known = positionOfKey(child, next);
        if (known == keys.size()) {
            unknown.push_back(child);
            continue;
        }
        next = known + 1;
        if (m_slots[known] == kNoNode)
            m_slots[known] = child;
    }
    // Only now is it known which keys are still free to be meant by a misspelt one.
    for (const NodeIndex child : unknown) {
        std::vector<std::string_view> names;
        std::vector<std::string_view> unused;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            names.push_back(keys[i].name);
            if (m_slots[i] == kNoNode)
                unused.push_back(keys[i].name);
        }
        const std::string key = m_tree.key(child);
        m_context.reportKey(kUnknownKey, child,
                            "The key " + inQuotes(key) + " is not known in " + std::string(nameOf(type)) + ".",
                            m_context.hint(key, names), m_context.keyFix(child, key, unused));
    }
    text("note");
}

std::size_t ObjectReader::positionOfKey(NodeIndex child, std::size_t from) const
{
    const SyntaxNode& node = m_tree.node(child);
    std::string unescaped;
    std::string_view key;
    if (node.keyEscaped)
        key = unescaped = m_tree.key(child);
    else if (node.keyLength >= 2)
        key = m_tree.text().substr(node.keyOffset + 1, node.keyLength - 2);
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        const std::size_t at = from + i < m_keys.size() ? from + i : from + i - m_keys.size();
        if (sameKey(m_keys[at].name, key))
            return at;
    }
    return m_keys.size();
}

NodeIndex ObjectReader::find(std::string_view key) const
{
    if (!m_valid)
        return kNoNode;
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        if (sameKey(m_keys[i].name, key))
            return m_slots[i];
    }
    return kNoNode;
}

bool ObjectReader::isMisspelt(std::string_view key) const
{
    std::vector<std::string_view> names;
    for (const KeyInfo& known : m_keys)
        names.push_back(known.name);
    std::size_t unknown = 0; // of hundreds the first will do
    for (NodeIndex child = m_tree.firstChild(m_node); child != kNoNode && unknown < DecodeContext::kMaxFindings;
         child = m_tree.nextSibling(child)) {
        if (positionOfKey(child, 0) != m_keys.size())
            continue;
        ++unknown;
        if (soleNearestWord(m_tree.key(child), names) == key)
            return true;
    }
    return false;
}

NodeIndex ObjectReader::require(std::string_view key)
{
    const NodeIndex node = find(key);
    if (node == kNoNode && m_valid && !isMisspelt(key)) {
        std::string name(nameOf(m_type));
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
        const bool version = m_type == ObjectType::Policy && key == "signalbox";
        m_context.report(kMissingKey, m_node, name + " needs the key " + inQuotes(key) + ".", {},
                         version ? fixByAdding(m_tree, m_node, key, "1", MemberPlace::First)
                                 : std::vector<QuickFix>());
    }
    return node;
}

std::string ObjectReader::describe(NodeIndex node) const
{
    const std::string key = m_tree.key(node);
    if (!key.empty())
        return inQuotes(key);
    const NodeIndex parent = m_tree.node(node).parent;
    if (parent == kNoNode)
        return "The document";
    const std::string list = m_tree.key(parent);
    return list.empty() ? "An entry" : "An entry of " + inQuotes(list);
}

void ObjectReader::wrongType(NodeIndex node, const std::string& expected, std::vector<QuickFix> fixes)
{
    m_context.report(kWrongType, node,
                     describe(node) + " must be " + expected + ", not " + kindName(m_tree, node) + ".", {},
                     std::move(fixes));
}

std::optional<std::string> ObjectReader::text(std::string_view key)
{
    const NodeIndex node = find(key);
    if (node == kNoNode)
        return std::nullopt;
    if (m_tree.kind(node) != NodeKind::String) {
        wrongType(node, "a string");
        return std::nullopt;
    }
    return m_tree.string(node);
}

std::string ObjectReader::requiredText(std::string_view key)
{
    const NodeIndex node = require(key);
    auto value = text(key);
    if (value && value->empty())
        m_context.report(kEmptyValue, node, inQuotes(key) + " is empty.",
                         key == "id" ? "Give it a name that nothing else of its kind has." : "");
    return value.value_or(std::string());
}

std::optional<double> ObjectReader::numberAt(NodeIndex node, double low, double high, bool whole,
                                             const std::string& outside)
{
    if (node == kNoNode)
        return std::nullopt;
    const std::string expected = whole ? "a whole number" : "a number";
    if (m_tree.kind(node) != NodeKind::Number) {
        std::string hint;
        std::vector<QuickFix> fixes;
        const std::string written = m_tree.string(node);
        if (const auto number = parsedJsonNumber(written)) {
            hint = "Write it without quotes.";
            if (*number >= low && *number <= high && !(whole && *number != std::floor(*number)))
                fixes = fixByReplacing(m_tree, node, written, "Write it without quotes");
        }
        m_context.report(kWrongType, node,
                         describe(node) + " must be " + expected + ", not " + kindName(m_tree, node) + ".",
                         hint, std::move(fixes));
        return std::nullopt;
    }
    const double value = m_tree.number(node);
    if (whole && value != std::floor(value)) {
        m_context.report(kWrongType, node, describe(node) + " must be a whole number.");
        return std::nullopt;
    }
    if (value == 0 && !parsedJsonNumber(m_tree.valueText(node))) // no double can hold it: that has been said
        return std::nullopt;
    if (!(value >= low && value <= high)) {
        m_context.report(kOutOfRange, node,
                         describe(node) + " must be between " + shortNumber(low) + " and " +
                             shortNumber(high) + ".",
                         outside);
        return std::nullopt;
    }
    return value;
}

std::optional<double> ObjectReader::number(std::string_view key, double low, double high,
                                           const std::string& outside)
{
    return numberAt(find(key), low, high, false, outside);
}

std::optional<double> ObjectReader::requiredNumber(std::string_view key, double low, double high)
{
    return numberAt(require(key), low, high, false);
}

std::optional<int> ObjectReader::integer(std::string_view key, int low, int high)
{
    const auto value = numberAt(find(key), low, high, true);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::optional<int> ObjectReader::requiredInteger(std::string_view key, int low, int high)
{
    require(key);
    return integer(key, low, high);
}

std::optional<bool> ObjectReader::boolean(std::string_view key)
{
    const NodeIndex node = find(key);
    if (node == kNoNode)
        return std::nullopt;
    if (m_tree.kind(node) != NodeKind::Bool) {
        const std::string written = m_tree.string(node);
        wrongType(node, "true or false",
                  written == "true" || written == "false"
                      ? fixByReplacing(m_tree, node, written, "Write it without quotes")
                      : std::vector<QuickFix>());
        return std::nullopt;
    }
    return m_tree.boolean(node);
}

/// Lists that may as well not be there; without any other, something else is missing.
static bool mayBeLeftOut(std::string_view key)
{
    static constexpr std::string_view kOptional[] = {"applies_to", "accept", "scope", "capabilities", "include", "tools"};
    return std::ranges::find(kOptional, key) != std::end(kOptional);
}

std::vector<Text> ObjectReader::texts(std::string_view key, bool single, int least)
{
    std::vector<Text> out;
    const NodeIndex node = find(key);
    if (node == kNoNode)
        return out;
    const auto take = [&](NodeIndex entry) {
        if (m_tree.kind(entry) != NodeKind::String) {
            wrongType(entry, "a string");
            return;
        }
        std::string value = m_tree.string(entry);
        if (value.empty())
            m_context.report(kEmptyValue, entry, describe(entry) + " is empty.", "Fill it in, or leave it out.");
        else
            out.push_back({std::move(value), entry});
    };
    if (single && m_tree.kind(node) == NodeKind::String) {
        take(node);
        return out;
    }
    if (m_tree.kind(node) != NodeKind::Array) {
        const bool bare = m_tree.kind(node) == NodeKind::String && !m_tree.string(node).empty();
        wrongType(node, single ? "a string or a list of strings" : "a list of strings",
                  bare ? fixByReplacing(m_tree, node, "[" + std::string(m_tree.valueText(node)) + "]",
                                        "Write it as a list")
                       : std::vector<QuickFix>());
        return out;
    }
    if (m_tree.node(node).childCount == 0)
        m_context.report(kEmptyValue, node, describe(node) + " is an empty list.",
                         "Name at least " + (least == 1 ? std::string("one") : std::to_string(least)) +
                             (mayBeLeftOut(key) ? ", or remove the key." : "."));
    out.reserve(m_tree.node(node).childCount);
    for (NodeIndex entry = m_tree.firstChild(node); entry != kNoNode; entry = m_tree.nextSibling(entry))
        take(entry);
    return out;
}

int ObjectReader::choice(std::string_view key, const std::vector<std::string_view>& words)
{
    const auto value = text(key);
    if (!value)
        return -1;
    const auto found = std::ranges::find(words, std::string_view(*value));
    if (found != words.end())
        return static_cast<int>(found - words.begin());
    std::string hint = didYouMean(*value, words);
    if (hint.empty()) {
        hint = "It is one of ";
        for (std::size_t i = 0; i < words.size(); ++i)
            hint += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + inQuotes(words[i]);
        hint += ".";
    }
    m_context.report(kUnknownValue, find(key),
                     inQuotes(*value) + " is not known as " + inQuotes(key) + " of " +
                         std::string(nameOf(m_type)) + ".",
                     hint, m_context.wordFix(find(key), *value, words));
    return -1;
}

std::vector<NodeIndex> ObjectReader::elements(std::string_view key)
{
    std::vector<NodeIndex> out;
    const NodeIndex node = find(key);
    if (node == kNoNode)
        return out;
    if (m_tree.kind(node) != NodeKind::Array) {
        wrongType(node, "a list");
        return out;
    }
    out.reserve(m_tree.node(node).childCount);
    for (NodeIndex child = m_tree.firstChild(node); child != kNoNode; child = m_tree.nextSibling(child))
        out.push_back(child);
    return out;
}

std::string ObjectReader::id(const std::vector<std::string_view>& reserved)
{
    const std::string value = requiredText("id");
    if (value.empty())
        return value;
    if (!wellFormedId(value))
        m_context.report(kBadId, find("id"), inQuotes(value) + " cannot be an id.",
                         "An id has 1 to 128 characters, no control characters, and is not only digits.");
    else if (std::ranges::find(reserved, std::string_view(value)) != reserved.end())
        m_context.report(kBadId, find("id"), inQuotes(value) + " is a reserved word and cannot be an id here.");
    return value;
}

void registerId(DecodeContext& context, IdIndex& index, const ObjectReader& reader, const std::string& id,
                int position, std::string_view what)
{
    const bool added = !id.empty() && index.add(id, position);
    if (!added)
        index.addNameless();
    if (!added && !id.empty())
        reportDuplicateId(context, reader.find("id"), what, id);
}

void reportDuplicateId(DecodeContext& context, NodeIndex node, std::string_view what, const std::string& id)
{
    context.report(kDuplicateId, node, "There are two " + std::string(what) + " with the id " + inQuotes(id) + ".",
                   "Give one of them another id.");
}

} // namespace signalbox
