// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Identifiers and hashes.

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox {

/// A new identifier: 26 characters, sorts by creation time within one process and across machines to the
/// millisecond (ULID layout). Thread-safe.
std::string newId();

/// SHA-256 in lower-case hexadecimal (64 characters).
std::string sha256Hex(std::string_view bytes);

/// 64-bit FNV-1a with an avalanche finish; for seeding and sharding, never for integrity.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

} // namespace signalbox
