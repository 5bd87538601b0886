// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Plurals of the source texts themselves: tr("%n run(s)", nullptr, n) reads "1 run" and "20 runs". Other languages
// bring their own translator, installed after this one.

#include <QTranslator>

namespace signalbox {

class EnglishPlurals : public QTranslator
{
    Q_OBJECT
public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* sourceText, const char* disambiguation, int n) const override;
};

} // namespace signalbox
