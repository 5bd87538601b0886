// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A blocking HTTP/1.1 client over POSIX sockets, as plain as can be: it shows what a server puts on the wire,
// errors included, which a well-mannered client library would hide.

#include "base/text.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <map>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

namespace signalbox::test {

struct HttpReply
{
    int status = 0;                             ///< 0 = not even a status line came
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;                           ///< without its transfer coding
    bool whole = false;                         ///< the body came to its end
};

class HttpConnection
{
public:
    explicit HttpConnection(int port, int timeoutMs = 20'000) : m_fd(::socket(AF_INET, SOCK_STREAM, 0))
    {
        const timeval limit{timeoutMs / 1000, (timeoutMs % 1000) * 1000};
        ::setsockopt(m_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_connected = ::connect(m_fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~HttpConnection() { ::close(m_fd); }
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    bool connected() const { return m_connected; }

    void send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t n = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0)
                return;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }

    void sendRequest(const std::string& method, const std::string& path, const std::string& body = {})
    {
        std::string head = method + " " + path + " HTTP/1.1\r\nHost: sandbox\r\n";
        if (!body.empty())
            head +=
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        send(head + "\r\n" + body);
    }

    HttpReply receive()
    {
        HttpReply reply;
        while (m_in.find("\r\n\r\n") == std::string::npos) {
            if (!more())
                return reply;
        }
        const std::size_t end = m_in.find("\r\n\r\n");
        const std::string head = m_in.substr(0, end);
        m_in.erase(0, end + 4);
        bool first = true;
        for (const std::string_view line : splitLines(head)) {
            if (std::exchange(first, false)) {
                reply.status = std::atoi(std::string(line.substr(9, 3)).c_str());
                continue;
            }
            const std::size_t colon = line.find(':');
            reply.headers[toLowerAscii(line.substr(0, colon))] = std::string(trimmed(line.substr(colon + 1)));
        }
        if (reply.headers.contains("transfer-encoding"))
            receiveChunks(reply);
        else if (reply.headers.contains("content-length"))
            receiveLength(reply, std::strtoul(reply.headers["content-length"].c_str(), nullptr, 10));
        else
            receiveToEnd(reply);
        return reply;
    }

    HttpReply ask(const std::string& method, const std::string& path, const std::string& body = {})
    {
        sendRequest(method, path, body);
        return receive();
    }

    /// Takes exactly n raw bytes.
    bool take(char* bytes, std::size_t n)
    {
        while (m_in.size() < n) {
            if (!more())
                return false;
        }
        m_in.copy(bytes, n);
        m_in.erase(0, n);
        return true;
    }

private:
    bool more()
    {
        char bytes[65536];
        const ssize_t n = ::recv(m_fd, bytes, sizeof bytes, 0);
        if (n > 0)
            m_in.append(bytes, static_cast<std::size_t>(n));
        return n > 0;
    }

    void receiveChunks(HttpReply& reply)
    {
        while (true) {
            std::size_t lineEnd;
            while ((lineEnd = m_in.find("\r\n")) == std::string::npos) {
                if (!more())
                    return;
            }
            const std::size_t size = std::strtoul(m_in.c_str(), nullptr, 16);
            m_in.erase(0, lineEnd + 2);
            while (m_in.size() < size + 2) {
                if (!more()) {
                    reply.body += m_in.substr(0, size);
                    return;
                }
            }
            reply.body += m_in.substr(0, size);
            m_in.erase(0, size + 2);
            if (size == 0) {
                reply.whole = true;
                return;
            }
        }
    }

    void receiveLength(HttpReply& reply, std::size_t size)
    {
        while (m_in.size() < size && more()) {
        }
        reply.whole = m_in.size() >= size;
        reply.body = m_in.substr(0, size);
        m_in.erase(0, size);
    }

    void receiveToEnd(HttpReply& reply)
    {
        while (more()) {
        }
        reply.body = std::exchange(m_in, {});
        reply.whole = true;
    }

    int m_fd;
    bool m_connected = false;
    std::string m_in;
};

} // namespace signalbox::test
