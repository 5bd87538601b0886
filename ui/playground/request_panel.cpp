// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/playground/request_panel.h"

#include "ui/shell/dialogs.h"
#include "ui/theme/text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace signalbox {

namespace {

constexpr int kMenuTextLength = 64;

QString oneLine(const Request& request)
{
    const std::string_view text = request.lastUserText();
    QString line = qs(text).simplified();
    if (line.size() > kMenuTextLength)
        line = line.left(kMenuTextLength - 1) + QChar(0x2026);
    return line.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

struct KnownMetadata
{
    const char* key;
    std::vector<const char*> values;
};

const std::vector<KnownMetadata>& knownMetadata()
{
    static const std::vector<KnownMetadata> known{{"account", {"free", "pro", "business", "enterprise"}},
                                                  {"channel", {"chat", "email", "api"}},
                                                  {"format", {"json"}}};
    return known;
}

} // namespace

RequestPanel::RequestPanel(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("requestPanel"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);

    auto* head = new QHBoxLayout;
    head->addWidget(new CaptionLabel(tr("Prompt"), this));
    head->addStretch();
    m_examples = linkButton(tr("Try one…"), QStringLiteral("tryOne"), this);
    m_examples->setAccessibleName(tr("Try a prompt of the dataset"));
    m_exampleMenu = new QMenu(m_examples);
    m_exampleMenu->setObjectName(QStringLiteral("exampleMenu"));
    m_examples->setMenu(m_exampleMenu);
    m_examples->setStyleSheet(QStringLiteral("QPushButton::menu-indicator { image: none; width: 0; }"));
    m_examples->setEnabled(false);
    head->addWidget(m_examples);
    layout->addLayout(head);

    m_turns = new TurnsEditor(this);
    layout->addWidget(m_turns);
    connect(m_turns, &TurnsEditor::edited, this, &RequestPanel::changed);
    m_prompt = new QPlainTextEdit(this);
    m_prompt->setObjectName(QStringLiteral("promptEdit"));
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setPlaceholderText(tr("What a customer would ask"));
    m_prompt->setTabChangesFocus(true);
    m_prompt->setMinimumHeight(112);
    m_prompt->setMaximumHeight(176);
    m_prompt->installEventFilter(this);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, &RequestPanel::changed);
    layout->addWidget(m_prompt);

    m_chips = new QWidget(this);
    m_chips->setObjectName(QStringLiteral("chips"));
    new FlowLayout(m_chips, space::xs + 2);
    layout->addWidget(m_chips);

    auto* buttons = new FlowLayout; // the words of another language may need a second line
    m_send = primaryButton(tr("Send"), QStringLiteral("sendButton"), this);
    m_send->setAccessibleName(tr("Send the prompt"));
    m_send->setToolTip(tr("Send the prompt through the cascade (Ctrl+Enter)"));
    m_allTiers = plainButton(tr("All Tiers"), QStringLiteral("allTiersButton"), this);
    m_allTiers->setAccessibleName(tr("Send the prompt to all tiers"));
    m_allTiers->setToolTip(tr("Ask every tier that is not barred, to compare them (Ctrl+Shift+Enter)"));
    m_compare = plainButton(tr("Compare…"), QStringLiteral("compareButton"), this);
    m_compare->setAccessibleName(tr("Compare policies on the prompt"));
    m_compare->setToolTip(
        tr("Send the prompt through several policies or tiers, side by side (Ctrl+Alt+Enter)"));
    m_stop = plainButton(tr("Stop"), QStringLiteral("stopButton"), this);
    m_stop->setAccessibleName(tr("Stop the run"));
    m_stop->setToolTip(tr("Stop what runs; what was finished is kept (Esc)"));
    buttons->addWidget(m_send);
    buttons->addWidget(m_allTiers);
    buttons->addWidget(m_compare);
    buttons->addWidget(m_stop);
    layout->addLayout(buttons);
    connect(m_send, &QPushButton::clicked, this, &RequestPanel::sendAsked);
    connect(m_allTiers, &QPushButton::clicked, this, &RequestPanel::allTiersAsked);
    connect(m_compare, &QPushButton::clicked, this, &RequestPanel::compareAsked);
    connect(m_stop, &QPushButton::clicked, this, &RequestPanel::stopAsked);

