"""The data: which set, how much of it, how noisy, and in what form the network gets it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QPushButton, QVBoxLayout, QWidget

from nnviz.engine.datasets import GENERATORS
from nnviz.experiment.problem import DRAWN, TABLE, Problem
from nnviz.experiment.specification import DataSpec, Experiment, replace
from nnviz.experiment.tables import Table, read_table
from nnviz.ui.panels.column_choice import ColumnChoice
from nnviz.ui.panels.data_edits import of_source, resolved, task_of, with_data
from nnviz.ui.panels.explanations import restarts
from nnviz.ui.panels.feature_row import FeatureRow
from nnviz.ui.panels.generator_form import GeneratorForm
from nnviz.ui.panels.panel import Panel
from nnviz.ui.panels.source_choice import description, source_groups
from nnviz.ui.panels.table_dialog import TableDialog
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.choice import Choice
from nnviz.ui.widgets.explained import explain, tooltip
from nnviz.ui.widgets.form import Form, muted
from nnviz.ui.widgets.note import Note
from nnviz.ui.widgets.scale import LinearScale
from nnviz.ui.widgets.slider_field import SliderField

LEAST_SHARE = 0.01
SHARE_TIP = restarts(
    "The share of the examples that the network learns from. The others are only used to test how well it does on "
    "examples that it has never seen."
)
INPUTS_TIP = restarts("What the network is given of each point.")
SCALE_TIP = restarts(
    "Shifts and scales each input to mean 0 and standard deviation 1, measured on the training examples, so that no "
    "input outweighs another by its unit alone."
)
SCALE_TARGET_TIP = restarts(
    "Shifts and scales what is to be predicted in the same way. Without it, targets such as prices in dollars give "
    "huge gradients, and only a tiny learning rate does not diverge."
)


class DataPanel(Panel):
    """Shows and edits Experiment.data; output activation and loss follow the task (see data_edits.with_data)."""

    refused = Signal(str)
    """A sentence: why a table cannot be used."""

    title = "Data"
    meaning = (
        "The examples to learn from: where they come from, how many, and which of their features the network sees."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title)
        self._spec = Experiment()
        self._table: DataSpec | None = None
        self.table_dialog: TableDialog | None = None
        self.source = Choice(parent=self)
        self.source.fill(source_groups())
        self.open_button = QPushButton("Open CSV…", self)
        self.open_button.setToolTip(
            tooltip(restarts("Reads a table of your own and asks what is to be learned from it."))
        )
        self.description, self.error = muted(parent=self), Note(self, level="bad")
        self.columns, self.generator = ColumnChoice(self), GeneratorForm(self)
        self.share = SliderField(LinearScale(0.1, 1.0), LEAST_SHARE, 1.0, step=0.05, parent=self)
        self.features = FeatureRow(self)
        self.standardize = QCheckBox("Standardize inputs", self)
        self.standardize_target = QCheckBox("Standardize target", self)
        self.counts, self.note = muted(parent=self), muted(parent=self)
        self.forget = QPushButton("Forget points set by hand", self)
        self.forget.setToolTip(tooltip(restarts("Takes out what was added and puts back what was removed.")))
        self._background = Background(self)
        self._lay_out()
        self._connect()
        self.show_spec(self._spec, None)

    def _lay_out(self) -> None:
        source_form, self._form = Form(), Form()
        source_form.add("Data set", self.source, restarts("What the network is to learn."))
        self._form.add("Train share", self.share, SHARE_TIP)
        self._form.add("Inputs", self.features, INPUTS_TIP)
        explain(self.standardize, self.standardize.text(), SCALE_TIP)
        explain(self.standardize_target, self.standardize_target.text(), SCALE_TARGET_TIP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(source_form)
        layout.addWidget(self.description)
        layout.addWidget(self.columns)
        layout.addWidget(self.generator)
        layout.addLayout(self._form)
        layout.addWidget(self.standardize)
        layout.addWidget(self.standardize_target)
        layout.addWidget(self.counts)
        layout.addWidget(self.note)
        layout.addWidget(self.forget)
        layout.addWidget(self.open_button)
        layout.addWidget(self.error)

    def _connect(self) -> None:
        self.source.chosen.connect(self._choose)
        self.open_button.clicked.connect(self.open_csv)
        self.columns.edited.connect(self._emit)
        self.generator.edited.connect(self._emit)
        self.share.edited.connect(lambda share: self._set("train share", train_share=share))
        self.features.edited.connect(lambda names: self._set("inputs", features=names))
        self.standardize.toggled.connect(lambda on: self._set("standardize inputs", standardize=on))
        self.standardize_target.toggled.connect(lambda on: self._set("standardize target", standardize_target=on))
        self.forget.clicked.connect(lambda: self._set("points set by hand", added=(), removed=()))
        self._background.done.connect(self._ask)
        self._background.failed.connect(self._refuse)

    def show_spec(self, spec: Experiment, problem: Problem | None) -> None:
        data, before = spec.data, self._spec.data
        problem = resolved(problem, data)
        self._spec = spec
        if data.source != before.source or data.table is not before.table:
            self.error.say("")
        if data.table is not None:
            self._remember(data)
        self.source.show_key(data.source)
        self.description.setText(data.table.name if data.table and data.source == TABLE else description(data.source))
        self.columns.setVisible(data.source == TABLE and data.table is not None)
        self.columns.show_value(data)
        self.generator.show_value(data)
        self.share.show_value(data.train_share)
        generator = GENERATORS.get(data.source)
        self._form.show_row(
            self.features, visible=data.source == DRAWN or bool(generator and generator.dimensions == 2)
        )
        self.features.show_value(data.features)
        for box, on in ((self.standardize, data.standardize), (self.standardize_target, data.standardize_target)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        task = problem.task if problem is not None else task_of(data)
        self.standardize_target.setVisible(task == "regression")
        self.forget.setVisible(bool(data.added or data.removed))
        if problem is not None or data.source != before.source:
            # While the same source is drawn anew the last counts stay, else the panel would jump at each edit.
            self._show_counts(data, problem)

    def summary(self) -> str:
        """The data in a line."""
        return self.source.currentText()

    def open_csv(self) -> None:
        """Asks for a file and reads it."""
        dialog = QFileDialog(self, "Open a table", "", "Tables (*.csv *.tsv *.txt);;All files (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read_file(self, path: Path) -> None:
        """Reads a table beside the window, then asks what is to be learned; what is wrong is said in a note."""
        self.error.say("")
        self.open_button.setEnabled(False)
        self.open_button.setText(f"Reading {path.name}…")
        self._background.start(lambda: read_table(path))

    def _ask(self, table: Table) -> None:
        self._reading_ended()
        dialog = self.table_dialog = TableDialog(table, self)
        dialog.accepted.connect(lambda: self._use_table(dialog.data_spec()))
        dialog.finished.connect(self._dialog_ended)
        dialog.open()

    def _refuse(self, sentence: str) -> None:
        self._reading_ended()
        self.error.say(sentence + ("" if sentence.endswith(".") else "."))
        self.refused.emit(sentence)

    def _reading_ended(self) -> None:
        self.open_button.setEnabled(True)
        self.open_button.setText("Open CSV…")

    def _dialog_ended(self) -> None:
        if self.table_dialog is not None:
            self.table_dialog.deleteLater()
            self.table_dialog = None

    def _use_table(self, chosen: DataSpec) -> None:
        old = self._spec.data
        self._emit(
            replace(chosen, train_share=old.train_share, standardize=old.standardize, features=old.features), "data set"
        )

    def _choose(self, source: str) -> None:
        if source == TABLE:
            if self._table is not None:
                self._use_table(self._table)
                return
            # Nothing is chosen before a file has been read.
            self.source.show_key(self._spec.data.source)
            self.open_csv()
            return
        self._emit(of_source(self._spec.data, source), "data set")

    def _remember(self, data: DataSpec) -> None:
        """Keeps the user's table within reach while another data set is shown."""
        new = self._table is None or data.table is not self._table.table
        self._table = data
        if new and data.table is not None:
            self.source.fill(source_groups(data.table.name))

    def _show_counts(self, data: DataSpec, problem: Problem | None) -> None:
        if problem is None:
            for label in (self.counts, self.note):
                label.hide()
            return
        count, train, test = len(problem.data.x), len(problem.train), len(problem.test)
        said = f"{count:,} {'example' if count == 1 else 'examples'}: {train:,} to train, {test:,} to test."
        if data.added or data.removed:
            said += f" By hand: {len(data.added):,} added, {len(data.removed):,} removed."
        for label, text in ((self.counts, said), (self.note, problem.data.note)):
            label.setText(text)
            label.setVisible(bool(text) and not (label is self.note and data.source == TABLE))

    def _set(self, text: str, **fields: object) -> None:
        self._emit(replace(self._spec.data, **fields), text)

    def _emit(self, data: DataSpec, text: str) -> None:
        self.edited.emit(with_data(self._spec, data), text)
