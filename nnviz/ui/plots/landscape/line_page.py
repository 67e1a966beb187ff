"""The page with the loss along −∇J: how far a step of gradient descent goes, and how far it should."""

import math
from collections.abc import Generator
from functools import partial
from typing import Any

import numpy
from PySide6.QtWidgets import QWidget

from nnviz.engine.line_search import LineSearch, line_search
from nnviz.experiment.loss_surface.slices import SliceSpec, surface_objective
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.charts.time_marks import TimeMarks
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.plots.course.stability_view import present
from nnviz.ui.plots.landscape.drawable import drawable
from nnviz.ui.plots.landscape.page import Page
from nnviz.ui.plots.landscape.side_notes import Item, Number, Words
from nnviz.ui.plots.surface.curve_plot_1d import CurvePlot1D
from nnviz.ui.plots.surface.overlays import SurfaceArrow, SurfaceMark
from nnviz.ui.theme import LIGHT, Theme

MODEL = "J − s‖∇J‖² + ½ s² c ‖∇J‖²"
TWO_BY = "2/\u2060"
"""With a joiner, so that no line ends behind the stroke."""
TOO_HIGH = "the loss is above 10¹⁰⁰ here, too high to be drawn; go back to an earlier step"
STEP = "s (the step is -s times the gradient)"
WAITING = "The cost downhill from where the run stands. It comes in a moment."


