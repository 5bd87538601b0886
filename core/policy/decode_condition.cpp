// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions, which may hold conditions.
#include "policy/decode_context.h"

#include "base/text.h"
#include "policy/diagnostic_codes.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

namespace {

constexpr int kDeepest = 8;
constexpr int kMostNested = 1000;

// ISO 639-1:2002, with the codes that were added since.
constexpr std::string_view kLanguages = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs "
                                        "ca ce ch co cr cs cu cv cy da de dv dz ee "
                                        "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi "
                                        "ho hr ht hu hy hz ia id ie ig ii ik io is "
                                        "it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
                                        "li ln lo lt lu lv mg mh mi mk ml mn mr ms "
                                        "mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps "
                                        "pt qu rm rn ro ru rw sa sc sd se sg sh si "
                                        "sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr "
                                        "ts tt tw ty ug uk ur uz ve vi vo wa wo xh "
                                        "yi yo za zh zu";

bool isLanguage(std::string_view code)
{
    return code.size() == 2 && code[0] >= 'a' && code[0] <= 'z' && code[1] >= 'a' && code[1] <= 'z' &&
           kLanguages.find(code) != std::string_view::npos;
}

/// Names whose values are strings: metadata and headers.
std::map<std::string, std::vector<std::string>> decodeAllowed(DecodeContext& context, NodeIndex node,
                                                              std::string_view what)
{
    const SyntaxTree& tree = context.tree();
    std::map<std::string, std::vector<std::string>> out;
    const bool header = what == "header";
    if (tree.kind(node) != NodeKind::Object) {
        context.report(kWrongType, node,
                       inQuotes(what) + " must be an object of " + (header ? "names" : "keys") +
                           " and allowed values.");
        return out;
    }
    if (tree.node(node).childCount == 0)
        context.report(kEmptyValue, node, inQuotes(what) + " is an empty object.",
                       std::string("Name at least one ") + (header ? "header" : "key") + ", or remove it.");
    for (NodeIndex child = tree.firstChild(node); child != kNoNode; child = tree.nextSibling(child)) {
        std::vector<std::string> values;
        std::string key = tree.key(child);
        const auto take = [&](NodeIndex value) {
            if (tree.kind(value) == NodeKind::String)
                values.push_back(tree.string(value));
            else
                context.report(kWrongType, value,
                               "The value of " + inQuotes(key) + " must be a string or a list of strings.",
                               tree.kind(value) == NodeKind::Number || tree.kind(value) == NodeKind::Bool
                                   ? (header ? "Headers are text: write the value in double quotes."
                                             : "Metadata is text: write the value in double quotes.")
                                   : "");
        };
        if (tree.kind(child) == NodeKind::Array) {
            if (tree.node(child).childCount == 0)
                context.report(kEmptyValue, child, "The list of values of " + inQuotes(key) + " is empty.");
            for (NodeIndex value = tree.firstChild(child); value != kNoNode; value = tree.nextSibling(value))
                take(value);
        } else {
            take(child);
        }
        if (header) {
            // Field names are tokens, without regard to case (RFC 9110, 5.1 and 5.6.2).
            const auto tokenByte = [](char c) {
                return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                       std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
            };
            if (key.empty() || !std::ranges::all_of(key, tokenByte))
                context.reportKey(kBadId, child, inQuotes(key) + " cannot be the name of a header.",
                                  "Names have letters, digits and dashes, for example \"x-channel\".");
            key = toLowerAscii(key);
            if (out.contains(key))
                context.reportKey(kListedTwice, child,
                                  "The header " + inQuotes(key) +
                                      " stands twice; names are without regard to "
                                      "case.");
        }
        out.emplace(std::move(key), std::move(values));
    }
    return out;
}

/// Minutes of "HH:MM", or nothing.
std::optional<int> minutesOf(std::string_view text)
{
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    const int hours = (text[0] - '0') * 10 + text[1] - '0';
    const int minutes = (text[3] - '0') * 10 + text[4] - '0';
    return hours < 24 && minutes < 60 ? std::optional(hours * 60 + minutes) : std::nullopt;
}

int decodeTime(DecodeContext& context, ObjectReader& reader, const char* key)
{
    const std::string written = reader.requiredText(key);
    const auto minutes = minutesOf(written);
    if (!minutes && !written.empty())
        context.report(kBadTime, reader.find(key), inQuotes(written) + " is not a time of day.",
                       written == "24:00" ? "Midnight is \"00:00\"."
                                          : "Write it as \"HH:MM\", from \"00:00\" to \"23:59\".");
    return minutes.value_or(0);
}

TimeWindow decodeTimeWindow(DecodeContext& context, NodeIndex node)
{
    static const std::vector<std::string_view> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    TimeWindow window;
    ObjectReader reader(context, node, ObjectType::TimeWindow);
    if (!reader.valid())
        return window;
    window.fromMinute = decodeTime(context, reader, "from");
    window.toMinute = decodeTime(context, reader, "to");
    for (const std::string& day : decodeWords(context, reader, "days", kDays)) {
        if (const auto found = std::ranges::find(kDays, day); found != kDays.end())
            window.days.push_back(static_cast<int>(found - kDays.begin()));
    }
    std::ranges::sort(window.days);
    if (const auto offset = reader.text("utc_offset")) {
        const bool sign = !offset->empty() && (offset->front() == '+' || offset->front() == '-');
        const auto minutes = sign ? minutesOf(std::string_view(*offset).substr(1)) : std::nullopt;
        if (!minutes || *minutes > 14 * 60)
            context.report(kBadTime, reader.find("utc_offset"),
                           inQuotes(*offset) + " is not an offset from UTC.",
                           "Write it as \"+HH:MM\" or \"-HH:MM\", at most 14 hours.");
        else
            window.utcOffsetMinutes = offset->front() == '-' ? -*minutes : *minutes;
    }
    return window;
}

class ConditionDecoder
{
public:
    ConditionDecoder(DecodeContext& context, UserTierKnown userTier)
        : m_context(context), m_userTier(userTier)
    {
    }

