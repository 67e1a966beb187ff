"""The figures of a race draw what was recorded: paths, vectors, charts, the table, the strip, one step."""

import re

import numpy
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.experiment.descent.basins import BasinQuestion, basins
from nnviz.experiment.descent.examples import example_steps
from nnviz.experiment.descent.phases import phases_of
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.rate_strip import rate_strip
from nnviz.experiment.descent.specification import Descent, RateStripSpec, RunnerSpec, SurfaceSpec
from nnviz.ui.export.looks import Words
from nnviz.ui.export.picture import render_png, svg_bytes
from nnviz.ui.export.plate import Plate
from nnviz.ui.plots.descent.basin_colors import classes_of
from nnviz.ui.plots.descent.course_figure import CourseFigure
from nnviz.ui.plots.descent.data_figure import DataFigure
from nnviz.ui.plots.descent.descent_curve import DescentCurve
from nnviz.ui.plots.descent.descent_map import DescentMap
from nnviz.ui.plots.descent.descent_space import DescentSpace
from nnviz.ui.plots.descent.overlays import marks_of, paths_of, vectors_of
from nnviz.ui.plots.descent.race_table import MOST_ROWS, TableFigure
from nnviz.ui.plots.descent.runner_colors import runner_color
from nnviz.ui.plots.descent.step_figure import StepFigure, fitting
from nnviz.ui.plots.descent.strip_figure import StripFigure
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import DARK, LIGHT

BOWL = Descent(
    surface=SurfaceSpec("bowl"),
    start=(-2.0, 1.0),
    steps=40,
    runners=(RunnerSpec(), RunnerSpec("adam", colour=1), RunnerSpec(learning_rate=1e9, colour=2)),
)


def raced(spec: Descent, step: int) -> Race:
    race = Race(spec)
    race.seek(step)
    return race


def shown(qtbot: QtBot, figure: Figure, width: int = 500, height: int = 330) -> None:
    qtbot.addWidget(figure)
    figure.resize(width, height)
    figure.show()


def test_a_mark_has_the_height_of_the_surface_and_not_of_its_drawing() -> None:
    """A start between the samples of the grid is as high as the path that begins there."""
    spec = Descent(surface=SurfaceSpec("ravine"), start=(-1.237, 0.991), runners=(RunnerSpec(),))
    race = raced(spec, 3)
    marks, _ = marks_of(spec, race.ground, LIGHT)
    (start,) = [mark for mark in marks if mark.kind == "start"]
    assert start.z == paths_of(spec, race.record(), 0, LIGHT)[0].z[0]
    outside = Descent(surface=SurfaceSpec("ravine"), start=(1e6, 0.0), runners=(RunnerSpec(),))
    assert [mark.z for mark in marks_of(outside, race.ground, LIGHT)[0] if mark.kind == "start"] == [None]


def test_a_path_ends_where_its_runner_stopped_and_its_head_is_the_present() -> None:
    race = raced(BOWL, 10)
    race.seek(4)
    paths = paths_of(BOWL, race.record(), 4, LIGHT)
    assert [len(path.x) for path in paths] == [11, 11, 2]
    assert [path.head for path in paths] == [4, 4, 1]
    assert paths[0].x[4] == race.record().positions[4, 0, 0]
    assert paths[0].z[4] == race.record().values[4, 0]


def test_only_starts_can_be_moved_and_each_knows_whose_it_is() -> None:
    spec = Descent(surface=SurfaceSpec("bowl"), start=(1.0, 1.0), runners=(RunnerSpec(), RunnerSpec(start=(2.0, 0.0))))
    marks, owners = marks_of(spec, raced(spec, 0).ground, DARK)
    assert [(mark.kind, mark.movable) for mark in marks] == [("minimum", False), ("start", True), ("start", True)]
    assert owners == [None, None, 1]
    assert (marks[2].x, marks[2].y) == (2.0, 0.0)


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam"])
def test_the_vectors_of_a_step_are_its_numbers(optimizer: str) -> None:
    spec = Descent(
        surface=SurfaceSpec("ravine"), start=(-3.0, 1.0), runners=(RunnerSpec(optimizer, learning_rate=0.02),)
    )
    phases = phases_of(raced(spec, 6), 0, 5)
    vectors = {key: numpy.subtract(end, begin) for key, begin, end in vectors_of(phases, 3)}
    assert vectors["gradient"] == pytest.approx(-0.02 * phases.gradient)
    assert vectors["step"] == pytest.approx(phases.new_position - phases.position)
    assert ("momentum" in vectors) == (optimizer in ("momentum", "nesterov", "adam"))
    assert "adjusted" in {key for key, _, _ in vectors_of(phases, 2)}
    assert [key for key, _, _ in vectors_of(phases, 1)] == ["gradient"]


