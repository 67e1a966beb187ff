"""How large an animation will be, before it is written: a sample of its frames goes through the same encoder.

What a frame takes depends on how it differs from the one before it. So pairs of neighbouring frames are taken all over
the range, and written as two files: one of the first frames of the pairs, one of both. What the second is larger by is
what so many steps from frame to frame take; nothing has to be known of how the kind of file works.
"""

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.ui.export.animation import Reel, opened
from nnviz.ui.export.animation_writers import Frame
from nnviz.ui.export.studio import Easel, Studio
from nnviz.ui.plots.film import Film

PAIRS = 10
PATIENCE_SECONDS = 12.0
"""So long the replay may take. A guess from less than half of the range would be none, and is not made."""
PAUSE_MS = 400
"""From the last change of what is asked for to the sample."""


def sample_of(count: int) -> list[int]:
    """Which of ``count`` frames are looked at: pairs of neighbours, evenly spread; of few frames all of them."""
    if count <= 2 * PAIRS:
        return list(range(count))
    heads = [int((pair + 0.5) * (count - 1) / PAIRS) for pair in range(PAIRS)]
    return [frame for head in heads for frame in (head, head + 1)]


def estimated_size(painted: Iterable[tuple[int, Frame | None]], reel: Reel) -> int | None:
    """Bytes of the animation; None where the frames ended too early to tell.

    painted: (step, frame) of the sample's frames, as sample_of says, in order; a frame may be None, which is no frame.
    ValueError or OSError in one sentence where no such file can be written. What is written is removed again.
    """
    count = len(reel.steps)
    sample = sample_of(count)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nnviz-")))
        one, heads, both = (
            stack.enter_context(opened(folder / f"{name}.{reel.kind}", reel)) for name in ("one", "heads", "both")
        )
        for _, frame in painted:
            if frame is not None:
                if one.frames == 0:
                    one.add(frame)
                if both.frames % 2 == 0:
                    heads.add(frame)
                both.add(frame)
        frames = both.frames
        if frames < min(len(sample), PAIRS):
            return None
        for file in (one, heads, both):
            file.finish()
        first, less, more = (file.path.stat().st_size for file in (one, heads, both))
    if len(sample) == count:
        return round(more * count / frames)
    return round(first + (count - 1) * max(0, more - less) / (frames // 2))


class SizeEstimator(QObject):
    """Tells the size of the animation that is asked for, some time after it was asked; asking again voids the question
    before. The sample is computed, painted and written as an animation is: beside the window.

    known: bytes. unknown: it cannot be told, or not in good time.
    """

    known = Signal(int)
    unknown = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = Studio(self)
        self._studio.done.connect(self._finished)
        self._studio.failed.connect(lambda _sentence: self.unknown.emit())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._start)
        self._asked: tuple[Film, Reel] | None = None
        self._replay: _Replay | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is to come."""
        return self._timer.isActive() or self._studio.busy

    def ask(self, film: Film, reel: Reel) -> None:
        """Wants to know. Another kind, size or look of the same steps needs no replay."""
        self.cancel()
        self._asked = film, reel
        self._timer.start()

    def cancel(self) -> None:
        """Nothing more is wanted; nothing is left of the sample."""
        self._timer.stop()
        self._studio.cancel()

    def _start(self) -> None:
        assert self._asked is not None
        film, reel = self._asked
        steps = tuple(reel.steps[place] for place in sample_of(len(reel.steps)))
        replay = self._replay
        if replay is None or replay.film is not film or replay.steps != steps:
            replay = _Replay(film, steps)

        def work(easel: Easel) -> object:
            return estimated_size(easel.painted(replay), reel), replay

        self._studio.start(film, reel.size, reel.looks, work)

    def _finished(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        size, self._replay = answer
        if size is None:
            self.unknown.emit()
        else:
            self.known.emit(size)


@dataclass
class _Replay:
    """What a film shows at some steps, kept once it was replayed. It is read by one thread at a time."""

    film: Film
    steps: tuple[int, ...]
    states: list[tuple[int, object]] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[int, object]]:
        if len(self.states) == len(self.steps):
            yield from self.states
            return
        self.states.clear()
        until = time.monotonic() + PATIENCE_SECONDS
        for step, state in self.film.states(self.steps):
            if state is not None:
                self.states.append((step, state))
            yield step, state
            if time.monotonic() > until:
                return
