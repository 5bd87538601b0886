// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A thin layer over SQLite: connections and statements that close themselves, and errors as values. A
// database has a domain ("workspace", "retrieval") that its error codes begin with: workspace.disk_full,
// workspace.read_only, workspace.busy, workspace.corrupt, workspace.not_a_database, workspace.constraint,
// workspace.io. A connection belongs to one thread at a time.

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace signalbox::sqlite {

class Database;

/// A prepared statement. Bound text is not copied: it must live until the statement has been stepped to its
/// end or reset.
class Statement
{
public:
    Statement() = default;

    // Parameters count from 1. A value that is not finite is bound as it is: SQLite stores NaN as NULL.
    Statement& bind(int at, std::int64_t value);
    Statement& bind(int at, int value) { return bind(at, static_cast<std::int64_t>(value)); }
    Statement& bind(int at, bool value) { return bind(at, static_cast<std::int64_t>(value)); }
    Statement& bind(int at, double value);
    Statement& bind(int at, std::string_view text);
    Statement& bind(int at, const char* text) { return bind(at, std::string_view(text)); }
    Statement& bind(int at, const std::string& text) { return bind(at, std::string_view(text)); }
    Statement& bindBlob(int at, std::string_view bytes); ///< not copied either
    Statement& bindNull(int at);
    template <class T>
    Statement& bind(int at, const std::optional<T>& value)
    {
        return value ? bind(at, *value) : bindNull(at);
    }
    Statement& bindTextOrNull(int at, std::string_view text)
    {
        return text.empty() ? bindNull(at) : bind(at, text);
    }

    /// True when a row is there. After false or an error the statement is reset.
    Result<bool> step();
    /// Steps to the end and resets.
    Result<> run();
    void reset();

    // Columns count from 0.
    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    int smallInteger(int column) const { return static_cast<int>(integer(column)); }
    bool boolean(int column) const { return integer(column) != 0; }
    double real(int column) const;
    std::string text(int column) const;          ///< "" for NULL
    std::string_view textView(int column) const; ///< until the next step
    std::string_view blobView(int column) const; ///< until the next step; empty for NULL
    std::optional<std::int64_t> integerOrNone(int column) const;
    std::optional<double> realOrNone(int column) const;
    std::optional<bool> booleanOrNone(int column) const;

private:
    friend class Database;
    struct Finalizer
    {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    const Database* m_database = nullptr;
};

struct OpenOptions
{
    bool readOnly = false;
    bool create = false;
    bool immutable = false; ///< nothing writes the file while it is open; no lock or -shm file is needed
    int busyTimeoutMs = 5000;
    std::string domain = "workspace";
};

class Database
{
public:
    /// ":memory:" is a private database in memory.
    static Result<std::unique_ptr<Database>> open(const std::string& path, const OpenOptions& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    Result<Statement> prepare(std::string_view sql) const;
    /// Any number of statements; rows are dropped.
    Result<> execute(const std::string& sql) const;
    /// The first column of the first row, as an integer; nothing when there is no row or it is NULL.
    Result<std::optional<std::int64_t>> integer(std::string_view sql) const;

    std::int64_t lastInsertId() const;
    int changes() const;
    bool inTransaction() const;
    const std::string& path() const { return m_path; }
    sqlite3* handle() const { return m_handle; }

    /// The error of the last call that failed, as a person needs it.
    Error lastError() const;

private:
    Database() = default;
    sqlite3* m_handle = nullptr;
    std::string m_path;
    std::string m_domain;
};

/// Rolls back unless it was committed.
class Transaction
{
public:
    enum class Kind { Read, Write };
    static Result<Transaction> begin(const Database& database, Kind kind);
    Transaction(Transaction&& other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<> commit();

private:
    explicit Transaction(const Database& database) : m_database(&database) {}
    const Database* m_database;
};

} // namespace signalbox::sqlite
