"""The numbers of a race, one row for each runner and step: a table that is read from the record, not copied."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nnviz.experiment.descent.race import RaceRecord
from nnviz.experiment.descent.specification import Descent
from nnviz.ui.plots.charts.dress import dress
from nnviz.ui.plots.charts.table_picture import Row, TablePicture
from nnviz.ui.plots.descent.race_model import Index, RaceModel
from nnviz.ui.plots.descent.race_numbers import race_headings, race_table
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import GRID, Theme

LEGIBLE_ROWS, MOST_ROWS = 24, 48
"""Of a picture in a paper's column, and of any: more would be too small to read."""
DIGITS = (4, 3, 2)
"""That numbers are shown with, as many as there is room for."""
NAME = 8
"""Text heights of width that a runner's name takes; where there are fewer, it is a dot."""


class _Delegate(QStyledItemDelegate):
    """The rate, by which runners usually differ, stands at the end of a title; a number's digits at its beginning."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        ends = Qt.TextElideMode.ElideLeft if index.column() == 1 else Qt.TextElideMode.ElideRight
        option.textElideMode = ends


class RaceTable(QTableView):
    """Ctrl+C copies the rows chosen, all of them where none is, as text."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def go_to(self, row: int) -> None:
        """Brings a row into sight, also one that has only just come."""
        self.updateGeometries()
        self.scrollTo(self.model().index(row, 0), QAbstractItemView.ScrollHint.PositionAtBottom)

    def copy(self) -> None:
        """To the clipboard, tab-separated, in full precision."""
        model = self.model()
        assert isinstance(model, RaceModel)
        chosen = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        rows = [race_headings(model.spec), *map(model.line, chosen)] if chosen else race_table(model.spec, model.record)
        QApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))


class TableFigure(Figure):
    """The rows of the step shown are in sight and marked."""

    key = "descent-table"
    title = "Table of the numbers"
    tab = "Table"
    own_height = True

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.model = RaceModel()
        self.table = RaceTable(self)
        self.table.setModel(self.model)
        self.picture = TablePicture(self, line_at=1)
        table = self.table
        table.setAccessibleName(self.title)
        table.setAccessibleDescription("One row for each runner and step. Ctrl+C copies it as text")
        table.setToolTip("Ctrl+C copies the rows chosen, or all, as text with every digit")
        table.setFrameShape(table.Shape.NoFrame)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setItemDelegate(_Delegate(table))
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(2 * GRID)
        header.setHighlightSections(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(table)
        self.step = 0
        self.set_theme(self.theme)

    def show_race(self, spec: Descent, record: RaceRecord, step: int) -> None:
        """How far the runners are."""
        self.model.show_race(spec, record)
        self._fit_columns()
        self.step = step
        runners = len(spec.runners)
        if runners and self.isVisible():
            self.table.go_to(step * runners + runners - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer digits where there is little room."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Numbers have the room they need, with fewer digits where there is little: no exponent is ever cut off. The
        name gets the rest, and is a dot of its colour where that is not enough."""
        header, metrics = self.table.horizontalHeader(), self.table.fontMetrics()
        if header.count() == 0:
            return
        if header.sectionResizeMode(1) != QHeaderView.ResizeMode.Stretch:
            header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        numbers = header.count() - 2
        first = metrics.horizontalAdvance("8,888") + GRID
        room = self.table.viewport().width() - first
        needed = {digits: self._width_of(digits) for digits in DIGITS}
        digits = next((digits for digits in DIGITS if numbers * needed[digits] + 2 * GRID <= room), DIGITS[-1])
        roomy = numbers * needed[digits] + NAME * self.theme.text_pixels <= room
        self.model.look(digits=digits, dots=not roomy)
        # All columns stay as wide as at the beginning while a number needs no more.
        usual = metrics.horizontalAdvance("−8.888×10⁻⁸⁸") + GRID
        rest = room - (NAME * self.theme.text_pixels if roomy else 2 * GRID)
        width = max(needed[digits], min(usual, rest // numbers) if roomy else rest // numbers)
        for column in range(header.count()):
            if column != 1:
                header.resizeSection(column, width if column else first)

    def _width_of(self, digits: int) -> int:
        """Pixels of a column of numbers with so many digits."""
        metrics, (longest, large) = self.table.fontMetrics(), self.model.exponents()
        texts = ["−0.00" + "8" * digits, "stopped"]
        texts += ["−8.888"[: digits + 2] + "×10⁻" + "⁸" * longest] if longest else []
        texts += ["−8,888,888"] if large else []
        return max(metrics.horizontalAdvance(text) for text in texts) + GRID

    def awaits(self) -> str:
        """Somebody who descends."""
        return "add a runner"

    def numbers(self) -> list[tuple[str, ...]]:
        """All rows, in full, of each runner up to where it stopped."""
        return race_table(self.model.spec, self.model.record)

    def actions_at(self, place: QPoint) -> list[QAction]:
        """Copies it."""
        del place
        copy = QAction("Copy table as text", self)
        copy.triggered.connect(self.table.copy)
        return [copy]

    def picture_part(self) -> QWidget:
        """All rows, or those up to the step shown and as many as there is room for."""
        model, runners = self.model, max(1, len(self.model.spec.runners))
        rows = model.rowCount()
        first = max(0, min((self.step + 1) * runners, rows) - MOST_ROWS)
        last = min(rows, first + MOST_ROWS)
        shown = [
            Row(model.texts(row), QPen(model.color(row), self.theme.text_pixels / 5.0)) for row in range(first, last)
        ]
        self.picture.right = {column for column in range(len(model.headings)) if column != 1}
        present = (self.step + 1) * runners - 1 - first
        self.picture.show_table(self.theme, model.headings, shown, last=present, before=first, after=rows - last)
        return self.picture

    def legible(self) -> QSize:
        """The table's own size, as far as it goes."""
        self.picture_part()
        return self.picture.legible(LEGIBLE_ROWS)

    def forget_cursor(self) -> None:
        """No row is chosen in a picture."""
        self.table.clearSelection()

    def set_theme(self, theme: Theme) -> None:
        """Colours and typeface."""
        super().set_theme(theme)
        dress(self, theme)
        self.model.recolor(theme)
        self.table.setFont(theme.font(0.92))
        self.table.horizontalHeader().setFont(theme.font(0.92))
        self.table.verticalHeader().setDefaultSectionSize(round(1.6 * theme.text_pixels))
        self.table.setStyleSheet(
            f"QTableView {{ background: {theme.surface}; alternate-background-color: {theme.raised}; }}"
            f"QHeaderView {{ background: {theme.surface}; }}"
            f"QHeaderView::section {{ background: {theme.surface}; color: {theme.muted}; border: none;"
            f" border-bottom: 1px solid {theme.line}; padding: 3px; }}"
            f"QTableView::item {{ padding: 0px 1px; }}"
        )
