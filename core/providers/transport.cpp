// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/transport.h"

#include "providers/curl_handles.h"
#include "providers/errors.h"
#include "providers/socket_watch.h"
#include "providers/timer_queue.h"

#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace signalbox {

namespace {

constexpr std::size_t kMaxHeaderBytes = 256u << 10;
constexpr long kMaxIdleConnections = 1'200;
constexpr std::size_t kMaxDrainedBytes = 64u << 10;

/// One HTTP exchange. Slots and their easy handles are reused: most options never change between requests.
struct Transfer
{
    enum class State { Free, Pending, Running, Draining, Cancelled }; ///< Draining: nobody reads what still comes

    CURL* easy = nullptr;
    std::uint32_t index = 0;
    std::uint32_t generation = 1;
    State state = State::Free;
    HttpRequest request;
    std::shared_ptr<HttpHandler> handler;
    std::shared_ptr<const HeaderList> headerList;
    EasyOptions options; ///< what the handle is set to
    SteadyTime startedAt;
    double firstByteMs = 0;
    int status = 0;
    std::size_t headerBytes = 0;
    std::size_t bodyBytes = 0;
    bool requestSent = false;
    double sentMs = 0;
    bool sentAgain = false; ///< on a new connection, as the idle one turned out to be closed
    bool headersDelivered = false;
    bool aborted = false;
    bool outgrown = false;
    bool stalled = false;
    SteadyTime lastByteAt;
    TimerId idleTimer = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    char errorText[CURL_ERROR_SIZE] = {};

    TransferId id() const { return (static_cast<TransferId>(generation) << 32) | (index + 1u); }
    ~Transfer()
    {
        if (easy)
            curl_easy_cleanup(easy);
    }
};

} // namespace

struct Transport::Impl
{
    // Shared with other threads.
    std::mutex mutex;
    std::vector<std::function<void()>> queue;
    bool sleeping = false; ///< the loop is, or is about to be, in epoll_wait
    bool stopping = false;
    std::atomic<bool> hasQueued{false};

    // The network thread's own.
    SocketWatch sockets;
    CURLM* multi = nullptr;
    bool insideCurl = false;
    bool closing = false;
    std::optional<SteadyTime> curlDue;
    std::deque<std::unique_ptr<Transfer>> slots;
    std::vector<std::uint32_t> freeSlots;
    std::vector<TransferId> pending;
    std::vector<TransferId> cancelled;
    std::vector<std::function<void()>> running;
    TimerQueue timers;
    HeaderCache headerCache;
    std::thread thread;

    Impl();
    void post(std::function<void()> task);
    void stop();

    void run();
    void runPosted();
    void startPending();
    void removeCancelled();
    void finishDone();
    void socketAction(curl_socket_t fd, int mask);
    int sleepMs(SteadyTime at) const;
    void closeAll();

    Transfer* find(TransferId id);
    TransferId start(HttpRequest request, std::shared_ptr<HttpHandler> handler);
    static CancelledTransfer soFar(const Transfer& transfer);
    CancelledTransfer cancel(TransferId id);
    CancelledTransfer letEnd(TransferId id, double graceMs);
    void drop(Transfer& transfer);
    void release(Transfer& transfer);
    void configure(Transfer& transfer);
    void finish(Transfer& transfer, CURLcode code);
    void watchSilence(Transfer& transfer, double ms);
    void onSilence(TransferId id);

    static int timerCallback(CURLM*, long timeoutMs, void* self);
    static int sendCallback(void* transfer, char*, char*, int, int);
    static std::size_t headerCallback(char* data, std::size_t size, std::size_t count, void* transfer);
    static std::size_t bodyCallback(char* data, std::size_t size, std::size_t count, void* transfer);
};

Transport::Impl::Impl()
{
    initCurlOnce();
    multi = curl_multi_init();
    if (!multi)
        throw std::runtime_error("The network thread could not be set up: no file descriptors are left.");
    sockets.attachMulti(multi);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Impl::timerCallback);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
    // A connection carries one stream at a time, with HTTP/2 too: a stalled one holds up nobody, and a cut
    // one loses one answer.
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kMaxIdleConnections);

    // Signals are for the main thread; here they would only interrupt waits. SIGPIPE becomes EPIPE.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread = std::thread([this] { run(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    pthread_setname_np(thread.native_handle(), "signalbox-net");
}

