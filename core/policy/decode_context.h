// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the parts of the decoder share: the tree, the findings, the ids that references may name, and a reader
// of one object's keys that reports what is unknown, missing or of the wrong type. Private to core/policy.

#include "policy/diagnostic.h"
#include "policy/policy.h"
#include "policy/syntax_tree.h"
#include "policy/vocabulary.h"

#include <array>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace signalbox {

inline constexpr int kMostTokens = 100'000'000; ///< of any count of tokens that a policy states

class IdIndex;

/// A diagnostic before its place in the text has been worked out.
struct Finding
{
    const char* code = "";
    NodeIndex node = kNoNode;
    bool atKey = false; ///< it concerns the key rather than the value
    std::string message;
    std::string hint;
    std::vector<QuickFix> fixes; ///< of policy/quick_fix.h
    const IdIndex* unanswered = nullptr; ///< of a reference: the list that has no such id, nor one like it
    std::string id;                      ///< what it names
};

struct PolicyDocument;

/// The ids of one list: what references may name.
class IdIndex
{
public:
    int find(const std::string& id) const; ///< -1 if there is none
    bool add(const std::string& id, int position);
    /// An entry of the list whose id is missing, or is another's: a reference that nothing answers may mean it.
    void addNameless() { ++m_nameless; }
    std::size_t nameless() const { return m_nameless; }
    bool hasNear(const std::string& id) const;
    std::string hintFor(const std::string& id) const;
    /// A fix that writes the one id that is near instead; none when there is none or more than one.
    std::vector<QuickFix> fixFor(const SyntaxTree& tree, NodeIndex node, const std::string& id) const;
    const std::vector<std::string>& ids() const { return m_ids; }
    bool empty() const { return m_ids.empty(); }

private:
    std::unordered_map<std::string, int> m_positions;
    std::vector<std::string> m_ids;
    std::size_t m_nameless = 0;
    mutable std::size_t m_hints = 0; ///< a search is dear; more hints than findings are of no use
    mutable std::size_t m_fixes = 0;
};

class DecodeContext
{
public:
    DecodeContext(const SyntaxTree& tree, Policy& policy) : m_tree(tree), m_policy(policy) {}

    const SyntaxTree& tree() const { return m_tree; }
    Policy& policy() { return m_policy; }
    const Policy& policy() const { return m_policy; }

    void report(const char* code, NodeIndex node, std::string message, std::string hint = {},
                std::vector<QuickFix> fixes = {});
    void reportKey(const char* code, NodeIndex node, std::string message, std::string hint = {},
                   std::vector<QuickFix> fixes = {});
    /// Errors, warnings and notes are bounded apart, so that none can push out a graver one.
    static constexpr std::size_t kMaxFindings = 200;
    const std::vector<Finding>& findings() const { return m_findings; }
    /// Takes back what was said of references that may mean entries without an id of their own: as many different ids as
    /// there are such entries. What those lack has been said, and the references follow from it.
    void forgiveNameless();
    std::size_t errorCount() const { return m_counts[static_cast<std::size_t>(Severity::Error)]; }
    bool truncated() const { return m_truncated; }
    /// didYouMean(), as long as there is room for what it would be said with.
    std::string hint(std::string_view word, const std::vector<std::string_view>& candidates) const
    {
        return errorCount() < kMaxFindings ? didYouMean(word, candidates) : std::string();
    }

    IdIndex endpoints;
    IdIndex models;
    IdIndex tiers;
    IdIndex templates;
    IdIndex tools;
    IdIndex rubrics;
    IdIndex userTiers;
    IdIndex triggers;

    /// A fix that renames the key to the one that is near, as long as there is room for it.
    std::vector<QuickFix> keyFix(NodeIndex node, std::string_view key,
                                 const std::vector<std::string_view>& candidates) const;
    /// A fix that writes the one near word instead, as long as there is room for it.
    std::vector<QuickFix> wordFix(NodeIndex node, std::string_view word,
                                  const std::vector<std::string_view>& candidates) const;

