// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The texts of two versions, line by line: − what was, + what is. Long runs of the same lines are folded.

#include "policy/diff.h"

#include <QPlainTextEdit>

#include <memory>
#include <string>
#include <vector>

namespace signalbox {

class TextDiff : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit TextDiff(QWidget* parent = nullptr);

    /// The lines point into the two texts.
    void setLines(std::shared_ptr<const std::string> before, std::shared_ptr<const std::string> after,
                  std::vector<DiffLine> lines);
    /// Every line instead of the changed ones with a few around them.
    void setWhole(bool whole);
    int added() const { return m_added; }
    int removed() const { return m_removed; }

private:
    void rebuild();
    std::shared_ptr<const std::string> m_before; ///< what the lines point into
    std::shared_ptr<const std::string> m_after;
    std::vector<DiffLine> m_lines;
    int m_added = 0;
    int m_removed = 0;
    bool m_whole = false;
};

} // namespace signalbox
