// SPDX-License-Identifier: GPL-3.0-or-later
// The translations are whole, they are what the sources ask for, and the window speaks them.
#include "session_bench.h"
#include "ui/shell/main_window.h"
#include "ui/shell/mode_page.h"
#include "ui/shell/translations.h"

#include <QtTest>

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLibraryInfo>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QXmlStreamReader>

using namespace signalbox;

namespace {

struct Entry
{
    QString context;
    QString source;
    QString comment;
    QString state;           ///< the type attribute: empty when it is finished
    QStringList translation; ///< one text, or one for each plural form
    bool counted = false;

    QString key() const { return context + QLatin1Char('\n') + source + QLatin1Char('\n') + comment; }
};

QString pathOf(const QString& language)
{
    return QStringLiteral("%1/translations/signalbox_%2.ts")
        .arg(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR"), language);
}

QList<Entry> read(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<Entry> messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QStringLiteral("name"))
            context = xml.readElementText();
        else if (xml.name() == QStringLiteral("message"))
            messages.append(
                {context, {}, {}, {}, {}, xml.attributes().hasAttribute(QStringLiteral("numerus"))});
        else if (xml.name() == QStringLiteral("source"))
            messages.last().source = xml.readElementText();
        else if (xml.name() == QStringLiteral("comment"))
            messages.last().comment = xml.readElementText();
        else if (xml.name() == QStringLiteral("numerusform"))
            messages.last().translation.append(xml.readElementText());
        else if (xml.name() == QStringLiteral("translation")) {
            messages.last().state = xml.attributes().value(QStringLiteral("type")).toString();
            if (!messages.last().counted)
                messages.last().translation.append(xml.readElementText());
        }
    }
    return messages;
}

QSet<QString> placeholders(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("%(\\d|n)"));
    QSet<QString> found;
    for (auto match = pattern.globalMatch(text); match.hasNext();)
        found.insert(match.next().captured());
    return found;
}

QString lupdate()
{
    return QStandardPaths::findExecutable(QStringLiteral("lupdate"),
                                          {QLibraryInfo::path(QLibraryInfo::BinariesPath),
                                           QLibraryInfo::path(QLibraryInfo::LibraryExecutablesPath)});
}

/// Every text that the widget shows or says.
QStringList textsOf(const QWidget* widget)
{
    QStringList texts{widget->toolTip(), widget->accessibleName(), widget->accessibleDescription(),
                      widget->windowTitle()};
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        texts << button->text();
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        texts << label->text();
    if (const auto* line = qobject_cast<const QLineEdit*>(widget))
        texts << line->placeholderText();
    if (const auto* box = qobject_cast<const QPlainTextEdit*>(widget))
        texts << box->placeholderText();
    if (const auto* choice = qobject_cast<const QComboBox*>(widget)) {
        for (int i = 0; i < choice->count(); ++i)
            texts << choice->itemText(i);
    }
    return texts;
}

} // namespace

class TranslationsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { installTranslations(QLocale::c()); }
    void everythingIsTranslated_data();
    void everythingIsTranslated();
    void theSourcesAskForNothingElse_data() { everythingIsTranslated_data(); }
    void theSourcesAskForNothingElse();
    void noTwoMenuEntriesShareALetter_data();
    void noTwoMenuEntriesShareALetter();
    void theWindowComesUpInGerman();
    void englishHasPlurals();
};

void TranslationsTest::everythingIsTranslated_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << QStringLiteral("en");
    QTest::newRow("de") << QStringLiteral("de");
}

