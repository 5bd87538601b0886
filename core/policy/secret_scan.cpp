// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/secret_scan.h"

#include "base/text.h"
#include "policy/pointer.h"

#include <algorithm>
#include <array>

namespace signalbox {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kLongestName = 20; ///< that cannot be a key

constexpr bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// How providers' keys begin, and whether "-" and "_" occur in what follows.
struct KeyShape
{
    std::string_view prefix;
    bool dashes;
};

constexpr KeyShape kShapes[] = {
    {"sk-", true},   {"sk_live_", false}, {"sk_test_", false}, {"sk_", false},    {"AIza", true},
    {"ghp_", false}, {"hf_", false},      {"gsk_", false},     {"xai-", false},   {"github_pat_", true},
    {"gho_", false}, {"glpat-", true},    {"xoxb-", true},     {"xoxp-", true},   {"AKIA", false},
    {"eyJ", true} /* a JSON Web Token */, {"Bearer ", true},      {"bearer ", true},
    {"Basic ", false}, {"r8_", false},    {"pplx-", false},       {"nvapi-", true},   {"fw_", false},
    {"ghs_", false}, {"ASIA", false},     {"ya29.", true},        {"xapp-", true},    {"rk_live_", false},
    {"glsa_", true}, {"pk-lf-", true},    {"dapi", false}};

constexpr std::size_t kShortestKey = 16; ///< after its prefix
/// As far as is looked for a part without sense; longer, and a text of nothing but prefixes would cost its square.
constexpr std::size_t kFarthest = 64;
constexpr std::size_t kShortestJumble = 8;

/// Whether it occurs in keys, by byte.
constexpr std::array<bool, 256> kOfKey = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c < 0x80; ++c)
        table[c] = c == '_' || c == '-' || isLetterOrDigit(static_cast<char>(c));
    return table;
}();

bool isOfKey(char c)
{
    return kOfKey[static_cast<unsigned char>(c)];
}

/// How often small letters, capitals and digits take turns. The capital that begins a word does not count twice.
std::size_t changesOf(std::string_view text)
{
    const auto kindOf = [](char c) { return isDigit(c) ? 0 : c >= 'a' && c <= 'z' ? 1 : 2; };
    std::size_t changes = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const int before = kindOf(text[i - 1]);
        const int now = kindOf(text[i]);
        changes += before != now && !(before == 2 && now == 1) ? 1 : 0;
    }
    return changes;
}

/// Letters and digits as they come by chance: neither words ("customer", "TOKEN", "YourAccessToken"), also with a number
/// behind them ("segment2024"), nor a number, nor the same letter over and over, as in the place where a key is to go.
bool isJumble(std::string_view part)
{
    constexpr std::ptrdiff_t kLongestNumber = 4; ///< within words
    if (part.size() < kShortestJumble || part.find("EXAMPLE") != kNone)
        return false;
    std::array<bool, 256> seen{};
    for (const char c : part)
        seen[static_cast<unsigned char>(c)] = true;
    const std::ptrdiff_t digits = std::ranges::count_if(part, isDigit);
    if (std::ranges::count(seen, true) < 6 || digits == static_cast<std::ptrdiff_t>(part.size()))
        return false;
    if (digits > kLongestNumber)
        return true;
    // Words are as long as four letters in the mean, and a third of the letters at most begin one.
    const auto capitals =
        static_cast<std::size_t>(std::ranges::count_if(part, [](char c) { return c >= 'A' && c <= 'Z'; }));
    const bool lower = std::ranges::any_of(part, [](char c) { return c >= 'a' && c <= 'z'; });
    return changesOf(part) * 4 > part.size() || (lower && capitals * 100 > part.size() * 36);
}

