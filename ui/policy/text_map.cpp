// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/text_map.h"

#include "base/text.h"

namespace signalbox {

namespace {

struct Step
{
    std::size_t bytes;
    qsizetype units;
};

/// One character of the editor; the text is well-formed UTF-8.
Step stepAt(std::string_view bytes, std::size_t offset)
{
    const auto lead = static_cast<unsigned char>(bytes[offset]);
    if (lead == '\r' && offset + 1 < bytes.size() && bytes[offset + 1] == '\n')
        return {2, 1};
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    return {std::min(length, bytes.size() - offset), length == 4 ? 2 : 1};
}

} // namespace

QString editorText(std::string_view bytes)
{
    QString text = isValidUtf8(bytes) ? QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()))
                                      : QString::fromStdString(toValidUtf8(bytes));
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    text.replace(QLatin1Char('\r'), QLatin1Char('\n'));
    text.replace(QChar::ParagraphSeparator, QLatin1Char('\n'));
    return text;
}

qsizetype editorPosition(std::string_view bytes, std::size_t offset)
{
    if (!isValidUtf8(bytes))
        return editorText(bytes.substr(0, offset)).size();
    qsizetype position = 0;
    for (std::size_t at = 0; at < offset && at < bytes.size();) {
        const Step step = stepAt(bytes, at);
        at += step.bytes;
        position += step.units;
    }
    return position;
}

std::size_t byteOffset(std::string_view bytes, qsizetype position)
{
    std::size_t at = 0;
    for (qsizetype here = 0; here < position && at < bytes.size();) {
        const Step step = stepAt(bytes, at);
        at += step.bytes;
        here += step.units;
    }
    return at;
}

TextChange changeBetween(const QString& before, const QString& after)
{
    const qsizetype most = std::min(before.size(), after.size());
    qsizetype front = 0;
    while (front < most && before[front] == after[front])
        ++front;
    if (front > 0 && front < before.size() && before[front - 1].isHighSurrogate())
        --front;
    qsizetype back = 0;
    while (back < most - front && before[before.size() - 1 - back] == after[after.size() - 1 - back])
        ++back;
    if (back > 0 && before[before.size() - back].isLowSurrogate())
        --back;
    return {front, before.size() - back - front, after.mid(front, after.size() - back - front)};
}

std::string withChange(std::string_view bytes, const TextChange& change)
{
    std::string valid;
    if (!isValidUtf8(bytes)) {
        // Ill-formed bytes cannot be kept beside an edit: the editor has shown them replaced.
        valid = toValidUtf8(bytes);
        bytes = valid;
    }
    const std::size_t from = byteOffset(bytes, change.start);
    const std::size_t to = from + byteOffset(bytes.substr(from), change.removed);
    QString added = change.added;
    const std::size_t newline = bytes.find('\n');
    if (newline != std::string_view::npos && newline > 0 && bytes[newline - 1] == '\r')
        added.replace(QLatin1Char('\n'), QLatin1String("\r\n"));
    std::string out(bytes.substr(0, from));
    out += added.toStdString();
    out += bytes.substr(to);
    return out;
}

} // namespace signalbox
