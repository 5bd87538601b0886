// SPDX-License-Identifier: GPL-3.0-or-later
// Further ways to look at a prompt: several policies side by side, a recorded run again, the request behind a
// hop.
#include "ui/playground/playground_view.h"

#include "cascade/hop_request.h"
#include "routers/run_support.h"
#include "ui/playground/decision_column.h"
#include "ui/playground/hop_inspector.h"
#include "ui/playground/request_panel.h"
#include "ui/playground/timeline.h"
#include "ui/theme/text.h"

#include <QApplication>
#include <QClipboard>
#include <QStackedWidget>

#include <nlohmann/json.hpp>

namespace signalbox {

namespace {

/// The policy with one tier to ask: everything goes there and nothing goes on from there, but hard
/// constraints and locked routes hold as always.
Result<PolicyDocumentPtr> policyOnTier(const PolicyDocument& document, const std::string& tier)
{
    try {
        nlohmann::json json = nlohmann::json::parse(document.text);
        json["router"] = {{"kind", "fixed"}, {"otherwise", tier}};
        json["cascade"]["pattern"] = "direct";
        nlohmann::json rules = nlohmann::json::array();
        for (const nlohmann::json& rule : json.value("rules", nlohmann::json::array())) {
            const bool preference =
                rule.contains("route") && !rule.value("locked", false) && rule["route"] != "human";
            if (!preference)
                rules.push_back(rule);
        }
        json["rules"] = std::move(rules);
        PolicyDocumentPtr read = readPolicy(json.dump());
        if (!read->runnable())
            return fail("policy.has_errors",
                        "The policy cannot be run on this tier alone; send the prompt to all tiers instead.",
                        tier);
        return read;
    } catch (const nlohmann::json::exception&) {
        return fail("policy.has_errors", "The policy cannot be read.", tier);
    }
}

/// Once for the many ways to compare: a document, ready to decide.
Result<CompareWay> wayOf(const PolicyDocument& document, const QString& title)
{
    if (!document.runnable())
        return fail("policy.has_errors", "This version has errors and cannot be run.", ss(title));
    if (const Result<> may = mayRun(*document.policy); !may)
        return tl::unexpected<Error>(may.error());
    return CompareWay{title, std::make_shared<const CompiledPolicy>(document.policy), TraceMode::Policy};
}

} // namespace

bool PlaygroundPage::mayBegin() const
{
    return !m_view.isLive() && !m_preparing && !m_compare->isLive() && m_request->hasPrompt();
}

void PlaygroundPage::showMiddle()
{
    const int page = m_comparing && !m_compare->isEmpty()     ? 2
                     : m_view.state() == RunView::State::None ? 0
                                                              : 1;
    m_middle->setCurrentIndex(page);
    setWanted(m_decision, page != 2); // it speaks of the single run
}

void PlaygroundPage::askCompare()
{
    updateMay();
    if (!mayBegin() || !session().runs().isReady())
        return;
    auto* dialog = new CompareDialog(session(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { compare(dialog->choice()); });
    dialog->open();
}

void PlaygroundPage::compare(const CompareDialog::Choice& choice)
{
    if (!mayBegin())
        return;
    m_preparing = true;
    updateMay();
    using Ways = std::vector<CompareWay>;
    session().store().read(
        this,
        [choice, document = session().policy().document(),
         edited = tr("edited now")](WorkspaceReader& reader) -> Result<Ways> {
            Ways ways;
            for (const auto& [name, version] : choice.versions) {
                const auto stored = reader.policyByReference(ss(name) + "@" + std::to_string(version));
                if (!stored)
                    return tl::unexpected<Error>(stored.error());
                auto way = wayOf(*readPolicy(stored->text), QStringLiteral("%1 v%2").arg(name).arg(version));
                if (!way)
                    return tl::unexpected<Error>(way.error());
                ways.push_back(std::move(*way));
            }
            if (choice.edited || choice.tiers) {
                auto way = wayOf(*document, edited);
                if (!way)
                    return tl::unexpected<Error>(way.error());
                if (choice.edited)
                    ways.insert(ways.begin(), *way);
                if (choice.tiers)
                    ways.push_back({QString(), way->policy, TraceMode::AllTiers});
            }
            return ways;
        },
        [this, times = choice.times](Result<Ways> ways) {
            m_preparing = false;
            if (!ways)
                session().report(ways.error());
            else
                beginCompare(*ways, times);
            updateMay();
        });
}

void PlaygroundPage::beginCompare(const std::vector<CompareWay>& ways, int times)
{
    m_comparing = true;
    m_traceAsked.next();
    const Result<> begun = m_compare->begin(m_request->request(), ways, times);
    showMiddle();
    if (!begun)
        session().report(begun.error());
}

void PlaygroundPage::replay(const QString& tier)
{
    const TracePtr trace = m_view.trace();
    if (!trace || m_view.state() != RunView::State::Done || m_view.isLive() || m_preparing ||
        m_compare->isLive() || !session().runs().isReady())
        return;
    m_preparing = true;
    updateMay();
    session().store().compute(
        this,
        [document = session().policy().document(), tier, today = tr("today's policy"),
         alone = tr("on %1").arg(tier)]() -> Result<CompareWay> {
            if (tier.isEmpty())
                return wayOf(*document, today);
            if (!document->runnable())
                return wayOf(*document, alone);
            const auto only = policyOnTier(*document, ss(tier));
            if (!only)
                return tl::unexpected<Error>(only.error());
            return wayOf(**only, alone);
        },
        [this, trace](Result<CompareWay> way) {
            m_preparing = false;
            if (!way) {
                session().report(way.error());
            } else {
                m_comparing = true;
                Request request = requestOf(*trace);
                request.id.clear(); // it is no run of the dataset
                const Result<> begun = m_compare->beginReplay(
                    trace, m_view.compiled(), tr("as recorded, %1").arg(timeText(trace->startedAtMs)),
                    request, {*way});
                showMiddle();
                if (!begun)
                    session().report(begun.error());
            }
            updateMay();
        });
}

void PlaygroundPage::openTrace(const QString& id)
{
    if (m_view.isLive() || m_compare->isLive()) {
        session().say(tr("A request runs; stop it first, or wait until it is done."));
        return;
    }
    struct Opened
    {
        Trace trace;
        CompiledPolicyPtr policy;
        std::optional<Rating> rating;
    };
    const quint64 ticket = m_traceAsked.next();
    m_reading = true;
    session().store().read(
        this,
        [wanted = ss(id),
         document = session().policy().document()](WorkspaceReader& reader) -> Result<Opened> {
            auto trace = reader.trace(wanted);
            if (!trace)
                return tl::unexpected<Error>(trace.error());
            auto rating = reader.rating(wanted);
            if (!rating)
                return tl::unexpected<Error>(rating.error());
            // Its own policy where the workspace has it, else the one at hand.
            PolicyPtr policy = document->policy;
            if (!policy || policy->contentHash != trace->policyHash) {
                if (const auto own = reader.policyByHash(trace->policyHash)) {
                    if (const PolicyDocumentPtr read = readPolicy(own->text); read->policy)
                        policy = read->policy;
                }
            }
            if (!policy)
                return fail("policy.has_errors", "The policy of the trace cannot be read.", wanted);
            return Opened{std::move(*trace), std::make_shared<const CompiledPolicy>(policy), *rating};
        },
        [this, ticket](Result<Opened> opened) {
            if (!m_traceAsked.isCurrent(ticket))
                return;
            m_reading = false;
            if (!opened)
                session().report(opened.error());
            else
                showTrace(opened->trace, opened->policy, opened->rating);
        });
}

void PlaygroundPage::showTrace(const Trace& trace, const CompiledPolicyPtr& policy,
                               std::optional<Rating> rating)
{
    m_comparing = false;
    m_view = RunView::ofTrace(std::make_shared<const Trace>(trace), policy);
    m_request->setRequest(requestOf(trace));
    m_decision->setResolved(trace.resolved);
    m_decision->setRating(rating ? std::optional(rating->fit) : std::nullopt);
    showAll();
    updateMay();
}

void PlaygroundPage::copyCurl()
{
    if (!m_view.trace() || m_comparing)
        return;
    int last = -1;
    for (const Hop& hop : m_view.trace()->hops) {
        if (!hop.model.empty() && hop.status != HopStatus::Barred)
            last = hop.index;
    }
    const Result<QString> curl =
        curlOfHop(*m_view.compiled(), *m_view.trace(), last, session().sandboxBaseUrl());
    if (!curl) {
        session().say(tr("There is no request to copy: %1").arg(qs(curl.error().message)));
        return;
    }
    QApplication::clipboard()->setText(*curl);
    session().say(tr("The request was copied as cURL; $KEY stands for the key."));
}

void PlaygroundPage::inspect(int hop)
{
    if (!m_view.trace() || m_comparing)
        return;
    auto* inspector = new HopInspector(m_view.trace(), m_view.compiled(), session().sandboxBaseUrl(), this);
    inspector->setAttribute(Qt::WA_DeleteOnClose);
    connect(inspector, &HopInspector::said, &session(), &Session::say);
    if (hop >= 0)
        inspector->select(hop);
    inspector->open();
}

void PlaygroundPage::goOn()
{
    if (m_view.trace() && !m_view.trace()->answer.empty() && !m_view.isLive())
        m_request->goOn(m_view.trace()->answer);
}

} // namespace signalbox
