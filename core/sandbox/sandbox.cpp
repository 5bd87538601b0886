// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandbox.h"

#include "sandbox/responder.h"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <atomic>
#include <chrono>
#include <optional>
#include <set>
#include <thread>

namespace signalbox {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using sandbox::Responder;
using sandbox::ScriptedAnswer;

// Concrete executors: asio's default, any_io_executor, costs a virtual call and often an allocation each
// step.
using Context = asio::io_context;
using Socket = asio::basic_stream_socket<tcp, Context::executor_type>;
using Acceptor = asio::basic_socket_acceptor<tcp, Context::executor_type>;
using Clock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Context::executor_type>;

constexpr std::size_t kMaxBody = 8u << 20;
constexpr std::uint32_t kMaxHeader = 64u << 10;
constexpr std::size_t kMaxAhead = 1u << 20; ///< bytes taken in while an answer is still being sent

struct Counts
{
    std::atomic<std::uint64_t> requests{0}, completed{0}, faulted{0}, connections{0};
};

std::string hexSize(std::size_t size)
{
    char out[20];
    std::snprintf(out, sizeof out, "%zx\r\n", size);
    return out;
}

class Session;

/// What all sessions share; only the sandbox's thread touches it, but for the counts.
struct Shared
{
    Responder responder;
    Counts& counts;
    std::set<Session*> sessions;
};

/// One connection: reads a request, plays its script, reads the next.
class Session : public std::enable_shared_from_this<Session>
{
public:
    Session(Socket socket, Shared& shared)
        : m_socket(std::move(socket)), m_timer(m_socket.get_executor()), m_shared(shared)
    {
        m_shared.sessions.insert(this);
    }
    ~Session() { m_shared.sessions.erase(this); }

    void run()
    {
        error_code ignored;
        m_socket.set_option(tcp::no_delay(true), ignored);
        newParser();
        read();
    }

    void close()
    {
        error_code ignored;
        m_timer.cancel();
        m_socket.close(ignored);
    }

private:
    void newParser()
    {
        m_parser.emplace();
        m_parser->body_limit(kMaxBody);
        m_parser->header_limit(kMaxHeader);
        m_parser->eager(true);
        m_continued = false;
    }

    // ---- reading
    // -------------------------------------------------------------------------------------------------

    void read()
    {
        if (m_reading)
            return;
        m_reading = true;
        m_socket.async_read_some(asio::buffer(m_chunk),
                                 [self = shared_from_this()](error_code error, std::size_t n) {
                                     self->m_reading = false;
                                     self->onRead(error, n);
                                 });
    }

    void onRead(error_code error, std::size_t n)
    {
        if (error) {
            close(); // the client is gone: whatever was being played has no listener
            return;
        }
        if (m_draining) {
            m_drained += n;
            if (m_drained > (64u << 20))
                close();
            else
                read();
            return;
        }
        m_in.append(m_chunk.data(), n);
        if (m_playing) {
            // Only watches for a hang-up, and keeps what the client sends ahead.
            if (m_in.size() < kMaxAhead)
                read();
            return;
        }
        parse();
    }

    void parse()
    {
        while (!m_in.empty() && !m_parser->is_done()) {
            error_code error;
            const std::size_t used = m_parser->put(asio::buffer(m_in), error);
            m_in.erase(0, used);
            if (error == http::error::need_more)
                break;
            if (error) {
                refuse(error);
                return;
            }
            if (used == 0)
                break;
        }
        if (m_parser->is_done())
            serve();
        else if (m_parser->is_header_done() && !m_continued &&
                 boost::beast::iequals(m_parser->get()[http::field::expect], "100-continue"))
            sendContinue();
        else
            read();
    }

    void sendContinue()
    {
        m_continued = true;
        m_out = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(m_socket, asio::buffer(m_out),
                          [self = shared_from_this()](error_code error, std::size_t) {
                              if (error)
                                  self->close();
                              else
                                  self->read();
                          });
    }

    /// A request that is no HTTP, or too large. The connection cannot be used again.
    void refuse(error_code error)
    {
        ++m_shared.counts.requests;
        m_keepAlive = false;
        m_chunked = false;
        if (error == http::error::body_limit)
            play(sandbox::errorAnswer(413, "The body of the request is larger than 8 MiB.", "",
                                      "request_too_large"));
        else if (error == http::error::header_limit)
            play(sandbox::errorAnswer(431, "The headers of the request are larger than 64 KiB.", "",
                                      "headers_too_large"));
        else
            play(sandbox::errorAnswer(400, "This is not an HTTP request: " + error.message() + ".", "",
                                      "bad_http"));
    }

