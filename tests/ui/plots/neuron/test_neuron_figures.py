"""Every figure of the workspace: it draws in each theme and size, exports, and its numbers are the experiment's."""

import csv
import io
from collections.abc import Callable

import numpy
import pytest
from pytestqt.qtbot import QtBot

from nnviz.experiment.neuron.line_fit import best_line, cost, data_of
from nnviz.experiment.neuron.perceptron_rule import run_rule
from nnviz.experiment.neuron.specification import LineSpec, PerceptronSpec, UnitSpec
from nnviz.experiment.specification import replace
from nnviz.ui.export.picture import pdf_bytes, render_png, svg_bytes
from nnviz.ui.export.plate import Plate
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.neuron.activation_figure import ActivationFigure
from nnviz.ui.plots.neuron.cost_figure import CostFigure
from nnviz.ui.plots.neuron.fits_figure import FitsFigure
from nnviz.ui.plots.neuron.gate_plane import GatePlane
from nnviz.ui.plots.neuron.line_figure import LineFigure
from nnviz.ui.plots.neuron.network_diagram import NetworkDiagram
from nnviz.ui.plots.neuron.neuron_drawing import NeuronDrawing
from nnviz.ui.plots.neuron.rule_figure import RuleFigure
from nnviz.ui.plots.neuron.unit_plane import UnitPlane
from nnviz.ui.plots.neuron.weights_chart import WeightsChart
from nnviz.ui.theme import DARK, LIGHT

XOR = PerceptronSpec(targets=(0, 1, 1, 0), step=15)
NOT = PerceptronSpec(targets=(1, 0), start=(0.0,), step=3)
UNITS = {
    "default": UnitSpec(),
    "one input": UnitSpec(x=(1.0,), w=(-2.0,), b=1.0, activation="threshold"),
    "six": UnitSpec(
        x=(120.0, 1.0, 2.0, 0.0, -1.0, 1e-6), w=(1.5, 10.0, -0.8, 0.0, 25.0, 0.3), b=-50.0,
        activation="leaky_relu", alpha=0.2, names=("area", "rooms", "age", "pool", "servant quarters", "other"),
    ),
    "nothing": UnitSpec(x=(0.0, 0.0), w=(0.0, 0.0), b=0.0, activation="linear", points=()),
}  # fmt: skip
LINES = {
    "points": LineSpec(),
    "no bias": LineSpec(bias=False, squares=False),
    "houses": LineSpec(source="houses", w=1.8, b=30.0),
    "no points": LineSpec(points=()),
}


def show_rule(figure: Figure, spec: PerceptronSpec) -> None:
    figure.show_run(run_rule(spec), spec if isinstance(figure, GatePlane) else spec.step)


RULES = {"xor": XOR, "not": NOT, "start": PerceptronSpec(), "network": replace(XOR, model="network")}
MAKERS: list[tuple[str, Callable[[], Figure], Callable[[Figure], None]]] = [
    *(
        (f"{kind.__name__} {name}", kind, lambda figure, unit=unit: figure.show_unit(unit))
        for name, unit in UNITS.items()
        for kind in (NeuronDrawing, ActivationFigure, UnitPlane)
    ),
    *(
        (f"{kind.__name__} {name}", kind, lambda figure, spec=spec: show_rule(figure, spec))
        for name, spec in RULES.items()
        for kind in (GatePlane, RuleFigure, WeightsChart)
    ),
    *(
        (f"NetworkDiagram {name}", NetworkDiagram, lambda figure, spec=spec: figure.show_spec(spec))
        for name, spec in RULES.items()
    ),
    *(
        (f"{kind.__name__} {name}", kind, lambda figure, line=line: figure.show_spec(line))
        for name, line in LINES.items()
        for kind in (LineFigure, FitsFigure, CostFigure)
    ),
]


@pytest.mark.parametrize(("kind", "show"), [entry[1:] for entry in MAKERS], ids=[entry[0] for entry in MAKERS])
def test_every_figure_draws_everything_in_every_look(
    kind: Callable[[], Figure], show: Callable[[Figure], None], qtbot: QtBot
) -> None:
    figure = kind()
    qtbot.addWidget(figure)
    pictures = []
    for theme, width, height in ((LIGHT, 640, 360), (DARK, 420, 300), (DARK.for_lecture(), 900, 260)):
        figure.set_theme(theme)
        show(figure)
        figure.resize(width, height)
        picture = render_png(figure, 2 * width)
        colors = {picture.pixel(x, y) for x in range(0, picture.width(), 9) for y in range(0, picture.height(), 9)}
        pictures.append(len(colors))
    assert min(pictures) > 2
    assert figure.accessibleName()
    table = figure.numbers()
    assert len({len(row) for row in table[:2]}) == 1 or len(table) < 2
    text = io.StringIO()
    csv.writer(text).writerows(table)
    assert svg_bytes(Plate.bare(figure)).startswith(b"<?xml")
    assert pdf_bytes(Plate.bare(figure)).startswith(b"%PDF")


