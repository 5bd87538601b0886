// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The strict reader's tools: each takes a value and its JSON Pointer, and throws a Problem that names the
// place. Private to the files that read a scenario.

#include "sandbox/scenario.h"

#include <nlohmann/json.hpp>

#include <span>

namespace signalbox::sandbox::reading_scenario {

using Json = nlohmann::json;

/// What is wrong, and where; caught by readScenario.
struct Problem
{
    std::string pointer;
    std::string message;
};

const Json& object(const Json& value, const std::string& at, std::span<const std::string_view> keys);
const Json& object(const Json& value, const std::string& at, std::initializer_list<std::string_view> keys);
double number(const Json& value, const std::string& at, double low, double high);
int whole(const Json& value, const std::string& at, int low, int high);
bool yesOrNo(const Json& value, const std::string& at);
std::string string(const Json& value, const std::string& at);
/// One of the words; the first problem lists them.
std::string oneOf(const Json& value, const std::string& at, std::span<const std::string_view> words);
Spread spread(const Json& value, const std::string& at, double low, double high);

/// `scenario` has its models already.
std::vector<Fault> faultsOf(const Json& value, const Scenario& scenario);

} // namespace signalbox::sandbox::reading_scenario
