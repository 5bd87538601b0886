// SPDX-License-Identifier: GPL-3.0-or-later
#include "judging/refusals.h"

#include "base/text.h"
#include "features/features.h"

#include <algorithm>
#include <re2/re2.h>

namespace signalbox {

namespace {

constexpr std::size_t kShortAnswer = 400;  ///< bytes: all of it is looked at
constexpr std::size_t kBeginning = 280;    ///< bytes of a longer one
constexpr std::size_t kLongestQuote = 600; ///< bytes: an unpaired quotation mark must not swallow the answer
constexpr std::size_t kHelpAfter = 120;    ///< bytes that go on after "but here is how"

/// What the answer says of its own: no code, no quoted lines, no text in quotation marks; folded.
std::string ownWords(std::string_view answer)
{
    std::string prose;
    bool inCode = false;
    for (const std::string_view line : splitLines(answer)) {
        const std::string_view text = trimmed(line);
        if (text.starts_with("```") || text.starts_with("~~~")) {
            inCode = !inCode;
        } else if (!inCode && !text.starts_with('>')) {
            prose += text;
            prose += '\n';
        }
    }
    // Typographic quotation marks that folding leaves alone, and emphasis.
    static const RE2 marks("„|«|»|‹|›|“|”");
    RE2::GlobalReplace(&prose, marks, "\"");
    static const RE2 emphasis("[*_]{1,3}");
    RE2::GlobalReplace(&prose, emphasis, "");
    const std::string folded = foldForMatching(prose);
    std::string own;
    for (std::size_t at = 0; at < folded.size();) {
        if (folded[at] == '"') {
            const std::size_t end = folded.find('"', at + 1);
            if (end != std::string::npos && end - at <= kLongestQuote) {
                own += "\"\"";
                at = end + 1;
                continue;
            }
        }
        own += folded[at++];
    }
    return own;
}

#define HELP                                                                                                 \
    "(?:help|assist|provide|answer|comply|fulfill?|do "                                                      \
    "(?:that|this|so|what)|share|discuss|give|offer|engage|support|"                                         \
    "complete this|process "                                                                                 \
    "(?:this|that|your)|respond|create|write|generate|continue|comment|advise|accommodate|"                  \
    "participate|disclose|reveal|talk about|go into)"
#define CANNOT                                                                                               \
    "(?:can't|cannot|can not|cant|won't|will not|'m not going to|am not going to|could not possibly) "        \
    "(?:be able to )?(?:really |simply |directly |personally )?"
#define HELP_OF_US                                                                                           \
    "(?:help|assist|answer|comply|fulfill?|do (?:that|this|so)|share|discuss|engage|respond|comment|advise|"  \
    "participate|disclose|reveal|talk about|go into|provide (?:that|this))"
#define HELFEN                                                                                               \
    "(?:weiterhelfen|helfen|behilflich|unterstützen|beantworten|nachkommen|erfüllen|bereitstellen|"        \
    "mitteilen|"                                                                                             \
    "weitergeben|herausgeben|preisgeben|nennen|teilen|schreiben|erstellen|auskunft|anbieten|geben|"          \
    "kommentieren|sagen|bearbeiten|äußern|äussern)"
#define HELFEN_VON_UNS                                                                                       \
    "(?:weiterhelfen|helfen|behilflich|beantworten|nachkommen|mitteilen|weitergeben|herausgeben|preisgeben|"  \
    "nennen|kommentieren|sagen|bearbeiten|äußern|äussern)"

const RE2& refusals()
{
    static const RE2 re(
        // English
        R"re(\bi (?:really |simply |just |unfortunately |also )?)re" CANNOT HELP
        R"re(\b)re"
        // What a company does not do ("we can't give refunds after 30 days") is an answer, what it does not talk about is none.
        R"re(|\bwe (?:really |simply |just |unfortunately |also )?)re" CANNOT HELP_OF_US
        R"re(\b|\b(?:that|this|it)(?:'s| is) not something (?:that )?(?:i|we)(?: can|'m able| am able|'re able| are able| will)\b)re"
        R"re(|\b(?:i am|i'm|we are|we're) (?:afraid (?:that )?)?(?:currently |really |unfortunately )?(?:not able|unable|not allowed|not permitted|not in a position|not comfortable|not authori[sz]ed|not willing) (?:to |with |in )?)re" HELP
        R"re()re"
        R"re(|\b(?:i|we) (?:must|have to|need to|will have to|am going to have to|respectfully|politely) (?:respectfully |politely )?(?:decline|refuse)\b)re"
        R"re(|\bas an? (?:large )?(?:ai|language model|artificial intelligence)\b[^.!?]{0,60}\b(?:can't|cannot|can not|unable|not able|not allowed|don't have)\b)re"
        R"re(|\b(?:i am|i'm) sorry,? (?:but )?(?:i|we|that's not|that is not|this is not) (?:can't|cannot|can not|won't|am unable|am not able|something i can)\b)re"
        R"re(|\b(?:goes against|against|violates?|outside of?|beyond) (?:my|our) (?:content |usage )?(?:guidelines|policies|policy|programming|capabilities|scope)\b)re"
        // German
        R"re(|\bich (?:kann|darf|werde|möchte) (?:[^ .!?]+ ){0,6}?(?:nicht|keine|keinen|kein|nichts) (?:[^ .!?]+ ){0,4}?)re" HELFEN
        R"re(|\b(?:kann|darf|werde|möchte) ich (?:[^ .!?]+ ){0,6}?(?:nicht|keine|keinen|kein|nichts) (?:[^ .!?]+ ){0,4}?)re" HELFEN
        R"re(|\bwir (?:können|dürfen|werden) (?:[^ .!?]+ ){0,6}?(?:nicht|keine|keinen|kein|nichts) (?:[^ .!?]+ ){0,4}?)re" HELFEN_VON_UNS
        R"re(|\b(?:können|dürfen|werden) wir (?:[^ .!?]+ ){0,6}?(?:nicht|keine|keinen|kein|nichts) (?:[^ .!?]+ ){0,4}?)re" HELFEN_VON_UNS
        R"re(|\bdas (?:kann|darf) ich (?:leider |so |hier )*nicht(?:[ ,.!]|$))re"
        R"re(|\bich bin (?:[^ .!?]+ ){0,2}?nicht (?:in der lage|befugt|berechtigt|autorisiert)\b)re"
        R"re(|\b(?:ich|wir) (?:muss|müssen) (?:[^ .!?]+ ){0,5}?ablehnen\b|\bich lehne (?:[^ .!?]+ ){0,4}?ab\b)re"
        R"re(|\bals (?:ki|sprachmodell|künstliche intelligenz)[^.!?]{0,60}\b(?:kann|darf) ich (?:[^ .!?]+ ){0,6}?(?:nicht|kein)\b)re"
        R"re(|\bverst(?:ößt|össt|oesst) gegen (?:meine|unsere) (?:richtlinien|regeln|vorgaben)\b)re");
    return re;
}
#undef CANNOT
#undef HELP
#undef HELP_OF_US
#undef HELFEN
#undef HELFEN_VON_UNS

/// The answer turns to helping after all.
bool goesOnToHelp(std::string_view rest)
{
    static const RE2 pivot(
        R"re(\b(?:but|however|instead|that said|what i can do|here is|here's|here are|you can|try the following|)re"
        R"re(aber|jedoch|stattdessen|hier ist|hier sind|so geht|sie können|du kannst)\b)re");
    static const RE2 steps(R"re((?:^| )(?:1[.)]|- ) ?.+ (?:2[.)]|- ) ?)re");
    if (RE2::PartialMatch(re2::StringPiece(rest.data(), rest.size()), steps))
        return true;
    re2::StringPiece left(rest.data(), rest.size());
    return RE2::FindAndConsume(&left, pivot) && left.size() >= kHelpAfter;
}

} // namespace

Check checkRefusal(const TextMatcher* more, std::string_view answer)
{
    Check check;
    check.score = 1;
    check.threshold = 1;
    check.explanation = "The answer does not decline.";
    const std::string own = ownWords(toValidUtf8(answer));
    const auto fire = [&](std::string explanation) {
        check.fires = true;
        check.score = 0;
        check.explanation = std::move(explanation);
    };
    if (more != nullptr) {
        const TextMatcher::Hits hits = more->match(own);
        const auto any = [&](char state) {
            return std::ranges::find(hits.pattern, state) != hits.pattern.end();
        };
        if (any(TextMatcher::kOccurs)) {
            fire("One of the trigger's patterns occurs in the answer.");
            return check;
        }
        check.known = !any(TextMatcher::kIncomplete);
    }
    const bool brief = own.size() <= kShortAnswer;
    re2::StringPiece found;
    const re2::StringPiece text(own);
    if (!refusals().Match(text, 0, text.size(), RE2::UNANCHORED, &found, 1)) {
        if (!check.known)
            check.explanation = "A pattern could not be looked for.";
        return check;
    }
    const auto at = static_cast<std::size_t>(found.data() - own.data());
    const std::string_view after = std::string_view(own).substr(at + found.size());
    if ((brief || at < kBeginning) && !goesOnToHelp(after)) {
        fire("The answer declines: \"" + std::string(found.data(), found.size()) + "\".");
        check.known = true;
    }
    return check;
}

} // namespace signalbox
