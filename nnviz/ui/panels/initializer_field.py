"""Chooses how numbers are drawn before training: an initializer, and its scale where it has one."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from nnviz.engine import INITIALIZERS
from nnviz.experiment.specification import InitializerSpec
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.float_field import FloatField

SCALE_TIP = (
    "The spread of the numbers: standard deviation, half width or constant value, and for Glorot, He, LeCun and "
    "orthogonal a factor on the spread that they work out themselves."
)
LIMIT = 1e12


class InitializerField(QWidget):
    """`edited` is emitted with the InitializerSpec, once for each change that the user makes."""

    edited = Signal(object)

    def __init__(self, entries: Iterable[Entry], name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = InitializerSpec()
        self.choice, self.scale = Choice(entries, self), FloatField(-LIMIT, LIMIT, smallest=1e-3, parent=self)
        explain(self.choice, name, tip)
        explain(self.scale, f"{name}: scale", SCALE_TIP)
        self._scale_label = QLabel("scale", self)
        self._scale_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._scale_label.setBuddy(self.scale)
        # Below each other: side by side they do not fit into a narrow panel.
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(GRID)
        layout.setVerticalSpacing(GRID // 2)
        layout.addWidget(self.choice, 0, 0, 1, 2)
        layout.addWidget(self._scale_label, 1, 0)
        layout.addWidget(self.scale, 1, 1)
        self.setFocusProxy(self.choice)
        self.choice.chosen.connect(self._choose)
        self.scale.edited.connect(self._rescale)
        self.show_value(self._spec)

    def show_value(self, spec: InitializerSpec) -> None:
        """Shows an initializer without emitting."""
        self._spec = spec
        self.choice.show_key(spec.name)
        default = INITIALIZERS[spec.name].scale
        self.scale.show_value(default if spec.scale is None else spec.scale)
        for part in (self._scale_label, self.scale):
            part.setVisible(spec.name != "zeros")

    def _choose(self, name: str) -> None:
        # The scale means something else for each, so it goes back to the default.
        self._emit(InitializerSpec(name))

    def _rescale(self, scale: float) -> None:
        self._emit(InitializerSpec(self._spec.name, None if scale == INITIALIZERS[self._spec.name].scale else scale))

    def _emit(self, spec: InitializerSpec) -> None:
        self.show_value(spec)
        self.edited.emit(spec)
