// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The catalogue of diagnostics: every code that a policy can raise, with its one-line title. Codes are
// stable; a code is never reused for something else. SB01: syntax, SB02: shape, SB03: references, SB04:
// endpoints and keys, SB05–SB08: rules, router, cascade, triggers, SB09: user tiers and release gates,
// SB10–SB14: what the doctor sees in a policy that is well-formed: reach (10), prices (11), objectives and
// fit (12), safety (13), routers (14).

#include "policy/diagnostic.h"

#include <span>
#include <string_view>

namespace signalbox {

struct DiagnosticInfo
{
    const char* code;
    Severity severity;
    const char* title;
};

namespace diagnostic {
// Syntax
inline constexpr char kNotJson[] = "SB0101";
inline constexpr char kInvalidUtf8[] = "SB0102";
inline constexpr char kDuplicateKey[] = "SB0103";
inline constexpr char kTrailingComma[] = "SB0104";
inline constexpr char kComment[] = "SB0105";
inline constexpr char kTooDeep[] = "SB0106";
inline constexpr char kTooLarge[] = "SB0107";
inline constexpr char kBadString[] = "SB0108";
inline constexpr char kBadNumber[] = "SB0109";
inline constexpr char kNotAnObject[] = "SB0110";
inline constexpr char kByteOrderMark[] = "SB0111";
inline constexpr char kTextAfterEnd[] = "SB0112";
// Shape
inline constexpr char kUnknownKey[] = "SB0201";
inline constexpr char kWrongType[] = "SB0202";
inline constexpr char kMissingKey[] = "SB0203";
inline constexpr char kOutOfRange[] = "SB0204";
inline constexpr char kUnknownValue[] = "SB0205";
inline constexpr char kEmptyValue[] = "SB0206";
// SB0207 stood for kinds that were known but could not be read yet; all of them can.
inline constexpr char kUnsupportedVersion[] = "SB0208";
inline constexpr char kBadId[] = "SB0209";
inline constexpr char kNoEffect[] = "SB0210";
inline constexpr char kListedTwice[] = "SB0211";
inline constexpr char kBadDate[] = "SB0212";
inline constexpr char kTooFew[] = "SB0213";
inline constexpr char kWeightsSum[] = "SB0214";
inline constexpr char kBadTime[] = "SB0215";
inline constexpr char kTooManyProblems[] = "SB0299";
// References
inline constexpr char kDuplicateId[] = "SB0301";
inline constexpr char kUnknownEndpoint[] = "SB0302";
inline constexpr char kUnknownModel[] = "SB0303";
inline constexpr char kUnknownTier[] = "SB0304";
inline constexpr char kUnknownRubric[] = "SB0305";
inline constexpr char kUnknownIntent[] = "SB0306";
inline constexpr char kUnknownTemplate[] = "SB0307";
inline constexpr char kUnknownTool[] = "SB0308";
inline constexpr char kUnknownUserTier[] = "SB0309";
inline constexpr char kUnknownTrigger[] = "SB0310";
inline constexpr char kFallsBackToItself[] = "SB0311";
inline constexpr char kLacksCapability[] = "SB0312";
// Endpoints and keys
inline constexpr char kLiteralKey[] = "SB0401";
inline constexpr char kBadUrl[] = "SB0402";
inline constexpr char kPlainHttp[] = "SB0403";
inline constexpr char kUrlCredentials[] = "SB0404";
inline constexpr char kKeyPlaces[] = "SB0405";
// Rules
inline constexpr char kEmptyCondition[] = "SB0501";
inline constexpr char kBadPattern[] = "SB0502";
inline constexpr char kBadReason[] = "SB0503";
inline constexpr char kRuleEffects[] = "SB0504";
inline constexpr char kTokenRange[] = "SB0505";
inline constexpr char kConditionDepth[] = "SB0506";
inline constexpr char kTooManyConditions[] = "SB0507";
// Router
inline constexpr char kSignalSource[] = "SB0601";
inline constexpr char kCutPoints[] = "SB0602";
inline constexpr char kCentroidSource[] = "SB0603";
inline constexpr char kBadArtefact[] = "SB0604";
inline constexpr char kBadStep[] = "SB0605";
// Cascade and triggers
inline constexpr char kDirectHops[] = "SB0701";
inline constexpr char kHopsBelowStages[] = "SB0702";
inline constexpr char kScaleMismatch[] = "SB0801";
inline constexpr char kSchemaKeyword[] = "SB0802";
inline constexpr char kGateOfNothing[] = "SB0803";
inline constexpr char kCharRange[] = "SB0804";
inline constexpr char kNeedsRetrieval[] = "SB0805";
// User tiers and release gates
inline constexpr char kUserTierCircle[] = "SB0901";
inline constexpr char kQueueInteractive[] = "SB0902";
inline constexpr char kGateBounds[] = "SB0903";
// Doctor
inline constexpr char kTierUnreachable[] = "SB1001";
inline constexpr char kRuleShadowed[] = "SB1002";
inline constexpr char kNoPerson[] = "SB1003";
inline constexpr char kHopsTooFew[] = "SB1004";
inline constexpr char kEscalatesDown[] = "SB1005";
inline constexpr char kMatchesEverything[] = "SB1006";
inline constexpr char kMapRowShadowed[] = "SB1007";
inline constexpr char kTriggerNeverFires[] = "SB1008";
inline constexpr char kUnused[] = "SB1009";
inline constexpr char kNoSuchResidency[] = "SB1010";
inline constexpr char kLeadsNowhere[] = "SB1011";
inline constexpr char kEscalationCircle[] = "SB1012";
inline constexpr char kFallbackCircle[] = "SB1013";
inline constexpr char kNeverHolds[] = "SB1014";
inline constexpr char kRuleUnheard[] = "SB1015";
inline constexpr char kUserTierShadowed[] = "SB1016";
inline constexpr char kStepUnasked[] = "SB1017";
inline constexpr char kStageIdle[] = "SB1018";
inline constexpr char kUnpriced[] = "SB1101";
inline constexpr char kPriceOld[] = "SB1102";
inline constexpr char kPricePerToken[] = "SB1103";
inline constexpr char kPriceTooDear[] = "SB1104";
inline constexpr char kCachedDearer[] = "SB1105";
inline constexpr char kPriceOfTomorrow[] = "SB1106";
inline constexpr char kSlowPath[] = "SB1201";
inline constexpr char kDearPath[] = "SB1202";
inline constexpr char kSelfJudged[] = "SB1203";
inline constexpr char kSmallContext[] = "SB1204";
inline constexpr char kCutShort[] = "SB1205";
inline constexpr char kWiderThanRequest[] = "SB1206";
inline constexpr char kOutputAboveModel[] = "SB1207";
inline constexpr char kNearDuplicate[] = "SB1208";
inline constexpr char kCannotTake[] = "SB1209";
inline constexpr char kCheaperAbove[] = "SB1210";
inline constexpr char kLanesAlike[] = "SB1211";
inline constexpr char kRaceOneEndpoint[] = "SB1212";
inline constexpr char kWeightsContradict[] = "SB1213";
inline constexpr char kGateDirection[] = "SB1214";
inline constexpr char kNothingToStickTo[] = "SB1215";
inline constexpr char kRetrievalUnsaid[] = "SB1216";
inline constexpr char kNoToolsNamed[] = "SB1217";
inline constexpr char kBudgetTooSmall[] = "SB1218";
inline constexpr char kSamplingRefused[] = "SB1219";
inline constexpr char kForcedExport[] = "SB1301";
inline constexpr char kPiiUnlocked[] = "SB1302";
inline constexpr char kPiiWayRound[] = "SB1303";
inline constexpr char kPiiLeftOver[] = "SB1304";
inline constexpr char kAskedElsewhere[] = "SB1305";
inline constexpr char kCacheUnscoped[] = "SB1306";
inline constexpr char kUntainted[] = "SB1307";
inline constexpr char kNothingLeft[] = "SB1308";
inline constexpr char kLockedBarred[] = "SB1309";
inline constexpr char kBarsNothing[] = "SB1310";
inline constexpr char kEditedAfterExport[] = "SB1320";
inline constexpr char kModelDecidesAlone[] = "SB1401";
inline constexpr char kUncalibrated[] = "SB1402";
inline constexpr char kRawConfidence[] = "SB1403";
inline constexpr char kRouterTooDear[] = "SB1404";
inline constexpr char kRouterTooSlow[] = "SB1405";
inline constexpr char kNoChoice[] = "SB1406";
inline constexpr char kWeakDearer[] = "SB1407";
inline constexpr char kNoSuchDataset[] = "SB1501"; ///< this and the next: only against a workspace
inline constexpr char kNoEvidence[] = "SB1502";
} // namespace diagnostic

/// Every code, in order.
std::span<const DiagnosticInfo> diagnosticCatalogue();

/// The entry of a code, or null if there is no such code.
const DiagnosticInfo* diagnosticInfo(std::string_view code);

/// The help page of a code, as Markdown: what it means, why it matters, how to mend it. "" if there is none.
std::string_view diagnosticPage(std::string_view code);

} // namespace signalbox