def test_eight_runners_have_eight_colours() -> None:
    for theme in (LIGHT, DARK):
        assert len({runner_color(theme, index).name() for index in range(8)}) == 8


def test_basins_are_classes_named_by_minimum_and_share() -> None:
    question = BasinQuestion(SurfaceSpec("double_well"), RunnerSpec(learning_rate=0.05), 64, 300)
    *_, found = basins(question)
    classes, names, colors = classes_of(found, LIGHT)
    assert len(names) == len(colors) == 2
    assert set(classes.tolist()) == {0, 1}
    shares = [float(name.rpartition(" ")[2].rstrip("%")) for name in names]
    assert sum(shares) == pytest.approx(100.0, abs=1.0)
    wild = BasinQuestion(SurfaceSpec("expression", expression="log(x) - x"), RunnerSpec(learning_rate=0.1), 33, 20)
    *_, lost = basins(wild)
    assert {name.partition(":")[0] for name in classes_of(lost, LIGHT)[1]} >= {"undefined"}


@pytest.mark.parametrize("kind", [DescentMap, DescentSpace])
def test_map_and_space_draw_the_race_and_say_where_was_clicked(qtbot: QtBot, kind) -> None:
    figure = kind()
    shown(qtbot, figure)
    race = raced(BOWL, 20)
    figure.show_ground(BOWL, race.ground)
    figure.show_race(race.record(), 20)
    figure.show_phases(phases_of(race, 1, 20), 2)
    assert len(figure.arrows) == 3
    figure.set_theme(DARK)
    assert figure.paths[1].color == runner_color(DARK, 1)
    with qtbot.waitSignal(figure.start_put) as put:
        figure.clicked.emit(0.5, 0.25)
    assert put.args == [(0.5, 0.25)]
    assert not render_png(figure, 900, LIGHT).isNull()


def test_a_curve_shows_one_coordinate(qtbot: QtBot) -> None:
    figure, race = DescentCurve(), raced(Descent(), 3)
    shown(qtbot, figure)
    figure.show_ground(race.spec, race.ground)
    figure.show_race(race.record(), 3)
    figure.show_phases(phases_of(race, 0, 3), 3)
    heights = [arrow.start[1] for arrow in figure.arrows]
    assert len(set(heights)) == len(heights)
    with qtbot.waitSignal(figure.start_moved) as moved:
        figure.chart.mark_dropped.emit(1, -1.5, 9.0)
    assert moved.args == [None, (-1.5,), True]
    assert figure.heights()[1] > 8.0


def test_charts_have_a_line_for_each_runner_and_a_click_goes_to_its_step(qtbot: QtBot) -> None:
    figure, race = CourseFigure(), raced(BOWL, 30)
    assert figure.numbers() == []
    shown(qtbot, figure)
    figure.show_race(BOWL, race.record(), 12)
    chart = figure.charts["J"]
    assert len(chart.curves) == 3
    assert chart.curves[0].ys == pytest.approx(numpy.log10(race.record().values[:, 0]))
    assert chart.curves[0].present == 13
    assert "J = " in chart.probe(12.2, 0.0).text
    assert chart.probe(99.0, 0.0) is None
    assert figure.legend.entries[2].strong == "stopped"
    figure.scale.chosen.emit("linear")
    figure.scale.choose("linear")
    figure.quantity.choose("norm")
    figure.redraw()
    assert not chart.isVisible()
    with qtbot.waitSignal(figure.sought) as sought:
        figure.charts["norm"].clicked.emit(17.3, 0.0, False)
    assert sought.args == [17]
    assert float(figure.numbers()[13][1]) == race.record().values[12, 0]
    figure.show_race(Descent(), raced(Descent(), 3).record(), 3)
    figure.show_race(Descent(runners=()), raced(Descent(runners=()), 3).record(), 3)
    assert chart.curves == [] or not chart.isVisible()


