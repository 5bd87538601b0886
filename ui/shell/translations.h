// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The languages of the window. Source texts are English; translations/*.ts are compiled into the program
// under :/i18n. English has a file too: it holds nothing but the plurals ("1 run", "20 runs").

#include <QLocale>

namespace signalbox {

/// Speaks the language of `locale` from now on, where it is known, else English; also Qt's own texts where
/// their translation is installed. Once before the first text is made; another call replaces what the last
/// one installed.
void installTranslations(const QLocale& locale = QLocale());

} // namespace signalbox
