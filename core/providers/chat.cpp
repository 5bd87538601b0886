// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/chat.h"

#include "base/text.h"
#include "providers/chat_protocol.h"
#include "providers/errors.h"
#include "providers/protocol_parts.h"
#include "providers/retry.h"
#include "providers/sse.h"

#include <algorithm>
#include <utility>

namespace signalbox {

namespace {

constexpr std::size_t kMaxErrorBody = 64u << 10;
constexpr std::size_t kMaxAnswerBytes = 16u << 20; ///< of one JSON text, or of a stream that says nothing
/// What models say of their own is far less. A stream needs some hundred bytes around each token, and a kilobyte with
/// log-probabilities.
constexpr std::size_t kMaxSaidBytes = 2u << 20;
constexpr std::size_t kBytesForEachSaid = 1024;
constexpr std::size_t kMaxStreamBytes = 256u << 20;
constexpr double kWithoutDeadlineMs = 600'000; ///< nothing may hang for ever
/// An answer's end and that of its body mostly come together. Who waits for that a moment can use the connection for what
/// comes next; where it does not come, nobody waits for it any longer, and the body may end by itself.
constexpr double kGraceAfterEndMs = 10;
constexpr double kBodyMayEndMs = 1'000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Servers leave out the arguments of a tool that takes none, and some end a message of calls with "stop".
void completeToolCalls(ChatProgress& progress)
{
    for (ToolCall& call : progress.toolCalls) {
        if (trimmed(call.argumentsJson).empty())
            call.argumentsJson = "{}";
    }
    if (progress.finishReason == "stop")
        progress.finishReason = "tool_calls";
}

/// The call's state. The transport holds it while a transfer runs, the caller's handle while the caller wants
/// it.
class ChatRun final : public HttpHandler, public std::enable_shared_from_this<ChatRun>
{
public:
    ChatRun(Transport& transport, ChatRequest request, ChatCallbacks callbacks)
        : m_transport(transport), m_protocol(chatProtocol(request.protocol)), m_request(std::move(request)),
          m_callbacks(std::move(callbacks)), m_jitter(m_request.jitterSeed), m_startedAt(now())
    {
    }

    void start(SecretSource& secrets);
    ChatResult cancel();
    bool over() const { return m_over; }

    void onHeaders(int status, const std::vector<std::pair<std::string, std::string>>& headers) override;
    bool onData(std::string_view bytes) override;
    void onSentAgain() override;
    void onDone(const HttpResult& result) override;

private:
    enum class Body { Unknown, Events, Json, Error };

    /// Keeps this object and its callbacks alive while one of its functions is on the stack: a callback may
    /// cancel or destroy the call.
    class Entry
    {
    public:
        explicit Entry(ChatRun& run) : m_run(run.shared_from_this()) { ++m_run->m_depth; }
        ~Entry()
        {
            if (--m_run->m_depth == 0 && m_run->m_over)
                m_run->m_callbacks = {};
        }
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;

    private:
        std::shared_ptr<ChatRun> m_run;
    };

    double elapsedMs() const { return msBetween(m_startedAt, now()); }
    void failSoon(std::string kind, std::string message);
    void beginAttempt();
    void onDeadline();
    void readBody(std::string_view bytes);
    bool hasOutgrown() const;
    void outgrow();
    void readEvents(std::string_view bytes);
    void tellText(std::size_t from);
    void tellUnseen();
    void takeTimes(double connectMs, double sentMs);
    void takeTimes(const CancelledTransfer& was);
    void cancelTransfer();
    void judgeEnd(const HttpResult& result);
    void finishEvents();
    void judgeStatus();
    void takeUsage(bool ok);
    std::string withoutKey(std::string text) const;
    void stopAttempt(std::string kind, std::string message);
    void endAttempt(std::string kind, std::string message);
    double waitBeforeRetry(const std::string& kind);
    void stopTimers();
    void finish(ChatResult result);
    ChatResult resultSoFar(std::string kind, std::string message);

    Transport& m_transport;
    const ChatProtocol& m_protocol;
    ChatRequest m_request;
    ChatCallbacks m_callbacks;
    Random m_jitter;
    SteadyTime m_startedAt;
    std::string m_key;
    std::vector<ChatAttempt> m_attempts;
    std::optional<double> m_ttftMs;
    TimerId m_deadlineTimer = 0;
    TimerId m_timer = 0; ///< until the next attempt, or until the end of an answer's grace
    bool m_over = false;
    int m_depth = 0;

