// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/policy_editor.h"

#include "policy/edit.h"
#include "policy/mend.h"
#include "ui/theme/text.h"

#include <QLocale>
#include <QPointer>
#include <QThreadPool>
#include <QUndoCommand>
#include <QUndoStack>

#include <nlohmann/json.hpp>

#include <utility>

namespace signalbox {

namespace {

constexpr std::size_t kReadAtOnceBelow = 200'000;
constexpr std::size_t kCompileAtOnceBelow = 32'000; ///< some hundred patterns at most
constexpr int kNewPatternsAtOnce = 4;               ///< one can take milliseconds to compile

/// Lets go of a document. The last of a long one takes milliseconds to destroy, for which nobody should wait.
void letGo(PolicyDocumentPtr document)
{
    if (document && document->text.size() >= kReadAtOnceBelow)
        QThreadPool::globalInstance()->start([document = std::move(document)] {});
}

/// A memento: the document before and after.
class ReplaceDocument : public QUndoCommand
{
public:
    ReplaceDocument(PolicyEditor& editor, PolicyDocumentPtr before, PolicyDocumentPtr after,
                    const QString& label, QString mergeId, quint64 mergeRun)
        : QUndoCommand(label), m_editor(editor), m_before(std::move(before)), m_after(std::move(after)),
          m_mergeId(std::move(mergeId)), m_mergeRun(mergeRun)
    {
    }
    ~ReplaceDocument() override
    {
        letGo(std::move(m_before));
        letGo(std::move(m_after));
    }
    void undo() override { m_editor.replace(m_before); }
    void redo() override { m_editor.replace(m_after); }
    int id() const override
    {
        return m_mergeId.isEmpty() ? -1 : static_cast<int>(qHash(m_mergeId) & 0x7fffffff);
    }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const ReplaceDocument*>(other);
        if (next->m_mergeId != m_mergeId || next->m_mergeRun != m_mergeRun)
            return false;
        letGo(std::exchange(m_after, next->m_after));
        setText(next->text());
        setObsolete(m_after->text == m_before->text); // dragged back to where it was
        return true;
    }

private:
    PolicyEditor& m_editor;
    PolicyDocumentPtr m_before;
    PolicyDocumentPtr m_after;
    QString m_mergeId;
    quint64 m_mergeRun;
};

/// The shortest text that reads back as the same number.
std::string numberJson(double value)
{
    return nlohmann::json(value).dump();
}

} // namespace

PolicyEditor::PolicyEditor(QObject* parent)
    : QObject(parent), m_document(std::make_shared<PolicyDocument>()), m_saved(m_document),
      m_undo(new QUndoStack(this))
{
    m_undo->setUndoLimit(500);
    connect(m_undo, &QUndoStack::cleanChanged, this, [this](bool clean) { Q_EMIT modifiedChanged(!clean); });
}

PolicyEditor::~PolicyEditor()
{
    disconnect(m_undo, nullptr, this, nullptr);
}

CompiledPolicyPtr PolicyEditor::compiled() const
{
    if (m_compiledFor != m_generation) {
        m_compiled =
            m_document->runnable() ? std::make_shared<const CompiledPolicy>(m_document->policy) : nullptr;
        m_compiledFor = m_generation;
    }
    return m_compiled;
}

CompiledPolicyPtr PolicyEditor::compiledIfReady() const
{
    return m_compiledFor == m_generation ? m_compiled : nullptr;
}

void PolicyEditor::whenCompiled(QObject* context, std::function<void(CompiledPolicyPtr)> use)
{
    if (compiledIfReady() || !m_document->runnable() || m_document->text.size() < kCompileAtOnceBelow) {
        use(compiled());
        return;
    }
    ++m_compiling;
    Q_EMIT workChanged();
    const QPointer<PolicyEditor> self(this);
    const QPointer<QObject> alive(context);
    QThreadPool::globalInstance()->start([self, alive, generation = m_generation, policy = m_document->policy,
                                          use = std::move(use)]() mutable {
        auto made = std::make_shared<const CompiledPolicy>(policy);
        QMetaObject::invokeMethod(
            qApp,
            [self, alive, generation, made = std::move(made), use = std::move(use)] {
                if (!self)
                    return;
                --self->m_compiling;
                if (generation == self->m_generation) {
                    self->m_compiled = made;
                    self->m_compiledFor = generation;
                }
                Q_EMIT self->workChanged();
                if (alive)
                    use(made);
            },
            Qt::QueuedConnection);
    });
}

void PolicyEditor::setWork(Work work)
{
    if (std::exchange(m_work, work) != work)
        Q_EMIT workChanged();
}

void PolicyEditor::applyText(std::string text, const QString& undoLabel, const QString& mergeId)
{
    const quint64 ticket = ++m_readTicket;
    setWork(Work::None);
    if (text == m_document->text)
        return;
    if (text.size() < kReadAtOnceBelow) {
        ReadOptions atOnce;
        atOnce.mostNewPatterns = kNewPatternsAtOnce;
        PolicyDocumentPtr document = readPolicy(text, atOnce);
        if (document->uncheckedPatterns == 0) {
            push(std::move(document), undoLabel, mergeId);
            return;
        }
    }
    setWork(Work::Reading);
    const QPointer<PolicyEditor> self(this);
    QThreadPool::globalInstance()->start(
        [self, ticket, undoLabel, mergeId, before = m_document, text = std::move(text)]() mutable {
            ReadOptions options;
            options.before = std::move(before);
            PolicyDocumentPtr document = readPolicy(std::move(text), options);
            QMetaObject::invokeMethod(
                qApp,
                [self, ticket, undoLabel, mergeId, document = std::move(document)] {
                    if (!self || ticket != self->m_readTicket)
                        return;
                    self->setWork(Work::None);
                    self->push(document, undoLabel, mergeId);
                },
                Qt::QueuedConnection);
        });
}

