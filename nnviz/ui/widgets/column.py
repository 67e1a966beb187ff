"""Widgets one below the other, without margins or gaps: what a figure is laid out in."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


def in_column(owner: QWidget, *parts: QWidget) -> QVBoxLayout:
    """The parts fill their owner. The second one takes the room there is: what is above it and below is as high as it
    needs to be."""
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for place, part in enumerate(parts):
        column.addWidget(part, int(place == 1))
    return column


def below_controls(owner: QWidget, controls: QWidget, figure: QWidget, *below: QWidget) -> QVBoxLayout:
    """The same for a figure and its controls. Many of these must not keep a plot from being narrow; those at the end
    fold away instead."""
    column = in_column(owner, controls, figure, *below)
    column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    return column
