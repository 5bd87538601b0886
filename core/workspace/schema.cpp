// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/schema.h"

#include "workspace/schema_sql.h"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox {

namespace {

constexpr std::array<Migration, 11> kMigrations = {{
    {1, schema_sql::kVersion1},
    {2, schema_sql::kVersion2},
    {3, schema_sql::kVersion3},
    {4, schema_sql::kVersion4},
    {5, schema_sql::kVersion5},
    {6, schema_sql::kVersion6},
    {7, schema_sql::kVersion7},
    {8, schema_sql::kVersion8},
    {9, schema_sql::kVersion9},
    {10, schema_sql::kVersion10},
    {11, schema_sql::kVersion11},
}};

bool exists(const std::string& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0;
}

std::string freeBackupName(const std::string& path, int version)
{
    const std::string base = path + ".v" + std::to_string(version) + "-backup";
    std::string candidate = base;
    for (int n = 2; exists(candidate); ++n)
        candidate = base + "-" + std::to_string(n);
    return candidate;
}

bool syncFile(const std::string& path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool synced = ::fsync(fd) == 0;
    ::close(fd);
    return synced;
}

Result<> applyAll(const sqlite::Database& database, int version, std::span<const Migration> migrations)
{
    for (const Migration& migration : migrations) {
        if (migration.version <= version)
            continue;
        if (const Result<> applied = database.execute(migration.sql); !applied)
            return applied;
    }
    if (!migrations.empty()) {
        const std::string numbers = "PRAGMA application_id = " + std::to_string(kWorkspaceApplicationId) +
                                    "; PRAGMA user_version = " + std::to_string(migrations.back().version);
        if (const Result<> numbered = database.execute(numbers); !numbered)
            return numbered;
    }
    auto violations = database.prepare("PRAGMA foreign_key_check");
    if (!violations)
        return tl::unexpected<Error>(violations.error());
    const Result<bool> found = violations->step();
    if (!found)
        return tl::unexpected<Error>(found.error());
    if (*found)
        return fail("workspace.corrupt",
                    database.path() + " could not be brought to this version: its table " +
                        violations->text(0) + " refers to rows that are missing. The file is as it was.",
                    database.path());
    return {};
}

} // namespace

std::span<const Migration> workspaceMigrations()
{
    return kMigrations;
}

Result<FileKind> kindOf(const sqlite::Database& database)
{
    const auto application = database.integer("PRAGMA application_id");
    if (!application)
        return tl::unexpected<Error>(application.error());
    const auto version = database.integer("PRAGMA user_version");
    if (!version)
        return tl::unexpected<Error>(version.error());
    const auto tables = database.integer("SELECT count(*) FROM sqlite_schema");
    if (!tables)
        return tl::unexpected<Error>(tables.error());
    FileKind kind;
    kind.version = static_cast<int>(version->value_or(0));
    if (application->value_or(0) == kWorkspaceApplicationId)
        kind.kind = FileKind::Kind::Workspace;
    else if (application->value_or(0) == 0 && kind.version == 0 && tables->value_or(0) == 0)
        kind.kind = FileKind::Kind::Empty;
    return kind;
}

Result<> migrate(const sqlite::Database& database, std::span<const Migration> migrations)
{
    auto transaction = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected<Error>(transaction.error());
    // Asked again under the lock: another program may have been faster.
    const auto version = database.integer("PRAGMA user_version");
    if (!version)
        return tl::unexpected<Error>(version.error());
    if (const Result<> applied = applyAll(database, static_cast<int>(version->value_or(0)), migrations);
        !applied)
        return applied;
    return transaction->commit();
}

Result<std::string> backUp(const sqlite::Database& database, int version)
{
    const std::string target = freeBackupName(database.path(), version);
    const std::string partial = target + ".partial";
    ::unlink(partial.c_str());
    auto copy = database.prepare("VACUUM main INTO ?1");
    Result<> copied;
    if (copy)
        copied = copy->bind(1, partial).run();
    else
        copied = tl::unexpected<Error>(copy.error());
    if (copied && (!syncFile(partial) || ::rename(partial.c_str(), target.c_str()) != 0))
        copied = fail("workspace.io", "The backup " + target + " could not be written.", target);
    if (!copied) {
        ::unlink(partial.c_str());
        Error error = copied.error();
        error.message = "No backup could be made before bringing " + database.path() +
                        " to this version, so it was left " + "as it is. " + error.message;
        return tl::unexpected<Error>(std::move(error));
    }
    return target;
}

} // namespace signalbox