void PolicyEditor::push(PolicyDocumentPtr document, const QString& undoLabel, const QString& mergeId)
{
    m_undo->push(new ReplaceDocument(*this, m_document, std::move(document), undoLabel, mergeId, m_mergeRun));
}

void PolicyEditor::applyDocument(PolicyDocumentPtr document, const QString& undoLabel)
{
    ++m_readTicket;
    setWork(Work::None);
    push(std::move(document), undoLabel, {});
}

void PolicyEditor::mend(std::function<QString(int count)> undoLabel, QObject* context,
                        std::function<void(int count)> then)
{
    const quint64 ticket = ++m_readTicket;
    const auto take = [this, undoLabel = std::move(undoLabel),
                       then = std::move(then)](const MendedPolicy& mended) {
        const auto count = static_cast<int>(mended.done.size());
        setWork(Work::None);
        if (count > 0)
            push(mended.document, undoLabel(count), {});
        then(count);
    };
    if (m_document->text.size() < kReadAtOnceBelow) {
        take(mendPolicy(m_document));
        return;
    }
    setWork(Work::Mending);
    const QPointer<PolicyEditor> self(this);
    const QPointer<QObject> alive(context);
    QThreadPool::globalInstance()->start([self, alive, ticket, take, document = m_document] {
        MendedPolicy mended = mendPolicy(document);
        QMetaObject::invokeMethod(
            qApp,
            [self, alive, ticket, take, mended = std::move(mended)] {
                if (!self || ticket != self->m_readTicket)
                    return;
                if (alive)
                    take(mended);
                else
                    self->setWork(Work::None);
            },
            Qt::QueuedConnection);
    });
}

void PolicyEditor::endMerge()
{
    ++m_mergeRun;
}

void PolicyEditor::replace(PolicyDocumentPtr document)
{
    ++m_readTicket; // a text that is still being read came before this change
    setWork(Work::None);
    PolicyDocumentPtr old = std::exchange(m_document, std::move(document));
    ++m_generation;
    Q_EMIT documentChanged();
    letGo(std::move(old)); // after everybody took the new one
}

Result<> PolicyEditor::setJson(const QString& pointer, const std::string& jsonValue, const QString& undoLabel,
                               const QString& mergeId)
{
    auto text = setValue(m_document->text, ss(pointer), jsonValue);
    if (!text)
        return tl::unexpected<Error>(text.error());
    applyText(std::move(*text), undoLabel, mergeId);
    return {};
}

Result<> PolicyEditor::setNumber(const QString& pointer, double value, const QString& undoLabel,
                                 const QString& mergeId)
{
    return setJson(pointer,
                   value == std::trunc(value) && std::abs(value) < 1e15
                       ? std::to_string(static_cast<long long>(value))
                       : numberJson(value),
                   undoLabel, mergeId);
}

Result<> PolicyEditor::setText(const QString& pointer, const QString& value, const QString& undoLabel,
                               const QString& mergeId)
{
    return setJson(pointer, nlohmann::json(ss(value)).dump(), undoLabel, mergeId);
}

Result<> PolicyEditor::remove(const QString& pointer, const QString& undoLabel)
{
    auto text = removeValue(m_document->text, ss(pointer));
    if (!text)
        return tl::unexpected<Error>(text.error());
    applyText(std::move(*text), undoLabel);
    return {};
}

Result<> PolicyEditor::insert(const QString& listPointer, std::size_t position, const std::string& jsonValue,
                              const QString& undoLabel)
{
    auto text = insertElement(m_document->text, ss(listPointer), position, jsonValue);
    if (!text)
        return tl::unexpected<Error>(text.error());
    applyText(std::move(*text), undoLabel);
    return {};
}

void PolicyEditor::load(PolicyDocumentPtr document, int version, const QString& filePath)
{
    m_undo->clear();
    m_filePath = filePath;
    m_version = version;
    m_saved = document;
    replace(std::move(document));
    Q_EMIT versionChanged(m_version);
    Q_EMIT modifiedChanged(false);
}

void PolicyEditor::setSaved(int version)
{
    m_version = version;
    m_saved = m_document;
    endMerge();
    m_undo->setClean();
    Q_EMIT versionChanged(m_version);
}

void PolicyEditor::setSavedToFile(const QString& path)
{
    m_filePath = path;
    Q_EMIT versionChanged(m_version);
}

bool PolicyEditor::isModified() const
{
    return !m_undo->isClean();
}

std::string PolicyEditor::emptyText()
{
    return R"({
  "signalbox": 1,
  "name": "Untitled policy",
  "endpoints": [],
  "models": [],
  "tiers": [],
  "rules": [],
  "router": {
    "kind": "fixed"
  },
  "cascade": {
    "pattern": "direct"
  },
  "rubrics": [],
  "triggers": []
}
)";
}

} // namespace signalbox
