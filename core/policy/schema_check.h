// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Checks that the schema of a json_schema gate uses only what the gate understands, so that a keyword which
// would be ignored at run time is found where it was written. Private to core/policy.

#include "policy/decode_context.h"

namespace signalbox {

void checkSchema(DecodeContext& context, NodeIndex schema);

} // namespace signalbox