void Transport::Impl::post(std::function<void()> task)
{
    bool wake = false;
    {
        const std::lock_guard lock(mutex);
        queue.push_back(std::move(task));
        hasQueued.store(true, std::memory_order_release);
        wake = sleeping;
        sleeping = false; // one wake is enough
    }
    if (wake)
        sockets.wake();
}

void Transport::Impl::stop()
{
    post([this] { stopping = true; });
    thread.join();
}

void Transport::Impl::run()
{
    // Whoever waits for an answer hears of it before the next socket is looked at: reading takes far longer.
    const auto onReady = [this](curl_socket_t fd, int mask) {
        socketAction(fd, mask);
        removeCancelled();
        finishDone();
    };
    for (;;) {
        SteadyTime at = now();
        timers.runDue(at);
        runPosted();
        if (stopping)
            break;
        startPending();
        if (curlDue && *curlDue <= now())
            socketAction(CURL_SOCKET_TIMEOUT, 0);
        removeCancelled();
        finishDone();

        at = now();
        int timeout = sleepMs(at);
        {
            const std::lock_guard lock(mutex);
            if (!queue.empty())
                timeout = 0;
            sleeping = timeout != 0;
        }
        sockets.wait(timeout);
        if (timeout != 0) {
            const std::lock_guard lock(mutex);
            sleeping = false;
        }
        sockets.tell(onReady);
    }
    closeAll();
}

int Transport::Impl::sleepMs(SteadyTime at) const
{
    if (!pending.empty() || !cancelled.empty())
        return 0;
    std::optional<SteadyTime> due = timers.next();
    if (curlDue && (!due || *curlDue < *due))
        due = curlDue;
    if (!due)
        return -1;
    const double ms = msBetween(at, *due);
    return ms <= 0 ? 0 : static_cast<int>(std::min(std::ceil(ms), 3'600'000.0));
}

void Transport::Impl::runPosted()
{
    if (!hasQueued.load(std::memory_order_acquire))
        return;
    {
        const std::lock_guard lock(mutex);
        running.swap(queue);
        hasQueued.store(false, std::memory_order_release);
    }
    for (auto& task : running) {
        task();
        task = nullptr; // what it holds is let go of before the next one runs
    }
    running.clear();
}

void Transport::Impl::socketAction(curl_socket_t fd, int mask)
{
    if (fd == CURL_SOCKET_TIMEOUT)
        curlDue.reset(); // libcurl says anew when it wants to be called
    insideCurl = true;
    int stillRunning = 0;
    curl_multi_socket_action(multi, fd, mask, &stillRunning);
    insideCurl = false;
}

int Transport::Impl::timerCallback(CURLM*, long timeoutMs, void* self)
{
    auto* impl = static_cast<Impl*>(self);
    if (timeoutMs < 0)
        impl->curlDue.reset();
    else
        impl->curlDue = now() + std::chrono::milliseconds(timeoutMs);
    return 0;
}

Transfer* Transport::Impl::find(TransferId id)
{
    const std::uint64_t low = id & 0xffff'ffffu;
    if (low == 0 || low > slots.size())
        return nullptr;
    Transfer& transfer = *slots[low - 1];
    const bool live =
        transfer.state == Transfer::State::Pending || transfer.state == Transfer::State::Running;
    return live && transfer.generation == id >> 32 ? &transfer : nullptr;
}

