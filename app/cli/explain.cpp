// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "policy/diagnostic_codes.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace signalbox::cli {

namespace {

nlohmann::json pageAsJson(const DiagnosticInfo& info)
{
    return {{"code", info.code},
            {"severity", severityName(info.severity)},
            {"title", info.title},
            {"page", diagnosticPage(info.code)}};
}

/// Without a code the catalogue, with one its page.
int explain(const std::vector<std::string>& codes, const Globals& globals)
{
    nlohmann::json list = nlohmann::json::array();
    if (codes.empty()) {
        for (const DiagnosticInfo& info : diagnosticCatalogue()) {
            if (globals.json)
                list.push_back(pageAsJson(info));
            else
                std::printf("%s  %-7s  %s\n", info.code, severityName(info.severity), info.title);
        }
    }
    bool first = true;
    for (const std::string& written : codes) {
        std::string code = written;
        std::ranges::transform(code, code.begin(),
                               [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
        const DiagnosticInfo* info = diagnosticInfo(code);
        if (info == nullptr)
            return misuse("There is no diagnostic \"" + written +
                          "\": codes are like SB1203, and \"explain\" alone lists them.");
        if (globals.json)
            list.push_back(pageAsJson(*info));
        else
            std::printf("%s%s", first ? "" : "\n", std::string(diagnosticPage(info->code)).c_str());
        first = false;
    }
    if (globals.json)
        std::printf("%s\n", list.dump().c_str());
    return kComputed;
}

} // namespace

std::function<int()> setupExplain(CLI::App& command, Globals& globals)
{
    auto codes = std::make_shared<std::vector<std::string>>();
    command.add_option("CODE", *codes,
                       "Codes of diagnostics, for example SB1203; all are listed without one");
    return [codes, &globals] { return explain(*codes, globals); };
}

} // namespace signalbox::cli
