"""Runs a slow function beside the window and brings its answer back to it.

The thread touches nothing of Qt: it leaves its answer in a plain record, which a timer of the window looks at. So an
owner may be deleted at any time, and a signal never crosses a thread.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_MS = 15


@dataclass
class _Answer:
    """Written by the thread alone, done last; read by the window once done."""

    value: object = None
    error: BaseException | None = None
    done: bool = False


class Background(QObject):
    """One function at a time; starting another, or `cancel`, makes the answer of the one before void.

    done: what the function returned. failed: the sentence of the ValueError or OSError that it raised. Any other
    exception is a fault of the program: it is raised in the window's thread, where faults are reported.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answer: _Answer | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._answer is not None

    def start(self, function: Callable[[], object]) -> None:
        """Calls the function in a thread of its own."""
        answer = self._answer = _Answer()
        # A daemon: closing the program does not wait for a file on a slow disk.
        threading.Thread(target=_run, args=(function, answer), daemon=True, name="nnviz-background").start()
        self._timer.start()

    def cancel(self) -> None:
        """Nothing more is heard of what was started; the thread ends by itself."""
        self._answer = None
        self._timer.stop()

    def _look(self) -> None:
        answer = self._answer
        if answer is None or not answer.done:
            return
        self.cancel()
        if answer.error is None:
            self.done.emit(answer.value)
        elif isinstance(answer.error, ValueError | OSError):
            self.failed.emit(str(answer.error))
        else:
            raise answer.error


def _run(function: Callable[[], object], answer: _Answer) -> None:
    try:
        answer.value = function()
    except BaseException as error:  # noqa: BLE001 (whatever it is, the window reports it)
        answer.error = error
    answer.done = True
