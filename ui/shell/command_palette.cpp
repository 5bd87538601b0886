// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kIndexRole = Qt::UserRole;
constexpr int kDetailRole = Qt::UserRole + 1;
constexpr int kKeysRole = Qt::UserRole + 2;
constexpr int kMostShown = 60;

class PaletteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, 30}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColors& colors = Theme::instance().colors();
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, colors.selection);
        const QRect inner = option.rect.adjusted(10, 0, -10, 0);
        painter->setFont(Theme::font(TextSize::Small));
        painter->setPen(colors.muted);
        const QString right = index.data(kKeysRole).toString();
        painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter, right);
        const int rightWidth = right.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(right) + 12;
        const QString detail = index.data(kDetailRole).toString();
        painter->drawText(inner.adjusted(0, 0, -rightWidth, 0), Qt::AlignLeft | Qt::AlignVCenter, detail);
        painter->setFont(Theme::font());
        painter->setPen(colors.text);
        const QRect textBox = inner.adjusted(84, 0, -rightWidth, 0);
        painter->drawText(
            textBox, Qt::AlignLeft | Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, textBox.width()));
        painter->restore();
    }
};

} // namespace

int paletteScore(const QString& query, const QString& text)
{
    const QString wanted = query.trimmed().toCaseFolded();
    if (wanted.isEmpty())
        return 1;
    const QString given = text.toCaseFolded();
    if (given.startsWith(wanted))
        return 1000 - static_cast<int>(given.size());
    const QStringList words = wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (std::all_of(words.begin(), words.end(), [&](const QString& word) { return given.contains(word); }))
        return 600 - static_cast<int>(given.indexOf(words.first()));
    qsizetype at = 0;
    int gaps = 0;
    for (const QChar letter : wanted) {
        if (letter.isSpace())
            continue;
        const auto found = given.indexOf(letter, at);
        if (found < 0)
            return 0;
        gaps += static_cast<int>(found - at);
        at = found + 1;
    }
    return std::max(1, 200 - gaps);
}

CommandPalette::CommandPalette(QWidget* parent)
    : QFrame(parent), m_line(new QLineEdit(this)), m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Go to anything"));
    m_line->setObjectName(QStringLiteral("paletteLine"));
    m_line->setAccessibleName(tr("What to go to"));
    m_line->setPlaceholderText(tr("Go to an action, a mode, a tier, a rule or a trigger"));
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("Matches"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::s, space::s, space::s, space::s);
    layout->addWidget(m_line);
    layout->addWidget(m_list);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    hide();
}

void CommandPalette::open(std::vector<PaletteItem> items)
{
    m_items = std::move(items);
    const QWidget* over = parentWidget();
    const int width = std::min(620, over->width() - 40);
    const int height = std::min(440, over->height() - 90);
    setGeometry((over->width() - width) / 2, 48, width, height);
    m_line->clear();
    filter();
    show();
    raise();
    m_line->setFocus(Qt::ShortcutFocusReason);
}

QStringList CommandPalette::shownTexts() const
{
    QStringList texts;
    for (int row = 0; row < m_list->count(); ++row)
        texts << m_list->item(row)->text();
    return texts;
}

void CommandPalette::filter()
{
    std::vector<std::pair<int, std::size_t>> ranked;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const int score = std::max(
            paletteScore(m_line->text(), m_items[i].text),
            paletteScore(m_line->text(), m_items[i].detail + QLatin1Char(' ') + m_items[i].text) - 50);
        if (score > 0)
            ranked.emplace_back(score, i);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    if (ranked.size() > kMostShown)
        ranked.resize(kMostShown);
    m_list->clear();
    for (const auto& [score, index] : ranked) {
        const PaletteItem& item = m_items[index];
        auto* row = new QListWidgetItem(item.text, m_list);
        row->setData(kIndexRole, static_cast<int>(index));
        row->setData(kDetailRole, item.detail);
        row->setData(kKeysRole, item.keys);
        row->setData(Qt::AccessibleTextRole,
                     QString(item.detail + QLatin1Char(' ') + item.text + QLatin1Char(' ') + item.keys));
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem* row = m_list->currentItem();
    if (!row)
        return;
    const auto run = m_items[static_cast<std::size_t>(row->data(kIndexRole).toInt())].run;
    hide();
    parentWidget()->setFocus();
    if (run)
        run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_line && event->type() == QEvent::ShortcutOverride) {
        // Esc and the arrows are ours while the palette is open, whatever the mode below does with them.
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept();
            return true;
        }
    }
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        switch (key) {
        case Qt::Key_Escape:
            hide();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            runCurrent();
            return true;
        case Qt::Key_Down:
        case Qt::Key_Up:
            if (m_list->count() > 0) {
                const int step = key == Qt::Key_Down ? 1 : m_list->count() - 1;
                m_list->setCurrentRow((m_list->currentRow() + step) % m_list->count());
            }
            return true;
        default:
            break;
        }
    }
    if (watched == m_line && event->type() == QEvent::FocusOut && isVisible())
        hide();
    return QFrame::eventFilter(watched, event);
}

} // namespace signalbox
