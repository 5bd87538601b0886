// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/mend.h"

#include "base/text.h"

#include <algorithm>
#include <set>

namespace signalbox {

namespace {

using Tried = std::set<std::pair<std::string, std::string>>;

std::ptrdiff_t countOf(const PolicyDocument& document, const std::string& code)
{
    return std::ranges::count(document.diagnostics, code, &Diagnostic::code);
}

/// The fixes of one pass whose edits do not touch each other, as one fix.
QuickFix together(const PolicyDocument& document, const Tried& refused, std::vector<const Diagnostic*>& taken)
{
    std::vector<std::pair<TextEdit, const Diagnostic*>> edits;
    for (const Diagnostic& d : document.diagnostics) {
        if (!d.fixes.empty() && !refused.contains({d.code, d.pointer}) && d.fixes.front().edits.size() == 1)
            edits.emplace_back(d.fixes.front().edits.front(), &d);
    }
    std::ranges::stable_sort(edits, {}, [](const auto& edit) { return edit.first.offset; });
    QuickFix all;
    std::size_t at = 0;
    for (auto& [edit, diagnostic] : edits) {
        // Removals of neighbours share a comma: the second waits for the next pass.
        if (!all.edits.empty() && edit.offset <= at)
            continue;
        at = edit.offset + edit.length;
        all.edits.push_back(std::move(edit));
        taken.push_back(diagnostic);
    }
    return all;
}

bool better(const PolicyDocument& after, const PolicyDocument& before,
            const std::vector<const Diagnostic*>& mended)
{
    if (before.policy && !after.policy)
        return false;
    return std::ranges::all_of(
        mended, [&](const Diagnostic* d) { return countOf(after, d->code) < countOf(before, d->code); });
}

std::string lineOf(const Diagnostic& d)
{
    return d.code + (d.pointer.empty() ? "" : " " + toValidUtf8(d.pointer)) + ": " + d.fixes.front().title;
}

} // namespace

MendedPolicy mendPolicy(const PolicyDocumentPtr& document, const ReadOptions& options)
{
    constexpr int kMostPasses = 50;
    MendedPolicy mended{document, {}};
    Tried refused;
    for (int pass = 0; pass < kMostPasses; ++pass) {
        const PolicyDocument& now = *mended.document;
        std::vector<const Diagnostic*> taken;
        const QuickFix all = together(now, refused, taken);
        if (taken.empty())
            break;
        PolicyDocumentPtr next = readPolicy(applyFix(now.text, all), options);
        if (taken.size() > 1 && !better(*next, now, taken)) { // one of them spoils it: only the first then
            taken.resize(1);
            next = readPolicy(applyFix(now.text, taken.front()->fixes.front()), options);
        }
        if (!better(*next, now, taken)) {
            refused.insert({taken.front()->code, taken.front()->pointer});
            continue;
        }
        for (const Diagnostic* d : taken)
            mended.done.push_back(lineOf(*d));
        mended.document = std::move(next);
    }
    return mended;
}

} // namespace signalbox
