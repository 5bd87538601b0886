// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/input_codec.h"

#include "base/json_writer.h"

#include <nlohmann/json.hpp>

#include <bit>

namespace signalbox {

namespace {

constexpr int kPreviewCharacters = 160;

/// What we wrote ourselves; a damaged value reads as an empty one and is for `check` to find.
nlohmann::json parsed(std::string_view json)
{
    return nlohmann::json::parse(json, nullptr, false);
}

std::string textAt(const nlohmann::json& list, std::size_t at)
{
    return list.is_array() && at < list.size() && list[at].is_string() ? list[at].get<std::string>()
                                                                       : std::string();
}

std::size_t lastUserMessage(const std::vector<Message>& messages)
{
    for (std::size_t i = messages.size(); i > 0; --i) {
        if (messages[i - 1].role == "user")
            return i - 1;
    }
    return messages.size();
}

std::string storedMessages(const std::vector<Message>& messages, std::size_t prompt)
{
    if (messages.size() == 1 && prompt == 0)
        return {};
    JsonWriter json;
    json.beginArray();
    for (std::size_t i = 0; i < messages.size(); ++i) {
        json.beginArray().text(messages[i].role);
        if (i == prompt)
            json.null();
        else
            json.text(messages[i].content);
        json.endArray();
    }
    json.endArray();
    return json.take();
}

void appendTexts(JsonWriter& json, const std::map<std::string, std::string>& texts)
{
    json.beginObject();
    for (const auto& [key, value] : texts)
        json.key(key).text(value);
    json.endObject();
}

std::string storedCircumstances(const Circumstances& circumstances)
{
    JsonWriter json;
    if (circumstances.headers.empty() && circumstances.tools.empty() && circumstances.receivedAtMs == 0) {
        if (circumstances.metadata.empty())
            return {};
        appendTexts(json, circumstances.metadata);
        return json.take();
    }
    json.beginArray();
    appendTexts(json, circumstances.metadata);
    appendTexts(json, circumstances.headers);
    json.beginArray();
    for (const std::string& tool : circumstances.tools)
        json.text(tool);
    json.endArray();
    json.integer(circumstances.receivedAtMs);
    json.endArray();
    return json.take();
}

std::map<std::string, std::string> textsFrom(const nlohmann::json& object)
{
    std::map<std::string, std::string> texts;
    if (!object.is_object())
        return texts;
    for (const auto& [key, value] : object.items())
        texts[key] = value.is_string() ? value.get<std::string>() : value.dump();
    return texts;
}

} // namespace

StoredInput storedInput(const std::vector<Message>& messages, const Circumstances& circumstances,
                        const std::vector<Attachment>& attachments)
{
    StoredInput stored;
    const std::size_t prompt = lastUserMessage(messages);
    if (prompt < messages.size())
        stored.prompt = messages[prompt].content;
    stored.messages = storedMessages(messages, prompt);
    stored.metadata = storedCircumstances(circumstances);
    if (!attachments.empty()) {
        std::vector<std::pair<std::string, std::string>> pairs;
        for (const Attachment& attachment : attachments)
            pairs.emplace_back(attachment.kind, attachment.name);
        stored.attachments = storedPairs(pairs);
    }
    return stored;
}

std::vector<Message> messagesFrom(std::string_view prompt, std::string_view messages)
{
    if (messages.empty())
        return {{"user", std::string(prompt)}};
    std::vector<Message> read;
    for (const nlohmann::json& entry : parsed(messages)) {
        const bool isPrompt = entry.is_array() && entry.size() == 2 && entry[1].is_null();
        read.push_back({textAt(entry, 0), isPrompt ? std::string(prompt) : textAt(entry, 1)});
    }
    return read;
}

Circumstances circumstancesFrom(std::string_view json)
{
    Circumstances read;
    if (json.empty())
        return read;
    const nlohmann::json stored = parsed(json);
    if (!stored.is_array()) {
        read.metadata = textsFrom(stored);
        return read;
    }
    if (stored.size() != 4)
        return read;
    read.metadata = textsFrom(stored[0]);
    read.headers = textsFrom(stored[1]);
    for (std::size_t i = 0; stored[2].is_array() && i < stored[2].size(); ++i)
        read.tools.push_back(textAt(stored[2], i));
    if (stored[3].is_number_integer())
        read.receivedAtMs = stored[3].get<std::int64_t>();
    return read;
}

std::vector<Attachment> attachmentsFrom(std::string_view json)
{
    std::vector<Attachment> attachments;
    for (auto& [kind, name] : pairsFrom(json))
        attachments.push_back({std::move(kind), std::move(name)});
    return attachments;
}

std::string storedPairs(const std::vector<std::pair<std::string, std::string>>& pairs)
{
    if (pairs.empty())
        return {};
    JsonWriter json;
    json.beginArray();
    for (const auto& [first, second] : pairs)
        json.beginArray().text(first).text(second).endArray();
    json.endArray();
    return json.take();
}

std::vector<std::pair<std::string, std::string>> pairsFrom(std::string_view json)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    if (json.empty())
        return pairs;
    for (const nlohmann::json& entry : parsed(json))
        pairs.emplace_back(textAt(entry, 0), textAt(entry, 1));
    return pairs;
}

