"""What colour an output has on a map, and what is said about it: one small class for each task."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnviz.engine.metrics import classes
from nnviz.experiment.problem import Problem
from nnviz.ui.plots.charts.raster import rgb
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.theme import Theme

Floats = NDArray[numpy.float64]
Bytes = NDArray[numpy.uint8]
Indices = NDArray[numpy.intp]

PALENESS = 0.42
"""How much of the plot's ground is mixed into a map, so that the points on it stand out."""
HUGE = 1e30
"""What infinite outputs are taken for; the pictures' single precision ends there."""
SHADES = 24
"""Colours of points whose target is a number."""


@dataclass(frozen=True, eq=False)
class Scale:
    """For a colour bar: colours (n, 3) from low to high, and what they mean."""

    table: Bytes
    low: float
    high: float
    title: str


class MapColors:
    """Colours of outputs and of examples.

    palette and index: the colour of each example in problem.data,
    rim: around its dot."""

    scale: Scale | None = None
    boundary: float | None = None
    """The level of the first output that parts the classes, where there is one."""

    def __init__(self, problem: Problem, theme: Theme) -> None:
        self.names = tuple(problem.data.target_names)
        self.ground = rgb(theme.color("surface"))
        self.missing = rgb(theme.color("dead"))
        self.rim = theme.color("surface")
        self.palette: Sequence[QColor] = ()
        self.index: Indices = numpy.zeros(0, dtype=numpy.intp)

    def picture(self, values: Floats) -> Bytes:
        """Colours (..., 3) of outputs (..., K). What is no number is grey."""
        missing = numpy.any(numpy.isnan(values), axis=-1)
        colors = self.mix(numpy.nan_to_num(values, nan=0.0, posinf=HUGE, neginf=-HUGE))
        colors[missing] = self.missing
        return colors.round().clip(0, 255).astype(numpy.uint8)

    def mix(self, values: Floats) -> Floats:
        """Colours (..., 3) of finite outputs (..., K)."""
        raise NotImplementedError

    def words(self, values: Floats) -> list[str]:
        """Lines that say outputs (K,) in full precision."""
        return [f"{name}: {full(value)}" for name, value in zip(self.names, values, strict=False)]

    def pale(self, colors: Floats) -> Floats:
        """The colours with some of the ground mixed in."""
        return colors + PALENESS * (self.ground - colors)


class BinaryColors(MapColors):
    """Orange to blue for a probability from 0 to 1, with the boundary at ½."""

    boundary = 0.5

    def __init__(self, problem: Problem, theme: Theme) -> None:
        super().__init__(problem, theme)
        self._table = self.pale(theme.diverging().astype(float))
        title = f"output for {self.names[1]}"
        self.scale = Scale(self._table.round().astype(numpy.uint8), 0.0, 1.0, title)
        self.palette = [theme.class_color(0), theme.class_color(1)]
        self.index = (problem.data.y[:, 0] > 0.5).astype(numpy.intp)

    def mix(self, values: Floats) -> Floats:
        """By the first output."""
        return _look_up(self._table, values[..., 0])

    def words(self, values: Floats) -> list[str]:
        """The class and how sure it is."""
        return [f"output {full(values[0])}", f"→ {self.names[int(values[0] > 0.5)]}"]


class ValueColors(MapColors):
    """Colours by value, on the scale of the training targets: diverging around 0 where they lie on both sides of it."""

    def __init__(self, problem: Problem, theme: Theme) -> None:
        super().__init__(problem, theme)
        y = problem.data.y[:, 0]
        low, high = float(numpy.min(y)), float(numpy.max(y))
        both_sides = low < 0.0 < high and min(-low, high) > 0.2 * max(-low, high)
        if both_sides:
            high = max(-low, high)
            low = -high
        self._low, self._span = low, (high - low) or 1.0
        strong = (theme.diverging() if both_sides else theme.sequential()).astype(float)
        self._table = self.pale(strong)
        self.scale = Scale(self._table.round().astype(numpy.uint8), low, low + self._span, self.names[0])
        # A target near 0 has nearly the colour of the ground: the rim must tell it from there.
        self.rim = theme.color("text", 0.6)
        shades = numpy.linspace(0, 255, SHADES).round().astype(int)
        self.palette = [QColor(*strong[shade].round().astype(int).tolist()) for shade in shades]
        share = ((y - self._low) / self._span).clip(0.0, 1.0)
        self.index = (share * (SHADES - 1)).round().astype(numpy.intp)

    def mix(self, values: Floats) -> Floats:
        """By the first output."""
        return _look_up(self._table, (values[..., 0] - self._low) / self._span)


