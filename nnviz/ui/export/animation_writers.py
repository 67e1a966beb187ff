"""Writes frames as they come into a GIF, an APNG or a video, and keeps none of them but the last.

A writer works on a file beside the one that is wanted, which it becomes when `finish` is called; until then, and when
it is never called, nothing is at the wanted place that was not there before.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy
from numpy.typing import NDArray

from nnviz.experiment.writing import begin_part, put_in_place, writing_to
from nnviz.ui.export.animation_kinds import check_kind

Frame = NDArray[numpy.uint8]
"""(height, width, 3): red, green, blue."""


class FrameWriter(Protocol):
    """Takes frames of one size, one after the other."""

    def add(self, frame: Frame) -> None:
        """The next frame."""
        ...

    def close(self) -> None:
        """Writes what is still to be written."""
        ...

    def abort(self) -> None:
        """Lets go of the file."""
        ...


class AnimationFile:
    """frames: how many will come at most. fps: frames a second. loop: whether it begins anew at its end.

    written: bytes so far. OSError in one sentence, from each method, when it cannot be written. As a context it is
    finished by `finish` alone.
    """

    def __init__(self, path: Path, kind: str, size: tuple[int, int], *, fps: float, loop: bool, frames: int) -> None:
        """size: (width, height). ValueError for a kind that cannot be written here."""
        check_kind(kind)
        self.path, self.frames = path, 0
        with writing_to(path):
            self._part = begin_part(path, f".part.{kind}")
        try:
            with writing_to(path):
                self._writer: FrameWriter | None = _maker(kind)(self._part, size, fps, loop, frames)
        except BaseException:
            self._remove()
            raise

    @property
    def written(self) -> int:
        """Bytes that are in the file by now."""
        try:
            return self._part.stat().st_size
        except OSError:
            return 0

    def add(self, frame: Frame) -> None:
        """The next frame, (height, width, 3)."""
        assert self._writer is not None
        with writing_to(self.path):
            self._writer.add(frame)
        self.frames += 1

    def seal(self) -> None:
        """Writes what is still to be written; the file is whole, but not yet at its place."""
        assert self._writer is not None
        if self.frames == 0:
            raise ValueError("the animation has no frames")
        with writing_to(self.path):
            self._writer.close()
            self._writer = None

    def finish(self) -> None:
        """The file is whole, and now at its place."""
        if self._writer is not None:
            self.seal()
        with writing_to(self.path):
            put_in_place(self._part, self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._writer is not None:
            with contextlib.suppress(Exception):
                self._writer.abort()
            self._writer = None
        self._remove()

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            self._part.unlink()


def _maker(kind: str) -> Callable[[Path, tuple[int, int], float, bool, int], FrameWriter]:
    # Each brings its library with it, which only who animates needs.
    if kind == "gif":
        from nnviz.ui.export.gif_writer import GifWriter  # noqa: PLC0415

        return GifWriter
    if kind == "png":
        from nnviz.ui.export.apng_writer import ApngWriter  # noqa: PLC0415

        return ApngWriter
    from nnviz.ui.export.video_writer import VideoWriter  # noqa: PLC0415

    return VideoWriter
