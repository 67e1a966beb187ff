"""What every test of Qt gets, without a display; and a session whose worker is driven by hand."""

import pytest

from nnviz.experiment.runner import Runner, Worker
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.specification import Experiment
from nnviz.ui.session import Session


@pytest.fixture(autouse=True)
def _clean_qt(own_settings: None, one_collector: None, no_window_left: None) -> None:
    pass


class HandRunner(Runner):
    """A runner without a thread: `drain` does what was asked for, `settle` also tells the session."""

    def __init__(self) -> None:
        super().__init__()
        self.worker = Worker(self.mailbox)

    def drain(self, slices: int = 50) -> None:
        while not self._commands.empty():
            self.worker.guarded(lambda: self.worker.obey(self._commands.get()))
        for _ in range(slices):
            if self.worker.idle:
                break
            self.worker.guarded(self.worker.slice)

    def settle(self, session: Session) -> Snapshot:
        self.drain()
        session.poll()
        assert session.snapshot is not None
        return session.snapshot


@pytest.fixture
def runner() -> HandRunner:
    return HandRunner()


@pytest.fixture
def session(qapp, runner: HandRunner) -> Session:
    """The default experiment, before its first step."""
    session = Session(runner)
    session.adopt(Experiment(), None, play=False)
    runner.settle(session)
    return session
