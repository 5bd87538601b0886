// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer over the parser of server-sent events: however a stream is split into packets, the same events
// come of it, and what it keeps is bounded. build/asan/tests/fuzz_sse -max_len=4096 CORPUS
// tests/fuzz/corpus/fuzz_sse
#include "providers/sse.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

constexpr std::size_t kMaxEvent = 256;

struct Read
{
    std::vector<std::string> events;
    bool within = true;
};

/// `size` says how many bytes each packet has.
template <typename Size>
Read readIn(std::string_view bytes, Size size)
{
    Read read;
    signalbox::SseParser parser(kMaxEvent);
    for (std::size_t at = 0; at < bytes.size() && read.within;) {
        const std::string packet(bytes.substr(at, size(at))); // a copy: reading beyond its end is seen
        read.within = parser.feed(packet, [&](std::string_view data) { read.events.emplace_back(data); });
        at += packet.size();
    }
    return read;
}

void mustHold(bool holds, const char* what)
{
    if (!holds) {
        std::fprintf(stderr, "%s\n", what);
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Read whole = readIn(bytes, [&](std::size_t) { return bytes.size(); });
    for (const std::string& event : whole.events) {
        mustHold(event.size() <= kMaxEvent, "An event is larger than the bound.");
        mustHold(event.find('\r') == std::string::npos, "An event holds a line end that was not joined.");
    }
    const auto same = [&](const Read& other) {
        return other.within == whole.within && other.events == whole.events;
    };
    mustHold(same(readIn(bytes, [](std::size_t) { return std::size_t{1}; })),
             "Byte for byte, other events come.");
    // Packets whose sizes the input itself decides.
    mustHold(same(readIn(bytes, [&](std::size_t at) { return std::size_t{1} + (data[at] & 31U); })),
             "In other packets, other events come.");
    return 0;
}
