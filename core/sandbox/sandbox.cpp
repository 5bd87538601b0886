// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandbox.h"

#include "sandbox/session.h"

#include <future>
#include <thread>

namespace signalbox {

using sandbox::asio::ip::tcp;
namespace asio = sandbox::asio;
using sandbox::error_code;

struct Sandbox::Impl
{
    Impl(sandbox::Scenario scenario, std::uint64_t seed)
        : shared{sandbox::Responder(std::move(scenario), seed),
                 counts,
                 log,
                 [this] { faultsChanged(); },
                 {},
                 0},
          acceptor(context), retry(context), refusal(context)
    {
    }

    void accept()
    {
        acceptor.async_accept([this](error_code error, sandbox::Socket socket) {
            if (error == asio::error::operation_aborted || ending)
                return;
            if (error) { // out of descriptors, say: give the sessions time to end
                retry.expires_after(std::chrono::milliseconds(50));
                retry.async_wait([this](error_code cancelled) {
                    if (!cancelled)
                        accept();
                });
                return;
            }
            ++counts.connections;
            std::make_shared<sandbox::Session>(std::move(socket), shared)->run();
            accept();
        });
    }

    /// Binds to the port; listening is a step of its own.
    error_code bind(int wanted)
    {
        const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), static_cast<unsigned short>(wanted));
        error_code error;
        acceptor.open(endpoint.protocol(), error);
        if (!error)
            acceptor.set_option(asio::socket_base::reuse_address(true), error);
        if (!error)
            acceptor.bind(endpoint, error);
        return error;
    }

    void faultsChanged()
    {
        const sandbox::Fault* refusing = shared.responder.faults().refusing();
        if (refusing && !closed)
            closePort(refusing->id, refusing->forMs);
        else if (!refusing && closed)
            openPort();
    }

    /// A socket that is bound and does not listen refuses connections, and keeps the port ours.
    void closePort(const std::string& faultId, double forMs)
    {
        closed = true;
        error_code ignored;
        retry.cancel();
        acceptor.close(ignored);
        bind(port);
        const std::set<sandbox::Session*> sessions = shared.sessions;
        for (sandbox::Session* session : sessions)
            session->closeSoon();
        refusal.expires_after(std::chrono::duration_cast<sandbox::Clock::duration>(
            std::chrono::duration<double, std::milli>(forMs)));
        refusal.async_wait([this, faultId](error_code cancelled) {
            if (cancelled)
                return;
            shared.responder.faults().set(faultId, false);
            openPort();
        });
    }

    void openPort()
    {
        if (ending)
            return;
        refusal.cancel();
        error_code error;
        if (!acceptor.is_open())
            error = bind(port);
        if (!error)
            acceptor.listen(1024, error);
        if (!error) {
            closed = false;
            accept();
            return;
        }
        acceptor.close(error); // the port is somebody else's for now
        refusal.expires_after(std::chrono::milliseconds(50));
        refusal.async_wait([this](error_code cancelled) {
            if (!cancelled)
                openPort();
        });
    }

    /// Runs a task on the sandbox's thread and waits for it.
    template <class Task>
    auto onThread(Task task)
    {
        std::packaged_task<decltype(task())()> packaged(std::move(task));
        auto done = packaged.get_future();
        asio::post(context, [&packaged] { packaged(); });
        return done.get();
    }

    sandbox::Counts counts;
    sandbox::RequestLog log;
    sandbox::Shared shared;
    sandbox::Context context{1}; // one thread: no locking of the reactor
    sandbox::Acceptor acceptor;
    sandbox::Timer retry;
    sandbox::Timer refusal; ///< until a closed port opens again
    int port = 0;
    bool closed = false; ///< the port, by a fault
    bool ending = false;
    std::thread thread;
};

Sandbox::Sandbox() = default;

Result<std::unique_ptr<Sandbox>> Sandbox::start(const SandboxOptions& options)
{
    auto scenario = sandbox::readScenario(options.scenarioJson.empty() ? sandbox::kDefaultScenario
                                                                       : options.scenarioJson);
    if (!scenario)
        return tl::unexpected(scenario.error());
    const std::string where = "127.0.0.1:" + std::to_string(options.port);
    if (options.port < 0 || options.port > 65535)
        return fail("sandbox.port_in_use", "A port is a number from 0 to 65535.", where);

    std::unique_ptr<Sandbox> sandbox(new Sandbox);
    sandbox->m_impl = std::make_unique<Impl>(std::move(*scenario), options.seed);
    Impl& impl = *sandbox->m_impl;
    std::vector<sandbox::Aim> aims;
    for (const std::string& id : options.faults)
        aims.push_back({id});
    if (const Result<> set = impl.shared.responder.faults().set({}, aims); !set)
        return tl::unexpected(set.error());
    if (!options.logPath.empty()) {
        if (const Result<> opened = impl.log.openFile(options.logPath); !opened)
            return tl::unexpected(opened.error());
    }
    error_code error = impl.bind(options.port);
    if (!error)
        impl.acceptor.listen(1024, error);
    if (error) {
        return fail("sandbox.port_in_use",
                    "The sandbox cannot listen on " + where + ": " + error.message() +
                        ". Choose another port, or 0 for any free one.",
                    where);
    }
    impl.port = impl.acceptor.local_endpoint(error).port();
    impl.accept();
    impl.faultsChanged();
    impl.thread = std::thread([&impl] { impl.context.run(); });
    return sandbox;
}

Sandbox::~Sandbox()
{
    if (!m_impl || !m_impl->thread.joinable())
        return;
    asio::post(m_impl->context, [impl = m_impl.get()] {
        error_code ignored;
        impl->ending = true;
        impl->acceptor.close(ignored);
        impl->retry.cancel();
        impl->refusal.cancel();
        const std::set<sandbox::Session*> sessions = impl->shared.sessions;
        for (sandbox::Session* session : sessions)
            session->close();
    });
    m_impl->thread.join();
}

int Sandbox::port() const
{
    return m_impl->port;
}

std::string Sandbox::baseUrl() const
{
    return "http://127.0.0.1:" + std::to_string(m_impl->port);
}

SandboxCounters Sandbox::counters() const
{
    const sandbox::Counts& counts = m_impl->counts;
    return {counts.requests.load(), counts.completed.load(), counts.faulted.load(),
            counts.connections.load()};
}

Result<> Sandbox::setFault(const std::string& id, bool on)
{
    return m_impl->onThread([this, id, on]() -> Result<> {
        sandbox::FaultBook& faults = m_impl->shared.responder.faults();
        const std::array<std::string, 1> ids = {id};
        const std::array<sandbox::Aim, 1> aims = {sandbox::Aim{id}};
        const Result<> set = on ? faults.set({}, aims) : faults.set(ids, {});
        if (set)
            m_impl->faultsChanged();
        return set;
    });
}

std::string Sandbox::faultsJson() const
{
    return m_impl->onThread([this] { return m_impl->shared.responder.faults().stateJson(); });
}

std::string Sandbox::log() const
{
    return m_impl->log.text();
}

} // namespace signalbox
