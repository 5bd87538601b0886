// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The other half of the catalogue's tables. Private to field_catalogue.

#include "ui/policy/field_catalogue.h"

namespace signalbox {

std::span<const ObjectSpec> routingObjects(); ///< rules, routers, cascades, rubrics and triggers

} // namespace signalbox