void TranslationsTest::everythingIsTranslated()
{
    QFETCH(const QString, language);
    const QList<Entry> messages = read(pathOf(language));
    QVERIFY(!messages.isEmpty());
    QStringList wrong;
    for (const Entry& message : messages) {
        const QString about = message.context + QStringLiteral(": ") + message.source;
        if (!message.state.isEmpty())
            wrong << about + QStringLiteral(" is ") + message.state;
        if (message.translation.size() != (message.counted ? 2 : 1))
            wrong << about + QStringLiteral(" lacks a form");
        for (const QString& text : message.translation) {
            if (text.isEmpty())
                wrong << about + QStringLiteral(" is empty");
            if (placeholders(text) != placeholders(message.source))
                wrong << about + QStringLiteral(" has other placeholders in: ") + text;
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TranslationsTest::theSourcesAskForNothingElse()
{
    QFETCH(const QString, language);
    const QString program = lupdate();
    QVERIFY2(!program.isEmpty(), "lupdate is not there; packaging/install.sh installs it (qt6-l10n-tools)");
    QTemporaryDir directory;
    const QString fresh = directory.filePath(QStringLiteral("fresh_%1.ts").arg(language));
    QStringList arguments{QStringLiteral("-silent"),
                          QStringLiteral("-locations"),
                          QStringLiteral("none"),
                          QStringLiteral("ui"),
                          QStringLiteral("app/gui"),
                          QStringLiteral("-I"),
                          QStringLiteral("."),
                          QStringLiteral("-I"),
                          QStringLiteral("core"),
                          QStringLiteral("-target-language"),
                          language,
                          QStringLiteral("-ts"),
                          fresh};
    if (language == QStringLiteral("en"))
        arguments.prepend(QStringLiteral("-pluralonly"));
    QProcess process;
    process.setWorkingDirectory(qEnvironmentVariable("SIGNALBOX_SOURCE_DIR"));
    process.start(program, arguments);
    QVERIFY2(process.waitForFinished(), qPrintable(process.errorString()));
    QCOMPARE(process.exitCode(), 0);

    QSet<QString> asked;
    QSet<QString> held;
    for (const Entry& message : read(fresh))
        asked.insert(message.key());
    for (const Entry& message : read(pathOf(language)))
        held.insert(message.key());
    QVERIFY(!asked.isEmpty());
    const QSet<QString> missing = asked - held;
    const QSet<QString> stale = held - asked;
    QVERIFY2(
        missing.isEmpty() && stale.isEmpty(),
        qPrintable(QStringLiteral("run `ninja update_translations`, then translate\nmissing: %1\nstale: %2")
                       .arg(QStringList(missing.values()).join(QStringLiteral("; ")),
                            QStringList(stale.values()).join(QStringLiteral("; ")))));
}

void TranslationsTest::noTwoMenuEntriesShareALetter_data()
{
    everythingIsTranslated_data();
}

void TranslationsTest::noTwoMenuEntriesShareALetter()
{
    QFETCH(const QString, language);
    installTranslations(QLocale(language));
    Session session;
    MainWindow window(session);
    QStringList doubled;
    const auto letters = [&doubled](const QList<QAction*>& actions, const QString& where) {
        QHash<QChar, QString> seen;
        for (const QAction* action : actions) {
            const QString text = QString(action->text()).remove(QStringLiteral("&&"));
            const qsizetype at = text.indexOf(QLatin1Char('&'));
            if (at < 0 || !action->isVisible())
                continue;
            const QChar letter = text.at(at + 1).toLower();
            if (seen.contains(letter))
                doubled << QStringLiteral("%1: %2, %3").arg(where, seen.value(letter), text);
            seen.insert(letter, text);
        }
    };
    const auto menus = window.findChildren<QMenu*>();
    QVERIFY(menus.size() >= 4);
    for (ModePage* page : window.pages()) {
        window.showMode(page->id()); // its menu shows that mode's actions
        for (const QMenu* menu : menus)
            letters(menu->actions(), menu->title());
        letters(window.menuBar()->actions(), page->id());
    }
    QVERIFY2(doubled.isEmpty(), qPrintable(doubled.join(QLatin1Char('\n'))));
}

void TranslationsTest::theWindowComesUpInGerman()
{
    testing::Bench bench(testing::kInstant, 3, QLocale(QLocale::German));
    MainWindow window(bench.session);
    window.resize(1440, 900);
    window.show();
    QStringList titles;
    for (const ModePage* page : window.pages())
        titles << page->title();
    QCOMPARE(titles, QStringList({QStringLiteral("Policy"), QStringLiteral("Probelauf"),
                                  QStringLiteral("Traces"), QStringLiteral("Tuning"),
                                  QString::fromUtf8("Übersicht"), QStringLiteral("Versionen")}));
    QVERIFY(window.menuBar()->actions().constFirst()->text().contains(QStringLiteral("Datei")));

    // What still reads as the source does although it has a translation was asked for in another context.
    QSet<QString> english;
    QSet<QString> german;
    for (const Entry& message : read(pathOf(QStringLiteral("de")))) {
        english.insert(message.source);
        german.unite(QSet<QString>(message.translation.begin(), message.translation.end()));
    }
    english -= german;
    english.remove(QStringLiteral("text"));  // also a word of the policy's own language
    english.remove(QStringLiteral("shape")); // also the id of a trigger of the sample
    QStringList left;
    const auto look = [&](const QString& where) {
        const auto widgets = window.findChildren<QWidget*>();
        for (const QWidget* widget : widgets) {
            for (const QString& text : textsOf(widget)) {
                if (english.contains(text))
                    left << where + QStringLiteral(": ") + text;
            }
        }
    };
    for (const char* element : {"", "/cascade", "/router", "/router/map/0", "/rules/legal",
                                "/triggers/grounding", "/triggers/shape", "/tiers/T0", "/models/support-3b",
                                "/endpoints/onprem", "/rubrics/grounding", "/slo", "/retrieval"}) {
        window.goTo(QStringLiteral("policy"), QString::fromUtf8(element));
        QCoreApplication::processEvents();
        look(QString::fromUtf8(element));
    }
    for (const ModePage* page : window.pages()) {
        window.showMode(page->id());
        QTRY_VERIFY(page->isIdle());
        look(page->id());
    }
    left.removeDuplicates();
    QVERIFY2(left.isEmpty(), qPrintable(left.join(QLatin1Char('\n'))));
}

void TranslationsTest::englishHasPlurals()
{
    const auto errors = [](int n) {
        return QCoreApplication::translate("signalbox::TitleRow", "%n error(s)", nullptr, n);
    };
    installTranslations(QLocale(QLocale::English));
    QCOMPARE(errors(0), QStringLiteral("0 errors"));
    QCOMPARE(errors(1), QStringLiteral("1 error"));
    QCOMPARE(errors(20), QStringLiteral("20 errors"));
    installTranslations(QLocale(QLocale::German));
    QCOMPARE(errors(1), QStringLiteral("1 Fehler"));
    installTranslations(QLocale(QLocale::Finnish)); // a language that the window does not know
    QCOMPARE(errors(1), QStringLiteral("1 error"));
}

QTEST_MAIN(TranslationsTest)
#include "tst_translations.moc"
