"""From which one parameter of a network is chosen: its layer, where it comes from, and the unit it leads to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.engine.layout import Layout
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain

BIAS = -1


class ParameterChoice(QWidget):
    """chosen: the parameter's number in theta. Silent when set by the program."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: Layout | None = None
        self.layer, self.source, self.target = Choice(), Choice(), Choice()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part, name, tip in (
            (self.layer, "Layer", "The layer whose weight or bias it is; 1 is the first after the inputs"),
            (self.source, "From", "The input or unit that the weight leads from; or the bias"),
            (self.target, "To", "The unit of the layer that it leads to"),
        ):
            explain(part, name, tip)
            row.addWidget(part)
        self.layer.chosen.connect(self._layer_chosen)
        self.source.chosen.connect(self._tell)
        self.target.chosen.connect(self._tell)

    def show_parameter(self, layout: Layout, number: int) -> None:
        """Shows one of a network's parameters; one that it does not have is not shown."""
        if layout != self._layout:
            self._layout = layout
            self.layer.fill([("", [Entry(str(l), f"layer {l}") for l in range(1, layout.depth + 1)])])
        if 0 <= number < layout.parameter_count:
            place = layout.parameter(number)
            self._offer(layout, place.layer)
            self.source.show_key(str(place.i))
            self.target.show_key(str(place.j))

    def _offer(self, layout: Layout, l: int) -> None:
        sources = [Entry(str(i), f"from {i + 1}") for i in range(layout.sizes[l - 1])]
        self.source.fill([("", [*sources, Entry(str(BIAS), "bias")])])
        self.target.fill([("", [Entry(str(j), f"to {j + 1}") for j in range(layout.sizes[l])])])
        self.layer.show_key(str(l))

    def _layer_chosen(self, key: str) -> None:
        if self._layout is not None:
            self._offer(self._layout, int(key))
            self.source.show_key("0")
            self.target.show_key("0")
            self._tell()

    def _tell(self, *_: object) -> None:
        keys = (self.layer.key(), self.source.key(), self.target.key())
        if self._layout is not None and None not in keys:
            l, i, j = (int(key) for key in keys if key is not None)
            self.chosen.emit(self._layout.index(l, i, j))


def parameter_name(layout: Layout, number: int) -> str:
    """As a person counts, from 1: "weight 1 → 2, layer 1", "bias 2, layer 1"."""
    place = layout.parameter(number)
    if place.kind == "bias":
        return f"bias {place.j + 1}, layer {place.layer}"
    return f"weight {place.i + 1} → {place.j + 1}, layer {place.layer}"