    void serve()
    {
        ++m_shared.counts.requests;
        const auto& request = m_parser->get();
        m_keepAlive = request.keep_alive();
        m_chunked = request.version() >= 11;
        const auto text = [](boost::beast::string_view view) {
            return std::string_view(view.data(), view.size());
        };
        play(
            m_shared.responder.answer(text(request.method_string()), text(request.target()), request.body()));
    }

    // ---- answering
    // -----------------------------------------------------------------------------------------------

    void play(ScriptedAnswer answer)
    {
        m_playing = true;
        m_answer = std::move(answer);
        m_next = 0;
        m_start = Clock::now();
        if (m_answer.faulted)
            ++m_shared.counts.faulted;
        m_out.clear();
        if (!m_answer.pieces.empty() &&
            (m_answer.pieces.front().atMs > 0 || m_answer.end != ScriptedAnswer::End::Whole))
            read(); // notices a hang-up while waiting
        step();
    }

    double elapsedMs() const
    {
        return std::chrono::duration<double, std::milli>(Clock::now() - m_start).count();
    }

    /// Sends what is due, waits for what is not.
    void step()
    {
        if (m_next == m_answer.pieces.size()) {
            finish();
            return;
        }
        const double wait = m_answer.pieces[m_next].atMs - elapsedMs();
        if (wait > 0.2) {
            m_timer.expires_after(
                std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, std::milli>(wait)));
            m_timer.async_wait([self = shared_from_this()](error_code error) {
                if (!error)
                    self->step();
            });
            return;
        }
        m_out.clear();
        if (m_next == 0)
            appendHead();
        const double due = elapsedMs() + 0.2;
        std::size_t end = m_next;
        std::size_t size = 0;
        while (end < m_answer.pieces.size() && m_answer.pieces[end].atMs <= due)
            size += m_answer.pieces[end++].bytes.size();
        if (usesChunks() && size > 0)
            m_out += hexSize(size);
        for (; m_next < end; ++m_next)
            m_out += m_answer.pieces[m_next].bytes;
        if (usesChunks() && size > 0) {
            m_out += "\r\n";
            if (m_next == m_answer.pieces.size() && m_answer.end == ScriptedAnswer::End::Whole)
                m_out += "0\r\n\r\n";
        }
        write();
    }

    bool isStream() const { return m_answer.contentType == "text/event-stream"; }
    bool usesChunks() const { return m_chunked && isStream(); }

    void appendHead()
    {
        m_out.reserve(512);
        const http::status status = http::int_to_status(static_cast<unsigned>(m_answer.status));
        const auto reason = http::obsolete_reason(status);
        m_out += "HTTP/1.1 " + std::to_string(m_answer.status) + " " +
                 std::string(reason.data(), reason.size()) + "\r\nContent-Type: " + m_answer.contentType;
        m_out += isStream() ? "\r\nCache-Control: no-cache" : "";
        m_out += "\r\nx-signalbox-sandbox: 1\r\n";
        if (!m_answer.retryAfter.empty())
            m_out += "Retry-After: " + m_answer.retryAfter + "\r\n";
        if (isStream() && !m_chunked) {
            m_keepAlive = false; // HTTP/1.0: the end of the connection ends the body
        } else if (isStream()) {
            m_out += "Transfer-Encoding: chunked\r\n";
        } else {
            std::size_t size = 0;
            for (const sandbox::TimedBytes& piece : m_answer.pieces)
                size += piece.bytes.size();
            // A body that is cut or stalls promises more than comes.
            m_out += "Content-Length: " +
                     std::to_string(m_answer.end == ScriptedAnswer::End::Whole ? size : 2 * size) + "\r\n";
        }
        m_out += m_keepAlive ? "\r\n" : "Connection: close\r\n\r\n";
    }

    void write()
    {
        asio::async_write(m_socket, asio::buffer(m_out),
                          [self = shared_from_this()](error_code error, std::size_t) {
                              if (error)
                                  self->close();
                              else
                                  self->step();
                          });
    }

    void finish()
    {
        if (m_answer.end == ScriptedAnswer::End::Stall) {
            read(); // nothing more is sent; the client's hang-up ends it
            return;
        }
        if (m_answer.end == ScriptedAnswer::End::Cut) {
            // Not a reset, which could cost the client what was sent before the cut.
            close();
            return;
        }
        ++m_shared.counts.completed;
        m_playing = false;
        if (!m_keepAlive) {
            drain();
            return;
        }
        newParser();
        if (m_in.empty())
            read();
        else
            parse();
    }

