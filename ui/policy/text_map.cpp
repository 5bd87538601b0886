// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/text_map.h"

#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>

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

/// Whether the eight bytes from there are eight characters of the editor; most of a policy is.
bool isPlain(std::string_view bytes, std::size_t offset)
{
    if (offset + 8 > bytes.size())
        return false;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + offset, sizeof word);
    if ((word & 0x8080808080808080U) != 0)
        return false;
    // A zero byte in `rest` is a carriage return (Warren, Hacker's Delight, 6-1; without high bits it is
    // exact).
    const std::uint64_t rest = word ^ 0x0d0d0d0d0d0d0d0dU;
    return ((rest - 0x0101010101010101U) & ~rest & 0x8080808080808080U) == 0;
}

/// Walks on from a byte and a position that belong together until one of the ends is reached.
void walk(std::string_view bytes, std::size_t& at, qsizetype& position, std::size_t endByte,
          qsizetype endPosition)
{
    while (at < endByte && at < bytes.size() && position < endPosition) {
        if (at + 8 <= endByte && position + 8 <= endPosition && isPlain(bytes, at)) {
            at += 8;
            position += 8;
            continue;
        }
        const Step step = stepAt(bytes, at);
        at += step.bytes;
        position += step.units;
    }
}

constexpr std::size_t kNoByte = std::numeric_limits<std::size_t>::max();
constexpr qsizetype kNoPosition = std::numeric_limits<qsizetype>::max();

} // namespace

QString editorText(std::string_view bytes)
{
    QString text = isValidUtf8(bytes) ? QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()))
                                      : QString::fromStdString(toValidUtf8(bytes));
    // Qt takes a byte order mark for no text; here it is one, and an error.
    if (bytes.starts_with("\xEF\xBB\xBF") && !text.startsWith(QChar::ByteOrderMark))
        text.prepend(QChar::ByteOrderMark);
    if (text.contains(QLatin1Char('\r'))) {
        text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
        text.replace(QLatin1Char('\r'), QLatin1Char('\n'));
    }
    // All that a text document of Qt takes for an end of a line (QTextCursor::insertText).
    for (const QChar c : {QChar(QChar::ParagraphSeparator), QChar(0xfdd0), QChar(0xfdd1)})
        text.replace(c, QLatin1Char('\n'));
    return text;
}

qsizetype editorPosition(std::string_view bytes, std::size_t offset)
{
    return editorPositions(bytes, {offset}).front();
}

std::vector<qsizetype> editorPositions(std::string_view bytes, const std::vector<std::size_t>& offsets)
{
    std::vector<qsizetype> positions;
    positions.reserve(offsets.size());
    const bool isValid = isValidUtf8(bytes);
    std::size_t at = 0;
    qsizetype position = 0;
    for (const std::size_t offset : offsets) {
        if (isValid)
            walk(bytes, at, position, offset, kNoPosition);
        else
            position = editorText(bytes.substr(0, offset)).size();
        positions.push_back(position);
    }
    return positions;
}

std::size_t byteOffset(std::string_view bytes, qsizetype position)
{
    std::size_t at = 0;
    qsizetype here = 0;
    walk(bytes, at, here, kNoByte, position);
    return at;
}

qsizetype positionAfter(qsizetype position, const TextChange& change)
{
    if (position <= change.start)
        return position;
    if (position >= change.start + change.removed)
        return position + change.added.size() - change.removed;
    return std::min(position, change.start + change.added.size());
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