TransferId Transport::Impl::start(HttpRequest request, std::shared_ptr<HttpHandler> handler)
{
    if (closing)
        return 0;
    if (freeSlots.empty()) {
        slots.push_back(std::make_unique<Transfer>());
        slots.back()->index = static_cast<std::uint32_t>(slots.size() - 1);
        freeSlots.push_back(slots.back()->index);
    }
    Transfer& transfer = *slots[freeSlots.back()];
    freeSlots.pop_back();
    transfer.state = Transfer::State::Pending;
    transfer.request = std::move(request);
    transfer.handler = std::move(handler);
    transfer.startedAt = now();
    transfer.firstByteMs = 0;
    transfer.status = 0;
    transfer.headerBytes = 0;
    transfer.bodyBytes = 0;
    transfer.requestSent = false;
    transfer.sentMs = 0;
    transfer.sentAgain = false;
    transfer.headersDelivered = false;
    transfer.aborted = false;
    transfer.outgrown = false;
    transfer.stalled = false;
    transfer.lastByteAt = transfer.startedAt;
    transfer.headers.clear();
    transfer.errorText[0] = '\0';
    if (transfer.request.idleTimeoutMs > 0)
        watchSilence(transfer, transfer.request.idleTimeoutMs);
    pending.push_back(transfer.id());
    return transfer.id();
}

void Transport::Impl::watchSilence(Transfer& transfer, double ms)
{
    transfer.idleTimer = timers.add(now(), ms, [this, id = transfer.id()] { onSilence(id); });
}

/// One timer for a whole transfer, which looks when the last byte came: bytes come far more often than it
/// fires.
void Transport::Impl::onSilence(TransferId id)
{
    Transfer* transfer = find(id);
    if (!transfer)
        return;
    transfer->idleTimer = 0;
    const double left = transfer->request.idleTimeoutMs - msBetween(transfer->lastByteAt, now());
    if (left > 0)
        return watchSilence(*transfer, left);
    transfer->stalled = true;
    if (transfer->state == Transfer::State::Running)
        curl_multi_remove_handle(multi, transfer->easy);
    finish(*transfer, CURLE_OPERATION_TIMEDOUT);
}

void Transport::Impl::startPending()
{
    for (std::size_t i = 0; i < pending.size(); ++i) {
        Transfer* transfer = find(pending[i]);
        if (!transfer)
            continue; // cancelled before it began
        configure(*transfer);
        transfer->state = Transfer::State::Running;
        if (!isHttpUrl(transfer->request.url))
            finish(*transfer, CURLE_URL_MALFORMAT);
        else if (curl_multi_add_handle(multi, transfer->easy) != CURLM_OK)
            finish(*transfer, CURLE_OUT_OF_MEMORY);
    }
    pending.clear();
}

void Transport::Impl::configure(Transfer& transfer)
{
    if (!transfer.easy) {
        transfer.easy = newEasyHandle();
        if (!transfer.easy)
            throw std::bad_alloc();
        CURL* easy = transfer.easy;
        curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
        curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.errorText);
        sockets.attachEasy(easy);
        curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Impl::sendCallback);
        curl_easy_setopt(easy, CURLOPT_PREREQDATA, &transfer);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Impl::headerCallback);
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Impl::bodyCallback);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    }
    transfer.headerList = headerCache.listFor(transfer.request.headers);
    transfer.options.apply(transfer.easy, transfer.request, *transfer.headerList);
}

/// libcurl calls this when the connection is made, TLS and proxies included, and sends the request next.
int Transport::Impl::sendCallback(void* self, char*, char*, int, int)
{
    Transfer& transfer = *static_cast<Transfer*>(self);
    if (transfer.state != Transfer::State::Running)
        return CURL_PREREQFUNC_ABORT;
    transfer.sentAgain = transfer.requestSent;
    transfer.requestSent = true;
    transfer.sentMs = msBetween(transfer.startedAt, now());
    if (transfer.sentAgain) {
        const std::shared_ptr<HttpHandler> handler = transfer.handler;
        handler->onSentAgain();
        if (transfer.state == Transfer::State::Cancelled)
            return CURL_PREREQFUNC_ABORT;
    }
    return CURL_PREREQFUNC_OK;
}

