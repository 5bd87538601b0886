// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/open_file.h"

#include "workspace/schema.h"

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace signalbox {

namespace {

using sqlite::Database;

int newestVersion()
{
    return workspaceMigrations().back().version;
}

tl::unexpected<Error> notAWorkspace(const std::string& path)
{
    return fail("workspace.not_a_workspace",
                path + " is not a Signalbox workspace: choose another file. It was not changed.", path);
}

tl::unexpected<Error> failed(Error error)
{
    if (error.code == "workspace.not_a_database")
        return notAWorkspace(error.context);
    return tl::unexpected<Error>(std::move(error));
}

/// Is there a plain file? An error when there is something else, or no folder to put it into.
Result<bool> fileIsThere(const std::string& path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return fail("workspace.not_a_workspace", path + " is a folder: name a file in it.", path);
        if (!S_ISREG(status.st_mode))
            return notAWorkspace(path);
        return true;
    }
    if (errno != ENOENT && errno != ENOTDIR)
        return fail("workspace.io", path + " cannot be looked at: check the permissions of its folders.",
                    path);
    return false;
}

bool folderIsThere(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
    struct stat status = {};
    return ::stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

tl::unexpected<Error> notFound(const std::string& path)
{
    return fail("workspace.not_found", "There is no workspace " + path + ": check the name, or create it.",
                path);
}

Result<> refuseOtherVersions(const std::string& path, const FileKind& kind, bool readOnly)
{
    if (kind.kind != FileKind::Kind::Workspace)
        return notAWorkspace(path);
    if (kind.version > newestVersion())
        return fail("workspace.newer_version",
                    path + " was written by a newer Signalbox (workspace version " +
                        std::to_string(kind.version) + ", this one knows " + std::to_string(newestVersion()) +
                        "): update Signalbox to open it. It was " + "not changed.",
                    path);
    if (readOnly && kind.version < newestVersion())
        return fail(
            "workspace.older_version",
            path + " was written by an older Signalbox (workspace version " + std::to_string(kind.version) +
                ") and is opened for reading only: open it once for writing, which brings it to version " +
                std::to_string(newestVersion()) + " and keeps a backup.",
            path);
    return {};
}

Result<> bringUpToDate(const Database& database, const FileKind& kind)
{
    if (kind.version == newestVersion())
        return {};
    if (kind.kind == FileKind::Kind::Workspace) {
        if (const auto copy = backUp(database, kind.version); !copy)
            return failed(copy.error());
    }
    return migrate(database, workspaceMigrations());
}

Result<std::unique_ptr<Database>> openReadOnly(const std::string& path, bool immutable)
{
    sqlite::OpenOptions options;
    options.readOnly = true;
    options.immutable = immutable;
    auto database = Database::open(path, options);
    if (!database)
        return failed(database.error());
    const Result<FileKind> kind = kindOf(**database);
    if (!kind)
        return failed(kind.error());
    if (const Result<> fits = refuseOtherVersions(path, *kind, true); !fits)
        return tl::unexpected<Error>(fits.error());
    return database;
}

bool hasPendingLog(const std::string& path)
{
    struct stat status = {};
    return ::stat((path + "-wal").c_str(), &status) == 0 && status.st_size > 0;
}

Result<std::unique_ptr<Database>> openWritable(const std::string& path, bool create)
{
    sqlite::OpenOptions options;
    options.create = create;
    auto opened = Database::open(path, options);
    if (!opened)
        return failed(opened.error());
    const Database& database = **opened;
    // Nothing is written before it is certain that the file is ours.
    const Result<FileKind> kind = kindOf(database);
    if (!kind)
        return failed(kind.error());
    if (!(create && kind->kind == FileKind::Kind::Empty)) {
        if (const Result<> fits = refuseOtherVersions(path, *kind, false); !fits)
            return tl::unexpected<Error>(fits.error());
    }
    if (const Result<> current = bringUpToDate(database, *kind); !current)
        return failed(current.error());
    // FULL: with NORMAL a commit can be lost when the power fails, though never the file.
    const Result<> set =
        database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                         "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16384;");
    if (!set)
        return failed(set.error());
    // Takes and gives back the write lock, so that a file that cannot be written says so now and not at the
    // first trace.
    if (const Result<> writable = database.execute("BEGIN IMMEDIATE; ROLLBACK;"); !writable)
        return failed(writable.error());
    return opened;
}

void removeIfEmpty(const std::string& path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 0)
        ::unlink(path.c_str());
}

} // namespace

Result<std::unique_ptr<Database>> openForWriting(const std::string& path, bool create)
{
    const Result<bool> there = fileIsThere(path);
    if (!there)
        return tl::unexpected<Error>(there.error());
    if (!*there && !create)
        return notFound(path);
    if (!*there && !folderIsThere(path))
        return fail("workspace.not_found",
                    "The folder of " + path + " does not exist: create it or choose another.", path);
    auto opened = openWritable(path, create);
    // A file that could not be filled is not left behind as an empty one.
    if (!opened && !*there)
        removeIfEmpty(path);
    return opened;
}

Result<std::unique_ptr<Database>> openForReading(const std::string& path)
{
    const Result<bool> there = fileIsThere(path);
    if (!there)
        return tl::unexpected<Error>(there.error());
    if (!*there)
        return notFound(path);
    auto database = openReadOnly(path, false);
    // A file in WAL mode wants a -shm file beside it. Where none can be made nobody writes either, and a file
    // without a log can be read as it is.
    if (!database && database.error().code == "workspace.read_only" && !hasPendingLog(path))
        return openReadOnly(path, true);
    return database;
}

} // namespace signalbox
