"""What the tests of the loss surface's view share: a run of which snapshots carry the way of theta."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from nnviz.experiment.snapshot import Snapshot, take_snapshot
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.ui.plots.landscape.landscape_view import LandscapeView

READINGS = frozenset({"trajectory"})


class Terrain:
    """A view on screen, and what a run shows it."""

    def __init__(self, bench, view: LandscapeView) -> None:
        self.bench, self.view = bench, view

    def shot(self, job: TrainingJob, run_id: int = 0, *, playing: bool = False) -> Snapshot:
        """The run's present, with its way."""
        return take_snapshot(job, Watch(READINGS), run_id, playing=playing)

    def draw(self, job: TrainingJob, run_id: int = 0, *, playing: bool = False) -> Snapshot:
        """Shows it, and waits until all that is asked is answered."""
        snapshot = self.shot(job, run_id, playing=playing)
        self.view.draw(snapshot)
        self.ready()
        return snapshot

    def ready(self) -> None:
        """Waits for the work, and for what it left for later."""
        pages = self.view.pages.values()
        self.until(lambda: not any(p.pace.busy or p.pace._pending is not None for p in pages))

    def until(self, condition: Callable[[], bool]) -> None:
        """Waits while the window lives."""
        self.bench.qtbot.waitUntil(condition, timeout=20_000)
        QApplication.processEvents()


@pytest.fixture
def terrain(bench) -> Iterator[Terrain]:
    view = LandscapeView()
    bench.show(view, 640, 360)
    yield Terrain(bench, view)
    for page in view.pages.values():
        page.leave()


def choose(box, key: str) -> None:
    """As the user does."""
    index = box.findData(key)
    assert index >= 0, key
    box.setCurrentIndex(index)
    box.activated.emit(index)