    /// The tier's position, or -1 after a report.
    int tierReference(const std::string& id, NodeIndex node);
    /// A tier or "human".
    Route routeReference(const std::string& id, NodeIndex node, bool mayBeNext = false);
    /// The position in `index`, or -1 after a report with `code`. An empty id has been reported already.
    int reference(const IdIndex& index, const char* code, std::string_view what, const std::string& id,
                  NodeIndex node);
    /// A model that must have the capability; says so only of models that state what they can do.
    int modelReference(const std::string& id, NodeIndex node, std::string_view capability = {});

    /// Patterns that may still be compiled; those that nobody has checked before and that are over it are counted.
    int newPatternsLeft = 0;
    /// Instructions of all patterns so far. Beyond the limit, several times what a large policy needs, the
    /// rest is not compiled: a short text must not cost minutes.
    static constexpr std::int64_t kMostPatternWork = 4'000'000;
    std::int64_t patternWork = 0;
    int uncheckedPatterns = 0;

    /// How often something was reported.
    std::size_t reports() const { return std::accumulate(m_counts.begin(), m_counts.end(), std::size_t{0}); }
    const PolicyDocument* before = nullptr; ///< of ReadOptions
    std::vector<std::int64_t> rulePatternWork; ///< of PolicyDocument

private:
    void add(Finding finding);
    void reportUnanswered(const IdIndex& index, const char* code, std::string_view what, const std::string& id,
                          NodeIndex node, std::string hint, std::vector<QuickFix> fixes);

    const SyntaxTree& m_tree;
    Policy& m_policy;
    std::vector<Finding> m_findings;
    std::array<std::size_t, 3> m_counts{}; ///< by severity
    bool m_truncated = false;
};

struct Text
{
    std::string value;
    NodeIndex node = kNoNode;
};

/// Reads the keys of one object. Reports unknown keys when it is made, everything else when it is asked for.
class ObjectReader
{
public:
    /// `node` may be of any kind, or kNoNode; an object reader over something else is not valid and yields
    /// nothing.
    ObjectReader(DecodeContext& context, NodeIndex node, ObjectType type);

    bool valid() const { return m_valid; }
    NodeIndex node() const { return m_node; }
    bool has(std::string_view key) const { return find(key) != kNoNode; }
    /// The key is not there, but an unknown one is it for certain; that has been said with the unknown key.
    bool isMisspelt(std::string_view key) const;
    NodeIndex find(std::string_view key) const;
    /// Reports when the key is missing.
    NodeIndex require(std::string_view key);

    std::optional<std::string> text(std::string_view key);
    /// A string that must be there and must not be empty; "" after a report.
    std::string requiredText(std::string_view key);
    /// `outside` is the hint for a number that is out of range.
    std::optional<double> number(std::string_view key, double low, double high,
                                 const std::string& outside = {});
    std::optional<double> requiredNumber(std::string_view key, double low, double high);
    std::optional<int> integer(std::string_view key, int low, int high);
    std::optional<int> requiredInteger(std::string_view key, int low, int high);
    std::optional<bool> boolean(std::string_view key);
    /// Strings of a list; with `single`, also one bare string. Empty entries are reported.
    /// `least` says how many an empty list needs; that too few others are too few is for the caller to say.
    std::vector<Text> texts(std::string_view key, bool single = false, int least = 1);
    /// One of the words; reports others and hints at the nearest. Returns its position, or -1.
    int choice(std::string_view key, const std::vector<std::string_view>& words);
    /// The elements of a list; empty after a report when it is no list.
    std::vector<NodeIndex> elements(std::string_view key);
    /// An id: required, well-formed, and not one of `reserved`.
    std::string id(const std::vector<std::string_view>& reserved = {});

    void wrongType(NodeIndex node, const std::string& expected, std::vector<QuickFix> fixes = {});

private:
    std::optional<double> numberAt(NodeIndex node, double low, double high, bool whole,
                                   const std::string& outside = {});
    std::string describe(NodeIndex node) const;
    /// Of the child's key among the known ones, looked for from `from` on; their number if it is none of
    /// them.
    std::size_t positionOfKey(NodeIndex child, std::size_t from) const;

    DecodeContext& m_context;
    const SyntaxTree& m_tree;
    NodeIndex m_node;
    ObjectType m_type;
    std::span<const KeyInfo> m_keys;
    bool m_valid = false;
    std::array<NodeIndex, kMostKeys> m_slots;
};

/// Adds an id to the index, or reports that it is there already.
void registerId(DecodeContext& context, IdIndex& index, const ObjectReader& reader, const std::string& id,
                int position, std::string_view what);
