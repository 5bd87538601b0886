// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/scenario.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>

namespace signalbox::sandbox {

namespace {

using Json = nlohmann::json;

/// What is wrong, and where; thrown and caught within this file.
struct Problem
{
    std::string pointer;
    std::string message;
};

const Json& object(const Json& value, const std::string& at, std::initializer_list<std::string_view> keys)
{
    if (!value.is_object())
        throw Problem{at, "must be an object"};
    for (const auto& [key, part] : value.items()) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
            std::string known;
            for (const std::string_view one : keys)
                known += (known.empty() ? "" : ", ") + std::string(one);
            throw Problem{at + "/" + key, "is not a key that is known here; known are " + known};
        }
    }
    return value;
}

double number(const Json& value, const std::string& at, double low, double high)
{
    const auto text = [](double x) { return Json(x).dump(); };
    if (!value.is_number() || !(value.get<double>() >= low && value.get<double>() <= high))
        throw Problem{at, "must be a number from " + text(low) + " to " + text(high)};
    return value.get<double>();
}

int whole(const Json& value, const std::string& at, int low, int high)
{
    if (!value.is_number_integer() || value < low || value > high)
        throw Problem{at,
                      "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high)};
    return value.get<int>();
}

std::string string(const Json& value, const std::string& at)
{
    if (!value.is_string() || value.get_ref<const std::string&>().empty())
        throw Problem{at, "must be a text that is not empty"};
    return value.get<std::string>();
}

Spread spread(const Json& value, const std::string& at, double low, double high)
{
    if (value.is_number())
        return {number(value, at, low, high), 0};
    object(value, at, {"median", "sigma"});
    if (!value.contains("median"))
        throw Problem{at, "lacks the key median"};
    Spread out;
    out.median = number(value["median"], at + "/median", low, high);
    if (value.contains("sigma"))
        out.sigma = number(value["sigma"], at + "/sigma", 0, 2);
    return out;
}

ModelScenario model(const Json& value, const std::string& at)
{
    object(value, at,
           {"echo", "ttft_ms", "tokens_per_second", "skill", "shape_error_rate", "verbosity_tokens",
            "cache_prompts_above_tokens"});
    ModelScenario out;
    if (value.contains("echo")) {
        if (!value["echo"].is_boolean())
            throw Problem{at + "/echo", "must be true or false"};
        out.echo = value["echo"].get<bool>();
    }
    if (value.contains("ttft_ms"))
        out.ttftMs = spread(value["ttft_ms"], at + "/ttft_ms", 0, 600'000);
    if (value.contains("tokens_per_second"))
        out.tokensPerSecond = spread(value["tokens_per_second"], at + "/tokens_per_second", 0.1, 1e6);
    if (value.contains("skill")) {
        if (!value["skill"].is_array() || value["skill"].size() != 3)
            throw Problem{at + "/skill", "must be a list of three probabilities, for difficulty 1, 2 and 3"};
        for (std::size_t i = 0; i < 3; ++i)
            out.skill[i] = number(value["skill"][i], at + "/skill/" + std::to_string(i), 0, 1);
    }
    if (value.contains("shape_error_rate"))
        out.shapeErrorRate = number(value["shape_error_rate"], at + "/shape_error_rate", 0, 1);
    if (value.contains("verbosity_tokens"))
        out.verbosityTokens = whole(value["verbosity_tokens"], at + "/verbosity_tokens", 1, 4000);
    if (value.contains("cache_prompts_above_tokens"))
        out.cachePromptsAboveTokens =
            whole(value["cache_prompts_above_tokens"], at + "/cache_prompts_above_tokens", 0, 1'000'000);
    return out;
}

Fault fault(const Json& value, const std::string& at, const Scenario& scenario)
{
    object(value, at,
           {"model", "kind", "status", "retry_after_s", "after_chunks", "every", "first", "probability"});
    for (const char* key : {"model", "kind"}) {
        if (!value.contains(key))
            throw Problem{at, std::string("lacks the key ") + key};
    }
    Fault out;
    out.model = string(value["model"], at + "/model");
    if (!scenario.models.contains(out.model))
        throw Problem{at + "/model",
                      "names \"" + out.model + "\", which is not one of the scenario's models"};
    const std::string kind = string(value["kind"], at + "/kind");
    if (kind == "status")
        out.kind = Fault::Kind::Status;
    else if (kind == "stall")
        out.kind = Fault::Kind::Stall;
    else if (kind == "cut")
        out.kind = Fault::Kind::Cut;
    else if (kind == "garbage")
        out.kind = Fault::Kind::Garbage;
    else
        throw Problem{at + "/kind", "must be status, stall, cut or garbage"};
    if ((out.kind == Fault::Kind::Status) != value.contains("status"))
        throw Problem{at, "must have the key status if, and only if, its kind is status"};
    if (value.contains("status"))
        out.status = whole(value["status"], at + "/status", 400, 599);
    if (value.contains("retry_after_s"))
        out.retryAfterS = number(value["retry_after_s"], at + "/retry_after_s", 0, 86'400);
    if (value.contains("after_chunks"))
        out.afterChunks = whole(value["after_chunks"], at + "/after_chunks", 0, 100'000);
    if (value.contains("every") + value.contains("first") + value.contains("probability") != 1)
        throw Problem{at, "must have exactly one of the keys every, first and probability"};
    if (value.contains("every"))
        out.every = whole(value["every"], at + "/every", 1, 1'000'000'000);
    if (value.contains("first"))
        out.first = whole(value["first"], at + "/first", 1, 1'000'000'000);
    if (value.contains("probability"))
        out.probability = number(value["probability"], at + "/probability", 0, 1);
    return out;
}

Scenario scenarioOf(const Json& value)
{
    object(value, "", {"name", "time_scale", "models", "judge", "faults"});
    for (const char* key : {"name", "models"}) {
        if (!value.contains(key))
            throw Problem{"", std::string("lacks the key ") + key};
    }
    Scenario out;
    out.name = string(value["name"], "/name");
    if (value.contains("time_scale"))
        out.timeScale = number(value["time_scale"], "/time_scale", 0, 1000);
    if (!value["models"].is_object() || value["models"].empty())
        throw Problem{"/models", "must be an object with at least one model"};
    for (const auto& [name, part] : value["models"].items())
        out.models.emplace(name, model(part, "/models/" + name));
    if (value.contains("judge")) {
        const Json& judge = object(value["judge"], "/judge", {"error_rate", "max_error"});
        if (judge.contains("error_rate"))
            out.judge.errorRate = number(judge["error_rate"], "/judge/error_rate", 0, 1);
        if (judge.contains("max_error"))
            out.judge.maxError = number(judge["max_error"], "/judge/max_error", 0.5, 100);
    }
    if (value.contains("faults")) {
        if (!value["faults"].is_array())
            throw Problem{"/faults", "must be a list"};
        for (std::size_t i = 0; i < value["faults"].size(); ++i)
            out.faults.push_back(fault(value["faults"][i], "/faults/" + std::to_string(i), out));
    }
    return out;
}

} // namespace

Result<Scenario> readScenario(std::string_view json)
{
    try {
        return scenarioOf(Json::parse(json.begin(), json.end()));
    } catch (const Problem& problem) {
        return fail("sandbox.scenario_invalid",
                    "The scenario cannot be used: " + (problem.pointer.empty() ? "it" : problem.pointer) +
                        " " + problem.message + ".",
                    problem.pointer);
    } catch (const Json::parse_error& e) {
        std::string what = e.what();
        if (const std::size_t at = what.find("line "); at != std::string::npos)
            what = what.substr(at);
        return fail("sandbox.scenario_invalid", "The scenario is not JSON: " + what + ".");
    } catch (const Json::exception& e) {
        return fail("sandbox.scenario_invalid",
                    std::string("The scenario cannot be read: ") + e.what() + ".");
    }
}

} // namespace signalbox::sandbox
