// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled: the standard headers that nearly every unit of the core includes. Units include what they use all the
// same; this only spares the compiler reading it again.
#pragma once
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>
