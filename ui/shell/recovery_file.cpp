// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recovery_file.h"

#include "base/text.h"
#include "ui/theme/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace signalbox {

namespace {

constexpr int kFormat = 1;
constexpr qint64 kMostBytes = 512LL << 20; // four times the longest policy that can be read
const char* const kSuffix = ".recovery.json";

QString tr(const char* text)
{
    return QCoreApplication::translate("signalbox::Recovery", text);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray(); // size 0 in /proc: read to the end
}

std::string encoded(const RecoveryFile& file)
{
    nlohmann::ordered_json json;
    json["signalbox_recovery"] = kFormat;
    json["pid"] = file.pid;
    json["process_start"] = ss(file.processStart);
    json["policy_file"] = ss(file.policyFile);
    json["workspace"] = ss(file.workspace);
    json["version"] = file.version;
    json["name"] = toValidUtf8(file.name);
    json["base_hash"] = file.baseHash;
    json["saved_at_ms"] = file.savedAtMs;
    // A text that is no UTF-8 is none of JSON's strings either.
    if (isValidUtf8(file.text))
        json["text"] = file.text;
    else
        json["text_base64"] = QByteArray::fromStdString(file.text).toBase64().toStdString();
    return json.dump() + '\n';
}

RecoveryFile decoded(const nlohmann::json& json)
{
    RecoveryFile file;
    file.pid = json.at("pid").get<qint64>();
    file.processStart = qs(json.at("process_start").get<std::string>());
    file.policyFile = qs(json.at("policy_file").get<std::string>());
    file.workspace = qs(json.at("workspace").get<std::string>());
    file.version = json.at("version").get<int>();
    file.name = json.at("name").get<std::string>();
    file.baseHash = json.at("base_hash").get<std::string>();
    file.savedAtMs = json.at("saved_at_ms").get<qint64>();
    if (json.contains("text"))
        file.text = json.at("text").get<std::string>();
    else
        file.text =
            QByteArray::fromBase64(QByteArray::fromStdString(json.at("text_base64").get<std::string>()))
                .toStdString();
    return file;
}

} // namespace

QString processStart(qint64 pid)
{
    // proc(5): the name in parentheses may hold anything; the state follows it, and the start time is
    // field 22.
    const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(pid));
    const auto name = stat.lastIndexOf(')');
    if (name < 0)
        return {};
    const QList<QByteArray> fields = stat.mid(name + 2).split(' ');
    if (fields.size() < 20 || fields[0] == "Z" || fields[0] == "X") // ended, and not yet buried
        return {};
    const QByteArray boot = contentOf(QStringLiteral("/proc/sys/kernel/random/boot_id")).trimmed();
    return QString::fromLatin1(boot + ':' + fields[19]);
}

bool isAlive(const RecoveryFile& file)
{
    if (!processStart(QCoreApplication::applicationPid()).isEmpty())
        return !file.processStart.isEmpty() && processStart(file.pid) == file.processStart;
    return file.pid > 0 && (::kill(static_cast<pid_t>(file.pid), 0) == 0 || errno == EPERM);
}

Result<> writeRecoveryFile(const RecoveryFile& file)
{
    const auto failed = [&](const QString& why) -> Result<> {
        return fail("recovery.write",
                    ss(tr("The recovery file %1 cannot be written: %2.").arg(file.path, why)), ss(file.path));
    };
    if (!QDir().mkpath(QFileInfo(file.path).path()))
        return failed(tr("its folder cannot be made"));
    std::string bytes;
    try {
        bytes = encoded(file);
    } catch (const std::exception& e) {
        return failed(QString::fromUtf8(e.what()));
    }
    QSaveFile out(file.path);
    if (!out.open(QIODevice::WriteOnly))
        return failed(out.errorString());
    out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    out.write(bytes.data(), static_cast<qint64>(bytes.size()));
    if (!out.commit())
        return failed(out.errorString());
    return {};
}

Result<RecoveryFile> readRecoveryFile(const QString& path)
{
    QFile in(path);
    if (!in.open(QIODevice::ReadOnly))
        return fail("recovery.unreadable", ss(in.errorString()), ss(path));
    if (in.size() > kMostBytes)
        return fail("recovery.foreign", ss(tr("it is too large")), ss(path));
    const QByteArray bytes = in.readAll();
    try {
        const auto json = nlohmann::json::parse(bytes.cbegin(), bytes.cend());
        if (!json.is_object() || json.value("signalbox_recovery", 0) != kFormat)
            return fail("recovery.foreign", ss(tr("it is no recovery file of this program")), ss(path));
        RecoveryFile file = decoded(json);
        file.path = path;
        return file;
    } catch (const std::exception&) {
        return fail("recovery.foreign", ss(tr("it is damaged, or no recovery file")), ss(path));
    }
}

RecoveryScan scanRecovery(const QString& folder)
{
    RecoveryScan scan;
    const auto entries =
        QDir(folder).entryInfoList(QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDir::Name);
    for (const QFileInfo& entry : entries) {
        // "NAME.recovery.json.XXXXXX" is a file that was being written when its process died.
        if (entry.fileName().contains(QLatin1String(kSuffix) + QLatin1Char('.'))) {
            if (entry.lastModified().daysTo(QDateTime::currentDateTime()) > 1)
                QFile::remove(entry.filePath());
            continue;
        }
        auto file = readRecoveryFile(entry.filePath());
        if (!file) {
            scan.skipped.append(tr("%1 was left alone: %2.").arg(entry.fileName(), qs(file.error().message)));
            continue;
        }
        if (!isAlive(*file))
            scan.files.push_back(std::move(*file));
    }
    std::ranges::stable_sort(scan.files, std::ranges::greater(), &RecoveryFile::savedAtMs);
    return scan;
}

QString defaultRecoveryFolder()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("recovery"));
}

} // namespace signalbox
