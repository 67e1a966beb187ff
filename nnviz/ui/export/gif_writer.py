"""GIF, frame by frame: each frame holds only the rectangle that has changed, in a palette that suits it.

A palette is made of the first frame, and anew where what is seen no longer fits it: one for all frames would have to be
known beforehand, and one for each frame takes ten times as long (and flickers). Format: GIF89a.
"""

import struct
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray
from PIL import Image
from PIL.GifImagePlugin import getdata

COLORS = 256
WORST = 9.0
"""How far the worst hundredth of a frame's pixels may be from their palette's colours on the mean, 0 to 255."""
WORSE = 1.25
"""So many times worse than a palette is for the frame that it was made of it may become."""
EXACT = 4
"""The most frequent colours, such as the ground's, which are kept as they are."""
RARE, FAR, ROOM = 4, 20, 32
"""A colour of so many pixels that is so far from all others gets a place of its own; so many may."""
SAMPLE = 5
"""Every so many-th row and column is looked at for that."""
LAST_FRAME_SECONDS = 1.0
"""So long the last frame is seen, at least, before an animation begins anew."""


class GifWriter:
    """See AnimationFile."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float, loop: bool, frames: int) -> None:  # noqa: FBT001
        self._file = path.open("wb")
        self._size, self._fps, self._left = size, fps, frames
        self._before: NDArray[numpy.uint8] | None = None
        self._palette: Palette | None = None
        self._bearable = WORST
        self._shown = 0
        self._file.write(b"GIF89a" + struct.pack("<HHBBB", *size, 0x70, 0, 0))
        if loop:
            self._file.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<H", 0) + b"\x00")

    def add(self, frame: NDArray[numpy.uint8]) -> None:
        """The next frame."""
        self._left -= 1
        box = (0, 0, *self._size) if self._before is None else changed(self._before, frame)
        left, top, right, bottom = box
        part = numpy.ascontiguousarray(frame[top:bottom, left:right])
        indexed = self._indexed(part, frame)
        self._file.write(b"\x21\xf9\x04\x04" + struct.pack("<H", self._hundredths()) + b"\x00\x00")
        # Pillow writes the image's descriptor, its own palette and its compressed pixels, as a list of blocks.
        for block in _image_blocks(indexed, (left, top)):
            self._file.write(block)
        self._before = frame

    def close(self) -> None:
        """The trailer."""
        self._file.write(b";")
        self._file.close()

    def abort(self) -> None:
        """Closes the file."""
        self._file.close()

    def _indexed(self, part: NDArray[numpy.uint8], frame: NDArray[numpy.uint8]) -> Image.Image:
        """The part in the palette, or in a new one of the whole frame where the old one does not fit."""
        if self._palette is not None:
            indexed = self._palette.index(part)
            if misfit(part, indexed) <= self._bearable:
                return indexed
        self._palette = Palette(frame)
        indexed = self._palette.index(part)
        # Of many colours no palette fits all: another one is made only where it would be better.
        self._bearable = max(WORST, WORSE * misfit(part, indexed))
        return indexed

    def _hundredths(self) -> int:
        """How long this frame is seen, in hundredths of a second: rounded so that no time is lost in all."""
        number = self._shown = self._shown + 1
        duration = round(100 * number / self._fps) - round(100 * (number - 1) / self._fps)
        if self._left <= 0:
            duration = max(duration, round(100 * LAST_FRAME_SECONDS))
        return max(2, duration)


class Palette:
    """The colours that suit a frame, the most frequent ones as they are: a ground must not change its white."""

    def __init__(self, frame: NDArray[numpy.uint8]) -> None:
        # Every fourth pixel tells which colours there are, in a quarter of the time.
        few = numpy.ascontiguousarray(frame[::2, ::2])
        self._image = Image.fromarray(few).quantize(COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        colors = numpy.array(self._image.getpalette(), dtype=numpy.int64).reshape(-1, 3)
        found, counts = numpy.unique(packed(few), return_counts=True)
        _give_rare_colors_room(colors, found, counts)
        self._exact: dict[int, int] = {}
        for color in found[numpy.argsort(counts)[::-1][:EXACT]].tolist():
            exact = numpy.array([color >> 16, (color >> 8) & 255, color & 255])
            far = numpy.max(numpy.abs(colors - exact), axis=-1)
            far[list(self._exact.values())] = 1000
            self._exact[color] = int(numpy.argmin(far))
            colors[self._exact[color]] = exact
        self._colors = colors.astype(numpy.uint8).tobytes()
        self._image.putpalette(self._colors)

    def index(self, part: NDArray[numpy.uint8]) -> Image.Image:
        """The part in these colours."""
        indexed = Image.fromarray(part).quantize(palette=self._image, dither=Image.Dither.NONE)
        # Pillow looks for the nearest colour in steps of four levels, which passes the right one by.
        numbers, colors = numpy.array(indexed), packed(part)
        for color, number in self._exact.items():
            numbers[colors == color] = number
        corrected = Image.fromarray(numbers)
        corrected.putpalette(self._colors)
        return corrected


def _give_rare_colors_room(
    colors: NDArray[numpy.int64], found: NDArray[numpy.int32], counts: NDArray[numpy.int64]
) -> None:
    """Puts colours far from all others in place of the least used ones: a thin line must keep its own.

    colors (C, 3) is changed; found: the frame's colours, packed, with their counts.
    """
    seen, counts = found[counts >= RARE], counts[counts >= RARE]
    true = numpy.stack([seen >> 16, (seen >> 8) & 255, seen & 255], axis=-1)
    far = numpy.max(numpy.abs(true[:, None, :] - colors[None, :, :]), axis=-1)
    used = numpy.bincount(numpy.argmin(far, axis=-1), weights=counts, minlength=len(colors))
    nearest = numpy.min(far, axis=-1, initial=1000)
    for place in numpy.argsort(used, kind="stable")[:ROOM]:
        if not len(nearest) or numpy.max(nearest) <= FAR:
            break
        colors[place] = true[int(numpy.argmax(nearest))]
        nearest = numpy.minimum(nearest, numpy.max(numpy.abs(true - colors[place]), axis=-1))


def packed(pixels: NDArray[numpy.uint8]) -> NDArray[numpy.int32]:
    """Each pixel's colour as one number, 0xrrggbb."""
    red, green, blue = (pixels[..., channel].astype(numpy.int32) for channel in range(3))
    return (red << 16) | (green << 8) | blue


