// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/embeddings.h"

#include "base/ids.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "sandbox/reading.h"
#include "sandbox/responder.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace signalbox::sandbox {

namespace {

constexpr std::size_t kDimensions = 256;
constexpr std::size_t kMaxDimensions = 4096;
constexpr std::size_t kMaxInputs = 2048;

ScriptedAnswer badEmbedding(std::string_view message, std::string_view param)
{
    return errorAnswer(400, message, param, "");
}

} // namespace

std::vector<float> embeddingOf(std::string_view text, std::size_t dimensions)
{
    std::vector<float> vector(dimensions, 0.0f);
    for (const std::uint64_t term : termsOf(text))
        vector[(term >> 1) % dimensions] += term & 1u ? 1.0f : -1.0f;
    double square = 0;
    for (const float value : vector)
        square += static_cast<double>(value) * static_cast<double>(value);
    if (square == 0) {
        vector[hash64(text) % dimensions] = 1.0f;
        return vector;
    }
    for (float& value : vector)
        value = static_cast<float>(static_cast<double>(value) / std::sqrt(square));
    return vector;
}

ScriptedAnswer embeddingsAnswer(std::string_view body)
{
    const nlohmann::json json = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    if (!json.is_object())
        return badEmbedding("The body of the request is not a JSON object.", "");
    if (!json.contains("model") || !json["model"].is_string())
        return badEmbedding("'model' must be the name of a model.", "model");
    std::size_t dimensions = kDimensions;
    if (json.contains("dimensions")) {
        if (!json["dimensions"].is_number_integer() || json["dimensions"] < 1 ||
            json["dimensions"] > kMaxDimensions)
            return badEmbedding("'dimensions' must be a whole number from 1 to 4096.", "dimensions");
        dimensions = json["dimensions"].get<std::size_t>();
    }
    if (json.contains("encoding_format") && json["encoding_format"] != "float")
        return badEmbedding("'encoding_format' must be float.", "encoding_format");
    std::vector<std::string> inputs;
    const nlohmann::json input = json.value("input", nlohmann::json());
    for (const nlohmann::json& one : input.is_array() ? input : nlohmann::json::array({input})) {
        if (!one.is_string() || one.get_ref<const std::string&>().empty() || inputs.size() == kMaxInputs)
            return badEmbedding("'input' must be a text, or a list of up to 2048, none of them empty.",
                                "input");
        inputs.push_back(one.get<std::string>());
    }
    if (inputs.empty())
        return badEmbedding("'input' must have at least one text.", "input");

    ScriptedAnswer out;
    out.model = json["model"].get<std::string>();
    JsonWriter writer;
    writer.beginObject().key("object").text("list").key("data").beginArray();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        writer.beginObject()
            .key("object")
            .text("embedding")
            .key("index")
            .integer(static_cast<std::int64_t>(i));
        writer.key("embedding").beginArray();
        for (const float value : embeddingOf(inputs[i], dimensions))
            writer.number(static_cast<double>(value));
        writer.endArray().endObject();
        out.billed.input += estimateTokens(inputs[i]);
    }
    writer.endArray().key("model").text(out.model).key("usage").beginObject();
    writer.key("prompt_tokens").integer(out.billed.input).key("total_tokens").integer(out.billed.input);
    out.pieces.push_back({.bytes = writer.endObject().endObject().take()});
    out.usageAt = 1;
    return out;
}

} // namespace signalbox::sandbox