class ClassColors(MapColors):
    """The colour of the likeliest class, the fuller the surer."""

    def __init__(self, problem: Problem, theme: Theme) -> None:
        super().__init__(problem, theme)
        self.palette = [theme.class_color(index) for index in range(len(self.names))]
        self._colors = numpy.array([rgb(color) for color in self.palette])
        self.index = classes(problem.data.y)

    def mix(self, values: Floats) -> Floats:
        """By the largest output: from the bare ground where all are equal to full colour at 1."""
        best = self._colors[numpy.argmax(values, axis=-1)]
        least = 1.0 / values.shape[-1]
        sure = ((numpy.max(values, axis=-1) - least) / (1.0 - least)).clip(0.0, 1.0)
        return self.ground + (best - self.ground) * ((1.0 - PALENESS) * (0.2 + 0.8 * sure))[..., None]

    def words(self, values: Floats) -> list[str]:
        """All outputs, then the class."""
        return [*super().words(values), f"→ {self.names[int(numpy.argmax(values))]}"]


class LabelColors(MapColors):
    """All labels at once: each pulls the ground towards its own colour as far as it holds."""

    def __init__(self, problem: Problem, theme: Theme) -> None:
        super().__init__(problem, theme)
        self._colors = numpy.array([rgb(theme.class_color(index)) for index in range(len(self.names))])
        combinations, index = numpy.unique(problem.data.y > 0.5, axis=0, return_inverse=True)
        self.index = index.ravel()
        neutral = rgb(theme.color("dead"))
        mixed = [self._mean(row.astype(float), neutral) for row in combinations]
        self.palette = [QColor(*color.round().astype(int).tolist()) for color in mixed]

    def mix(self, values: Floats) -> Floats:
        """The mean of the colours of the labels that hold, faint where none does."""
        held = values.clip(0.0, 1.0)
        return self.pale(self._mean(held, self.ground))

    def _mean(self, held: Floats, neutral: Floats) -> Floats:
        total = numpy.sum(held, axis=-1, keepdims=True)
        mean = held @ self._colors / numpy.maximum(total, 1e-12)
        strength = numpy.max(held, axis=-1, keepdims=True)
        return neutral + (mean - neutral) * strength


class OneLabelColors(BinaryColors):
    """One of several labels, as if it were the only question."""

    def __init__(self, problem: Problem, theme: Theme, label: int) -> None:
        super().__init__(problem, theme)
        self.label = label
        neutral = rgb(theme.color("dead"))
        color = rgb(theme.class_color(label))
        share = numpy.linspace(0.0, 1.0, 256)[:, None]
        self._table = self.pale(self.ground + (color - self.ground) * share)
        self.scale = Scale(self._table.round().astype(numpy.uint8), 0.0, 1.0, f"output for {self.names[label]}")
        self.palette = [QColor(*neutral.astype(int).tolist()), theme.class_color(label)]
        self.index = (problem.data.y[:, label] > 0.5).astype(numpy.intp)

    def mix(self, values: Floats) -> Floats:
        """By the label's output."""
        return super().mix(values[..., self.label : self.label + 1])

    def words(self, values: Floats) -> list[str]:
        """All labels' outputs."""
        return MapColors.words(self, values)


def colors_for(problem: Problem, theme: Theme, label: int | None = None) -> MapColors:
    """The colours that fit the task. label: of several, None for all of them blended."""
    if problem.task == "multi-label":
        return LabelColors(problem, theme) if label is None else OneLabelColors(problem, theme, label)
    if problem.task == "binary":
        return BinaryColors(problem, theme)
    return ClassColors(problem, theme) if problem.task == "multi-class" else ValueColors(problem, theme)


def _look_up(table: Floats, share: Floats) -> Floats:
    return table[(share * 255.0).round().clip(0, 255).astype(numpy.intp)]
