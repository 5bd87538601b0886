// SPDX-License-Identifier: GPL-3.0-or-later
// signalbox: the window. Wires a session to it; decides nothing.
#include "ui/dashboard/headless_charts.h"
#include "ui/shell/main_window.h"
#include "ui/shell/session.h"
#include "ui/shell/tour.h"
#include "ui/shell/translations.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QLocale>
#include <QSettings>
#include <QTextStream>
#include <QTimer>

using namespace signalbox;

namespace {

struct Arguments
{
    QString workspace;
    QString tour;
    QStringList headlessCharts;
    bool timeToFirstFrame = false;
};

QCommandLineOption languageOption()
{
    return QCommandLineOption(
        QStringLiteral("language"),
        QCoreApplication::translate("main", "Speaks LANGUAGE, such as en or de, in place of the system's. "
                                            "The variable SIGNALBOX_LANGUAGE does the same."),
        QStringLiteral("LANGUAGE"));
}

/// Read ahead of all else, because the help text is translated too.
QLocale language(const QStringList& arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption option = languageOption();
    parser.addOption(option);
    parser.parse(arguments); // what it does not know is left to the parser of all options
    QString name = parser.value(option);
    if (name.isEmpty())
        name = qEnvironmentVariable("SIGNALBOX_LANGUAGE");
    return name.isEmpty() ? QLocale() : QLocale(name);
}

Arguments parse(const QApplication& app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "A workbench for LLM model routing."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("workspace"),
        QCoreApplication::translate("main", "Workspace file; made with the sample in it if it is not there."),
        QStringLiteral("[workspace]"));
    const QCommandLineOption tour(
        {QStringLiteral("screenshot"), QStringLiteral("tour")},
        QCoreApplication::translate("main", "Writes a picture of every mode into DIR, then quits."),
        QStringLiteral("DIR"));
    const QCommandLineOption charts(
        QStringLiteral("headless-charts"),
        QCoreApplication::translate("main", "Draws the dashboard of WORKSPACE into the picture that "
                                            "follows it, then quits."),
        QStringLiteral("WORKSPACE"));
    const QCommandLineOption firstFrame(
        QStringLiteral("time-to-first-frame"),
        QCoreApplication::translate("main", "Prints the time from start to the first frame, and until the "
                                            "workspace is drawn, then quits."));
    parser.addOptions({tour, charts, firstFrame, languageOption()});
    parser.process(app);

    Arguments arguments;
    arguments.tour = parser.value(tour);
    arguments.timeToFirstFrame = parser.isSet(firstFrame);
    if (parser.isSet(charts))
        arguments.headlessCharts = QStringList{parser.value(charts)} + parser.positionalArguments();
    else if (!parser.positionalArguments().isEmpty())
        arguments.workspace = parser.positionalArguments().constFirst();
    return arguments;
}

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QApplication app(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Signalbox"));
    QApplication::setApplicationName(QStringLiteral("signalbox"));
    QApplication::setApplicationVersion(QStringLiteral(SIGNALBOX_VERSION));
    installTranslations(language(app.arguments()));
    const Arguments arguments = parse(app);

    Theme& theme = Theme::instance();
    const QSettings settings;
    theme.setReduceMotion(settings.value(QStringLiteral("theme/reduce_motion")).toBool());
    theme.setMode(static_cast<ThemeMode>(settings.value(QStringLiteral("theme/mode"), 0).toInt()));
    theme.apply(app);

    if (!arguments.headlessCharts.isEmpty()) {
        if (arguments.headlessCharts.size() != 2) {
            QTextStream(stderr)
                << "signalbox: --headless-charts needs a workspace and the picture to write\n";
            return 2;
        }
        return drawHeadlessCharts(arguments.headlessCharts[0], arguments.headlessCharts[1]);
    }

    Session session;
    MainWindow window(session);
    const QString path =
        arguments.workspace.isEmpty() ? Session::defaultWorkspacePath() : arguments.workspace;
    QObject::connect(&window, &MainWindow::firstFramePainted, &window, [&] {
        if (arguments.timeToFirstFrame)
            QTextStream(stdout) << "first frame after " << sinceStart.elapsed() << " ms" << Qt::endl;
        session.openWorkspace(
            path, true); // after the first frame: files and sockets do not keep the window waiting
    });
    if (arguments.timeToFirstFrame) {
        const auto drawn = [&] {
            if (!session.isOpen())
                return;
            window.repaint(); // what the workspace brought is on screen when this returns
            QTextStream(stdout) << "workspace drawn after " << sinceStart.elapsed() << " ms" << Qt::endl;
            QCoreApplication::quit();
        };
        QObject::connect(&session, &Session::workspaceChanged, &window, drawn, Qt::QueuedConnection);
        QObject::connect(
            &session, &Session::errorOccurred, &window, [] { QCoreApplication::exit(3); },
            Qt::QueuedConnection);
    }
    if (arguments.tour.isEmpty() && !arguments.timeToFirstFrame)
        window.startAutosave();
    window.show();
    if (!arguments.tour.isEmpty())
        startTour(window, session, arguments.tour);
    return QApplication::exec();
}
