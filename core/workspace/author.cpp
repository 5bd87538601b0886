// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/author.h"

#include "base/text.h"

#include <cstdlib>
#include <pwd.h>
#include <unistd.h>
#include <vector>

namespace signalbox {

namespace {

/// The account that the program runs under; "" where the system keeps no name for it.
std::string accountName()
{
    std::vector<char> buffer(16 * 1024);
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr)
        return {};
    return toValidUtf8(found->pw_name);
}

} // namespace

std::string authorFromEnvironment()
{
    for (const char* name : {"SIGNALBOX_AUTHOR", "GIT_AUTHOR_NAME", "USER"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0')
            return toValidUtf8(value);
    }
    const std::string account = accountName();
    return account.empty() ? "unknown" : account;
}

} // namespace signalbox
