// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Waiting for libcurl's sockets: one epoll instance, and what it and libcurl each think of a descriptor.
// Sockets stay registered while their connection idles, which saves two system calls a request. Network
// thread only, but for wake().

#include <curl/curl.h>
#include <sys/epoll.h>

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace signalbox {

class SocketWatch
{
public:
    SocketWatch(); ///< throws when no file descriptors are left
    ~SocketWatch();
    SocketWatch(const SocketWatch&) = delete;
    SocketWatch& operator=(const SocketWatch&) = delete;

    /// libcurl asks this watch to look after its sockets.
    void attachMulti(CURLM* multi);
    void attachEasy(CURL* easy);

    /// Waits until something happens, for at most so long; −1: for ever.
    void wait(int timeoutMs);
    /// What happened, as curl_multi_socket_action() wants to be told.
    void tell(const std::function<void(curl_socket_t fd, int mask)>& ready);
    /// Ends the wait, from any thread.
    void wake() const;

private:
    struct Watched
    {
        std::uint32_t wanted = 0;
        std::uint32_t registered = 0;
        bool ours = false; ///< libcurl opened it through us; others (the resolver's) are removed at once
    };

    Watched& watched(curl_socket_t fd);
    void want(curl_socket_t fd, std::uint32_t events);
    int maskOf(int fd, std::uint32_t events);
    void retire(int fd);
    void closeOwn() const;

    static int socketCallback(CURL*, curl_socket_t fd, int what, void* self, void*);
    static curl_socket_t openCallback(void* self, curlsocktype, curl_sockaddr* address);
    static int closeCallback(void* self, curl_socket_t fd);

    int m_epoll = -1;
    int m_wake = -1;
    int m_ended = -1; ///< a socket whose other end is closed
    std::array<epoll_event, 32>
        m_events; ///< few, so that requests that follow from one do not wait for many others
    int m_happened = 0;
    std::vector<Watched> m_watched; ///< by descriptor
};

} // namespace signalbox
