// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The keys of the policy language: which object knows which keys, in the order in which the canonical form
// writes them. Every object also knows "note", for its authors.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

enum class ObjectType : std::uint8_t {
    Free, ///< any keys: metadata, headers, schemas
    Policy,
    Weights,
    Slo,
    MinQuality,
    Endpoint,
    Key,
    Model,
    Price,
    Tier,
    Replica,
    Budget,
    UserTier,
    Template,
    Tool,
    Rule,
    Route,
    Condition,
    TimeWindow,
    Router,
    Signal,
    Intent,
    Centroid,
    Choice,
    MapRow,
    Cascade,
    Unsure,
    Stage,
    Rubric,
    Trigger,
    Retrieval,
    Cache,
    Stickiness,
    ReleaseGate,
    Handoff,
    Copy,
    Export, ///< the last one
};
inline constexpr std::size_t kObjectTypes = static_cast<std::size_t>(ObjectType::Export) + 1;

struct KeyInfo
{
    std::string_view name;
    ObjectType holds = ObjectType::Free; ///< type of the object, or of the list's objects, under this key
};

std::span<const KeyInfo> keysOf(ObjectType type);
/// No object knows more keys than this.
inline constexpr std::size_t kMostKeys = 40;

/// What messages call it: "a tier", "a rule's condition".
std::string_view nameOf(ObjectType type);

/// The candidate that a misspelt word most likely stands for, or "" if none is near. Distance as of Damerau
/// (1964) and Levenshtein (1966): insertions, deletions, replacements and swaps of neighbours.
std::string nearestWord(std::string_view word, const std::vector<std::string_view>& candidates);

/// The same where it is certain: no other candidate is as near, and the word is long enough to tell.
std::string soleNearestWord(std::string_view word, const std::vector<std::string_view>& candidates);

/// "Did you mean \"…\"?", or "" if no candidate is near.
std::string didYouMean(std::string_view word, const std::vector<std::string_view>& candidates);

/// The greatest "max_hops" that a policy may state.
inline constexpr int kMostHops = 10;

} // namespace signalbox
