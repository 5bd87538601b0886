// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Three-valued logic (Kleene, "Introduction to Metamathematics", 1952, § 64): a part that could not be found
// out leaves the whole unknown only where it would decide. With False < Unknown < True, "and" is the least
// and "or" the greatest.

#include <algorithm>
#include <cstdint>

namespace signalbox {

enum class Kleene : std::uint8_t { False = 0, Unknown = 1, True = 2 };

inline Kleene operator&&(Kleene a, Kleene b)
{
    return std::min(a, b);
}
inline Kleene operator||(Kleene a, Kleene b)
{
    return std::max(a, b);
}
inline Kleene operator!(Kleene a)
{
    return static_cast<Kleene>(2 - static_cast<int>(a));
}
inline Kleene kleene(bool value)
{
    return value ? Kleene::True : Kleene::False;
}

} // namespace signalbox
