// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/faults/fault_text.h"

#include "ui/theme/text.h"

#include <QCoreApplication>

#include <array>

namespace signalbox {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Faults)
};

struct KindWords
{
    const char* kind;
    FaultFamily family;
    const char* words;
};

constexpr std::array kKinds = {
    KindWords{"status", FaultFamily::Status,
              QT_TRANSLATE_NOOP("Faults", "An error status in place of an answer.")},
    KindWords{"latency", FaultFamily::Slow, QT_TRANSLATE_NOOP("Faults", "Slow, but well.")},
    KindWords{"stall", FaultFamily::Slow,
              QT_TRANSLATE_NOOP("Faults", "Nothing more comes, and the connection stays open.")},
    KindWords{"cut", FaultFamily::Connection,
              QT_TRANSLATE_NOOP("Faults", "The connection ends before its time.")},
    KindWords{"garbage", FaultFamily::Broken,
              QT_TRANSLATE_NOOP("Faults", "Status 200, but not the protocol.")},
    KindWords{"malformed", FaultFamily::Broken, QT_TRANSLATE_NOOP("Faults", "Events that are broken.")},
    KindWords{"split", FaultFamily::Odd, QT_TRANSLATE_NOOP("Faults", "The bytes come in awkward pieces.")},
    KindWords{"line_ends", FaultFamily::Odd,
              QT_TRANSLATE_NOOP("Faults", "Lines that end in other ways than LF.")},
    KindWords{"noise", FaultFamily::Odd,
              QT_TRANSLATE_NOOP("Faults", "What the stream format allows besides data.")},
    KindWords{"usage", FaultFamily::Cost,
              QT_TRANSLATE_NOOP("Faults", "The cost is told badly, or not at all.")},
    KindWords{"content_type", FaultFamily::Broken,
              QT_TRANSLATE_NOOP("Faults", "The content type does not say what comes.")},
    KindWords{"slow_headers", FaultFamily::Slow,
              QT_TRANSLATE_NOOP("Faults", "The headers come a byte at a time.")},
    KindWords{"huge_header", FaultFamily::TooMuch,
              QT_TRANSLATE_NOOP("Faults", "A header that nobody should keep.")},
    KindWords{"huge_body", FaultFamily::TooMuch,
              QT_TRANSLATE_NOOP("Faults", "A body that nobody should keep.")},
    KindWords{"endless", FaultFamily::Slow, QT_TRANSLATE_NOOP("Faults", "A stream without an end.")},
    KindWords{"redirect", FaultFamily::Elsewhere,
              QT_TRANSLATE_NOOP("Faults", "The answer is said to be elsewhere.")},
    KindWords{"encoding", FaultFamily::Elsewhere,
              QT_TRANSLATE_NOOP("Faults", "Compression that nobody asked for.")},
    KindWords{"ending", FaultFamily::Broken,
              QT_TRANSLATE_NOOP("Faults", "The end is said twice, not at all, or not meant.")},
    KindWords{"finish", FaultFamily::Broken,
              QT_TRANSLATE_NOOP("Faults", "The answer ends before it is whole, and says so.")},
    KindWords{"empty", FaultFamily::Broken, QT_TRANSLATE_NOOP("Faults", "An answer without a word.")},
    KindWords{"error_event", FaultFamily::Broken,
              QT_TRANSLATE_NOOP("Faults", "An error inside of a stream that began well.")},
    KindWords{"other_id", FaultFamily::Odd,
              QT_TRANSLATE_NOOP("Faults", "The stream goes on under another id.")},
    KindWords{"http10", FaultFamily::Odd, QT_TRANSLATE_NOOP("Faults", "An older HTTP.")},
    KindWords{"bad_chunk", FaultFamily::Connection,
              QT_TRANSLATE_NOOP("Faults", "HTTP chunks that are broken.")},
    KindWords{"early_close", FaultFamily::Connection,
              QT_TRANSLATE_NOOP("Faults", "The connection ends before the request is read.")},
    KindWords{"refuse", FaultFamily::Connection,
              QT_TRANSLATE_NOOP("Faults", "The port is closed for a while.")},
};

const KindWords* wordsOf(const std::string& kind)
{
    for (const KindWords& words : kKinds) {
        if (kind == words.kind)
            return &words;
    }
    return nullptr;
}

