// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is kept of an edited policy in case the program ends before it is saved: one file a window, with the
// text and where it came from. A file whose process is alive belongs to another window and is nobody else's.
// Any thread.

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace signalbox {

struct RecoveryFile
{
    QString path;         ///< of the recovery file itself
    qint64 pid = 0;       ///< who wrote it
    QString processStart; ///< processStart() of that process; "" where the system does not tell
    QString policyFile;   ///< the file that is edited; "" = a version of a workspace, or new
    QString workspace;    ///< the workspace that was open; "" = none
    int version = 0;      ///< of the workspace that it was made from; 0 = none
    std::string name;     ///< of the policy; may be empty
    std::string baseHash; ///< contentHashOf() what it was made from
    qint64 savedAtMs = 0; ///< wall clock
    std::string text;     ///< byte for byte
};

/// When a process began, with the boot it belongs to, so that a number that is used again is told apart.
/// Empty when there is no such process, or the system does not tell.
QString processStart(qint64 pid);
/// The process that wrote the file still runs.
bool isAlive(const RecoveryFile& file);

/// Whole or not at all, readable by its owner only. Errors: recovery.write.
Result<> writeRecoveryFile(const RecoveryFile& file);
/// Errors: recovery.unreadable, recovery.foreign.
Result<RecoveryFile> readRecoveryFile(const QString& path);

struct RecoveryScan
{
    std::vector<RecoveryFile> files; ///< of processes that are dead, the newest first
    QStringList skipped;             ///< sentences: which file is none of ours, and why
};
RecoveryScan scanRecovery(const QString& folder);

/// AppDataLocation/recovery.
QString defaultRecoveryFolder();

} // namespace signalbox
