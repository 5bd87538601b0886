// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The tables of a workspace and how older files become newer ones. A migration is a script; all that a file
// lacks are applied in one transaction, so that a file is of the old version or of the new one, never
// between.

#include "base/result.h"
#include "base/sqlite.h"

#include <span>
#include <string>

namespace signalbox {

/// "SBOX": PRAGMA application_id of every workspace; says that a file is one.
inline constexpr std::int64_t kWorkspaceApplicationId = 0x53424F58;

struct Migration
{
    int version; ///< user_version afterwards
    const char* sql;
};

/// In order, without gaps, from version 1.
std::span<const Migration> workspaceMigrations();

struct FileKind
{
    enum class Kind { Empty, Workspace, Other };
    Kind kind = Kind::Other;
    int version = 0;
};
/// Looks at the file without writing to it.
Result<FileKind> kindOf(const sqlite::Database& database);

/// Brings the file to the last migration's version. On an error the file is as it was.
Result<> migrate(const sqlite::Database& database, std::span<const Migration> migrations);

/// Copies the database to a new file beside it, "PATH.v3-backup"; returns its name.
Result<std::string> backUp(const sqlite::Database& database, int version);

} // namespace signalbox