void reportDuplicateId(DecodeContext& context, NodeIndex node, std::string_view what, const std::string& id);

/// Reports patterns that RE2 refuses, those that occur in every text and those that occur in none. True when one describes
/// personal data. `excluded`: they stand under "not", where it says something that a text has no letter.
bool checkPatterns(DecodeContext& context, const std::vector<Text>& patterns, bool excluded = false);
/// Reports keywords without a letter or a digit, which are no words.
void checkKeywords(DecodeContext& context, const std::vector<Text>& keywords);

std::vector<std::string> valuesOf(const std::vector<Text>& texts);
std::string inQuotes(std::string_view text);
/// As JSON writes it, with at most twelve digits.
std::string shortNumber(double value);

/// A route as it is written: a string, or an object that says what it carries along.
struct RouteText
{
    std::string id; ///< as written; "" after a report
    Route route;    ///< None for "next"
    RouteCarries carries;
    bool next = false;
};
enum class MayBeNext { No, Yes };
/// The route under a key; all empty when the key is not there.
RouteText decodeRoute(DecodeContext& context, ObjectReader& reader, std::string_view key,
                      MayBeNext mayBeNext = MayBeNext::No);

/// Tiers of a list, each at most once, with their ids as written. -1 stands for one that does not exist.
struct TierList
{
    std::vector<std::string> ids;
    std::vector<int> tiers;
};
TierList decodeTierList(DecodeContext& context, ObjectReader& reader, std::string_view key,
                        bool single = false, int least = 1);

/// Reports entries that stand twice in a list.
void reportRepeated(DecodeContext& context, const std::vector<Text>& texts, std::string_view where);
/// Strings of a list of known words, each at most once.
std::vector<std::string> decodeWords(DecodeContext& context, ObjectReader& reader, std::string_view key,
                                     const std::vector<std::string_view>& words, bool single = false);

/// A key that only some kinds of an object know; bit i of `owners` stands for kind i.
struct OwnedKey
{
    std::string_view key;
    std::uint32_t owners;
};
/// Reports keys that belong to other kinds of the same object, and says to which.
struct KindOfObject
{
    std::string_view what; ///< "a router"
    std::string_view word; ///< "kind"
    std::span<const std::string_view> names;
    std::size_t kind; ///< the one that the object is of
};
void reportForeignKeys(DecodeContext& context, const ObjectReader& reader, std::span<const OwnedKey> keys,
                       const KindOfObject& kind);

/// Reports what cannot be the name of a tool towards a model.
void checkToolName(DecodeContext& context, NodeIndex node, const std::string& name);
void decodeBudget(DecodeContext& context, NodeIndex node, Budget& budget);
void decodeSlo(DecodeContext& context, NodeIndex node, Slo& slo);
/// "judge:RUBRIC", "reference", "verifier" or "human". Returns the rubric's position, or -1.
int decodeQualitySource(DecodeContext& context, NodeIndex node, const std::string& source);
enum class UserTierKnown { Yes, No };
std::optional<Condition> decodeCondition(DecodeContext& context, NodeIndex node,
                                         UserTierKnown userTier = UserTierKnown::Yes);

// The parts, in the order in which they must run: a part may refer to those before it.
void decodeEndpoints(DecodeContext& context, ObjectReader& top);
void decodeModels(DecodeContext& context, ObjectReader& top);
void decodeTiers(DecodeContext& context, ObjectReader& top);
void decodeTemplates(DecodeContext& context, ObjectReader& top);
void decodeTools(DecodeContext& context, ObjectReader& top);
void decodeRubrics(DecodeContext& context, ObjectReader& top);
void decodeUserTiers(DecodeContext& context, ObjectReader& top);
void decodeRules(DecodeContext& context, ObjectReader& top);
void decodeRouter(DecodeContext& context, ObjectReader& top);
void decodeRetrieval(DecodeContext& context, ObjectReader& top);
void decodeTriggers(DecodeContext& context, ObjectReader& top);
void decodeCascade(DecodeContext& context, ObjectReader& top);
void decodeOperation(DecodeContext& context, ObjectReader& top); ///< cache, stickiness, gates, handoff, copy
void decodeTop(DecodeContext& context);

} // namespace signalbox