def test_heights_that_are_not_positive_have_no_logarithm(qtbot: QtBot) -> None:
    figure = CourseFigure()
    shown(qtbot, figure)
    spec = Descent(surface=SurfaceSpec("double_well"), start=(-1.5,))
    figure.show_race(spec, raced(spec, 20).record(), 20)
    assert not figure.charts["J"].values.logarithmic
    assert figure.charts["norm"].values.logarithmic


def test_the_table_has_a_row_for_each_runner_and_step_and_copies_in_full(qtbot: QtBot) -> None:
    figure, race = TableFigure(), raced(BOWL, 5)
    shown(qtbot, figure, 800)
    figure.show_race(BOWL, race.record(), 5)
    assert figure.model.rowCount() == 6 * 3
    row = [figure.model.data(figure.model.index(4 * 3 + 1, column)) for column in range(6)]
    assert row[:2] == ["4", BOWL.runners[1].title]
    assert figure.model.data(figure.model.index(4 * 3 + 2, 4)) == "stopped"
    added: list[int] = []
    figure.model.rowsInserted.connect(lambda _parent, first, last: added.append(last - first + 1))
    race.seek(7)
    figure.show_race(BOWL, race.record(), 7)
    assert added == [6]
    figure.table.setFocus()
    figure.table.selectRow(3)
    qtbot.keyClick(figure.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, line = QApplication.clipboard().text().split("\n")
    assert head.split("\t") == ["step", "runner", "x", "y", "height J", "length of the gradient"]
    assert float(line.split("\t")[2]) == race.record().positions[1, 0, 0]
    figure.forget_cursor()
    figure.actions_at(QPoint())[0].trigger()
    # The third runner stopped after its first step.
    assert len(QApplication.clipboard().text().split("\n")) == 1 + 8 + 8 + 2
    assert len(figure.numbers()) == 1 + 8 + 8 + 2


@pytest.mark.parametrize("width", [340, 420, 520, 800])
def test_no_number_of_the_table_is_cut_off(qtbot: QtBot, width: int) -> None:
    figure, race = TableFigure(), raced(BOWL, 40)
    shown(qtbot, figure, width)
    figure.show_race(BOWL, race.record(), 40)
    metrics, header = figure.table.fontMetrics(), figure.table.horizontalHeader()
    for row in range(figure.model.rowCount()):
        for column in (2, 3, 4, 5):
            text = figure.model.data(figure.model.index(row, column))
            assert metrics.horizontalAdvance(text) + 4 <= header.sectionSize(column), text


@pytest.mark.parametrize("room", [150.0, 200.0, 260.0, 400.0])
def test_the_numbers_of_a_step_take_the_room_there_is_with_fewer_digits(qapp: QApplication, room: float) -> None:
    font = LIGHT.font()
    rows = [("θ", -0.0280487, -7.468123e-59), ("Δθ = −αd", 0.00140234, 3.734e-60)]
    texts, widths = fitting(font, rows, room)
    metrics = QFontMetricsF(font)
    assert all(
        metrics.horizontalAdvance(text) < width for row in texts for text, width in zip(row, widths, strict=True)
    )
    if sum(widths) > room:
        assert texts[0][1:] == ("−0.028", "−7.5×10⁻⁵⁹"), "it cannot be said with less"
    if room == 400.0:
        assert texts[0][1:] == ("−0.02805", "−7.468×10⁻⁵⁹")


def written(figure: Figure, size: QSize | None = None) -> str:
    """All words of a picture of it; a drawing has pieces of them where the typeface changes."""
    plate = Plate.bare(figure) if size is None else Plate.within(figure, size, Words())
    return "".join(re.findall(r">([^<>]*)</text>", svg_bytes(plate).decode()))


def test_a_picture_of_the_table_has_every_row_or_says_how_many_it_leaves_out(qtbot: QtBot) -> None:
    figure = TableFigure()
    shown(qtbot, figure, 300, 120)
    few, many = raced(BOWL, 7), raced(BOWL, 40)
    figure.show_race(BOWL, few.record(), 7)
    svg = written(figure)
    for row in range(figure.model.rowCount()):
        assert "".join(figure.model.texts(row)) in svg, "wide enough for all of it"
    assert "more rows" not in svg
    assert "rows before" not in svg
    figure.show_race(BOWL, many.record(), 20)
    svg = written(figure)
    assert f"… {21 * 3 - MOST_ROWS} more rows before these" in svg
    assert "… 60 more rows" in svg
    slide = written(figure, QSize(800, 450))
    left_out = sum(int(found) for found in re.findall(r"… (\d+) (?:more )?rows", slide))
    seen = slide.count("gradient") + slide.count("Adam")
    assert seen > 10
    assert left_out + seen == 41 * 3
    assert "".join(figure.model.texts(62)) in slide, "the step that is shown is among them"


@pytest.mark.parametrize("kind", [DescentMap, DescentSpace])
def test_the_tables_of_a_map_have_its_heights_paths_start_and_minimum(qtbot: QtBot, kind: type) -> None:
    figure, race = kind(), raced(BOWL, 12)
    shown(qtbot, figure)
    figure.show_ground(BOWL, race.ground)
    figure.show_race(race.record(), 12)
    x, y, height = (float(cell) for cell in figure.numbers()[40])
    assert height == pytest.approx(float(race.ground.objective.value(numpy.array([x, y]))))
    assert figure.numbers()[0] == ("x", "y", "height J")
    tables, record = figure.more_numbers(), race.record()
    head, *ways = tables["paths"]
    assert head == ("step", "runner", "x", "y", "height J", "length of the gradient")
    own = [row for row in ways if row[1] == BOWL.runners[0].title]
    assert [int(row[0]) for row in own] == list(range(13))
    assert [[float(cell) for cell in row[2:4]] for row in own] == record.positions[:13, 0].tolist()
    assert [float(row[5]) for row in own] == record.gradient_norms[:13, 0].tolist()
    marks = {row[0]: [float(cell) for cell in row[2:]] for row in tables["marks"][1:]}
    assert marks["start"][:2] == [-2.0, 1.0]
    assert marks["minimum"] == pytest.approx([0.0, 0.0, 0.0], abs=0.02)
    assert tables["vectors"][1:] == []
    figure.show_phases(phases_of(race, 0, 3), 3)
    _, *ends = next(row for row in figure.more_numbers()["vectors"][1:] if row[0] == "step")
    assert [float(cell) for cell in ends] == [*record.positions[3, 0].tolist(), *record.positions[4, 0].tolist()]


@pytest.mark.parametrize("kind", [DescentMap, DescentCurve])
def test_basins_are_tables_of_where_starts_lead(qtbot: QtBot, kind: type) -> None:
    surface, start = ("himmelblau", (0.0, 0.0)) if kind is DescentMap else ("double_well", (0.5,))
    spec = Descent(surface=SurfaceSpec(surface), start=start)
    figure, race = kind(), raced(spec, 3)
    shown(qtbot, figure)
    figure.show_ground(spec, race.ground)
    *_, found = basins(BasinQuestion(spec.surface, spec.runners[0], 30, 16))
    figure.show_basins(found)
    tables = figure.more_numbers()
    shares = {row[0]: float(row[-1]) for row in tables["basins"][1:]}
    assert sum(shares.values()) == pytest.approx(1.0)
    starts = figure.numbers()[1:] if kind is DescentMap else tables["starts"][1:]
    assert len(starts) == found.labels.size
    for name, share in shares.items():
        assert sum(row[-1] == name for row in starts) == pytest.approx(share * len(starts))


def test_the_points_of_a_regression_come_with_the_lines(qtbot: QtBot) -> None:
    spec = Descent(surface=SurfaceSpec("regression"), start=(0.0, 0.0))
    figure, race = DataFigure(), raced(spec, 9)
    shown(qtbot, figure)
    figure.show_race(spec, race.record(), 5)
    rows = {row[0]: [float(cell) for cell in row[1:]] for row in figure.more_numbers()["lines"][1:]}
    assert rows["start"] == [0.0, 0.0]
    assert rows[spec.runners[0].title] == race.record().positions[5, 0].tolist()


def test_the_strip_shows_each_rate_with_its_factor_and_a_click_takes_it(qtbot: QtBot) -> None:
    figure, race = StripFigure(), raced(Descent(), 0)
    shown(qtbot, figure)
    figure.show_strip(race.spec, race.ground, rate_strip(race.spec))
    assert [tile.factor for tile in figure.tiles] == ["1 − αf″ = 0.9", "1 − αf″ = 0.6", "1 − αf″ = −1.2"]
    assert [tile.path.verdict for tile in figure.tiles] == ["slow", "fast", "diverging"]
    assert "2/λ = 1" in figure.ruler.accessibleDescription()
    chosen: list[float] = []
    figure.rate_chosen.connect(chosen.append)
    qtbot.mouseClick(figure.tiles[1], Qt.MouseButton.LeftButton)
    qtbot.keyClick(figure.tiles[2], Qt.Key.Key_Return)
    assert chosen == [0.2, 1.1]
    assert len(figure.numbers()) == 1 + 3 * 13


@pytest.mark.parametrize(
    "spec",
    [
        BOWL,
        Descent(surface=SurfaceSpec("expression", expression="log(x)"), start=(-1.0,)),
        Descent(surface=SurfaceSpec("expression", expression="-x^2 - y^2"), start=(1.0, 1.0)),
        Descent(strip=RateStripSpec(rates=tuple(0.1 * (i + 1) for i in range(10)), steps=100)),
    ],
)
def test_strips_of_any_surface_can_be_painted(qtbot: QtBot, spec: Descent) -> None:
    figure, race = StripFigure(), raced(spec, 0)
    shown(qtbot, figure, 360, 260)
    figure.show_strip(spec, race.ground, rate_strip(spec))
    figure.set_theme(DARK.for_lecture())
    assert len(figure.tiles) == len(spec.strip.rates)
    assert not figure.grab().isNull()
    figure.show_strip(Descent(), raced(Descent(), 0).ground, rate_strip(Descent()))
    assert len(figure.tiles) == 3


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "adagrad", "rmsprop", "adam"])
@pytest.mark.parametrize("size", [(420, 260), (1200, 800)])
def test_one_step_is_vectors_numbers_and_sentences(qtbot: QtBot, optimizer: str, size: tuple[int, int]) -> None:
    figure = StepFigure()
    shown(qtbot, figure, *size)
    for surface, start in (("ravine", (-3.0, 1.0)), ("parabola", (2.0,))):
        spec = Descent(surface=SurfaceSpec(surface), start=start, runners=(RunnerSpec(optimizer, noise=0.1),))
        phases = phases_of(raced(spec, 4), 0, 3)
        for phase in (1, 2, 3):
            figure.show_step(spec, phases, phase)
            assert not figure.grab().isNull()
            assert phases.sentences[("gradient", "adjusted", "step")[phase - 1]] == figure.sentence()
        names = [row[0] for row in figure.numbers()]
        assert names[-1] == "new θ"
        assert [float(value) for value in figure.numbers()[-1][1:]] == phases.new_position.tolist()
    figure.actions_at(QPoint())[0].trigger()
    assert "θ ←" in QApplication.clipboard().text()
    figure.show_message("There is no step.")
    assert figure.sentence() == "There is no step."
    assert figure.numbers() == []
    assert not figure.grab().isNull()