std::vector<ToolCall> toolCallsFrom(std::string_view json)
{
    std::vector<ToolCall> calls;
    if (json.empty())
        return calls;
    const auto text = [](const nlohmann::json& call, const char* key) {
        const auto found = call.find(key);
        return found != call.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    for (const nlohmann::json& call : parsed(json)) {
        if (call.is_object())
            calls.push_back({text(call, "id"), text(call, "name"), text(call, "arguments")});
    }
    return calls;
}

std::string joinedReasons(const std::vector<std::string>& reasons)
{
    std::string joined;
    for (const std::string& reason : reasons) {
        if (!joined.empty())
            joined += '\n';
        joined += reason;
    }
    return joined;
}

std::vector<std::string> reasonsFrom(std::string_view joined)
{
    std::vector<std::string> reasons;
    while (!joined.empty()) {
        const std::size_t end = std::min(joined.find('\n'), joined.size());
        reasons.emplace_back(joined.substr(0, end));
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return reasons;
}

std::string storedRequestId(const std::string& traceId, const std::string& requestId)
{
    const bool own = requestId.size() > traceId.size() && requestId[traceId.size()] == '.' &&
                     requestId.starts_with(traceId);
    return own ? requestId.substr(traceId.size()) : requestId;
}

std::string wholeRequestId(const std::string& traceId, std::string stored)
{
    return stored.starts_with('.') ? traceId + stored : stored;
}

std::string storedVector(std::span<const float> vector)
{
    std::string bytes;
    bytes.reserve(vector.size() * sizeof(float));
    for (const float value : vector) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        for (unsigned shift = 0; shift < 32; shift += 8)
            bytes += static_cast<char>((bits >> shift) & 0xFFU);
    }
    return bytes;
}

std::vector<float> vectorFrom(std::string_view bytes)
{
    std::vector<float> vector;
    vector.reserve(bytes.size() / sizeof(float));
    for (std::size_t at = 0; at + sizeof(float) <= bytes.size(); at += sizeof(float)) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < sizeof(float); ++i)
            bits |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
        vector.push_back(std::bit_cast<float>(bits));
    }
    return vector;
}

std::string previewOf(std::string_view prompt)
{
    std::string preview;
    int characters = 0;
    bool space = false;
    for (const char c : prompt) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            space = !preview.empty();
            continue;
        }
        const bool startsCharacter = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        if (startsCharacter) {
            if (characters + (space ? 2 : 1) > kPreviewCharacters)
                break;
            characters += space ? 2 : 1;
            if (space)
                preview += ' ';
            space = false;
        }
        preview += c;
    }
    return preview;
}

} // namespace signalbox
