// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/session.h"

#include "base/clock.h"
#include "sandbox/control.h"

#include <cstdio>

namespace signalbox::sandbox {

namespace {

namespace http = boost::beast::http;

constexpr std::size_t kMaxBody = 8u << 20;
constexpr std::uint32_t kMaxHeader = 64u << 10;
constexpr std::size_t kMaxAhead = 1u << 20; ///< bytes taken in while an answer is still being sent
constexpr std::size_t kMaxAtOnce = 128u
                                   << 10; ///< bytes of a repeated piece that are made before they are wanted
constexpr double kSlackMs = 0.2;

std::string hexSize(std::size_t size)
{
    char out[20];
    std::snprintf(out, sizeof out, "%zx\r\n", size);
    return out;
}

std::string_view viewOf(boost::beast::string_view view)
{
    return {view.data(), view.size()};
}

} // namespace

Session::Session(Socket socket, Shared& shared)
    : m_socket(std::move(socket)), m_timer(m_socket.get_executor()), m_shared(shared)
{
    m_shared.sessions.insert(this);
}

Session::~Session()
{
    m_shared.sessions.erase(this);
}

void Session::run()
{
    error_code ignored;
    m_socket.set_option(tcp::no_delay(true), ignored);
    newParser();
    read();
}

void Session::close()
{
    hangUp("server_ended");
}

void Session::closeSoon()
{
    if (m_controls)
        return;
    if (m_playing)
        m_keepAlive = false;
    else
        hangUp("server_ended");
}

void Session::hangUp(const char* why)
{
    logEnd(why);
    error_code ignored;
    m_timer.cancel();
    m_socket.close(ignored);
}

void Session::newParser()
{
    m_parser.emplace();
    m_parser->body_limit(kMaxBody);
    m_parser->header_limit(kMaxHeader);
    m_parser->eager(true);
    m_continued = false;
    m_headersCounted = false;
}

// ---- reading ---------------------------------------------------------------------------------------------

void Session::read()
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

void Session::onRead(error_code error, std::size_t n)
{
    if (error) {
        hangUp("hung_up"); // the client is gone: whatever was being played has no listener
        return;
    }
    if (m_draining) {
        m_drained += n;
        if (m_drained > (64u << 20))
            hangUp("whole");
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

void Session::parse()
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
    if (m_parser->is_header_done() && closesEarly())
        return;
    if (m_parser->is_done())
        serve();
    else if (m_parser->is_header_done() && !m_continued &&
             boost::beast::iequals(m_parser->get()[http::field::expect], "100-continue"))
        sendContinue();
    else
        read();
}

/// A fault that ends the connection when it has seen the headers. What it is asked for is in the body, so it
/// is the same for all models.
bool Session::closesEarly()
{
    const auto& request = m_parser->get();
    if (m_headersCounted || request.method() != http::verb::post || isControlPath(viewOf(request.target())))
        return false;
    m_headersCounted = true;
    const Hit hit = m_shared.responder.faults().hitHeaders();
    if (!hit)
        return false;
    ++m_shared.counts.requests;
    ++m_shared.counts.faulted;
    beginEntry(viewOf(request.method_string()), viewOf(request.target()));
    m_entry->clientId = viewOf(request["X-Client-Request-Id"]).substr(0, 300);
    m_answer = {};
    m_answer.status = 0;
    m_answer.faultId = hit.fault->id.empty() ? "unnamed" : hit.fault->id;
    m_start = Clock::now();
    reset();
    return true;
}

void Session::sendContinue()
{
    m_continued = true;
    m_out = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(m_socket, asio::buffer(m_out),
                      [self = shared_from_this()](error_code error, std::size_t) {
                          if (error)
                              self->hangUp("hung_up");
                          else
                              self->read();
                      });
}

/// A request that is no HTTP, or too large. The connection cannot be used again.
void Session::refuse(error_code error)
{
    ++m_shared.counts.requests;
    m_keepAlive = false;
    m_chunked = false;
    beginEntry({}, {});
    if (error == http::error::body_limit)
        play(errorAnswer(413, "The body of the request is larger than 8 MiB.", "", "request_too_large"));
    else if (error == http::error::header_limit)
        play(errorAnswer(431, "The headers of the request are larger than 64 KiB.", "", "headers_too_large"));
    else
        play(errorAnswer(400, "This is not an HTTP request: " + error.message() + ".", "", "bad_http"));
}

void Session::serve()
{
    const auto& request = m_parser->get();
    m_keepAlive = request.keep_alive();
    m_chunked = request.version() >= 11;
    const std::string_view method = viewOf(request.method_string());
    const std::string_view target = viewOf(request.target());
    if (isControlPath(target)) {
        control(method, target, request.body());
        return;
    }
    ++m_shared.counts.requests;
    beginEntry(method, target);
    m_entry->clientId = viewOf(request["X-Client-Request-Id"]).substr(0, 300);
    play(m_shared.responder.answer(method, target, request.body()));
}

/// The server's own paths: neither counted nor logged.
void Session::control(std::string_view method, std::string_view target, std::string_view body)
{
    const auto& request = m_parser->get();
    // A page in a browser on this machine reaches loopback, too; it says where it comes from.
    if (request.find(http::field::origin) != request.end()) {
        play(errorAnswer(403, "The sandbox is not controlled by web pages.", "", "forbidden"));
        return;
    }
    bool changed = false;
    ScriptedAnswer answer =
        controlAnswer(method, target, body, m_shared.responder.faults(), m_shared.log, changed);
    if (changed) {
        m_controls = true;
        m_shared.faultsChanged();
        m_controls = false;
    }
    play(std::move(answer));
}

// ---- answering -------------------------------------------------------------------------------------------

void Session::play(ScriptedAnswer answer)
{
    m_playing = true;
    m_answer = std::move(answer);
    m_next = 0;
    m_repeated = 0;
    m_headSent = false;
    m_head.clear();
    m_start = Clock::now();
    if (m_answer.faulted)
        ++m_shared.counts.faulted;
    m_out.clear();
    if (!m_answer.pieces.empty() &&
        (m_answer.pieces.front().atMs > 0 || m_answer.end != ScriptedAnswer::End::Whole))
        read(); // notices a hang-up while waiting
    step();
}

double Session::elapsedMs() const
{
    return std::chrono::duration<double, std::milli>(Clock::now() - m_start).count();
}

void Session::waitMs(double ms)
{
    m_timer.expires_after(
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, std::milli>(ms)));
    m_timer.async_wait([self = shared_from_this()](error_code error) {
        if (!error)
            self->step();
    });
}

/// Sends what is due, waits for what is not.
void Session::step()
{
    if (!m_head.empty()) {
        stepHead();
        return;
    }
    if (m_next == m_answer.pieces.size()) {
        finish();
        return;
    }
    const double at = m_repeated > 0 ? m_againAtMs : m_answer.pieces[m_next].atMs;
    const double wait = at - elapsedMs();
    if (wait > kSlackMs) {
        waitMs(wait);
        return;
    }
    m_out.clear();
    if (!m_headSent) {
        m_headSent = true;
        appendHead();
        if (m_answer.headByteMs >= 0) {
            m_head.swap(m_out);
            read();
            stepHead();
            return;
        }
    }
    fill();
    write();
}

void Session::stepHead()
{
    m_out = m_head.substr(0, 1);
    m_head.erase(0, 1);
    m_againAtMs = 0;
    asio::async_write(m_socket, asio::buffer(m_out),
                      [self = shared_from_this()](error_code error, std::size_t n) {
                          if (error) {
                              self->hangUp("hung_up");
                              return;
                          }
                          if (self->m_entry)
                              self->m_entry->bytes += n;
                          self->waitMs(self->m_answer.headByteMs);
                      });
}

bool Session::mayJoin(const TimedBytes& piece) const
{
    return !piece.alone && !piece.verbatim && piece.times == 1;
}

void Session::appendChunk(std::string_view bytes)
{
    if (bytes.empty())
        return;
    if (usesChunks())
        m_out += hexSize(bytes.size());
    m_out += bytes;
    if (usesChunks())
        m_out += "\r\n";
}

/// Puts what is due into m_out: one piece that stands alone, part of one that is repeated, or all others
/// together.
void Session::fill()
{
    const TimedBytes& piece = m_answer.pieces[m_next];
    if (piece.times > 1) {
        do {
            appendChunk(piece.bytes);
            ++m_repeated;
        } while (m_repeated < piece.times && piece.everyMs <= 0 && m_out.size() < kMaxAtOnce);
        m_againAtMs = (m_repeated == 1 ? elapsedMs() : m_againAtMs) + piece.everyMs;
        if (m_repeated == piece.times) {
            m_repeated = 0;
            ++m_next;
        }
    } else if (!mayJoin(piece)) {
        if (piece.verbatim)
            m_out += piece.bytes;
        else
            appendChunk(piece.bytes);
        ++m_next;
    } else {
        const double due = elapsedMs() + kSlackMs;
        std::size_t end = m_next;
        std::size_t size = 0;
        while (end < m_answer.pieces.size() && m_answer.pieces[end].atMs <= due &&
               mayJoin(m_answer.pieces[end]))
            size += m_answer.pieces[end++].bytes.size();
        if (usesChunks() && size > 0)
            m_out += hexSize(size);
        for (; m_next < end; ++m_next)
            m_out += m_answer.pieces[m_next].bytes;
        if (usesChunks() && size > 0)
            m_out += "\r\n";
    }
    if (m_next == m_answer.pieces.size() && usesChunks() && m_answer.end == ScriptedAnswer::End::Whole)
        m_out += "0\r\n\r\n";
}

void Session::appendHead()
{
    m_out.reserve(512);
    const http::status status = http::int_to_status(static_cast<unsigned>(m_answer.status));
    m_out += m_answer.http10 ? "HTTP/1.0 " : "HTTP/1.1 ";
    m_out += std::to_string(m_answer.status) + " ";
    m_out += viewOf(http::obsolete_reason(status));
    m_out += "\r\nContent-Type: " + m_answer.contentType;
    m_out += isStream() ? "\r\nCache-Control: no-cache" : "";
    m_out += "\r\nx-signalbox-sandbox: 1\r\n";
    for (const auto& [name, value] : m_answer.headers)
        m_out.append(name).append(": ").append(value).append("\r\n");
    if (usesChunks()) {
        m_out += "Transfer-Encoding: chunked\r\n";
    } else if (isStream() || m_answer.chunked || m_answer.http10) {
        m_keepAlive = false; // HTTP/1.0: the end of the connection ends the body
    } else {
        std::size_t size = 0;
        for (const TimedBytes& piece : m_answer.pieces)
            size += piece.bytes.size();
        // A body that is cut or stalls promises more than comes.
        const bool whole = m_answer.end == ScriptedAnswer::End::Whole;
        m_out += "Content-Length: " + std::to_string(whole ? size : 2 * size + 64) + "\r\n";
    }
    m_out += m_keepAlive ? "\r\n" : "Connection: close\r\n\r\n";
}

void Session::write()
{
    asio::async_write(m_socket, asio::buffer(m_out),
                      [self = shared_from_this()](error_code error, std::size_t n) {
                          if (error) {
                              self->hangUp("hung_up");
                              return;
                          }
                          if (self->m_entry)
                              self->m_entry->bytes += n;
                          self->step();
                      });
}

void Session::beginEntry(std::string_view method, std::string_view target)
{
    LogEntry& entry = m_entry.emplace();
    entry.seq = ++m_shared.lastSeq;
    entry.atMs = wallClockMs();
    entry.method = method;
    entry.path = target.substr(0, 300);
}

/// Writes the request down, once.
void Session::logEnd(const char* end)
{
    if (!m_entry)
        return;
    m_entry->tookMs = elapsedMs();
    m_entry->model = m_answer.model;
    m_entry->status = m_headSent ? m_answer.status : 0;
    m_entry->replyId = m_answer.replyId;
    m_entry->fault = m_answer.faultId;
    m_entry->billed = m_answer.billed;
    m_entry->usageTold = m_answer.usageAt > 0 && m_next >= m_answer.usageAt;
    m_entry->end = end;
    m_shared.log.add(*m_entry);
    m_entry.reset();
}

void Session::finish()
{
    switch (m_answer.end) {
    case ScriptedAnswer::End::Stall:
        read(); // nothing more is sent; the client's hang-up ends it
        return;
    case ScriptedAnswer::End::Cut:
        // Not a reset, which could cost the client what was sent before the cut.
        hangUp("cut");
        return;
    case ScriptedAnswer::End::Reset:
        reset();
        return;
    case ScriptedAnswer::End::Whole:
        break;
    }
    ++m_shared.counts.completed;
    logEnd("whole");
    m_playing = false;
    m_answer = {};
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

/// RST in place of FIN: the client learns of it as an error, and may lose what it has not read yet.
void Session::reset()
{
    error_code ignored;
    m_socket.set_option(asio::socket_base::linger(true, 0), ignored);
    hangUp("reset");
}

/// Closing with unread bytes would reset the connection and could cost the client our answer (RFC 9112 §9.6),
/// so we stop sending, and read on for a while.
void Session::drain()
{
    error_code ignored;
    m_socket.shutdown(tcp::socket::shutdown_send, ignored);
    m_draining = true;
    m_timer.expires_after(std::chrono::seconds(2));
    m_timer.async_wait([self = shared_from_this()](error_code error) {
        if (!error)
            self->hangUp("whole");
    });
    read();
}

} // namespace signalbox::sandbox
