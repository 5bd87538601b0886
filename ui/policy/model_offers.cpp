// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/policy/model_offers.h"

#include "cascade/hop_request.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <utility>

namespace signalbox {

/// In the order in which they come up; they go down in the opposite one, the call on the network's thread.
struct ModelOffers::Asking
{
    EnvironmentSecrets secrets;
    std::shared_ptr<ModelsCall> call;
    Transport transport;

    ~Asking()
    {
        transport.post([this] { call.reset(); }); // runs before the thread ends, which it does next
    }
};

ModelOffers::ModelOffers(QObject* parent) : QObject(parent) {}

ModelOffers::~ModelOffers()
{
    letGo();
}

void ModelOffers::ask(const Endpoint& endpoint, const std::string& sandboxBaseUrl)
{
    letGo();
    const quint64 ticket = ++m_ticket;
    m_asking = std::make_shared<Asking>();
    ModelsRequest request;
    request.protocol = endpoint.protocol;
    request.baseUrl = addressOf(endpoint, sandboxBaseUrl);
    request.key = endpoint.key;
    const auto tell = [self = QPointer<ModelOffers>(this), ticket](ModelsResult result) {
        QMetaObject::invokeMethod(
            qApp,
            [self, ticket, result = std::move(result)] {
                if (!self || self->m_ticket != ticket)
                    return;
                self->letGo();
                Q_EMIT self->answered(result);
            },
            Qt::QueuedConnection);
    };
    m_asking->transport.post([asking = m_asking.get(), request = std::move(request), tell]() mutable {
        asking->call = ModelsCall::start(asking->transport, asking->secrets, std::move(request), tell);
    });
}

/// Taking it down waits for the network; nobody here should.
void ModelOffers::letGo()
{
    ++m_ticket;
    if (m_asking)
        QThreadPool::globalInstance()->start([asking = std::exchange(m_asking, nullptr)]() mutable { asking.reset(); });
}

} // namespace signalbox
