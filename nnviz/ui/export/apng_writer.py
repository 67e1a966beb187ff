"""APNG, frame by frame: a PNG file whose later frames are chunks that others skip.

Each frame is a PNG of the rectangle that has changed, compressed by Pillow; its chunks are put in with their numbers.
Format: PNG (third edition), "Animation information".
"""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy
from numpy.typing import NDArray
from PIL import Image

from nnviz.ui.export.gif_writer import LAST_FRAME_SECONDS, changed

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LEVEL = 6


class ApngWriter:
    """See AnimationFile."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float, loop: bool, frames: int) -> None:  # noqa: FBT001
        self._file = path.open("wb")
        self._plays, self._fps, self._left = 0 if loop else 1, fps, frames
        self._frames = self._number = 0
        self._before: NDArray[numpy.uint8] | None = None
        width, height = size
        self._file.write(SIGNATURE + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)))
        self._control = self._file.tell()
        self._write_control()

    def add(self, frame: NDArray[numpy.uint8]) -> None:
        """The next frame."""
        height, width, _ = frame.shape
        first = self._before is None
        box = (0, 0, width, height) if self._before is None else changed(self._before, frame)
        left, top, right, bottom = box
        self._left -= 1
        shown = 1.0 / self._fps if self._left > 0 else max(1.0 / self._fps, LAST_FRAME_SECONDS)
        fields = right - left, bottom - top, left, top, round(1000 * shown), 1000, 0, 0
        self._file.write(_chunk(b"fcTL", struct.pack(">IIIIIHHBB", self._next(), *fields)))
        for data in _compressed(numpy.ascontiguousarray(frame[top:bottom, left:right])):
            if first:
                self._file.write(_chunk(b"IDAT", data))
            else:
                self._file.write(_chunk(b"fdAT", struct.pack(">I", self._next()) + data))
        self._before = frame
        self._frames += 1

    def close(self) -> None:
        """The end, and in front how many frames there were."""
        self._file.write(_chunk(b"IEND", b""))
        self._file.seek(self._control)
        self._write_control()
        self._file.close()

    def abort(self) -> None:
        """Closes the file."""
        self._file.close()

    def _write_control(self) -> None:
        self._file.write(_chunk(b"acTL", struct.pack(">II", max(1, self._frames), self._plays)))

    def _next(self) -> int:
        number = self._number
        self._number += 1
        return number


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _compressed(pixels: NDArray[numpy.uint8]) -> Iterator[bytes]:
    """The contents of the IDAT chunks of the pixels as a PNG."""
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "PNG", compress_level=LEVEL)
    data, at = content.getbuffer(), len(SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        if bytes(data[at + 4 : at + 8]) == b"IDAT":
            yield bytes(data[at + 8 : at + 8 + length])
        at += length + 12
