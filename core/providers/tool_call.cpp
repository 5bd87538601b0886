// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/tool_call.h"

#include "base/json_writer.h"

namespace signalbox {

std::string toolCallsJson(const std::vector<ToolCall>& calls)
{
    JsonWriter json;
    json.beginArray();
    for (const ToolCall& call : calls) {
        json.beginObject().key("id").textOrNull(call.id).key("name").text(call.name);
        json.key("arguments").text(call.argumentsJson).endObject();
    }
    return json.endArray().take();
}

} // namespace signalbox
