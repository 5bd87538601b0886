// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Opens the file of a workspace: is it there, is it ours, is it of this version, and does it have to be
// migrated.

#include "base/result.h"
#include "base/sqlite.h"

#include <memory>
#include <string>

namespace signalbox {

/// For the writer: creates and migrates as needed, then sets WAL, synchronous=FULL and foreign keys.
Result<std::unique_ptr<sqlite::Database>> openForWriting(const std::string& path, bool create);

/// For a reader: nothing is written. A file in a folder that cannot be written is read as it stands.
Result<std::unique_ptr<sqlite::Database>> openForReading(const std::string& path);

} // namespace signalbox
