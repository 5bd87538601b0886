// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/diagnostic_format.h"

#include "base/text.h"
#include "policy/diagnostic_codes.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

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
        if (!d.fixes.empty())
            out += " [fix available: " + printable(d.fixes.front().title) + "]";
        out.push_back('\n');
    }
    return out;
}

std::string policyDiagnosticsToJson(const std::vector<Diagnostic>& diagnostics, std::string_view file)
{
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const Diagnostic& d : diagnostics) {
        nlohmann::ordered_json fixes = nlohmann::ordered_json::array();
        for (const QuickFix& fix : d.fixes) {
            nlohmann::ordered_json edits = nlohmann::ordered_json::array();
            for (const TextEdit& edit : fix.edits)
                edits.push_back({{"offset", edit.offset},
                                 {"length", edit.length},
                                 {"replacement", toValidUtf8(edit.replacement)}});
            fixes.push_back({{"title", toValidUtf8(fix.title)}, {"edits", std::move(edits)}});
        }
        rows.push_back({{"file", toValidUtf8(file)},
                        {"code", d.code},
                        {"severity", severityName(d.severity)},
                        {"pointer", toValidUtf8(d.pointer)},
                        {"line", d.line},
                        {"column", d.column},
                        {"offset", d.offset},
                        {"length", d.length},
                        {"message", toValidUtf8(d.message)},
                        {"hint", toValidUtf8(d.hint)},
                        {"fixes", std::move(fixes)}});
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

/// Lines and columns of offsets, in code points from 1.
class Places
{
public:
    explicit Places(std::string_view text) : m_text(text), m_lines{0}
    {
        for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
            m_lines.push_back(at + 1);
    }

    nlohmann::ordered_json region(std::size_t offset, std::size_t length) const
    {
        const auto [line, column] = place(offset);
        const auto [endLine, endColumn] = place(offset + length);
        return {{"startLine", line},
                {"startColumn", column},
                {"endLine", endLine},
                {"endColumn", endColumn},
                {"byteOffset", std::min(offset, m_text.size())},
                {"byteLength", std::min(length, m_text.size() - std::min(offset, m_text.size()))}};
    }

private:
    std::pair<std::size_t, std::size_t> place(std::size_t offset) const
    {
        offset = std::min(offset, m_text.size());
        const auto line = std::ranges::upper_bound(m_lines, offset) - 1;
        const std::string_view before = m_text.substr(*line, offset - *line);
        const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
        return {static_cast<std::size_t>(line - m_lines.begin()) + 1,
                static_cast<std::size_t>(std::ranges::count_if(before, begins)) + 1};
    }

    std::string_view m_text;
    std::vector<std::size_t> m_lines; ///< where each begins
};

nlohmann::ordered_json sarifFix(const QuickFix& fix, const Places& places, const std::string& uri)
{
    using nlohmann::ordered_json;
    ordered_json replacements = ordered_json::array();
    for (const TextEdit& edit : fix.edits) {
        ordered_json replacement{{"deletedRegion", places.region(edit.offset, edit.length)}};
        if (!edit.replacement.empty())
            replacement["insertedContent"] = {{"text", toValidUtf8(edit.replacement)}};
        replacements.push_back(std::move(replacement));
    }
    const ordered_json change{{"artifactLocation", {{"uri", uri}}},
                              {"replacements", std::move(replacements)}};
    return {{"description", {{"text", toValidUtf8(fix.title)}}},
            {"artifactChanges", ordered_json::array({change})}};
}

nlohmann::ordered_json sarifResult(const Diagnostic& d, const Places& places, const std::string& uri)
{
    using nlohmann::ordered_json;
    const ordered_json place{{"artifactLocation", {{"uri", uri}}},
                             {"region", places.region(d.offset, d.length)}};
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
    if (!d.fixes.empty()) {
        result["fixes"] = ordered_json::array();
        for (const QuickFix& fix : d.fixes)
            result["fixes"].push_back(sarifFix(fix, places, uri));
    }
    return result;
}

nlohmann::ordered_json sarifRule(const DiagnosticInfo& info)
{
    using nlohmann::ordered_json;
    const std::string page(diagnosticPage(info.code));
    return {{"id", info.code},
            {"shortDescription", {{"text", info.title}}},
            {"help", {{"text", page}, {"markdown", page}}},
            {"defaultConfiguration", {{"level", severityName(info.severity)}}}};
}

} // namespace

// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
std::string policyDiagnosticsToSarif(const std::vector<CheckedText>& files, std::string_view version,
                                     const std::vector<std::string>& notRead)
{
    using nlohmann::ordered_json;
    ordered_json rules = ordered_json::array();
    for (const DiagnosticInfo& info : diagnosticCatalogue())
        rules.push_back(sarifRule(info));
    ordered_json results = ordered_json::array();
    for (const CheckedText& file : files) {
        const Places places(file.text);
        for (const Diagnostic& d : file.diagnostics)
            results.push_back(sarifResult(d, places, uriOf(file.name)));
    }
    const ordered_json driver{
        {"name", "signalbox-cli"}, {"version", toValidUtf8(version)}, {"rules", std::move(rules)}};
    ordered_json invocation{{"executionSuccessful", notRead.empty()}};
    for (const std::string& sentence : notRead)
        invocation["toolExecutionNotifications"].push_back(
            ordered_json{{"level", "error"}, {"message", {{"text", toValidUtf8(sentence)}}}});
    ordered_json run{{"tool", {{"driver", driver}}},
                     {"invocations", ordered_json::array({std::move(invocation)})},
                     {"columnKind", "unicodeCodePoints"},
                     {"results", std::move(results)}};
    const ordered_json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                           {"version", "2.1.0"},
                           {"runs", ordered_json::array({std::move(run)})}};
    return log.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace signalbox
