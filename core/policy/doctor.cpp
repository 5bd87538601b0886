// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/doctor.h"

#include "policy/examination.h"
#include "policy/shadowing.h"

#include <future>

namespace signalbox {

namespace {

constexpr std::size_t kFewRules = 200; ///< for them a thread of its own would cost more than it saves

} // namespace

void examinePolicy(DecodeContext& context, const std::string& today)
{
    Examination examination(context, today);
    // Rules are compared with one another: in a long policy that takes as long as all the rest.
    const SharedList<Rule>& rules = examination.policy().rules;
    auto shadows = std::async(rules.size() < kFewRules ? std::launch::deferred : std::launch::async,
                              [&rules] { return shadowedRules(rules); });
    examineSafety(examination); // first: where more is found than is kept, the last of a severity go
    examinePersonalData(examination);
    examineReach(examination);
    examineEscalation(examination);
    examinePrices(examination);
    examineObjectives(examination);
    examineFit(examination);
    examineJudges(examination);
    examineRouters(examination);
    examineRules(examination, shadows.get());
}

} // namespace signalbox
