// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled: the Qt headers that nearly every unit of the window includes.
#pragma once
#include <QtCharts>
#include <QtWidgets>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>
