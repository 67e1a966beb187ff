"""Makes an animation of a film: frame by frame from the replay to the file, and none of them kept."""

import contextlib
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnviz.ui.export.animation_writers import AnimationFile, Frame
from nnviz.ui.export.looks import Looks
from nnviz.ui.export.studio import Easel, Studio
from nnviz.ui.plots.film import Film

MAX_FRAMES = 3000


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
    """frames: written, of ``total``. step: where the replay is. size: the whole file's in bytes, as far as can be told
    from the frames so far; None before that, and for videos."""

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


class Animator(QObject):
    """Writes an animation while the window lives on.

    advanced: Progress. done: (Path, why it ended early, or ""). failed: one sentence.
    """

    advanced = Signal(object)
    done = Signal(object, str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = Studio(self)
        self._studio.advanced.connect(self.advanced)
        self._studio.done.connect(self._finished)
        self._studio.failed.connect(self.failed)
        self._film: Film | None = None

    @property
    def busy(self) -> bool:
        """Whether one is being made."""
        return self._studio.busy

    def start(self, film: Film, reel: Reel, path: Path) -> None:
        """Begins. What cannot be is told by `failed`."""

        def work(easel: Easel) -> Path:
            with contextlib.closing(_stepped(film, reel)) as states:
                _write(easel.painted(states), reel, path, easel.tell)
            return path

        self._film = film
        self._studio.start(film, reel.size, reel.looks, work)

    def cancel(self) -> None:
        """Stops; nothing is left of the file."""
        self._studio.cancel()

    def _finished(self, path: object) -> None:
        self.done.emit(path, self._film.ended() if self._film is not None else "")


def _write(
    painted: Iterable[tuple[int, Frame | None]], reel: Reel, path: Path, tell: Callable[[Progress], None]
) -> None:
    """Writes the frames as they come."""
    total, step = len(reel.steps), 0
    with opened(path, reel) as file:
        for step, frame in painted:
            if frame is not None:
                file.add(frame)
            # A video's encoder keeps frames back: what is in its file says little.
            known = file.frames >= max(2, total // 20) and file.written > 0 and reel.kind in ("gif", "png")
            size = round(file.written * total / file.frames) if known else None
            tell(Progress(file.frames, total, step, size))
        # An encoder takes its time at the end; whoever has given up meanwhile is heard once more.
        file.seal()
        tell(Progress(file.frames, total, step, file.written))
        file.finish()


def opened(path: Path, reel: Reel) -> AnimationFile:
    """The file of a reel. ValueError, OSError: see AnimationFile."""
    return AnimationFile(path, reel.kind, reel.size, fps=reel.fps, loop=reel.loop, frames=len(reel.steps))


def _stepped(film: Film, reel: Reel) -> Generator[tuple[int, object], None, None]:
    yield from film.states(reel.steps)