std::size_t Transport::Impl::headerCallback(char* data, std::size_t size, std::size_t count, void* self)
{
    Transfer& transfer = *static_cast<Transfer*>(self);
    const std::size_t bytes = size * count;
    if (transfer.state == Transfer::State::Cancelled)
        return CURL_WRITEFUNC_ERROR;
    if (transfer.idleTimer != 0)
        transfer.lastByteAt = now();
    if (transfer.headersDelivered || transfer.state == Transfer::State::Draining)
        return bytes; // trailers say nothing that we need
    transfer.headerBytes += bytes;
    if (transfer.headerBytes > kMaxHeaderBytes) {
        transfer.outgrown = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (transfer.firstByteMs == 0)
        transfer.firstByteMs = msBetween(transfer.startedAt, now());
    const std::string_view line = withoutLineEnd({data, bytes});
    if (line.starts_with("HTTP/")) {
        transfer.status = statusOfLine(line);
        transfer.headers.clear();
    } else if (!line.empty()) {
        addHeader(line, transfer.headers);
    } else if (transfer.status >= 200) {
        transfer.headersDelivered = true;
        transfer.handler->onHeaders(transfer.status, transfer.headers);
        if (transfer.state == Transfer::State::Cancelled)
            return CURL_WRITEFUNC_ERROR;
    }
    return bytes;
}

std::size_t Transport::Impl::bodyCallback(char* data, std::size_t size, std::size_t count, void* self)
{
    Transfer& transfer = *static_cast<Transfer*>(self);
    const std::size_t bytes = size * count;
    if (transfer.state == Transfer::State::Cancelled)
        return CURL_WRITEFUNC_ERROR;
    if (transfer.idleTimer != 0)
        transfer.lastByteAt = now();
    transfer.bodyBytes += bytes;
    if (transfer.state == Transfer::State::Draining)
        return transfer.bodyBytes > kMaxDrainedBytes ? CURL_WRITEFUNC_ERROR : bytes;
    if (transfer.bodyBytes > transfer.request.maxResponseBytes) {
        transfer.outgrown = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (!transfer.handler->onData({data, bytes})) {
        transfer.aborted = true;
        return CURL_WRITEFUNC_ERROR;
    }
    return transfer.state == Transfer::State::Cancelled ? CURL_WRITEFUNC_ERROR : bytes;
}

void Transport::Impl::finishDone()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        Transfer* transfer = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        curl_multi_remove_handle(multi, transfer->easy);
        if (transfer->state == Transfer::State::Running)
            finish(*transfer, code);
        else
            release(*transfer);
    }
}

void Transport::Impl::finish(Transfer& transfer, CURLcode code)
{
    HttpResult result;
    result.status = transfer.status;
    result.requestSent = transfer.requestSent;
    result.sentMs = transfer.sentMs;
    result.firstByteMs = transfer.firstByteMs;
    result.connectMs = connectMsOf(transfer.easy);
    result.totalMs = msBetween(transfer.startedAt, now());
    if (transfer.outgrown) {
        result.errorKind = error_kind::tooLarge;
        result.message = "The answer of " + hostOf(transfer.request.url) + " is larger than " +
                         std::to_string(transfer.request.maxResponseBytes) + " bytes.";
    } else if (code == CURLE_OUT_OF_MEMORY && transfer.requestSent && !transfer.headersDelivered) {
        // How libcurl refuses a header line beyond its own bound of 100 KB.
        result.errorKind = error_kind::tooLarge;
        result.message =
            "The answer of " + hostOf(transfer.request.url) + " has a header that is too large to be read.";
    } else if (transfer.stalled) {
        result.errorKind = error_kind::timeout;
        result.message = hostOf(transfer.request.url) + ": nothing came for " +
                         std::to_string(static_cast<long>(transfer.request.idleTimeoutMs)) + " ms.";
    } else if (transfer.aborted) {
        result.errorKind = "provider.aborted";
        result.message = "The answer was refused while it came.";
    } else if (code == CURLE_OK) {
        result.ok = true;
    } else {
        result.errorKind = errorKindOfCurl(code, transfer.errorText);
        result.message = messageOfCurl(code, transfer.errorText, hostOf(transfer.request.url));
    }
    const std::shared_ptr<HttpHandler> handler = std::move(transfer.handler);
    release(transfer);
    handler->onDone(result);
}

CancelledTransfer Transport::Impl::soFar(const Transfer& transfer)
{
    CancelledTransfer was;
    was.requestSent = transfer.requestSent;
    was.sentMs = was.requestSent ? transfer.sentMs : msBetween(transfer.startedAt, now());
    if (transfer.state != Transfer::State::Pending)
        was.connectMs = connectMsOf(transfer.easy);
    return was;
}

