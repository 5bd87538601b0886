// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One hop's request and response: what went out, with the key masked, and what came back, try by try.

#include "base/result.h"
#include "cascade/trace.h"
#include "routers/compiled_policy.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace signalbox {

/// "curl …" of a hop, with $KEY in the key's place; an error when it cannot be made again.
Result<QString> curlOfHop(const CompiledPolicy& policy, const Trace& trace, int hop,
                          const std::string& sandboxBaseUrl);

class HopInspector : public QDialog
{
    Q_OBJECT
public:
    HopInspector(TracePtr trace, CompiledPolicyPtr policy, std::string sandboxBaseUrl,
                 QWidget* parent = nullptr);
    void select(int hop);

Q_SIGNALS:
    void said(const QString& text);

private:
    void show(int row);
    void copy(bool curl);
    QString requestText(const Hop& hop);
    QString responseText(const Hop& hop) const;

    TracePtr m_trace;
    CompiledPolicyPtr m_policy;
    std::string m_sandboxBaseUrl;
    QComboBox* m_hops;
    QLabel* m_url;
    QTabWidget* m_tabs;
    QPlainTextEdit* m_request;
    QPlainTextEdit* m_response;
    QPushButton* m_curl;
    QPushButton* m_body;
    QString m_bodyText;
    bool m_filling = false;
};

} // namespace signalbox
