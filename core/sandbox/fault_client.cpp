// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/fault_client.h"

#include "providers/errors.h"
#include "sandbox/scenario.h"

#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

using Json = nlohmann::json;

constexpr int kMostAsked = 6;
constexpr double kAskAgainMs = 200;
constexpr double kAnswerWithinMs = 3000;

std::string textAt(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

FaultState stateOf(const Json& json)
{
    FaultState state;
    state.id = textAt(json, "id");
    state.title = textAt(json, "title");
    state.kind = textAt(json, "kind");
    state.on = json.value("on", false);
    state.hits = json.value("hits", std::int64_t{0});
    if (const auto left = json.find("left"); left != json.end() && left->is_number_integer())
        state.left = left->get<std::int64_t>();
    if (const auto models = json.find("models"); models != json.end() && models->is_array()) {
        for (const Json& model : *models) {
            if (model.is_string())
                state.models.push_back(model.get<std::string>());
        }
    }
    if (const std::string own = textAt(json, "model"); state.models.empty() && !own.empty())
        state.models.push_back(own);
    if (const auto expect = json.find("expect"); expect != json.end() && expect->is_object())
        state.expect =
            ExpectedOutcome{textAt(*expect, "outcome"), expect->value("attempts", 1), textAt(*expect, "text"),
                            textAt(*expect, "usage"), textAt(*expect, "retry")};
    return state;
}

Result<std::vector<FaultState>> statesOf(const std::string& body, int status)
{
    try {
        const Json json = Json::parse(body);
        if (status != 200)
            return fail("sandbox.refused", textAt(json.at("error"), "message"));
        std::vector<FaultState> states;
        for (const Json& fault : json.at("faults")) {
            if (FaultState state = stateOf(fault); !state.id.empty())
                states.push_back(std::move(state)); // those without a name cannot be switched
        }
        return states;
    } catch (const Json::exception&) {
        return fail("sandbox.not_a_sandbox", "What answers there is no sandbox of Signalbox.");
    }
}

class FaultQuestion : public HttpHandler
{
public:
    FaultQuestion(Transport& transport, HttpRequest request, OnFaults done, int asked)
        : m_transport(transport), m_request(std::move(request)), m_done(std::move(done)), m_asked(asked)
    {
    }
    bool onData(std::string_view bytes) override
    {
        m_body += bytes;
        return true;
    }
    void onDone(const HttpResult& result) override
    {
        if (result.ok)
            m_done(statesOf(m_body, result.status));
        else if (result.errorKind == error_kind::refused && m_asked < kMostAsked)
            m_transport.after(kAskAgainMs, [&transport = m_transport, request = m_request, done = m_done,
                                            asked = m_asked] { ask(transport, request, done, asked + 1); });
        else
            m_done(fail("sandbox.not_reached", "No sandbox answers there: " + result.message, m_request.url));
    }
    static void ask(Transport& transport, const HttpRequest& request, const OnFaults& done, int asked)
    {
        transport.start(request, std::make_shared<FaultQuestion>(transport, request, done, asked));
    }

private:
    Transport& m_transport;
    HttpRequest m_request;
    OnFaults m_done;
    std::string m_body;
    int m_asked;
};

void send(Transport& transport, const std::string& baseUrl, const std::string& method, std::string body,
          OnFaults done)
{
    HttpRequest request;
    request.url = baseUrl + "/_signalbox/faults";
    request.method = method;
    request.body = std::move(body);
    if (!request.body.empty())
        request.headers = {"Content-Type: application/json"};
    request.connectTimeoutMs = kAnswerWithinMs;
    request.totalTimeoutMs = kAnswerWithinMs;
    request.maxResponseBytes = 4u << 20;
    transport.post([&transport, request = std::move(request), done = std::move(done)] {
        FaultQuestion::ask(transport, request, done, 1);
    });
}

} // namespace

void askFaults(Transport& transport, const std::string& baseUrl, OnFaults done)
{
    send(transport, baseUrl, "GET", {}, std::move(done));
}

void switchFaults(Transport& transport, const std::string& baseUrl, const FaultSwitches& switches,
                  OnFaults done)
{
    Json on = Json::array();
    for (const FaultAim& aim : switches.on) {
        Json one = {{"id", aim.id}};
        if (!aim.models.empty())
            one["models"] = aim.models;
        if (aim.next > 0)
            one["next"] = aim.next;
        on.push_back(std::move(one));
    }
    Json body = Json::object();
    body["off"] = switches.off;
    body["on"] = std::move(on);
    send(transport, baseUrl, "POST", body.dump(), std::move(done));
}

Result<std::string> withFaultsOf(const std::string& scenario, const std::string& lab)
{
    try {
        Json merged = Json::parse(scenario.empty() ? std::string(sandbox::kDefaultScenario) : scenario);
        Json faults = Json::parse(lab).at("faults");
        for (Json& fault : faults)
            fault["on"] = false;
        for (const Json& fault : merged.value("faults", Json::array()))
            faults.push_back(fault);
        merged["faults"] = std::move(faults);
        return merged.dump();
    } catch (const Json::exception& e) {
        return fail("sandbox.scenario_invalid", std::string("The scenario is not JSON: ") + e.what() + ".");
    }
}

} // namespace signalbox
