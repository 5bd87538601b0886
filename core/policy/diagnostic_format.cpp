// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/diagnostic_format.h"

#include "base/text.h"
#include "policy/diagnostic_codes.h"

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

namespace {

/// A path as the URI reference that SARIF wants (RFC 3986): everything but what is unreserved is escaped.
std::string uriOf(std::string_view path)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~/@").find(c) != std::string_view::npos;
        if (plain) {
            uri.push_back(c);
        } else {
            uri.push_back('%');
            uri.push_back(kHex[byte >> 4]);
            uri.push_back(kHex[byte & 15]);
        }
    }
    return uri;
}

nlohmann::ordered_json sarifResult(const Diagnostic& d, const std::string& uri)
{
    using nlohmann::ordered_json;
    const ordered_json place{{"artifactLocation", {{"uri", uri}}},
                             {"region", {{"startLine", d.line}, {"startColumn", d.column}}}};
    ordered_json location{{"physicalLocation", place}};
    if (!d.pointer.empty())
        location["logicalLocations"] =
            ordered_json::array({ordered_json{{"fullyQualifiedName", toValidUtf8(d.pointer)}}});
    ordered_json result{
        {"ruleId", d.code},
        {"level", severityName(d.severity)}, // "error", "warning" and "note" are SARIF's words too
        {"message", {{"text", toValidUtf8(d.message) + (d.hint.empty() ? "" : " " + toValidUtf8(d.hint))}}},
        {"locations", ordered_json::array({std::move(location)})}};
    const auto catalogue = diagnosticCatalogue();
    if (const DiagnosticInfo* info = diagnosticInfo(d.code))
        result["ruleIndex"] = info - catalogue.data();
    return result;
}

} // namespace

// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
std::string
policyDiagnosticsToSarif(const std::vector<std::pair<std::string, std::vector<Diagnostic>>>& files,
                         std::string_view version)
{
    using nlohmann::ordered_json;
    ordered_json rules = ordered_json::array();
    for (const DiagnosticInfo& info : diagnosticCatalogue())
        rules.push_back({{"id", info.code},
                         {"shortDescription", {{"text", info.title}}},
                         {"defaultConfiguration", {{"level", severityName(info.severity)}}}});
    ordered_json results = ordered_json::array();
    for (const auto& [file, diagnostics] : files) {
        for (const Diagnostic& d : diagnostics)
            results.push_back(sarifResult(d, uriOf(file)));
    }
    const ordered_json driver{
        {"name", "signalbox-cli"}, {"version", toValidUtf8(version)}, {"rules", std::move(rules)}};
    ordered_json run{
        {"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", std::move(results)}};
    const ordered_json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                           {"version", "2.1.0"},
                           {"runs", ordered_json::array({std::move(run)})}};
    return log.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace signalbox
