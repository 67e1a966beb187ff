"""Every colour, font size and distance of the program, for light and dark. A colour means the same thing everywhere.

negative/positive: orange/blue. layers: one ordered ramp from input to output. train solid, test dashed. magnitude:
viridis on a log scale. dead: grey with a cross. ghosts of other runs: thin and pale. Colours are from the Okabe-Ito set
and from perceptually ordered maps, which stay apart for colour-blind eyes.
"""

from dataclasses import dataclass, field, replace

import numpy
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

GRID = 8
"""Distances are multiples of this many pixels."""
TEXT_PIXELS = 13
LECTURE_TEXT_PIXELS = 20


@dataclass(frozen=True)
class Theme:
    """Colours as #rrggbb. classes: of the data, in order; the first two are also negative and positive. curves: hues of
    functions that are compared, which a dash pattern tells apart as well."""

    name: str
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    good: str
    warning: str
    bad: str
    negative: str = "#e8822c"
    positive: str = "#2f7fd1"
    neutral: str = "#f2f2f0"
    dead: str = "#8c8c8c"
    classes: tuple[str, ...] = ("#e8822c", "#2f7fd1", "#2a9d6f", "#b55fa8", "#c9a227")
    curves: tuple[str, ...] = ("#59626e", "#0b6cb8", "#cf4f0a", "#0a8a64", "#a34f97", "#ad8100")
    text_pixels: int = TEXT_PIXELS
    layer_range: tuple[float, float] = field(default=(0.1, 0.9))

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        """The colour of a token such as "accent", with an opacity from 0 to 1."""
        color = QColor(getattr(self, token))
        color.setAlphaF(alpha)
        return color

    def layer_color(self, l: int, depth: int) -> QColor:
        """The colour of layer l = 1..depth on the ordered ramp."""
        low, high = self.layer_range
        position = low + (high - low) * ((l - 1) / (depth - 1) if depth > 1 else 0.5)
        red, green, blue = (round(255 * part) for part in VIRIDIS.map(position, mode="float")[:3])
        return QColor(red, green, blue)

    def class_color(self, index: int) -> QColor:
        """The colour of a class; beyond the named ones, hues evenly around the circle."""
        if index < len(self.classes):
            return QColor(self.classes[index])
        return QColor.fromHsvF((0.13 + 0.381966 * index) % 1.0, 0.55, 0.75)

    def for_lecture(self) -> "Theme":
        """The same colours with text that can be read from the last row."""
        return replace(self, text_pixels=LECTURE_TEXT_PIXELS)

    def diverging(self) -> NDArray[numpy.uint8]:
        """Look-up table (256, 3) from negative (orange) through neutral to positive (blue)."""
        ends = [QColor(self.negative), QColor(self.neutral), QColor(self.positive)]
        rgb = numpy.array([[c.red(), c.green(), c.blue()] for c in ends], dtype=numpy.float64)
        place = numpy.linspace(0.0, 2.0, 256)
        table = numpy.stack([numpy.interp(place, [0.0, 1.0, 2.0], rgb[:, channel]) for channel in range(3)], axis=-1)
        return table.round().astype(numpy.uint8)

    def sequential(self) -> NDArray[numpy.uint8]:
        """Look-up table (256, 3) for magnitudes: viridis."""
        return numpy.asarray(VIRIDIS.getLookupTable(0.0, 1.0, 256, alpha=False), dtype=numpy.uint8)

    def font(self, relative: float = 1.0, *, bold: bool = False) -> QFont:
        """The program's typeface at a size relative to the text's, with digits of equal width."""
        font = QFont(QApplication.font())
        font.setPixelSize(max(8, round(self.text_pixels * relative)))
        font.setBold(bold)
        return font


VIRIDIS = pyqtgraph.colormap.get("viridis")

LIGHT = Theme(
    name="light", window="#f4f5f7", surface="#ffffff", raised="#fbfbfc", text="#1b1f24", muted="#5b6470",
    line="#d4d8de", accent="#1f6fc0", on_accent="#ffffff", good="#1e7d4f", warning="#a15c00", bad="#b3261e",
)  # fmt: skip
DARK = Theme(
    name="dark", window="#17191d", surface="#1f2227", raised="#272b31", text="#e8eaed", muted="#a4acb8",
    line="#3d434c", accent="#6cb0f5", on_accent="#0d1117", good="#62c794", warning="#f0b45a", bad="#ff8a80",
    negative="#f0964a", positive="#5aa5ec", neutral="#24272c",
    classes=("#f0964a", "#5aa5ec", "#4cc295", "#d487c8", "#e0c14c"),
    curves=("#b4bcc8", "#6cb6ff", "#ff8f52", "#4fd1a5", "#e39ad6", "#f0cf57"), layer_range=(0.25, 1.0),
)  # fmt: skip
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def system_theme() -> Theme:
    """Light or dark as the system says; light where it does not say."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme; with the Fusion style it is all that widgets need."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, token in {
        roles.Window: "window", roles.WindowText: "text", roles.Base: "surface", roles.AlternateBase: "raised",
        roles.Text: "text", roles.Button: "raised", roles.ButtonText: "text", roles.BrightText: "bad",
        roles.ToolTipBase: "raised", roles.ToolTipText: "text", roles.PlaceholderText: "muted",
        roles.Highlight: "accent", roles.HighlightedText: "on_accent", roles.Link: "accent", roles.Accent: "accent",
        roles.Light: "raised", roles.Midlight: "line", roles.Mid: "line", roles.Dark: "muted", roles.Shadow: "line",
    }.items():  # fmt: skip
        made.setColor(role, theme.color(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.color("muted", 0.6))
    return made


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Gives the whole application the theme's palette and text size. Plots are restyled by their own set_theme."""
    app.setPalette(palette(theme))
    app.setFont(theme.font())