def test_accumulators_are_seen_to_grow(qtbot: QtBot) -> None:
    spec = Descent(surface=SurfaceSpec("ravine"), start=(-3.0, 1.0), runners=(RunnerSpec("adagrad"),))
    figure, race = StepFigure(), raced(spec, 30)
    shown(qtbot, figure)
    largest = []
    for step in (0, 10, 25):
        figure.show_step(spec, phases_of(race, 0, step), 3)
        largest.append(figure.canvas.largest)
    assert largest == sorted(set(largest))


def test_lines_of_a_regression_are_those_of_the_runners(qtbot: QtBot) -> None:
    spec = Descent(surface=SurfaceSpec("regression"), start=(0.5, -0.5), runners=(RunnerSpec(learning_rate=0.2),))
    figure, race = DataFigure(), raced(spec, 9)
    shown(qtbot, figure)
    figure.show_race(spec, race.record(), 9)
    w, b = race.record().positions[9, 0]
    assert figure.lines[1].ys == pytest.approx(w * figure.lines[1].xs + b)
    assert figure.lines[0].ys == pytest.approx(0.5 * figure.lines[0].xs - 0.5)
    assert len(figure.numbers()) == 1 + len(spec.surface.points)
    assert "x " in figure.chart.probe(0.1, 0.2).text
    qtbot.keyClick(figure.chart, Qt.Key.Key_PageDown)
    with qtbot.waitSignal(figure.point_removed) as removed:
        qtbot.keyClick(figure.chart, Qt.Key.Key_Delete)
    assert removed.args == [0]


