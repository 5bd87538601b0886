// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks an endpoint which models it offers, off the Qt thread. Qt thread only; the last question counts.

#include "providers/models.h"

#include <QObject>

#include <memory>
#include <string>

namespace signalbox {

class ModelOffers : public QObject
{
    Q_OBJECT
public:
    explicit ModelOffers(QObject* parent = nullptr);
    ~ModelOffers() override; ///< lets go of what is under way, without waiting for it

    /// `sandboxBaseUrl`: where sandbox://local is served.
    void ask(const Endpoint& endpoint, const std::string& sandboxBaseUrl);
    bool isAsking() const { return m_asking != nullptr; }

Q_SIGNALS:
    void answered(const signalbox::ModelsResult& result);

private:
    struct Asking;
    void letGo();

    std::shared_ptr<Asking> m_asking;
    quint64 m_ticket = 0;
};

} // namespace signalbox
