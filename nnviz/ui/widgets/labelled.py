"""Fields with their label before them, which stay together when a row of controls folds."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from nnviz.ui.theme import GRID


def labelled(text: str, *fields: QWidget) -> QWidget:
    """A label and what belongs to it; a click on it goes to the first field."""
    box, label = QWidget(), QLabel(text)
    label.setBuddy(fields[0])
    label.setToolTip(fields[0].toolTip())
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID // 2)
    for part in (label, *fields):
        row.addWidget(part)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return box
