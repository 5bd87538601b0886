// SPDX-License-Identifier: GPL-3.0-or-later
// What several parts of the decoder read alike: routes, lists of tiers and of words, keys of other kinds.
#include "policy/decode_context.h"
#include "policy/diagnostic_codes.h"

#include <algorithm>
#include <unordered_set>

namespace signalbox {

using namespace diagnostic;

namespace {

void decodeCarries(DecodeContext& context, ObjectReader& object, RouteText& out)
{
    if (object.has("template")) {
        out.carries.templateId = object.requiredText("template");
        out.carries.promptTemplate = context.reference(context.templates, kUnknownTemplate, "template",
                                                       out.carries.templateId, object.find("template"));
    }
    if (const NodeIndex list = object.find("tools"); list != kNoNode) {
        out.carries.tools.emplace(); // an empty list is a statement: no tool at all
        if (context.tree().kind(list) != NodeKind::Array || context.tree().node(list).childCount > 0) {
            const std::vector<Text> tools = object.texts("tools");
            reportRepeated(context, tools, "\"tools\"");
            for (const Text& tool : tools)
                context.reference(context.tools, kUnknownTool, "tool", tool.value, tool.node);
            out.carries.tools = valuesOf(tools);
        }
    }
    if (out.route.isHuman()) {
        for (const char* key : {"template", "tools"}) {
            if (object.has(key))
                context.reportKey(kNoEffect, object.find(key),
                                  inQuotes(key) + " has no effect on a route to a person.");
        }
    }
}

std::string listed(const std::vector<std::string>& words)
{
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i)
        out += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
    return out;
}

} // namespace

RouteText decodeRoute(DecodeContext& context, ObjectReader& reader, std::string_view key, MayBeNext mayBeNext)
{
    RouteText out;
    NodeIndex at = reader.find(key);
    if (at == kNoNode)
        return out;
    const auto resolve = [&] {
        out.next = mayBeNext == MayBeNext::Yes && out.id == "next";
        if (!out.id.empty() && !out.next)
            out.route = context.routeReference(out.id, at, mayBeNext == MayBeNext::Yes);
    };
    if (context.tree().kind(at) == NodeKind::Object) {
        ObjectReader object(context, at, ObjectType::Route);
        out.id = object.requiredText("to");
        at = object.find("to");
        resolve();
        decodeCarries(context, object, out);
    } else if (context.tree().kind(at) == NodeKind::String) {
        out.id = reader.requiredText(key);
        resolve();
    } else {
        reader.wrongType(at, "a string or an object with \"to\"");
    }
    return out;
}

void reportRepeated(DecodeContext& context, const std::vector<Text>& texts, std::string_view where)
{
    constexpr std::size_t kFew = 8; // for so many, a look at each of those before is cheaper than a set
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Text& text = texts[i];
        const auto before = std::span(texts).first(i);
        const bool repeated = texts.size() <= kFew
                                  ? std::ranges::find(before, text.value, &Text::value) != before.end()
                                  : !seen.insert(text.value).second;
        if (repeated)
            context.report(kListedTwice, text.node,
                           inQuotes(text.value) + " stands twice in " + std::string(where) + ".");
    }
}

TierList decodeTierList(DecodeContext& context, ObjectReader& reader, std::string_view key, bool single,
                        int least)
{
    TierList out;
    const std::vector<Text> entries = reader.texts(key, single, least);
    reportRepeated(context, entries, inQuotes(key));
    for (const Text& entry : entries) {
        out.ids.push_back(entry.value);
        if (entry.value == "human") {
            context.report(kBadId, entry.node, inQuotes(key) + " holds tiers only.",
                           "A person is reached by a route, or by \"when_exhausted\": \"human\".");
            out.tiers.push_back(-1);
        } else {
            out.tiers.push_back(context.tierReference(entry.value, entry.node));
        }
    }
    return out;
}

std::vector<std::string> decodeWords(DecodeContext& context, ObjectReader& reader, std::string_view key,
                                     const std::vector<std::string_view>& words, bool single)
{
    const std::vector<Text> entries = reader.texts(key, single);
    reportRepeated(context, entries, inQuotes(key));
    for (const Text& entry : entries) {
        if (std::ranges::find(words, std::string_view(entry.value)) != words.end())
            continue;
        std::string hint = context.hint(entry.value, words);
        if (hint.empty()) {
            std::vector<std::string> known;
            for (const std::string_view word : words)
                known.push_back(inQuotes(word));
            hint = "It holds " + listed(known) + ".";
        }
        context.report(kUnknownValue, entry.node,
                       inQuotes(entry.value) + " is not known in " + inQuotes(key) + ".", std::move(hint),
                       context.wordFix(entry.node, entry.value, words));
    }
    return valuesOf(entries);
}

void reportForeignKeys(DecodeContext& context, const ObjectReader& reader, std::span<const OwnedKey> keys,
                       const KindOfObject& kind)
{
    for (const OwnedKey& owned : keys) {
        const NodeIndex node = reader.find(owned.key);
        if (node == kNoNode || (owned.owners >> kind.kind & 1u) != 0)
            continue;
        std::vector<std::string> owners;
        for (std::size_t i = 0; i < kind.names.size(); ++i) {
            if ((owned.owners >> i & 1u) != 0)
                owners.push_back(inQuotes(kind.names[i]));
        }
        const std::string word(kind.word);
        context.reportKey(kUnknownKey, node,
                          inQuotes(owned.key) + " is not known in " + std::string(kind.what) + " of " + word +
                              " " + inQuotes(kind.names[kind.kind]) + ".",
                          "It belongs to the " + word + (owners.size() == 1 ? " " : "s ") + listed(owners) +
                              ".");
    }
}

} // namespace signalbox
