// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/prompts.h"

#include "base/text.h"
#include "exchange/circumstances.h"
#include "exchange/files.h"
#include "exchange/json_rows.h"

#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

using OrderedJson = nlohmann::ordered_json;

bool isKnownRole(std::string_view role)
{
    return role == "system" || role == "user" || role == "assistant";
}

/// Text, or a list of parts as OpenAI's protocol has them: text parts are joined, an image becomes an
/// attachment.
std::string readContent(const OrderedJson& content, const std::string& where, std::string& textOut,
                        Request& request)
{
    if (content.is_string()) {
        textOut = content.get<std::string>();
        return {};
    }
    if (!content.is_array())
        return "\"content\" of " + where + " must be text or a list of parts";
    for (const OrderedJson& part : content) {
        const std::string type = part.is_object() && part.contains("type") && part["type"].is_string()
                                     ? part["type"].get<std::string>()
                                     : std::string();
        if (type == "text" && part.contains("text") && part["text"].is_string())
            textOut += (textOut.empty() ? "" : "\n") + part["text"].get<std::string>();
        else if (type == "image_url")
            request.attachments.push_back({"image", ""});
        else
            return "\"content\" of " + where + " has a part that is neither text nor an image";
    }
    return {};
}

std::string readMessages(const OrderedJson& list, Request& request)
{
    if (!list.is_array() || list.empty())
        return "\"messages\" must be a list of at least one message";
    bool hasUser = false;
    for (const OrderedJson& entry : list) {
        const std::string where = "message " + std::to_string(request.messages.size() + 1);
        if (!entry.is_object() || !entry.contains("role") || !entry["role"].is_string() ||
            !entry.contains("content"))
            return where + " must be an object with \"role\" and \"content\"";
        Message message;
        message.role = entry["role"].get<std::string>();
        if (!isKnownRole(message.role))
            return where + " has the role \"" + message.role + "\": system, user and assistant are known";
        if (std::string problem = readContent(entry["content"], where, message.content, request);
            !problem.empty())
            return problem;
        hasUser = hasUser || (message.role == "user" && !trimmed(message.content).empty());
        request.messages.push_back(std::move(message));
    }
    return hasUser ? "" : "\"messages\" has no text of the user";
}

std::string readPrompt(const OrderedJson& object, Request& request)
{
    const bool hasPrompt = object.contains("prompt");
    const bool hasMessages = object.contains("messages");
    if (hasPrompt == hasMessages)
        return hasPrompt ? "has both \"prompt\" and \"messages\": keep one"
                         : "has neither \"prompt\" nor \"messages\"";
    if (hasMessages)
        return readMessages(object["messages"], request);
    if (!object["prompt"].is_string())
        return "\"prompt\" must be text";
    std::string prompt = object["prompt"].get<std::string>();
    if (trimmed(prompt).empty())
        return "\"prompt\" is empty";
    request.messages.push_back({"user", std::move(prompt)});
    return {};
}

std::string readMetadata(const OrderedJson& object, Request& request)
{
    const auto found = object.find("metadata");
    if (found == object.end() || found->is_null())
        return {};
    if (!found->is_object())
        return "\"metadata\" must be an object";
    for (const auto& [key, value] : found->items()) {
        if (value.is_string())
            request.metadata[key] = value.get<std::string>();
        else if (value.is_number() || value.is_boolean())
            request.metadata[key] = value.dump();
        else
            return "\"metadata\": \"" + key + "\" must be text, a number, true or false";
    }
    return {};
}

std::string readAttachments(const OrderedJson& object, Request& request)
{
    const auto found = object.find("attachments");
    if (found == object.end() || found->is_null())
        return {};
    constexpr const char* kWrong = "\"attachments\" must be a list of {\"kind\", \"name\"}";
    if (!found->is_array())
        return kWrong;
    for (const OrderedJson& entry : *found) {
        if (!entry.is_object() || !entry.contains("kind") || !entry["kind"].is_string())
            return kWrong;
        const auto attachmentName = entry.find("name");
        if (attachmentName != entry.end() && !attachmentName->is_string())
            return kWrong;
        request.attachments.push_back(
            {entry["kind"].get<std::string>(),
             attachmentName == entry.end() ? std::string() : attachmentName->get<std::string>()});
    }
    return {};
}

