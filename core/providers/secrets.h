// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Port: where keys come from. Keys are never stored, logged or shown.

#include "base/result.h"
#include "policy/policy.h"

namespace signalbox {

class SecretSource
{
public:
    virtual ~SecretSource() = default;
    virtual Result<std::string> secret(const SecretRef& reference) = 0;
};

/// Reads environment variables.
class EnvironmentSecrets : public SecretSource
{
public:
    Result<std::string> secret(const SecretRef& reference) override;
};

} // namespace signalbox
