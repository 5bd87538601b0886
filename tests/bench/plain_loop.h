// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What anybody would write to ask a model over libcurl, and nothing more: what the engine is measured
// against.

#include "base/clock.h"
#include "load/histogram.h"
#include "providers/sse.h"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <sys/epoll.h>
#include <unistd.h>
#include <vector>

namespace signalbox::bench {

inline std::string promptOf(int i)
{
    return "My invoice number " + std::to_string(i) + " shows two charges for March. Which one is right?";
}

[[noreturn]] inline void giveUp(const char* why)
{
    std::fprintf(stderr, "bench_overhead: %s\n", why);
    std::exit(3);
}

/// A slot of the plain loop: one easy handle that is used again and again.
struct PlainRequest
{
    int number = 0;
    int hopsLeft = 0;
    SteadyTime begin;
    CURL* easy = nullptr;
    std::string body;
    std::string text;
    long tokens = 0;
    SseParser sse;
};

/// libcurl multi by socket action over epoll, server-sent events, nlohmann for every chunk; nothing else.
class PlainLoop
{
public:
    PlainLoop(const std::string& baseUrl, int concurrency, int hops)
        : m_url(baseUrl + "/v1/chat/completions"), m_hops(hops),
          m_slots(static_cast<std::size_t>(concurrency))
    {
        m_multi = curl_multi_init();
        m_epoll = epoll_create1(EPOLL_CLOEXEC);
        curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, onSocket);
        curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, onTimer);
        curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
        curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, static_cast<long>(concurrency));
        m_headers = curl_slist_append(m_headers, "Content-Type: application/json");
        m_headers = curl_slist_append(m_headers, "Expect:");
        for (PlainRequest& slot : m_slots)
            slot.easy = curl_easy_init();
    }
    ~PlainLoop()
    {
        for (PlainRequest& slot : m_slots)
            curl_easy_cleanup(slot.easy);
        curl_multi_cleanup(m_multi);
        curl_slist_free_all(m_headers);
        close(m_epoll);
    }
    PlainLoop(const PlainLoop&) = delete;
    PlainLoop& operator=(const PlainLoop&) = delete;

    /// Latencies of whole requests.
    LatencyHistogram run(int requests)
    {
        m_latency = {};
        m_left = requests;
        m_running = 0;
        for (PlainRequest& slot : m_slots)
            start(slot);
        int active = 0;
        std::vector<epoll_event> events(256);
        while (m_running > 0) {
            const int n = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), waitMs());
            if (m_timer && *m_timer <= now()) {
                m_timer.reset();
                curl_multi_socket_action(m_multi, CURL_SOCKET_TIMEOUT, 0, &active);
            }
            for (int i = 0; i < n; ++i) {
                const std::uint32_t e = events[static_cast<std::size_t>(i)].events;
                const int mask = ((e & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                                 ((e & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                                 ((e & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
                curl_multi_socket_action(m_multi, events[static_cast<std::size_t>(i)].data.fd, mask, &active);
            }
            collect();
        }
        return m_latency;
    }

private:
    void start(PlainRequest& slot)
    {
        if (m_left == 0)
            return;
        slot.number = --m_left;
        slot.hopsLeft = m_hops;
        slot.begin = now();
        ++m_running;
        send(slot);
    }
    void send(PlainRequest& slot)
    {
        --slot.hopsLeft;
        slot.body = nlohmann::json{{"model", "echo"},
                                   {"stream", true},
                                   {"stream_options", {{"include_usage", true}}},
                                   {"messages", {{{"role", "user"}, {"content", promptOf(slot.number)}}}}}
                        .dump();
        slot.text.clear();
        slot.sse = SseParser();
        curl_easy_reset(slot.easy);
        curl_easy_setopt(slot.easy, CURLOPT_URL, m_url.c_str());
        curl_easy_setopt(slot.easy, CURLOPT_HTTPHEADER, m_headers);
        curl_easy_setopt(slot.easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(slot.body.size()));
        curl_easy_setopt(slot.easy, CURLOPT_POSTFIELDS, slot.body.c_str());
        curl_easy_setopt(slot.easy, CURLOPT_WRITEFUNCTION, onData);
        curl_easy_setopt(slot.easy, CURLOPT_WRITEDATA, &slot);
        curl_easy_setopt(slot.easy, CURLOPT_PRIVATE, &slot);
        curl_easy_setopt(slot.easy, CURLOPT_NOSIGNAL, 1L);
        curl_multi_add_handle(m_multi, slot.easy);
    }
    void collect()
    {
        int left = 0;
        while (CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            PlainRequest* slot = nullptr;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &slot);
            if (message->data.result != CURLE_OK || slot->text.empty())
                giveUp("a request of the plain loop failed");
            curl_multi_remove_handle(m_multi, slot->easy);
            if (slot->hopsLeft > 0) {
                send(*slot);
                continue;
            }
            m_latency.add(msBetween(slot->begin, now()));
            --m_running;
            start(*slot);
        }
    }
    static std::size_t onData(char* bytes, std::size_t, std::size_t size, void* user)
    {
        PlainRequest& slot = *static_cast<PlainRequest*>(user);
        slot.sse.feed({bytes, size}, [&](std::string_view data) {
            if (data == "[DONE]")
                return;
            const nlohmann::json chunk = nlohmann::json::parse(data, nullptr, false);
            for (const auto& choice : chunk["choices"]) {
                if (choice.contains("delta") && choice["delta"].contains("content") &&
                    choice["delta"]["content"].is_string())
                    slot.text += choice["delta"]["content"].get_ref<const std::string&>();
            }
            if (chunk.contains("usage") && chunk["usage"].is_object())
                slot.tokens = chunk["usage"]["completion_tokens"];
        });
        return size;
    }
    static int onSocket(CURL*, curl_socket_t socket, int what, void* user, void* known)
    {
        PlainLoop& loop = *static_cast<PlainLoop*>(user);
        if (what == CURL_POLL_REMOVE) {
            epoll_ctl(loop.m_epoll, EPOLL_CTL_DEL, socket, nullptr);
            return 0;
        }
        epoll_event event{};
        event.events =
            ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0u) | ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0u);
        event.data.fd = socket;
        epoll_ctl(loop.m_epoll, known != nullptr ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
        curl_multi_assign(loop.m_multi, socket, &loop);
        return 0;
    }
    static int onTimer(CURLM*, long ms, void* user)
    {
        std::optional<SteadyTime>& timer = static_cast<PlainLoop*>(user)->m_timer;
        timer = ms < 0 ? std::nullopt : std::optional(now() + std::chrono::milliseconds(ms));
        return 0;
    }
    int waitMs() const
    {
        return !m_timer ? -1 : std::max(0, static_cast<int>(std::ceil(msBetween(now(), *m_timer))));
    }

    std::string m_url;
    int m_hops = 1;
    CURLM* m_multi = nullptr;
    int m_epoll = -1;
    curl_slist* m_headers = nullptr;
    std::vector<PlainRequest> m_slots;
    LatencyHistogram m_latency;
    int m_left = 0;
    int m_running = 0;
    std::optional<SteadyTime> m_timer;
};

} // namespace signalbox::bench
