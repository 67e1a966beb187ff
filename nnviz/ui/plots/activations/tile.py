"""One of many small pictures: the activation's line and name, a sentence about it, and its chart."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nnviz.engine.activations import Activation
from nnviz.ui.plots.activations.line_style import swatch
from nnviz.ui.plots.activations.linked_chart import LinkedChart
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.explained import tooltip


class Elided(QLabel):
    """A line that ends in dots where there is no room for all of it; the tooltip has the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Another line."""
        self._whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(tooltip(self._whole) if shown != self._whole else "")


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
        head.setSpacing(GRID)
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
