// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/examples.h"

#include "features/features.h"
#include "ui/theme/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace signalbox {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Examples)
};

std::vector<Request> spread(const std::vector<const DatasetPrompt*>& from, std::size_t each)
{
    std::vector<Request> requests;
    const std::size_t count = std::min(each, from.size());
    for (std::size_t i = 0; i < count; ++i)
        requests.push_back(from[i * from.size() / count]->request);
    return requests;
}

} // namespace

std::vector<ExampleGroup> exampleGroups(const std::vector<DatasetPrompt>& prompts,
                                        const CompiledPolicy* policy, std::size_t each)
{
    std::vector<ExampleGroup> groups;
    const auto add = [&](const QString& id, const QString& name,
                         const std::function<bool(const DatasetPrompt&, std::size_t)>& belongs) {
        std::vector<const DatasetPrompt*> members;
        for (std::size_t i = 0; i < prompts.size(); ++i)
            if (belongs(prompts[i], i))
                members.push_back(&prompts[i]);
        if (!members.empty())
            groups.push_back({id, name, spread(members, each)});
    };

    std::vector<std::vector<char>> matches;
    if (policy) {
        matches.reserve(prompts.size());
        for (const DatasetPrompt& prompt : prompts)
            matches.push_back(policy->observe(prompt.request, extractFeatures(prompt.request)).ruleMatches);
    }
    const auto meetsNoRule = [&matches](std::size_t i) {
        return i >= matches.size() ||
               std::find(matches[i].begin(), matches[i].end(), char(1)) == matches[i].end();
    };
    add(QStringLiteral("easy"), Texts::tr("Easy"),
        [&](const DatasetPrompt& prompt, std::size_t i) { return prompt.difficulty == 1 && meetsNoRule(i); });
    add(QStringLiteral("medium"), Texts::tr("Medium"),
        [&](const DatasetPrompt& prompt, std::size_t i) { return prompt.difficulty == 2 && meetsNoRule(i); });
    add(QStringLiteral("hard"), Texts::tr("Hard"),
        [&](const DatasetPrompt& prompt, std::size_t i) { return prompt.difficulty == 3 && meetsNoRule(i); });
    add(QStringLiteral("json"), Texts::tr("Asks for JSON"), [](const DatasetPrompt& prompt, std::size_t) {
        const auto format = prompt.request.metadata.find("format");
        return format != prompt.request.metadata.end() && format->second == "json";
    });
    add(QStringLiteral("attachment"), Texts::tr("With an attachment"),
        [](const DatasetPrompt& prompt, std::size_t) { return !prompt.request.attachments.empty(); });
    if (policy) {
        const auto& rules = policy->policy().rules;
        for (std::size_t rule = 0; rule < rules.size(); ++rule)
            add(QStringLiteral("rule:%1").arg(qs(rules[rule].id)),
                Texts::tr("Meets the rule %1").arg(qs(rules[rule].id)),
                [&matches, rule](const DatasetPrompt&, std::size_t i) {
                    return rule < matches[i].size() && matches[i][rule] != 0;
                });
    }
    if (groups.empty())
        add(QStringLiteral("any"), Texts::tr("Any"), [](const DatasetPrompt&, std::size_t) { return true; });
    return groups;
}

} // namespace signalbox
