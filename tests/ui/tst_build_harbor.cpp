// SPDX-License-Identifier: GPL-3.0-or-later
// A person who has never seen JSON builds the Harbor Support policy from an empty canvas, once with the mouse
// and once with the keyboard, by events to the window alone; breaks it in ten ways, takes everything back and
// makes it again, exports it and imports it. What the policy is to be is read from the sample, element by
// element.
#include "person.h"
#include "session_bench.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/main_window.h"

using namespace signalbox;
using namespace signalbox::testing;

namespace {

/// File dialogs are answered beforehand.
class ScriptedDialogs : public Dialogs
{
public:
    int ask(QWidget*, const QString&, const QString&, const QStringList& buttons, int, int) override
    {
        return static_cast<int>(buttons.indexOf(QStringLiteral("Discard")));
    }
    void tell(QWidget*, const QString&, const QString&, QMessageBox::Icon) override {}
    QString openFile(QWidget*, const QString&, const QString&, const QString&) override { return file; }
    QString saveFile(QWidget*, const QString&, const QString&, const QString&) override { return file; }
    QString askText(QWidget*, const QString&, const QString&, const QString& value, bool* ok) override
    {
        *ok = true;
        return value;
    }
    QString file;
};

} // namespace

class BuildHarborTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QCoreApplication::setOrganizationName(q("SignalboxTest"));
        QCoreApplication::setApplicationName(q("tst_build_harbor"));
        Theme::instance().apply(*qApp);
        const std::string text = fileText(q("resources/samples/harbor-support.policy.json"));
        m_paper = Json::parse(text);
        m_hash = readPolicy(text)->policy->contentHash;
        m_canonical = *canonicalPolicyText(text);
    }
    void byMouse() { with<MouseHands>(); }
    void byKeyboard() { with<KeyHands>(); }

