// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The command line as scripts use it: real processes, exit statuses, standard output.

#include <nlohmann/json.hpp>

#include <QFile>
#include <QProcess>
#include <QtTest>

#include <vector>

namespace signalbox::testing {

struct Outcome
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

inline QString source(const char* relative)
{
    return qEnvironmentVariable("SIGNALBOX_SOURCE_DIR") + QLatin1Char('/') + QString::fromLatin1(relative);
}

inline QString cliPath()
{
    return qEnvironmentVariable("SIGNALBOX_BINARY_DIR") + QStringLiteral("/app/signalbox-cli");
}

/// Words of a command line; %1 … stand for paths.
inline QStringList words(const char* text, const QStringList& paths = {})
{
    QStringList out = QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (QString& word : out) {
        if (word.startsWith(QLatin1Char('%')))
            word = paths.at(word.mid(1).toInt() - 1);
    }
    return out;
}

inline Outcome cli(const QStringList& arguments)
{
    QProcess process;
    process.start(cliPath(), arguments);
    Outcome outcome;
    if (!process.waitForFinished(240'000))
        return outcome;
    outcome.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    return outcome;
}

inline std::vector<nlohmann::json> lines(const QByteArray& bytes)
{
    std::vector<nlohmann::json> out;
    for (const QByteArray& line : bytes.split('\n')) {
        if (!line.trimmed().isEmpty())
            out.push_back(nlohmann::json::parse(line.toStdString()));
    }
    return out;
}

inline QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void writeTo(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace signalbox::testing
