// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A slow machine is no failure: what must come is waited for a minute, not QTest's five seconds. Included before
// every test (cmake/pch), so that no test has to think of it.

#include <QtTest>

#undef QTRY_VERIFY
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT(expr, 60000)
#undef QTRY_VERIFY2
#define QTRY_VERIFY2(expr, message) QTRY_VERIFY2_WITH_TIMEOUT(expr, message, 60000)
#undef QTRY_COMPARE
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT(expr, expected, 60000)
