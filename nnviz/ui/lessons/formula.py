"""Formulas in LaTeX's notation as pictures that stand in a line of text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

TALLEST = 12.0
"""Times the text's size: what is taller was drawn wrongly (ziamath 0.13 stretches \\left( over a \\sum without end)."""
DEEPEST = 5
"""Braces and brackets within each other: each level multiplies the time that the library takes by about two."""
OVERSAMPLING = 2.0
"""Pixels for each pixel of the text, at least: a formula's strokes are thin."""

_NESTING = re.compile(r"\\left(?![a-z])|\\right(?![a-z])|\\begin|\\end|\\\\|\\[{}]|[{}]")


@dataclass(frozen=True)
class Drawing:
    """A formula as SVG. width, height: in pixels of the text; descent: how much of it is below the line."""

    svg: bytes
    width: float
    height: float
    descent: float


@lru_cache(maxsize=512)
def draw(latex: str, pixels: float, color: str) -> Drawing | None:
    """The formula at a text size in a colour such as "#1b1f24"; None for what is no formula."""
    if _depth(latex) > DEEPEST:
        return None
    # Here, since it takes a tenth of a second and most starts of the program show no lesson.
    import ziamath  # noqa: PLC0415

    ziamath.config.svg2 = False  # Qt draws SVG 1.2 Tiny
    try:
        formula = ziamath.Latex(latex, size=pixels, color=color)
        svg, (width, height), below = formula.svg(), formula.getsize(), -formula.getyofst()
    except Exception:  # noqa: BLE001 - a foreign lesson may be wrong in ways that the library has no name for
        return None
    if height > TALLEST * pixels:
        return None
    return Drawing(svg.encode(), float(width), float(height), max(0.0, float(below)))


def picture(drawing: Drawing, text_descent: float, ratio: float) -> QImage:
    """The drawing as an image whose lower edge is where that of the text around it is. ratio: of the screen."""
    below = max(drawing.descent, text_descent)
    scale = max(OVERSAMPLING, ratio)
    height = drawing.height - drawing.descent + below
    image = QImage(
        max(1, round(drawing.width * scale)), max(1, round(height * scale)), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(scale, scale)
    QSvgRenderer(QByteArray(drawing.svg)).render(painter, QRectF(0.0, 0.0, drawing.width, drawing.height))
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


def _depth(latex: str) -> int:
    """How deep its groups are nested; every opening sign counts, also one that is never closed."""
    deepest = depth = 0
    for found in _NESTING.finditer(latex):
        if found[0] in ("\\\\", "\\{", "\\}"):  # signs, not groups
            continue
        opens = found[0] in ("{", "\\left", "\\begin")
        depth = depth + 1 if opens else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest
