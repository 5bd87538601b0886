// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Export of a policy with its dialogs: where to, and whether a policy that is refused is written all the
// same, marked. The window and the Versions mode share it; the writing is Session's and the core's.

#include "policy/document.h"

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace signalbox {

class Session;

/// `version` 0 = it is none of the workspace. True when the file was written.
bool exportPolicyWithDialogs(Session& session, QWidget* parent, const PolicyDocument& document, int version);

} // namespace signalbox
