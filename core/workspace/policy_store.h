// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The versions of policies and their tags in the file: rows are added, never changed. Private to the
// workspace; its face is Workspace and WorkspaceReader.

#include "base/sqlite.h"
#include "policy/document.h"
#include "workspace/workspace.h"

#include <string>
#include <vector>

namespace signalbox {

/// Within a transaction of the writer.
Result<int> storeVersion(const sqlite::Database& database, const PolicyDocument& document,
                         const VersionSave& save);
Result<int> storeRestored(const sqlite::Database& database, const std::string& name, int version,
                          const std::string& author, const std::string& message);
Result<> storeTag(const sqlite::Database& database, const std::string& name, const std::string& tag,
                  int version, const std::string& author);

enum class VersionTexts { With, Without };
/// Newest first; "" = of all names.
Result<std::vector<PolicyVersion>> loadVersions(const sqlite::Database& database, const std::string& name,
                                                VersionTexts texts);
Result<PolicyVersion> loadVersionByHash(const sqlite::Database& database, const std::string& contentHash);
Result<PolicyVersion> loadVersionByReference(const sqlite::Database& database, const std::string& reference);
Result<std::vector<TagMove>> loadTagMoves(const sqlite::Database& database, const std::string& name);
/// Name and time of the newest version of each policy, newest first.
Result<std::vector<std::string>> loadPolicyNames(const sqlite::Database& database);

} // namespace signalbox
