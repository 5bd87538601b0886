// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/help_window.h"

#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextFrame>
#include <QTextTable>
#include <QToolButton>
#include <QTreeWidget>

namespace signalbox {

namespace {

constexpr int kTopicRole = Qt::UserRole + 1;
constexpr int kContentsWidth = 250;

/// Markdown as Qt lays it out has large headings and tables without lines.
void dress(QTextDocument& document)
{
    const ThemeColors& colors = Theme::instance().colors();
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const int level = block.blockFormat().headingLevel();
        QTextCursor cursor(block);
        if (level > 0) {
            QTextCharFormat characters;
            characters.setFont(Theme::font(level <= 2 ? TextSize::Large : TextSize::Normal, QFont::DemiBold));
            cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
            cursor.mergeCharFormat(characters);
            QTextBlockFormat format = block.blockFormat();
            format.setTopMargin(level <= 2 ? 4 : 12);
            format.setBottomMargin(6);
            cursor.setBlockFormat(format);
        } else if (!cursor.currentTable() && !cursor.currentList()) {
            QTextBlockFormat format = block.blockFormat();
            format.setBottomMargin(6);
            format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
            cursor.setBlockFormat(format);
        }
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            if (!fragment.charFormat().fontFixedPitch() && !fragment.charFormat().isAnchor())
                continue;
            QTextCursor part(block);
            part.setPosition(fragment.position());
            part.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
            QTextCharFormat format;
            if (fragment.charFormat().isAnchor())
                format.setForeground(colors.info);
            else
                format.setFont(Theme::monospace(TextSize::Small));
            part.mergeCharFormat(format);
        }
    }
    const auto frames = document.rootFrame()->childFrames();
    for (QTextFrame* frame : frames) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(colors.hairline);
        format.setBorderCollapse(true);
        format.setCellPadding(5);
        format.setCellSpacing(0);
        format.setTopMargin(4);
        format.setBottomMargin(10);
        table->setFormat(format);
    }
}

} // namespace

