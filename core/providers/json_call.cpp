// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/json_call.h"

#include "providers/errors.h"
#include "providers/protocol_parts.h"
#include "providers/retry.h"

#include <algorithm>
#include <utility>

namespace signalbox {

namespace {

constexpr std::size_t kMaxReason = 64u << 10;
constexpr double kLongestMs = 600'000; ///< nothing may hang for ever

class JsonRun final : public HttpHandler, public std::enable_shared_from_this<JsonRun>
{
public:
    JsonRun(Transport& transport, JsonQuestion question, JsonCall::Read read, JsonCall::Done done)
        : m_transport(transport), m_question(std::move(question)), m_read(std::move(read)),
          m_done(std::move(done)), m_jitter(m_question.jitterSeed), m_startedAt(now())
    {
    }

    void start(SecretSource& secrets);
    void stop();
    JsonOutcome cancel();

    void onHeaders(int status, const std::vector<std::pair<std::string, std::string>>& headers) override;
    void onSentAgain() override;
    bool onData(std::string_view bytes) override;
    void onDone(const HttpResult& result) override;

private:
    double elapsedMs() const { return msBetween(m_startedAt, now()); }
    void beginAttempt();
    void judgeStatus();
    void endAttempt(std::string kind, std::string message);
    void takeTimes(const CancelledTransfer& was);
    void onDeadline();
    void finish(std::string kind, std::string message);

