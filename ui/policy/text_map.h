// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Between the policy's bytes and the characters of the editor: the editor shows every line ending as one
// character and counts UTF-16 units. Edits are carried over as the stretch that differs, so that everything
// else keeps its bytes, whatever the line endings are.

#include <QString>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// The text as the editor holds it: lines end with '\n'.
QString editorText(std::string_view bytes);

/// The position in editorText() of a byte offset, and back.
qsizetype editorPosition(std::string_view bytes, std::size_t offset);
/// Of many offsets, which are sorted, in one walk.
std::vector<qsizetype> editorPositions(std::string_view bytes, const std::vector<std::size_t>& offsets);
std::size_t byteOffset(std::string_view bytes, qsizetype position);

/// The stretch in which two texts differ: `from` of the old one's characters [start, start + removed) become
/// `added`.
struct TextChange
{
    qsizetype start = 0;
    qsizetype removed = 0;
    QString added;
    bool isEmpty() const { return removed == 0 && added.isEmpty(); }
};
/// Where a position stands after the change: one before or at its start stays, one behind it keeps its text,
/// one inside stays as near as it can.
qsizetype positionAfter(qsizetype position, const TextChange& change);
TextChange changeBetween(const QString& before, const QString& after);

/// The bytes with the same change made to them; new lines end as the text's lines do.
std::string withChange(std::string_view bytes, const TextChange& change);

} // namespace signalbox
