// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled for the tests of the core and of the command line.
#pragma once
#include <QtCore>
#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "../../tests/support/json_once.h"
#include "../../tests/support/patience.h"
