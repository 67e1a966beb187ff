"""What every plot of the Lab is: a figure that draws snapshots of a run and says what it needs."""

from PySide6.QtCore import Signal

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.figure import Figure

ALL_UNITS = -1


class View(Figure):
    """A figure of a run. readings: names of the readings it needs (nnviz.experiment.readings); they are looked up while
    it is visible, so they may change.
    """

    readings: frozenset[str] = frozenset()
    needs_sharpness = False
    """Whether it shows the sharpness, which is measured beside the run."""

    has_course = True
    """Whether it shows something else as the run goes on; what depends on the settings alone is not animated."""

    readings_changed = Signal()
    """``readings`` is another now: the form that is shown needs something else."""
    unit_selected = Signal(int, int)
    """Layer (1..L) and unit (from 0), or ALL_UNITS for all units of the layer: what all views shall speak of."""

    def awaits(self) -> str:
        """A run that has not begun; else what is computed once the view is seen."""
        snapshot = getattr(self, "snapshot", None)
        return "press Play" if snapshot is None or snapshot.horizon == 0 else "open its tab"

    def show_unit(self, layer: int, unit: int | None) -> None:
        """Speaks of another unit, or of a whole layer (None), without telling anyone."""

    def draw(self, snapshot: Snapshot) -> None:
        """Shows the snapshot. Called at most 60 times a second, and only while the view is visible."""
        raise NotImplementedError
