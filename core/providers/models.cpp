// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/models.h"

#include "providers/errors.h"
#include "providers/json_call.h"
#include "providers/protocol_parts.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace signalbox {

namespace {

using nlohmann::json;

constexpr int kMaxPages = 50;
constexpr std::size_t kMaxModelsBytes = 16u << 20;
constexpr double kTokensPerMtok = 1e6;

std::string textAt(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The first of these members that is a number of tokens.
std::optional<std::int64_t> tokensAt(const json& object, std::initializer_list<const char*> keys)
{
    for (const char* key : keys) {
        const auto found = object.find(key);
        if (found == object.end() || !found->is_number())
            continue;
        const double value = found->get<double>();
        if (value >= 1 && value <= 1e9)
            return static_cast<std::int64_t>(value);
    }
    return std::nullopt;
}

/// OpenRouter's prices: dollars a token, as text. A negative one stands for "it depends".
std::optional<double> perMtokAt(const json& pricing, const char* key)
{
    const auto found = pricing.find(key);
    if (found == pricing.end())
        return std::nullopt;
    double perToken = -1;
    if (found->is_number()) {
        perToken = found->get<double>();
    } else if (found->is_string()) {
        const std::string& text = found->get_ref<const std::string&>();
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), perToken);
        if (failure != std::errc{} || end != text.data() + text.size())
            return std::nullopt;
    }
    if (!std::isfinite(perToken) || perToken < 0 || perToken > 1)
        return std::nullopt;
    // A price is written with few digits; what multiplying adds beyond them is no part of it.
    return std::round(perToken * kTokensPerMtok * 1e9) / 1e9;
}

void readPrice(const json& entry, OfferedModel& model)
{
    const auto pricing = entry.find("pricing");
    if (pricing == entry.end() || !pricing->is_object())
        return;
    Price price;
    price.inputPerMtok = perMtokAt(*pricing, "prompt");
    price.outputPerMtok = perMtokAt(*pricing, "completion");
    price.cachedInputPerMtok = perMtokAt(*pricing, "input_cache_read");
    price.cacheWritePerMtok = perMtokAt(*pricing, "input_cache_write");
    price.reasoningPerMtok = perMtokAt(*pricing, "internal_reasoning");
    // Zero is "not apart" there, no gift.
    for (std::optional<double>* apart : {&price.cacheWritePerMtok, &price.reasoningPerMtok}) {
        if (*apart == 0.0)
            apart->reset();
    }
    if (price.inputPerMtok || price.outputPerMtok)
        model.price = price;
}

OfferedModel readEntry(Protocol protocol, const json& entry)
{
    OfferedModel model;
    if (protocol == Protocol::Gemini) {
        model.name = textAt(entry, "name");
        if (model.name.starts_with("models/"))
            model.name.erase(0, 7);
        model.title = textAt(entry, "displayName");
        model.contextTokens = tokensAt(entry, {"inputTokenLimit"});
        model.maxOutputTokens = tokensAt(entry, {"outputTokenLimit"});
        return model;
    }
    model.name = textAt(entry, "id");
    if (protocol == Protocol::AnthropicMessages) {
        model.title = textAt(entry, "display_name");
        model.contextTokens = tokensAt(entry, {"max_input_tokens", "context_length"});
        model.maxOutputTokens = tokensAt(entry, {"max_tokens"});
        return model;
    }
    model.title = textAt(entry, "name");
    // OpenRouter and Together; vLLM; Groq; Mistral.
    model.contextTokens =
        tokensAt(entry, {"context_length", "max_model_len", "context_window", "max_context_length"});
    model.maxOutputTokens = tokensAt(entry, {"max_completion_tokens"});
    if (const auto meta = entry.find("meta");
        meta != entry.end() && meta->is_object() && !model.contextTokens)
        model.contextTokens = tokensAt(*meta, {"n_ctx", "n_ctx_train"}); // llama.cpp
    if (const auto top = entry.find("top_provider"); top != entry.end() && top->is_object()) {
        if (const auto served = tokensAt(*top, {"context_length"}); served)
            model.contextTokens = served;
        if (!model.maxOutputTokens)
            model.maxOutputTokens = tokensAt(*top, {"max_completion_tokens"});
    }
    readPrice(entry, model);
    return model;
}

std::string pageUrl(const ModelsRequest& request, const std::string& next)
{
    std::string url = request.baseUrl + "/models";
    if (request.protocol == Protocol::AnthropicMessages)
        url += "?limit=1000" + (next.empty() ? std::string() : "&after_id=" + percentEncoded(next));
    else if (request.protocol == Protocol::Gemini)
        url += "?pageSize=1000" + (next.empty() ? std::string() : "&pageToken=" + percentEncoded(next));
    return url;
}

class ModelsRun final : public ModelsCall, public std::enable_shared_from_this<ModelsRun>
{
public:
    ModelsRun(Transport& transport, SecretSource& secrets, ModelsRequest request,
              std::function<void(ModelsResult)> done)
        : m_transport(transport), m_secrets(secrets), m_request(std::move(request)), m_done(std::move(done)),
          m_startedAt(now())
    {
    }

