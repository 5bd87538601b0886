// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Checks a draft against a JSON Schema: the part of draft-07 that response formats use (type, enum, const, required,
// properties, additionalProperties, items, minItems, maxItems, minLength, maxLength, minimum, maximum).

#include <string>
#include <string_view>

namespace signalbox {

/// "" when the draft is one JSON value that fits; else one sentence that says what is wrong and where.
std::string shapeError(std::string_view schemaJson, std::string_view draft);

/// "" when the schema uses only what shapeError() understands; else what it does not.
std::string schemaProblem(std::string_view schemaJson);

} // namespace signalbox