    /// Closing with unread bytes would reset the connection and could cost the client our answer (RFC 9112
    /// §9.6), so we stop sending, and read on for a while.
    void drain()
    {
        error_code ignored;
        m_socket.shutdown(tcp::socket::shutdown_send, ignored);
        m_draining = true;
        m_timer.expires_after(std::chrono::seconds(2));
        m_timer.async_wait([self = shared_from_this()](error_code error) {
            if (!error)
                self->close();
        });
        read();
    }

    Socket m_socket;
    Timer m_timer;
    Shared& m_shared;
    std::array<char, 16384> m_chunk;
    std::string m_in;
    std::string m_out;
    std::optional<http::request_parser<http::string_body>> m_parser;
    ScriptedAnswer m_answer;
    std::size_t m_next = 0;
    Clock::time_point m_start;
    std::size_t m_drained = 0;
    bool m_reading = false;
    bool m_playing = false;
    bool m_draining = false;
    bool m_continued = false;
    bool m_keepAlive = true;
    bool m_chunked = true;
};

} // namespace

struct Sandbox::Impl
{
    Impl(sandbox::Scenario scenario, std::uint64_t seed)
        : shared{Responder(std::move(scenario), seed), counts, {}}, acceptor(context), retry(context)
    {
    }

    void accept()
    {
        acceptor.async_accept([this](error_code error, Socket socket) {
            if (error == asio::error::operation_aborted)
                return;
            if (error) { // out of descriptors, say: give the sessions time to end
                retry.expires_after(std::chrono::milliseconds(50));
                retry.async_wait([this](error_code cancelled) {
                    if (!cancelled)
                        accept();
                });
                return;
            }
            ++counts.connections;
            std::make_shared<Session>(std::move(socket), shared)->run();
            accept();
        });
    }

    Counts counts;
    Shared shared;
    Context context{1}; // one thread: no locking of the reactor
    Acceptor acceptor;
    Timer retry;
    int port = 0;
    std::thread thread;
};

Sandbox::Sandbox() = default;

Result<std::unique_ptr<Sandbox>> Sandbox::start(const SandboxOptions& options)
{
    auto scenario = sandbox::readScenario(options.scenarioJson.empty() ? sandbox::kDefaultScenario
                                                                       : options.scenarioJson);
    if (!scenario)
        return tl::unexpected(scenario.error());
    const std::string where = "127.0.0.1:" + std::to_string(options.port);
    if (options.port < 0 || options.port > 65535)
        return fail("sandbox.port_in_use", "A port is a number from 0 to 65535.", where);

    std::unique_ptr<Sandbox> sandbox(new Sandbox);
    sandbox->m_impl = std::make_unique<Impl>(std::move(*scenario), options.seed);
    Impl& impl = *sandbox->m_impl;
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), static_cast<unsigned short>(options.port));
    error_code error;
    impl.acceptor.open(endpoint.protocol(), error);
    if (!error)
        impl.acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error)
        impl.acceptor.bind(endpoint, error);
    if (!error)
        impl.acceptor.listen(1024, error);
    if (error) {
        return fail("sandbox.port_in_use",
                    "The sandbox cannot listen on " + where + ": " + error.message() +
                        ". Choose another port, or 0 for any free one.",
                    where);
    }
    impl.port = impl.acceptor.local_endpoint(error).port();
    impl.accept();
    impl.thread = std::thread([&impl] { impl.context.run(); });
    return sandbox;
}

Sandbox::~Sandbox()
{
    if (!m_impl || !m_impl->thread.joinable())
        return;
    asio::post(m_impl->context, [impl = m_impl.get()] {
        error_code ignored;
        impl->acceptor.close(ignored);
        impl->retry.cancel();
        const std::set<Session*> sessions = impl->shared.sessions;
        for (Session* session : sessions)
            session->close();
    });
    m_impl->thread.join();
}

int Sandbox::port() const
{
    return m_impl->port;
}

std::string Sandbox::baseUrl() const
{
    return "http://127.0.0.1:" + std::to_string(m_impl->port);
}

SandboxCounters Sandbox::counters() const
{
    const Counts& counts = m_impl->counts;
    return {counts.requests.load(), counts.completed.load(), counts.faulted.load(),
            counts.connections.load()};
}

} // namespace signalbox
