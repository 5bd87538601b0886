// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who is at work, for the history of a workspace.

#include <string>

namespace signalbox {

/// The first of SIGNALBOX_AUTHOR, GIT_AUTHOR_NAME and USER that says something; else the name of the account; else
/// "unknown".
std::string authorFromEnvironment();

} // namespace signalbox