    m_obstacle = new MutedLabel({}, this);
    m_obstacle->setObjectName(QStringLiteral("sendObstacle"));
    m_obstacle->setWordWrap(true);
    layout->addWidget(m_obstacle);
    m_problems = linkButton(tr("Show the problems"), QStringLiteral("showProblems"), this);
    m_problems->setAccessibleName(tr("Show the problems of the policy"));
    connect(m_problems, &QPushButton::clicked, this, &RequestPanel::problemsAsked);
    auto* link = new QHBoxLayout;
    link->addWidget(m_problems);
    link->addStretch();
    layout->addLayout(link);
    layout->addStretch(1); // room to spare goes below, not between the chips and the buttons
    m_problems->hide();
    m_obstacle->hide();
    rebuildChips();
    updateButtons();
}

void RequestPanel::changed()
{
    // Another text is another request: it has lost its place in the dataset, and its reference with it.
    if (!m_filling) {
        m_request.id.clear();
        m_request.reference.clear();
    }
    updateButtons();
    Q_EMIT edited();
}

void RequestPanel::setRequest(const Request& request)
{
    m_request = request;
    m_filling = true;
    const auto last = std::find_if(request.messages.rbegin(), request.messages.rend(),
                                   [](const Message& message) { return message.role == "user"; });
    const auto prompt = last == request.messages.rend() ? request.messages.end() : last.base() - 1;
    m_turns->setMessages({request.messages.begin(), prompt});
    m_after.assign(prompt == request.messages.end() ? prompt : prompt + 1, request.messages.end());
    m_prompt->setPlainText(qs(request.lastUserText()));
    m_filling = false;
    rebuildChips();
}

Request RequestPanel::request() const
{
    Request request = m_request;
    request.messages = m_turns->messages();
    request.messages.push_back({"user", ss(m_prompt->toPlainText().trimmed())});
    request.messages.insert(request.messages.end(), m_after.begin(), m_after.end());
    return request;
}

void RequestPanel::goOn(const std::string& answer)
{
    std::vector<Message> before = request().messages;
    before.push_back({"assistant", answer});
    m_turns->setMessages(before);
    m_after.clear();
    m_prompt->clear();
    focusPrompt();
}

bool RequestPanel::hasPrompt() const
{
    return !m_prompt->toPlainText().trimmed().isEmpty();
}

void RequestPanel::setExamples(std::vector<ExampleGroup> groups)
{
    m_groups = std::move(groups);
    m_exampleMenu->clear();
    for (const ExampleGroup& group : m_groups) {
        QMenu* menu = m_exampleMenu->addMenu(group.name);
        menu->setObjectName(QStringLiteral("examples:%1").arg(group.id));
        for (const Request& request : group.requests) {
            QAction* action = menu->addAction(oneLine(request));
            action->setObjectName(QStringLiteral("example:%1").arg(qs(request.id)));
            connect(action, &QAction::triggered, this, [this, request] {
                setRequest(request);
                focusPrompt();
            });
        }
    }
    m_examples->setEnabled(!m_groups.empty());
    m_examples->setToolTip(m_groups.empty()
                               ? tr("The workspace holds no dataset yet.")
                               : tr("Prompts of the dataset, by what is interesting about them"));
}

const Request* RequestPanel::example(const QString& group) const
{
    for (const ExampleGroup& candidate : m_groups)
        if (candidate.id == group && !candidate.requests.empty())
            return &candidate.requests.front();
    return m_groups.empty() || m_groups.front().requests.empty() ? nullptr
                                                                 : &m_groups.front().requests.front();
}

void RequestPanel::setObstacle(const QString& why, bool problems)
{
    m_why = why;
    m_obstacle->setText(why);
    m_obstacle->setVisible(!why.isEmpty());
    m_problems->setVisible(problems);
    updateButtons();
}

void RequestPanel::setRunning(bool running)
{
    m_running = running;
    updateButtons();
}

void RequestPanel::focusPrompt()
{
    m_prompt->setFocus();
    m_prompt->moveCursor(QTextCursor::End);
}

