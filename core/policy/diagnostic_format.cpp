// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/diagnostic_format.h"

#include "base/text.h"

#include <nlohmann/json.hpp>

namespace signalbox {

static std::string printable(std::string_view text)
{
    std::string out;
    for (const char c : toValidUtf8(text)) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            out += "\xef\xbf\xbd";
        else
            out.push_back(c);
    }
    return out;
}

std::string policyDiagnosticsToText(const std::vector<Diagnostic>& diagnostics, std::string_view file)
{
    std::string out;
    for (const Diagnostic& d : diagnostics) {
        out += printable(file) + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + ": " +
               severityName(d.severity) + " " + d.code;
        out += (d.pointer.empty() ? "" : " " + printable(d.pointer)) + ": " + printable(d.message);
        if (!d.hint.empty())
            out += " (hint: " + printable(d.hint) + ")";
        out.push_back('\n');
    }
    return out;
}

std::string policyDiagnosticsToJson(const std::vector<Diagnostic>& diagnostics, std::string_view file)
{
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const Diagnostic& d : diagnostics) {
        rows.push_back({{"file", toValidUtf8(file)},
                        {"code", d.code},
                        {"severity", severityName(d.severity)},
                        {"pointer", toValidUtf8(d.pointer)},
                        {"line", d.line},
                        {"column", d.column},
                        {"message", toValidUtf8(d.message)},
                        {"hint", toValidUtf8(d.hint)}});
    }
    return rows.dump(2);
}

} // namespace signalbox
