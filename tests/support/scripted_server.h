// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A server for tests that plays scripts of bytes over real sockets, one thread for all connections. It pauses
// at gates that the test opens, never by the clock, and can do what a well-behaved server library refuses to
// do.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace signalbox::testing {

struct Step
{
    enum class Kind { Send, Pause, Close, Reset, Flood };
    Kind kind = Kind::Send;
    std::string text; ///< bytes to send (Flood: for as long as the client takes them), or the gate's name
};

inline Step send(std::string bytes)
{
    return {Step::Kind::Send, std::move(bytes)};
}
inline Step pauseAt(std::string gate)
{
    return {Step::Kind::Pause, std::move(gate)};
}
inline Step hangUp()
{
    return {Step::Kind::Close, {}};
}
inline Step resetConnection()
{
    return {Step::Kind::Reset, {}};
}
inline Step flood(std::string bytes)
{
    return {Step::Kind::Flood, std::move(bytes)};
}

using Script = std::vector<Step>;

struct SeenRequest
{
    int number = 0;     ///< from 1, over all connections
    int connection = 0; ///< from 1
    std::string head;
    std::string body;
};

/// A response whose length is stated.
inline std::string response(const std::string& status, const std::string& headers, const std::string& body)
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

inline std::string streamHead(const std::string& extra = {})
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + extra +
           "Transfer-Encoding: chunked\r\n\r\n";
}

inline std::string chunk(const std::string& bytes)
{
    char size[24];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return size + bytes + "\r\n";
}

inline std::string lastChunk()
{
    return "0\r\n\r\n";
}

class ScriptedServer
{
public:
    using Answer = std::function<Script(const SeenRequest&)>;

    explicit ScriptedServer(Answer answer) : m_answer(std::move(answer))
    {
        m_listen = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        const int one = 1;
        setsockopt(m_listen, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (bind(m_listen, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(m_listen, 1024) != 0 ||
            getsockname(m_listen, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
            pipe2(m_wake, O_CLOEXEC) != 0)
            std::abort();
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { run(); });
    }
    ~ScriptedServer()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        wake();
        m_thread.join();
        for (Connection& c : m_connections)
            close(c.fd);
        close(m_listen);
        close(m_wake[0]);
        close(m_wake[1]);
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    int port() const { return m_port; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port) + "/v1"; }

    void open(const std::string& gate)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_gates.insert(gate);
        }
        wake();
    }
    int requests() const
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(m_seen.size());
    }
    int connections() const
    {
        const std::lock_guard lock(m_mutex);
        return m_accepted;
    }
    /// Connections that the client has closed or reset.
    int hungUp() const
    {
        const std::lock_guard lock(m_mutex);
        return m_hungUp;
    }
    std::vector<SeenRequest> seen() const
    {
        const std::lock_guard lock(m_mutex);
        return m_seen;
    }
    /// Waits until so many requests have come, or clients hung up. False after half a minute.
    bool waitForRequests(int count)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(30),
                                  [&] { return static_cast<int>(m_seen.size()) >= count; });
    }
    bool waitForHangUps(int count)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(30), [&] { return m_hungUp >= count; });
    }