    Transport& m_transport;
    JsonQuestion m_question;
    JsonCall::Read m_read;
    JsonCall::Done m_done;
    Random m_jitter;
    SteadyTime m_startedAt;
    std::string m_key;
    std::vector<ChatAttempt> m_attempts;
    TimerId m_deadlineTimer = 0;
    TimerId m_timer = 0;
    TransferId m_transfer = 0; ///< 0 = none runs
    ChatAttempt m_attempt;
    std::string m_body;
    std::string m_retryAfter;
    bool m_over = false;
};

void JsonRun::start(SecretSource& secrets)
{
    Result<std::string> key = sendableKey(secrets, m_question.key);
    if (!key) {
        m_timer = m_transport.after(0, [self = shared_from_this(), error = key.error()] {
            self->m_timer = 0;
            self->finish(error.code, presentable(error.message, {}));
        });
        return;
    }
    m_key = std::move(*key);
    if (!m_key.empty())
        m_question.http.headers.push_back(m_question.keyHeader + m_key);
    if (m_question.deadlineMs != 0) {
        m_deadlineTimer = m_transport.after(m_question.deadlineMs, [this, self = shared_from_this()] {
            m_deadlineTimer = 0;
            onDeadline();
        });
    } else {
        m_question.http.totalTimeoutMs = kLongestMs;
    }
    beginAttempt();
}

void JsonRun::beginAttempt()
{
    m_attempt = ChatAttempt{};
    m_attempt.number = static_cast<int>(m_attempts.size()) + 1;
    m_attempt.startMs = elapsedMs();
    m_body.clear();
    m_retryAfter.clear();
    HttpRequest http = m_question.http;
    if (!m_question.requestIdPrefix.empty()) {
        m_attempt.requestId = m_question.requestIdPrefix + "." +
                              std::to_string(m_question.firstRequestId + m_attempt.number - 1);
        http.headers.push_back("X-Client-Request-Id: " + m_attempt.requestId);
    }
    if (m_question.onAttempt)
        m_question.onAttempt(m_attempt.requestId);
    m_transfer = m_transport.start(std::move(http), shared_from_this());
}

void JsonRun::onHeaders(int status, const std::vector<std::pair<std::string, std::string>>& headers)
{
    m_attempt.httpStatus = status;
    for (const auto& [name, value] : headers) {
        if (name == "retry-after")
            m_retryAfter = value;
        else if (name == "x-signalbox-sandbox")
            m_attempt.simulated = value == "1";
    }
}

/// What went out twice was tried twice, as in a chat: each try may have been charged for.
void JsonRun::onSentAgain()
{
    if (m_over)
        return;
    ChatAttempt next;
    next.number = m_attempt.number + 1;
    next.startMs = elapsedMs();
    if (!m_attempt.requestId.empty())
        next.requestId = m_attempt.requestId + "+"; // what goes out says the same as before
    m_attempt.totalMs = next.startMs - m_attempt.startMs;
    m_attempt.requestSent = true;
    m_attempt.errorKind = error_kind::cut;
    m_attempt.message = "The connection ended before an answer came; the request was sent again on another.";
    m_attempts.push_back(std::exchange(m_attempt, std::move(next)));
    if (m_question.onAttempt)
        m_question.onAttempt(m_attempt.requestId);
}

bool JsonRun::onData(std::string_view bytes)
{
    const bool good = m_attempt.httpStatus >= 200 && m_attempt.httpStatus <= 299;
    m_body += good ? bytes : bytes.substr(0, kMaxReason - std::min(kMaxReason, m_body.size()));
    return true;
}

void JsonRun::onDone(const HttpResult& result)
{
    m_transfer = 0;
    m_attempt.connectMs = result.connectMs;
    m_attempt.requestSent = result.requestSent;
    const int status = m_attempt.httpStatus;
    if (status != 0 && (status < 200 || status > 299))
        return judgeStatus();
    if (!result.ok)
        return endAttempt(result.errorKind, result.message);
    const Result<> read = m_read(m_body);
    if (!read)
        return endAttempt(read.error().code, read.error().message);
    endAttempt({}, {});
}

void JsonRun::judgeStatus()
{
    const ServerError error = readErrorBody(m_body);
    if (m_retryAfter.empty())
        m_retryAfter = error.retryAfter;
    endAttempt(kindOfFailure(m_attempt.httpStatus, error), statusMessage(m_attempt.httpStatus, error.message));
}

void JsonRun::endAttempt(std::string kind, std::string message)
{
    m_attempt.totalMs = elapsedMs() - m_attempt.startMs;
    m_attempt.errorKind = std::move(kind);
    m_attempt.message = presentable(std::move(message), m_key);
    m_attempts.push_back(m_attempt);
    const double wait = retryWaitMs({m_attempt.errorKind, m_attempt.number, m_question.maxAttempts,
                                     m_question.deadlineMs, elapsedMs(), m_retryAfter},
                                    m_jitter);
    if (m_attempt.errorKind.empty() || wait < 0)
        return finish(m_attempt.errorKind, m_attempt.message);
    m_timer = m_transport.after(wait, [this, self = shared_from_this()] {
        m_timer = 0;
        beginAttempt();
    });
}

void JsonRun::takeTimes(const CancelledTransfer& was)
{
    m_attempt.requestSent = was.requestSent;
    m_attempt.connectMs = was.connectMs;
}

void JsonRun::onDeadline()
{
    const std::string message = "The deadline of " +
                                std::to_string(static_cast<long>(m_question.deadlineMs)) +
                                " ms passed before the answer was complete.";
    if (m_transfer == 0)
        return finish(error_kind::deadline, message);
    takeTimes(m_transport.cancel(m_transfer));
    m_transfer = 0;
    endAttempt(error_kind::deadline, message);
}

void JsonRun::finish(std::string kind, std::string message)
{
    const std::shared_ptr<JsonRun> self = shared_from_this(); // whoever is told may let go of the call
    JsonOutcome outcome{kind.empty(), std::move(kind), std::move(message), m_attempts};
    const JsonCall::Done done = std::move(m_done);
    stop();
    done(std::move(outcome));
}

void JsonRun::stop()
{
    if (m_over)
        return;
    m_over = true;
    m_transport.cancelTimer(m_timer);
    m_transport.cancelTimer(m_deadlineTimer);
    if (m_transfer != 0)
        m_transport.cancel(m_transfer);
    m_transfer = 0;
    m_question.onAttempt = nullptr; // what they hold may hold the call
    m_read = nullptr;
    m_done = nullptr;
}

JsonOutcome JsonRun::cancel()
{
    JsonOutcome outcome{false, error_kind::cancelled, "It was cancelled.", {}};
    if (m_over)
        return outcome;
    if (m_transfer != 0) {
        takeTimes(m_transport.cancel(m_transfer));
        m_transfer = 0;
        m_attempt.totalMs = elapsedMs() - m_attempt.startMs;
        m_attempt.errorKind = outcome.errorKind;
        m_attempt.message = outcome.message;
        m_attempts.push_back(m_attempt);
    }
    outcome.attempts = std::move(m_attempts);
    stop();
    return outcome;
}

class JsonHandle final : public JsonCall
{
public:
    explicit JsonHandle(std::shared_ptr<JsonRun> run) : m_run(std::move(run)) {}
    ~JsonHandle() override { m_run->stop(); }
    JsonOutcome cancel() override { return m_run->cancel(); }

private:
    std::shared_ptr<JsonRun> m_run;
};

} // namespace

std::shared_ptr<JsonCall> JsonCall::start(Transport& transport, SecretSource& secrets, JsonQuestion question,
                                          Read read, Done done)
{
    auto run = std::make_shared<JsonRun>(transport, std::move(question), std::move(read), std::move(done));
    run->start(secrets);
    return std::make_shared<JsonHandle>(std::move(run));
}

std::string keyHeaderOf(Protocol protocol)
{
    switch (protocol) {
    case Protocol::AnthropicMessages:
        return "x-api-key: ";
    case Protocol::Gemini:
        return "x-goog-api-key: ";
    case Protocol::OpenAiChat:
    case Protocol::OpenAiResponses:
        break;
    }
    return "Authorization: Bearer ";
}

std::vector<std::string> plainHeadersOf(Protocol protocol)
{
    std::vector<std::string> headers{"Accept: application/json"};
    if (protocol == Protocol::AnthropicMessages)
        headers.emplace_back("anthropic-version: 2023-06-01");
    return headers;
}

} // namespace signalbox
