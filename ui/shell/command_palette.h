// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Ctrl+K: goes to anything. A line to type in and a list of actions and places that narrows as one types.

#include <QFrame>
#include <QString>

#include <functional>
#include <vector>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QListWidget;
QT_END_NAMESPACE

namespace signalbox {

struct PaletteItem
{
    QString text;
    QString detail; ///< what kind of thing it is: "Rule", "Action", "Mode"
    QString keys;
    std::function<void()> run;
};

/// How well a query fits a text: 0 = not at all; higher is better. All words must occur, in any order, or the
/// query's letters in theirs.
int paletteScore(const QString& query, const QString& text);

class CommandPalette : public QFrame
{
    Q_OBJECT
public:
    explicit CommandPalette(QWidget* parent);
    /// Shows itself at the top of its parent's middle.
    void open(std::vector<PaletteItem> items);
    QStringList shownTexts() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter();
    void runCurrent();

    QLineEdit* m_line;
    QListWidget* m_list;
    std::vector<PaletteItem> m_items;
};

} // namespace signalbox
