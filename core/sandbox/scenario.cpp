// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/scenario.h"

#include "sandbox/scenario_reader.h"

namespace signalbox::sandbox {

namespace reading_scenario {

namespace {

ModelScenario model(const Json& value, const std::string& at)
{
    object(value, at,
           {"echo", "ttft_ms", "tokens_per_second", "skill", "shape_error_rate", "verbosity_tokens",
            "reasoning_tokens", "cache_prompts_above_tokens", "cache_writes_above_tokens"});
    ModelScenario out;
    if (value.contains("echo"))
        out.echo = yesOrNo(value["echo"], at + "/echo");
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
    if (value.contains("reasoning_tokens"))
        out.reasoningTokens = whole(value["reasoning_tokens"], at + "/reasoning_tokens", 0, 100'000);
    if (value.contains("cache_prompts_above_tokens"))
        out.cachePromptsAboveTokens =
            whole(value["cache_prompts_above_tokens"], at + "/cache_prompts_above_tokens", 0, 1'000'000);
    if (value.contains("cache_writes_above_tokens"))
        out.cacheWritesAboveTokens =
            whole(value["cache_writes_above_tokens"], at + "/cache_writes_above_tokens", 0, 1'000'000);
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
    if (value.contains("faults"))
        out.faults = faultsOf(value["faults"], out);
    return out;
}

} // namespace

} // namespace reading_scenario

Result<Scenario> readScenario(std::string_view json)
{
    using reading_scenario::Json;
    try {
        return reading_scenario::scenarioOf(Json::parse(json.begin(), json.end()));
    } catch (const reading_scenario::Problem& problem) {
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
