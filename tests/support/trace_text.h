// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A whole trace as text, a field a line: two traces are equal when their texts are, and QCOMPARE shows where
// they differ.

#include "cascade/trace.h"

#include <sstream>
#include <string>

namespace signalbox::testing {

namespace detail {

template <class T>
std::string shown(const std::optional<T>& value)
{
    std::ostringstream out;
    out.precision(17);
    if (value)
        out << *value;
    else
        out << "none";
    return out.str();
}

inline std::string shown(const TokenUsage& tokens)
{
    return shown(tokens.input) + " " + shown(tokens.cachedInput) + " " + shown(tokens.output) + " " +
           shown(tokens.reasoning) + " " + shown(tokens.cacheWrite);
}

inline void addAttempt(std::ostream& out, const Attempt& a)
{
    out << "attempt " << a.purpose << " | " << a.number << " | " << a.endpoint << " | " << a.httpStatus << " | "
        << a.errorKind << " | " << a.message << " | " << a.startMs << " | " << a.connectMs << " | "
        << shown(a.ttftMs) << " | " << a.totalMs << " | " << a.simulated << " | " << a.queueMs << " | "
        << a.requestId << "\n";
}

inline void addHop(std::ostream& out, const Hop& hop, bool texts)
{
    out << "hop " << hop.index << " | " << hop.tier << " | " << hop.model << " | " << hop.role << " | " << name(hop.status)
        << " | " << hop.reason << " | " << hop.trigger << " | " << shown(hop.tokens) << " | " << hop.startMs
        << " | " << shown(hop.ttftMs) << " | " << hop.latencyMs << " | " << hop.totalMs << " | "
        << hop.queueMs << " | " << hop.partial << " | " << (texts ? hop.text : "") << " | " << hop.finishReason
        << " | " << toolCallsJson(hop.toolCalls) << "\n";
    for (const Attempt& attempt : hop.attempts)
        addAttempt(out, attempt);
    for (const GateResult& g : hop.gates)
        out << "gate " << g.trigger << " | " << g.gate << " | " << g.rubric << " | " << g.judgeModel << " | "
            << name(g.verdict) << " | " << shown(g.rawScore) << " | " << shown(g.threshold) << " | " << g.of
            << " | " << g.reason << " | " << g.explanation << " | " << g.startMs << " | " << g.latencyMs
            << "\n";
}

} // namespace detail

inline std::string textOf(const Trace& t, bool hopTexts = true)
{
    using detail::shown;
    std::ostringstream out;
    out.precision(17);
    out << "id " << t.id << "\nof " << t.dataset << " | " << t.promptId << " | " << t.userTier << " | "
        << t.startedAtMs << " | " << name(t.mode) << "\npolicy " << t.policyName << " | " << t.policyHash
        << " | " << t.promptVersion << " | " << t.judgeVersions << "\ninput " << t.inputHash << "\n";
    for (const Message& message : t.messages)
        out << "message " << message.role << " | " << message.content << "\n";
    for (const auto& [key, value] : t.metadata)
        out << "metadata " << key << " | " << value << "\n";
    for (const Attachment& attachment : t.attachments)
        out << "attachment " << attachment.kind << " | " << attachment.name << "\n";
    for (const auto& [key, value] : t.headers)
        out << "header " << key << " | " << value << "\n";
    for (const std::string& tool : t.tools)
        out << "tool " << tool << "\n";
    out << "received " << t.receivedAtMs << "\n";
    out << "decision " << t.route << " | " << t.router << " | " << shown(t.confidence) << " | " << t.intent
        << " | " << t.difficulty << " | " << t.decisionNanos << "\n";
    for (const auto& [tier, reason] : t.barred)
        out << "barred " << tier << " | " << reason << "\n";
    out << "outcome " << name(t.status) << " | " << t.finalTier << " | " << t.model << " | " << t.escalations
        << " | " << t.latencyMs << " | " << shown(t.ttftMs) << " | " << shown(t.quality) << " | "
        << t.qualitySource << " | " << shown(t.resolved) << " | " << t.simulated << "\nanswer " << t.answer
        << "\n";
    for (const std::string& reason : t.reasons)
        out << "reason " << reason << "\n";
    for (const RetrievedPassage& p : t.retrieved)
        out << "retrieved " << p.documentId << " | " << p.title << " | " << p.text << " | " << p.score << " | "
            << p.relative << " | " << p.wordRank.value_or(-1) << " | " << p.vectorRank.value_or(-1) << " | "
            << shown(p.similarity) << " | " << p.absolute << "\n";
    for (const Attempt& call : t.calls)
        detail::addAttempt(out, call);
    if (t.cacheHit)
        out << "cache " << t.cacheHit->traceId << " | " << t.cacheHit->similarity << " | " << t.cacheHit->ageMs
            << " | " << shown(t.cacheHit->savedCost) << " | " << t.cacheHit->savedMs << "\n";
    for (const Hop& hop : t.hops)
        detail::addHop(out, hop, hopTexts);
    for (const Charge& c : t.charges)
        out << "charge " << name(c.kind) << " | " << c.model << " | " << c.hop << " | " << c.purpose << " | "
            << shown(c.tokens) << " | " << c.priceSource << " | " << c.priceAsOf << " | " << shown(c.cost)
            << " | " << c.requestId << " | "
            << c.estimated << " | " << shown(c.estimate) << "\n";
    return out.str();
}

} // namespace signalbox::testing
