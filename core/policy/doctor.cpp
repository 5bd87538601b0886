// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/doctor.h"

#include "policy/examination.h"

namespace signalbox {

void examinePolicy(DecodeContext& context, const std::string& today)
{
    Examination examination(context, today);
    examineReach(examination);
    examineEscalation(examination);
    examineRules(examination);
    examinePrices(examination);
    examineObjectives(examination);
    examineFit(examination);
    examineJudges(examination);
    examineSafety(examination);
    examineRouters(examination);
}

} // namespace signalbox
