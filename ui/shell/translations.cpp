// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

namespace signalbox {

namespace {

/// Installed on the application and owned by it. What is installed last is asked first.
void install(const QLocale& locale, const QString& name, const QString& directory)
{
    auto* translator = new QTranslator(QCoreApplication::instance());
    translator->setObjectName(QStringLiteral("signalboxTranslator"));
    if (!translator->load(locale, name, QStringLiteral("_"), directory) ||
        !QCoreApplication::installTranslator(translator))
        delete translator;
}

} // namespace

void installTranslations(const QLocale& locale)
{
    const QString ours = QStringLiteral(":/i18n");
    qDeleteAll(QCoreApplication::instance()->findChildren<QTranslator*>(
        QStringLiteral("signalboxTranslator"), Qt::FindDirectChildrenOnly)); // which also uninstalls them
    install(QLocale(QLocale::English), QStringLiteral("signalbox"), ours);
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return;
    install(locale, QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(locale, QStringLiteral("signalbox"), ours);
}

} // namespace signalbox
