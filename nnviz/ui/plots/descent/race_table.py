"""The numbers of a race, one row for each runner and step: a table that is read from the record, not copied."""

import numpy
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
)

from nnviz.experiment.descent.race import RaceRecord
from nnviz.experiment.descent.specification import REGRESSION, Descent
from nnviz.ui.plots.descent.runner_colors import runner_color
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.neuron.chart_figure import dress
from nnviz.ui.plots.surface.glyphs import legible
from nnviz.ui.plots.wording import plain, short
from nnviz.ui.theme import GRID, LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
ROOMY = 10
"""Text heights of width for each column of numbers from which on four digits fit."""


class RaceModel(QAbstractTableModel):
    """Row number t · R + r is runner r at step t."""

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.spec = Descent()
        self.record: RaceRecord | None = None
        self._rows = 0
        self.digits, self.dots = 4, False
        self._colors: list[QColor] = []

    def show_race(self, spec: Descent, record: RaceRecord) -> None:
        """The same race grown, or another."""
        runners, before = len(spec.runners), self._rows
        rows = (record.last_step + 1) * runners
        grown = spec is self.spec and self.record is not None and rows >= before > 0
        if grown and rows > before:
            self.beginInsertRows(NO_INDEX, before, rows - 1)
            self.spec, self.record, self._rows = spec, record, rows
            self.endInsertRows()
        elif not grown:
            self.beginResetModel()
            self.spec, self.record, self._rows = spec, record, rows
            self.recolor(self.theme)
            self.endResetModel()

    def look(self, *, digits: int, dots: bool) -> None:
        """digits: significant ones that are shown (a tooltip and a copy have all). dots: in place of runners' names."""
        if (digits, dots) != (self.digits, self.dots):
            self.digits, self.dots = digits, dots
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 1, 1)

    def recolor(self, theme: Theme) -> None:
        """Runners in the theme's colours."""
        self.theme = theme
        self._colors = [legible(runner_color(theme, runner.colour), theme) for runner in self.spec.runners]

    @property
    def headings(self) -> list[str]:
        """Of the columns."""
        surface = self.spec.surface
        names = ["w", "b"] if surface.name == REGRESSION else ["x", "y"][: surface.dimension]
        return ["step", "runner", *names, "J", "‖∇J‖"]

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return "" if self.dots and section == 1 else self.headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        step, runner = divmod(index.row(), max(1, len(self.spec.runners)))
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column == 1 else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if column == 1 and role == Qt.ItemDataRole.ForegroundRole:
            return self._colors[runner]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or self.record is None:
            return None
        if column == 0:
            return f"{step:,}"
        if column == 1:
            return "●" if self.dots and role == Qt.ItemDataRole.DisplayRole else self.spec.runners[runner].title
        value = self._values(step, runner)[column - 2]
        if not numpy.isfinite(value) and self._gone(step, runner):
            return "stopped"
        return short(value, self.digits) if role == Qt.ItemDataRole.DisplayRole else plain(value)

    def line(self, row: int) -> tuple[str, ...]:
        """A row in full precision."""
        step, runner = divmod(row, max(1, len(self.spec.runners)))
        values = self._values(step, runner)
        return (str(step), self.spec.runners[runner].title, *(plain(value) for value in values))

    def _gone(self, step: int, runner: int) -> bool:
        assert self.record is not None
        return 0 <= self.record.stopped_at[runner] < step

    def _values(self, step: int, runner: int) -> list[float]:
        record = self.record
        assert record is not None
        here = record.positions[step, runner].tolist()
        return [*here, float(record.values[step, runner]), float(record.gradient_norms[step, runner])]


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
        rows = [tuple(model.headings), *(model.line(row) for row in chosen or range(model.rowCount()))]
        QApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))


class TableFigure(Figure):
    """The rows of the step shown are in sight and marked."""

    key = "descent-table"
    title = "Table of the numbers"
    tab = "Table"

    def __init__(self) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.model = RaceModel()
        self.table = RaceTable(self)
        self.table.setModel(self.model)
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
        """Numbers have the room they need; the name gets the rest, and is a dot of its colour where that is little."""
        header, metrics = self.table.horizontalHeader(), self.table.fontMetrics()
        if header.count() == 0:
            return
        if header.sectionResizeMode(1) != QHeaderView.ResizeMode.Stretch:
            header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        numbers = header.count() - 2
        roomy = self.width() >= ROOMY * self.theme.text_pixels * numbers
        self.model.look(digits=4 if roomy else 3, dots=not roomy)
        first = metrics.horizontalAdvance("8,888") + GRID
        width = metrics.horizontalAdvance("−8.888×10⁻⁸⁸") + GRID
        if not roomy:
            rest = self.table.viewport().width() - first - 2 * GRID
            width = max(rest // numbers, metrics.horizontalAdvance("−0.0001"))
        for column in range(header.count()):
            if column != 1:
                header.resizeSection(column, width if column else first)

    def numbers(self) -> list[tuple[str, ...]]:
        """All rows, in full."""
        if self.model.record is None:
            return []
        return [tuple(self.model.headings), *(self.model.line(row) for row in range(self.model.rowCount()))]

    def actions_at(self, place: QPoint) -> list[QAction]:
        """Copies it."""
        del place
        copy = QAction("Copy table as text", self)
        copy.triggered.connect(self.table.copy)
        return [copy]

    def picture_part(self) -> QTableView:
        """The table."""
        return self.table

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
