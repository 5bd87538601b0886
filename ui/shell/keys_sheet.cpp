// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/keys_sheet.h"

#include "ui/shell/action_table.h"
#include "ui/theme/widgets.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>

#include <utility>

namespace signalbox {

KeysSheet::KeysSheet(const ActionTable& actions, const ModePage& page, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("keysSheet"));
    setWindowTitle(tr("Keys of This View"));
    auto* inner = new QWidget;
    auto* grid = new QGridLayout(inner);
    grid->setContentsMargins(space::l, space::l, space::l, space::l);
    grid->setHorizontalSpacing(space::l);
    grid->setVerticalSpacing(space::xs);
    int row = 0;
    const auto addCaption = [&](const QString& title) {
        if (row > 0)
            grid->setRowMinimumHeight(row++, space::s);
        grid->addWidget(new CaptionLabel(title, inner), row++, 0, 1, 3);
    };
    const auto addRow = [&](const QString& keys, const QString& text, const QString& explanation) {
        auto* keyLabel = new QLabel(keys, inner);
        keyLabel->setFont(Theme::monospace());
        grid->addWidget(keyLabel, row, 0, Qt::AlignTop);
        grid->addWidget(new QLabel(QString(text).remove(QLatin1Char('&')), inner), row, 1, Qt::AlignTop);
        auto* about = new MutedLabel(explanation, inner);
        about->setWordWrap(true);
        grid->addWidget(about, row++, 2, Qt::AlignTop);
    };
    const auto addSection = [&](const QString& title, const QString& wanted) {
        bool first = true;
        for (const ActionSpec& spec : actions.specs()) {
            if (spec.place != wanted || spec.keys.isEmpty())
                continue;
            if (std::exchange(first, false))
                addCaption(title);
            QStringList keys;
            for (const QKeySequence& key : spec.keys)
                keys << key.toString(QKeySequence::NativeText);
            addRow(keys.join(QStringLiteral(", ")), spec.text, spec.explanation);
        }
    };
    for (const ModePage::PlaceKeys& part : page.placeKeys()) {
        addCaption(part.place);
        for (const ModePage::PlaceKey& key : part.keys)
            addRow(key.keys, key.text, key.explanation);
    }
    addSection(page.title(), page.id());
    addSection(tr("Everywhere"), {});
    grid->setColumnStretch(2, 1);
    grid->setRowStretch(row, 1);

    auto* area = new QScrollArea(this);
    area->setProperty("role", QStringLiteral("column"));
    area->setWidgetResizable(true);
    area->setWidget(inner);
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, space::m);
    layout->addWidget(area, 1);
    auto* row2 = new QHBoxLayout;
    row2->setContentsMargins(space::m, 0, space::m, 0);
    row2->addWidget(buttons);
    layout->addLayout(row2);
    resize(780, 600);
}

} // namespace signalbox