/// Letters in the order of the alphabet: what stands for a key in an example, and is pasted as one.
bool runsThroughAlphabet(std::string_view part)
{
    constexpr std::size_t kRun = 12;
    std::size_t run = 1;
    for (std::size_t i = 1; i < part.size() && run < kRun; ++i)
        run = part[i] == part[i - 1] + 1 && isLetterOrDigit(part[i]) ? run + 1 : 1;
    return run >= kRun;
}

bool hasJumble(std::string_view key)
{
    while (!key.empty()) {
        const std::size_t end = std::min(key.find_first_of("-_"), key.size());
        if (isJumble(key.substr(0, end)) || runsThroughAlphabet(key.substr(0, end)))
            return true;
        key.remove_prefix(std::min(end + 1, key.size()));
    }
    return false;
}

bool isKeyAt(std::string_view text, std::size_t at, const KeyShape& shape)
{
    if (text[at] != shape.prefix.front() || text.substr(at, shape.prefix.size()) != shape.prefix)
        return false;
    const std::string_view rest = text.substr(at + shape.prefix.size(), kFarthest);
    const auto ends = [&](char c) { return !(shape.dashes ? isOfKey(c) : isLetterOrDigit(c)); };
    const std::string_view key = rest.substr(0, std::ranges::find_if(rest, ends) - rest.begin());
    return key.size() >= kShortestKey && hasJumble(key);
}

enum class Escapes { None, OfJson };

/// No word goes on here. In JSON, the letter of an escape belongs to no word.
bool mayBegin(std::string_view text, std::size_t at, Escapes escapes)
{
    if (at == 0 || (!isLetterOrDigit(text[at - 1]) && text[at - 1] != '_'))
        return true;
    std::size_t slashes = 0;
    while (escapes == Escapes::OfJson && slashes + 2 <= at && text[at - 2 - slashes] == '\\')
        ++slashes;
    return slashes % 2 == 1;
}

/// A private key as RFC 7468 (10, 11) writes it: not the words alone, which patterns that look for keys have too, but
/// with its beginning behind them.
std::size_t privateKeyWithin(std::string_view text)
{
    constexpr std::string_view kLabel = "PRIVATE KEY-----";
    for (std::size_t at = text.find(kLabel); at != kNone; at = text.find(kLabel, at + kLabel.size())) {
        std::string_view rest = text.substr(at + kLabel.size(), kFarthest);
        for (const std::string_view gap : {"\\r", "\\n", " "}) // a string of JSON has its line breaks escaped
            rest.remove_prefix(rest.starts_with(gap) ? gap.size() : 0);
        const auto base64 = [](char c) { return isLetterOrDigit(c) || c == '+' || c == '/'; };
        if (std::ranges::find_if_not(rest, base64) - rest.begin() >= static_cast<std::ptrdiff_t>(kShortestKey))
            return at;
    }
    return kNone;
}

/// A provider's key anywhere in a text. Words that merely begin alike ("sk-learn", "sk-customer-segment") are short or
/// have sense, and patterns that describe keys have brackets where a key goes on.
std::size_t keyWithin(std::string_view text, Escapes escapes = Escapes::None)
{
    constexpr std::size_t kLongestPrefix =
        std::ranges::max(kShapes, {}, [](const KeyShape& shape) { return shape.prefix.size(); }).prefix.size();
    // A key has a run of characters so long that steps of its length cannot miss it.
    for (std::size_t probe = kShortestKey - 1; probe < text.size(); probe += kShortestKey) {
        std::size_t begin = probe;
        std::size_t end = probe;
        while (end < text.size() && isOfKey(text[end]))
            ++end;
        while (end > probe && begin > 0 && isOfKey(text[begin - 1]))
            --begin;
        if (end - begin < kShortestKey)
            continue;
        for (std::size_t at = begin - std::min(begin, kLongestPrefix); at < end; ++at) {
            const auto isKey = [&](const KeyShape& shape) { return isKeyAt(text, at, shape); };
            if (std::ranges::any_of(kShapes, isKey) && mayBegin(text, at, escapes))
                return at;
        }
        probe = end;
    }
    return privateKeyWithin(text);
}

