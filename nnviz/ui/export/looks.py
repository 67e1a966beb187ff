"""What an exported figure looks like: format, size, ground, and what is written around it. Plain data."""

import math
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from nnviz.ui.theme import THEMES, Theme

LAYOUT_DPI = 96
"""Pixels of a layout in an inch: 13 of them are text of 9.75 points."""
SMALLEST_DRAWN = 6.0 / 9.75
"""The most that a figure is made smaller to fit: text of 9.75 points becomes 6."""
TINT = 0.05
"""Opacity of the cards on a clear ground."""
MAX_WIDTH = 16_384
MAX_PIXELS = 120_000_000
"""Of a picture, which takes 4 bytes for each: half a gigabyte."""


@dataclass(frozen=True)
class SizeKind:
    """A size by its name. layout: pixels it is laid out at, None: those of the screen. width: of a PNG at scale 1.

    grows: whether it is only as wide as the layout, and as high as the figure needs to be.
    """

    label: str
    meaning: str
    layout: tuple[int, int] | None
    width: int
    grows: bool = False


SIZES = {
    "shown": SizeKind("As shown", "In the proportions that it has in the window", None, 1600),
    "slide": SizeKind("Slide 16:9", "A whole slide; text is as high as a 30th of it", (800, 450), 1920),
    "column": SizeKind(
        "Paper column", "8.9 cm wide; text of 9.75 points, 6 where it is much", (336, 280), 1050, grows=True
    ),
}
GROUNDS = ("light", "dark", "transparent")
PICTURES = ("png", "svg", "pdf")
TABLES = ("csv", "npz")


@dataclass(frozen=True)
class Looks:
    """One way to export a figure; it is remembered from one time to the next.

    format: one of PICTURES or TABLES. size: of SIZES. width: pixels of a PNG at scale 1; scale: 1 to 4.
    ground: of GROUNDS. title, caption: whether they are written above and below.
    """

    format: str = "png"
    size: str = "shown"
    width: int = 1600
    scale: int = 1
    ground: str = "light"
    title: bool = True
    caption: bool = True

    def theme(self, text_pixels: int) -> Theme:
        """The theme the figure is drawn in, with text of the size given."""
        base = replace(THEMES["dark" if self.ground == "dark" else "light"], text_pixels=text_pixels)
        return ClearTheme(**_parts(base)) if self.ground == "transparent" else base

    def layout(self, shown: QSize) -> QSize:
        """Pixels at which the figure is laid out; shown: those that it has on the screen."""
        size = SIZES[self.size].layout
        return QSize(*size) if size else shown

    def to_dict(self) -> dict[str, Any]:
        """For settings."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: object) -> "Looks":
        """What settings hold; what is not understood is left at its default."""
        looks = cls()
        if not isinstance(stored, dict):
            return looks
        allowed = {"format": (*PICTURES, *TABLES), "size": tuple(SIZES), "ground": GROUNDS, "scale": (1, 2, 3, 4)}
        for field in fields(cls):
            value: Any = stored.get(field.name)
            if type(value) is not type(getattr(looks, field.name)) or value not in allowed.get(field.name, (value,)):
                continue
            if field.name == "width" and not 1 <= value <= MAX_WIDTH:
                continue
            changed: dict[str, Any] = {field.name: value}
            looks = replace(looks, **changed)
        return looks


@dataclass(frozen=True)
class Words:
    """What may be written around a figure: its title, and in one line whose it is."""

    title: str = ""
    caption: str = ""


@dataclass(frozen=True)
class ClearTheme(Theme):
    """A theme without a ground: whatever is painted wholly in the ground's colour is not painted. What lets something
    shine through, plates of labels and rims of lines, is there to set them off from a map, and stays."""

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        """The ground is clear; what is blended with it is blended with white. Cards are a tint on what is behind."""
        if token == "raised":
            return super().color("text", TINT * alpha)
        return QColor(255, 255, 255, 0) if token == "surface" and alpha >= 1.0 else super().color(token, alpha)


def dots_per_inch(pixels: int, layout: int) -> float:
    """Of a picture so many pixels wide of a figure laid out at ``layout`` pixels."""
    return LAYOUT_DPI * pixels / layout


def check_pixels(width: int, height: float) -> None:
    """ValueError in one sentence for a picture too large to be made."""
    if not 1 <= width <= MAX_WIDTH:
        raise ValueError(f"the width is {width} pixels; allowed are 1 to {MAX_WIDTH:,}")
    if not math.isfinite(height) or width * max(1.0, height) > MAX_PIXELS:
        raise ValueError(
            f"a picture of {width:,} × {round(height):,} pixels is too large; up to {MAX_PIXELS // 10**6} "
            "million pixels can be made"
        )


def _parts(theme: Theme) -> dict[str, Any]:
    return {field.name: getattr(theme, field.name) for field in fields(theme)}
