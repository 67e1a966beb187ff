"""From which one unit, or all units of a layer, are chosen."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from nnviz.ui.plots.layers.layer_choice import LayerChoice
from nnviz.ui.plots.view import ALL_UNITS


class UnitChoice(QWidget):
    """A layer (1..L), and one of its units (from 0) or ALL_UNITS. Silent when set by the program."""

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.layer, self.unit = LayerChoice(), QSpinBox()
        self._sizes: tuple[int, ...] = ()
        self._wanted: tuple[int, int] | None = None
        """What was selected before there was anything to select from."""
        self.unit.setAccessibleName("Unit")
        self.unit.setToolTip("One unit of the layer, or all of them together")
        self.unit.setSpecialValueText("all")
        self.unit.setRange(0, 1)
        label = QLabel("unit")
        label.setBuddy(self.unit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.layer, label, self.unit):
            row.addWidget(part)
        self.layer.chosen.connect(self._layer_chosen)
        self.unit.valueChanged.connect(self._tell)

    @property
    def selection(self) -> tuple[int, int]:
        """(layer, unit or ALL_UNITS)."""
        return self.layer.layer, self.unit.value() - 1

    def offer(self, sizes: tuple[int, ...]) -> None:
        """The units of another network (n_0, …, n_L); a selection that it does not have is dropped."""
        if sizes != self._sizes:
            self._sizes = sizes
            layer, unit = self._wanted or self.selection
            self._wanted = None
            self.layer.offer(len(sizes) - 1)
            self.show_selection(min(max(layer, 1), len(sizes) - 1), unit)

    def show_selection(self, layer: int, unit: int) -> None:
        """Chooses without telling; what does not exist is not chosen."""
        if not self._sizes:
            self._wanted = layer, unit
        if not 1 <= layer < len(self._sizes):
            return
        self.layer.show_layer(layer)
        width = self._sizes[layer]
        with QSignalBlocker(self.unit):
            self.unit.setMaximum(width)
            self.unit.setValue(unit + 1 if unit < width else 0)

    def _layer_chosen(self, layer: int) -> None:
        self.show_selection(layer, ALL_UNITS)
        self._tell()

    def _tell(self, *_: object) -> None:
        self.chosen.emit(*self.selection)