    // Of the running attempt.
    bool m_attemptRunning = false;
    TransferId m_transfer = 0;
    double m_transferStartMs = 0;
    ChatAttempt m_attempt;
    ChatProgress m_progress;
    SseParser m_events;
    Body m_bodyKind = Body::Unknown;
    bool m_saidEventStream = false;
    std::string m_body;
    std::string m_retryAfter;
    std::size_t m_toldToolBytes = 0;
    std::size_t m_toldThoughtBytes = 0;
    std::size_t m_receivedBytes = 0; ///< of the body
    std::optional<double> m_endedAtMs; ///< when the protocol's own end came
};

void ChatRun::start(SecretSource& secrets)
{
    Result<std::string> key = sendableKey(secrets, m_request.key);
    if (!key)
        return failSoon(key.error().code, key.error().message);
    m_key = std::move(*key);
    if (m_request.deadlineMs != 0)
        m_deadlineTimer = m_transport.after(m_request.deadlineMs, [this] { onDeadline(); });
    beginAttempt();
}

/// Ends the call without a try, but not before start() has returned.
void ChatRun::failSoon(std::string kind, std::string message)
{
    m_timer = m_transport.after(0, [this, kind = std::move(kind), message = std::move(message)] {
        const Entry entry(*this);
        m_timer = 0;
        finish(resultSoFar(kind, presentable(message, m_key)));
    });
}

void ChatRun::beginAttempt()
{
    Result<std::string> body = m_protocol.body(m_request);
    if (!body)
        return failSoon(body.error().code, body.error().message);
    m_attempt = ChatAttempt{};
    m_attempt.number = static_cast<int>(m_attempts.size()) + 1;
    m_attempt.startMs = elapsedMs();
    if (!m_request.requestIdPrefix.empty())
        m_attempt.requestId =
            m_request.requestIdPrefix + "." + std::to_string(m_request.firstRequestId + m_attempt.number - 1);
    m_progress = ChatProgress{};
    m_events = SseParser();
    m_bodyKind = Body::Unknown;
    m_saidEventStream = false;
    m_body.clear();
    m_retryAfter.clear();
    m_toldToolBytes = 0;
    m_toldThoughtBytes = 0;
    m_receivedBytes = 0;
    m_endedAtMs.reset();
    m_attemptRunning = true;

    HttpRequest http;
    http.url = m_protocol.url(m_request);
    http.headers = m_protocol.headers(m_request, m_key);
    if (!m_attempt.requestId.empty())
        http.headers.push_back("X-Client-Request-Id: " + m_attempt.requestId);
    http.body = std::move(*body);
    http.maxResponseBytes = kMaxStreamBytes;
    http.idleTimeoutMs = m_request.idleTimeoutMs;
    http.totalTimeoutMs = m_request.deadlineMs != 0 ? 0 : kWithoutDeadlineMs;
    if (m_callbacks.onAttempt)
        m_callbacks.onAttempt(m_attempt.requestId);
    m_transferStartMs = elapsedMs();
    m_transfer = m_transport.start(std::move(http), shared_from_this());
}

void ChatRun::onHeaders(int status, const std::vector<std::pair<std::string, std::string>>& headers)
{
    m_attempt.httpStatus = status;
    m_bodyKind = status >= 200 && status <= 299 ? Body::Unknown : Body::Error;
    for (const auto& [name, value] : headers) {
        if (name == "content-type")
            m_saidEventStream = value.starts_with("text/event-stream");
        else if (name == "retry-after")
            m_retryAfter = value;
        else if (name == "x-signalbox-sandbox")
            m_attempt.simulated = value == "1";
    }
}

bool ChatRun::onData(std::string_view bytes)
{
    const Entry entry(*this);
    m_receivedBytes += bytes.size();
    readBody(bytes);
    if (m_attemptRunning && !m_progress.ended && hasOutgrown())
        outgrow();
    return true;
}

void ChatRun::readBody(std::string_view bytes)
{
    if (m_bodyKind == Body::Unknown) {
        // Servers lie about the content type: what comes decides. An event stream never begins with a brace.
        const std::size_t first = bytes.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos)
            return;
        bytes.remove_prefix(first);
        if (bytes.starts_with(kByteOrderMark))
            bytes.remove_prefix(kByteOrderMark.size());
        if (bytes.empty())
            return;
        m_bodyKind = bytes.front() == '{' || bytes.front() == '[' ? Body::Json : Body::Events;
    }
    switch (m_bodyKind) {
    case Body::Events:
        readEvents(bytes);
        break;
    case Body::Json:
        m_body += bytes;
        break;
    case Body::Error:
        m_body += bytes.substr(0, kMaxErrorBody - std::min(kMaxErrorBody, m_body.size()));
        break;
    case Body::Unknown:
        break;
    }
}

bool ChatRun::hasOutgrown() const
{
    const std::size_t said = m_progress.text.size() + m_progress.thoughtBytes + m_toldToolBytes;
    return said > kMaxSaidBytes || m_receivedBytes > kMaxAnswerBytes + said * kBytesForEachSaid;
}

void ChatRun::outgrow()
{
    if (m_bodyKind != Body::Error)
        return stopAttempt(error_kind::tooLarge, "The answer is larger than any model's would be.");
    cancelTransfer(); // the status has said what matters
    judgeStatus();
}


/// What went out twice was tried twice, although nobody here wanted it: each try may have been charged for.
void ChatRun::onSentAgain()
{
    const Entry entry(*this);
    if (!m_attemptRunning)
        return;
    ChatAttempt next;
    next.number = m_attempt.number + 1;
    next.startMs = elapsedMs();
    if (!m_attempt.requestId.empty())
        next.requestId = m_attempt.requestId + "+"; // what goes out says the same as before
    m_attempt.totalMs = next.startMs - m_attempt.startMs;
    m_attempt.requestSent = true;
    m_attempt.sentAgain = true;
    m_attempt.errorKind = error_kind::cut;
    m_attempt.message = "The connection ended before an answer came; the request was sent again on another.";
    m_attempts.push_back(std::exchange(m_attempt, std::move(next)));
    if (m_callbacks.onAttemptFailed)
        m_callbacks.onAttemptFailed(m_attempts.back(), 0);
    if (m_callbacks.onAttempt && m_attemptRunning)
        m_callbacks.onAttempt(m_attempt.requestId);
}

void ChatRun::readEvents(std::string_view bytes)
{
    const std::size_t before = m_progress.text.size();
    const bool within = m_events.feed(bytes, [this](std::string_view data) {
        if (!m_progress.ended && m_progress.errorKind.empty())
            m_protocol.readEvent(data, m_progress);
    });
    tellText(before);
    if (m_attemptRunning)
        tellUnseen();
    if (!m_attemptRunning)
        return; // cancelled by whoever was told
    if (!m_progress.errorKind.empty()) {
        stopAttempt(m_progress.errorKind, m_progress.message);
    } else if (m_progress.ended) {
        if (!m_endedAtMs) {
            m_endedAtMs = elapsedMs();
            m_timer = m_transport.after(kGraceAfterEndMs, [this] {
                const Entry entry(*this);
                m_timer = 0;
                takeTimes(m_transport.letEnd(std::exchange(m_transfer, 0), kBodyMayEndMs));
                endAttempt({}, {});
            });
        }
    } else if (!within) {
        stopAttempt(error_kind::tooLarge, "An event of the stream is larger than a megabyte.");
    }
}

void ChatRun::tellText(std::size_t from)
{
    if (m_progress.text.size() <= from)
        return;
    if (!m_attempt.ttftMs) {
        const double at = elapsedMs();
        m_attempt.ttftMs = at - m_attempt.startMs;
        m_ttftMs = at;
    }
    if (m_callbacks.onText)
        m_callbacks.onText(std::string_view(m_progress.text).substr(from));
}

void ChatRun::tellUnseen()
{
    std::size_t toolBytes = 0;
    for (const ToolCall& call : m_progress.toolCalls)
        toolBytes += call.name.size() + call.argumentsJson.size();
    // A server may say the arguments once more, whole: never less than before.
    const std::size_t tools = toolBytes - std::min(toolBytes, m_toldToolBytes);
    const std::size_t thoughts = m_progress.thoughtBytes - m_toldThoughtBytes;
    m_toldToolBytes = std::max(m_toldToolBytes, toolBytes);
    m_toldThoughtBytes = m_progress.thoughtBytes;
    if (m_callbacks.onUnseen && tools + thoughts > 0)
        m_callbacks.onUnseen(tools, thoughts);
}

void ChatRun::onDone(const HttpResult& result)
{
    const Entry entry(*this);
    m_transfer = 0;
    takeTimes(result.connectMs, result.sentMs);
    m_attempt.requestSent = result.requestSent;
    if (m_attemptRunning)
        judgeEnd(result);
}

/// Of a transfer that was sent again only what came after that is of this try.
void ChatRun::takeTimes(double connectMs, double sentMs)
{
    const double before = std::max(0.0, m_attempt.startMs - m_transferStartMs);
    m_attempt.connectMs = std::max(0.0, connectMs - before);
    m_attempt.queueMs = std::max(0.0, sentMs - before - m_attempt.connectMs);
}

void ChatRun::takeTimes(const CancelledTransfer& was)
{
    m_attempt.requestSent = m_attempt.requestSent || was.requestSent;
    takeTimes(was.connectMs, was.sentMs);
}

void ChatRun::cancelTransfer()
{
    takeTimes(m_transport.cancel(std::exchange(m_transfer, 0)));
}

/// The transfer is over: was it an answer?
void ChatRun::judgeEnd(const HttpResult& result)
{
    if (m_progress.ended) // whatever happened to the connection afterwards
        return endAttempt({}, {});
    if (m_bodyKind == Body::Error) // the status has said what matters, even if the reason came cut
        return judgeStatus();
    if (!result.ok)
        return endAttempt(result.errorKind, result.message);
    if (m_bodyKind == Body::Json) {
        m_protocol.readAnswer(m_body, m_progress);
        m_body.clear();
        if (m_progress.errorKind.empty()) {
            tellText(0);
            if (!m_attemptRunning)
                return;
        }
        return endAttempt(m_progress.errorKind, m_progress.message);
    }
    finishEvents();
    if (m_progress.mayEnd || m_progress.ended)
        return endAttempt({}, {});
    if (m_progress.understood || m_saidEventStream)
        return endAttempt(error_kind::cut, "The stream stopped before its end.");
    if (m_bodyKind == Body::Unknown)
        return endAttempt(error_kind::garbage, "The answer is empty.");
    return endAttempt(error_kind::garbage,
                      "The answer is neither a stream of events nor JSON; check base_url.");
}

/// The last word of a stream that ended tidily may lack its blank line. Whatever else is left over is no answer.
void ChatRun::finishEvents()
{
    if (m_bodyKind != Body::Events || m_progress.finishReason.empty())
        return;
    ChatProgress finished = m_progress;
    m_events.finish([&](std::string_view data) {
        if (!finished.ended && finished.errorKind.empty())
            m_protocol.readEvent(data, finished);
    });
    if (finished.ended && finished.errorKind.empty())
        m_progress = std::move(finished);
}

void ChatRun::judgeStatus()
{
    const ServerError error = readErrorBody(m_body);
    m_body.clear();
    if (m_retryAfter.empty())
        m_retryAfter = error.retryAfter;
    endAttempt(kindOfFailure(m_attempt.httpStatus, error), statusMessage(m_attempt.httpStatus, error.message));
}

/// Ends the running attempt while its transfer still runs. An empty kind is success.
void ChatRun::stopAttempt(std::string kind, std::string message)
{
    cancelTransfer();
    endAttempt(std::move(kind), std::move(message));
}

/// A negative wait means that the call is over.
double ChatRun::waitBeforeRetry(const std::string& kind)
{
    if (!m_progress.text.empty())
        return -1; // somebody has read it
    const double wait = retryWaitMs(
        {kind, m_attempt.number, m_request.maxAttempts, m_request.deadlineMs, elapsedMs(), m_retryAfter},
        m_jitter);
    return wait >= 0 && m_callbacks.mayRetry && !m_callbacks.mayRetry() ? -1 : wait;
}

void ChatRun::endAttempt(std::string kind, std::string message)
{
    if (m_timer != 0) {
        m_transport.cancelTimer(m_timer);
        m_timer = 0;
    }
    m_attemptRunning = false;
    if (kind.empty() && !m_progress.toolCalls.empty())
        completeToolCalls(m_progress);
    if (kind.empty() && trimmed(m_progress.text).empty() && m_progress.toolCalls.empty()) {
        // The protocol's end came, but no answer: nothing that could be shown, judged or sold as one.
        const bool finished = !m_progress.finishReason.empty();
        kind = finished ? error_kind::emptyAnswer : error_kind::garbage;
        message = finished ? "The model ended its answer (" + m_progress.finishReason + ") without a word."
                           : "The answer has no text and does not say that it was finished.";
    }
    const double at = m_endedAtMs.value_or(elapsedMs());
    m_attempt.totalMs = at - m_attempt.startMs;
    m_attempt.errorKind = std::move(kind);
    m_attempt.message = presentable(std::move(message), m_key);
    takeUsage(m_attempt.errorKind.empty());
    if (!m_retryAfter.empty())
        m_attempt.retryAfterMs = retryAfterMs(m_retryAfter, wallClockMs());
    m_attempts.push_back(m_attempt);
    if (m_attempt.errorKind.empty()) {
        ChatResult result = resultSoFar({}, {});
        result.ok = true;
        result.latencyMs = at;
        return finish(std::move(result));
    }
    const double wait = waitBeforeRetry(m_attempt.errorKind);
    if (m_callbacks.onAttemptFailed) {
        m_callbacks.onAttemptFailed(m_attempt, wait);
        if (m_over)
            return;
    }
    if (wait < 0)
        return finish(resultSoFar(m_attempt.errorKind, m_attempt.message));
    m_timer = m_transport.after(wait, [this] {
        const Entry entry(*this);
        m_timer = 0;
        beginAttempt();
    });
}

void ChatRun::onDeadline()
{
    const Entry entry(*this);
    m_deadlineTimer = 0;
    const std::string message = "The deadline of " + std::to_string(static_cast<long>(m_request.deadlineMs)) +
                                " ms passed before the answer was complete.";
    if (!m_attemptRunning) // waiting for the next try: cannot happen but by a late timer
        return finish(resultSoFar(error_kind::deadline, message));
    if (m_progress.ended)
        return stopAttempt({}, {});
    stopAttempt(error_kind::deadline, message);
}

void ChatRun::stopTimers()
{
    m_transport.cancelTimer(m_timer);
    m_transport.cancelTimer(m_deadlineTimer);
    m_timer = 0;
    m_deadlineTimer = 0;
}

/// A count that came before the model had ended is of what it had said so far; and of nothing at all no text comes.
void ChatRun::takeUsage(bool ok)
{
    TokenUsage usage = m_progress.usage;
    const bool ended = ok || m_progress.ended || !m_progress.finishReason.empty();
    const bool nothing = usage.input == 0 && usage.output == 0 && !m_progress.text.empty();
    if (!ended) {
        usage.output.reset();
        usage.reasoning.reset();
    }
    if (nothing)
        usage = {};
    m_attempt.usage = usage;
}

/// Nobody's key stands in a trace, not even when a server says it back.
std::string ChatRun::withoutKey(std::string text) const
{
    for (std::size_t at = m_key.empty() ? std::string::npos : text.find(m_key); at != std::string::npos; at = text.find(m_key, at))
        text.replace(at, m_key.size(), "***");
    return text;
}

ChatResult ChatRun::resultSoFar(std::string kind, std::string message)
{
    ChatResult result;
    result.errorKind = std::move(kind);
    result.message = std::move(message);
    result.text = withoutKey(m_progress.text);
    result.finishReason = m_progress.finishReason;
    result.toolCalls = m_progress.toolCalls;
    for (ToolCall& call : result.toolCalls)
        call.argumentsJson = withoutKey(std::move(call.argumentsJson));
    result.meanLogProbability = m_progress.meanLogProbability;
    result.usage = m_attempts.empty() ? m_progress.usage : m_attempts.back().usage;
    result.ttftMs = m_ttftMs;
    result.latencyMs = elapsedMs();
    result.attempts = m_attempts;
    result.simulated =
        std::any_of(m_attempts.begin(), m_attempts.end(), [](const ChatAttempt& a) { return a.simulated; });
    return result;
}

void ChatRun::finish(ChatResult result)
{
    m_over = true;
    stopTimers();
    if (m_callbacks.onDone)
        m_callbacks.onDone(std::move(result));
}

ChatResult ChatRun::cancel()
{
    if (m_over) {
        ChatResult result;
        result.errorKind = error_kind::cancelled;
        return result;
    }
    const Entry entry(*this);
    m_over = true;
    stopTimers();
    if (m_attemptRunning) {
        m_attemptRunning = false;
        cancelTransfer();
        m_attempt.totalMs = elapsedMs() - m_attempt.startMs;
        m_attempt.errorKind = error_kind::cancelled;
        takeUsage(false);
        m_attempts.push_back(m_attempt);
    }
    return resultSoFar(error_kind::cancelled, {});
}

class ChatHandle final : public ChatCall
{
public:
    explicit ChatHandle(std::shared_ptr<ChatRun> run) : m_run(std::move(run)) {}
    ~ChatHandle() override
    {
        if (!m_run->over())
            m_run->cancel();
    }
    ChatResult cancel() override { return m_run->cancel(); }

private:
    std::shared_ptr<ChatRun> m_run;
};

} // namespace

std::shared_ptr<ChatCall> ChatCall::start(Transport& transport, SecretSource& secrets, ChatRequest request,
                                          ChatCallbacks callbacks)
{
    auto run = std::make_shared<ChatRun>(transport, std::move(request), std::move(callbacks));
    run->start(secrets);
    return std::make_shared<ChatHandle>(std::move(run));
}

} // namespace signalbox
