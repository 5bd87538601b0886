// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mode_registry.h"

#include "ui/dashboard/dashboard_page.h"
#include "ui/playground/playground_page.h"
#include "ui/policy/policy_page.h"
#include "ui/traces/traces_page.h"
#include "ui/tuning/tuning_page.h"
#include "ui/versions/versions_page.h"

namespace signalbox {

const std::vector<ModeFactory>& modeFactories()
{
    static const std::vector<ModeFactory> factories{createPolicyPage, createPlaygroundPage, createTracesPage,
                                                    createTuningPage, createDashboardPage,
                                                    createVersionsPage};
    return factories;
}

} // namespace signalbox
