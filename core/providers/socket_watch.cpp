// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/socket_watch.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace signalbox {

SocketWatch::SocketWatch()
{
    m_epoll = epoll_create1(EPOLL_CLOEXEC);
    m_wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int pair[2] = {-1, -1};
    const bool paired = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) == 0;
    if (paired)
        close(pair[1]);
    m_ended = pair[0];
    if (m_epoll < 0 || m_wake < 0 || !paired) {
        closeOwn();
        throw std::runtime_error("The network thread could not be set up: no file descriptors are left.");
    }
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = m_wake;
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event);
}

SocketWatch::~SocketWatch()
{
    closeOwn();
}

void SocketWatch::closeOwn() const
{
    for (const int fd : {m_wake, m_epoll, m_ended}) {
        if (fd >= 0)
            close(fd);
    }
}

void SocketWatch::attachMulti(CURLM* multi)
{
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &SocketWatch::socketCallback);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
}

void SocketWatch::attachEasy(CURL* easy)
{
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &SocketWatch::openCallback);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &SocketWatch::closeCallback);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

void SocketWatch::wake() const
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(m_wake, &one, sizeof one);
}

void SocketWatch::wait(int timeoutMs)
{
    m_happened = epoll_wait(m_epoll, m_events.data(), static_cast<int>(m_events.size()), timeoutMs);
}

void SocketWatch::tell(const std::function<void(curl_socket_t fd, int mask)>& ready)
{
    for (int i = 0; i < m_happened; ++i) {
        const epoll_event& event = m_events[static_cast<std::size_t>(i)];
        if (event.data.fd == m_wake) {
            std::uint64_t ignored = 0;
            [[maybe_unused]] const auto got = read(m_wake, &ignored, sizeof ignored);
        } else if (const int mask = maskOf(event.data.fd, event.events)) {
            ready(event.data.fd, mask);
        }
    }
    m_happened = 0;
}

/// What libcurl is to be told of an event; 0 = nothing.
int SocketWatch::maskOf(int fd, std::uint32_t events)
{
    Watched& w = watched(fd);
    if (w.registered == 0)
        return 0; // closed by an earlier event of the same batch
    const std::uint32_t problem = EPOLLERR | EPOLLHUP;
    const std::uint32_t unwanted = events & ~(w.wanted | problem);
    if (w.wanted == 0 && w.ours && (events & ~EPOLLOUT) != 0) {
        retire(fd);
        return 0;
    }
    if (w.wanted == 0 || unwanted != 0) { // such as writable without anything to write
        epoll_event event{};
        event.events = w.wanted;
        event.data.fd = fd;
        epoll_ctl(m_epoll, w.wanted == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD, fd, &event);
        w.registered = w.wanted;
        if (w.wanted == 0)
            return 0;
    }
    int mask = 0;
    mask |= (events & EPOLLIN) ? CURL_CSELECT_IN : 0;
    mask |= (events & EPOLLOUT) ? CURL_CSELECT_OUT : 0;
    mask |= (events & problem) ? CURL_CSELECT_ERR : 0;
    return mask;
}

/// An idle connection has been closed by its server, or has bytes that nobody asked for. libcurl before 8.0
/// would take these for the answer to the next request, which may be another user's. What it then finds in
/// the socket's place has ended.
void SocketWatch::retire(int fd)
{
    if (dup3(m_ended, fd, O_CLOEXEC) < 0)
        shutdown(fd, SHUT_RDWR);
    watched(fd).registered = 0; // the socket that was registered is closed
}

SocketWatch::Watched& SocketWatch::watched(curl_socket_t fd)
{
    const auto at = static_cast<std::size_t>(fd);
    if (at >= m_watched.size())
        m_watched.resize(std::max(at + 1, m_watched.size() * 2));
    return m_watched[at];
}

void SocketWatch::want(curl_socket_t fd, std::uint32_t events)
{
    Watched& w = watched(fd);
    w.wanted = events;
    if ((w.registered & events) == events && (events != 0 || w.ours))
        return; // registered for at least this: corrected lazily, when an unwanted event comes
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    if (events == 0) {
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, &event);
    } else if (w.registered == 0) {
        if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event) != 0)
            epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event);
    } else if (epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event) != 0) {
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
    }
    w.registered = events;
}

int SocketWatch::socketCallback(CURL*, curl_socket_t fd, int what, void* self, void*)
{
    std::uint32_t events = 0;
    if (what == CURL_POLL_IN || what == CURL_POLL_INOUT)
        events |= EPOLLIN;
    if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT)
        events |= EPOLLOUT;
    static_cast<SocketWatch*>(self)->want(fd, events);
    return 0;
}

curl_socket_t SocketWatch::openCallback(void* self, curlsocktype, curl_sockaddr* address)
{
    const int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (fd >= 0)
        static_cast<SocketWatch*>(self)->watched(fd) = Watched{0, 0, true};
    return fd;
}

int SocketWatch::closeCallback(void* self, curl_socket_t fd)
{
    static_cast<SocketWatch*>(self)->watched(fd) = Watched{}; // closing removes it from epoll
    return close(fd);
}

} // namespace signalbox
