// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/diagnostic_codes.h"

#include "policy/diagnostic_pages.h"

#include <algorithm>

namespace signalbox {

using namespace diagnostic;

static constexpr DiagnosticInfo kCatalogue[] = {
    {kNotJson, Severity::Error, "The text is not JSON"},
    {kInvalidUtf8, Severity::Error, "The text is not valid UTF-8"},
    {kDuplicateKey, Severity::Error, "A key stands twice in an object"},
    {kTrailingComma, Severity::Error, "A comma stands after the last element"},
    {kComment, Severity::Error, "The text has a comment, which JSON does not know"},
    {kTooDeep, Severity::Error, "The text is nested too deeply"},
    {kTooLarge, Severity::Error, "The text is too large"},
    {kBadString, Severity::Error, "A string is malformed"},
    {kBadNumber, Severity::Error, "A number is malformed or cannot be represented"},
    {kNotAnObject, Severity::Error, "The document is not a JSON object"},
    {kByteOrderMark, Severity::Error, "The text begins with a byte order mark"},
    {kTextAfterEnd, Severity::Error, "There is text after the end of the document"},
    {kUnknownKey, Severity::Error, "A key is not known here"},
    {kWrongType, Severity::Error, "A value has the wrong type"},
    {kMissingKey, Severity::Error, "A required key is missing"},
    {kOutOfRange, Severity::Error, "A number is out of range"},
    {kUnknownValue, Severity::Error, "A value is not one of those that are known here"},
    {kEmptyValue, Severity::Error, "A value is empty where something is needed"},
    {kUnsupportedVersion, Severity::Error, "The version of the policy language is not supported"},
    {kBadId, Severity::Error, "An id is reserved or not well-formed"},
    {kNoEffect, Severity::Note, "A setting has no effect here"},
    {kListedTwice, Severity::Error, "An entry stands twice in a list"},
    {kBadDate, Severity::Error, "A date is not YYYY-MM-DD"},
    {kTooFew, Severity::Error, "A list has too few entries"},
    {kWeightsSum, Severity::Error, "The weights do not add up to 1"},
    {kBadTime, Severity::Error, "A time of day or an offset from UTC is malformed"},
    {kTooManyProblems, Severity::Note, "There are more problems than are shown"},
    {kDuplicateId, Severity::Error, "Two elements of a list have the same id"},
    {kUnknownEndpoint, Severity::Error, "There is no endpoint of this id"},
    {kUnknownModel, Severity::Error, "There is no model of this id"},
    {kUnknownTier, Severity::Error, "There is no tier of this id"},
    {kUnknownRubric, Severity::Error, "There is no rubric of this id"},
    {kUnknownIntent, Severity::Error, "There is no intent that fits"},
    {kUnknownTemplate, Severity::Error, "There is no template of this id"},
    {kUnknownTool, Severity::Error, "There is no tool of this id"},
    {kUnknownUserTier, Severity::Error, "There is no user tier of this id"},
    {kUnknownTrigger, Severity::Error, "There is no trigger of this id"},
    {kFallsBackToItself, Severity::Error, "A tier falls back to itself"},
    {kLacksCapability, Severity::Error, "A model lacks a capability that is needed here"},
    {kLiteralKey, Severity::Error, "A key stands in the policy instead of a reference to it"},
    {kBadUrl, Severity::Error, "A URL is not usable"},
    {kPlainHttp, Severity::Warning, "Requests leave this machine without encryption"},
    {kUrlCredentials, Severity::Error, "A URL carries credentials"},
    {kKeyPlaces, Severity::Error, "A reference to a key does not name exactly one place"},
    {kEmptyCondition, Severity::Error, "A condition states nothing"},
    {kBadPattern, Severity::Error, "A pattern is not a valid regular expression"},
    {kBadReason, Severity::Error, "A reason code is not dotted lower-case"},
    {kRuleEffects, Severity::Error, "A rule does not have exactly one effect"},
    {kTokenRange, Severity::Error, "A range of tokens is empty"},
    {kConditionDepth, Severity::Error, "Conditions are nested too deeply"},
    {kTooManyConditions, Severity::Error, "Too many conditions are nested in one"},
    {kSignalSource, Severity::Error, "A signal does not have exactly one source"},
    {kCutPoints, Severity::Error, "The router's cut points are not in order"},
    {kCentroidSource, Severity::Error, "An embedding router does not have exactly one source of centroids"},
    {kBadArtefact, Severity::Error, "An artefact is not named NAME or NAME@VERSION"},
    {kBadStep, Severity::Error, "A step of a chain is of a kind that cannot be a step"},
    {kDirectHops, Severity::Note, "A direct cascade has one hop"},
    {kHopsBelowStages, Severity::Error, "A pipeline has more stages than hops"},
    {kScaleMismatch, Severity::Error, "A trigger's scale is not its rubric's"},
    {kSchemaKeyword, Severity::Error, "A schema uses what the gate cannot check"},
    {kGateOfNothing, Severity::Error, "A gate looks for nothing"},
    {kCharRange, Severity::Error, "A range of characters is empty"},
    {kNeedsRetrieval, Severity::Error, "A gate needs retrieval, which the policy does not use"},
    {kUserTierCircle, Severity::Error, "The condition of a user tier asks for the user tier"},
    {kQueueInteractive, Severity::Error, "An interactive request cannot be queued"},
    {kGateBounds, Severity::Error, "A release gate does not have exactly one bound"},
    {kTierUnreachable, Severity::Warning, "Nothing routes to a tier"},
    {kRuleShadowed, Severity::Warning, "An earlier rule always takes what this rule would take"},
    {kNoPerson, Severity::Warning, "Nothing hands a request to a person"},
    {kHopsTooFew, Severity::Warning, "A tier of the cascade lies beyond max_hops"},
    {kEscalatesDown, Severity::Warning, "A trigger escalates to a tier that is not above"},
    {kMatchesEverything, Severity::Warning, "A keyword or pattern tells no request from another"},
    {kMapRowShadowed, Severity::Warning, "An earlier map row always takes what this row would take"},
    {kTriggerNeverFires, Severity::Warning, "A trigger can never fire"},
    {kUnused, Severity::Note, "Something is defined and never used"},
    {kNoSuchResidency, Severity::Warning, "No endpoint has a residency that a rule allows"},
    {kLeadsNowhere, Severity::Warning, "A trigger has nowhere to escalate to"},
    {kEscalationCircle, Severity::Warning, "Escalation goes round in a circle"},
    {kFallbackCircle, Severity::Note, "Tiers fall back to each other in a circle"},
    {kNeverHolds, Severity::Warning, "A condition can never hold"},
    {kRuleUnheard, Severity::Warning, "A rule without a lock is never heard"},
    {kUserTierShadowed, Severity::Warning, "An earlier user tier always takes what this one would take"},
    {kStepUnasked, Severity::Warning, "A step of a chain is never asked"},
    {kStageIdle, Severity::Warning, "A pipeline lacks what its stages work on"},
    {kUnpriced, Severity::Warning, "A model has no price"},
    {kPriceOld, Severity::Warning, "A price is older than 90 days"},
    {kPricePerToken, Severity::Warning, "A price looks as if it were per token"},
    {kPriceTooDear, Severity::Warning, "A price looks as if it were a million times too high"},
    {kCachedDearer, Severity::Warning, "Cached input is dearer than fresh input"},
    {kPriceOfTomorrow, Severity::Warning, "A price is dated in the future"},
    {kSlowPath, Severity::Note, "The worst case is slower than the objective"},
    {kDearPath, Severity::Note, "The worst case is dearer than the objective, or unknown"},
    {kSelfJudged, Severity::Warning, "A model judges answers of its own"},
    {kSmallContext, Severity::Warning, "A context window is smaller than its tier lets in"},
    {kCutShort, Severity::Note, "The budget of a request ends before its longest way does"},
    {kWiderThanRequest, Severity::Warning, "A limit is wider than the whole request's"},
    {kOutputAboveModel, Severity::Warning, "A tier asks for more output than its model gives"},
    {kNearDuplicate, Severity::Warning, "Two tiers hardly differ"},
    {kCannotTake, Severity::Warning, "A rule sends a tier what its model cannot take"},
    {kCheaperAbove, Severity::Warning, "The cascade escalates to a cheaper tier"},
    {kLanesAlike, Severity::Warning, "Lanes of a race ask the same model"},
    {kRaceOneEndpoint, Severity::Note, "A race asks a single endpoint"},
    {kWeightsContradict, Severity::Warning, "The weights contradict the priority"},
    {kGateDirection, Severity::Warning, "A release gate demands the worse"},
    {kNothingToStickTo, Severity::Warning, "Stickiness has nothing to hold on to"},
    {kRetrievalUnsaid, Severity::Warning, "Retrieval waits for a router that cannot ask for it"},
    {kNoToolsNamed, Severity::Note, "A gate checks tool calls, but the policy names no tool"},
    {kBudgetTooSmall, Severity::Warning, "A budget is too small for any answer"},
    {kSamplingRefused, Severity::Warning, "A tier samples in a way that its endpoint refuses"},
    {kForcedExport, Severity::Warning, "The file was exported although it had errors or lacked evidence"},
    {kPiiUnlocked, Severity::Warning, "A rule on personal data can be overridden"},
    {kPiiWayRound, Severity::Warning, "Personal data can still reach another place"},
    {kPiiLeftOver, Severity::Warning, "A rule on personal data leaves a tier of the same place open"},
    {kAskedElsewhere, Severity::Warning, "A judge, router or embedder runs where a rule does not allow"},
    {kCacheUnscoped, Severity::Warning, "A cache may answer one person with what another said"},
    {kUntainted, Severity::Note, "Personal data of an earlier turn goes along with the next"},
    {kNothingLeft, Severity::Warning, "A constraint leaves no tier"},
    {kLockedBarred, Severity::Warning, "A constraint always bars the tier of a locked route"},
    {kBarsNothing, Severity::Warning, "A constraint bars no tier"},
    {kEditedAfterExport, Severity::Warning, "The file was edited after it was exported"},
    {kModelDecidesAlone, Severity::Warning, "A model routes without locked rules beside it"},
    {kUncalibrated, Severity::Warning, "A confidence that is not calibrated is used as a threshold"},
    {kRawConfidence, Severity::Note, "A gate trusts a confidence that is not calibrated"},
    {kRouterTooDear, Severity::Warning, "A router costs more than it can save"},
    {kRouterTooSlow, Severity::Warning, "A router takes longer than it can save"},
    {kNoChoice, Severity::Warning, "A router has nothing to choose"},
    {kWeakDearer, Severity::Warning, "The weak tier is dearer than the strong one"},
    {kNoSuchDataset, Severity::Warning, "A release gate names a dataset that the workspace does not have"},
    {kNoEvidence, Severity::Warning, "A release gate has no evidence in the workspace"},
};

std::span<const DiagnosticInfo> diagnosticCatalogue()
{
    return kCatalogue;
}

const DiagnosticInfo* diagnosticInfo(std::string_view code)
{
    const auto* found =
        std::ranges::find_if(kCatalogue, [&](const auto& entry) { return code == entry.code; });
    return found == std::end(kCatalogue) ? nullptr : found;
}

std::string_view diagnosticPage(std::string_view code)
{
    const DiagnosticPage* end = kDiagnosticPages + kDiagnosticPageCount;
    const DiagnosticPage* found =
        std::find_if(kDiagnosticPages, end, [&](const DiagnosticPage& page) { return code == page.code; });
    return found == end ? std::string_view() : std::string_view(found->markdown);
}

const char* severityName(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Note:
        return "note";
    }
    return "error";
}

} // namespace signalbox
