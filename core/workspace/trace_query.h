// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Turns filters into SQL with bound values, and rows into traces.

#include "base/sqlite.h"
#include "workspace/reader.h"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace signalbox {

/// A condition over `traces t`, `contexts c`, `inputs i`, `reason_sets r`, with one value for each question
/// mark.
struct TraceCondition
{
    std::string sql; ///< "WHERE … ORDER BY … LIMIT …", or parts of it
    std::vector<std::variant<std::int64_t, std::string>> values;
    void bindTo(sqlite::Statement& statement) const;
};

TraceCondition conditionOf(const TraceFilter& filter);
TraceCondition orderedConditionOf(const TraceFilter& filter);

/// "FROM traces t JOIN …" for the conditions above.
extern const char* const kTraceTables;

/// Registers folded_contains(text, folded), which conditions use: SQLite's LIKE folds ASCII only.
Result<> addTextSearch(const sqlite::Database& database);

enum class HopTexts { With, Without };

/// Loads whole traces. One connection, one thread.
class TraceLoader
{
public:
    explicit TraceLoader(const sqlite::Database& database) : m_database(database) {}
    /// Traces in the order that the condition gives. The caller holds a read transaction.
    Result<std::vector<Trace>> load(const TraceCondition& condition, HopTexts texts);

private:
    Result<sqlite::Statement*> statement(const std::string& sql);
    Result<> loadHops(std::int64_t row, Trace& trace, HopTexts texts);
    Result<> loadAttempts(std::int64_t row, Trace& trace);
    Result<> loadGates(std::int64_t row, Trace& trace);
    Result<> loadCharges(std::int64_t row, Trace& trace);
    Result<> loadRetrieved(std::int64_t row, Trace& trace);
    Result<> loadCacheHit(std::int64_t row, Trace& trace);
    template <class OnRow>
    Result<> forEach(const std::string& sql, std::int64_t row, OnRow onRow);

    const sqlite::Database& m_database;
    std::map<std::string, sqlite::Statement> m_statements;
};

} // namespace signalbox
