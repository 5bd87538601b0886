// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Chat models for tests, told apart by the name that they are called by: what each says is written down, and what each
// was asked is kept.

#include "tests/support/scripted_server.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace signalbox::testing {

inline nlohmann::json bodyOf(const SeenRequest& seen)
{
    return nlohmann::json::parse(seen.body);
}

inline std::string modelOf(const SeenRequest& seen)
{
    return bodyOf(seen).value("model", "");
}

inline std::string allText(const SeenRequest& seen)
{
    std::string text;
    const nlohmann::json body = bodyOf(seen);
    for (const nlohmann::json& message : body["messages"])
        text += message["role"].get<std::string>() + ": " + message["content"].get<std::string>() + "\n";
    return text;
}

inline Script says(const std::string& content)
{
    const nlohmann::json body = {
        {"id", "x"},
        {"object", "chat.completion"},
        {"choices",
         {{{"index", 0},
           {"finish_reason", "stop"},
           {"message", {{"role", "assistant"}, {"content", content}}}}}},
        {"usage", {{"prompt_tokens", 10}, {"completion_tokens", 5}}}};
    return {send(
        response("200 OK", "Content-Type: application/json\r\n", body.dump()))};
}

/// Begins to answer, and never ends.
inline Script beginsToSay(const std::string& words)
{
    const nlohmann::json delta = {{"choices", {{{"index", 0}, {"delta", {{"content", words}}}}}}};
    return {send(streamHead() + chunk("data: " + delta.dump() + "\n\n")),
            pauseAt("never")};
}

/// What each model was asked, and what it answers.
class Models
{
public:
    using Answer = std::function<Script(const SeenRequest&)>;
    explicit Models(std::map<std::string, Answer> answers)
        : m_answers(std::move(answers)), m_server([this](const SeenRequest& seen) {
              const std::string model = modelOf(seen);
              {
                  const std::lock_guard lock(m_mutex);
                  m_asked.push_back(model);
                  m_texts.push_back(allText(seen));
              }
              const auto answer = m_answers.find(model);
              return answer == m_answers.end() ? says("an answer of " + model) : answer->second(seen);
          })
    {
    }
    std::string url() const { return m_server.url(); }
    ScriptedServer& server() { return m_server; }
    std::vector<std::string> asked()
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }
    std::vector<std::string> texts()
    {
        const std::lock_guard lock(m_mutex);
        return m_texts;
    }

private:
    std::map<std::string, Answer> m_answers;
    std::mutex m_mutex;
    std::vector<std::string> m_asked;
    std::vector<std::string> m_texts;
    ScriptedServer m_server;
};

inline constexpr const char* kSmall = "support-3b-ft";
inline constexpr const char* kMid = "mid-mini";
inline constexpr const char* kFrontier = "frontier";

inline Models::Answer always(const std::string& content)
{
    return [content](const SeenRequest&) { return says(content); };
}

} // namespace signalbox::testing
