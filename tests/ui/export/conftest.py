"""What the tests of exports share: figures with a run in them, and places that cannot be written to."""

import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import Snapshot, take_snapshot
from nnviz.experiment.specification import Experiment
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.ui.export.files import contents_of
from nnviz.ui.export.looks import Looks, Words
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.plots.view import View

Make = Callable[..., tuple[View, Snapshot]]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    """A view of a kind with a run in it, and the run's snapshot."""

    def made(key: str = "loss", steps: int = 40, spec: Experiment | None = None) -> tuple[View, Snapshot]:
        view = VIEWS[key]()
        qtbot.addWidget(view)
        view.resize(480, 360)
        job = TrainingJob(resolve(spec or Experiment()))
        job.advance(steps)
        snapshot = take_snapshot(job, Watch(frozenset(view.readings)))
        view.draw(snapshot)
        return view, snapshot

    return made


def content_of(view: Figure, looks: Looks, words: Words) -> bytes:
    """What is in the file of a figure; of a table's files, in the first."""
    path = Path(f"figure.{looks.format}")
    return contents_of(view, looks, words, path)()[path]


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file may grow beyond 20 kB: the system refuses to write on, as it does on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def no_folder(tmp_path: Path) -> Path:
    """A place in which nobody, whatever their rights, can write."""
    file = tmp_path / "a file"
    file.write_text("not a folder")
    return file