std::string readLabels(const OrderedJson& object, DatasetPrompt& prompt)
{
    const auto found = object.find("labels");
    if (found == object.end() || found->is_null())
        return {};
    if (!found->is_object())
        return "\"labels\" must be an object";
    if (const auto intent = found->find("intent"); intent != found->end()) {
        if (!intent->is_string())
            return "\"labels\": \"intent\" must be text";
        prompt.intent = intent->get<std::string>();
    }
    if (const auto difficulty = found->find("difficulty"); difficulty != found->end()) {
        if (!difficulty->is_number_integer() || *difficulty < 1 || *difficulty > 3)
            return "\"labels\": \"difficulty\" must be 1, 2 or 3";
        prompt.difficulty = difficulty->get<int>();
    }
    if (const auto needs = found->find("needs_retrieval"); needs != found->end()) {
        if (!needs->is_boolean())
            return "\"labels\": \"needs_retrieval\" must be true or false";
        prompt.needsRetrieval = needs->get<bool>();
    }
    if (!found->empty())
        prompt.labelsJson = found->dump();
    return {};
}

std::string readRow(int line, const OrderedJson& object, UsedIds& used, DatasetPrompt& prompt)
{
    Request& request = prompt.request;
    if (std::string problem = readRowId(object, "line-" + std::to_string(line), request.id); !problem.empty())
        return problem;
    if (std::string problem = readPrompt(object, request); !problem.empty())
        return problem;
    if (std::string problem = readMetadata(object, request); !problem.empty())
        return problem;
    if (std::string problem = readAttachments(object, request); !problem.empty())
        return problem;
    if (std::string problem = readCircumstances(object, request); !problem.empty())
        return problem;
    if (const auto reference = object.find("reference"); reference != object.end() && !reference->is_null()) {
        if (!reference->is_string())
            return "\"reference\" must be text";
        request.reference = reference->get<std::string>();
    }
    if (std::string problem = readLabels(object, prompt); !problem.empty())
        return problem;
    return used.claim(request.id, line);
}

bool endsWith(std::string_view name, std::string_view ending)
{
    return name.size() >= ending.size() && toLowerAscii(name.substr(name.size() - ending.size())) == ending;
}

bool isJsonLines(std::string_view text, std::string_view fileName)
{
    if (endsWith(fileName, ".jsonl") || endsWith(fileName, ".ndjson") || endsWith(fileName, ".json"))
        return true;
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

PromptImport parsePlainText(std::string_view text)
{
    PromptImport import;
    int line = 0;
    for (const std::string_view raw : splitLines(text)) {
        ++line;
        const std::string_view prompt = trimmed(raw);
        if (prompt.empty())
            continue;
        if (!isValidUtf8(prompt)) {
            import.problems.push_back({line, "is not UTF-8: save the file as UTF-8"});
            continue;
        }
        DatasetPrompt row;
        row.request.id = "line-" + std::to_string(line);
        row.request.messages.push_back({"user", std::string(prompt)});
        import.prompts.push_back(std::move(row));
    }
    return import;
}

} // namespace

PromptImport parsePrompts(std::string_view text, std::string_view fileName)
{
    text = withoutBom(text);
    if (!isJsonLines(text, fileName))
        return parsePlainText(text);
    PromptImport import;
    UsedIds used;
    forEachJsonRow(text, import.problems, [&](int line, const OrderedJson& object) {
        DatasetPrompt prompt;
        std::string problem = readRow(line, object, used, prompt);
        if (problem.empty())
            import.prompts.push_back(std::move(prompt));
        return problem;
    });
    return import;
}

Result<PromptImport> readPromptsFile(const std::string& path)
{
    const Result<std::string> text = readWholeFile(path);
    if (!text)
        return tl::unexpected<Error>(text.error());
    return parsePrompts(*text, path);
}

} // namespace signalbox
