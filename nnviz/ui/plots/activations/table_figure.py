"""A table of the activations shown: it can be sorted by a click on a heading, and copied as text."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnviz.ui.plots.activations.line_style import line_style, styled_pen, swatch
from nnviz.ui.plots.charts.dress import dress
from nnviz.ui.plots.charts.table_picture import Row, TablePicture
from nnviz.ui.plots.charts.wording import plain
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.explained import tooltip

NONE = "–"
"""In a cell: there is no such number."""
MOST_ROWS = 40
"""Of a picture for a paper or a slide."""


class Heading(NamedTuple):
    """A column: its heading, and what the term means.

    name: in files, where it is not the heading. worded: its cells say more than what they are sorted by.
    """

    text: str
    tip: str
    name: str = ""
    worded: bool = False


class Cell(NamedTuple):
    """What is shown, and what it is sorted by: a number or a text. tip: more of it."""

    text: str
    order: float | str
    tip: str = ""


class _Item(QTableWidgetItem):
    """Sorted by its order rather than by its text."""

    def __init__(self, cell: Cell) -> None:
        super().__init__(cell.text)
        self.order = cell.order
        self.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.setToolTip(tooltip(cell.tip))

    def __lt__(self, other: QTableWidgetItem) -> bool:
        if isinstance(other, _Item) and type(self.order) is type(other.order):
            return bool(self.order < other.order)  # type: ignore[operator]
        return super().__lt__(other)


class _Table(QTableWidget):
    """Ctrl+C copies all of it as text, the rows chosen where some are."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.as_text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()

    def fit_columns(self) -> None:
        """Each as wide as its content; the last one takes what is left, where something is."""
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        self.resizeColumnsToContents()
        header.setStretchLastSection(header.length() < self.viewport().width())

    def as_text(self) -> str:
        """Headings and rows as they stand there, tab-separated."""
        chosen = sorted({index.row() for index in self.selectedIndexes()}) or list(range(self.rowCount()))
        columns = range(self.columnCount())
        rows = [[self._heading(column) for column in columns]]
        rows += [[self._text(row, column) for column in columns] for row in chosen]
        return "\n".join("\t".join(row) for row in rows)

    def _heading(self, column: int) -> str:
        item = self.horizontalHeaderItem(column)
        return item.text() if item else ""

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text() if item else ""