class LinePage(Page):
    """found: what is drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Loss along the negative gradient", parent)
        self.found: LineSearch | None = None
        self.plot = DescentPlot()
        self.plot.bar.hide()
        self.row.addWidget(self.plot, 1)
        self.row.addWidget(self.notes)
        self._asked: tuple[object, ...] = ()
        self._names = ("s, a step is −s∇J", "J(θ − s∇J)")
        self.plot.show_message(WAITING)
        self.restyle(self.theme)

    def draw(self, snapshot: Snapshot) -> None:
        """Follows the run."""
        self.snapshot = snapshot
        key = self._key(snapshot)
        if key != self._asked:
            self._asked = key
            self.pace.follow(self._search(snapshot))
        elif self.found is not None:
            # The sharpness comes later than the rest.
            self._show_marks()

    def draw_now(self, snapshot: Snapshot) -> None:
        """For a picture."""
        self.snapshot = snapshot
        self.answer(self._search(snapshot))

    def leave(self) -> None:
        """What was not answered is asked again."""
        if self.pace.busy:
            self._asked = ()
        super().leave()

    def take(self, found: Any) -> None:
        """A curve."""
        assert isinstance(found, LineSearch)
        if numpy.isnan(drawable(found.heights[:1])[0]):
            self.fail(TOO_HIGH)
            return
        self.found = found
        with numpy.errstate(all="ignore"):
            self.plot.model.show_data(found.s, drawable(found.model))
        self.plot.show_message("")
        self.plot.show_curve(found.s, found.heights, names=self._names)
        self._show_marks()

    def fail(self, sentence: str) -> None:
        """There is no way downhill."""
        self.found = None
        self._clear()
        self.plot.show_message(sentence[:1].upper() + sentence[1:] + ".")
        self.notes.show_items([])
        self.fit_notes()

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "plot") and self.found is not None:
            self._show_marks()

    def numbers(self) -> Table:
        """The curve and its parabola."""
        found = self.found
        if found is None:
            return []
        rows = zip(found.s, found.heights, found.model, strict=True)
        head = (STEP, "training loss", "quadratic model of it")
        return [head, *(tuple(plain(float(value)) for value in row) for row in rows)]

    def more_numbers(self) -> dict[str, Table]:
        """Where the run stands, the lowest place, where its step leads, and the limits of stability."""
        found, measured = self.found, None if self.snapshot is None else present(self.snapshot)
        if found is None:
            return {}
        places = [("start", 0.0, found.start), ("this learning rate", found.rate, found.height)]
        places.append(("lowest", found.lowest, self.plot.height_at(found.lowest)))
        if found.curvature > 0.0:
            places.append(("2 / curvature along the gradient", 2.0 / found.curvature, float("nan")))
        if measured is not None and measured[1] > 0.0:
            places.append(("2 / largest eigenvalue of the Hessian", 2.0 / measured[1], float("nan")))
        rows = [(name, plain(s), "" if math.isnan(height) else plain(height)) for name, s, height in places]
        return {"marks": [("mark", STEP, "training loss"), *rows]}

    def _key(self, snapshot: Snapshot) -> tuple[object, ...]:
        return snapshot.run_id, snapshot.step, snapshot.training

    def _search(self, snapshot: Snapshot) -> partial[Generator[LineSearch, None, None]]:
        return partial(_search, snapshot)

    def _clear(self) -> None:
        empty = numpy.zeros(0)
        self.plot.model.show_data(empty, empty)
        self.plot.show_curve(empty, empty, names=self._names)
        self.plot.show_marks([])
        self.plot.show_arrows([])
        self.plot.limits.show_marks([], None)

    def _show_marks(self) -> None:
        found, theme, snapshot = self.found, self.theme, self.snapshot
        if found is None or snapshot is None:
            return
        marks = [SurfaceMark("start", 0.0, 0.0, found.start)]
        if 0.0 < found.lowest < found.s[-1]:
            marks.append(SurfaceMark("minimum", found.lowest, 0.0, None, "lowest", theme.color("good")))
        arrows = []
        if found.rate <= found.s[-1] and not numpy.isnan(drawable(numpy.array(found.height))):
            color = theme.color("accent")
            marks.append(SurfaceMark("current", found.rate, 0.0, found.height, "α", color))
            arrows.append(SurfaceArrow((0.0, found.start), (found.rate, found.start), color))
        self.plot.show_marks(marks)
        self.plot.show_arrows(arrows)
        limits = [] if found.curvature <= 0.0 else [(2.0 / found.curvature, "2/c")]
        measured = present(snapshot)
        if measured is not None and measured[1] > 0.0:
            limits.append((2.0 / measured[1], "2/λ"))
        self.plot.limits.show_marks([each for each in limits if each[0] <= found.s[-1]], None)
        self.notes.show_items(self._notes(found, snapshot, measured))
        self.fit_notes()

    def _notes(self, found: LineSearch, snapshot: Snapshot, measured: tuple[float, float] | None) -> list[Item]:
        items: list[Item] = [
            Number("step α‖∇J‖", short(found.rate * found.gradient_norm)),
            Number("J before", short(found.start)),
            Number("J after", short(found.height)),
            Words(verdict(found)),
        ]
        if snapshot.training.optimizer != "gradient_descent":
            name = snapshot.training.optimizer.replace("_", " ")
            items.append(Words(f"This run uses {name}, which steps elsewhere.", "muted"))
        elif snapshot.training.batch_size is not None:
            items.append(Words("∇J is of all examples; the run's steps follow mini-batches around it.", "muted"))
        if found.curvature > 0.0:
            rim = short(2.0 / found.curvature, 3)
            words = f"c = {short(found.curvature, 3)} is the bend along ∇J. The model's floor is at 1/c; "
            words += f"beyond {TWO_BY}c = {rim} a step leads uphill."
        else:
            words = f"It bends down here (c = {short(found.curvature)}): the model has no floor."
        items.append(Words(words, "muted"))
        if measured is not None and measured[1] > 0.0:
            sharp, limit = short(measured[1], 3), short(2.0 / measured[1], 3)
            items.append(Words(f"The sharpest bend in any direction is λ = {sharp}: {TWO_BY}λ = {limit}.", "muted"))
        return items


class DescentPlot(CurvePlot1D):
    """With the parabola that slope and bend foretell, and places marked by upright lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.model, self.limits = Curve(LIGHT.color("accent"), 1.8, dashed=True, depth=2.5), TimeMarks()
        super().__init__(parent)
        self.chart.add(self.model)
        self.chart.add(self.limits)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        self.model.recolor(theme.color("negative"))

    def entries(self) -> list[Entry]:
        """The curve and its model."""
        model = Entry("quadratic model", self.theme.color("negative"), "dashed")
        return [*super().entries(), *([model] if len(self.model.xs) else [])]


def verdict(found: LineSearch) -> str:
    """What the step does, in a sentence; also where it ends beyond the picture."""
    beyond = "" if found.rate <= found.s[-1] else f"α = {short(found.rate)} lies beyond the picture. "
    if not math.isfinite(found.height):
        return beyond + "The step leaves the finite numbers."
    if found.rate == 0.0:
        return "α = 0: no step is taken."
    if found.height > found.start:
        return beyond + "The step overshoots: J is higher after it."
    if found.lowest >= found.s[-1]:
        return beyond + f"J falls as far as the picture goes: {short(found.lowest / found.rate, 2)} such steps."
    if found.rate < 0.5 * found.lowest:
        return beyond + f"A step {short(found.lowest / found.rate, 2)} times as long would be the best one."
    if found.rate > 1.5 * found.lowest:
        return beyond + "The step goes too far, but still downhill."
    return beyond + "The step is about as long as it should be."


def _search(snapshot: Snapshot) -> Generator[LineSearch, None, None]:
    objective = surface_objective(snapshot.problem, snapshot.training, SliceSpec())
    if not numpy.all(numpy.isfinite(snapshot.theta)):
        raise ValueError("the parameters are not finite, so nothing is downhill; go back to a step where they are")
    yield line_search(objective, snapshot.theta, snapshot.training.learning_rate)