    std::optional<Condition> decode(NodeIndex node, int depth)
    {
        ObjectReader reader(m_context, node, ObjectType::Condition);
        if (!reader.valid())
            return std::nullopt;
        Condition condition;
        decodeText(reader, condition);
        condition.hasAttachment = reader.boolean("has_attachment");
        condition.hasTools = reader.boolean("has_tools");
        decodeRequest(reader, condition);
        decodeTokens(reader, condition);
        decodeUserTiers(reader, condition);
        if (reader.has("all"))
            condition.all = decodeList(reader, "all", depth);
        if (reader.has("any"))
            condition.any = decodeList(reader, "any", depth);
        if (reader.has("not")) {
            m_excluded = !m_excluded;
            condition.none = decodeList(reader, "not", depth);
            m_excluded = !m_excluded;
        }
        const auto states = [&](const KeyInfo& key) { return key.name != "note" && reader.has(key.name); };
        if (std::ranges::none_of(keysOf(ObjectType::Condition), states))
            m_context.report(
                kEmptyCondition, node, "The condition states nothing, so it would hold for every request.",
                "State at least one thing, for example \"keyword\", \"pattern\", \"metadata\" or "
                "\"language\".");
        return condition;
    }

private:
    void decodeText(ObjectReader& reader, Condition& condition)
    {
        static const std::vector<std::string_view> kPii = {"any",  "email", "phone",     "card",
                                                           "iban", "ssn",   "ip_address"};
        const std::vector<Text> keywords = reader.texts("keyword", true);
        checkKeywords(m_context, keywords);
        condition.keywords = valuesOf(keywords);
        const std::vector<Text> patterns = reader.texts("pattern", true);
        condition.takesPersonalData = checkPatterns(m_context, patterns, m_excluded);
        condition.patterns = valuesOf(patterns);
        const std::vector<Text> languages = reader.texts("language", true);
        reportRepeated(m_context, languages, "\"language\"");
        for (const Text& language : languages) {
            if (!isLanguage(language.value))
                m_context.report(kUnknownValue, language.node,
                                 inQuotes(language.value) + " is not a code of a language.",
                                 "Write two lower-case letters as of ISO 639-1, for example \"de\".");
        }
        condition.languages = valuesOf(languages);
        if (reader.has("pii"))
            condition.pii = decodeWords(m_context, reader, "pii", kPii, true);
    }