def test_controls_give_way_one_by_one_where_a_map_is_narrow(qtbot: QtBot) -> None:
    figure, race = DescentMap(), raced(BOWL, 0)
    shown(qtbot, figure, 1000)
    figure.show_ground(BOWL, race.ground)
    bar = figure.controls
    assert not bar.folded()
    counts = []
    for width in (420, 300):
        figure.resize(width, 300)
        counts.append(len(bar.folded()))
        assert figure.basins not in bar.folded()
        assert bar.more.isVisible()
    assert 0 < counts[0] < counts[1]
    figure.resize(1000, 300)
    assert not bar.folded()
    assert figure.equal.isVisible()


def test_the_row_of_the_present_is_in_sight(qtbot: QtBot) -> None:
    figure, race = TableFigure(), raced(BOWL, 3)
    shown(qtbot, figure)
    figure.show_race(BOWL, race.record(), 3)
    race.seek(40)
    figure.show_race(BOWL, race.record(), 40)
    last = figure.table.visualRect(figure.model.index(40 * 3 + 2, 0))
    assert figure.table.viewport().rect().contains(last.center())


def test_a_narrow_table_has_dots_for_names_and_fewer_digits(qtbot: QtBot) -> None:
    figure, race = TableFigure(), raced(BOWL, 5)
    shown(qtbot, figure, 380)
    figure.show_race(BOWL, race.record(), 5)
    name, j = (figure.model.index(5 * 3, column) for column in (1, 4))
    assert figure.model.data(name) == "●"
    assert figure.model.data(name, Qt.ItemDataRole.ToolTipRole) == BOWL.runners[0].title
    assert float(figure.model.data(j, Qt.ItemDataRole.ToolTipRole)) == race.record().values[5, 0]
    figure.resize(900, 300)
    assert figure.model.data(name) == BOWL.runners[0].title


