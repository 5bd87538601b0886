// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/control.h"

#include "sandbox/responder.h"

#include <nlohmann/json.hpp>

namespace signalbox::sandbox {

namespace {

constexpr std::string_view kControl = "/_signalbox/";

ScriptedAnswer answerOf(std::string body, std::string type)
{
    ScriptedAnswer out;
    out.contentType = std::move(type);
    out.pieces.push_back({.bytes = std::move(body)});
    return out;
}

struct Switches
{
    std::vector<std::string> off;
    std::vector<std::string> on;
};

Result<Switches> switchesOf(std::string_view body)
{
    const nlohmann::json json = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    if (!json.is_object())
        return fail("invalid_request", R"(The body must be {"off": [ids], "on": [ids]}.)");
    Switches out;
    for (const auto& [key, list] : json.items()) {
        if ((key != "off" && key != "on") || !list.is_array())
            return fail("invalid_request", R"(Only the lists "off" and "on" are known here.)", key);
        for (const auto& id : list) {
            if (!id.is_string())
                return fail("invalid_request", "An id of a fault is a text.", key);
            (key == "off" ? out.off : out.on).push_back(id.get<std::string>());
        }
    }
    return out;
}

} // namespace

bool isControlPath(std::string_view target)
{
    return target.starts_with(kControl);
}

ScriptedAnswer controlAnswer(std::string_view method, std::string_view target, std::string_view body,
                             FaultBook& faults, const RequestLog& log, bool& changed)
{
    const std::string_view path = target.substr(0, target.find('?'));
    const std::string_view what = path.substr(kControl.size());
    if (what == "log" && method == "GET")
        return answerOf(log.text(), "application/jsonl");
    if (what == "faults" && method == "GET")
        return answerOf(faults.stateJson(), "application/json");
    if (what == "faults" && method == "POST") {
        const Result<Switches> switches = switchesOf(body);
        if (!switches)
            return errorAnswer(400, switches.error().message, switches.error().context, "invalid_request");
        if (const Result<> set = faults.set(switches->off, switches->on); !set)
            return errorAnswer(404, set.error().message, set.error().context, "unknown_fault");
        changed = true;
        return answerOf(faults.stateJson(), "application/json");
    }
    if (what == "faults" || what == "log")
        return errorAnswer(405, "This path takes another method.", "", "method_not_allowed");
    return errorAnswer(404, "There is nothing at " + std::string(path.substr(0, 200)) + ".", "",
                       "unknown_url");
}

} // namespace signalbox::sandbox
