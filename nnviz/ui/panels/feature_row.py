"""Which functions of the two coordinates the network is given as inputs."""

from PySide6.QtWidgets import QWidget

from nnviz.engine.datasets import FEATURES
from nnviz.ui.panels.explanations import restarts
from nnviz.ui.widgets.chip_grid import ChipGrid
from nnviz.ui.widgets.choice import Entry

COLUMNS = 4
TIP = restarts(
    "An input of the network. With x² and y² a circle is easy even for a single neuron; with x and y alone the hidden "
    "layers have to find such combinations themselves."
)


class FeatureRow(ChipGrid):
    """A chip for each input. `edited` is emitted with the names chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        entries = (Entry(name, feature.label, TIP) for name, feature in FEATURES.items())
        super().__init__(entries, COLUMNS, named="Input ", parent=parent)
        for column in range(COLUMNS):
            self.grid.setColumnStretch(column, 1)