/// So many bytes at the front are equal. By blocks, which is many times quicker than by bytes.
std::size_t equalAtFront(std::string_view a, std::string_view b)
{
    constexpr std::size_t kBlock = 4096;
    const std::size_t most = std::min(a.size(), b.size());
    std::size_t equal = 0;
    while (equal + kBlock <= most && a.substr(equal, kBlock) == b.substr(equal, kBlock))
        equal += kBlock;
    while (equal < most && a[equal] == b[equal])
        ++equal;
    return equal;
}

std::size_t equalAtBack(std::string_view a, std::string_view b)
{
    constexpr std::size_t kBlock = 4096;
    const std::size_t most = std::min(a.size(), b.size());
    std::size_t equal = 0;
    while (equal + kBlock <= most &&
           a.substr(a.size() - equal - kBlock, kBlock) == b.substr(b.size() - equal - kBlock, kBlock))
        equal += kBlock;
    while (equal < most && a[a.size() - 1 - equal] == b[b.size() - 1 - equal])
        ++equal;
    return equal;
}

/// A key in the lines that differ from a text without any; no key goes beyond its line. In all lines where there is no
/// such text.
std::size_t keyInNewLines(std::string_view text, std::string_view without)
{
    const std::size_t front = equalAtFront(text, without);
    const std::size_t back = equalAtBack(text.substr(front), without.substr(front));
    const std::size_t before = front == 0 ? kNone : text.rfind('\n', front - 1);
    const std::size_t begin = before == kNone ? 0 : before + 1;
    const std::size_t end = std::min(text.find('\n', text.size() - back), text.size());
    const std::size_t at = keyWithin(text.substr(begin, end - begin), Escapes::OfJson);
    return at == kNone ? kNone : begin + at;
}

/// Names under which people write keys down.
bool namesAKey(std::string_view name)
{
    std::string plain = toLowerAscii(name);
    std::erase_if(plain, [](char c) { return c == '_' || c == '-'; });
    for (const std::string_view word : {"key", "xkey", "authorization", "auth", "bearer", "sig", "signature", "pwd"}) {
        if (plain == word)
            return true;
    }
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{"apikey", "accesskey", "secretkey", "subscriptionkey", "token", "secret",
                                                "password", "passwd", "credentials"},
        [&](std::string_view end) { return plain.ends_with(end); });
}

/// "https://user:password@host", or a query that hands over a key.
bool urlWithCredentials(std::string_view url, bool toServer)
{
    const std::size_t colon = url.find("://");
    if (colon == kNone)
        return false;
    const std::size_t end = std::min(url.find_first_of("/?#", colon + 3), url.size());
    const std::string_view host = url.substr(colon + 3, end - colon - 3);
    const std::size_t at = host.find('@');
    if (at != kNone && (toServer || host.substr(0, at).find(':') != kNone))
        return true;
    const std::size_t query = url.find('?', colon + 3);
    if (query == kNone)
        return false;
    // A page that is merely linked to may well have a "?key=" of its own.
    std::string_view left = url.substr(query + 1);
    while (!left.empty()) {
        const std::string_view asked = left.substr(0, left.find('&'));
        left.remove_prefix(std::min(asked.size() + 1, left.size()));
        const std::size_t equals = std::min(asked.find('='), asked.size());
        const std::string_view value = asked.substr(std::min(equals + 1, asked.size()));
        if (namesAKey(asked.substr(0, equals)) &&
            (toServer ? !value.empty() : value.size() >= kShortestKey && hasJumble(value)))
            return true;
    }
    return false;
}