// The titles of resources/scenarios/fault-lab.json, for translators; a test holds them to that file.
[[maybe_unused]] constexpr std::array kTitles = {
    QT_TRANSLATE_NOOP("Faults", "Too many requests, then overloaded, then well"),
    QT_TRANSLATE_NOOP("Faults", "Every request is one too many"),
    QT_TRANSLATE_NOOP("Faults", "Overloaded for good"),
    QT_TRANSLATE_NOOP("Faults", "The server gave up waiting once"),
    QT_TRANSLATE_NOOP("Faults", "The request is refused as wrong"),
    QT_TRANSLATE_NOOP("Faults", "The key is refused"),
    QT_TRANSLATE_NOOP("Faults", "The model is not there"),
    QT_TRANSLATE_NOOP("Faults", "Come back in a second"),
    QT_TRANSLATE_NOOP("Faults", "Come back at a time of day"),
    QT_TRANSLATE_NOOP("Faults", "Come back at a time that is over"),
    QT_TRANSLATE_NOOP("Faults", "Come back in ten days"),
    QT_TRANSLATE_NOOP("Faults", "Come back in ten years"),
    QT_TRANSLATE_NOOP("Faults", "Come back soon, whenever that is"),
    QT_TRANSLATE_NOOP("Faults", "Slow in every phase, and well"),
    QT_TRANSLATE_NOOP("Faults", "Accepts the request, and says nothing"),
    QT_TRANSLATE_NOOP("Faults", "The headers come, and no word after them"),
    QT_TRANSLATE_NOOP("Faults", "Falls silent in the middle of a sentence"),
    QT_TRANSLATE_NOOP("Faults", "Hangs up before it answers, once"),
    QT_TRANSLATE_NOOP("Faults", "The connection is reset before the answer, always"),
    QT_TRANSLATE_NOOP("Faults", "Hangs up after the headers, once"),
    QT_TRANSLATE_NOOP("Faults", "Hangs up in the middle of a sentence"),
    QT_TRANSLATE_NOOP("Faults", "The last event is only half there"),
    QT_TRANSLATE_NOOP("Faults", "The first event is broken JSON"),
    QT_TRANSLATE_NOOP("Faults", "An event in the middle is broken JSON"),
    QT_TRANSLATE_NOOP("Faults", "JSON lines in place of events"),
    QT_TRANSLATE_NOOP("Faults", "Something that is no answer at all"),
    QT_TRANSLATE_NOOP("Faults", "Every byte comes in a packet of its own"),
    QT_TRANSLATE_NOOP("Faults", "Characters are torn between packets"),
    QT_TRANSLATE_NOOP("Faults", "Lines end in CR LF"),
    QT_TRANSLATE_NOOP("Faults", "Lines end in CR alone"),
    QT_TRANSLATE_NOOP("Faults", "Comments and keep-alives between the events"),
    QT_TRANSLATE_NOOP("Faults", "Events with names, ids and unheard-of fields"),
    QT_TRANSLATE_NOOP("Faults", "Never says what it cost"),
    QT_TRANSLATE_NOOP("Faults", "Says what it cost, without the sum"),
    QT_TRANSLATE_NOOP("Faults", "Counts up in every event"),
    QT_TRANSLATE_NOOP("Faults", "A proxy's error page with status 200"),
    QT_TRANSLATE_NOOP("Faults", "A sound stream that says it is HTML"),
    QT_TRANSLATE_NOOP("Faults", "One JSON object where a stream was asked for"),
    QT_TRANSLATE_NOOP("Faults", "The headers come a byte at a time"),
    QT_TRANSLATE_NOOP("Faults", "The headers come so slowly that they never end"),
    QT_TRANSLATE_NOOP("Faults", "A header of half a megabyte"),
    QT_TRANSLATE_NOOP("Faults", "A gigabyte of words"),
    QT_TRANSLATE_NOOP("Faults", "One event of a gigabyte"),
    QT_TRANSLATE_NOOP("Faults", "A JSON object of a gigabyte"),
    QT_TRANSLATE_NOOP("Faults", "A gigabyte of blanks"),
    QT_TRANSLATE_NOOP("Faults", "A refusal with a gigabyte of reasons"),
    QT_TRANSLATE_NOOP("Faults", "Talks without end, as fast as it is heard"),
    QT_TRANSLATE_NOOP("Faults", "Keeps the connection alive, and says nothing"),
    QT_TRANSLATE_NOOP("Faults", "Says that it is elsewhere on the same host"),
    QT_TRANSLATE_NOOP("Faults", "Says that it is on another port, where the key must not go"),
    QT_TRANSLATE_NOOP("Faults", "Says that the answer is a file"),
    QT_TRANSLATE_NOOP("Faults", "Says that it is where it is"),
    QT_TRANSLATE_NOOP("Faults", "Sends a compressed answer that nobody asked for"),
    QT_TRANSLATE_NOOP("Faults", "A compressed answer that cannot be unpacked"),
    QT_TRANSLATE_NOOP("Faults", "A megabyte that unpacks to a gigabyte"),
    QT_TRANSLATE_NOOP("Faults", "Says twice that it is done"),
    QT_TRANSLATE_NOOP("Faults", "Goes on talking after it was done"),
    QT_TRANSLATE_NOOP("Faults", "Ends without saying that it is done"),
    QT_TRANSLATE_NOOP("Faults", "A filter ends the answer in its midst"),
    QT_TRANSLATE_NOOP("Faults", "Ends at its longest, in the middle of a sentence"),
    QT_TRANSLATE_NOOP("Faults", "Status 200, and nothing else"),
    QT_TRANSLATE_NOOP("Faults", "A stream with a role and no word"),
    QT_TRANSLATE_NOOP("Faults", "Finishes without a word"),
    QT_TRANSLATE_NOOP("Faults", "An error object inside a 200 stream, once, before the first word"),
    QT_TRANSLATE_NOOP("Faults", "An error whose code is a number, for good"),
    QT_TRANSLATE_NOOP("Faults", "An error in the middle of a sentence"),
    QT_TRANSLATE_NOOP(
        "Faults", "The chunks change their id in the middle, as some proxies let them: an id proves nothing"),
    QT_TRANSLATE_NOOP("Faults", "HTTP/1.0: the end of the connection ends the answer"),
    QT_TRANSLATE_NOOP("Faults", "A chunk whose size is no number"),
    QT_TRANSLATE_NOOP("Faults", "Closes when it has seen the headers, once"),
    QT_TRANSLATE_NOOP("Faults", "The port is closed for a while"),
    QT_TRANSLATE_NOOP("Faults", "The second, fifth and ninth request of ten is overloaded"),
    QT_TRANSLATE_NOOP("Faults", "One request in five is cut in its first words"),
};

