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
    std::vector<Aim> on;
};

constexpr int kMostNext = 1'000'000;

/// An id, or {"id", "models": [names], "next": requests}.
Result<Aim> aimOf(const nlohmann::json& json)
{
    if (json.is_string())
        return Aim{json.get<std::string>()};
    if (!json.is_object() || !json.contains("id") || !json["id"].is_string())
        return fail("invalid_request", R"(A fault is an id, or {"id", "models", "next"}.)", "on");
    Aim aim{json["id"].get<std::string>()};
    for (const auto& [key, value] : json.items()) {
        if (key == "id")
            continue;
        if (key == "next" && value.is_number_integer() && value >= 1 && value <= kMostNext) {
            aim.next = value.get<int>();
        } else if (key == "models" && value.is_array()) {
            for (const auto& model : value) {
                if (!model.is_string())
                    return fail("invalid_request", "The name of a model is a text.", key);
                aim.models.push_back(model.get<std::string>());
            }
        } else {
            return fail("invalid_request",
                        R"(Only "id", "models" (names) and "next" (from 1) are known here.)", key);
        }
    }
    return aim;
}

Result<Switches> switchesOf(std::string_view body)
{
    const nlohmann::json json = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    if (!json.is_object())
        return fail("invalid_request",
                    R"(The body must be {"off": [ids], "on": [ids or {"id", "models", "next"}]}.)");
    Switches out;
    for (const auto& [key, list] : json.items()) {
        if ((key != "off" && key != "on") || !list.is_array())
            return fail("invalid_request", R"(Only the lists "off" and "on" are known here.)", key);
        for (const auto& entry : list) {
            if (key == "on") {
                Result<Aim> aim = aimOf(entry);
                if (!aim)
                    return tl::unexpected<Error>(aim.error());
                out.on.push_back(std::move(*aim));
                continue;
            }
            if (!entry.is_string())
                return fail("invalid_request", "An id of a fault is a text.", key);
            out.off.push_back(entry.get<std::string>());
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
        if (const Result<> set = faults.set(switches->off, switches->on); !set) {
            const bool unknown = set.error().code == "sandbox.unknown_fault";
            return errorAnswer(unknown ? 404 : 400, set.error().message, set.error().context,
                               unknown ? "unknown_fault" : "fault_not_aimed");
        }
        changed = true;
        return answerOf(faults.stateJson(), "application/json");
    }
    if (what == "faults" || what == "log")
        return errorAnswer(405, "This path takes another method.", "", "method_not_allowed");
    return errorAnswer(404, "There is nothing at " + std::string(path.substr(0, 200)) + ".", "",
                       "unknown_url");
}

} // namespace signalbox::sandbox
