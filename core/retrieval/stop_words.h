// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace signalbox {

/// Whether a word in lower case is an English function word. They occur in every document: looking for them
/// only costs time, and makes texts look alike that are not.
bool isStopWord(std::string_view word);

} // namespace signalbox
