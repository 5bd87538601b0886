// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The small parts that every mode is made of. All of them follow the theme when it switches.

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QFrame>
#include <QLabel>
#include <QLayout>
#include <QPushButton>

#include <functional>
#include <optional>

namespace signalbox {

/// A section caption: small, muted, capitals.
class CaptionLabel : public QLabel
{
    Q_OBJECT
public:
    explicit CaptionLabel(const QString& text, QWidget* parent = nullptr);
};

/// Small muted text that may wrap.
class MutedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit MutedLabel(const QString& text = {}, QWidget* parent = nullptr);
};

/// One line that gives way: elided in the middle or at the end, whole text in the tool tip.
class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(const QString& text = {}, Qt::TextElideMode mode = Qt::ElideRight,
                         QWidget* parent = nullptr);
    void setFullText(const QString& text);
    QString fullText() const { return m_full; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();
    QString m_full;
    Qt::TextElideMode m_mode;
};

/// A rounded badge with a word in it; pressable when something is connected to clicked().
class Pill : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Pill(const QString& text = {}, Tone tone = Tone::Neutral, QWidget* parent = nullptr);
    void setTone(Tone tone);
    Tone tone() const { return m_tone; }
    /// Colours of a tier instead of a tone; -1 = back to the tone.
    void setTier(int position);
    /// Without it a pill is only a label: no focus, no hand.
    void setPressable(bool pressable);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone m_tone;
    int m_tier = -1;
    bool m_pressable = false;
};

/// A white panel with a hairline and rounded corners. Its layout is a QVBoxLayout with margins of the grid.
class Card : public QFrame
{
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);
    explicit Card(const QString& title, QWidget* parent = nullptr);
    class QVBoxLayout* body() const { return m_body; }
    /// A line of a tier's colour along the top; -1 = none.
    void setTier(int position);
    void setTitle(const QString& title);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class QVBoxLayout* m_body = nullptr;
    QLabel* m_title = nullptr;
    int m_tier = -1;
};

/// A figure with its name above and its interval or change below; the tool tip says what, over how many, from
/// when.
class KpiTile : public Card
{
    Q_OBJECT
public:
    explicit KpiTile(const QString& name, QWidget* parent = nullptr);
    /// `value` "unknown" is shown muted.
    void setFigure(const QString& value, const QString& below = {}, Tone belowTone = Tone::Neutral);
    void setExplanation(const QString& whatOverHowManyFromWhen);
    QString value() const;
    QString below() const;

private:
    QLabel* m_name;
    QLabel* m_value;
    QLabel* m_below;
};

/// Says what a view will show and offers the one button that fills it.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(const QString& title, const QString& text, const QString& buttonText = {},
                        QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& text);
    QPushButton* button() const { return m_button; } ///< null when there is none

private:
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_button = nullptr;
};

/// The one thing to press in a view.
QPushButton* primaryButton(const QString& text, const QString& objectName, QWidget* parent = nullptr);
QPushButton* plainButton(const QString& text, const QString& objectName, QWidget* parent = nullptr);
/// Looks like a link, is a button. Where it has less room than its text, that ends in an ellipsis.
QPushButton* linkButton(const QString& text, const QString& objectName, QWidget* parent = nullptr);

QFrame* hairline(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);

/// A coloured dot for a tier; name beside it, never alone.
QPixmap tierDot(int position, int size = 8);

/// A scrolling column for the left or right side of a page: panel colour, hairline at its inner edge, fixed
/// width. Fill body(); it scrolls when the window is low.
class SideColumn : public QFrame
{
    Q_OBJECT
public:
    enum class Side { Left, Right };
    explicit SideColumn(Side side, int width = 300, QWidget* parent = nullptr);
    class QVBoxLayout* body() const { return m_body; }
    /// A column of fields scrolls to the one that has the focus: it needs none for itself.
    void setHasFields();

private:
    class QVBoxLayout* m_body = nullptr;
    class QScrollArea* m_area = nullptr;
};

/// Lays out left to right and wraps like words. A widget with the property "clings" stands right behind the one
/// before it, like a comma.
class FlowLayout : public QLayout
{
public:
    explicit FlowLayout(QWidget* parent = nullptr, int gap = space::s, int lineGap = -1);
    ~FlowLayout() override;
    void addItem(QLayoutItem* item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    int arrange(const QRect& rect, bool apply) const;
    QList<QLayoutItem*> m_items;
    int m_gap;
    int m_lineGap;
};

} // namespace signalbox
