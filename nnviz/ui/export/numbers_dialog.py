"""The numbers of a figure as tables to look at, to copy from and to save."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nnviz.ui.export.clipboard import copy_table
from nnviz.ui.export.files import FILTERS, save, table_contents, table_path
from nnviz.ui.export.numbers import Tables
from nnviz.ui.export.saving import ask_path
from nnviz.ui.theme import GRID, LIGHT, Theme
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.flat_tabs import flatten
from nnviz.ui.widgets.form import muted
from nnviz.ui.widgets.on_screen import resize_on_screen

Index = QModelIndex | QPersistentModelIndex
LOOKED_AT = 40
"""Rows that decide whether a column holds words."""
NARROWEST, WIDEST = 7 * GRID, 48 * GRID
"""Of columns."""
HINT = "every digit; select cells to copy them alone"


class TableModel(QAbstractTableModel):
    """A table whose first row are the headings. It is read where it is looked at, never copied."""

    def __init__(self, table: Sequence[tuple[str, ...]], parent: QWidget) -> None:
        super().__init__(parent)
        self._sides: list[Qt.AlignmentFlag] = []
        self.show_table(table)

    def show_table(self, table: Sequence[tuple[str, ...]]) -> None:
        """Another table."""
        self.beginResetModel()
        self.table = table
        head, looked_at = (table[0] if table else ()), table[1 : LOOKED_AT + 1]
        numbers = (all(_is_number(row[place]) for row in looked_at if place < len(row)) for place in range(len(head)))
        self._sides = [Qt.AlignmentFlag.AlignRight if found else Qt.AlignmentFlag.AlignLeft for found in numbers]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows of numbers."""
        return 0 if parent is not None and parent.isValid() else max(0, len(self.table) - 1)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as there are headings."""
        return 0 if (parent is not None and parent.isValid()) or not self.table else len(self.table[0])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text; numbers at the right, words at the left."""
        row = self.table[index.row() + 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()] if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Headings above, numbers of rows at the left."""
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole and across:
            return self._side(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.table[0][section] if across else section + 1

    def _side(self, column: int) -> int:
        return int(self._sides[column] | Qt.AlignmentFlag.AlignVCenter)


class NumbersDialog(QDialog):
    """tables: by their names, each with headings and rows, the figure's own first. name: of a file proposed.

    It stays open beside the window. said, failed: a sentence.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(
        self, title: str, name: str, tables: Tables, parent: QWidget | None = None, *, theme: Theme = LIGHT
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Numbers: {title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self._name, self.tables = name, tables
        # A figure whose own table is empty may still have others.
        self._names = [key for key, table in tables.items() if len(table) > 1] or list(tables)
        self.tabs, self.view = QTabBar(), QTableView(self)
        flatten(self.tabs, theme, GRID)
        self.tabs.setAccessibleName("Tables")
        for key in self._names:
            self.tabs.addTab(key.capitalize() or title)
        self.tabs.setVisible(len(self._names) > 1)
        self.model = TableModel(self.rows, self)
        self.view.setModel(self.model)
        self.view.setAlternatingRowColors(True)
        self.view.setAccessibleName(f"Numbers of {title}")
        self.view.setWordWrap(False)
        self.view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GRID)
        self.note = muted()
        self._writer = Background(self)
        self._writer.done.connect(self._written)
        self._writer.failed.connect(self._fail)
        self._arrange()
        self.tabs.currentChanged.connect(self._show_table)
        self._show_table()

    @property
    def rows(self) -> Sequence[tuple[str, ...]]:
        """The table that is shown."""
        return self.tables[self._names[max(0, self.tabs.currentIndex())]]

    def copy(self) -> None:
        """What is selected, or all of the table shown with its headings, tab-separated."""
        cells = {(index.row(), index.column()) for index in self.view.selectedIndexes()}
        table, chosen = self.rows, self.rows
        if len(cells) > 1:
            rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
            chosen = [
                tuple(table[row + 1][column] if (row, column) in cells else "" for column in columns) for row in rows
            ]
        try:
            copy_table(chosen, headed=len(cells) < 2)
        except (ValueError, OSError) as error:
            self._fail(str(error))
        else:
            self._say("The numbers are on the clipboard.")

    def save(self) -> None:
        """Asks where to, and writes all tables as CSV or as arrays."""
        kinds = {kind: FILTERS[kind] for kind in ("csv", "npz")}
        path = ask_path(self, "Save numbers", f"{self._name}.csv", kinds, self._beside)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Writes all there, beside the window."""
        contents = table_contents(self.tables, path)
        self._writer.start(lambda: save(contents))

    def _beside(self, path: Path) -> list[Path]:
        """Where the further tables go when the main one is written there."""
        return [] if path.suffix.lower() == ".npz" else [table_path(path, key) for key in self.tables if key]

    def _arrange(self) -> None:
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
        column.addWidget(self.tabs)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.view)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.copy)
        resize_on_screen(self, QSize(90 * GRID, 60 * GRID))

    def _show_table(self, *_: object) -> None:
        self.model.show_table(self.rows)
        self._fit_columns()
        self.view.scrollToTop()
        self.note.setText(f"{self.model.rowCount():,} rows, {HINT}.")

    def _fit_columns(self) -> None:
        """Each as wide as the longest of all its cells; the view itself would look at the first rows alone."""
        metrics, header = self.fontMetrics(), self.view.horizontalHeader()
        for place, column in enumerate(zip(*self.rows, strict=False)):
            wide = max(metrics.horizontalAdvance(text) for text in (column[0], max(column[1:], key=len, default="")))
            header.resizeSection(place, min(max(wide + 2 * GRID, NARROWEST), WIDEST))

    def _written(self, paths: object) -> None:
        assert isinstance(paths, list)
        more = f" and {len(paths) - 1} more beside it" if paths[1:] else ""
        self._say(f"Written to {paths[0].name}{more}.")

    def _say(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.said.emit(sentence)

    def _fail(self, sentence: str) -> None:
        self.note.setText(sentence[:1].upper() + sentence[1:])
        self.failed.emit(sentence)


def _is_number(text: str) -> bool:
    """Whether it is one, or nothing at all."""
    try:
        float(text or "0")
    except ValueError:
        return False
    return True


def _call(work: Callable[[], object], *_: object) -> None:
    work()
