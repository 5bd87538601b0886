// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Puts traces into the tables. Belongs to the writer thread; the caller owns the transaction.

#include "base/sqlite.h"
#include "cascade/trace.h"
#include "workspace/input_codec.h"

#include <memory>

namespace signalbox {

class TraceStore
{
public:
    /// The database must outlive the store. `recorder` is kept with each trace: traces.recorded_by.
    static Result<std::unique_ptr<TraceStore>> prepare(const sqlite::Database& database,
                                                       std::int64_t recorder);
    ~TraceStore();

    /// On an error some of its rows may be there: roll back, and call forget().
    Result<> insert(const Trace& trace);
    /// The row of a request's text, added when it is new. For datasets, which share texts with traces.
    Result<std::int64_t> inputRow(const std::string& inputHash, const std::vector<Message>& messages,
                                  const Circumstances& circumstances,
                                  const std::vector<Attachment>& attachments);
    /// Row numbers that were remembered from a transaction that is gone.
    void forget();

private:
    TraceStore();
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace signalbox
