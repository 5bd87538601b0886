// SPDX-License-Identifier: GPL-3.0-or-later
// The window on what endpoints offer, driven by its controls against a server: models are listed, told apart from those
// that the policy has, and added.
#include "session_bench.h"
#include "policy/edit.h"
#include "tests/support/scripted_server.h"
#include "ui/policy/offers_dialog.h"

#include <QUndoStack>
#include <QtTest>
#include <QtWidgets>

#include <algorithm>
#include <atomic>

using namespace signalbox;

namespace {

template <class T>
T* in(const QWidget& window, const char* name)
{
    T* found = window.findChild<T*>(QLatin1String(name));
    if (!found)
        qFatal("there is no %s", name);
    return found;
}

testing::Script listOf(const std::string& models)
{
    return {testing::send(testing::response("200 OK", "Content-Type: application/json\r\n", R"({"data":[)" + models + "]}"))};
}

/// How often it was asked for its models; the window asks each server for its faults, too.
int asked(testing::ScriptedServer& server)
{
    return static_cast<int>(std::ranges::count_if(server.seen(), [](const testing::SeenRequest& one) { return one.head.starts_with("GET /v1/models"); }));
}

/// The cell of a model's row, by its name.
QString cell(const OffersDialog& window, const QString& model, int column)
{
    const QAbstractItemModel* rows = in<QTreeView>(window, "offersList")->model();
    for (int row = 0; row < rows->rowCount(); ++row) {
        if (rows->index(row, 0).data().toString() == model)
            return rows->index(row, column).data().toString();
    }
    return QStringLiteral("(none)");
}

void choose(const OffersDialog& window, const QString& model)
{
    auto* list = in<QTreeView>(window, "offersList");
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        if (list->model()->index(row, 0).data().toString() == model)
            list->selectionModel()->select(list->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

} // namespace

class OffersTest : public QObject
{
    Q_OBJECT

    static void pointTo(Session& session, const std::string& url)
    {
        std::string text = session.policy().document()->text;
        for (const Endpoint& endpoint : session.policy().document()->policy->endpoints)
            text = *setValue(text, "/endpoints/" + endpoint.id + "/base_url", "\"" + url + "\"");
        session.policy().applyText(text, QStringLiteral("point"));
    }

private Q_SLOTS:
    void listsWhatTheSandboxOffers()
    {
        testing::Bench bench(testing::kInstant, 0);
        OffersDialog window(bench.session);
        window.show();
        auto* list = in<QTreeView>(window, "offersList");
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 4, 20'000);
        QVERIFY(in<QLabel>(window, "offersSummary")->text().contains(QLatin1Char('4')));
        for (const Model& model : bench.session.policy().document()->policy->models) {
            if (model.endpoint == 0)
                QCOMPARE(cell(window, QString::fromStdString(model.name), 1), QString::fromStdString(model.id));
        }
        in<QLineEdit>(window, "offersSearch")->setText(QStringLiteral("front"));
        QCOMPARE(list->model()->rowCount(), 1);
        QVERIFY(!in<QPushButton>(window, "offersAdd")->isEnabled());
    }

    void addsWhatIsChosenAsOneStep()
    {
        testing::ScriptedServer server([](const testing::SeenRequest&) {
            return listOf(R"({"id":"maker/new","name":"Maker: New","context_length":64000,)"
                          R"("pricing":{"prompt":"0.000002","completion":"0.000008","input_cache_write":"0.0000025"}},)"
                          R"({"id":"maker/other"},{"id":"frontier"})");
        });
        testing::Bench bench(testing::kInstant, 0);
        pointTo(bench.session, server.url());
        const std::string before = bench.session.policy().document()->text;
        const std::string endpoint = bench.session.policy().document()->policy->endpoints[0].id;
        OffersDialog window(bench.session);
        window.show();
        QTRY_COMPARE_WITH_TIMEOUT(cell(window, QStringLiteral("maker/new"), 1), QString(), 20'000);
        QVERIFY(cell(window, QStringLiteral("maker/new"), 4).contains(QLatin1Char('8')));
        choose(window, QStringLiteral("maker/new"));
        choose(window, QStringLiteral("maker/other"));
        QVERIFY(in<QPushButton>(window, "offersAdd")->isEnabled());
        QTest::mouseClick(in<QPushButton>(window, "offersAdd"), Qt::LeftButton);

        const PolicyPtr policy = bench.session.policy().document()->policy;
        const auto added = std::ranges::find(policy->models, "new", &Model::id);
        QVERIFY(added != policy->models.end());
        QCOMPARE(added->name, std::string("maker/new"));
        QCOMPARE(added->endpointId, endpoint);
        QCOMPARE(added->contextTokens, 64000);
        QCOMPARE(added->price->inputPerMtok, std::optional(2.0));
        QCOMPARE(added->price->cacheWritePerMtok, std::optional(2.5));
        QVERIFY(!added->price->asOf.empty() && added->price->source.find(endpoint) != std::string::npos);
        QVERIFY(std::ranges::find(policy->models, "other", &Model::id) != policy->models.end());
        QVERIFY(bench.session.policy().document()->runnable());
        // It is there now, and cannot be added again.
        QCOMPARE(cell(window, QStringLiteral("maker/new"), 1), QStringLiteral("new"));
        choose(window, QStringLiteral("maker/new"));
        QVERIFY(!in<QPushButton>(window, "offersAdd")->isEnabled());
        QCOMPARE(asked(server), 1);
        bench.session.policy().undoStack()->undo();
        QCOMPARE(bench.session.policy().document()->text, before);
    }

    void saysWhatIsWrong()
    {
        std::atomic<int> lists = 0;
        testing::ScriptedServer server([&lists](const testing::SeenRequest& seen) {
            return !seen.head.starts_with("GET /v1/models") || ++lists == 1 ? testing::Script{testing::send(testing::response(
                                          "401 No", "Content-Type: application/json\r\n", R"({"error":{"message":"Bad key"}})"))}
                                    : listOf(R"({"id":"only"})");
        });
        testing::Bench bench(testing::kInstant, 0);
        pointTo(bench.session, server.url());
        OffersDialog window(bench.session);
        window.show();
        auto* problem = in<QLabel>(window, "offersProblem");
        QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), 20'000);
        QVERIFY2(problem->text().contains(QStringLiteral("Bad key")), qPrintable(problem->text()));
        QTest::mouseClick(in<QPushButton>(window, "offersAgain"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(in<QTreeView>(window, "offersList")->model()->rowCount(), 1, 20'000);
        // The policy calls models that are not among them.
        QVERIFY2(problem->isVisible() && problem->text().contains(QStringLiteral("support-3b-ft")), qPrintable(problem->text()));
    }

    void closesWhileItAsks()
    {
        testing::ScriptedServer server([](const testing::SeenRequest&) { return testing::Script{testing::pauseAt("never")}; });
        testing::Bench bench(testing::kInstant, 0);
        pointTo(bench.session, server.url());
        auto window = std::make_unique<OffersDialog>(bench.session);
        window->show();
        QTRY_VERIFY_WITH_TIMEOUT(asked(server) == 1, 20'000);
        QVERIFY(!in<QPushButton>(*window, "offersAgain")->isEnabled());
        window.reset();
        QThreadPool::globalInstance()->waitForDone();
    }
};

QTEST_MAIN(OffersTest)
#include "tst_offers.moc"
