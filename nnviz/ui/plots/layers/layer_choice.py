"""The small list from which one layer is chosen, or all of them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

ALL_LAYERS = 0


class LayerChoice(QComboBox):
    """Layers 1..L, and ALL_LAYERS where that is offered. Silent when set by the program."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._offered: tuple[int, bool] = (0, False)
        self.setAccessibleName("Layer")
        self.setToolTip("The layer that is shown; 1 is the first after the inputs")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self._tell)

    @property
    def layer(self) -> int:
        """The chosen one."""
        return int(self.currentData() or ALL_LAYERS)

    def offer(self, depth: int, *, with_all: bool = False) -> None:
        """Other layers; the chosen one stays where it still exists, else the first entry is taken."""
        if (depth, with_all) == self._offered:
            return
        before, self._offered = self.layer, (depth, with_all)
        self.clear()
        for layer, name in enumerate(layer_titles(depth), start=1):
            self.addItem(name, layer)
        if with_all:
            self.insertItem(0, "all layers", ALL_LAYERS)
        self.show_layer(before)

    def show_layer(self, layer: int) -> None:
        """Chooses without telling."""
        self.setCurrentIndex(max(0, self.findData(layer)))

    def _tell(self) -> None:
        self.chosen.emit(self.layer)


def layer_titles(depth: int) -> Sequence[str]:
    """What the layers 1..L are called."""
    return [*(f"layer {l}" for l in range(1, depth)), "output layer"]
