// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is open: a workspace, the policy that is edited, the sandbox, the engine. The only bridge between the
// core and the window; modes get a Session& and nothing else. Qt thread only.

#include "base/result.h"
#include "ui/shell/live_runs.h"
#include "ui/shell/policy_editor.h"
#include "ui/shell/sandbox_faults.h"
#include "ui/shell/store.h"
#include "workspace/dataset.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

QT_BEGIN_NAMESPACE
class QTimer;
QT_END_NAMESPACE

namespace signalbox {

inline constexpr const char* kSampleDataset = "harbor-sample";

class Session : public QObject
{
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override; ///< cancels what runs, writes what is queued

    PolicyEditor& policy() { return *m_policy; }
    LiveRuns& runs() { return *m_runs; }
    Store& store() { return *m_store; }
    SandboxFaults& faults() { return *m_faults; }

    /// Opens a workspace off the Qt thread, or creates it with the sample in it; workspaceChanged() or
    /// errorOccurred() follows. Brings up the sandbox and the engine as well. The policy becomes the
    /// workspace's newest version, or the sample's.
    void openWorkspace(const QString& path, bool createWithSample);
    /// The default workspace: harbor.signalbox in the application's data folder.
    static QString defaultWorkspacePath();
    void closeWorkspace();

    bool isOpening() const { return m_opening; }
    bool isOpen() const { return m_store->hasWorkspace(); }
    QString workspacePath() const;
    QString workspaceName() const; ///< the file's name
    int writesQueued() const;

    /// What is in the workspace, as last read; refreshed after imports and runs.
    const std::vector<DatasetInfo>& datasets() const { return m_datasets; }
    const DatasetInfo* dataset(const QString& name) const;

    // Runs of the policy as it is edited now. Errors: policy.has_errors, session.not_ready, batch.running.
    Result<RunId> startRun(Request request, RunOptions options = {});
    /// A run of a policy that whenCompiled() handed over.
    Result<RunId> startRun(CompiledPolicyPtr policy, Request request, RunOptions options = {});
    /// Reads the dataset's prompts off the Qt thread, then starts; runs().batchStarted() or errorOccurred()
    /// follows.
    enum class BatchPart { All, Left }; ///< Left: what an interrupted run of the same policy did not get to
    Result<> startBatch(const QString& dataset, TraceMode mode = TraceMode::Policy, int concurrency = 16,
                        BatchPart part = BatchPart::All);

    /// Saves the policy as a new version of the workspace, a child of the one it was opened from. Without a
    /// message it gets one from what changed; with one it becomes a version although nothing changed.
    Result<int> saveVersion(const QString& message = {});
    /// What saveVersion() would say of itself.
    QString automaticVersionMessage() const;
    // Off the Qt thread; versionsChanged() or errorOccurred() follows.
    /// Adds the content of a version as a new one. It comes into the editor when nothing there is unsaved.
    void restoreVersion(const QString& name, int version);
    /// Puts a tag on a version; 0 takes it away.
    void setTag(const QString& name, const QString& tag, int version);
    /// Loads a version into the editor, whatever is there.
    void openVersion(const QString& name, int version);
    Result<> openPolicyFile(const QString& path);
    Result<> savePolicyFile(const QString& path);
    /// Canonical; an error when the policy has errors, unless `force`, which marks the file.
    Result<> exportPolicy(const QString& path, bool force = false);
    /// The same for any document; `version` 0 = it is none of the workspace.
    Result<> exportDocument(const PolicyDocument& document, int version, const QString& path, bool force);
    /// Off the Qt thread; datasetsChanged() or errorOccurred() follows.
    void importPrompts(const QString& path, const QString& dataset);
    void setResolved(const QString& traceId, std::optional<bool> resolved);
    /// What the person at the window thinks of the tier that answered.
    void rate(const QString& traceId, TierFit fit);
    /// Where sandbox://local is served, "http://127.0.0.1:PORT"; "" = nowhere.
    std::string sandboxBaseUrl() const;

    /// Asks the window to show a thing: mode id and target as ModePage::reveal() takes it; "" = the mode as
    /// it is.
    void goTo(const QString& mode, const QString& target = {}) { Q_EMIT navigationRequested(mode, target); }
    /// Asks the window for a page of the help, such as "SB1203" or "language/router".
    void showHelp(const QString& topic) { Q_EMIT helpRequested(topic); }
    /// One line in the status bar.
    void say(const QString& text) { Q_EMIT statusMessage(text); }
    /// One message that says what happened, to what, and what to do.
    void report(const Error& error);

Q_SIGNALS:
    void workspaceChanged(); ///< another workspace is open, or none
    void openingChanged(bool opening);
    void engineReady();
    void datasetsChanged();
    void versionsChanged(); ///< a version was saved, or a tag moved
    void tracesChanged();   ///< there are new traces, or a verdict changed; at most four times a second
    void navigationRequested(const QString& mode, const QString& target);
    void helpRequested(const QString& topic);
    void statusMessage(const QString& text);
    void errorOccurred(const QString& title, const QString& message);

private:
    void startBatch(CompiledPolicyPtr policy, const QString& dataset, TraceMode mode, int concurrency,
                    BatchPart part);
    struct Core;
    void adopt(std::shared_ptr<Core> core);
    void refreshDatasets();
    void setOpening(bool opening);

    PolicyEditor* m_policy;
    LiveRuns* m_runs;
    Store* m_store;
    SandboxFaults* m_faults;
    std::shared_ptr<Core> m_core;
    std::vector<DatasetInfo> m_datasets;
    Generation m_openAsked;
    Generation m_datasetsAsked;
    QTimer* m_datasetsTimer = nullptr;
    bool m_opening = false;
};

} // namespace signalbox
