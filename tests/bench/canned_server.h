// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The cheapest server that keeps connections: it answers every request with the same bytes, at once or after
// a while. What a client costs shows best against a server that costs nothing.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <deque>
#include <map>
#include <string>
#include <thread>

namespace signalbox::testing {

class CannedServer
{
public:
    explicit CannedServer(std::string answer, int delayMs = 0)
        : m_answer(std::move(answer)), m_delay(std::chrono::milliseconds(delayMs))
    {
        m_listen = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (bind(m_listen, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(m_listen, 1024) != 0 ||
            getsockname(m_listen, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            std::abort();
        m_port = ntohs(address.sin_port);
        m_epoll = epoll_create1(EPOLL_CLOEXEC);
        m_stop = eventfd(0, EFD_CLOEXEC);
        watch(m_listen);
        watch(m_stop);
        m_thread = std::thread([this] { run(); });
    }
    ~CannedServer()
    {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = write(m_stop, &one, sizeof one);
        m_thread.join();
        for (const auto& [fd, input] : m_inputs)
            close(fd);
        close(m_stop);
        close(m_epoll);
        close(m_listen);
    }
    CannedServer(const CannedServer&) = delete;
    CannedServer& operator=(const CannedServer&) = delete;
    std::string root() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    std::string url() const { return root() + "/v1"; }

private:
    void watch(int fd)
    {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
    }
    void run()
    {
        epoll_event events[128];
        for (;;) {
            const int count = epoll_wait(m_epoll, events, 128, answerDue());
            for (int i = 0; i < count; ++i) {
                const int fd = events[i].data.fd;
                if (fd == m_stop)
                    return;
                if (fd == m_listen)
                    acceptAll();
                else
                    serve(fd);
            }
        }
    }
    void acceptAll()
    {
        for (;;) {
            const int fd = accept4(m_listen, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (fd < 0)
                return;
            const int one = 1;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            m_inputs[fd];
            watch(fd);
        }
    }
    void serve(int fd)
    {
        char buffer[65536];
        const ssize_t got = recv(fd, buffer, sizeof buffer, 0);
        if (got <= 0) {
            close(fd);
            m_inputs.erase(fd);
            return;
        }
        std::string& in = m_inputs[fd];
        in.append(buffer, static_cast<std::size_t>(got));
        const std::size_t end = in.find("\r\n\r\n");
        if (end == std::string::npos)
            return;
        const std::size_t at = in.find("Content-Length: ");
        const std::size_t length = at < end ? std::strtoul(in.c_str() + at + 16, nullptr, 10) : 0;
        if (in.size() < end + 4 + length)
            return;
        in.erase(0, end + 4 + length);
        if (m_delay.count() > 0)
            m_waiting.emplace_back(std::chrono::steady_clock::now() + m_delay, fd);
        else
            answer(fd);
    }
    void answer(int fd) const
    {
        [[maybe_unused]] const auto sent = ::send(fd, m_answer.data(), m_answer.size(), MSG_NOSIGNAL);
    }
    /// Answers whose time has come; returns the milliseconds until the next one, -1 when there is none.
    int answerDue()
    {
        while (!m_waiting.empty()) {
            const auto left = m_waiting.front().first - std::chrono::steady_clock::now();
            if (left.count() > 0)
                return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count());
            answer(m_waiting.front().second);
            m_waiting.pop_front();
        }
        return -1;
    }

    std::string m_answer;
    std::chrono::milliseconds m_delay;
    std::deque<std::pair<std::chrono::steady_clock::time_point, int>>
        m_waiting; ///< connections to be answered
    int m_listen = -1;
    int m_epoll = -1;
    int m_stop = -1;
    int m_port = 0;
    std::map<int, std::string> m_inputs;
    std::thread m_thread;
};

} // namespace signalbox::testing
