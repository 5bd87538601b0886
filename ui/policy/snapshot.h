// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A view of a policy's values by pointer. What stands on the page that is shown is found
// without walking through long lists again.

#include "policy/document.h"
#include "policy/syntax_tree.h"
#include "ui/policy/field_catalogue.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace signalbox {

class Snapshot
{
public:
    explicit Snapshot(PolicyDocumentPtr document);
    /// The document must outlive the snapshot.
    explicit Snapshot(const PolicyDocument& document);
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    const PolicyDocument& document() const { return m_document; }
    const SyntaxTree& tree() const { return m_tree; }
    bool isReadable() const { return m_tree.readable(); }
    /// Values at or under this pointer are found from here.
    void setPage(const QString& page);

    NodeIndex at(const QString& pointer) const;
    bool has(const QString& pointer) const { return at(pointer) != kNoNode; }
    bool isObject(const QString& pointer) const { return isKind(pointer, NodeKind::Object); }
    bool isKind(const QString& pointer, NodeKind kind) const;

    QString string(const QString& pointer) const; ///< "" when it is no string
    QString string(NodeIndex node) const;
    std::optional<double> number(const QString& pointer) const;
    std::optional<bool> boolean(const QString& pointer) const;
    QString json(const QString& pointer) const;        ///< as it is written
    QStringList strings(const QString& pointer) const; ///< a list, or one string
    QStringList strings(NodeIndex node) const;
    int size(const QString& pointer) const; ///< of a list or an object; 0 when there is none
    std::vector<NodeIndex> children(NodeIndex node) const;

    /// Ids of the list that the reference goes to, "human" included where it may.
    QStringList idsOf(Refers refers) const;
    /// What decides which keys are known in the object.
    FieldContext contextOf(const QString& pointer, ObjectType type) const;
    PageStep pageOf(const QString& pointer) const;
    /// Pointers of a list's elements, by id where they have one.
    QStringList elements(const QString& list) const;

private:
    PolicyDocumentPtr m_owner; ///< null when somebody else keeps the document
    const PolicyDocument& m_document;
    const SyntaxTree& m_tree;
    QString m_page;
    NodeIndex m_pageNode = kNoNode;
};

} // namespace signalbox
