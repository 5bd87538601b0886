// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keys_sheet.h"

#include "ui/shell/action_table.h"
#include "ui/theme/widgets.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>

namespace signalbox {

KeysSheet::KeysSheet(const ActionTable& actions, const QString& place, const QString& placeTitle,
                     QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("keysSheet"));
    setWindowTitle(tr("Keys of This View"));
    auto* inner = new QWidget;
    auto* grid = new QGridLayout(inner);
    grid->setContentsMargins(space::l, space::l, space::l, space::l);
    grid->setHorizontalSpacing(space::l);
    grid->setVerticalSpacing(space::xs);
    int row = 0;
    const auto addSection = [&](const QString& title, const QString& wanted) {
        bool first = true;
        for (const ActionSpec& spec : actions.specs()) {
            if (spec.place != wanted || spec.keys.isEmpty())
                continue;
            if (first) {
                if (row > 0)
                    grid->setRowMinimumHeight(row++, space::s);
                grid->addWidget(new CaptionLabel(title, inner), row++, 0, 1, 3);
                first = false;
            }
            QStringList keys;
            for (const QKeySequence& key : spec.keys)
                keys << key.toString(QKeySequence::NativeText);
            auto* keyLabel = new QLabel(keys.join(QStringLiteral(", ")), inner);
            keyLabel->setFont(Theme::monospace());
            grid->addWidget(keyLabel, row, 0);
            grid->addWidget(new QLabel(QString(spec.text).remove(QLatin1Char('&')), inner), row, 1);
            grid->addWidget(new MutedLabel(spec.explanation, inner), row++, 2);
        }
    };
    if (!place.isEmpty())
        addSection(placeTitle, place);
    addSection(tr("Everywhere"), {});
    grid->setColumnStretch(2, 1);
    grid->setRowStretch(row, 1);

    auto* area = new QScrollArea(this);
    area->setProperty("role", QStringLiteral("column"));
    area->setWidgetResizable(true);
    area->setWidget(inner);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, space::m);
    layout->addWidget(area, 1);
    auto* row2 = new QHBoxLayout;
    row2->setContentsMargins(space::m, 0, space::m, 0);
    row2->addWidget(buttons);
    layout->addLayout(row2);
    resize(640, 560);
}

} // namespace signalbox
