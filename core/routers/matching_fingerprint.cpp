// SPDX-License-Identifier: GPL-3.0-or-later
#include "routers/matching_fingerprint.h"

#include "base/ids.h"

#include <cstdio>

namespace signalbox {

namespace {

/// Text that is equal exactly when two policies see the same things in every request.
class Fingerprint
{
public:
    void list(const std::vector<std::string>& texts)
    {
        number(static_cast<double>(texts.size()));
        for (const std::string& text : texts) {
            number(static_cast<double>(text.size()));
            m_text += text;
        }
    }
    void number(double value)
    {
        char digits[40];
        std::snprintf(digits, sizeof digits, "%.17g;", value); // enough to tell any two doubles apart
        m_text += digits;
    }
    void condition(const Condition& c)
    {
        list(c.keywords);
        list(c.patterns);
        number(c.hasAttachment ? *c.hasAttachment : -1);
        number(c.minInputTokens.value_or(-1));
        number(c.maxInputTokens.value_or(-1));
        number(static_cast<double>(c.metadata.size()));
        for (const auto& [key, values] : c.metadata) {
            list({key});
            list(values);
        }
        list(c.languages);
        list(c.pii);
        number(static_cast<double>(c.headers.size()));
        for (const auto& [name, values] : c.headers) {
            list({name});
            list(values);
        }
        window(c.timeOfDay);
        list(c.userTiers);
        number(c.hasTools ? *c.hasTools : -1);
        for (const std::vector<Condition>* inner : {&c.all, &c.any, &c.none}) {
            number(static_cast<double>(inner->size()));
            for (const Condition& one : *inner)
                condition(one);
        }
    }
    void window(const std::optional<TimeWindow>& w)
    {
        number(w.has_value());
        if (!w)
            return;
        number(w->fromMinute);
        number(w->toMinute);
        number(w->utcOffsetMinutes);
        number(static_cast<double>(w->days.size()));
        for (const int day : w->days)
            number(day);
    }
    std::string hash() const { return sha256Hex(m_text); }

private:
    std::string m_text;
};

} // namespace

std::string matchingFingerprintOf(const Policy& policy)
{
    Fingerprint print;
    print.number(static_cast<double>(policy.rules.size()));
    for (const Rule& rule : policy.rules) {
        print.condition(rule.when);
        print.number(rule.taintsThread);
    }
    print.number(static_cast<double>(policy.userTiers.size()));
    for (const UserTier& tier : policy.userTiers) {
        print.list({tier.id});
        print.condition(tier.when);
    }
    print.number(static_cast<double>(policy.triggers.size()));
    for (const Trigger& trigger : policy.triggers)
        print.condition(trigger.when.value_or(Condition{}));
    print.number(static_cast<double>(policy.router.signals.size()));
    for (const Signal& signal : policy.router.signals) {
        print.number(static_cast<double>(signal.feature));
        print.list(signal.keywords);
        print.list(signal.patterns);
        print.number(signal.per);
        print.number(signal.atMost);
    }
    print.number(static_cast<double>(policy.router.intents.size()));
    for (const IntentKeywords& intent : policy.router.intents)
        print.list(intent.keywords);
    return print.hash();
}

} // namespace signalbox
