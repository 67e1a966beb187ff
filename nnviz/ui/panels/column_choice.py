"""Which columns of a table are inputs and which are to be predicted, as what, and what becomes of gaps."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from nnviz.engine.datasets.record import TASKS, DataSet, Task
from nnviz.experiment.specification import DataSpec, replace
from nnviz.experiment.tables import Column, MissingPolicy, Table, guess_task, table_dataset
from nnviz.ui.panels.explanations import TASK_WORDS, restarts
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain, tooltip
from nnviz.ui.widgets.form import Form, muted
from nnviz.ui.widgets.note import Note

NAME, INPUT, TARGET = range(3)
GUESS = "auto"
TASK_TIP = restarts(
    "What is asked: a number (regression), one of two classes, one of several, or several yes-or-no labels at once."
)
TASK_ENTRIES = [Entry(GUESS, "guessed from the target"), *(Entry(task, TASK_WORDS[task]) for task in TASKS)]
MISSING_TIP = restarts("What becomes of a row in which an input is missing. Rows without a target are always left out.")
MISSING_ENTRIES = [
    Entry("drop", "leave the row out", "Only complete rows are used."),
    Entry("fill", "fill the gap", "The column's median is put in, or its most frequent word."),
]


class ColumnChoice(QWidget):
    """Shows a DataSpec with a table, and what it would give.

    checked: a DataSpec was tried; its data set is usable or not (None). edited: the user chose something usable. What
    cannot be used is said, and nothing is emitted.
    """

    edited = Signal(object, str)
    checked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = self._shown = DataSpec()
        self._pending = ""
        self.tree = QTreeWidget(self)
        self.task, self.missing = Choice(TASK_ENTRIES, self), Choice(MISSING_ENTRIES, self)
        self.result, self.error = muted(parent=self), Note(self, level="bad")
        self._background = Background(self)
        self._make_tree()
        form = Form()
        form.add("Task", self.task, TASK_TIP)
        form.add("Gaps", self.missing, MISSING_TIP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.tree, 1)
        layout.addLayout(form)
        layout.addWidget(self.result)
        layout.addWidget(self.error)
        self.tree.itemChanged.connect(self._ticked)
        self.task.chosen.connect(self._set_task)
        self.missing.chosen.connect(lambda missing: self._try(replace(self._data, missing=missing), "gaps"))
        self._background.done.connect(self._usable)
        self._background.failed.connect(self._unusable)

    def data(self) -> DataSpec:
        """What is shown, usable or not."""
        return self._data

    def show_value(self, data: DataSpec) -> None:
        """Shows a specification without emitting `edited`."""
        # Compared with what was shown, not with what is being ticked: half a choice outlives an edit elsewhere.
        if data == self._shown or data.table is None:
            return
        self._shown = data
        new_table = data.table is not self._data.table and data.table != self._data.table
        self._data = data
        if new_table:
            self._list_columns(data.table)
        self._tick()
        self.task.show_key(data.task or GUESS)
        self.missing.show_key(data.missing)
        self._check("")

    def _make_tree(self) -> None:
        tree = self.tree
        tree.setColumnCount(3)
        tree.setHeaderLabels(["Column", "Input", "Target"])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        # Cells rather than rows, so that arrow keys reach each box and the space bar ticks it.
        tree.setSelectionBehavior(QTreeWidget.SelectionBehavior.SelectItems)
        tree.setMinimumHeight(15 * GRID)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (INPUT, TARGET):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        explain(tree, "Columns", restarts("Tick the columns that the network is given, and those it is to predict."))

    def _list_columns(self, table: Table) -> None:
        with QSignalBlocker(self.tree):
            self.tree.clear()
            for column in table.columns:
                item = QTreeWidgetItem(self.tree, [column.name])
                item.setToolTip(NAME, tooltip(_about(column)))
                for place, role in ((INPUT, "input"), (TARGET, "target")):
                    item.setData(place, Qt.ItemDataRole.AccessibleTextRole, f"{column.name} as {role}")

    def _items(self) -> list[QTreeWidgetItem]:
        found = [self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount())]
        return [item for item in found if item is not None]

    def _tick(self) -> None:
        with QSignalBlocker(self.tree):
            for item in self._items():
                for place, names in ((INPUT, self._data.columns), (TARGET, self._data.target)):
                    chosen = item.text(NAME) in names
                    item.setCheckState(place, Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)

    def _ticked(self, item: QTreeWidgetItem, place: int) -> None:
        if item.checkState(place) == Qt.CheckState.Checked:
            other = TARGET if place == INPUT else INPUT
            with QSignalBlocker(self.tree):
                item.setCheckState(other, Qt.CheckState.Unchecked)  # nothing is predicted from itself
        columns, target = (
            tuple(each.text(NAME) for each in self._items() if each.checkState(role) == Qt.CheckState.Checked)
            for role in (INPUT, TARGET)
        )
        self._try(replace(self._data, columns=columns, target=target), "columns")

    def _set_task(self, key: str) -> None:
        self._try(replace(self._data, task=None if key == GUESS else key), "task")

    def _try(self, data: DataSpec, text: str) -> None:
        self._data = data
        self._check(text)

    def _check(self, text: str) -> None:
        """Tries the columns in the background, since a large table takes a while."""
        table, data = self._data.table, self._data
        if table is None:
            return
        self._pending = text
        missing: MissingPolicy = "fill" if data.missing == "fill" else "drop"
        task: Task | None = data.task if data.task in TASKS else None

        def attempt() -> tuple[DataSet, str, bool]:
            made, sentence = table_dataset(table, data.columns, data.target, task, missing)
            return made, sentence, task is None or task == guess_task(table, data.target)

        self._background.start(attempt)

    def _usable(self, answer: tuple[DataSet, str, bool]) -> None:
        made, sentence, _ = answer
        inputs, outputs = made.x.shape[1], made.y.shape[1]
        classes = f" ({len(made.target_names)} classes)" if made.task in ("binary", "multi-class") else ""
        shape = f"{inputs} {'input' if inputs == 1 else 'inputs'}, {outputs} {'output' if outputs == 1 else 'outputs'}"
        self.result.setText(f"{TASK_WORDS[made.task].capitalize()}{classes}: {shape}. {sentence}")
        self.result.show()
        self.error.say("")
        self.checked.emit(made)
        if self._pending:
            self.edited.emit(self._data, self._pending)

    def _unusable(self, sentence: str) -> None:
        self.result.hide()
        self.error.say(sentence + ("" if sentence.endswith(".") else "."))
        self.checked.emit(None)


def _about(column: Column) -> str:
    kind = "numbers" if column.kind == "numeric" else "words"
    gaps = f", {column.missing:,} missing" if column.missing else ""
    first = ", ".join("–" if value in (None, "") else str(value) for value in column.values[:4])
    return f"{column.name}: {kind}{gaps}; begins {first}"
