// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One connection of the sandbox: reads a request, plays its script, reads the next. Private to the server.

#include "sandbox/request_log.h"
#include "sandbox/responder.h"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace signalbox::sandbox {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Concrete executors: asio's default, any_io_executor, costs a virtual call and often an allocation each
// step.
using Context = asio::io_context;
using Socket = asio::basic_stream_socket<tcp, Context::executor_type>;
using Acceptor = asio::basic_socket_acceptor<tcp, Context::executor_type>;
using Clock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Context::executor_type>;

struct Counts
{
    std::atomic<std::uint64_t> requests{0}, completed{0}, faulted{0}, connections{0};
};

class Session;

/// What all sessions share; only the sandbox's thread touches it, but for the counts and the log.
struct Shared
{
    Responder responder;
    Counts& counts;
    RequestLog& log;
    std::function<void()> faultsChanged; ///< a fault was switched by a request
    std::set<Session*> sessions;
    std::uint64_t lastSeq = 0;
};

class Session : public std::enable_shared_from_this<Session>
{
public:
    Session(Socket socket, Shared& shared);
    ~Session();
    void run();
    void close(); ///< as the server ends
    /// Ends the connection when what is being answered has been sent; but for the one that a fault is
    /// switched on.
    void closeSoon();

private:
    void newParser();
    void read();
    void onRead(error_code error, std::size_t n);
    void parse();
    bool closesEarly();
    void sendContinue();
    void refuse(error_code error);
    void serve();
    void control(std::string_view method, std::string_view target, std::string_view body);

    void play(ScriptedAnswer answer);
    void step();
    void stepHead();
    void fill();
    bool isStream() const { return m_answer.contentType.starts_with("text/event-stream"); }
    bool usesChunks() const { return m_chunked && (isStream() || m_answer.chunked) && !m_answer.http10; }
    bool mayJoin(const TimedBytes& piece) const;
    void appendChunk(std::string_view bytes);
    void appendHead();
    void write();
    void waitMs(double ms);
    void finish();
    void drain();
    void reset();
    void hangUp(const char* why);
    void beginEntry(std::string_view method, std::string_view target);
    void logEnd(const char* end);
    double elapsedMs() const;

    Socket m_socket;
    Timer m_timer;
    Shared& m_shared;
    std::array<char, 16384> m_chunk;
    std::string m_in;
    std::string m_out;
    std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> m_parser;
    ScriptedAnswer m_answer;
    std::optional<LogEntry> m_entry; ///< of the request that is being answered
    std::size_t m_next = 0;          ///< piece
    std::uint64_t m_repeated = 0;    ///< of that piece
    double m_againAtMs = 0;          ///< when that piece is due again
    std::string m_head;              ///< what is left of a head that goes out a byte at a time
    Clock::time_point m_start;
    std::size_t m_drained = 0;
    bool m_reading = false;
    bool m_playing = false;
    bool m_headSent = false;
    bool m_controls = false;
    bool m_draining = false;
    bool m_continued = false;
    bool m_headersCounted = false;
    bool m_keepAlive = true;
    bool m_chunked = true;
};

} // namespace signalbox::sandbox
