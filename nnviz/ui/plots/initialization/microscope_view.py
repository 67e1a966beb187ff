"""The initialization microscope: what the way weights are drawn does to signals, before any training."""

from collections.abc import Callable, Generator
from functools import partial

import numpy
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from nnviz.engine import INITIALIZERS
from nnviz.experiment.microscope import Examination, Question, Signal, examine, own_network, side_by_side
from nnviz.experiment.problem import Problem
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.fan_chart import OPACITIES, OWN, TOKENS, Fan, FanChart
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.value_histogram import ValueHistogram
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.plots.initialization.microscope_controls import MicroscopeControls
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.background_steps import BackgroundSteps

DEBOUNCE_MS = 120
REMEMBERED = 8
"""Complete examinations kept, so that swapping schemes back and forth does not compute them anew."""
NO_EXPERIMENT = "No network yet. Choose Deep, or build one."


class MicroscopeView(PlotView):
    """RMS of activations and of the backward signal by layer over many seeds, against theory; and a layer's values.

    It computes beside the window, only while it is visible, and begins again when what is asked has changed.
    """

    key = "microscope"
    title = "Initialization"
    tab = "Init"
    has_course = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seed = 0
        self.shown: tuple[Examination, ...] = ()
        self._problem: Problem | None = None
        self._own_key: object = None
        self._asked: tuple[object, ...] = ()
        self._known: dict[tuple[int, Question], Examination] = {}
        self.panel = MicroscopeControls()
        self.controls.setContentsMargins(0, 0, 0, 0)
        self.controls.addWidget(self.panel, 1)
        self.legend, self.forward, self.backward = Legend(), FanChart("RMS of a", 0), FanChart("RMS of δ", 1)
        self.histograms = [ValueHistogram(name) for name in ("W", "z", "a")]
        grid = QGridLayout(self.figure)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.legend, 0, 0, 1, 6)
        for place, fan in enumerate((self.forward, self.backward)):
            grid.addWidget(fan, 1, 3 * place, 1, 3)
        for place, histogram in enumerate(self.histograms):
            grid.addWidget(histogram, 2, 2 * place, 1, 2)
        self.work = BackgroundSteps(self)
        self.work.advanced.connect(self._advance)
        self.work.finished.connect(self._finish)
        self.work.failed.connect(self._fail)
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._pause.timeout.connect(self._start)
        self.panel.asked.connect(self._ask_soon)
        self.panel.looked.connect(self.redraw)
        self.panel.stop_pressed.connect(self._stop_or_go_on)
        self.set_theme(self.theme)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        self.panel.restyle(theme)

    def draw(self, snapshot: Snapshot) -> None:
        """Only another network, other data or another seed matter here: how far training has come does not."""
        self.snapshot = snapshot
        self.show_problem(snapshot.problem)

    def show_problem(self, problem: Problem) -> None:
        """The experiment whose network is "this network"."""
        if problem is self._problem:
            return
        self._problem, spec = problem, problem.spec
        key = (spec.seed, spec.data, spec.network)
        if key == self._own_key:
            return
        self._own_key, self.seed = key, spec.seed
        # An experiment's network that is gone is not asked about again.
        self._known = {key: part for key, part in self._known.items() if key[1].examples is None}
        self.panel.show_own(own_network(problem))
        if self.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            # It is laid out for a picture, and there will be no later: all seeds, now.
            *_, last = self._steps_of(self.panel.questions)()
            self._advance(last)
        elif self.isVisible():
            self._ask_soon()

    def redraw(self, *_: object) -> None:
        """Draws what is known once more."""
        form = self.panel.form.key
        self.forward.setVisible(form in ("both", "forward"))
        self.backward.setVisible(form in ("both", "backward"))
        for histogram in self.histograms:
            histogram.setVisible(form == "values")
        self.panel.show_busy(busy=self.busy, complete=self._complete)
        message = "" if self.shown or self.panel.questions else NO_EXPERIMENT
        for chart in self.findChildren(Chart):
            chart.show_message(message)
        if self.shown:
            self._show_charts(form)
        self.legend.show_entries(self._entries(form) if self.shown else [])

    @property
    def busy(self) -> bool:
        """Whether seeds are being looked at, or will be in a moment."""
        return self.work.busy or self._pause.isActive()

    def awaits(self) -> str:
        """It is computed while it is seen."""
        return "open its tab"

    def numbers(self) -> Table:
        """By scheme and layer: percentiles over the seeds, the first seed and theory, forwards and backwards."""
        if not self.shown:
            return []
        parts = ("10 % of seeds below", "median", "90 % of seeds below", "first seed", "theory")
        signals = ("RMS of the outputs", "RMS of delta = dJ/dz")
        head = ("scheme", "layer", "seeds", *(f"{signal}, {part}" for signal in signals for part in parts))
        rows: Table = [head]
        for part in self.shown:
            name = scheme_name(part.question)
            for l in range(len(part.forward.own)):
                forward = _cells(part.forward, l)
                backward = _cells(part.backward, l - 1) if l else ("",) * len(forward)
                rows.append((name, str(l), str(part.done), *forward, *backward))
        return rows

    def more_numbers(self) -> dict[str, Table]:
        """The histograms of the layer that is looked at, where they are shown."""
        if not self.shown or self.panel.form.key != "values":
            return {}
        rows: Table = [("scheme", "quantity", "from", "to", "count")]
        for name, part in ((scheme_name(part.question), part) for part in self.shown):
            layer = part.layers[min(self.panel.layer.value(), len(part.layers)) - 1]
            for quantity, (counts, edges) in (("weights", layer.weights), ("z", layer.z), ("a", layer.a)):
                bins = zip(edges.tolist(), edges.tolist()[1:], counts.tolist(), strict=False)
                rows += [(name, quantity, plain(low), plain(high), plain(many)) for low, high, many in bins]
        return {"values": rows}

    def showEvent(self, event: QShowEvent) -> None:
        """Begins, unless what is asked was answered before."""
        super().showEvent(event)
        if not self.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            self._ask_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the work ends, what is known stays."""
        super().hideEvent(event)
        self._pause.stop()
        self.work.cancel()

    def _ask_soon(self) -> None:
        """While a slider is dragged, every stop of it would begin anew."""
        if (self.seed, self.panel.questions) != self._asked or not (self.work.busy or self._complete):
            self.work.cancel()
            self._pause.start()
        self.redraw()

    def _start(self) -> None:
        if self.panel.questions:
            self.work.start(self._steps_of(self.panel.questions))
        self.redraw()

    def _steps_of(
        self, questions: tuple[Question, ...]
    ) -> Callable[[], Generator[tuple[Examination, ...], None, None]]:
        """What makes the generator, in the thread that will run it; what is known already is one step."""
        self._asked = (self.seed, questions)
        known = [self._known.get((self.seed, question)) for question in questions]
        return partial(_steps, questions, known, self.seed)

    @property
    def _complete(self) -> bool:
        return bool(self.shown) and all(part.complete for part in self.shown)

    def _advance(self, pictures: object) -> None:
        assert isinstance(pictures, tuple)
        self.shown = pictures
        self.redraw()

    def _finish(self) -> None:
        self._known |= {(self.seed, part.question): part for part in self.shown}
        while len(self._known) > REMEMBERED:
            self._known.pop(next(iter(self._known)))
        self.redraw()

    def _fail(self, sentence: str) -> None:
        self.shown = ()
        self.redraw()
        for chart in self.findChildren(Chart):
            chart.show_message(sentence)

    def _stop_or_go_on(self) -> None:
        if self.busy:
            self._pause.stop()
            self.work.cancel()
            self.redraw()
        else:
            self._ask_soon()

    def _show_charts(self, form: str) -> None:
        depth = len(self.shown[0].layers)
        if form == "values":
            l = min(self.panel.layer.value(), depth)
            layers = [part.layers[l - 1] for part in self.shown]
            for chart, name in zip(self.histograms, ("weights", "z", "a"), strict=True):
                chart.show_histograms([getattr(layer, name) for layer in layers])
            return
        named = [(scheme_name(part.question), part) for part in self.shown]
        self.forward.show_fans([Fan(name, part.forward) for name, part in named], depth)
        self.backward.show_fans([Fan(name, part.backward) for name, part in named], depth)

    def _entries(self, form: str) -> list[Entry]:
        theme, first = self.theme, self.shown[0]
        names = [scheme_name(part.question) for part in self.shown]
        if form == "values":
            marks = ("block", "line")
            entries = [Entry(n, theme.color(t), m) for n, t, m in zip(names, TOKENS, marks, strict=False)]
            return [*entries, Entry(f"layer {self.panel.layer.value()}, seed {self.seed}")]
        entries = [Entry(name, theme.color(token)) for name, token in zip(names, TOKENS, strict=False)]
        seeds = f"{first.done}" if first.complete else f"{first.done} / {first.seeds}"
        entries.append(Entry(f"10–90 % of {seeds}", theme.color(TOKENS[0], OPACITIES[0] + 0.1), "block"))
        if not numpy.all(numpy.isnan(first.forward.theory[1:])):
            entries.append(Entry("theory", theme.color("text"), "dashed"))
        entries.append(Entry(f"seed {self.seed}", theme.color(OWN)))
        if sentence := _overflow(self.shown):
            entries.append(Entry(sentence, theme.color("bad"), "dot"))
        return entries


def scheme_name(question: Question) -> str:
    """How a network's weights are drawn: "He normal", "2 × random normal 0.01", or "as set" where layers differ."""
    name = "as set"
    if len(set(question.weights)) == 1:
        way = question.weights[0]
        initializer = INITIALIZERS[way.name]
        name = initializer.label
        if way.scale not in (None, initializer.scale):
            name += f" {short(float(way.scale))}"
    return name if question.gain == 1.0 else f"{short(question.gain)} × {name}"


def _steps(
    questions: tuple[Question, ...], known: list[Examination | None], seed: int
) -> Generator[tuple[Examination, ...], None, None]:
    pairs = zip(questions, known, strict=True)
    return side_by_side(*(iter((old,)) if old else examine(question, seed=seed) for question, old in pairs))


def _cells(signal: Signal, place: int) -> tuple[str, ...]:
    values = (*signal.percentiles[:, place], signal.own[place], signal.theory[place])
    return tuple(plain(float(value)) for value in values)


def _overflow(parts: tuple[Examination, ...]) -> str:
    """Names the first layer beyond what a number can hold, forwards or else backwards; empty where there is none."""
    for part in parts:
        for symbol, signal, step, start in (("a", part.forward, 1, 0), ("δ", part.backward, -1, 1)):
            bad = numpy.flatnonzero(~numpy.isfinite(signal.percentiles[-1]))
            if len(bad):
                return f"{symbol} overflows from layer {bad[::step][0] + start} on"
    return ""