CancelledTransfer Transport::Impl::cancel(TransferId id)
{
    Transfer* transfer = find(id);
    if (!transfer)
        return {};
    const CancelledTransfer was = soFar(*transfer);
    if (transfer->state == Transfer::State::Pending)
        release(*transfer);
    else
        drop(*transfer);
    return was;
}

CancelledTransfer Transport::Impl::letEnd(TransferId id, double graceMs)
{
    Transfer* transfer = find(id);
    if (!transfer || transfer->state == Transfer::State::Pending)
        return cancel(id);
    transfer->state = Transfer::State::Draining;
    transfer->bodyBytes = 0;
    timers.cancel(transfer->idleTimer);
    transfer->idleTimer = timers.add(now(), graceMs, [this, id] {
        Transfer& late = *slots[(id & 0xffff'ffffu) - 1];
        if (late.state != Transfer::State::Draining || late.id() != id)
            return;
        late.idleTimer = 0;
        drop(late);
    });
    return soFar(*transfer);
}

/// libcurl may be on the stack, so the handle is removed a little later; nothing is called until then.
void Transport::Impl::drop(Transfer& transfer)
{
    transfer.state = Transfer::State::Cancelled;
    cancelled.push_back(transfer.id());
    if (!insideCurl)
        removeCancelled();
}

void Transport::Impl::removeCancelled()
{
    while (!cancelled.empty()) {
        const TransferId id = cancelled.back();
        cancelled.pop_back();
        Transfer& transfer = *slots[(id & 0xffff'ffffu) - 1];
        if (transfer.state != Transfer::State::Cancelled || transfer.id() != id)
            continue; // its failure was read first
        curl_multi_remove_handle(multi, transfer.easy);
        release(transfer);
    }
}

void Transport::Impl::release(Transfer& transfer)
{
    if (transfer.sentAgain) {
        // libcurl gives up on the sixth such repetition in the life of a handle, not of a request.
        curl_easy_cleanup(transfer.easy);
        transfer.easy = nullptr;
        transfer.options = {};
    }
    timers.cancel(transfer.idleTimer);
    transfer.idleTimer = 0;
    transfer.state = Transfer::State::Free;
    ++transfer.generation;
    freeSlots.push_back(transfer.index);
    transfer.request.body = {};
    const auto handler = std::move(transfer.handler); // may run code of ours: last
}

void Transport::Impl::closeAll()
{
    // Whatever is let go of here may still post, start or cancel; it is swallowed.
    closing = true;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        Transfer& transfer = *slots[i];
        if (transfer.state != Transfer::State::Free && transfer.state != Transfer::State::Pending)
            curl_multi_remove_handle(multi, transfer.easy);
        if (transfer.state != Transfer::State::Free)
            release(transfer);
    }
    timers.close();
    for (;;) {
        std::vector<std::function<void()>> dropped;
        {
            const std::lock_guard lock(mutex);
            dropped.swap(queue);
        }
        if (dropped.empty())
            break;
    }
    pending.clear();
    slots.clear();
    freeSlots.clear();
    curl_multi_cleanup(multi);
    multi = nullptr;
}

Transport::Transport() : m_impl(std::make_unique<Impl>()) {}

Transport::~Transport()
{
    m_impl->stop();
}

void Transport::post(std::function<void()> task)
{
    m_impl->post(std::move(task));
}

bool Transport::onNetworkThread() const
{
    return std::this_thread::get_id() == m_impl->thread.get_id();
}

TransferId Transport::start(HttpRequest request, std::shared_ptr<HttpHandler> handler)
{
    return m_impl->start(std::move(request), std::move(handler));
}

CancelledTransfer Transport::cancel(TransferId id)
{
    return m_impl->cancel(id);
}

CancelledTransfer Transport::letEnd(TransferId id, double graceMs)
{
    return m_impl->letEnd(id, graceMs);
}

TimerId Transport::after(double ms, std::function<void()> task)
{
    return m_impl->timers.add(now(), ms, std::move(task));
}

void Transport::cancelTimer(TimerId id)
{
    m_impl->timers.cancel(id);
}

} // namespace signalbox
