// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Writes JSON text straight into a string, for rows that are written thousands of times a second. The caller
// keeps objects and arrays balanced; commas, escapes, unknown values (null) and ill-formed UTF-8 (U+FFFD) are
// dealt with here.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace signalbox {

class JsonWriter
{
public:
    JsonWriter& beginObject() { return open('{'); }
    JsonWriter& endObject() { return close('}'); }
    JsonWriter& beginArray() { return open('['); }
    JsonWriter& endArray() { return close(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& text(std::string_view value);
    JsonWriter& textOrNull(std::string_view value) { return value.empty() ? null() : text(value); }
    JsonWriter& number(double value); ///< null when it is not finite
    JsonWriter& number(std::optional<double> value) { return value ? number(*value) : null(); }
    JsonWriter& integer(std::int64_t value);
    JsonWriter& integer(std::optional<std::int64_t> value) { return value ? integer(*value) : null(); }
    JsonWriter& boolean(bool value);
    JsonWriter& boolean(std::optional<bool> value) { return value ? boolean(*value) : null(); }
    JsonWriter& null();
    JsonWriter& json(std::string_view text); ///< one value that is JSON already

    std::string take() { return std::move(m_out); }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();

    std::string m_out;
    bool m_comma = false; ///< a value or key that comes now needs a comma before it
};

/// The shortest text that reads back as the same number; "null" when it is not finite.
inline std::string jsonNumber(double value) { return JsonWriter().number(value).take(); }

} // namespace signalbox
