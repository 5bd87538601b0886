// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The cheapest server that keeps connections: it answers every request with the same bytes, at once. What a
// client costs shows best against a server that costs nothing.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <string>
#include <thread>

namespace signalbox::testing {

class CannedServer
{
public:
    explicit CannedServer(std::string answer) : m_answer(std::move(answer))
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
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port) + "/v1"; }

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
            const int count = epoll_wait(m_epoll, events, 128, -1);
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
        [[maybe_unused]] const auto sent = ::send(fd, m_answer.data(), m_answer.size(), MSG_NOSIGNAL);
    }

    std::string m_answer;
    int m_listen = -1;
    int m_epoll = -1;
    int m_stop = -1;
    int m_port = 0;
    std::map<int, std::string> m_inputs;
    std::thread m_thread;
};

} // namespace signalbox::testing
