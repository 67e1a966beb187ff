"""The rows of a race's table, read from the record, not copied."""

import math

import numpy
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from nnviz.experiment.descent.race import RaceRecord
from nnviz.experiment.descent.specification import Descent
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.plots.descent.race_numbers import coordinate_names, race_row
from nnviz.ui.plots.descent.runner_colors import runner_color
from nnviz.ui.plots.surface.glyphs import legible
from nnviz.ui.theme import LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
SMALL, THOUSANDS, LARGE = 1e-3, 9999.5, 1e7
"""Sizes between which numbers are written with all their digits, from the second on with thousands apart."""


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
        return ["step", "runner", *coordinate_names(self.spec), "J", "‖∇J‖"]

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return "" if self.dots and section == 1 else self.headings[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        step, runner = divmod(index.row(), max(1, len(self.spec.runners)))
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
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

    def exponents(self) -> tuple[int, bool]:
        """(digits of the longest exponent that a number has to be written with, whether one has thousands apart)."""
        record = self.record
        if record is None:
            return 0, False
        columns = (record.positions, record.values, record.gradient_norms)
        sizes = numpy.concatenate([numpy.abs(column).ravel() for column in columns])
        sizes = sizes[numpy.isfinite(sizes) & (sizes > 0.0)]
        written = sizes[(sizes < SMALL) | (sizes >= LARGE)]
        most = float(numpy.max(numpy.abs(numpy.log10(written)))) if len(written) else 0.0
        return len(str(math.ceil(most))) if len(written) else 0, bool(numpy.any((sizes >= THOUSANDS) & (sizes < LARGE)))

    def texts(self, row: int) -> list[str]:
        """A row as it is written where there is room for all of it."""
        step, runner = divmod(row, max(1, len(self.spec.runners)))
        gone = self._gone(step, runner)
        values = (short(value) if not gone else "stopped" for value in self._values(step, runner))
        return [f"{step:,}", self.spec.runners[runner].title, *values]

    def color(self, row: int) -> QColor:
        """Of a row's runner."""
        return self._colors[row % max(1, len(self._colors))]

    def line(self, row: int) -> tuple[str, ...]:
        """A row in full precision."""
        assert self.record is not None
        step, runner = divmod(row, max(1, len(self.spec.runners)))
        return race_row(self.spec, self.record, step, runner)

    def _gone(self, step: int, runner: int) -> bool:
        assert self.record is not None
        return 0 <= self.record.stopped_at[runner] < step

    def _values(self, step: int, runner: int) -> list[float]:
        record = self.record
        assert record is not None
        here = record.positions[step, runner].tolist()
        return [*here, float(record.values[step, runner]), float(record.gradient_norms[step, runner])]


def _side(column: int) -> Qt.AlignmentFlag:
    """Numbers at the right, so that their digits stand below each other."""
    side = Qt.AlignmentFlag.AlignLeft if column == 1 else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
