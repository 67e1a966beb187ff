"""What every plot of the Lab is: a figure that draws snapshots of a run and says what it needs."""

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.figure import Figure


class View(Figure):
    """A figure of a run. readings: names of the readings it needs (nnviz.experiment.readings); they are looked up while
    it is visible, so they may change.
    """

    readings: frozenset[str] = frozenset()
    needs_sharpness = False
    """Whether it shows the sharpness, which is measured beside the run."""

    def draw(self, snapshot: Snapshot) -> None:
        """Shows the snapshot. Called at most 60 times a second, and only while the view is visible."""
        raise NotImplementedError
