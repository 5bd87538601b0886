// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/documents.h"

#include "base/text.h"
#include "exchange/files.h"
#include "exchange/json_rows.h"

#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

using OrderedJson = nlohmann::ordered_json;

std::string readText(const OrderedJson& object, const char* key, bool required, std::string& out)
{
    const auto found = object.find(key);
    if (found == object.end() || found->is_null())
        return required ? std::string("has no \"") + key + "\"" : std::string();
    if (!found->is_string())
        return std::string("\"") + key + "\" must be text";
    out = found->get<std::string>();
    return required && trimmed(out).empty() ? std::string("\"") + key + "\" is empty" : std::string();
}

std::string readRow(int line, const OrderedJson& object, UsedIds& used, Document& document)
{
    if (std::string problem = readRowId(object, "line-" + std::to_string(line), document.id);
        !problem.empty())
        return problem;
    if (std::string problem = readText(object, "title", false, document.title); !problem.empty())
        return problem;
    if (std::string problem = readText(object, "text", true, document.text); !problem.empty())
        return problem;
    return used.claim(document.id, line);
}

} // namespace

DocumentImport parseDocuments(std::string_view text)
{
    DocumentImport import;
    UsedIds used;
    forEachJsonRow(withoutBom(text), import.problems, [&](int line, const OrderedJson& object) {
        Document document;
        std::string problem = readRow(line, object, used, document);
        if (problem.empty())
            import.documents.push_back(std::move(document));
        return problem;
    });
    return import;
}

Result<DocumentImport> readDocumentsFile(const std::string& path)
{
    const Result<std::string> text = readWholeFile(path);
    if (!text)
        return tl::unexpected<Error>(text.error());
    return parseDocuments(*text);
}

} // namespace signalbox
