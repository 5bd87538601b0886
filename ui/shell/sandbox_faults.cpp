// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sandbox_faults.h"

#include "ui/theme/text.h"

#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <memory>

namespace signalbox {

namespace {

constexpr int kPollEveryMs = 1000;

/// "http://127.0.0.1:PORT" of an endpoint on this machine, else "".
std::string loopbackOrigin(const std::string& baseUrl)
{
    const QUrl url(qs(baseUrl));
    const QString host = url.host();
    if (url.scheme() != QLatin1String("http") || url.port() < 0 ||
        (host != QLatin1String("127.0.0.1") && host != QLatin1String("localhost")))
        return {};
    return "http://127.0.0.1:" + std::to_string(url.port());
}

} // namespace

SandboxFaults::SandboxFaults(QObject* parent) : QObject(parent), m_poll(new QTimer(this))
{
    // Some go off by themselves.
    m_poll->setInterval(kPollEveryMs);
    connect(m_poll, &QTimer::timeout, this, &SandboxFaults::refresh);
}

SandboxFaults::~SandboxFaults() = default;

void SandboxFaults::setTransport(Transport* transport, const std::string& ownBaseUrl)
{
    ++m_epoch;
    m_asking = 0;
    m_transport = transport;
    m_own = ownBaseUrl;
    m_candidates.clear();
    m_at.clear();
    m_faults.clear();
    m_poll->stop();
    findAddresses();
}

void SandboxFaults::setPolicy(const PolicyPtr& policy)
{
    if (!policy || policy == m_policy)
        return; // a text with an error in it keeps the sandbox of the one before
    m_policy = policy;
    findAddresses();
}

void SandboxFaults::findAddresses()
{
    std::vector<std::string> candidates;
    std::vector<FaultTarget> targets;
    if (m_policy && m_transport) {
        std::vector<char> served;
        for (const Endpoint& endpoint : m_policy->endpoints) {
            const std::string origin = endpoint.isSandbox() ? m_own : loopbackOrigin(endpoint.baseUrl);
            served.push_back(!origin.empty());
            if (!origin.empty() &&
                std::find(candidates.begin(), candidates.end(), origin) == candidates.end())
                candidates.push_back(origin);
        }
        const auto isServed = [&](const Model& model) {
            return model.endpoint >= 0 && served[static_cast<std::size_t>(model.endpoint)] != 0;
        };
        const auto add = [&](FaultTarget target) {
            if (!target.models.empty())
                targets.push_back(std::move(target));
        };
        targets.push_back({tr("Every model"), -1, {}});
        for (std::size_t i = 0; i < m_policy->tiers.size(); ++i) {
            const Tier& tier = m_policy->tiers[i];
            FaultTarget target{qs(tier.id), static_cast<int>(i), {}};
            for (const int model : tier.models) {
                if (model >= 0 && isServed(m_policy->models[static_cast<std::size_t>(model)]))
                    target.models.push_back(m_policy->models[static_cast<std::size_t>(model)].name);
            }
            add(std::move(target));
        }
        for (const Rubric& rubric : m_policy->rubrics) {
            if (rubric.model < 0 || !isServed(m_policy->models[static_cast<std::size_t>(rubric.model)]))
                continue;
            FaultTarget target{
                tr("Judge %1").arg(qs(m_policy->models[static_cast<std::size_t>(rubric.model)].id)),
                -1,
                {m_policy->models[static_cast<std::size_t>(rubric.model)].name}};
            if (std::none_of(targets.begin(), targets.end(),
                             [&](const FaultTarget& known) { return known.label == target.label; }))
                add(std::move(target));
        }
        for (std::size_t e = 0; e < m_policy->endpoints.size(); ++e) {
            if (!served[e])
                continue;
            FaultTarget target{tr("Endpoint %1").arg(qs(m_policy->endpoints[e].id)), -1, {}};
            for (const Model& model : m_policy->models) {
                if (model.endpoint == static_cast<int>(e))
                    target.models.push_back(model.name);
            }
            add(std::move(target));
        }
    }
    m_targets = std::move(targets);
    if (candidates == m_candidates && m_state != State::NotReached) {
        Q_EMIT changed();
        return;
    }
    m_candidates = std::move(candidates);
    m_at.clear();
    m_faults.clear();
    ++m_epoch;
    m_asking = 0;
    if (m_candidates.empty()) {
        m_poll->stop();
        setState(State::NoneToAsk);
        return;
    }
    setState(State::Asking);
    askNext(0, {});
}

template <class Use>
OnFaults SandboxFaults::onQtThread(Use use)
{
    ++m_asking;
    const QPointer<SandboxFaults> self(this);
    return [self, epoch = m_epoch, use = std::move(use)](Result<std::vector<FaultState>> found) {
        auto result = std::make_shared<Result<std::vector<FaultState>>>(std::move(found));
        QMetaObject::invokeMethod(
            qApp,
            [self, epoch, use, result] {
                if (!self || epoch != self->m_epoch)
                    return;
                --self->m_asking;
                use(std::move(*result));
            },
            Qt::QueuedConnection);
    };
}

void SandboxFaults::askNext(std::size_t candidate, Then then)
{
    const std::string at = m_candidates[candidate];
    askFaults(*m_transport, at,
              onQtThread([this, at, candidate, then](Result<std::vector<FaultState>> found) {
                  if (found) {
                      m_at = at;
                      take(std::move(*found));
                      if (then)
                          then(m_faults);
                      return;
                  }
                  if (candidate + 1 < m_candidates.size()) {
                      askNext(candidate + 1, then);
                      return;
                  }
                  m_at.clear();
                  m_faults.clear();
                  setState(State::NotReached, qs(found.error().message));
                  if (then)
                      then(m_faults);
              }));
}

void SandboxFaults::take(std::vector<FaultState> faults)
{
    const bool same = m_state == State::Ready && faults == m_faults;
    m_faults = std::move(faults);
    const bool anyOn =
        std::any_of(m_faults.begin(), m_faults.end(), [](const FaultState& fault) { return fault.on; });
    if (anyOn && !m_poll->isActive())
        m_poll->start();
    else if (!anyOn)
        m_poll->stop();
    if (!same)
        setState(State::Ready);
}

void SandboxFaults::setState(State state, const QString& problem)
{
    m_state = state;
    m_problem = problem;
    Q_EMIT changed();
}

QString SandboxFaults::address() const
{
    return qs(m_at);
}

std::vector<FaultState> SandboxFaults::switchedOn() const
{
    std::vector<FaultState> on;
    std::copy_if(m_faults.begin(), m_faults.end(), std::back_inserter(on),
                 [](const FaultState& fault) { return fault.on; });
    return on;
}

const FaultState* SandboxFaults::fault(const QString& id) const
{
    const auto found =
        std::find_if(m_faults.begin(), m_faults.end(),
                     [wanted = ss(id)](const FaultState& fault) { return fault.id == wanted; });
    return found == m_faults.end() ? nullptr : &*found;
}

QString SandboxFaults::targetOf(const FaultState& fault) const
{
    if (fault.models.empty())
        return {};
    for (const FaultTarget& target : m_targets) {
        if (target.models == fault.models)
            return target.label;
    }
    QStringList names;
    for (const std::string& model : fault.models)
        names << qs(model);
    return names.join(QStringLiteral(", "));
}

void SandboxFaults::refresh()
{
    if (m_transport && !m_candidates.empty() && m_asking == 0)
        askNext(0, {});
}

void SandboxFaults::whenFresh(QObject* context, std::function<void(const std::vector<FaultState>&)> use)
{
    if (!m_transport || m_candidates.empty()) {
        use(m_faults);
        return;
    }
    askNext(
        0, [guard = QPointer<QObject>(context), use = std::move(use)](const std::vector<FaultState>& faults) {
            if (guard)
                use(faults);
        });
}

void SandboxFaults::send(const FaultSwitches& switches)
{
    if (!m_transport || m_at.empty())
        return;
    switchFaults(*m_transport, m_at, switches, onQtThread([this](Result<std::vector<FaultState>> found) {
        if (found)
            take(std::move(*found));
        else
            Q_EMIT failed(found.error());
    }));
}

void SandboxFaults::switchOn(const FaultAim& aim)
{
    send({{}, {aim}});
}

void SandboxFaults::switchOff(const QString& id)
{
    send({{ss(id)}, {}});
}

void SandboxFaults::switchAllOff()
{
    send({{"*"}, {}});
}

} // namespace signalbox
