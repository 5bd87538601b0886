// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/secrets.h"

#include "base/text.h"
#include "providers/errors.h"

#include <cstdlib>

namespace signalbox {

Result<std::string> EnvironmentSecrets::secret(const SecretRef& reference)
{
    if (reference.env.empty()) {
        return fail(error_kind::noKey,
                    "The key is kept in a keychain, which is not available here; set it as an "
                    "environment variable instead.",
                    reference.keychain);
    }
    const char* value = std::getenv(reference.env.c_str());
    const std::string_view key = value ? trimmed(value) : std::string_view();
    if (key.empty()) {
        return fail(error_kind::noKey,
                    "The environment variable " + reference.env +
                        " is not set; set it to the endpoint's key.",
                    reference.env);
    }
    return std::string(key);
}

} // namespace signalbox