private:
    template <class HandsKind>
    void with()
    {
        Bench bench(kInstant, 1);
        ScriptedDialogs dialogs;
        Dialogs::setCurrent(&dialogs);
        const auto natively = qScopeGuard([] { Dialogs::setCurrent(nullptr); });
        MainWindow window(bench.session);
        window.resize(1280, 860);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        HandsKind hands(window);
        Person person(hands, bench.session.policy());
        try {
            wholeWay(person, dialogs, bench.directory.filePath(q("exported.json")));
        } catch (const std::exception& clumsy) {
            if (const QString picture = qEnvironmentVariable("SIGNALBOX_PICTURES"); !picture.isEmpty())
                window.grab().save(picture + q("/harbor.png"));
            QFAIL(clumsy.what());
        }
    }

    void wholeWay(Person& person, ScriptedDialogs& dialogs, const QString& file)
    {
        person.beginEmpty();
        const std::string empty = person.text();
        const Json blank = Json::parse(empty);
        need(!blank.contains("tiers") || blank["tiers"].empty(), q("the canvas is not empty"));
        build(person);
        need(person.hash() == m_hash, q("it is another policy: ") + q(person.text()));
        person.hands().menu({q("Policy"), q("Format")});
        need(person.text() == m_canonical, q("formatted, it is not the canonical form of the sample"));
        const QStringList sound = person.problems();
        need(!sound.contains(q("error")), q("the policy has errors: ") + sound.join(q(", ")));
        breakAndMend(person, sound);
        travel(person, empty);

        dialogs.file = file;
        person.hands().menu({q("File"), q("Export Policy")});
        need(QFile::exists(file), q("nothing was exported"));
        person.beginEmpty();
        need(person.text() == empty, q("the new policy is not empty"));
        dialogs.file = file;
        person.hands().menu({q("File"), q("Open Policy")});
        need(person.hash() == m_hash, q("what was imported is another policy"));
        need(person.problems() == sound, q("what was imported has other problems"));
    }

    void build(Person& person)
    {
        person.select(QString());
        for (const char* key : {"name", "priority", "system_prompt", "copy"})
            person.fill(q("/") + q(key), m_paper[key]);
        for (const char* list : {"endpoints", "models", "rubrics"}) {
            qsizetype position = 0;
            person.select(q("/") + q(list));
            for (const Json& element : m_paper[list])
                person.element(q("/") + q(list), position++, element);
        }
        // The tiers come into being on the canvas, and so does the way of everything that nothing else
        // decides.
        for (const Json& tier : m_paper["tiers"])
            person.element(q("/tiers"), -1, tier, [&] { person.addOnCanvas("addTier", Qt::Key_T); });
        person.connectNodes(q("/router"), q("/tiers/T2"), q("T2"), {});
        buildRules(person);
        need(person.said(q("/router/otherwise")) == "T2", q("the drawn way does not lead to T2"));
        for (const char* part : {"router", "cascade"}) {
            person.select(q("/") + q(part));
            person.object(q("/") + q(part), m_paper[part]);
        }
        for (const Json& trigger : m_paper["triggers"]) {
            std::function<void()> make;
            if (trigger["id"] == "grounding")
                make = [&] { person.addOnCanvas("addTrigger", Qt::Key_G); };
            person.element(q("/triggers"), -1, trigger, make);
        }
        for (const char* part : {"retrieval", "slo"}) {
            person.select(q("/") + q(part));
            person.object(q("/") + q(part), m_paper[part]);
        }
    }

    /// Two rules are drawn, to a person and to a tier; the second is then moved down to its place.
    void buildRules(Person& person)
    {
        const auto rule = [this](const char* id) {
            return *std::find_if(m_paper["rules"].begin(), m_paper["rules"].end(),
                                 [id](const Json& each) { return each["id"] == id; });
        };
        person.element(q("/rules"), -1, rule("person"),
                       [&] { person.connectNodes(q("/rules"), q(kPersonPointer), q("to a person"), {}); });
        person.element(q("/rules"), -1, rule("legal"),
                       [&] { person.connectNodes(q("/rules"), q("/tiers/T2"), q("to T2"), {}); });
        for (const char* id : {"card-number", "vision-gap", "enterprise"})
            person.element(q("/rules"), -1, rule(id));
        person.select(q("/rules"));
        person.press(q("down:/rules/legal"));
        person.press(q("down:/rules/legal"));
    }

    /// Breaks the policy in ten ways, sees the right diagnostic each time, goes to it, and takes the break
    /// back.
    void breakAndMend(Person& person, const QStringList& sound)
    {
        struct Break
        {
            const char* what;
            const char* seen; ///< code and place
            std::function<void()> make;
        };
        const auto field = [&](const char* element, const char* pointer, const Json& value) {
            return [&person, element, pointer, value] {
                person.select(q(element));
                person.fill(q(pointer), value);
            };
        };
        const auto text = [&](const char* element, const char* from, const char* to) {
            return [&person, element, from, to] { person.rewrite(q(element), q(from), q(to)); };
        };
        const std::vector<Break> breaks = {
            {"the judge has nothing to ask", "SB0206 /rubrics/grounding/instructions",
             field("/rubrics/grounding", "/rubrics/grounding/instructions", "")},
            {"a rung that does not exist", "SB0304 /cascade/order/2", text("/cascade", "\"T2\"", "\"T9\"")},
            {"two tiers of one name", "SB0301 /tiers/1/id", text("/tiers/T1", "\"T1\"", "\"T0\"")},
            {"a price per token", "SB1103 /models/frontier/price/input_per_mtok",
             text("/models/frontier", "\"input_per_mtok\": 3", "\"input_per_mtok\": 0.000003")},
            {"a rule without a word", "SB0501 /rules/legal/when",
             field("/rules/legal", "/rules/legal/when/keyword", Json::array())},
            {"a threshold that is not on its scale", "SB0204 /triggers/grounding/below",
             text("/triggers/grounding", "3.5", "9")},
            {"a tier that takes more than its model can hold", "SB1204 /tiers/T0/budget/max_input_tokens",
             field("/tiers/T0", "/tiers/T0/budget/max_input_tokens", 100000)},
            {"no way to a person", "SB1003 /cascade",
             [&] {
                 person.select(q("/rules/person"));
                 if (person.hands().isMouse())
                     person.press(q("deleteElement"));
                 else
                     person.hands().key(Qt::Key_Delete);
             }},
            {"a key where its name belongs", "SB0401 /endpoints/cloud/key/env",
             field("/endpoints/cloud", "/endpoints/cloud/key/env",
                   "sk-proj-4f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c")},
            {"a key of the language misspelt", "SB0201 /router/otherwize",
             text("/router", "otherwise", "otherwize")},
        };
        for (const Break& each : breaks) {
            const std::string before = person.text();
            each.make();
            need(QTest::qWaitFor([&] { return person.text() != before; }),
                 q(each.what) + q(" could not be made"));
            need(!sound.contains(q(each.seen)), q(each.what) + q(" was so before"));
            const QStringList seen = person.problems();
            need(seen.contains(q(each.seen)), q(each.what) + q(" is seen as ") + seen.join(q(", ")));
            person.goToProblem(static_cast<int>(seen.indexOf(q(each.seen))));
            m_last = person.text();
            for (int steps = 0; steps < 4 && person.text() != before; ++steps)
                person.hands().undo();
            need(person.text() == before, q(each.what) + q(" was not taken back"));
            need(person.problems() == sound, q(each.what) + q(" has left problems"));
        }
    }

    /// Back to the beginning and on to the end again.
    void travel(Person& person, const std::string& empty)
    {
        const std::string sound = person.text();
        person.toTheBeginning();
        need(person.text() == empty, q("the beginning has other bytes"));
        person.toTheEnd(); // the last break was taken back, so it is made again
        need(person.text() == m_last, q("the end has other bytes"));
        person.hands().undo();
        need(person.text() == sound, q("the sound policy has other bytes"));
    }

    QTemporaryDir m_settings;
    Json m_paper;
    std::string m_hash;
    std::string m_canonical;
    std::string m_last; ///< with the last break in it
};

QTEST_MAIN(BuildHarborTest)
#include "tst_build_harbor.moc"
