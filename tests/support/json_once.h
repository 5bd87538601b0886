// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// nlohmann's JSON for tests, whose parser and writer are compiled once for all of them (json_once.cpp): each test would
// else spend a quarter of its time to compile on them.

#include <nlohmann/json.hpp>

#include <string>

#ifndef SIGNALBOX_JSON_ONCE
#define SIGNALBOX_JSON_ONCE extern
#endif

SIGNALBOX_JSON_ONCE template class nlohmann::basic_json<>;

namespace nlohmann::detail {

using StringBytes = iterator_input_adapter<std::string::const_iterator>;
SIGNALBOX_JSON_ONCE template class serializer<json>;
SIGNALBOX_JSON_ONCE template class lexer<json, StringBytes>;
SIGNALBOX_JSON_ONCE template class parser<json, StringBytes>;
SIGNALBOX_JSON_ONCE template class json_sax_dom_parser<json>;
SIGNALBOX_JSON_ONCE template class json_sax_dom_callback_parser<json>;

} // namespace nlohmann::detail
