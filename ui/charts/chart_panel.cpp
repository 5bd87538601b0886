// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_panel.h"

#include "exchange/policy_export.h"
#include "ui/charts/chart_theme.h"
#include "ui/charts/chart_view.h"
#include "ui/shell/dialogs.h"
#include "ui/theme/icons.h"
#include "ui/theme/text.h"

#include <QBuffer>
#include <QChart>
#include <QFileInfo>
#include <QGraphicsScene>
#include <QHeaderView>
#include <QImage>
#include <QPainter>
#include <QStackedLayout>
#include <QSvgGenerator>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace signalbox {

namespace {

QToolButton* tool(IconKind icon, const QString& name, const QString& objectName, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(lineIcon(icon));
    button->setIconSize(QSize(14, 14));
    button->setObjectName(objectName);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

} // namespace

QByteArray ChartTable::toCsv() const
{
    const auto line = [](const QStringList& cells) {
        QStringList quoted;
        for (QString cell : cells) {
            if (cell.contains(QLatin1Char('"')) || cell.contains(QLatin1Char(',')) ||
                cell.contains(QLatin1Char('\n')))
                cell = QLatin1Char('"') + cell.replace(QLatin1Char('"'), QStringLiteral("\"\"")) +
                       QLatin1Char('"');
            quoted << cell;
        }
        return QString(quoted.join(QLatin1Char(',')) + QStringLiteral("\r\n"));
    };
    QString text = line(columns);
    for (const QStringList& row : rows)
        text += line(row);
    return text.toUtf8();
}

ChartPanel::ChartPanel(const QString& title, const QString& objectName, QWidget* parent) : Card(parent)
{
    setObjectName(objectName);
    setAccessibleName(title);
    auto* heading = new QLabel(title, this);
    heading->setProperty("role", QStringLiteral("heading"));
    m_note = new ElidedLabel({}, Qt::ElideRight, this);
    m_note->setProperty("role", QStringLiteral("small"));
    m_dataButton = tool(IconKind::Table, tr("Show data"), objectName + QStringLiteral("Data"), this);
    m_dataButton->setCheckable(true);
    m_exportButton = tool(IconKind::Export, tr("Export as picture or table…"),
                          objectName + QStringLiteral("Export"), this);
    auto* top = new QHBoxLayout;
    top->setSpacing(space::s);
    top->addWidget(heading);
    top->addWidget(m_note, 1);
    top->addWidget(m_dataButton);
    top->addWidget(m_exportButton);
    body()->setContentsMargins(space::m, space::s, space::s, space::s);
    body()->setSpacing(space::xs);
    body()->addLayout(top);

    m_view = new ChartView(this);
    m_view->setObjectName(objectName + QStringLiteral("View"));
    m_view->setAccessibleName(title);
    m_data = new QTableWidget(this);
    m_data->setObjectName(objectName + QStringLiteral("Table"));
    m_data->setAccessibleName(tr("Data of %1").arg(title));
    m_data->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_data->setShowGrid(false);
    m_data->verticalHeader()->hide();
    m_data->verticalHeader()->setDefaultSectionSize(26);
    m_data->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_emptyText = new QLabel(this);
    m_emptyText->setProperty("role", QStringLiteral("muted"));
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_stack = new QStackedLayout;
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_data);
    m_stack->addWidget(m_emptyText);
    body()->addLayout(m_stack, 1);
    connect(m_dataButton, &QToolButton::toggled, this, &ChartPanel::showData);
    connect(m_exportButton, &QToolButton::clicked, this, &ChartPanel::askAndExport);
    setEmpty({});
}

QChart* ChartPanel::chart() const
{
    return m_view->chart();
}

void ChartPanel::clearChart()
{
    chart()->zoomReset();
    chart()->removeAllSeries();
    const auto axes = chart()->axes();
    for (QAbstractAxis* axis : axes) {
        chart()->removeAxis(axis);
        delete axis;
    }
}

void ChartPanel::setContent(const QString& sentence, ChartTable table, const QString& note)
{
    m_table = std::move(table);
    m_view->setSentence(sentence);
    setAccessibleDescription(sentence);
    m_note->setFullText(note);
    m_data->setColumnCount(static_cast<int>(m_table.columns.size()));
    m_data->setHorizontalHeaderLabels(m_table.columns);
    m_data->setRowCount(static_cast<int>(m_table.rows.size()));
    for (int row = 0; row < m_data->rowCount(); ++row) {
        for (int column = 0; column < m_data->columnCount(); ++column) {
            auto* item = new QTableWidgetItem(m_table.rows[row].value(column));
            if (column > 0)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_data->setItem(row, column, item);
        }
    }
    for (int column = 1; column < m_data->columnCount(); ++column)
        m_data->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_data->resizeColumnsToContents();
    applyTheme(chart());
    m_dataButton->setEnabled(true);
    m_exportButton->setEnabled(true);
    m_stack->setCurrentWidget(m_dataButton->isChecked() ? static_cast<QWidget*>(m_data) : m_view);
}

void ChartPanel::setEmpty(const QString& text)
{
    clearChart();
    m_table = {};
    m_view->setSentence(text);
    setAccessibleDescription(text);
    m_note->setFullText({});
    m_emptyText->setText(text);
    m_dataButton->setEnabled(false);
    m_exportButton->setEnabled(false);
    m_stack->setCurrentWidget(m_emptyText);
}

bool ChartPanel::isEmpty() const
{
    return m_stack->currentWidget() == m_emptyText;
}

void ChartPanel::showData(bool show)
{
    if (m_dataButton->isChecked() != show)
        m_dataButton->setChecked(show); // comes back here
    else if (!isEmpty())
        m_stack->setCurrentWidget(show ? static_cast<QWidget*>(m_data) : m_view);
}

bool ChartPanel::isDataShown() const
{
    return m_stack->currentWidget() == m_data;
}

Result<> ChartPanel::exportTo(const QString& path) const
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    QByteArray bytes;
    const QRectF source = m_view->scene()->sceneRect();
    if (suffix == QLatin1String("csv")) {
        bytes = m_table.toCsv();
    } else if (suffix == QLatin1String("svg")) {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(source.size().toSize());
        generator.setViewBox(QRectF(QPointF(), source.size()));
        generator.setTitle(accessibleName());
        generator.setDescription(accessibleDescription());
        QPainter painter(&generator);
        m_view->scene()->render(&painter, QRectF(QPointF(), source.size()), source);
    } else if (suffix == QLatin1String("png")) {
        constexpr int kScale = 2;
        QImage image((source.size() * kScale).toSize(), QImage::Format_ARGB32_Premultiplied);
        image.fill(Theme::instance().colors().panel);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        m_view->scene()->render(&painter, QRectF(QPointF(), QSizeF(image.size())), source);
        painter.end();
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
    } else {
        return fail("export.unknown_kind",
                    "A chart is exported as .png, .svg or .csv; choose a name that ends in one of them.",
                    ss(path));
    }
    return writeFileAtomically(ss(path),
                               std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

void ChartPanel::askAndExport()
{
    QString path =
        Dialogs::current().saveFile(this, tr("Export Chart"), accessibleName() + QStringLiteral(".png"),
                                    tr("Picture (*.png);;Vector picture (*.svg);;Table (*.csv)"));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".png");
    if (auto done = exportTo(path); !done)
        Dialogs::current().tell(this, tr("Export Chart"), qs(done.error().message), QMessageBox::Warning);
}

} // namespace signalbox