/// A string within an endpoint or a model.
bool isSecretOfFleet(const SyntaxTree& tree, NodeIndex at, const std::string& value)
{
    if (value.empty())
        return false;
    if (namesAKey(tree.key(at)) || urlWithCredentials(value, tree.keyIs(at, "base_url")))
        return true;
    const NodeIndex parent = tree.node(at).parent;
    if (parent == kNoNode || !namesAKey(tree.key(parent)))
        return false;
    // Within a reference to a key; "keychain" may be any name that is not a key itself.
    if (tree.keyIs(at, "note"))
        return false;
    if (tree.keyIs(at, "keychain"))
        return value.rfind("sk-", 0) == 0;
    const auto ofAName = [](char c) { return c == '_' || isLetterOrDigit(c); };
    const auto beginsAs = [&](const KeyShape& shape) { // a variable's name goes on in words
        return value.starts_with(shape.prefix) && value.size() >= shape.prefix.size() + kShortestKey &&
               value.find('_', shape.prefix.size()) == std::string::npos;
    };
    return std::ranges::any_of(kShapes, beginsAs) || looksLikeKey(value) || (value.size() > kLongestName && !std::ranges::all_of(value, ofAName));
}

NodeIndex findInFleet(const SyntaxTree& tree)
{
    for (NodeIndex list = tree.firstChild(tree.root()); list != kNoNode; list = tree.nextSibling(list)) {
        if (tree.kind(list) == NodeKind::String && namesAKey(tree.key(list)) && !tree.string(list).empty())
            return list;
        if (!tree.keyIs(list, "endpoints") && !tree.keyIs(list, "models"))
            continue;
        for (NodeIndex at = list; at < tree.node(list).end; ++at) {
            if (tree.kind(at) == NodeKind::String && isSecretOfFleet(tree, at, tree.string(at)))
                return at;
        }
    }
    return kNoNode;
}

/// The innermost value that holds the byte.
NodeIndex nodeHolding(const SyntaxTree& tree, std::size_t offset)
{
    NodeIndex found = kNoNode;
    for (NodeIndex at = 0; at < tree.size() && tree.node(at).offset <= offset; ++at) {
        if (offset < std::size_t{tree.node(at).offset} + tree.node(at).length)
            found = at;
    }
    return found;
}

/// The pointer of a node, unless the key is a part of the pointer.
std::string discreetPointer(const SyntaxTree& tree, NodeIndex at)
{
    for (; at != kNoNode; at = tree.node(at).parent) {
        std::string pointer = pointerOf(tree, at);
        if (keyWithin(pointer) == kNone)
            return pointer;
    }
    return {};
}

} // namespace

bool looksLikeKey(std::string_view value)
{
    // The first ones cannot be a name, so that their length does not matter.
    for (const std::string_view prefix : {"sk-", "pk-", "xai-", "Bearer "}) {
        if (value.starts_with(prefix))
            return true;
    }
    if (keyWithin(value) != kNone)
        return true;
    return value.size() > kLongestName && value.find('_') == kNone && changesOf(value) * 4 > value.size();
}

std::optional<std::string> findSecret(const SyntaxTree& tree, std::string_view without)
{
    if (tree.readable() && tree.kind(tree.root()) == NodeKind::Object) {
        if (const NodeIndex found = findInFleet(tree); found != kNoNode)
            return discreetPointer(tree, found);
    }
    if (const std::size_t at = keyInNewLines(tree.text(), without); at != kNone)
        return tree.readable() ? discreetPointer(tree, nodeHolding(tree, at)) : std::string();
    // A key's characters can be written by their numbers.
    if (!tree.readable() || tree.text().find("\\u") == kNone)
        return std::nullopt;
    for (NodeIndex at = 0; at < tree.size(); ++at) {
        const bool hidden = tree.kind(at) == NodeKind::String && tree.valueText(at).find("\\u") != kNone &&
                            keyWithin(tree.string(at)) != kNone;
        if (hidden || (tree.node(at).keyEscaped && keyWithin(tree.key(at)) != kNone))
            return discreetPointer(tree, at);
    }
    return std::nullopt;
}

} // namespace signalbox