void RequestPanel::updateButtons()
{
    const bool may = m_why.isEmpty() && !m_running && hasPrompt();
    m_send->setEnabled(may);
    m_allTiers->setEnabled(may);
    m_compare->setEnabled(may);
    m_compare->setVisible(!m_running); // what can be stopped takes its place
    m_stop->setVisible(m_running);
    m_stop->setEnabled(m_running);
}

bool RequestPanel::eventFilter(QObject* watched, QEvent* event)
{
    // The window's shortcuts do the same; this serves a page that stands by itself.
    if (watched == m_prompt && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        const auto modifiers = key->modifiers() & ~Qt::KeypadModifier;
        if (enter && modifiers == Qt::ControlModifier) {
            Q_EMIT sendAsked();
            return true;
        }
        if (enter && modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
            Q_EMIT allTiersAsked();
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            Q_EMIT stopAsked();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

Pill* RequestPanel::chip(const QString& text, const QString& objectName, const QString& accessible)
{
    auto* pill = new Pill(text, Tone::Neutral, m_chips);
    pill->setObjectName(objectName);
    pill->setAccessibleName(accessible);
    pill->setPressable(true);
    m_chips->layout()->addWidget(pill);
    pill->show();
    return pill;
}

void RequestPanel::rebuildChips()
{
    while (QLayoutItem* item = m_chips->layout()->takeAt(0)) {
        // A chip may be in the middle of its own click.
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const auto& [key, value] : m_request.metadata) {
        const QString name = qs(key);
        Pill* pill = chip(tr("%1: %2 ×").arg(name, qs(value)), QStringLiteral("metadata:%1").arg(name),
                          tr("Remove the metadata %1: %2").arg(name, qs(value)));
        connect(pill, &Pill::clicked, this, [this, metadata = key] {
            m_request.metadata.erase(metadata);
            rebuildChips();
        });
    }
    for (const auto& [key, value] : m_request.headers) {
        const QString name = qs(key);
        //: a header of a request and its value, and a cross that removes it
        Pill* pill = chip(tr("header %1: %2 ×").arg(name, qs(value)), QStringLiteral("header:%1").arg(name),
                          tr("Remove the header %1: %2").arg(name, qs(value)));
        connect(pill, &Pill::clicked, this, [this, header = key] {
            m_request.headers.erase(header);
            rebuildChips();
        });
    }
    for (std::size_t i = 0; i < m_request.attachments.size(); ++i) {
        const Attachment& attachment = m_request.attachments[i];
        Pill* pill = chip(tr("%1 ×").arg(qs(attachment.name.empty() ? attachment.kind : attachment.name)),
                          QStringLiteral("attachment:%1").arg(i),
                          tr("Remove the attachment %1").arg(qs(attachment.name)));
        pill->setToolTip(tr("Attachment, %1. Only its kind and name are sent.").arg(qs(attachment.kind)));
        connect(pill, &Pill::clicked, this, [this, i] {
            m_request.attachments.erase(m_request.attachments.begin() + static_cast<std::ptrdiff_t>(i));
            rebuildChips();
        });
    }
    Pill* addMetadata = chip(tr("+ metadata"), QStringLiteral("addMetadata"), tr("Add metadata"));
    connect(addMetadata, &Pill::clicked, this, [this, addMetadata] {
        auto* menu = new QMenu(this);
        fillMetadataMenu(menu);
        popUp(menu, QStringLiteral("metadataMenu"), addMetadata);
    });
    Pill* addAttachment = chip(tr("+ attachment"), QStringLiteral("addAttachment"), tr("Add an attachment"));
    connect(addAttachment, &Pill::clicked, this, [this, addAttachment] {
        auto* menu = new QMenu(this);
        for (const auto& [kind, name, text] :
             {std::tuple("image", "screenshot.png", tr("Image")), std::tuple("pdf", "invoice.pdf", tr("PDF")),
              std::tuple("log", "sync.log", tr("Log"))}) {
            QAction* action = menu->addAction(text);
            connect(action, &QAction::triggered, this, [this, attachment = Attachment{kind, name}] {
                m_request.attachments.push_back(attachment);
                rebuildChips();
            });
        }
        popUp(menu, QStringLiteral("attachmentMenu"), addAttachment);
    });
    Pill* addSystem = chip(tr("+ system prompt"), QStringLiteral("addSystem"), tr("Add a system prompt"));
    connect(addSystem, &Pill::clicked, m_turns, &TurnsEditor::addSystem);
    Pill* addMore = chip(tr("+ more"), QStringLiteral("addMore"), tr("Add a turn, a header or a user tier"));
    connect(addMore, &Pill::clicked, this, [this, addMore] {
        auto* menu = new QMenu(this);
        fillMoreMenu(menu);
        popUp(menu, QStringLiteral("moreMenu"), addMore);
    });
    m_chips->layout()->invalidate();
    m_chips->updateGeometry();
}

void RequestPanel::fillMetadataMenu(QMenu* menu)
{
    for (const KnownMetadata& known : knownMetadata()) {
        QMenu* values = menu->addMenu(QString::fromLatin1(known.key));
        for (const char* value : known.values)
            connect(values->addAction(QString::fromLatin1(value)), &QAction::triggered, this,
                    [this, key = std::string(known.key), value = std::string(value)] {
                        setMetadata(key, value);
                    });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Other…")), &QAction::triggered, this, [this] {
        bool ok = false;
        const QString text = Dialogs::current().askText(
            this, tr("Add Metadata"), tr("Key and value, as in key: value"), QString(), &ok);
        const auto colon = text.indexOf(QLatin1Char(':'));
        if (!ok || colon < 1)
            return;
        setMetadata(ss(text.left(colon).trimmed()), ss(text.mid(colon + 1).trimmed()));
    });
}

void RequestPanel::popUp(QMenu* menu, const QString& objectName, QWidget* under)
{
    menu->setObjectName(objectName);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(under->mapToGlobal(QPoint(0, under->height())));
}

void RequestPanel::fillMoreMenu(QMenu* menu)
{
    QAction* turn = menu->addAction(tr("Earlier &Turn"));
    turn->setObjectName(QStringLiteral("moreTurn"));
    connect(turn, &QAction::triggered, m_turns, &TurnsEditor::addTurn);
    QAction* header = menu->addAction(tr("&Header…"));
    header->setObjectName(QStringLiteral("moreHeader"));
    connect(header, &QAction::triggered, this, [this] {
        bool ok = false;
        const QString text = Dialogs::current().askText(
            this, tr("Add a Header"), tr("Name and value, as in X-Team: billing"), QString(), &ok);
        const auto colon = text.indexOf(QLatin1Char(':'));
        if (!ok || colon < 1)
            return;
        m_request.headers[ss(text.left(colon).trimmed().toLower())] = ss(text.mid(colon + 1).trimmed());
        rebuildChips();
    });
    QMenu* tiers = menu->addMenu(tr("&User Tier"));
    tiers->setObjectName(QStringLiteral("userTierMenu"));
    if (!m_policy || m_policy->userTiers.empty()) {
        tiers->addAction(tr("The policy has no user tiers"))->setEnabled(false);
        return;
    }
    for (const UserTier& tier : m_policy->userTiers) {
        // A user tier is what the request says of its user: its first allowed values are put in.
        QAction* action = tiers->addAction(qs(tier.id));
        action->setObjectName(QStringLiteral("userTier:%1").arg(qs(tier.id)));
        action->setEnabled(!tier.when.metadata.empty() || !tier.when.headers.empty());
        action->setToolTip(action->isEnabled() ? tr("Puts in the metadata and headers that make it")
                                               : tr("No metadata or header makes it"));
        connect(action, &QAction::triggered, this, [this, when = tier.when] {
            for (const auto& [key, values] : when.metadata) {
                if (!values.empty())
                    m_request.metadata[key] = values.front();
            }
            for (const auto& [key, values] : when.headers) {
                if (!values.empty())
                    m_request.headers[key] = values.front();
            }
            rebuildChips();
        });
    }
}

void RequestPanel::setMetadata(const std::string& key, const std::string& value)
{
    m_request.metadata[key] = value;
    rebuildChips();
}

} // namespace signalbox
