// SPDX-License-Identifier: GPL-3.0-or-later
// Endpoints and models.
#include "policy/decode_context.h"

#include "base/clock.h"
#include "base/text.h"
#include "policy/diagnostic_codes.h"
#include "policy/secret_scan.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

namespace {

bool wellFormedVariable(const std::string& name)
{
    const auto fits = [](char c) {
        return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    return !name.empty() && std::ranges::all_of(name, fits) && !(name[0] >= '0' && name[0] <= '9');
}

SecretRef decodeKey(DecodeContext& context, NodeIndex node)
{
    static constexpr char kHint[] =
        "Put the key into an environment variable and write {\"env\": \"ITS_NAME\"}, or into the keychain "
        "and "
        "write {\"keychain\": \"its name\"}. A key that was saved in a file should be replaced.";
    SecretRef secret;
    if (node == kNoNode)
        return secret;
    if (context.tree().kind(node) == NodeKind::String) {
        context.report(kLiteralKey, node,
                       "A key must not stand in a policy; name the place where it is found.", kHint);
        return secret;
    }
    ObjectReader reader(context, node, ObjectType::Key);
    if (!reader.valid())
        return secret;
    if (reader.has("env") == reader.has("keychain")) {
        context.report(kKeyPlaces, node, "A reference to a key has either \"env\" or \"keychain\".");
        return secret;
    }
    // A value that may be a key is never repeated, neither in a message nor in the policy that comes out.
    for (const char* place : {"env", "keychain"}) {
        const NodeIndex at = reader.find(place);
        if (at == kNoNode)
            continue;
        const std::string value = reader.requiredText(place);
        const bool variable = std::string_view(place) == "env";
        const bool key = variable ? looksLikeKey(value) : value.rfind("sk-", 0) == 0;
        if (key)
            context.report(kLiteralKey, at,
                           std::string("This looks like a key; \"") + place +
                               "\" is the name of the place where one is found.",
                           kHint);
        else if (variable && !value.empty() && !wellFormedVariable(value))
            context.report(kBadId, at, "This cannot be the name of an environment variable.",
                           "Names have letters, digits and underscores.");
        else
            (variable ? secret.env : secret.keychain) = value;
    }
    return secret;
}

struct UrlParts
{
    std::string scheme;
    std::string host;
    bool credentials = false;
    bool ok = false;
};

UrlParts urlParts(const std::string& url)
{
    UrlParts parts;
    const std::size_t colon = url.find("://");
    const auto odd = [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '"' || c == '<' || c == '>';
    };
    if (colon == std::string::npos || std::ranges::any_of(url, odd))
        return parts;
    parts.scheme = toLowerAscii(url.substr(0, colon));
    std::string authority = url.substr(colon + 3, url.find_first_of("/?#", colon + 3) - colon - 3);
    if (const std::size_t at = authority.rfind('@'); at != std::string::npos) {
        parts.credentials = true;
        authority.erase(0, at + 1);
    }
    std::string port;
    if (!authority.empty() && authority[0] == '[') {
        const std::size_t close = authority.find(']');
        if (close == std::string::npos)
            return parts;
        parts.host = authority.substr(1, close - 1);
        port = authority.substr(close + 1);
    } else {
        const std::size_t split = std::min(authority.find(':'), authority.size());
        parts.host = authority.substr(0, split);
        port = authority.substr(split);
    }
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool portOk = port.empty() || (port.size() >= 2 && port.size() <= 6 && port[0] == ':' &&
                                         std::all_of(port.begin() + 1, port.end(), digit) &&
                                         std::stoi(port.substr(1)) <= 65535);
    parts.ok = !parts.host.empty() && portOk;
    return parts;
}

bool isLoopback(const std::string& host)
{
    // Only digits and dots: 127.0.0.1.example.com is somebody else's machine.
    return host == "localhost" || host == "::1" ||
           (host.rfind("127.", 0) == 0 && host.find_first_not_of("0123456789.") == std::string::npos);
}

void checkUrl(DecodeContext& context, NodeIndex node, const std::string& url)
{
    const UrlParts parts = urlParts(url);
    if (parts.credentials) {
        context.report(kUrlCredentials, node, "The URL carries credentials.",
                       "Remove them from the URL; name a key with \"key\": {\"env\": \"NAME\"}.");
        return;
    }
    if (!parts.ok || (parts.scheme != "http" && parts.scheme != "https" && parts.scheme != "sandbox")) {
        context.report(kBadUrl, node, "\"base_url\" must be an http or https URL, or \"sandbox://local/v1\".",
                       "For example \"https://api.example.com/v1\".");
        return;
    }
    if (url.find_first_of("?#") != std::string::npos)
        context.report(kBadUrl, node,
                       "\"base_url\" must not have a query or a fragment; paths are appended to it.");
    else if (parts.scheme == "http" && !isLoopback(parts.host))
        context.report(kPlainHttp, node,
                       "Requests to " + inQuotes(parts.host) + " are sent without encryption.", "Use https.");
}

std::optional<Price> decodePrice(DecodeContext& context, NodeIndex node)
{
    if (node == kNoNode)
        return std::nullopt;
    ObjectReader reader(context, node, ObjectType::Price);
    if (!reader.valid())
        return std::nullopt;
    constexpr double kDearest = 1e6;
    Price price;
    const std::string hint = "Prices are in USD per million tokens: one of 15 is written 15, not 15000000.";
    price.inputPerMtok = reader.number("input_per_mtok", 0, kDearest, hint);
    price.cachedInputPerMtok = reader.number("cached_input_per_mtok", 0, kDearest, hint);
    price.cacheWritePerMtok = reader.number("cache_write_per_mtok", 0, kDearest, hint);
    price.outputPerMtok = reader.number("output_per_mtok", 0, kDearest, hint);
    price.reasoningPerMtok = reader.number("reasoning_per_mtok", 0, kDearest, hint);
    price.source = reader.requiredText("source");
    price.asOf = reader.requiredText("as_of");
    std::int64_t days = 0;
    if (!price.asOf.empty() && !parseIsoDate(price.asOf, days))
        context.report(kBadDate, reader.find("as_of"), inQuotes(price.asOf) + " is not a date.",
                       "Write it as YYYY-MM-DD.");
    return price;
}

} // namespace

void decodeEndpoints(DecodeContext& context, ObjectReader& top)
{
    const NodeIndex list = top.require("endpoints");
    for (const NodeIndex node : top.elements("endpoints")) {
        ObjectReader reader(context, node, ObjectType::Endpoint);
        Endpoint endpoint;
        if (reader.valid()) {
            endpoint.id = reader.id();
            reader.require("protocol");
            static const std::vector<std::string_view> kProtocols = {"openai", "openai_responses",
                                                                     "anthropic", "gemini"};
            if (const int protocol = reader.choice("protocol", kProtocols); protocol >= 0)
                endpoint.protocol = static_cast<Protocol>(protocol);
            endpoint.baseUrl = reader.requiredText("base_url");
            if (!endpoint.baseUrl.empty())
                checkUrl(context, reader.find("base_url"), endpoint.baseUrl);
            endpoint.key = decodeKey(context, reader.find("key"));
            if (reader.has("residency"))
                endpoint.residency = reader.requiredText("residency");
            registerId(context, context.endpoints, reader, endpoint.id,
                       static_cast<int>(context.policy().endpoints.size()), "endpoints");
        }
        context.policy().endpoints.push_back(std::move(endpoint));
    }
    if (list != kNoNode && context.tree().kind(list) == NodeKind::Array && context.policy().endpoints.empty())
        context.report(kEmptyValue, list, "A policy needs at least one endpoint.",
                       "Write one: {\"id\", \"protocol\", \"base_url\"}.");
}

void decodeModels(DecodeContext& context, ObjectReader& top)
{
    const NodeIndex list = top.require("models");
    for (const NodeIndex node : top.elements("models")) {
        ObjectReader reader(context, node, ObjectType::Model);
        Model model;
        if (reader.valid()) {
            model.id = reader.id();
            model.endpointId = reader.requiredText("endpoint");
            model.endpoint = context.reference(context.endpoints, kUnknownEndpoint, "endpoint",
                                               model.endpointId, reader.find("endpoint"));
            model.name = reader.requiredText("name");
            if (reader.has("family"))
                model.family = reader.requiredText("family");
            model.contextTokens = reader.integer("context_tokens", 1, kMostTokens).value_or(0);
            model.maxOutputTokens = reader.integer("max_output_tokens", 1, kMostTokens).value_or(0);
            static const std::vector<std::string_view> kCapabilities = {"text", "vision",   "tools",
                                                                        "json", "logprobs", "embeddings"};
            model.capabilities = decodeWords(context, reader, "capabilities", kCapabilities);
            model.price = decodePrice(context, reader.find("price"));
            registerId(context, context.models, reader, model.id,
                       static_cast<int>(context.policy().models.size()), "models");
        }
        context.policy().models.push_back(std::move(model));
    }
    if (list != kNoNode && context.tree().kind(list) == NodeKind::Array && context.policy().models.empty())
        context.report(kEmptyValue, list, "A policy needs at least one model.",
                       "Write one: {\"id\", \"endpoint\", \"name\"}.");
}

} // namespace signalbox
