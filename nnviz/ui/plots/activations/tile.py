"""One of many small pictures: the activation's line and name, a sentence about it, and its chart."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.engine.activations import Activation
from nnviz.ui.plots.activations.line_style import swatch
from nnviz.ui.plots.activations.linked_chart import LinkedChart
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.elided import Elided


class Tile(QWidget):
    """drawn: what its picture was made of. values: right of the name. caption: below it."""

    def __init__(self, activation: Activation) -> None:
        super().__init__()
        self.activation = activation
        self.drawn: object = None
        self.chart = LinkedChart()
        self.swatch, self.name, self.values, self.caption = QLabel(), QLabel(activation.label), Elided(), Elided()
        self.values.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        head = QHBoxLayout()
        head.setContentsMargins(GRID // 2, 0, GRID, 0)
        head.setSpacing(GRID // 2)
        head.addWidget(self.swatch)
        head.addWidget(self.name)
        head.addWidget(self.values, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID // 2, GRID // 2, GRID // 2, 0)
        column.setSpacing(1)
        column.addLayout(head)
        self.caption.setIndent(GRID // 2)
        column.addWidget(self.caption)
        column.addWidget(self.chart, 1)

    def restyle(self, theme: Theme) -> None:
        """The theme's colours and typeface."""
        self.swatch.setPixmap(swatch(theme, self.activation.name, 3.0))
        self.name.setFont(theme.font(bold=True))
        self.values.setFont(theme.font())
        self.caption.setFont(theme.font(0.92))

    def describe(self, caption: str) -> None:
        """What is said below the name, to a screen reader about the chart."""
        self.caption.show_text(caption)
        self.chart.setAccessibleName(self.activation.label)
        self.chart.setAccessibleDescription(caption)
