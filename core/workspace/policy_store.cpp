// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/policy_store.h"

#include "base/clock.h"
#include "base/ids.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace signalbox {

namespace {

using sqlite::Database;
using sqlite::Statement;

constexpr std::size_t kLongestTag = 64;

template <class T>
tl::unexpected<Error> passOn(const Result<T>& failed)
{
    return tl::unexpected<Error>(failed.error());
}

std::string contentHashOf(const PolicyDocument& document)
{
    if (document.policy && !document.policy->contentHash.empty())
        return document.policy->contentHash;
    return sha256Hex(document.text);
}

tl::unexpected<Error> noSuchPolicy(const Database& database, const std::string& reference,
                                   const std::string& more = {})
{
    return fail("workspace.no_such_policy",
                "There is no policy " + reference + " in " + database.path() + "." + more, database.path());
}

struct Stored
{
    int version = 0;
    std::string hash;
};

/// Version `version` of the policy, or its newest for 0; nothing when there is none.
Result<std::optional<Stored>> findVersion(const Database& database, const std::string& name, int version)
{
    auto find = database.prepare(version > 0 ? "SELECT version, content_hash FROM policy_versions "
                                               "WHERE name = ?1 AND version = ?2"
                                             : "SELECT version, content_hash FROM policy_versions "
                                               "WHERE name = ?1 ORDER BY version DESC LIMIT 1");
    if (!find)
        return passOn(find);
    find->bind(1, name);
    if (version > 0)
        find->bind(2, version);
    const Result<bool> found = find->step();
    if (!found)
        return passOn(found);
    return *found ? std::optional(Stored{find->smallInteger(0), find->text(1)}) : std::nullopt;
}

/// Keeps the content. True when its text stands under the hash with these very bytes.
Result<bool> keepContent(const Database& database, const std::string& hash, const std::string& text)
{
    auto keep =
        database.prepare("INSERT INTO policies(content_hash, text) VALUES(?1, ?2) ON CONFLICT DO NOTHING");
    if (!keep)
        return passOn(keep);
    if (const Result<> kept = keep->bind(1, hash).bind(2, text).run(); !kept)
        return passOn(kept);
    auto same = database.prepare("SELECT text = ?2 FROM policies WHERE content_hash = ?1");
    if (!same)
        return passOn(same);
    const Result<bool> found = same->bind(1, hash).bind(2, text).step();
    if (!found)
        return passOn(found);
    return same->boolean(0);
}

struct NewVersion
{
    std::string name;
    int version = 0;
    std::string hash;
    std::string parentName; ///< "" = of the same name
    int parent = 0;         ///< 0 = none
    int restoredFrom = 0;   ///< 0 = none
};

Result<> addVersion(const Database& database, const NewVersion& fresh, const std::string& text,
                    const std::string& author, const std::string& message)
{
    const Result<bool> sameText = keepContent(database, fresh.hash, text);
    if (!sameText)
        return passOn(sameText);
    auto add =
        database.prepare("INSERT INTO policy_versions(name, version, content_hash, author, message, "
                         "created_at_ms, parent_name, "
                         "parent, restored_from, text) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    if (!add)
        return passOn(add);
    const auto orNull = [](int number) { return number > 0 ? std::optional(number) : std::nullopt; };
    add->bind(1, fresh.name).bind(2, fresh.version).bind(3, fresh.hash).bind(4, author).bind(5, message);
    add->bind(6, wallClockMs()).bindTextOrNull(7, fresh.parentName).bind(8, orNull(fresh.parent));
    add->bind(9, orNull(fresh.restoredFrom));
    // Another layout of known content is kept as its author wrote it.
    if (*sameText)
        add->bindNull(10);
    else
        add->bind(10, text);
    return add->run();
}

bool isTag(const std::string& tag)
{
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return !tag.empty() && tag.size() <= kLongestTag && std::ranges::all_of(tag, allowed) &&
           !std::ranges::all_of(tag, digit);
}

constexpr const char* kVersionColumns =
    "SELECT v.name, v.version, v.content_hash, v.author, v.message, v.created_at_ms, "
    "coalesce(v.parent_name, ''), coalesce(v.parent, 0), coalesce(v.restored_from, 0), "
    "(SELECT group_concat(t.tag, ' ') FROM policy_tags_now t WHERE t.name = v.name AND t.version = "
    "v.version), ";
constexpr const char* kWithText = "coalesce(v.text, p.text) FROM policy_versions v "
                                  "JOIN policies p ON p.content_hash = v.content_hash ";
constexpr const char* kWithoutText = "'' FROM policy_versions v ";

PolicyVersion versionAt(const Statement& row)
{
    PolicyVersion version;
    version.name = row.text(0);
    version.version = row.smallInteger(1);
    version.contentHash = row.text(2);
    version.author = row.text(3);
    version.message = row.text(4);
    version.createdAtMs = row.integer(5);
    version.parent = row.smallInteger(7);
    if (version.parent > 0)
        version.parentName = row.textView(6).empty() ? version.name : row.text(6);
    version.restoredFrom = row.smallInteger(8);
    const std::string tags = row.text(9);
    for (std::size_t from = 0; from < tags.size();) {
        const std::size_t to = std::min(tags.find(' ', from), tags.size());
        version.tags.push_back(tags.substr(from, to - from));
        from = to + 1;
    }
    std::ranges::sort(version.tags);
    version.text = row.text(10);
    return version;
}

template <class Row, class Bind, class Convert>
Result<std::vector<Row>> rows(const Database& database, const std::string& sql, Bind bind, Convert convert)
{
    auto statement = database.prepare(sql);
    if (!statement)
        return passOn(statement);
    bind(*statement);
    std::vector<Row> found;
    for (;;) {
        const Result<bool> more = statement->step();
        if (!more)
            return passOn(more);
        if (!*more)
            return found;
        found.push_back(convert(*statement));
    }
}

/// The first of the query's versions; nothing when there is none.
template <class Bind>
Result<std::optional<PolicyVersion>> oneVersion(const Database& database, const std::string& where, Bind bind)
{
    auto found =
        rows<PolicyVersion>(database, std::string(kVersionColumns) + kWithText + where, bind, versionAt);
    if (!found)
        return passOn(found);
    return found->empty() ? std::nullopt : std::optional(std::move(found->front()));
}

/// How many traces each content has.
Result<std::map<std::string, int>> traceCounts(const Database& database)
{
    auto counted = rows<std::pair<std::string, int>>(
        database,
        "SELECT c.policy_hash, sum((SELECT count(*) FROM traces t WHERE t.context = c.id)) FROM contexts c "
        "GROUP BY 1",
        [](Statement&) {}, [](const Statement& at) { return std::pair(at.text(0), at.smallInteger(1)); });
    if (!counted)
        return passOn(counted);
    return std::map<std::string, int>(counted->begin(), counted->end());
}

Result<std::string> tagsOf(const Database& database, const std::string& name)
{
    const auto tags = rows<std::string>(
        database, "SELECT tag || ' (v' || version || ')' FROM policy_tags_now WHERE name = ?1 ORDER BY tag",
        [&](Statement& statement) { statement.bind(1, name); },
        [](const Statement& at) { return at.text(0); });
    if (!tags)
        return passOn(tags);
    std::string joined;
    for (const std::string& tag : *tags)
        joined += (joined.empty() ? "" : ", ") + tag;
    return joined;
}

} // namespace

Result<int> storeVersion(const Database& database, const PolicyDocument& document, const VersionSave& save)
{
    NewVersion fresh;
    fresh.name = document.policy->name;
    fresh.hash = contentHashOf(document);
    const auto newest = findVersion(database, fresh.name, 0);
    if (!newest)
        return passOn(newest);
    fresh.version = *newest ? (*newest)->version + 1 : 1;

    std::optional<Stored> parent = *newest;
    if (save.parent > 0) {
        const std::string& name = save.parentName.empty() ? fresh.name : save.parentName;
        const auto found = findVersion(database, name, save.parent);
        if (!found)
            return passOn(found);
        if (!*found)
            return noSuchPolicy(database, name + "@" + std::to_string(save.parent));
        parent = *found;
        if (name != fresh.name)
            fresh.parentName = name;
    }
    if (parent && fresh.parentName.empty() && parent->hash == fresh.hash && !save.evenIfSame)
        return parent->version;
    fresh.parent = parent ? parent->version : 0;
    if (const Result<> added = addVersion(database, fresh, document.text, save.author, save.message); !added)
        return passOn(added);
    return fresh.version;
}

Result<int> storeRestored(const Database& database, const std::string& name, int version,
                          const std::string& author, const std::string& message)
{
    const std::string reference = name + "@" + std::to_string(version);
    const auto newest = findVersion(database, name, 0);
    if (!newest)
        return passOn(newest);
    const auto old = loadVersionByReference(database, reference);
    if (!old)
        return passOn(old);
    if (!*newest || old->version == (*newest)->version)
        return version; // it is what stands already
    NewVersion fresh;
    fresh.name = name;
    fresh.version = (*newest)->version + 1;
    fresh.hash = old->contentHash;
    fresh.parent = version;
    fresh.restoredFrom = version;
    if (const Result<> added = addVersion(database, fresh, old->text, author, message); !added)
        return passOn(added);
    return fresh.version;
}

Result<> storeTag(const Database& database, const std::string& name, const std::string& tag, int version,
                  const std::string& author)
{
    if (!isTag(tag))
        return fail("workspace.bad_tag",
                    "“" + tag + "” cannot be a tag: write 1 to 64 of a–z, 0–9 and “-”, not only digits.");
    if (version > 0) {
        const auto found = findVersion(database, name, version);
        if (!found)
            return passOn(found);
        if (!*found)
            return noSuchPolicy(database, name + "@" + std::to_string(version));
    }
    auto now = database.prepare("SELECT version FROM policy_tags_now WHERE name = ?1 AND tag = ?2");
    if (!now)
        return passOn(now);
    const Result<bool> stands = now->bind(1, name).bind(2, tag).step();
    if (!stands)
        return passOn(stands);
    const int from = *stands ? now->smallInteger(0) : 0;
    now->reset();
    if (from == version)
        return {};
    auto add = database.prepare("INSERT INTO policy_tags(name, tag, from_version, to_version, author, at_ms) "
                                "VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    if (!add)
        return passOn(add);
    const auto orNull = [](int number) { return number > 0 ? std::optional(number) : std::nullopt; };
    add->bind(1, name).bind(2, tag).bind(3, orNull(from)).bind(4, orNull(version)).bind(5, author);
    return add->bind(6, wallClockMs()).run();
}

Result<std::vector<PolicyVersion>> loadVersions(const Database& database, const std::string& name,
                                                VersionTexts texts)
{
    auto versions = rows<PolicyVersion>(
        database,
        std::string(kVersionColumns) + (texts == VersionTexts::With ? kWithText : kWithoutText) +
            "WHERE ?1 = '' OR v.name = ?1 ORDER BY v.created_at_ms DESC, v.version DESC, v.name",
        [&](Statement& statement) { statement.bind(1, name); }, versionAt);
    if (!versions || texts == VersionTexts::With)
        return versions;
    const auto counts = traceCounts(database);
    if (!counts)
        return passOn(counts);
    for (PolicyVersion& version : *versions) {
        if (const auto count = counts->find(version.contentHash); count != counts->end())
            version.traces = count->second;
    }
    return versions;
}

Result<PolicyVersion> loadVersionByHash(const Database& database, const std::string& contentHash)
{
    auto found = oneVersion(database,
                            "WHERE v.content_hash = ?1 ORDER BY v.created_at_ms DESC, v.version DESC LIMIT 1",
                            [&](Statement& statement) { statement.bind(1, contentHash); });
    if (!found)
        return passOn(found);
    if (!*found)
        return noSuchPolicy(database, contentHash);
    return std::move(**found);
}

Result<PolicyVersion> loadVersionByReference(const Database& database, const std::string& reference)
{
    const std::size_t at = reference.rfind('@');
    const std::string name = reference.substr(0, at);
    const std::string what = at == std::string::npos ? std::string() : reference.substr(at + 1);
    int version = 0;
    const auto [stopped, error] = std::from_chars(what.data(), what.data() + what.size(), version);
    if (!what.empty() && error == std::errc() && stopped == what.data() + what.size()) {
        auto found = oneVersion(database, "WHERE v.name = ?1 AND v.version = ?2",
                                [&](Statement& statement) { statement.bind(1, name).bind(2, version); });
        if (!found)
            return passOn(found);
        if (*found)
            return std::move(**found);
        return noSuchPolicy(database, reference);
    }
    if (isTag(what)) {
        auto found = oneVersion(database,
                                "JOIN policy_tags_now n ON n.name = v.name AND n.version = v.version "
                                "WHERE v.name = ?1 AND n.tag = ?2",
                                [&](Statement& statement) { statement.bind(1, name).bind(2, what); });
        if (!found)
            return passOn(found);
        if (*found)
            return std::move(**found);
    }
    auto found = oneVersion(database, "WHERE v.name = ?1 ORDER BY v.version DESC LIMIT 1",
                            [&](Statement& statement) { statement.bind(1, reference); });
    if (!found)
        return passOn(found);
    if (*found)
        return std::move(**found);
    const auto newest = findVersion(database, name, 0);
    if (!newest)
        return passOn(newest);
    if (what.empty() || !*newest)
        return noSuchPolicy(database, reference);
    const auto tags = tagsOf(database, name);
    if (!tags)
        return passOn(tags);
    return noSuchPolicy(database, reference,
                        tags->empty() ? " No version of " + name + " has a tag."
                                      : " The tags of " + name + " are " + *tags + ".");
}

Result<std::vector<TagMove>> loadTagMoves(const Database& database, const std::string& name)
{
    return rows<TagMove>(
        database,
        "SELECT tag, coalesce(from_version, 0), coalesce(to_version, 0), author, at_ms FROM policy_tags "
        "WHERE name = ?1 ORDER BY id DESC",
        [&](Statement& statement) { statement.bind(1, name); },
        [](const Statement& at) {
            return TagMove{at.text(0), at.smallInteger(1), at.smallInteger(2), at.text(3), at.integer(4)};
        });
}

Result<std::vector<std::string>> loadPolicyNames(const Database& database)
{
    return rows<std::string>(
        database, "SELECT name FROM policy_versions GROUP BY name ORDER BY max(created_at_ms) DESC, name",
        [](Statement&) {}, [](const Statement& at) { return at.text(0); });
}

} // namespace signalbox