    void ask(const std::string& next)
    {
        JsonQuestion question;
        question.http.url = pageUrl(m_request, next);
        question.http.method = "GET";
        question.http.headers = plainHeadersOf(m_request.protocol);
        question.http.maxResponseBytes = kMaxModelsBytes;
        question.key = m_request.key;
        question.keyHeader = keyHeaderOf(m_request.protocol);
        question.deadlineMs = m_request.deadlineMs;
        question.maxAttempts = m_request.maxAttempts;
        question.jitterSeed = m_request.jitterSeed;
        // The call holds no hold on this object: whoever lets go of it ends everything.
        m_call = JsonCall::start(
            m_transport, m_secrets, std::move(question),
            [this](std::string_view body) -> Result<> {
                Result<ModelsPage> page = readModels(m_request.protocol, body);
                if (!page)
                    return tl::unexpected(page.error());
                m_page = std::move(*page);
                return {};
            },
            [this](JsonOutcome outcome) { onPage(std::move(outcome)); });
    }

private:
    void onPage(JsonOutcome outcome)
    {
        const std::shared_ptr<ModelsRun> self = shared_from_this();
        for (ChatAttempt& attempt : outcome.attempts)
            m_result.attempts.push_back(std::move(attempt));
        if (outcome.ok) {
            for (OfferedModel& model : m_page.models) {
                if (m_names.insert(model.name).second)
                    m_result.models.push_back(std::move(model));
            }
            if (!m_page.next.empty() && m_page.next != m_last) {
                m_result.complete = ++m_pages < kMaxPages;
                m_last = m_page.next;
                if (m_result.complete)
                    return ask(m_last);
            }
        }
        m_result.ok = outcome.ok;
        m_result.errorKind = outcome.errorKind;
        m_result.message = outcome.message;
        m_result.latencyMs = msBetween(m_startedAt, now());
        const auto done = std::move(m_done);
        if (done)
            done(std::move(m_result));
    }

    Transport& m_transport;
    SecretSource& m_secrets;
    ModelsRequest m_request;
    std::function<void(ModelsResult)> m_done;
    SteadyTime m_startedAt;
    ModelsPage m_page;
    ModelsResult m_result;
    std::set<std::string> m_names;
    std::string m_last;
    int m_pages = 0;
    std::shared_ptr<JsonCall> m_call;
};

} // namespace

Result<ModelsPage> readModels(Protocol protocol, std::string_view text)
{
    const json all = json::parse(text, nullptr, false);
    if (all.is_discarded())
        return fail(error_kind::garbage, "The list of models is not JSON.");
    if (all.is_object() && all.contains("error") && !all["error"].is_null()) {
        ChatProgress progress;
        const std::string error = all["error"].dump(-1, ' ', false, json::error_handler_t::replace);
        JsonReader reader(error);
        reportError(readServerError(reader), progress);
        return fail(progress.errorKind, progress.message);
    }
    const json* list = all.is_array() ? &all : nullptr; // Together sends it bare
    for (const char* key : {"data", "models"}) {
        if (all.is_object() && !list && all.contains(key) && all[key].is_array())
            list = &all[key];
    }
    const bool empty = all.is_object() && protocol == Protocol::Gemini && all.empty();
    if (!list && !empty)
        return fail(error_kind::garbage, "The answer is JSON, but not a list of models.");
    ModelsPage page;
    for (const json& entry : list ? *list : json::array()) {
        if (!entry.is_object())
            continue;
        OfferedModel model = readEntry(protocol, entry);
        if (!model.name.empty())
            page.models.push_back(std::move(model));
    }
    if (protocol == Protocol::Gemini && all.is_object())
        page.next = textAt(all, "nextPageToken");
    if (protocol == Protocol::AnthropicMessages && all.is_object() && all.contains("has_more") &&
        all["has_more"] == true)
        page.next = textAt(all, "last_id");
    return page;
}

const Model* modelOf(const Policy& policy, const std::string& endpointId, const std::string& name)
{
    const auto found = std::find_if(policy.models.begin(), policy.models.end(), [&](const Model& model) {
        return model.endpointId == endpointId && model.name == name;
    });
    return found == policy.models.end() ? nullptr : &*found;
}

std::vector<std::string> notOffered(const Policy& policy, const std::string& endpointId,
                                    const std::vector<OfferedModel>& models)
{
    std::vector<std::string> names;
    for (const Model& model : policy.models) {
        const bool offered = std::any_of(models.begin(), models.end(),
                                         [&](const OfferedModel& one) { return one.name == model.name; });
        if (model.endpointId == endpointId && !offered)
            names.push_back(model.name);
    }
    return names;
}

std::shared_ptr<ModelsCall> ModelsCall::start(Transport& transport, SecretSource& secrets,
                                              ModelsRequest request, std::function<void(ModelsResult)> done)
{
    auto run = std::make_shared<ModelsRun>(transport, secrets, std::move(request), std::move(done));
    run->ask({});
    return run;
}

} // namespace signalbox
