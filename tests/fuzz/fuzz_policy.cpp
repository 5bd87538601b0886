// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer over parsing, decoding, the doctor and the canonical form of a policy.
// build/fuzz/tests/fuzz_policy -max_len=20000 CORPUS tests/policies/sound tests/policies/broken
#include "policy_properties.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string problem = signalbox::properties::violated({reinterpret_cast<const char*>(data), size});
    if (!problem.empty()) {
        std::fprintf(stderr, "%s\n", problem.c_str());
        std::abort();
    }
    return 0;
}
