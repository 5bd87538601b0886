// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the transport needs of libcurl besides its loop: easy handles whose options are set only when they
// change, header lists that are built once, and libcurl's failures in our own kinds. Private to this room.

#include "providers/transport.h"

#include <curl/curl.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox {

/// Initialises libcurl, and raises the soft limit of open files so that a thousand streams fit.
void initCurlOnce();

/// A handle with everything that holds for each request: certificates are verified, redirects are not
/// followed (a key must not travel), only http and https, no signals.
CURL* newEasyHandle();

class HeaderList
{
public:
    explicit HeaderList(const std::vector<std::string>& headers);
    ~HeaderList();
    HeaderList(const HeaderList&) = delete;
    HeaderList& operator=(const HeaderList&) = delete;
    curl_slist* list() const { return m_list; }

private:
    curl_slist* m_list = nullptr;
};

/// The last few different header lists. Requests to one endpoint all send the same.
class HeaderCache
{
public:
    std::shared_ptr<const HeaderList> listFor(const std::vector<std::string>& headers);

private:
    struct Entry
    {
        std::vector<std::string> headers;
        std::shared_ptr<const HeaderList> list;
    };
    std::vector<Entry> m_entries;
    std::size_t m_nextVictim = 0;
};

/// What a handle was last set to.
class EasyOptions
{
public:
    void apply(CURL* easy, const HttpRequest& request, const HeaderList& headers);

private:
    std::string m_url;
    std::string m_method;
    std::optional<bool> m_loopback;
    const HeaderList* m_headers = nullptr;
    long m_connectTimeoutMs = -1;
    long m_totalTimeoutMs = -1;
};

bool isHttpUrl(std::string_view url);
/// "host:port" of a URL, without user, path and query: fit for messages.
std::string hostOf(std::string_view url);
/// Loopback addresses are never reached through a proxy.
bool isLoopbackUrl(std::string_view url);

std::string_view withoutLineEnd(std::string_view line);
/// 200 of "HTTP/1.1 200 OK"; 0 if it cannot be read.
int statusOfLine(std::string_view line);
void addHeader(std::string_view line, std::vector<std::pair<std::string, std::string>>& headers);

/// Time that connecting took, TLS included; 0 for a reused connection.
double connectMsOf(CURL* easy);
std::string errorKindOfCurl(CURLcode code, std::string_view detail);
std::string messageOfCurl(CURLcode code, std::string_view detail, const std::string& host);

} // namespace signalbox