private:
    struct Connection
    {
        int fd = -1;
        int number = 0;
        std::string in;
        std::deque<Step> script;
        std::size_t sent = 0;
        bool dead = false;
    };

    void wake() { [[maybe_unused]] const auto written = write(m_wake[1], "x", 1); }

    void run()
    {
        for (;;) {
            std::vector<pollfd> polls{{m_listen, POLLIN, 0}, {m_wake[0], POLLIN, 0}};
            for (Connection& c : m_connections)
                polls.push_back({c.fd, static_cast<short>(POLLIN | (wantsToSend(c) ? POLLOUT : 0)), 0});
            poll(polls.data(), polls.size(), -1);
            if (polls[1].revents & POLLIN) {
                char ignored[256];
                [[maybe_unused]] const auto got = read(m_wake[0], ignored, sizeof ignored);
            }
            {
                const std::lock_guard lock(m_mutex);
                if (m_stopping)
                    return;
            }
            const std::size_t known = polls.size() - 2;
            if (polls[0].revents & POLLIN)
                acceptAll();
            for (std::size_t i = 0; i < known; ++i) {
                if (polls[i + 2].revents & (POLLIN | POLLHUP | POLLERR))
                    receive(m_connections[i]);
            }
            for (Connection& c : m_connections)
                play(c);
            std::erase_if(m_connections, [](const Connection& c) { return c.dead; });
        }
    }

    bool wantsToSend(const Connection& c) const
    {
        return !c.script.empty() &&
               (c.script.front().kind == Step::Kind::Send || c.script.front().kind == Step::Kind::Flood);
    }

    void acceptAll()
    {
        for (;;) {
            const int fd = accept4(m_listen, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (fd < 0)
                return;
            const int one = 1;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            Connection c;
            c.fd = fd;
            const std::lock_guard lock(m_mutex);
            c.number = ++m_accepted;
            m_connections.push_back(std::move(c));
            m_changed.notify_all();
        }
    }

    void kill(Connection& c)
    {
        if (!c.dead)
            close(c.fd);
        c.dead = true;
    }

    void receive(Connection& c)
    {
        char buffer[65536];
        while (!c.dead) {
            const ssize_t got = recv(c.fd, buffer, sizeof buffer, 0);
            if (got > 0) {
                c.in.append(buffer, static_cast<std::size_t>(got));
                continue;
            }
            if (got < 0 && (errno == EAGAIN || errno == EINTR))
                return;
            kill(c);
            const std::lock_guard lock(m_mutex);
            ++m_hungUp;
            m_changed.notify_all();
        }
    }

    /// Takes a whole request out of the input, if one is there.
    bool takeRequest(Connection& c, SeenRequest& request)
    {
        const std::size_t end = c.in.find("\r\n\r\n");
        if (end == std::string::npos)
            return false;
        const std::string head = c.in.substr(0, end + 4);
        const std::size_t at = head.find("Content-Length: ");
        const std::size_t length =
            at == std::string::npos ? 0 : std::strtoul(head.c_str() + at + 16, nullptr, 10);
        if (c.in.size() < end + 4 + length)
            return false;
        request.head = head;
        request.body = c.in.substr(end + 4, length);
        request.connection = c.number;
        c.in.erase(0, end + 4 + length);
        return true;
    }

    void play(Connection& c)
    {
        while (!c.dead) {
            if (c.script.empty()) {
                SeenRequest request;
                if (!takeRequest(c, request))
                    return;
                {
                    const std::lock_guard lock(m_mutex);
                    request.number = static_cast<int>(m_seen.size()) + 1;
                    m_seen.push_back(request);
                    m_changed.notify_all();
                }
                for (Step& step : m_answer(request))
                    c.script.push_back(std::move(step));
                if (c.script.empty())
                    return;
            }
            if (!playStep(c))
                return;
        }
    }

    /// False if it cannot go on for now.
    bool playStep(Connection& c)
    {
        Step& step = c.script.front();
        switch (step.kind) {
        case Step::Kind::Send:
        case Step::Kind::Flood: {
            while (c.sent < step.text.size()) {
                const ssize_t n =
                    ::send(c.fd, step.text.data() + c.sent, step.text.size() - c.sent, MSG_NOSIGNAL);
                if (n <= 0)
                    return false;
                c.sent += static_cast<std::size_t>(n);
            }
            c.sent = 0;
            if (step.kind == Step::Kind::Flood)
                return false; // others have their turn in between
            break;
        }
        case Step::Kind::Pause: {
            const std::lock_guard lock(m_mutex);
            if (!m_gates.contains(step.text))
                return false;
            break;
        }
        case Step::Kind::Reset: {
            const linger now{1, 0};
            setsockopt(c.fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
            kill(c);
            return false;
        }
        case Step::Kind::Close:
            kill(c);
            return false;
        }
        c.script.pop_front();
        return true;
    }

    Answer m_answer;
    int m_listen = -1;
    int m_wake[2] = {-1, -1};
    int m_port = 0;
    std::thread m_thread;
    std::vector<Connection> m_connections; ///< the server thread's own

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_stopping = false;
    int m_accepted = 0;
    int m_hungUp = 0;
    std::set<std::string> m_gates;
    std::vector<SeenRequest> m_seen;
};

} // namespace signalbox::testing
