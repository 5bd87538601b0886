// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// HTTP for the core: one network thread owns a libcurl multi handle (socket action, epoll, woken by an eventfd).
// Hundreds of streams cost no more threads. Handlers run on the network thread and must not block.

#include "base/clock.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

struct HttpRequest
{
    std::string url;
    std::string method = "POST";
    std::vector<std::string> headers; ///< "Name: value"; keys appear here and nowhere else
    std::string body;
    double connectTimeoutMs = 10'000;
    double totalTimeoutMs = 0; ///< 0 = none
    double idleTimeoutMs = 0;  ///< the longest silence, before the first byte or between two; 0 = any
    std::size_t maxResponseBytes = 64u << 20;
};

struct HttpResult
{
    bool ok = false;          ///< an HTTP response came whole, whatever its status
    int status = 0;
    std::string errorKind;    ///< when not ok: "provider.refused", "provider.timeout", "provider.cut", "provider.too_large", …
    std::string message;      ///< what happened, in a sentence without secrets
    bool requestSent = false; ///< a connection stood and the request went out on it, whatever came back
    double sentMs = 0;        ///< until the request went out: what is not connecting was waiting
    double connectMs = 0;     ///< 0 when the connection was reused
    double firstByteMs = 0;
    double totalMs = 0;
};

/// What is known of a transfer that was cancelled, or let go of.
struct CancelledTransfer
{
    bool requestSent = false;
    double sentMs = 0; ///< until the request went out, or until now
    double connectMs = 0;
};

class HttpHandler
{
public:
    virtual ~HttpHandler() = default;
    /// Status line and headers have come. Header names are lower case.
    virtual void onHeaders(int /*status*/, const std::vector<std::pair<std::string, std::string>>& /*headers*/) {}
    /// The connection, which had been used before, ended without a byte of an answer, and the request goes
    /// out once more on another. The server may have read it, and charge for it, both times.
    virtual void onSentAgain() {}
    /// Return false to abort the transfer (it ends with errorKind "provider.aborted").
    virtual bool onData(std::string_view bytes) = 0;
    /// Last call, exactly once, unless the transfer was cancelled.
    virtual void onDone(const HttpResult& result) = 0;
};

using TransferId = std::uint64_t;
using TimerId = std::uint64_t;

class Transport
{
public:
    Transport();  ///< starts the network thread
    ~Transport(); ///< ends it; running transfers end without onDone
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    // From any thread:
    /// Runs the function on the network thread, soon. Order is kept.
    void post(std::function<void()> task);
    bool onNetworkThread() const;

    // On the network thread only:
    TransferId start(HttpRequest request, std::shared_ptr<HttpHandler> handler);
    /// No call to the handler follows. Unknown ids are ignored.
    CancelledTransfer cancel(TransferId id);
    /// The same, but the exchange itself may come to its end for so long: then its connection can be used again.
    CancelledTransfer letEnd(TransferId id, double graceMs);
    TimerId after(double ms, std::function<void()> task);
    void cancelTimer(TimerId id);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace signalbox
