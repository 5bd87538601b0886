// SPDX-License-Identifier: GPL-3.0-or-later
#define SIGNALBOX_JSON_ONCE
#include "json_once.h"
