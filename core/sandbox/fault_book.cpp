// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/fault_book.h"

#include "base/ids.h"
#include "base/json_writer.h"
#include "base/random.h"

#include <algorithm>

namespace signalbox::sandbox {

FaultBook::FaultBook(std::vector<Fault> faults, std::uint64_t seed)
    : m_faults(std::move(faults)), m_states(m_faults.size()), m_seed(seed)
{
    for (std::size_t i = 0; i < m_faults.size(); ++i)
        m_states[i].on = m_faults[i].on;
}

bool FaultBook::selects(std::size_t index, std::uint64_t n) const
{
    const Fault& fault = m_faults[index];
    if (fault.every > 0)
        return n % static_cast<std::uint64_t>(fault.every) == 0;
    if (fault.first > 0)
        return n <= static_cast<std::uint64_t>(fault.first);
    if (!fault.nth.empty())
        return n <= 1'000'000'000 &&
               std::binary_search(fault.nth.begin(), fault.nth.end(), static_cast<int>(n));
    return Random(hash64("fault " + std::to_string(index) + " " + std::to_string(n), m_seed)).uniform() <
           fault.probability;
}

bool FaultBook::concerns(std::size_t index, std::string_view model) const
{
    const std::vector<std::string>& aimed = m_states[index].models;
    if (!aimed.empty())
        return std::find(aimed.begin(), aimed.end(), model) != aimed.end();
    return m_faults[index].model.empty() || m_faults[index].model == model;
}

Hit FaultBook::hit(Fault::Kind wanted, bool only, std::string_view model)
{
    Hit found;
    for (std::size_t i = 0; i < m_faults.size(); ++i) {
        const Fault& fault = m_faults[i];
        State& state = m_states[i];
        if (!state.on || fault.kind == Fault::Kind::Refuse || (fault.kind == wanted) != only ||
            !concerns(i, model))
            continue;
        if (selects(i, ++state.requests) && !found)
            found = {&fault, i, ++state.hits};
        if (state.left > 0 && --state.left == 0)
            state.on = false;
    }
    return found;
}

Hit FaultBook::hitRequest(std::string_view model)
{
    return hit(Fault::Kind::EarlyClose, false, model);
}

Hit FaultBook::hitHeaders()
{
    return hit(Fault::Kind::EarlyClose, true, {});
}

bool FaultBook::set(std::string_view id, bool on)
{
    bool known = false;
    for (std::size_t i = 0; i < m_faults.size(); ++i) {
        if (m_faults[i].id.empty() || (id != "*" && m_faults[i].id != id))
            continue;
        known = true;
        if (on && (!m_states[i].on || !m_states[i].models.empty() || m_states[i].left > 0))
            m_states[i] = {};
        m_states[i].on = on;
    }
    return known || id == "*";
}

Result<> FaultBook::mayBe(const Aim& aim) const
{
    bool known = aim.id == "*";
    for (const Fault& fault : m_faults) {
        if (fault.id.empty() || (aim.id != "*" && aim.id != fault.id))
            continue;
        known = true;
        // Which model a request is for stands in its body, which these two never see.
        if (!aim.models.empty() &&
            (fault.kind == Fault::Kind::EarlyClose || fault.kind == Fault::Kind::Refuse))
            return fail("sandbox.fault_not_aimed",
                        "The fault \"" + fault.id + "\" hits every model and cannot be aimed at one.",
                        fault.id);
        if (aim.next > 0 && fault.kind == Fault::Kind::Refuse)
            return fail("sandbox.fault_not_aimed",
                        "The fault \"" + fault.id + "\" goes off after a time and counts no requests.",
                        fault.id);
    }
    if (!known)
        return fail("sandbox.unknown_fault", "The scenario has no fault \"" + aim.id + "\".", aim.id);
    return {};
}

Result<> FaultBook::set(std::span<const std::string> off, std::span<const Aim> on)
{
    for (const std::string& id : off) {
        if (const Result<> may = mayBe(Aim{id}); !may)
            return may;
    }
    for (const Aim& aim : on) {
        if (const Result<> may = mayBe(aim); !may)
            return may;
    }
    for (const std::string& id : off)
        set(id, false);
    for (const Aim& aim : on) {
        if (aim.models.empty() && aim.next == 0) {
            set(aim.id, true);
            continue;
        }
        for (std::size_t i = 0; i < m_faults.size(); ++i) {
            if (m_faults[i].id.empty() || (aim.id != "*" && m_faults[i].id != aim.id))
                continue;
            m_states[i] = {}; // another aim is another beginning
            m_states[i].models = aim.models;
            m_states[i].left = static_cast<std::uint64_t>(aim.next);
        }
    }
    return {};
}

const Fault* FaultBook::refusing() const
{
    for (std::size_t i = 0; i < m_faults.size(); ++i) {
        if (m_states[i].on && m_faults[i].kind == Fault::Kind::Refuse)
            return &m_faults[i];
    }
    return nullptr;
}

std::string FaultBook::stateJson() const
{
    JsonWriter json;
    json.beginObject().key("faults").beginArray();
    for (std::size_t i = 0; i < m_faults.size(); ++i) {
        const Fault& fault = m_faults[i];
        json.beginObject();
        json.key("id").textOrNull(fault.id);
        json.key("title").text(fault.title);
        json.key("kind").text(nameOf(fault.kind));
        json.key("model").textOrNull(fault.model);
        json.key("models").beginArray();
        for (const std::string& model : m_states[i].models)
            json.text(model);
        json.endArray();
        json.key("on").boolean(m_states[i].on);
        json.key("left");
        if (m_states[i].on && m_states[i].left > 0)
            json.integer(static_cast<std::int64_t>(m_states[i].left));
        else
            json.null();
        json.key("hits").integer(static_cast<std::int64_t>(m_states[i].hits));
        json.key("expect");
        if (fault.expect) {
            json.beginObject();
            json.key("outcome").text(fault.expect->outcome);
            json.key("attempts").integer(fault.expect->attempts);
            json.key("text").text(fault.expect->text);
            json.key("usage").textOrNull(fault.expect->usage);
            json.key("retry").textOrNull(fault.expect->retry);
            json.endObject();
        } else {
            json.null();
        }
        json.endObject();
    }
    return json.endArray().endObject().take();
}

} // namespace signalbox::sandbox