def test_the_drawing_s_numbers_are_the_unit_s(qtbot: QtBot) -> None:
    drawing = NeuronDrawing()
    qtbot.addWidget(drawing)
    drawing.show_unit(UnitSpec())
    head, values = drawing.more_numbers()["unit"]
    unit = dict(zip(head, map(float, values), strict=True))
    assert unit["sum z"] == pytest.approx(0.45)
    assert round(unit["output a = f(z)"], 4) == 0.6106
    products = [float(row[3]) for row in drawing.numbers()[1:]]
    assert sum(products) + unit["bias b"] == pytest.approx(unit["sum z"])
    assert "0.6106" in drawing.accessibleDescription()


def test_the_arithmetic_can_be_copied(qtbot: QtBot) -> None:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QApplication

    drawing = NeuronDrawing()
    qtbot.addWidget(drawing)
    text, tex = drawing.actions_at(QPoint(5, 5))
    text.trigger()
    assert QApplication.clipboard().text() == drawing.sentence()
    tex.trigger()
    assert QApplication.clipboard().text().startswith("z = 0.7 \\cdot 0.3")


def test_the_line_s_numbers_add_up_to_its_cost(qtbot: QtBot) -> None:
    figure, spec = LineFigure(), LineSpec()
    qtbot.addWidget(figure)
    figure.show_spec(spec)
    rows = figure.numbers()
    halves = [float(row[4]) for row in rows[1:]]
    assert sum(halves) / len(halves) == pytest.approx(cost(data_of(spec), spec.w, spec.b))
    head, values = figure.more_numbers()["line"]
    assert head == ("weight w", "bias b", "loss J")
    assert [float(value) for value in values] == pytest.approx([spec.w, spec.intercept, sum(halves) / len(halves)])


def test_both_fits_are_shown_with_their_costs(qtbot: QtBot) -> None:
    figure = FitsFigure()
    qtbot.addWidget(figure)
    figure.show_spec(LineSpec())
    without, free = figure.numbers()[1:]
    assert float(without[2]) == 0.0
    assert float(without[3]) > float(free[3]) == best_line(data_of(LineSpec()), bias=True).cost
    points = numpy.array([[float(cell) for cell in row] for row in figure.more_numbers()["points"][1:]])
    x, y, locked, fitted = points.T
    assert fitted == pytest.approx(float(free[1]) * x + float(free[2]))
    assert numpy.mean(0.5 * (locked - y) ** 2) == pytest.approx(float(without[3]))


def test_the_map_marks_the_argmin_and_the_line(qtbot: QtBot) -> None:
    figure, spec = CostFigure(), LineSpec()
    qtbot.addWidget(figure)
    figure.show_spec(spec)
    best = best_line(data_of(spec), bias=True)
    marks = {mark.label: (mark.x, mark.y) for mark in figure.map.marks}
    assert marks["argmin J"] == (best.w, best.b)
    assert marks["your line"] == (spec.w, spec.b)
    assert [mark.label for mark in figure.map.marks if mark.movable] == ["your line"]


def test_a_dragged_point_of_the_map_moves_the_line_and_is_one_edit(qtbot: QtBot) -> None:
    figure = CostFigure()
    qtbot.addWidget(figure)
    figure.show_spec(LineSpec())
    told = []
    figure.line_moved.connect(lambda *what: told.append(what))
    with qtbot.waitSignal(figure.line_moved, check_params_cb=lambda w, b, let_go: let_go):
        for step in range(5):
            figure.map.mark_moved.emit(2, 0.5 + 0.1 * step, 1.0)
    assert [let_go for _, _, let_go in told] == [False] * 5 + [True]
    assert told[-1][:2] == (0.9, 1.0)
    figure.map.clicked.emit(0.25, 2.0)
    assert told[-1] == (0.25, 2.0, True)


def test_a_locked_bias_stays_at_zero_on_the_map(qtbot: QtBot) -> None:
    figure = CostFigure()
    qtbot.addWidget(figure)
    figure.show_spec(LineSpec(bias=False))
    told = []
    figure.line_moved.connect(lambda *what: told.append(what))
    figure.map.clicked.emit(0.25, 2.0)
    assert told == [(0.25, 0.0, True)]


def test_empty_figures_say_what_to_do(qtbot: QtBot) -> None:
    figure = LineFigure()
    qtbot.addWidget(figure)
    figure.show_spec(LineSpec(points=()))
    assert "Click to set points" in figure.chart._message.text()


def test_the_plane_stays_while_something_on_it_is_dragged(qtbot: QtBot) -> None:
    plane = UnitPlane()
    qtbot.addWidget(plane)
    plane.resize(500, 400)
    plane.show()
    plane.show_unit(UnitSpec())
    before, far = plane.chart.home, UnitSpec(x=(40.0, 0.9, 0.5))
    plane.chart._held = 0
    plane.show_unit(far)
    assert plane.chart.home == before
    plane.chart._held = None
    plane.show_unit(far)
    assert plane.chart.home[1] > 40.0


def test_the_map_stays_while_its_point_is_dragged(qtbot: QtBot) -> None:
    figure = CostFigure()
    qtbot.addWidget(figure)
    figure.show_spec(LineSpec())
    figure.line_moved.connect(lambda w, b, _let_go: figure.show_spec(LineSpec(w=w, b=b)))
    grid = figure.map.grid
    with qtbot.waitSignal(figure.line_moved, check_params_cb=lambda w, b, let_go: let_go):
        figure.map.mark_moved.emit(2, 9.0, 1.0)
        assert figure.map.grid is grid
    assert figure.map.grid.x[-1] > 9.0
