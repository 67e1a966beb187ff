"""Work beside the window for a view that follows a run: one question at a time, at a bounded share of the time."""

from collections.abc import Callable, Generator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.ui.widgets.background_steps import BackgroundSteps

Make = Callable[[], Generator[object, None, None]]

SHARE = 0.3
"""At most this share of the time is spent on following: the run and the window have the rest."""
LEAST_MS, LONGEST_MS = 120, 5_000


class Pace(QObject):
    """`start` answers a question at once. `follow` waits until the last answer is there and a rest is over; of what is
    asked meanwhile only the newest is answered.

    advanced: what the generator yields, None left out. finished: it has ended. failed: it was a ValueError's sentence.
    """

    advanced = Signal(object)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.work = BackgroundSteps(self)
        self.work.advanced.connect(self.advanced)
        self.work.finished.connect(self._finish)
        self.work.failed.connect(self._fail)
        self._pending: Make | None = None
        self._began = 0.0
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether a question is being answered."""
        return self.work.busy

    def start(self, make: Make) -> None:
        """Answers this, and drops whatever was asked before."""
        self.cancel()
        self._begin(make)

    def follow(self, make: Make) -> None:
        """Answers this when it is time."""
        if self.work.busy or self._rest.isActive():
            self._pending = make
        else:
            self._begin(make)

    def cancel(self) -> None:
        """Nothing more is heard."""
        self._pending = None
        self._rest.stop()
        self.work.cancel()

    def _begin(self, make: Make) -> None:
        self._began = perf_counter()
        self.work.start(make)

    def _finish(self) -> None:
        self._take_a_rest()
        self.finished.emit()

    def _fail(self, sentence: str) -> None:
        self._take_a_rest()
        self.failed.emit(sentence)

    def _take_a_rest(self) -> None:
        took = 1000.0 * (perf_counter() - self._began)
        self._rest.start(round(min(max(LEAST_MS, took * (1.0 / SHARE - 1.0)), LONGEST_MS)))

    def _go_on(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:
            self._begin(pending)
