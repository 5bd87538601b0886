// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/author.h"

#include "base/text.h"

#include <cstdlib>

namespace signalbox {

std::string authorFromEnvironment()
{
    for (const char* name : {"SIGNALBOX_AUTHOR", "GIT_AUTHOR_NAME", "USER"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0')
            return toValidUtf8(value);
    }
    return "unknown";
}

} // namespace signalbox
