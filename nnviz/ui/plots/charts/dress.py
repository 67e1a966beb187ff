"""The theme of a whole figure: its ground, its typeface, and the parts of it that restyle themselves."""

from PySide6.QtWidgets import QWidget

from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.legend import Legend
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.theme import LIGHT, Theme, palette


def dress(figure: QWidget, theme: Theme = LIGHT) -> None:
    """The ground and the typeface of a figure."""
    colors = palette(theme)
    colors.setColor(colors.ColorRole.Window, theme.color("surface"))
    figure.setPalette(colors)
    figure.setFont(theme.font())


def dress_all(figure: QWidget, theme: Theme) -> None:
    """The same, and its choices, legends and charts."""
    dress(figure, theme)
    parts: list[Segments | Legend | Chart] = [*figure.findChildren(Segments), *figure.findChildren(Legend)]
    for part in [*parts, *figure.findChildren(Chart)]:
        part.restyle(theme)
