// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The outline of a policy: one section a kind of element, with counts, the elements below, and how many
// problems each has.

#include "policy/document.h"

#include <QAbstractItemModel>
#include <QStringList>

#include <memory>
#include <vector>

namespace signalbox {

class OutlineModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role { PointerRole = Qt::UserRole + 1, CountRole, ErrorsRole, WarningsRole, TierRole, SectionRole };

    explicit OutlineModel(QObject* parent = nullptr);
    ~OutlineModel() override;

    /// A document without a policy leaves the outline as it was.
    void setDocument(const PolicyDocumentPtr& document);
    bool contains(const QString& pointer) const;       ///< as a line of its own
    QModelIndex indexOf(const QString& pointer) const; ///< invalid when there is none

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Entry
    {
        QString pointer;
        QString text;
        int tier = -1;
        int errors = 0;
        int warnings = 0;
        bool operator==(const Entry&) const = default;
    };
    struct Section
    {
        Entry entry;
        bool isList = false;
        std::vector<Entry> children;
    };
    static std::vector<Section> sectionsOf(const PolicyDocument& document);
    void updateChildren(int row, std::vector<Entry> children);
    const Entry* entryAt(const QModelIndex& index) const;

    std::vector<Section> m_sections;
};

} // namespace signalbox
