// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The policy that is being edited: its document, its undo history, and where it was last saved. Every change
// of the policy in the window goes through here. Qt thread only.

#include "base/result.h"
#include "policy/document.h"
#include "routers/compiled_policy.h"

#include <QObject>
#include <QString>

#include <functional>
#include <string>

QT_BEGIN_NAMESPACE
class QUndoStack;
QT_END_NAMESPACE

namespace signalbox {

class PolicyEditor : public QObject
{
    Q_OBJECT
public:
    explicit PolicyEditor(QObject* parent = nullptr);
    ~PolicyEditor() override;

    /// Never null. While a long text is being read it is still the document before it.
    PolicyDocumentPtr document() const { return m_document; }
    /// Ready for deciding; null while the document has errors. Made on demand and kept; for a long policy that
    /// takes long: whenCompiled() then.
    CompiledPolicyPtr compiled() const;
    /// The same, when it is there already; else null.
    CompiledPolicyPtr compiledIfReady() const;
    /// Hands over what compiled() gives for the document as it is now: at once when it is there or short, else
    /// when it has been made off the Qt thread. Nothing happens when the context has gone by then.
    void whenCompiled(QObject* context, std::function<void(CompiledPolicyPtr)> use);
    /// Grows with every change of document(): a result computed for an older one drops itself.
    quint64 generation() const { return m_generation; }
    bool isReading() const { return m_work == Work::Reading || m_work == Work::Mending; }

    /// What goes on off the Qt thread.
    enum class Work { None, Reading, Mending, Compiling };
    Work work() const { return m_work == Work::None && m_compiling > 0 ? Work::Compiling : m_work; }

    QUndoStack* undoStack() const { return m_undo; }

    /// Makes `text` the policy's text, as one step that can be undone ("Undo: set grounding to 3.5").
    /// Consecutive calls with the same non-empty mergeId become one step; a drag passes its pointer, say, and
    /// calls endMerge() at its end. Texts under 200 kB with few new patterns are read at once; longer ones off the Qt thread, and
    /// documentChanged() follows.
    void applyText(std::string text, const QString& undoLabel, const QString& mergeId = {});
    void endMerge();
    /// A document that has been read already, as one step that can be undone.
    void applyDocument(PolicyDocumentPtr document, const QString& undoLabel);
    /// mendPolicy() as one step that can be undone; a long text is mended off the Qt thread. Then says how many
    /// problems went; nothing, when the text was changed in the meantime.
    void mend(std::function<QString(int count)> undoLabel, QObject* context, std::function<void(int count)> then);

    /// setValue() of policy/edit.h and applyText(). The value is a JSON text.
    Result<> setJson(const QString& pointer, const std::string& jsonValue, const QString& undoLabel,
                     const QString& mergeId = {});
    Result<> setNumber(const QString& pointer, double value, const QString& undoLabel,
                       const QString& mergeId = {});
    Result<> setText(const QString& pointer, const QString& value, const QString& undoLabel,
                     const QString& mergeId = {});
    Result<> remove(const QString& pointer, const QString& undoLabel);
    Result<> insert(const QString& listPointer, std::size_t position, const std::string& jsonValue,
                    const QString& undoLabel);

    /// What a new policy begins with: empty lists, and a fixed router that has no target yet.
    static std::string emptyText();

    /// A new starting point: forgets the history. `version` 0 = none in the workspace yet.
    void load(PolicyDocumentPtr document, int version, const QString& filePath = {});
    /// The document as it is now has been saved as this version.
    void setSaved(int version);
    void setSavedToFile(const QString& path);

    bool isModified() const;
    int version() const { return m_version; } ///< of the last save in the workspace, 0 = none
    /// The document as it was when it was loaded, or last saved as version(). Never null.
    PolicyDocumentPtr savedDocument() const { return m_saved; }
    const QString& filePath() const { return m_filePath; }

    // For undo commands.
    void replace(PolicyDocumentPtr document);

Q_SIGNALS:
    void documentChanged();
    void modifiedChanged(bool modified);
    void versionChanged(int version);
    void workChanged();

private:
    void setWork(Work work);
    void push(PolicyDocumentPtr document, const QString& undoLabel, const QString& mergeId);

    PolicyDocumentPtr m_document;
    PolicyDocumentPtr m_saved;
    mutable CompiledPolicyPtr m_compiled;
    mutable quint64 m_compiledFor = 0;
    QUndoStack* m_undo = nullptr;
    quint64 m_generation = 1;
    quint64 m_readTicket = 0;
    quint64 m_mergeRun = 0;
    Work m_work = Work::None; ///< on the text
    int m_compiling = 0;
    int m_version = 0;
    QString m_filePath;
};

} // namespace signalbox
