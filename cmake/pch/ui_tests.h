// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled for the tests that drive the window.
#pragma once
#include <QtCharts>
#include <QtTest>
#include <QtWidgets>

#include "core_tests.h"
