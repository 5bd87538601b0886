// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tour.h"

#include "ui/shell/main_window.h"
#include "ui/shell/mode_page.h"
#include "ui/shell/session.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QPixmap>
#include <QTextStream>
#include <QTimer>

namespace signalbox {

namespace {

constexpr int kStepMs = 100;
constexpr int kQuietSteps = 4; // idle that long before a picture is taken
constexpr int kGiveUpMs = 30'000;

struct Stop
{
    QString mode;
    QSize size;
    ThemeMode theme;
    QString file;
};

class Tour : public QObject
{
public:
    Tour(MainWindow& window, Session& session, const QString& directory)
        : QObject(&window), m_window(window), m_session(session), m_directory(directory)
    {
        for (const ThemeMode theme : {ThemeMode::Light, ThemeMode::Dark}) {
            for (const QSize size : {QSize(1440, 900), QSize(1024, 700)}) {
                const auto pages = window.pages();
                for (const ModePage* page : pages) {
                    const QString name =
                        QStringLiteral("%1-%2x%3-%4.png")
                            .arg(page->id())
                            .arg(size.width())
                            .arg(size.height())
                            .arg(theme == ThemeMode::Dark ? QStringLiteral("dark") : QStringLiteral("light"));
                    m_stops.append({page->id(), size, theme,
                                    directory.isEmpty() ? name : QDir(directory).filePath(name)});
                }
            }
        }
        m_timer.setInterval(kStepMs);
        connect(&m_timer, &QTimer::timeout, this, &Tour::step);
        m_timer.start();
        m_waited.start();
    }

private:
    void step()
    {
        m_quiet = m_window.isIdle() && (m_session.isOpen() || m_waited.elapsed() > 5000) ? m_quiet + 1 : 0;
        if (m_quiet < kQuietSteps && m_waited.elapsed() < kGiveUpMs)
            return;
        m_quiet = 0;
        m_waited.restart();
        if (m_at >= 0)
            take(m_stops[m_at]);
        if (++m_at >= m_stops.size()) {
            m_timer.stop();
            QApplication::quit();
            return;
        }
        const Stop& next = m_stops[m_at];
        if (Theme::instance().mode() != next.theme)
            Theme::instance().setMode(next.theme);
        m_window.resize(next.size);
        m_window.showMode(next.mode);
    }
    void take(const Stop& stop)
    {
        QDir().mkpath(m_directory);
        if (!m_window.grab().save(stop.file))
            QTextStream(stderr) << "signalbox: cannot write " << stop.file << '\n';
    }

    MainWindow& m_window;
    Session& m_session;
    QString m_directory;
    QList<Stop> m_stops;
    QTimer m_timer;
    QElapsedTimer m_waited;
    qsizetype m_at = -1;
    int m_quiet = 0;
};

} // namespace

void startTour(MainWindow& window, Session& session, const QString& directory)
{
    new Tour(window, session, directory);
}

} // namespace signalbox
