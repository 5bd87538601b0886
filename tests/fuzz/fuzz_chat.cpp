// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer over what reads the answers of all chat protocols, the lists of models and the embeddings. The
// first byte chooses the protocol, the rest is what the server sent. build/asan/tests/fuzz_chat -max_len=4096
// CORPUS tests/fuzz/corpus/fuzz_chat
#include "base/text.h"
#include "providers/chat_protocol.h"
#include "providers/embeddings.h"
#include "providers/errors.h"
#include "providers/models.h"
#include "providers/protocol_parts.h"
#include "providers/sse.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace {

using namespace signalbox;

void mustHold(bool holds, const char* what)
{
    if (!holds) {
        std::fprintf(stderr, "%s\n", what);
        std::abort();
    }
}

bool isCount(const std::optional<std::int64_t>& count)
{
    return !count || (*count >= 0 && *count <= 4'000'000'000);
}

/// What must be true of an answer, whatever was sent.
void check(const ChatProgress& progress)
{
    static const std::set<std::string> kReasons{"",           "stop",           "length",
                                                "tool_calls", "content_filter", "other"};
    mustHold(isValidUtf8(progress.text), "The text is not well-formed UTF-8.");
    mustHold(isValidUtf8(progress.message), "The message is not well-formed UTF-8.");
    mustHold(kReasons.contains(progress.finishReason), "A finish reason is not of the vocabulary.");
    mustHold(progress.toolCalls.size() <= 256, "There are too many calls.");
    mustHold(progress.toolCalls.size() == progress.toolKeys.size(), "A call has lost its number.");
    for (const ToolCall& call : progress.toolCalls)
        mustHold(isValidUtf8(call.id) && isValidUtf8(call.name) && isValidUtf8(call.argumentsJson),
                 "A call is not well-formed UTF-8.");
    for (const auto& count :
         {progress.usage.input, progress.usage.cachedInput, progress.usage.cacheWrite, progress.usage.output,
          progress.usage.reasoning})
        mustHold(isCount(count), "A count of tokens cannot be.");
    mustHold(!progress.meanLogProbability ||
                 (std::isfinite(*progress.meanLogProbability) && *progress.meanLogProbability <= 0),
             "A log probability is above zero.");
    mustHold(progress.errorKind.empty() || !progress.message.empty(), "A failure has no words.");
    mustHold(progress.errorKind.empty() || progress.errorKind.starts_with("provider."),
             "A failure has no kind that is known.");
}

ChatProgress stream(const ChatProtocol& protocol, std::string_view bytes, std::size_t packet)
{
    ChatProgress progress;
    SseParser parser;
    for (std::size_t at = 0; at < bytes.size(); at += packet) {
        parser.feed(bytes.substr(at, packet), [&](std::string_view data) {
            const std::size_t before = progress.text.size();
            if (!progress.ended && progress.errorKind.empty())
                protocol.readEvent(data, progress);
            mustHold(progress.text.size() >= before, "Text that may have been shown was taken back.");
        });
    }
    check(progress);
    return progress;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    static constexpr std::array kProtocols{Protocol::OpenAiChat, Protocol::OpenAiResponses,
                                           Protocol::AnthropicMessages, Protocol::Gemini};
    const Protocol chosen = kProtocols[data[0] % kProtocols.size()];
    const ChatProtocol& protocol = chatProtocol(chosen);
    const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);

    const ChatProgress whole = stream(protocol, bytes, bytes.size() + 1);
    const ChatProgress pieces = stream(protocol, bytes, 1);
    mustHold(whole.text == pieces.text && whole.toolCalls == pieces.toolCalls &&
                 whole.usage == pieces.usage && whole.finishReason == pieces.finishReason &&
                 whole.errorKind == pieces.errorKind && whole.ended == pieces.ended,
             "Byte for byte, another answer comes.");

    ChatProgress event;
    protocol.readEvent(bytes, event);
    check(event);
    ChatProgress answer;
    protocol.readAnswer(bytes, answer);
    check(answer);
    mustHold(answer.ended != !answer.errorKind.empty() || answer.errorKind == error_kind::garbage,
             "A whole answer is neither an end nor a failure.");
    const ServerError error = readErrorBody(bytes);
    mustHold(isValidUtf8(error.message), "A reason is not well-formed UTF-8.");
    mustHold(retryAfterMs(error.retryAfter, 0).value_or(0) >= 0, "A wait is negative.");

    if (const Result<ModelsPage> page = readModels(chosen, bytes); page) {
        for (const OfferedModel& model : page->models)
            mustHold(!model.name.empty(), "A model has no name.");
    }
    const std::size_t count = data[0] / kProtocols.size() % 4;
    if (const Result<EmbeddingsBatch> batch = readEmbeddings(bytes, count); batch)
        mustHold(batch->vectors.size() == count, "There is not a vector for each text.");
    return 0;
}
