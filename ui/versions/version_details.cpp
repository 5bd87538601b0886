// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/version_details.h"

#include "ui/theme/text.h"

#include <QCoreApplication>
#include <QVBoxLayout>

namespace signalbox {

namespace {

constexpr std::size_t kMostMoves = 8;

QString moveText(const TagMove& move)
{
    QString what = move.to == 0 ? QCoreApplication::translate("signalbox::VersionDetails", "%1 taken off v%2")
                                      .arg(qs(move.tag))
                                      .arg(move.from)
                   : move.from == 0
                       ? QCoreApplication::translate("signalbox::VersionDetails", "%1 put on v%2")
                             .arg(qs(move.tag))
                             .arg(move.to)
                       : QCoreApplication::translate("signalbox::VersionDetails", "%1 moved v%2 → v%3")
                             .arg(qs(move.tag))
                             .arg(move.from)
                             .arg(move.to);
    return what + QStringLiteral(" · %1, %2").arg(qs(move.author), timeText(move.atMs));
}

} // namespace

VersionDetails::VersionDetails(QWidget* parent)
    : SideColumn(Side::Right, 290, parent), m_title(new QLabel(this)), m_message(new QLabel(this)),
      m_tags(new QWidget(this)), m_tagFlow(new FlowLayout(m_tags, space::xs)),
      m_history(new MutedLabel({}, this)),
      m_open(primaryButton(tr("Open in Editor"), QStringLiteral("versionOpen"), this)),
      m_restore(plainButton(tr("Restore as New Version"), QStringLiteral("versionRestore"), this)),
      m_tag(plainButton(tr("Tag…"), QStringLiteral("versionTag"), this)),
      m_export(plainButton(tr("Export…"), QStringLiteral("versionExport"), this))
{
    setObjectName(QStringLiteral("versionDetails"));
    m_title->setObjectName(QStringLiteral("versionTitle"));
    m_title->setFont(Theme::font(TextSize::Large, QFont::DemiBold));
    m_message->setObjectName(QStringLiteral("versionMessage"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    body()->addWidget(m_title);
    body()->addWidget(m_message);
    m_author = row(tr("Author"), "versionAuthor");
    m_time = row(tr("Saved"), "versionTime");
    m_parent = row(tr("Made from"), "versionParent");
    m_traces = row(tr("Evidence"), "versionTraces");
    m_hash = row(tr("Content hash"), "versionHash");
    m_hash->setFont(Theme::monospace(TextSize::Small));
    body()->addSpacing(space::s);
    body()->addWidget(new CaptionLabel(tr("Tags"), this));
    body()->addWidget(m_tags);
    body()->addSpacing(space::m);
    for (QPushButton* button : {m_open, m_restore, m_tag, m_export})
        body()->addWidget(button);
    body()->addSpacing(space::m);
    body()->addWidget(new CaptionLabel(tr("Way of the tags"), this));
    m_history->setObjectName(QStringLiteral("versionTagHistory"));
    body()->addWidget(m_history);
    body()->addStretch(1);
    m_restore->setToolTip(tr("Adds the content of this version as the newest one. Nothing is overwritten."));
    m_tag->setToolTip(tr("Puts a tag such as production on this version, off the one that has it."));
    m_export->setToolTip(tr("Writes this version as a checked file."));
    connect(m_open, &QPushButton::clicked, this, &VersionDetails::openRequested);
    connect(m_restore, &QPushButton::clicked, this, &VersionDetails::restoreRequested);
    connect(m_tag, &QPushButton::clicked, this, &VersionDetails::tagRequested);
    connect(m_export, &QPushButton::clicked, this, &VersionDetails::exportRequested);
    show(nullptr, {}, false, false);
}

QLabel* VersionDetails::row(const QString& caption, const char* objectName)
{
    body()->addSpacing(space::s); // a caption belongs to what follows it
    body()->addWidget(new CaptionLabel(caption, this));
    auto* label = new QLabel(this);
    label->setObjectName(QString::fromLatin1(objectName));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(caption);
    body()->addWidget(label);
    return label;
}

void VersionDetails::show(const PolicyVersion* version, const std::vector<TagMove>& moves, bool inEditor,
                          bool newest)
{
    while (QLayoutItem* item = m_tagFlow->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (QPushButton* button : {m_open, m_restore, m_tag, m_export})
        button->setEnabled(version != nullptr);
    if (!version) {
        m_title->setText(tr("No version"));
        for (QLabel* label : {m_message, m_author, m_time, m_parent, m_hash, m_traces, m_history})
            label->clear();
        return;
    }
    m_restore->setEnabled(!newest);
    m_open->setEnabled(!inEditor);
    m_open->setText(inEditor ? tr("Is in the Editor") : tr("Open in Editor"));
    m_title->setText(tr("Version %1").arg(version->version));
    m_message->setText(version->message.empty() ? tr("(no message)") : qs(version->message));
    m_author->setText(qs(version->author));
    m_time->setText(timeText(version->createdAtMs));
    const QString parent = version->parentName == version->name
                               ? QStringLiteral("v%1").arg(version->parent)
                               : QStringLiteral("%1 v%2").arg(qs(version->parentName)).arg(version->parent);
    m_parent->setText(version->parent == 0        ? tr("nothing: it is the first")
                      : version->restoredFrom > 0 ? tr("%1, restored").arg(parent)
                                                  : parent);
    m_traces->setText(version->traces == 0 ? tr("no trace of this content")
                                           : tr("%n trace(s) of this content", nullptr, version->traces));
    m_hash->setText(qs(version->contentHash.substr(0, 16)));
    m_hash->setToolTip(qs(version->contentHash));
    for (const std::string& tag : version->tags) {
        auto* pill = new Pill(qs(tag) + QStringLiteral(" ✕"),
                              tag == "production"  ? Tone::Good
                              : tag == "candidate" ? Tone::Info
                                                   : Tone::Neutral,
                              m_tags);
        pill->setObjectName(QStringLiteral("untag:") + qs(tag));
        pill->setAccessibleName(tr("Take the tag %1 away").arg(qs(tag)));
        pill->setToolTip(pill->accessibleName());
        pill->setPressable(true);
        connect(pill, &Pill::clicked, this, [this, name = qs(tag)] { Q_EMIT untagRequested(name); });
        m_tagFlow->addWidget(pill);
    }
    if (version->tags.empty())
        m_tagFlow->addWidget(new MutedLabel(tr("none"), m_tags));
    m_tags->updateGeometry();
    QStringList lines;
    for (std::size_t i = 0; i < moves.size() && i < kMostMoves; ++i)
        lines.append(moveText(moves[i]));
    m_history->setText(lines.isEmpty() ? tr("No tag was ever moved.") : lines.join(QLatin1Char('\n')));
}

} // namespace signalbox