class TableFigure(Figure):
    """Subclasses say their headings; `show_rows` fills it. The first column is the activation, with its line."""

    headings: Sequence[Heading] = ()
    own_height = True

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.table = _Table(0, len(self.headings), self)
        self.picture = TablePicture(self)
        self._rows: list[tuple[str, list[Cell]]] = []
        table = self.table
        table.setAccessibleName(self.title)
        table.setAccessibleDescription("Ctrl+C copies the table as text")
        table.setFrameShape(table.Shape.NoFrame)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._show_order)
        for column, heading in enumerate(self.headings):
            item = QTableWidgetItem(heading.text)
            item.setToolTip(tooltip(heading.tip))
            table.setHorizontalHeaderItem(column, item)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.addWidget(table)
        self.set_theme(self.theme)

    def show_rows(self, rows: list[tuple[str, list[Cell]]]) -> None:
        """Other rows: an activation's name (for its line) and cells; the order chosen stays."""
        self._rows = rows
        table = self.table
        table.setSortingEnabled(False)
        table.setRowCount(len(rows))
        for row, (name, cells) in enumerate(rows):
            for column, cell in enumerate(cells):
                item = _Item(cell)
                if column == 0 and name:
                    item.setIcon(QIcon(swatch(self.theme, name, 3.0)))
                table.setItem(row, column, item)
        # Without a column chosen it keeps the order that it was filled in.
        table.setSortingEnabled(True)
        # Once, at the end: headers that follow their contents measure all of them at each change.
        self.table.fit_columns()
        self._show_order(table.horizontalHeader().sortIndicatorSection())

    def _show_order(self, column: int, *_: object) -> None:
        # The arrow needs room in every heading: it is there only once a column was chosen.
        if self.table.horizontalHeader().isSortIndicatorShown() != (column >= 0):
            self.table.horizontalHeader().setSortIndicatorShown(column >= 0)
            self.table.fit_columns()
        if column < 0:
            self._in_order()

    def _in_order(self) -> None:
        """As it was filled: Qt leaves the last order when none is wanted any more."""
        if [name for name, _ in self._rows] != self._shown_names():
            self.show_rows(self._rows)

    def _shown_names(self) -> list[str]:
        cells = [self.table.item(row, 0) for row in range(self.table.rowCount())]
        texts = {row_cells[0].text: name for name, row_cells in self._rows}
        return [texts.get(cell.text(), "") for cell in cells if cell]

    def wanted_height(self) -> int:
        """Pixels that all rows need."""
        table = self.table
        rows = self.table.rowCount() * table.verticalHeader().defaultSectionSize()
        return table.horizontalHeader().sizeHint().height() + rows + table.horizontalScrollBar().sizeHint().height()

    def numbers(self) -> list[tuple[str, ...]]:
        """The table, numbers in full; where there is none the cell is empty."""
        rows = [
            tuple(_exactly(cell, heading) for cell, heading in zip(cells, self.headings, strict=True))
            for _, cells in self._rows
        ]
        return [tuple(heading.name or heading.text for heading in self.headings), *rows]

    def actions_at(self, place: QPoint) -> list[QAction]:
        """The table as it stands there."""
        del place
        copy = QAction("Copy table as text", self)
        copy.setToolTip("Headings and rows as they are shown, for a document or a message")
        copy.triggered.connect(lambda: QApplication.clipboard().setText(self.table.as_text()))
        return [copy]

    def picture_part(self) -> QWidget:
        """The whole table, in the order shown."""
        shown = [self.table.item(row, 0) for row in range(self.table.rowCount())]
        rows = {cells[0].text: Row([cell.text for cell in cells], self._pen(name)) for name, cells in self._rows}
        ordered = [rows[item.text()] for item in shown if item]
        self.picture.show_table(self.theme, [heading.text for heading in self.headings], ordered)
        return self.picture

    def _pen(self, name: str) -> QPen | None:
        """Of an activation's line."""
        return styled_pen(line_style(self.theme, name), self.theme.text_pixels / 5.0) if name else None

    def legible(self) -> QSize:
        """The table's own size, as far as it goes."""
        self.picture_part()
        return self.picture.legible(MOST_ROWS)

    def forget_cursor(self) -> None:
        """No row is chosen in a picture."""
        self.table.clearSelection()
        self.table.setCurrentCell(-1, -1)

    def set_theme(self, theme: Theme) -> None:
        """Colours, typeface, line samples."""
        super().set_theme(theme)
        dress(self, theme)
        self.table.setFont(theme.font())
        self.table.horizontalHeader().setFont(theme.font(0.92))
        self.table.setIconSize(swatch(theme, "linear").size())
        self.table.verticalHeader().setDefaultSectionSize(round(1.85 * theme.text_pixels))
        self.table.setStyleSheet(
            f"QTableWidget {{ background: {theme.surface}; alternate-background-color: {theme.raised}; }}"
            f"QHeaderView {{ background: {theme.surface}; }}"
            f"QHeaderView::section {{ background: {theme.surface}; color: {theme.muted}; border: none;"
            f" border-bottom: 1px solid {theme.line}; padding: 3px 6px; }}"
            f"QTableWidget::item {{ padding: 0px 4px; }}"
        )
        self.show_rows(self._rows)


def _exactly(cell: Cell, heading: Heading) -> str:
    if cell.text == NONE:
        return ""
    return plain(cell.order) if isinstance(cell.order, float) and not heading.worded else cell.text