def test_a_long_path_is_drawn_with_fewer_points_and_grows_at_its_end_alone() -> None:
    spec = Descent(
        surface=SurfaceSpec("bowl"), start=(-2.0, 1.0), steps=6000, runners=(RunnerSpec(learning_rate=1e-4),)
    )
    race = raced(spec, 5000)
    (before,) = paths_of(spec, race.record(), 5000, LIGHT)
    race.seek(5005)
    (after,) = paths_of(spec, race.record(), 5005, LIGHT)
    assert len(before.x) < len(after.x) <= 2000
    assert numpy.array_equal(after.x[: len(before.x)], before.x)
    stride = 4
    assert after.x[after.head] == race.record().positions[5005 // stride * stride, 0, 0]


def test_the_steps_of_single_points_are_thin_around_their_mean(qtbot: QtBot) -> None:  # row 4.2
    spec = Descent(
        surface=SurfaceSpec("regression"),
        start=(0.5, -0.5),
        runners=(RunnerSpec(learning_rate=0.2), RunnerSpec(noise=0.3)),
    )
    figure, race = DescentMap(), raced(spec, 4)
    shown(qtbot, figure, 700)
    figure.show_ground(spec, race.ground)
    figure.show_race(race.record(), 4)
    assert figure.examples.isVisible()
    assert figure.arrows == []
    figure.show_examples(example_steps(race, 0))
    *single, mean = figure.arrows
    assert len(single) == len(spec.surface.points)
    assert all(arrow.thin for arrow in single)
    assert not mean.thin
    middle = numpy.mean([arrow.end for arrow in single], axis=0)
    assert middle == pytest.approx(numpy.array(mean.end), rel=1e-12)
    assert "their mean, −α∇J" in [entry.text for entry in figure.legend.entries]
    figure.show_phases(phases_of(race, 0, 4), 1)
    assert [arrow.label for arrow in figure.arrows if not arrow.thin] == ["−α∇J"]
    figure.show_examples(example_steps(race, 1))
    figure.show_phases(phases_of(race, 1, 4), 1)
    assert [arrow.label for arrow in figure.arrows if not arrow.thin] == ["", "−α∇J"]
    assert not render_png(figure, 900, DARK).isNull()
    figure.show_examples(None)
    assert not any(arrow.thin for arrow in figure.arrows)
    figure.show_ground(BOWL, raced(BOWL, 0).ground)
    assert not figure.examples.isVisible()
