// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/trace.h"

#include <array>
#include <string_view>

namespace signalbox {

namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, const char*>, N>;

constexpr Names<TraceMode, 2> kModes{{{TraceMode::Policy, "policy"}, {TraceMode::AllTiers, "all_tiers"}}};
constexpr Names<TraceStatus, 4> kStatuses{{{TraceStatus::Answered, "answered"},
                                           {TraceStatus::HandedOff, "handed_off"},
                                           {TraceStatus::Failed, "failed"},
                                           {TraceStatus::Cancelled, "cancelled"}}};
constexpr Names<HopStatus, 7> kHopStatuses{{{HopStatus::Running, "running"},
                                            {HopStatus::Accepted, "accepted"},
                                            {HopStatus::Escalated, "escalated"},
                                            {HopStatus::Failed, "failed"},
                                            {HopStatus::Cancelled, "cancelled"},
                                            {HopStatus::Barred, "barred"},
                                            {HopStatus::Used, "used"}}};
constexpr Names<GateVerdict, 3> kVerdicts{
    {{GateVerdict::Passed, "passed"}, {GateVerdict::Fired, "fired"}, {GateVerdict::Error, "error"}}};
constexpr Names<ChargeKind, 7> kChargeKinds{{{ChargeKind::Model, "model"},
                                             {ChargeKind::Router, "router"},
                                             {ChargeKind::Judge, "judge"},
                                             {ChargeKind::Embedding, "embedding"},
                                             {ChargeKind::Retry, "retry"},
                                             {ChargeKind::RaceLoser, "race_loser"},
                                             {ChargeKind::Lost, "lost"}}};

template <class Enum, std::size_t N>
const char* nameIn(const Names<Enum, N>& names, Enum value)
{
    for (const auto& [key, text] : names) {
        if (key == value)
            return text;
    }
    return "";
}

template <class Enum, std::size_t N>
std::optional<Enum> valueIn(const Names<Enum, N>& names, std::string_view text)
{
    for (const auto& [key, known] : names) {
        if (text == known)
            return key;
    }
    return std::nullopt;
}

} // namespace

const char* name(TraceMode mode)
{
    return nameIn(kModes, mode);
}
const char* name(TraceStatus status)
{
    return nameIn(kStatuses, status);
}
const char* name(HopStatus status)
{
    return nameIn(kHopStatuses, status);
}
const char* name(GateVerdict verdict)
{
    return nameIn(kVerdicts, verdict);
}
const char* name(ChargeKind kind)
{
    return nameIn(kChargeKinds, kind);
}

std::optional<TraceMode> traceModeFrom(std::string_view text)
{
    return valueIn(kModes, text);
}
std::optional<TraceStatus> traceStatusFrom(std::string_view text)
{
    return valueIn(kStatuses, text);
}
std::optional<HopStatus> hopStatusFrom(std::string_view text)
{
    return valueIn(kHopStatuses, text);
}
std::optional<GateVerdict> gateVerdictFrom(std::string_view text)
{
    return valueIn(kVerdicts, text);
}
std::optional<ChargeKind> chargeKindFrom(std::string_view text)
{
    return valueIn(kChargeKinds, text);
}

CostSum Trace::cost() const
{
    CostSum sum;
    for (const Charge& charge : charges)
        sum.add(charge.cost);
    return sum;
}

} // namespace signalbox
