// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Metadata and headers as a person types them: "account = enterprise, gold" a line. A value with a comma, or
// with spaces at its ends, stands in quotes.

#include "policy/syntax_tree.h"

#include <QStringList>

#include <string>

namespace signalbox {

QStringList pairLines(const SyntaxTree& tree, NodeIndex object);
std::string pairsJson(const QStringList& lines);

} // namespace signalbox
