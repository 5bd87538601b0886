// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads a file that a person named, whole.

#include "base/result.h"

#include <cstddef>
#include <string>

namespace signalbox {

/// Errors: exchange.not_found, exchange.not_a_file, exchange.too_large, exchange.io.
Result<std::string> readWholeFile(const std::string& path, std::size_t mostBytes = std::size_t{1} << 30);

} // namespace signalbox
