// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// gzip (RFC 1952) for answers that are sent compressed: good ones, spoilt ones, and bombs.

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox::sandbox {

std::string gzipped(std::string_view bytes);

/// A bomb in three parts, of which the middle one is sent many times: each holds kBlock bytes of blanks, and
/// nothing has to be held in memory.
struct GzipBomb
{
    static constexpr std::uint64_t kBlock = 1u << 20; ///< bytes that a block unpacks to
    std::string begin;
    std::string block;
    std::string end; ///< its checksum is that of nothing: who unpacks it to the end has lost anyhow
};
GzipBomb gzipBomb();

} // namespace signalbox::sandbox
