// SPDX-License-Identifier: GPL-3.0-or-later
#include "cascade/run_scope.h"

#include "judging/judge.h"
#include "routers/run_support.h"

namespace signalbox {

PolicyFacts::PolicyFacts(CompiledPolicyPtr compiled)
    : policy(std::move(compiled)), promptVersions(policy->policy()), matchers(policy->policy()),
      runnable(mayRun(policy->policy()).has_value())
{
    for (const Rubric& rubric : policy->policy().rubrics) {
        judgeVersions.push_back(judgeVersion(rubric));
        judgeSchemas.push_back(judgeAnswerSchema(rubric));
    }
}

std::shared_ptr<const PolicyFacts> EngineContext::factsOf(const CompiledPolicyPtr& policy)
{
    if (!facts || facts->policy != policy)
        facts = std::make_shared<const PolicyFacts>(policy);
    return facts;
}

RunScope::RunScope(EngineContext& engine, RunId run, const CompiledPolicyPtr& policy, Request what,
                   RunOptions how, std::shared_ptr<RunObserver> who)
    : context(engine), id(run), facts(engine.factsOf(policy)), request(std::move(what)),
      options(std::move(how)), observer(std::move(who)),
      ledger(std::make_shared<RequestLedger>(engine.spending, policy->policy()))
{
}

} // namespace signalbox
