// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The row above the table: what to look for.

#include "workspace/reader.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QTimer;
QT_END_NAMESPACE

namespace signalbox {

class TraceFilters : public QWidget
{
    Q_OBJECT
public:
    explicit TraceFilters(QWidget* parent = nullptr);
    TraceFilter filter() const;
    bool isNarrowed() const;
    void clear();
    void setDatasets(const QStringList& names);
    void setTiers(const QStringList& ids);
    void setReasons(const QStringList& codes);
    void setReason(const QString& code);
    void setOrder(TraceFilter::Order order);
    void focusSearch();

Q_SIGNALS:
    void changed();

private:
    QComboBox* combo(const QString& objectName, const QString& name, const QString& any);
    static void fill(QComboBox* box, const QStringList& values);

    QLineEdit* m_text;
    QComboBox* m_dataset;
    QComboBox* m_tier;
    QComboBox* m_status;
    QComboBox* m_escalated;
    QComboBox* m_reason;
    QComboBox* m_order;
    QTimer* m_typing;
};

} // namespace signalbox
