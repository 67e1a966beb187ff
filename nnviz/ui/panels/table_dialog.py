"""Asks what is to be learned from a table: its first rows, and which columns are what."""

import numpy
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from nnviz.engine.datasets.record import DataSet
from nnviz.experiment.problem import TABLE
from nnviz.experiment.specification import DataSpec, replace
from nnviz.experiment.tables import Table, suggest
from nnviz.ui.panels.column_choice import ColumnChoice
from nnviz.ui.panels.data_edits import LARGE_SPREAD
from nnviz.ui.panels.table_preview import ROWS, TablePreview
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.form import muted

FEW_COLUMNS = 50
"""So many columns are quickly measured; beyond, they keep their usual width."""


class TableDialog(QDialog):
    """Begins with a sensible choice; "Use this table" is there once the choice is usable."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Learn from {table.name}")
        self._wide_targets = False
        features, target = suggest(table)
        self.choice = ColumnChoice(self)
        preview = QTableView(self)
        preview.setModel(TablePreview(table, preview))
        preview.setAlternatingRowColors(True)
        preview.setTabKeyNavigation(False)
        preview.verticalHeader().setDefaultSectionSize(preview.fontMetrics().height() + GRID)
        if len(table.columns) <= FEW_COLUMNS:
            preview.resizeColumnsToContents()
        explain(preview, "First rows", "The table as it was read.")
        some = f"; the first {ROWS} are shown" if table.rows > ROWS else ""
        about = muted(
            f"{table.rows:,} rows, {len(table.columns):,} columns{some}. {' '.join(table.notes)}".strip(), self
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = buttons.addButton("Use this table", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        self.accept_button.setEnabled(False)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(about)
        left.addWidget(preview, 1)
        self.choice.setFixedWidth(38 * GRID)
        columns = QHBoxLayout()
        columns.setSpacing(2 * GRID)
        columns.addLayout(left, 1)
        columns.addWidget(self.choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(columns, 1)
        layout.addWidget(buttons)
        self.resize(110 * GRID, 65 * GRID)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.choice.checked.connect(self._checked)
        self.choice.show_value(DataSpec(source=TABLE, table=table, columns=features, target=(target,)))
        self.choice.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def data_spec(self) -> DataSpec:
        """What was chosen; targets that spread widely are standardized."""
        return replace(self.choice.data(), standardize_target=self._wide_targets)

    def _checked(self, data: DataSet | None) -> None:
        self.accept_button.setEnabled(data is not None)
        if data is not None:
            spread = float(numpy.max(numpy.std(data.y, axis=0)))
            self._wide_targets = data.task == "regression" and spread > LARGE_SPREAD
