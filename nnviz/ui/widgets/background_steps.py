"""Steps a generator beside the window and shows the newest of what it yields.

As in nnviz.ui.widgets.background the thread touches nothing of Qt: it leaves its newest yield in a plain record, which
a timer of the window looks at. What is yielded faster than the window looks is skipped.
"""

import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_MS = 33


@dataclass
class _Progress:
    """cancelled is written by the window, all else by the thread alone, done last."""

    newest: object = None
    error: BaseException | None = None
    done: bool = False
    cancelled: bool = False


class BackgroundSteps(QObject):
    """One generator at a time. Starting another, or `cancel`, ends it between two of its steps.

    advanced: its newest yield. finished: it has ended. failed: the sentence of the ValueError or OSError that it
    raised. Any other exception is a fault of the program: it is raised in the window's thread.
    """

    advanced = Signal(object)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._progress: _Progress | None = None
        self._shown: object = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        # The thread must not outlive what it works for. When that is told, only plain Python is left of this object.
        self._running: list[_Progress] = []
        self.destroyed.connect(partial(_give_up, self._running))

    @property
    def busy(self) -> bool:
        """Whether more is to come."""
        return self._progress is not None

    def start(self, make: Callable[[], Generator[object, None, None]]) -> None:
        """Makes the generator and runs it, both in a thread of their own."""
        self.cancel()
        progress = self._progress = _Progress()
        self._running.append(progress)
        threading.Thread(target=_run, args=(make, progress), daemon=True, name="nnviz-steps").start()
        self._timer.start()

    def cancel(self) -> None:
        """Nothing more is heard of what was started; its thread ends after the step it is at."""
        _give_up(self._running)
        self._progress = self._shown = None
        self._timer.stop()

    def _look(self) -> None:
        progress = self._progress
        if progress is None:
            return
        done, newest = progress.done, progress.newest
        if newest is not None and newest is not self._shown:
            self._shown = newest
            self.advanced.emit(newest)
        if not done or progress is not self._progress:  # whoever was told may have started another
            return
        self.cancel()
        if progress.error is None:
            self.finished.emit()
        elif isinstance(progress.error, ValueError | OSError):
            self.failed.emit(str(progress.error))
        else:
            raise progress.error


def _give_up(running: list[_Progress], *_: object) -> None:
    for progress in running:
        progress.cancelled = True
    running.clear()


def _run(make: Callable[[], Generator[object, None, None]], progress: _Progress) -> None:
    try:
        with closing(make()) as steps:
            for newest in steps:
                if progress.cancelled:
                    break
                progress.newest = newest
    except BaseException as error:  # noqa: BLE001 (whatever it is, the window reports it)
        progress.error = error
    progress.done = True