def changed(before: NDArray[numpy.uint8], after: NDArray[numpy.uint8]) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of what differs between two frames; one pixel when nothing does."""
    different = numpy.any(before != after, axis=-1)
    rows, columns = numpy.flatnonzero(different.any(axis=1)), numpy.flatnonzero(different.any(axis=0))
    if not len(rows):
        return 0, 0, 1, 1
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def misfit(part: NDArray[numpy.uint8], indexed: Image.Image) -> float:
    """How far the worst hundredth of the pixels is from what the palette makes of them, on the mean."""
    true = part[::SAMPLE, ::SAMPLE].astype(numpy.int16)
    shown = numpy.asarray(indexed)[::SAMPLE, ::SAMPLE]
    colors = numpy.zeros((COLORS, 3), dtype=numpy.int16)
    known = numpy.array(indexed.getpalette() or [0, 0, 0], dtype=numpy.int16).reshape(-1, 3)
    colors[: len(known)] = known
    far = numpy.max(numpy.abs(true - colors[shown]), axis=-1).ravel()
    worst = max(1, far.size // 100)
    return float(numpy.mean(numpy.partition(far, far.size - worst)[-worst:]))


def _image_blocks(indexed: Image.Image, offset: tuple[int, int]) -> list[bytes]:
    settings: dict[str, Any] = {"include_color_table": True}
    blocks: list[bytes] = getdata(indexed, offset, **settings)
    return blocks
