"""Has frames painted for work that goes on beside the window: it in a thread, each frame in a turn of the window's."""

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.ui.export.animation_writers import Frame
from nnviz.ui.export.frame_painter import FramePainter
from nnviz.ui.export.looks import Looks
from nnviz.ui.plots.film import Film
from nnviz.ui.widgets.background import Background

LOOK_MS = 4
WAIT_SECONDS = 0.2
"""Of the thread for the window, before it looks whether it is still wanted."""


class Easel:
    """What thread and window hand each other: a state to be painted, its frame, and what the thread has to tell."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._state: object = None
        self._frame: Frame | None = None
        self._gone = False
        self.told: object = None
        """Written by the thread alone."""

    def painted(self, states: Iterable[tuple[int, object]]) -> Iterator[tuple[int, Frame | None]]:
        """For the thread: (step, frame) of each state, and (step, None) where there is none to be painted yet.

        While the window paints a frame, the next state is computed already: a frame comes one state behind.
        """
        waiting, step = False, 0
        for step, state in states:
            self.check()
            frame = None
            if state is not None:
                frame = self._take_frame() if waiting else None
                self._state, waiting = state, True
            yield step, frame
        if waiting:
            yield step, self._take_frame()
        self.check()

    def tell(self, thing: object) -> None:
        """For the thread: how far it is. It ends here where the window wants no more."""
        self.check()
        self.told = thing

    def check(self) -> None:
        """Ends the thread where the window wants no more."""
        if self._gone:
            raise _GoneError

    def take_state(self) -> object:
        """For the window: what is to be painted, once."""
        state, self._state = self._state, None
        return state

    def give_frame(self, frame: Frame) -> None:
        """For the window: it is painted."""
        with self._turn:
            self._frame = frame
            self._turn.notify_all()

    def let_go(self) -> None:
        """For the window: it wants no more."""
        with self._turn:
            self._gone = True
            self._turn.notify_all()

    def _take_frame(self) -> Frame:
        with self._turn:
            while self._frame is None:
                self.check()
                self._turn.wait(WAIT_SECONDS)
            frame, self._frame = self._frame, None
            return frame


class _GoneError(Exception):
    """The window wants no more."""


class Studio(QObject):
    """One work at a time; another one, or `cancel`, ends the one before.

    advanced: what the work told last. done: what it returned. failed: one sentence.
    """

    advanced = Signal(object)
    done = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = Background(self)
        self._thread.done.connect(self._finished)
        self._thread.failed.connect(self._broken)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._easel = Easel()
        self._painter: FramePainter | None = None
        self._heard: object = None

    @property
    def busy(self) -> bool:
        """Whether one is under way."""
        return self._thread.busy

    def start(self, film: Film, size: tuple[int, int], looks: Looks, work: Callable[[Easel], object]) -> None:
        """Begins. size, looks: of the frames. work: for the thread. What cannot be is told by `failed`."""
        self.cancel()
        try:
            self._painter = FramePainter(film, size, looks)
        except ValueError as error:
            self.failed.emit(str(error))
            return
        easel = self._easel = Easel()
        self._heard = None
        self._thread.start(lambda: _run(work, easel))
        self._timer.start()

    def cancel(self) -> None:
        """Stops; what the work had begun to write is removed by its thread."""
        self._easel.let_go()
        self._thread.cancel()
        self._end()

    def _look(self) -> None:
        easel, painter = self._easel, self._painter
        state = easel.take_state()
        if state is not None and painter is not None:
            try:
                easel.give_frame(painter.paint(state))
            except Exception:
                # A fault of the program, which is reported where faults are; whoever waits is told, too.
                self.cancel()
                self.failed.emit("a frame could not be painted")
                raise
        if easel.told is not self._heard:
            self._heard = easel.told
            self.advanced.emit(self._heard)

    def _finished(self, value: object) -> None:
        self._end()
        self.done.emit(value)

    def _broken(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)

    def _end(self) -> None:
        self._timer.stop()
        if self._painter is not None:
            self._painter.close()
        self._painter = None


def _run(work: Callable[[Easel], object], easel: Easel) -> object:
    with contextlib.suppress(_GoneError):
        return work(easel)
    return None
