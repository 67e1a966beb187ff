"""Makes an animation of a film: frame by frame from the replay to the file, and none of them kept."""

import contextlib
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.ui.export.animation_writers import AnimationFile, Frame
from nnviz.ui.export.frame_painter import FramePainter
from nnviz.ui.export.looks import Looks
from nnviz.ui.plots.film import Film
from nnviz.ui.widgets.background import Background

MAX_FRAMES = 3000
LOOK_MS = 4
WAIT_SECONDS = 0.2
"""Of the thread for the window, before it looks whether it is still wanted."""


@dataclass(frozen=True)
class Reel:
    """What is to be animated. steps: of the frames, in order. size: pixels. kind: of ANIMATION_KINDS."""

    steps: Sequence[int]
    kind: str = "gif"
    size: tuple[int, int] = (640, 480)
    fps: float = 15.0
    loop: bool = True
    looks: Looks = field(default_factory=Looks)


@dataclass(frozen=True)
class Progress:
    """frames: written, of ``total``. step: where the replay is. size: of the file in bytes, as far as can be told from
    the frames so far; None before that."""

    frames: int
    total: int
    step: int
    size: int | None


def steps_between(first: int, last: int, every: int) -> list[int]:
    """The steps of the frames: every n-th, and the last. ValueError in one sentence for none or too many."""
    if every < 1 or first < 0 or last < first:
        raise ValueError(f"from step {first:,} to {last:,}, every {every:,}: there is nothing to show")
    steps = list(range(first, last + 1, every))
    if steps[-1] != last:
        steps.append(last)
    if len(steps) > MAX_FRAMES:
        raise ValueError(f"that would be {len(steps):,} frames; up to {MAX_FRAMES:,} can be written: show fewer steps")
    return steps


def write_animation(
    film: Film, reel: Reel, path: Path, progress: Callable[[Progress], None] = lambda _progress: None
) -> int:
    """Writes it at once, in the window's thread; how many frames it has. For what has no window that must not wait.

    ValueError or OSError in one sentence; nothing is half written.
    """
    painter = FramePainter(film, reel.size, reel.looks)
    try:
        with _opened(path, reel) as file:
            for step, state in film.states(reel.steps):
                if state is not None:
                    file.add(painter.paint(state))
                progress(_progress(file, reel, step))
            file.finish()
            return file.frames
    finally:
        painter.close()


class Animator(QObject):
    """Writes an animation while the window lives on: the replay and the encoding in a thread, each frame painted in a
    turn of the window's own.

    advanced: Progress. done: (Path, why it ended early, or ""). failed: one sentence.
    """

    advanced = Signal(object)
    done = Signal(object, str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = Background(self)
        self._thread.done.connect(self._finished)
        self._thread.failed.connect(self._broken)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._hand = _Hand()
        self._painter: FramePainter | None = None
        self._film: Film | None = None
        self._told: Progress | None = None

    @property
    def busy(self) -> bool:
        """Whether one is being made."""
        return self._thread.busy

    def start(self, film: Film, reel: Reel, path: Path) -> None:
        """Begins. What cannot be is told by `failed`."""
        self.cancel()
        try:
            self._painter = FramePainter(film, reel.size, reel.looks)
        except ValueError as error:
            self.failed.emit(str(error))
            return
        self._film, self._told = film, None
        hand = self._hand = _Hand()
        self._thread.start(lambda: _produce(hand, film, reel, path))
        self._timer.start()

    def cancel(self) -> None:
        """Stops; nothing is left of the file."""
        self._hand.let_go()
        self._thread.cancel()
        self._end()

    def _look(self) -> None:
        hand, painter = self._hand, self._painter
        state = hand.take_state()
        if state is not None and painter is not None:
            try:
                hand.give_frame(painter.paint(state))
            except Exception:
                self.cancel()
                raise
        if hand.progress is not None and hand.progress is not self._told:
            self._told = hand.progress
            self.advanced.emit(hand.progress)

    def _finished(self, path: object) -> None:
        film = self._film
        self._end()
        self.done.emit(path, film.ended() if film is not None else "")

    def _broken(self, sentence: str) -> None:
        self._end()
        self.failed.emit(sentence)

    def _end(self) -> None:
        self._timer.stop()
        if self._painter is not None:
            self._painter.close()
        self._painter = None


class _Hand:
    """What thread and window hand each other: one state, one frame. progress is written by the thread alone."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._state: object = None
        self._frame: Frame | None = None
        self.gone = False
        self.progress: Progress | None = None

    def let_go(self) -> None:
        """The window wants no more."""
        with self._turn:
            self.gone = True
            self._turn.notify_all()

    def take_state(self) -> object:
        """For the window: what is to be painted, once."""
        state, self._state = self._state, None
        return state

    def give_frame(self, frame: Frame) -> None:
        """For the window: it is painted."""
        with self._turn:
            self._frame = frame
            self._turn.notify_all()

    def offer(self, state: object) -> None:
        """For the thread: paint this."""
        self._state = state

    def frame(self) -> Frame:
        """For the thread: what was painted."""
        with self._turn:
            while self._frame is None:
                self.check()
                self._turn.wait(WAIT_SECONDS)
            frame, self._frame = self._frame, None
            return frame

    def check(self) -> None:
        """Ends the thread where the window wants no more."""
        if self.gone:
            raise _GoneError


class _GoneError(Exception):
    """The window wants no more."""


def _produce(hand: _Hand, film: Film, reel: Reel, path: Path) -> Path | None:
    """The thread's work. While the window paints a frame, the next state is computed and the last frame encoded."""
    try:
        with _opened(path, reel) as file, contextlib.closing(_stepped(film, reel)) as states:
            waiting = False
            for step, state in states:
                hand.check()
                if state is not None:
                    frame = hand.frame() if waiting else None
                    hand.offer(state)
                    waiting = True
                    if frame is not None:
                        file.add(frame)
                hand.progress = _progress(file, reel, step)
            if waiting:
                file.add(hand.frame())
            hand.check()
            file.finish()
            hand.progress = _progress(file, reel, reel.steps[-1])
            return path
    except _GoneError:
        return None


def _stepped(film: Film, reel: Reel) -> Generator[tuple[int, object], None, None]:
    yield from film.states(reel.steps)


def _opened(path: Path, reel: Reel) -> AnimationFile:
    return AnimationFile(path, reel.kind, reel.size, fps=reel.fps, loop=reel.loop, frames=len(reel.steps))


def _progress(file: AnimationFile, reel: Reel, step: int) -> Progress:
    total = len(reel.steps)
    # A video's encoder keeps frames back, so that the beginning says little.
    told = file.frames >= max(2, total // 20) and file.written > 0 and reel.kind in ("gif", "png")
    size = round(file.written * total / file.frames) if told else None
    return Progress(file.frames, total, step, size)
