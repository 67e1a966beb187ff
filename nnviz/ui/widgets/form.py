"""Rows of a label and a field, aligned; where both do not fit side by side, the field goes below its label."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.explained import explain, tooltip

USUAL_LABEL = "Hidden layers"
"""Labels of all forms are as wide as this one, so that fields align from one form to the next."""


class RowLabel(QLabel):
    """The label of a row."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(USUAL_LABEL) + GRID // 2
        return QSize(width, max(self.heightForWidth(width), self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Form(QFormLayout):
    """Rows of labelled fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(GRID)
        self.setVerticalSpacing(GRID)
        self.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def add(self, label: str, field: QWidget, tip: str) -> QLabel:
        """Adds a row; the label names the field for a screen reader too, and tip explains the term to a student."""
        shown = RowLabel(label)
        shown.setBuddy(field)
        shown.setToolTip(tooltip(tip))
        explain(field, label, tip)
        self.addRow(shown, field)
        return shown

    def show_row(self, field: QWidget, *, visible: bool) -> None:
        """Shows or hides the row of a field."""
        if self.isRowVisible(field) != visible:
            self.setRowVisible(field, visible)


def muted(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A line or paragraph that recedes."""
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