QString triesText(int tries)
{
    return Texts::tr("%n try(s)", nullptr, tries);
}

QString answerText(const std::string& text)
{
    if (text == "part")
        return Texts::tr("part of the answer");
    if (text == "whole")
        return Texts::tr("the whole answer");
    return Texts::tr("no answer");
}

} // namespace

FaultFamily familyOf(const std::string& kind)
{
    const KindWords* words = wordsOf(kind);
    return words ? words->family : FaultFamily::Other;
}

QString familyName(FaultFamily family)
{
    switch (family) {
    case FaultFamily::Status:
        return Texts::tr("Error statuses");
    case FaultFamily::Slow:
        return Texts::tr("Slow or silent");
    case FaultFamily::Connection:
        return Texts::tr("Lost connections");
    case FaultFamily::Broken:
        return Texts::tr("Broken answers");
    case FaultFamily::Odd:
        return Texts::tr("Odd, but allowed");
    case FaultFamily::TooMuch:
        return Texts::tr("Too much");
    case FaultFamily::Elsewhere:
        return Texts::tr("Redirected or compressed");
    case FaultFamily::Cost:
        return Texts::tr("Costs badly told");
    case FaultFamily::Other:
        break;
    }
    return Texts::tr("Other");
}

QString faultTitle(const FaultState& fault)
{
    return fault.title.empty() ? qs(fault.id) : QCoreApplication::translate("Faults", fault.title.c_str());
}

QString kindInWords(const std::string& kind)
{
    const KindWords* words = wordsOf(kind);
    return words ? Texts::tr(words->words) : qs(kind);
}

QString expectedText(const std::optional<ExpectedOutcome>& expect)
{
    if (!expect)
        return Texts::tr("not stated");
    if (expect->outcome == "ok")
        return expect->attempts == 1 ? Texts::tr("answers at once")
                                     : Texts::tr("answers at try %1").arg(expect->attempts);
    QString code = qs(expect->outcome);
    // Whose it is is plain from the rest.
    code.remove(QStringLiteral("provider.")).remove(QStringLiteral("budget."));
    //: %1 is a code such as cut, %2 is "1 try" or "3 tries"
    return Texts::tr("%1 after %2").arg(code, triesText(expect->attempts));
}

QString expectedInWords(const std::optional<ExpectedOutcome>& expect)
{
    if (!expect)
        return Texts::tr("The scenario does not say how a run has to come out of it.");
    QStringList sentences;
    if (expect->outcome == "ok")
        sentences << (expect->attempts == 1
                          ? Texts::tr("The model answers at the first try.")
                          : Texts::tr("The model answers at try %1.").arg(expect->attempts));
    else
        sentences << Texts::tr("The hop ends after %1 with %2 (%3), and with %4.")
                         .arg(triesText(expect->attempts), qs(expect->outcome),
                              reasonInWords(qs(expect->outcome)), answerText(expect->text));
    if (expect->usage == "known")
        sentences << Texts::tr("What it cost is known.");
    else if (expect->usage == "unknown")
        sentences << Texts::tr("What it cost stays unknown.");
    if (expect->retry == "same_endpoint")
        sentences << Texts::tr("The same endpoint may be asked again.");
    else if (expect->retry == "elsewhere")
        sentences << Texts::tr("Only another endpoint may be asked.");
    else if (expect->retry == "never")
        sentences << Texts::tr("Asking again would not help, here or elsewhere.");
    return sentences.join(QLatin1Char(' '));
}

bool hitsEveryModel(const FaultState& fault)
{
    return fault.kind == "early_close" || fault.kind == "refuse";
}

bool endsByItself(const FaultState& fault)
{
    return fault.kind == "refuse";
}

} // namespace signalbox
