// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/curl_handles.h"

#include "base/text.h"
#include "providers/errors.h"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <mutex>

namespace signalbox {

namespace {

constexpr rlim_t kWantedFiles = 8'192;
constexpr std::size_t kCachedHeaderLists = 32;

/// Host and port as written, without user.
std::string_view authorityOf(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return {};
    std::string_view rest = url.substr(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    const std::size_t at = rest.rfind('@');
    return at == std::string_view::npos ? rest : rest.substr(at + 1);
}

long wholeMs(double ms)
{
    return ms > 0 ? static_cast<long>(std::min(std::ceil(ms), 2e9)) : 0;
}

} // namespace

void initCurlOnce()
{
    static std::once_flag once;
    std::call_once(once, [] {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        rlimit files{};
        if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < kWantedFiles) {
            files.rlim_cur = std::min(kWantedFiles, files.rlim_max);
            setrlimit(RLIMIT_NOFILE, &files);
        }
    });
}

CURL* newEasyHandle()
{
    CURL* easy = curl_easy_init();
    if (!easy)
        return nullptr;
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Signalbox");
    // Unpacks what comes packed all the same; see HeaderList for what is asked for.
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    // HTTP/2 where a server offers it in the TLS handshake; without TLS, HTTP/1.1.
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    return easy;
}

HeaderList::HeaderList(const std::vector<std::string>& headers)
{
    for (const std::string& header : headers) {
        if (curl_slist* longer = curl_slist_append(m_list, header.c_str()))
            m_list = longer;
    }
    // Without this, a body beyond a megabyte waits a second for "100 Continue".
    if (curl_slist* longer = curl_slist_append(m_list, "Expect:"))
        m_list = longer;
    // A packed stream comes in larger lumps, and so later.
    if (curl_slist* longer = curl_slist_append(m_list, "Accept-Encoding: identity"))
        m_list = longer;
}

HeaderList::~HeaderList()
{
    curl_slist_free_all(m_list);
}

std::shared_ptr<const HeaderList> HeaderCache::listFor(const std::vector<std::string>& headers)
{
    for (const Entry& entry : m_entries) {
        if (entry.headers == headers)
            return entry.list;
    }
    Entry entry{headers, std::make_shared<const HeaderList>(headers)};
    std::shared_ptr<const HeaderList> list = entry.list;
    if (m_entries.size() < kCachedHeaderLists) {
        m_entries.push_back(std::move(entry));
    } else {
        m_entries[m_nextVictim] = std::move(entry);
        m_nextVictim = (m_nextVictim + 1) % kCachedHeaderLists;
    }
    return list;
}

void EasyOptions::apply(CURL* easy, const HttpRequest& request, const HeaderList& headers)
{
    if (request.url != m_url) {
        m_url = request.url;
        curl_easy_setopt(easy, CURLOPT_URL, m_url.c_str());
        const bool loopback = isLoopbackUrl(m_url);
        if (loopback != m_loopback) {
            m_loopback = loopback;
            // An empty proxy is no proxy; none set means that the environment decides.
            curl_easy_setopt(easy, CURLOPT_PROXY, loopback ? "" : nullptr);
        }
    }
    if (request.method != m_method) {
        m_method = request.method;
        if (m_method == "GET") {
            curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, nullptr);
            curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        } else {
            curl_easy_setopt(easy, CURLOPT_POST, 1L);
            curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, m_method == "POST" ? nullptr : m_method.c_str());
        }
    }
    if (m_method != "GET") {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    if (&headers != m_headers) {
        m_headers = &headers;
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.list());
    }
    const long connectMs = std::max(1L, wholeMs(request.connectTimeoutMs));
    if (connectMs != m_connectTimeoutMs) {
        m_connectTimeoutMs = connectMs;
        curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connectMs);
    }
    const long totalMs = wholeMs(request.totalTimeoutMs);
    if (totalMs != m_totalTimeoutMs) {
        m_totalTimeoutMs = totalMs;
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, totalMs);
    }
}

bool isHttpUrl(std::string_view url)
{
    const std::string scheme = toLowerAscii(url.substr(0, 8));
    return (scheme.starts_with("http://") || scheme == "https://") && !authorityOf(url).empty();
}

std::string hostOf(std::string_view url)
{
    const std::string_view authority = authorityOf(url);
    return authority.empty() ? "an address without a host" : std::string(authority);
}

bool isLoopbackUrl(std::string_view url)
{
    std::string_view authority = authorityOf(url);
    if (authority.starts_with("["))
        return authority.starts_with("[::1]");
    const std::string host = toLowerAscii(authority.substr(0, authority.find(':')));
    if (host == "localhost" || host.ends_with(".localhost"))
        return true;
    return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
}

std::string_view withoutLineEnd(std::string_view line)
{
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

int statusOfLine(std::string_view line)
{
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || space + 4 > line.size())
        return 0;
    int status = 0;
    for (std::size_t i = space + 1; i < space + 4; ++i) {
        if (line[i] < '0' || line[i] > '9')
            return 0;
        status = status * 10 + (line[i] - '0');
    }
    return status;
}

void addHeader(std::string_view line, std::vector<std::pair<std::string, std::string>>& headers)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    headers.emplace_back(toLowerAscii(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1))));
}

double connectMsOf(CURL* easy)
{
    long connects = 0;
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connects);
    if (connects == 0)
        return 0;
    curl_off_t connected = 0;
    curl_off_t secured = 0;
    curl_easy_getinfo(easy, CURLINFO_CONNECT_TIME_T, &connected);
    curl_easy_getinfo(easy, CURLINFO_APPCONNECT_TIME_T, &secured);
    return static_cast<double>(std::max(connected, secured)) / 1000.0;
}

std::string errorKindOfCurl(CURLcode code, std::string_view detail)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
    case CURLE_PROXY:
        return error_kind::refused;
    case CURLE_OPERATION_TIMEDOUT:
        return error_kind::timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
        return error_kind::tls;
    case CURLE_UNSUPPORTED_PROTOCOL: // "Received HTTP/0.9 when not allowed": no status line
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
        return error_kind::garbage;
    case CURLE_URL_MALFORMAT:
        return error_kind::badRequest;
    case CURLE_RECV_ERROR:
        return detail.find("chunked") != std::string_view::npos ? error_kind::garbage : error_kind::cut;
    default:
        return error_kind::cut;
    }
}

std::string messageOfCurl(CURLcode code, std::string_view detail, const std::string& host)
{
    if (code == CURLE_URL_MALFORMAT)
        return "Only http:// and https:// addresses with a host can be called.";
    std::string text = host + ": ";
    text += detail.empty() ? std::string_view(curl_easy_strerror(code)) : trimmed(detail);
    text = toValidUtf8(text);
    if (!text.ends_with('.'))
        text += '.';
    return text;
}

} // namespace signalbox
