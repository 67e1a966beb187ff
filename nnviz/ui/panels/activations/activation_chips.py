"""Which functions stand side by side."""

from nnviz.engine import ACTIVATIONS
from nnviz.ui.panels.explanations import ACTIVATION_TIPS
from nnviz.ui.widgets.chip_grid import ChipGrid
from nnviz.ui.widgets.choice import Entry

COLUMNS = 2


class ActivationChips(ChipGrid):
    """A chip for each activation. `edited` is emitted with the names chosen."""

    def __init__(self) -> None:
        tips = ACTIVATION_TIPS
        super().__init__((Entry(name, each.label, tips.get(name, "")) for name, each in ACTIVATIONS.items()), COLUMNS)
