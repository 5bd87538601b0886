// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sqlite.h"

#include <cerrno>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

namespace signalbox::sqlite {

namespace {

bool isDiskFullErrno(int number)
{
    return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

/// SQLite says "disk full" of ENOSPC only. A write can also fail for want of room because of a limit on the
/// size of files, or when the last block went to somebody else meanwhile; the system's error number is gone
/// by the time we see it.
bool noRoomFor(const std::string& path)
{
    struct rlimit limit = {};
    if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        return true;
    struct statvfs disk = {};
    constexpr unsigned long kFewBytes = 1 << 20;
    return ::statvfs(path.c_str(), &disk) == 0 && disk.f_bavail * disk.f_frsize < kFewBytes;
}

/// "file:…" with the characters escaped that a URI gives a meaning.
std::string uriOf(const std::string& path)
{
    std::string uri = "file:";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') {
            constexpr char kHex[] = "0123456789ABCDEF";
            uri += '%';
            uri += kHex[static_cast<unsigned char>(c) >> 4];
            uri += kHex[static_cast<unsigned char>(c) & 15];
        } else {
            uri += c;
        }
    }
    return uri;
}

} // namespace

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Statement& Statement::bind(int at, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), at, value);
    return *this;
}

Statement& Statement::bind(int at, double value)
{
    sqlite3_bind_double(m_statement.get(), at, value);
    return *this;
}

Statement& Statement::bind(int at, std::string_view text)
{
    // A null pointer would bind NULL; an empty text is a text.
    sqlite3_bind_text64(m_statement.get(), at, text.data() ? text.data() : "", text.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
    return *this;
}

Statement& Statement::bindBlob(int at, std::string_view bytes)
{
    sqlite3_bind_blob64(m_statement.get(), at, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_STATIC);
    return *this;
}

Statement& Statement::bindNull(int at)
{
    sqlite3_bind_null(m_statement.get(), at);
    return *this;
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_statement.get());
        return false;
    }
    Error error = m_database->lastError();
    sqlite3_reset(m_statement.get());
    return tl::unexpected<Error>(std::move(error));
}

Result<> Statement::run()
{
    for (;;) {
        const Result<bool> row = step();
        if (!row)
            return tl::unexpected<Error>(row.error());
        if (!*row)
            return {};
    }
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}
double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}
std::string Statement::text(int column) const
{
    return std::string(textView(column));
}

std::string_view Statement::textView(int column) const
{
    const unsigned char* bytes = sqlite3_column_text(m_statement.get(), column);
    if (!bytes)
        return {};
    return {reinterpret_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

std::string_view Statement::blobView(int column) const
{
    const void* bytes = sqlite3_column_blob(m_statement.get(), column);
    if (bytes == nullptr)
        return {};
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

std::optional<std::int64_t> Statement::integerOrNone(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<double> Statement::realOrNone(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(real(column));
}

std::optional<bool> Statement::booleanOrNone(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(boolean(column));
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, const OpenOptions& options)
{
    std::unique_ptr<Database> database(new Database);
    database->m_path = path;
    database->m_domain = options.domain;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= options.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (options.create)
        flags |= SQLITE_OPEN_CREATE;
    std::string name = path;
    if (options.immutable) {
        flags |= SQLITE_OPEN_URI;
        name = uriOf(path) + "?immutable=1";
    }
    if (sqlite3_open_v2(name.c_str(), &database->m_handle, flags, nullptr) != SQLITE_OK)
        return tl::unexpected<Error>(database->lastError());
    sqlite3_busy_timeout(database->m_handle, options.busyTimeoutMs);
    return database;
}

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}

Result<Statement> Database::prepare(std::string_view sql) const
{
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &raw, nullptr) != SQLITE_OK)
        return tl::unexpected<Error>(lastError());
    Statement statement;
    statement.m_statement.reset(raw);
    statement.m_database = this;
    return statement;
}

Result<> Database::execute(const std::string& sql) const
{
    if (sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return tl::unexpected<Error>(lastError());
    return {};
}

Result<std::optional<std::int64_t>> Database::integer(std::string_view sql) const
{
    Result<Statement> statement = prepare(sql);
    if (!statement)
        return tl::unexpected<Error>(statement.error());
    const Result<bool> row = statement->step();
    if (!row)
        return tl::unexpected<Error>(row.error());
    return *row ? statement->integerOrNone(0) : std::nullopt;
}

std::int64_t Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}
int Database::changes() const
{
    return sqlite3_changes(m_handle);
}
bool Database::inTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

Error Database::lastError() const
{
    const int code = m_handle ? sqlite3_extended_errcode(m_handle) : SQLITE_NOMEM;
    const std::string detail = m_handle ? sqlite3_errmsg(m_handle) : "out of memory";
    const int system = m_handle ? sqlite3_system_errno(m_handle) : 0;
    const auto error = [&](const char* kind, const std::string& message) {
        return Error{m_domain + "." + kind, message, m_path};
    };
    switch (code & 0xff) {
    case SQLITE_FULL:
        return error("disk_full", "The disk that holds " + m_path + " is full: make room, then try again.");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return error("read_only",
                     m_path +
                         " cannot be written: check the permissions of the file and its folder, or "
                         "work on a copy. (" +
                         detail + ")");
    case SQLITE_CANTOPEN:
        if (isDiskFullErrno(system))
            return error("disk_full",
                         "The disk that holds " + m_path + " is full: make room, then try again.");
        return error("read_only",
                     m_path +
                         " cannot be opened for this: check that its folder exists and that you may "
                         "read and write there. (" +
                         detail + ")");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error("busy",
                     "Another program is writing " + m_path + ": wait for it or close it, then try again.");
    case SQLITE_CORRUPT:
        return error("corrupt", m_path +
                                    " is damaged: restore it from a backup, or recover what is readable with "
                                    "sqlite3's .recover. (" +
                                    detail + ")");
    case SQLITE_NOTADB:
        return error("not_a_database", m_path + " is not a database file: choose another file.");
    case SQLITE_CONSTRAINT:
        return error("constraint", "The data do not fit the tables of " + m_path + ": " + detail + ".");
    default:
        if (isDiskFullErrno(system) || (code == SQLITE_IOERR_WRITE && noRoomFor(m_path)))
            return error("disk_full",
                         "The disk that holds " + m_path + " is full: make room, then try again.");
        return error("io",
                     m_path + " could not be read or written: " + detail + ". Check the disk and try again.");
    }
}

Result<Transaction> Transaction::begin(const Database& database, Kind kind)
{
    if (const Result<> begun = database.execute(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN"); !begun)
        return tl::unexpected<Error>(begun.error());
    return Transaction(database);
}

Transaction::~Transaction()
{
    // SQLite has rolled back by itself after some errors (disk full, I/O).
    if (m_database && m_database->inTransaction())
        (void)m_database->execute("ROLLBACK");
}

Result<> Transaction::commit()
{
    const Result<> committed = m_database->execute("COMMIT");
    if (committed)
        m_database = nullptr;
    return committed;
}

} // namespace signalbox::sqlite