    void decodeRequest(ObjectReader& reader, Condition& condition)
    {
        if (const NodeIndex metadata = reader.find("metadata"); metadata != kNoNode)
            condition.metadata = decodeAllowed(m_context, metadata, "metadata");
        if (const NodeIndex header = reader.find("header"); header != kNoNode)
            condition.headers = decodeAllowed(m_context, header, "header");
        if (const NodeIndex time = reader.find("time_of_day"); time != kNoNode)
            condition.timeOfDay = decodeTimeWindow(m_context, time);
    }

    void decodeTokens(ObjectReader& reader, Condition& condition)
    {
        condition.minInputTokens = reader.integer("min_input_tokens", 0, kMostTokens);
        condition.maxInputTokens = reader.integer("max_input_tokens", 0, kMostTokens);
        if (condition.minInputTokens && condition.maxInputTokens &&
            *condition.minInputTokens > *condition.maxInputTokens)
            m_context.report(kTokenRange, reader.find("min_input_tokens"),
                             "\"min_input_tokens\" is above \"max_input_tokens\": nothing fits.");
    }

    void decodeUserTiers(ObjectReader& reader, Condition& condition)
    {
        const NodeIndex node = reader.find("user_tier");
        if (node == kNoNode)
            return;
        if (m_userTier == UserTierKnown::No) {
            m_context.reportKey(
                kUserTierCircle, node,
                "The condition of a user tier cannot ask for the user tier, which follows "
                "from it.",
                "Ask for what tells the users apart, for example \"metadata\" or \"header\".");
            return;
        }
        const std::vector<Text> tiers = reader.texts("user_tier", true);
        reportRepeated(m_context, tiers, "\"user_tier\"");
        for (const Text& tier : tiers)
            m_context.reference(m_context.userTiers, kUnknownUserTier, "user tier", tier.value, tier.node);
        condition.userTiers = valuesOf(tiers);
    }

    /// What `all`, `any` and `not` hold. `not` also takes one condition without a list.
    std::vector<Condition> decodeList(ObjectReader& reader, std::string_view key, int depth)
    {
        std::vector<Condition> out;
        const NodeIndex list = reader.find(key);
        const SyntaxTree& tree = m_context.tree();
        if (depth >= kDeepest) {
            m_context.reportKey(kConditionDepth, list,
                                "Conditions are nested more than " + std::to_string(kDeepest) +
                                    " levels deep.",
                                "Put conditions of one kind into one list; two \"not\" cancel each other.");
            return out;
        }
        std::vector<NodeIndex> nodes;
        if (tree.kind(list) == NodeKind::Array) {
            nodes = reader.elements(key);
            if (nodes.empty())
                m_context.report(kEmptyValue, list, inQuotes(key) + " is an empty list.",
                                 "Name at least one condition, or remove the key.");
        } else if (tree.kind(list) == NodeKind::Object && key == "not") {
            nodes = {list};
        } else {
            reader.wrongType(list,
                             key == "not" ? "a condition or a list of conditions" : "a list of conditions");
        }
        out.reserve(nodes.size());
        for (const NodeIndex node : nodes) {
            if (++m_nested > kMostNested) {
                if (m_nested == kMostNested + 1)
                    m_context.report(kTooManyConditions, node,
                                     "More than " + std::to_string(kMostNested) +
                                         " conditions are nested in one.",
                                     "A list of keywords or patterns says the same in one condition.");
                break;
            }
            out.push_back(decode(node, depth + 1).value_or(Condition{}));
        }
        return out;
    }

    DecodeContext& m_context;
    UserTierKnown m_userTier;
    int m_nested = 0;
    bool m_excluded = false; ///< what is decoded stands under an odd number of "not"
};

} // namespace

std::optional<Condition> decodeCondition(DecodeContext& context, NodeIndex node, UserTierKnown userTier)
{
    return ConditionDecoder(context, userTier).decode(node, 1);
}

} // namespace signalbox