HelpWindow::HelpWindow(HelpLibrary library, QWidget* parent) : QDialog(parent), m_library(std::move(library))
{
    setObjectName(QStringLiteral("helpWindow"));
    setWindowTitle(tr("Help"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(hairline(Qt::Horizontal, this));

    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setObjectName(QStringLiteral("helpSplitter"));
    split->setAccessibleName(tr("Contents at the left, the page at the right"));
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    m_contents = new QTreeWidget(split);
    m_contents->setObjectName(QStringLiteral("helpContents"));
    m_contents->setAccessibleName(tr("Contents of the help"));
    m_contents->setHeaderHidden(true);
    m_contents->setFrameShape(QFrame::NoFrame);
    m_contents->setTextElideMode(Qt::ElideRight);
    m_contents->header()->setSectionResizeMode(QHeaderView::Stretch);
    m_text = new QTextBrowser(split);
    m_text->setObjectName(QStringLiteral("helpText"));
    m_text->setAccessibleName(tr("Page of the help"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(space::l);
    m_text->setStyleSheet(QStringLiteral("QTextBrowser { border: none; border-radius: 0; }"));
    split->addWidget(m_contents);
    split->addWidget(m_text);
    split->setStretchFactor(1, 1);
    split->setSizes({kContentsWidth, 570});
    layout->addWidget(split, 1);
    resize(820, 600);

    connect(m_contents, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        const QString topic = item ? item->data(0, kTopicRole).toString() : QString();
        if (topic.isEmpty() || topic == m_topic)
            return;
        if (!m_topic.isEmpty())
            m_past.append(m_topic);
        m_future.clear();
        display(topic);
    });
    connect(m_text, &QTextBrowser::anchorClicked, this, &HelpWindow::follow);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        if (!m_topic.isEmpty())
            display(m_topic);
    });
    searchFor({});
    refreshButtons();
}

QWidget* HelpWindow::makeBar()
{
    auto* bar = new QFrame(this);
    bar->setProperty("role", QStringLiteral("panel"));
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(space::s, space::xs, space::s, space::xs);
    line->setSpacing(2);
    const auto button = [&](const QString& text, const QString& name, const QString& about, auto run) {
        auto* made = new QToolButton(bar);
        made->setText(text);
        made->setObjectName(name);
        made->setAccessibleName(about);
        made->setToolTip(about);
        made->setFocusPolicy(Qt::TabFocus);
        connect(made, &QToolButton::clicked, this, run);
        line->addWidget(made);
        return made;
    };
    m_back =
        button(QStringLiteral("←"), QStringLiteral("helpBack"), tr("Back (Alt+Left)"), [this] { back(); });
    m_forward = button(QStringLiteral("→"), QStringLiteral("helpForward"), tr("Forward (Alt+Right)"),
                       [this] { forward(); });
    // Shortcuts, not keys: the page would take them for a history of its own.
    connect(new QShortcut(QKeySequence(Qt::ALT | Qt::Key_Left), this), &QShortcut::activated, this,
            [this] { back(); });
    connect(new QShortcut(QKeySequence(Qt::ALT | Qt::Key_Right), this), &QShortcut::activated, this,
            [this] { forward(); });
    line->addSpacing(space::s);
    m_search = new QLineEdit(bar);
    m_search->setObjectName(QStringLiteral("helpSearch"));
    m_search->setAccessibleName(tr("Search the help"));
    m_search->setPlaceholderText(tr("Search, or a code such as SB1003"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &HelpWindow::searchFor);
    line->addWidget(m_search, 1);
    return bar;
}

void HelpWindow::searchFor(const QString& words)
{
    const bool isSearch = !words.trimmed().isEmpty();
    QStringList topics;
    if (isSearch) {
        topics = m_library.search(words);
    } else {
        for (const HelpPage& page : m_library.pages())
            topics.append(page.topic);
    }
    fill(topics, isSearch);
}

void HelpWindow::fill(const QStringList& topics, bool isSearch)
{
    const QSignalBlocker quiet(m_contents);
    m_contents->clear();
    QHash<QString, QTreeWidgetItem*> chapters;
    for (const QString& topic : topics) {
        const HelpPage* page = m_library.page(topic);
        QTreeWidgetItem*& chapter = chapters[page->chapter];
        if (!chapter) {
            chapter = new QTreeWidgetItem(m_contents, {page->chapter});
            chapter->setFlags(Qt::ItemIsEnabled);
            QFont font = Theme::font(TextSize::Normal, QFont::DemiBold);
            chapter->setFont(0, font);
            // All of the diagnostics would push the rest out of sight.
            chapter->setExpanded(isSearch || !chapters.contains(tr("Views")) ||
                                 m_contents->topLevelItemCount() < 3);
        }
        auto* item = new QTreeWidgetItem(chapter, {page->title});
        item->setData(0, kTopicRole, topic);
        item->setToolTip(0, page->title);
        if (topic == m_topic)
            m_contents->setCurrentItem(item);
    }
    if (topics.isEmpty()) {
        auto* none = new QTreeWidgetItem(m_contents, {tr("Nothing found")});
        none->setFlags(Qt::NoItemFlags);
    }
}

bool HelpWindow::showTopic(const QString& topic)
{
    const HelpPage* page = m_library.page(topic);
    if (page && page->topic != m_topic) {
        if (!m_topic.isEmpty())
            m_past.append(m_topic);
        m_future.clear();
        display(page->topic);
    }
    if (!isVisible()) {
        show();
        m_contents->doItemsLayout(); // what was laid out unseen lacks the room that the style gives
    }
    raise();
    activateWindow();
    m_text->setFocus(Qt::OtherFocusReason);
    return page != nullptr;
}

void HelpWindow::display(const QString& topic)
{
    const HelpPage* page = m_library.page(topic);
    if (!page)
        return;
    m_topic = page->topic;
    if (page->isHtml)
        m_text->setHtml(page->markdown);
    else
        m_text->document()->setMarkdown(page->markdown, QTextDocument::MarkdownDialectGitHub);
    dress(*m_text->document());
    m_text->moveCursor(QTextCursor::Start);
    m_text->verticalScrollBar()->setValue(0);
    setWindowTitle(tr("%1 – Help").arg(page->title));
    if (const QString words = m_search->text().trimmed(); !words.isEmpty())
        m_text->find(words.section(QLatin1Char(' '), 0, 0));
    const QSignalBlocker quiet(m_contents);
    for (QTreeWidgetItemIterator it(m_contents); *it; ++it) {
        if ((*it)->data(0, kTopicRole).toString() == m_topic) {
            m_contents->setCurrentItem(*it);
            m_contents->scrollToItem(*it);
        }
    }
    refreshButtons();
}

void HelpWindow::follow(const QUrl& link)
{
    const QString topic = m_library.topicOf(link);
    if (!topic.isEmpty())
        showTopic(topic);
    else if (link.scheme() == QLatin1String("https"))
        QDesktopServices::openUrl(link);
}

void HelpWindow::back()
{
    if (m_past.isEmpty())
        return;
    m_future.append(m_topic);
    display(m_past.takeLast());
}

void HelpWindow::forward()
{
    if (m_future.isEmpty())
        return;
    m_past.append(m_topic);
    display(m_future.takeLast());
}

void HelpWindow::refreshButtons()
{
    m_back->setEnabled(!m_past.isEmpty());
    m_forward->setEnabled(!m_future.isEmpty());
}

void HelpWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Find))
        m_search->setFocus(Qt::ShortcutFocusReason);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_search->hasFocus()) {
        // The first find; Enter is no button of a dialog here.
        for (QTreeWidgetItemIterator it(m_contents); *it; ++it) {
            if (!(*it)->data(0, kTopicRole).toString().isEmpty()) {
                m_contents->setCurrentItem(*it);
                break;
            }
        }
    } else {
        QDialog::keyPressEvent(event);
    }
}

} // namespace signalbox
