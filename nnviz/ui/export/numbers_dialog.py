"""The numbers of a figure as a table to look at, to copy from and to save."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QTableView, QVBoxLayout, QWidget

from nnviz.ui.export.clipboard import copy_text
from nnviz.ui.export.files import FILTERS, save, with_suffix
from nnviz.ui.export.numbers import csv_bytes, npz_bytes, table_arrays
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.form import muted

Index = QModelIndex | QPersistentModelIndex
MEASURED_ROWS = 40
"""Rows that decide how wide a column is."""


class TableModel(QAbstractTableModel):
    """A table whose first row are the headings."""

    def __init__(self, table: Sequence[tuple[str, ...]], parent: QWidget) -> None:
        super().__init__(parent)
        self.table = table

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows of numbers."""
        return 0 if parent is not None and parent.isValid() else max(0, len(self.table) - 1)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as there are headings."""
        return 0 if (parent is not None and parent.isValid()) or not self.table else len(self.table[0])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text; numbers at the right."""
        row = self.table[index.row() + 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()] if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings above, numbers of rows at the left."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.table[0][section] if orientation == Qt.Orientation.Horizontal else section + 1


class NumbersDialog(QDialog):
    """table: headings, then rows. name: of a file proposed. It stays open beside the window.

    said, failed: a sentence.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, title: str, name: str, table: Sequence[tuple[str, ...]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Numbers: {title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self._name, self.rows = name, table
        self.view, self.model = QTableView(self), TableModel(table, self)
        self.view.setModel(self.model)
        self.view.setAlternatingRowColors(True)
        self.view.setAccessibleName(f"Numbers of {title}")
        self.view.setWordWrap(False)
        self.view.horizontalHeader().setResizeContentsPrecision(MEASURED_ROWS)
        self.view.resizeColumnsToContents()
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
        self.note = muted(f"{self.model.rowCount():,} rows, every digit; select cells to copy them alone.")
        self._writer = Background(self)
        self._writer.done.connect(lambda path: self._say(f"Written to {Path(str(path)).name}."))
        self._writer.failed.connect(self._fail)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.note, 1)
        for text, work in (("Copy", self.copy), ("Save…", self.save), ("Close", self.close)):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(partial(_call, work))
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.view)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.copy)
        self.resize(90 * GRID, 60 * GRID)

    def copy(self) -> None:
        """What is selected, or all with its headings, tab-separated."""
        cells = {(index.row(), index.column()) for index in self.view.selectedIndexes()}
        if len(cells) > 1:
            rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
            chosen = [
                [self.rows[row + 1][column] if (row, column) in cells else "" for column in columns] for row in rows
            ]
        else:
            chosen = [list(row) for row in self.rows]
        try:
            copy_text("\n".join("\t".join(row) for row in chosen))
        except OSError as error:
            self._fail(str(error))
        else:
            self._say("The numbers are on the clipboard.")

    def save(self) -> None:
        """Asks where to, and writes all as CSV or as arrays."""
        filters = ";;".join((FILTERS["csv"], FILTERS["npz"]))
        name, chosen = QFileDialog.getSaveFileName(self, "Save numbers", f"{self._name}.csv", filters)
        if name:
            kind = "npz" if name.endswith(".npz") or (chosen == FILTERS["npz"] and not name.endswith(".csv")) else "csv"
            self.write(with_suffix(Path(name), kind))

    def write(self, path: Path) -> None:
        """Writes all there, beside the window."""
        rows = self.rows
        if path.suffix == ".npz":
            self._writer.start(lambda: save(lambda: npz_bytes(table_arrays(rows)), path))
        else:
            self._writer.start(lambda: save(lambda: csv_bytes(rows), path))

    def _say(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.said.emit(sentence)

    def _fail(self, sentence: str) -> None:
        self.note.setText(sentence[:1].upper() + sentence[1:])
        self.failed.emit(sentence)


def _call(work: object, *_: object) -> None:
    assert callable(work)
    work()
