// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Traces with every field drawn at random, for properties that must hold for all of them.

#include "base/ids.h"
#include "base/random.h"
#include "cascade/trace.h"

#include <string>

namespace signalbox::testing {

class RandomTraces
{
public:
    explicit RandomTraces(std::uint64_t seed) : m_random(seed) {}

    Trace next()
    {
        Trace trace;
        trace.id = newId();
        trace.dataset = m_random.below(3) == 0 ? "" : "set-" + std::to_string(m_random.below(3));
        trace.userTier = m_random.below(2) == 0 ? "" : "free";
        trace.promptId = "p" + std::to_string(m_random.below(50));
        trace.startedAtMs = 1'700'000'000'000 + static_cast<std::int64_t>(m_random.below(100'000'000));
        trace.mode = m_random.below(4) == 0 ? TraceMode::AllTiers : TraceMode::Policy;
        trace.policyName = "Policy " + std::to_string(m_random.below(2));
        trace.policyHash = "hash" + std::to_string(m_random.below(3));
        trace.inputHash = sha256Hex(trace.id);
        trace.promptVersion = text();
        trace.judgeVersions = "grounding@1a2b3c4d";
        fillInput(trace);
        trace.route = m_random.below(8) == 0 ? "human" : tier();
        trace.router = "scoring";
        trace.confidence = maybe(m_random.uniform());
        trace.intent = m_random.below(2) == 0 ? "" : "billing.refund";
        trace.difficulty = static_cast<int>(m_random.below(4));
        trace.decisionNanos = static_cast<std::int64_t>(m_random.below(100'000));
        for (std::uint64_t i = m_random.below(3); i > 0; --i)
            trace.barred.emplace_back(tier(), "policy.\"vision\" gap\n" + text());
        trace.status = static_cast<TraceStatus>(m_random.below(4));
        trace.answer = text();
        fillHops(trace);
        trace.finalTier = trace.status == TraceStatus::Answered ? trace.hops.back().tier : "";
        trace.model = trace.finalTier.empty() ? "" : trace.hops.back().model;
        for (std::uint64_t i = 1 + m_random.below(3); i > 0; --i)
            trace.reasons.push_back(reason());
        trace.latencyMs = m_random.uniform() * 5000;
        trace.ttftMs = maybe(m_random.uniform() * 500);
        trace.quality = maybe(m_random.uniform());
        trace.qualitySource = trace.quality ? "judge:grounding@judge-mini" : "";
        if (m_random.below(2) == 0)
            trace.resolved = m_random.below(2) == 0;
        trace.simulated = m_random.below(2) == 0;
        for (std::uint64_t i = m_random.below(4); i > 0; --i)
            trace.retrieved.push_back(
                {"doc" + std::to_string(m_random.below(5)), text(), text(), m_random.uniform(),
                 m_random.uniform(), rank(), rank(), maybe(m_random.uniform()), m_random.below(4) != 0});
        for (RetrievedPassage& passage : trace.retrieved) {
            if (!passage.absolute)
                passage.score = passage.relative; // as an older version wrote it
        }
        for (std::uint64_t i = m_random.below(3); i > 0; --i)
            trace.calls.push_back(attempt(trace, "embedding", static_cast<int>(i)));
        return trace;
    }

    /// Text with everything that a store could stumble over.
    std::string text()
    {
        static const std::string kPieces[] = {
            "refund",    " ",    "\n",    "\"", "'",  "\\",           "%",
            "_",         "ß",    "😀",    ",",  "\t", "; DROP TABLE", std::string(1, '\0'),
            "{\"a\":1}", "\r\n", "Übung", "a",  ""};
        std::string out;
        for (std::uint64_t i = m_random.below(12); i > 0; --i)
            out += kPieces[m_random.below(std::size(kPieces))];
        return out;
    }

    Random& random() { return m_random; }

private:
    template <class T>
    std::optional<T> maybe(T value)
    {
        return m_random.below(3) == 0 ? std::nullopt : std::optional(value);
    }
    std::string tier() { return "T" + std::to_string(m_random.below(3)); }
    std::string reason()
    {
        static const char* const kReasons[] = {"gate.judge_below.grounding", "policy.legal",
                                               "budget.deadline", "provider.cut"};
        return kReasons[m_random.below(4)];
    }
    std::string requestId(const Trace& trace)
    {
        const std::string ids[] = {"", trace.id + ".0.1", newId() + ".1.0"};
        return ids[m_random.below(3)];
    }
    TokenUsage tokens()
    {
        const auto count = [&] { return static_cast<std::int64_t>(m_random.below(5000)); };
        return {maybe(count()), maybe(count()), maybe(count()), maybe(count()), maybe(count())};
    }
    void fillInput(Trace& trace)
    {
        static const char* const kRoles[] = {"system", "user", "assistant"};
        if (m_random.below(2) == 0) {
            trace.messages.push_back({"user", text()});
        } else {
            for (std::uint64_t i = m_random.below(5); i > 0; --i)
                trace.messages.push_back({kRoles[m_random.below(3)], text()});
        }
        for (std::uint64_t i = m_random.below(3); i > 0; --i)
            trace.metadata[text()] = text();
        for (std::uint64_t i = m_random.below(3); i > 0; --i)
            trace.attachments.push_back({"image", text()});
        for (std::uint64_t i = m_random.below(3); i > 0; --i)
            trace.headers[text()] = text();
        for (std::uint64_t i = m_random.below(3); i > 0; --i)
            trace.tools.push_back(text());
        if (m_random.below(3) == 0)
            trace.receivedAtMs = static_cast<std::int64_t>(m_random.below(1'000'000'000'000));
    }
    void fillHops(Trace& trace)
    {
        const int hops = 1 + static_cast<int>(m_random.below(3));
        trace.escalations = hops - 1;
        for (int i = 0; i < hops; ++i) {
            Hop& hop = trace.hops.emplace_back();
            hop.index = i;
            hop.tier = tier();
            hop.model = "model-" + std::to_string(m_random.below(4));
            hop.status = i + 1 < hops ? HopStatus::Escalated : static_cast<HopStatus>(m_random.below(7));
            hop.role = m_random.below(2) == 0 ? "lane" : "";
            hop.reason = reason();
            hop.trigger = hop.status == HopStatus::Escalated ? "grounding" : "";
            hop.text = m_random.below(2) == 0 ? trace.answer : text();
            hop.tokens = tokens();
            hop.startMs = m_random.uniform() * 100;
            hop.ttftMs = maybe(m_random.uniform());
            hop.latencyMs = m_random.uniform() * 1000;
            hop.totalMs = hop.latencyMs + 1;
            hop.queueMs = m_random.uniform();
            hop.partial = m_random.below(2) == 0;
            static const char* const kFinishReasons[] = {"", "stop", "length", "tool_calls", "content_filter", "other"};
            hop.finishReason = kFinishReasons[m_random.below(6)];
            for (std::uint64_t calls = m_random.below(3); calls > 0; --calls)
                hop.toolCalls.push_back({m_random.below(2) == 0 ? "" : text(), text(), text()});
            fillHop(trace, hop);
        }
    }
    std::optional<int> rank()
    {
        return m_random.below(3) == 0 ? std::nullopt : std::optional(static_cast<int>(m_random.below(20)));
    }
    Attempt attempt(const Trace& trace, const char* purpose, int number)
    {
        return {purpose,
                number,
                "onprem",
                static_cast<int>(m_random.below(600)),
                "provider.rate_limited",
                text(),
                m_random.uniform(),
                m_random.uniform(),
                maybe(m_random.uniform()),
                2 + m_random.uniform(),
                m_random.below(2) == 0,
                m_random.uniform(),
                requestId(trace)};
    }
    void fillHop(Trace& trace, Hop& hop)
    {
        for (std::uint64_t i = m_random.below(3); i > 0; --i)
            hop.attempts.push_back(attempt(trace, "judge:grounding", static_cast<int>(i)));
        for (std::uint64_t i = m_random.below(3); i > 0; --i)
            hop.gates.push_back({"grounding", "judge", "grounding", "judge-mini",
                                 static_cast<GateVerdict>(m_random.below(3)),
                                 maybe(1 + 4 * m_random.uniform()), maybe(3.5), 5, reason(), text(),
                                 m_random.uniform(), m_random.uniform()});
        for (std::uint64_t i = m_random.below(4); i > 0; --i) {
            Charge& charge = trace.charges.emplace_back();
            charge.kind = static_cast<ChargeKind>(m_random.below(7));
            charge.requestId = requestId(trace);
            charge.model = hop.model;
            charge.hop = static_cast<int>(m_random.below(2)) == 0 ? hop.index : -1;
            charge.purpose = m_random.below(3) == 0   ? ""
                             : m_random.below(2) == 0 ? "model"
                                                      : "judge:" + text();
            charge.tokens = tokens();
            charge.tokens.input = 10;
            charge.priceSource = "list";
            charge.priceAsOf = "2026-11-01";
            charge.cost = maybe(static_cast<NanoUsd>(m_random.below(1'000'000'000)));
            charge.estimated = !charge.cost && m_random.below(2) == 0;
            if (charge.estimated)
                charge.estimate = maybe(static_cast<NanoUsd>(m_random.below(1'000'000'000)));
        }
    }

    Random m_random;
};

} // namespace signalbox::testing
