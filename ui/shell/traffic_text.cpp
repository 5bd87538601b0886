// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/traffic_text.h"

#include <QCoreApplication>

namespace signalbox {

namespace {

/// Core's texts once more, where the translator finds them. A test holds the two against each other.
constexpr const char* kTexts[] = {
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Stable intents, lots of labels"),
    QT_TRANSLATE_NOOP(
        "signalbox::Traffic",
        "A trained classifier sends each intent to the specialist for it; an unsure specialist hands up."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Classifier router + specialist tiers"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "LLM-as-router on every request"),
    QT_TRANSLATE_NOOP("signalbox::Traffic",
                      "With labels at hand a classifier decides in a few milliseconds for almost nothing, "
                      "and each specialist can be measured on the intents it owns."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Highly variable phrasing, few labels"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "The nearest cluster of example sentences picks the tier; what "
                                            "is near to none goes to the mid tier."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Embedding clusters + mid-tier default"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Brittle regex-only rules"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Clusters understand paraphrase and need only a few example "
                                            "sentences each; the mid tier answers what no cluster knows."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Strict compliance, data residency"),
    QT_TRANSLATE_NOOP(
        "signalbox::Traffic",
        "Rules keep personal data on your own machines; the cloud is asked only for what may leave them."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Rule overrides + on-prem SLM pool"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Cloud frontier for all PII-bearing threads"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Rules are auditable and cannot be overridden by anything that "
                                            "was learned; personal data never has a way to the cloud."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Interactive chat, tight p95 latency"),
    QT_TRANSLATE_NOOP(
        "signalbox::Traffic",
        "Two models start almost together; the first answer that passes a light check is shown."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Parallel race"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Three-hop serial waterfall"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "A race cuts the tail: a slow or refused answer costs no second "
                                            "wait. Serial hops would add up to more than the objective."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Batch document processing"),
    QT_TRANSLATE_NOOP(
        "signalbox::Traffic",
        "Everything begins at the cheapest tier; what a judge does not accept goes up, one tier at a time."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Waterfall cascade with aggressive T0"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Parallel race, which wastes compute"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Nobody waits, so serial hops cost nothing but time, and most "
                                            "documents never leave the cheapest tier."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Agent with tools"),
    QT_TRANSLATE_NOOP(
        "signalbox::Traffic",
        "The length of the tool chain that a request needs picks the tier; malformed tool calls go up."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Route by planned tool-chain complexity"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "SLM for multi-step tool planning without escalation"),
    QT_TRANSLATE_NOOP("signalbox::Traffic",
                      "One call is easy, a plan of several is not: small models fail on plans quietly, so "
                      "they get none, and what goes wrong is handed up."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Early product, unknown distribution"),
    QT_TRANSLATE_NOOP(
        "signalbox::Traffic",
        "The frontier model answers everything, and every trace is kept for a cheaper policy later."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Frontier-first + log for later distillation"),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Premature four-tier cascade without eval data"),
    QT_TRANSLATE_NOOP("signalbox::Traffic",
                      "Until it is known what people ask, a cascade would be tuned on guesses; recorded "
                      "traffic is what a router can be trained and judged on."),
    QT_TRANSLATE_NOOP("signalbox::Traffic",
                      "State the base URL of the server: it begins with https:// and often ends in /v1."),
    QT_TRANSLATE_NOOP("signalbox::Traffic",
                      "The URL of the server on your own machines begins with http:// or https://."),
    QT_TRANSLATE_NOOP("signalbox::Traffic",
                      "Personal data that stays on your own machines needs a server there: state its URL."),
    QT_TRANSLATE_NOOP("signalbox::Traffic", "Name all models as the servers call them."),
};

QString translated(const char* text)
{
    return QCoreApplication::translate("signalbox::Traffic", text);
}

} // namespace

std::span<const char* const> trafficTexts()
{
    return kTexts;
}

QString trafficTitle(TrafficShape shape)
{
    return translated(infoOf(shape).title);
}
QString trafficAbout(TrafficShape shape)
{
    return translated(infoOf(shape).about);
}
QString trafficPrefer(TrafficShape shape)
{
    return translated(infoOf(shape).prefer);
}
QString trafficAvoid(TrafficShape shape)
{
    return translated(infoOf(shape).avoid);
}
QString trafficWhy(TrafficShape shape)
{
    return translated(infoOf(shape).why);
}

QString missingAnswerText(const AssistantAnswers& answers)
{
    const std::string missing = missingAnswer(answers);
    return missing.empty() ? QString() : translated(missing.c_str());
}

} // namespace signalbox
