import dataclasses

import numpy
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.engine.unit_states import UnitState
from nnviz.experiment.problem import resolve
from nnviz.experiment.records import Curves
from nnviz.experiment.snapshot import Snapshot, take_snapshot
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
    replace,
)
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.unit_history import NEVER, UnitHistory
from nnviz.experiment.watch import Watch
from nnviz.ui.plots.layers.layer_heat import COLUMNS
from nnviz.ui.plots.units.unit_raster import units_that_fit
from nnviz.ui.plots.units.unit_shares import FROM_THE_FOOT
from nnviz.ui.plots.units.unit_state_style import state_color
from nnviz.ui.plots.units.units_view import COMING, MOST_LINES, UnitsView
from nnviz.ui.theme import DARK, LIGHT

HE = InitializerSpec("he_normal")
DYING = Experiment(
    seed=3,
    data=DataSpec("circle", size=200),
    network=NetworkSpec((LayerSpec(8, "relu", weights=HE),), OutputSpec("linear")),
    training=TrainingSpec(loss="squared_error", learning_rate=1.0, batch_size=10),
)
DEEP = replace(
    DYING, network=NetworkSpec((LayerSpec(8, "relu", weights=HE), LayerSpec(5, "tanh")), OutputSpec("linear"))
)


def run(spec: Experiment = DYING, steps: int = 12, at: int | None = None, watch: Watch | None = None) -> Snapshot:
    job = TrainingJob(resolve(spec))
    job.advance(steps)
    if at is not None:
        job.seek(at)
    return take_snapshot(job, watch or Watch())


def drawn(bench, snapshot: Snapshot, form: str = "states", width: int = 480, height: int = 360) -> UnitsView:
    view = UnitsView()
    bench.show(view, width, height)
    view.draw(snapshot)
    view.form.button(form).click()
    bench.picture(view)
    return view


def rgb(state: UnitState) -> tuple[int, ...]:
    return state_color(LIGHT, state).getRgb()[:3]


def legend(view: UnitsView) -> str:
    return " | ".join(f"{entry.text} {entry.strong}".strip() for entry in view.legend.entries)


def told(view: UnitsView) -> tuple[list, list]:
    selected, asked = [], []
    view.unit_selected.connect(lambda *args: selected.append(args))
    view.death_asked.connect(lambda *args: asked.append(args))
    return selected, asked


# States


def test_each_row_has_the_colours_of_its_units_states(bench) -> None:
    snapshot = run()
    view = drawn(bench, snapshot)
    colors = view.raster.picture.colors
    assert colors.shape == (9, COLUMNS, 3)
    for step in range(13):
        column = min(COLUMNS - 1, round(step / 12 * COLUMNS))
        for unit in range(9):
            assert tuple(colors[unit, column]) == rgb(UnitState(int(snapshot.curves.units[step, unit])))
    assert legend(view) == "alive | inactive on the batch | dead"


def test_the_steps_of_death_are_marked_and_layers_set_apart(bench) -> None:
    snapshot = run()
    view = drawn(bench, snapshot)
    since = UnitHistory.of(snapshot.curves).dead_since()
    assert since.tolist() == [3, 1, 4, 4, 2, 3, 7, 10, NEVER]
    assert view.raster.deaths.since.tolist() == since.tolist()
    assert list(view.raster.deaths.edges) == [7.5]
    assert [name for *_, name in view.raster.layers.blocks] == ["1", "out"]


def test_hovering_names_unit_state_and_step_of_death(bench) -> None:
    view = drawn(bench, run())
    assert bench.hover(view.raster, 9.0, 1.0).startswith("layer 1, unit 2: dead since step 1\n")
    assert bench.hover(view.raster, 9.0, 1.0).endswith("\nclick: what killed it")
    assert bench.hover(view.raster, 0.3, 1.0).startswith("layer 1, unit 2: alive\n")
    assert "click" not in bench.hover(view.raster, 0.3, 1.0)
    assert bench.hover(view.raster, 9.0, 8.0).startswith("layer 2, unit 1: alive\n")


def test_a_revival_is_told(bench) -> None:
    snapshot = run()
    units = snapshot.curves.units.copy()
    units[:, 0] = UnitState.ALIVE
    units[2:4, 0] = units[6:, 0] = UnitState.DEAD
    curves = dataclasses.replace(snapshot.curves, units=units)
    view = drawn(bench, dataclasses.replace(snapshot, curves=curves))
    assert "dead since step 6\nrevived once before" in bench.hover(view.raster, 9.0, 0.0)
    assert "dead since step 2\n" in bench.hover(view.raster, 3.0, 0.0)
    assert "revived" not in bench.hover(view.raster, 3.0, 0.0)


def test_a_click_selects_a_unit_and_asks_for_the_death_of_a_dead_one(bench) -> None:
    view = drawn(bench, run())
    selected, asked = told(view)
    bench.click(view.raster, 9.0, 6.0)
    bench.click(view.raster, 4.0, 6.0)
    bench.click(view.raster, 9.0, 8.0)
    assert selected == [(1, 6), (1, 6), (2, 0)]
    assert asked == [(1, 6, 7)]


def test_more_units_than_pixels_are_thinned_evenly_and_it_says_so(bench) -> None:
    wide = replace(DYING, network=NetworkSpec((LayerSpec(1000, "relu", weights=HE),), OutputSpec("linear")))
    view = drawn(bench, run(wide, 2), height=280)
    shown = view.raster.shown
    assert 40 < len(shown) < 120
    assert (shown[0], shown[-2], shown[-1]) == (0, 999, 1000)
    assert f"shows {len(shown)} of 1,001 units" in legend(view)
    assert bench.hover(view.raster, 1.0, len(shown) - 2.0).startswith("layer 1, unit 1000:")
    assert units_that_fit((1, 4, 4), (1, 2), 100).tolist() == list(range(8))
    assert units_that_fit((1, 4, 4), (2,), 0).tolist() == [4]


def test_one_layer_alone(bench) -> None:
    view = drawn(bench, run(DEEP))
    chosen = []
    view.unit_selected.connect(lambda layer, _unit: chosen.append(layer))
    assert [view.layer.itemText(i) for i in range(view.layer.count())] == [
        "all layers", "layer 1", "layer 2", "output layer",
    ]  # fmt: skip
    view.layer.setFocus()
    QTest.keyClick(view.layer, Qt.Key.Key_Down)
    QTest.keyClick(view.layer, Qt.Key.Key_Down)
    assert chosen == [1, 2]
    assert view.raster.shown.tolist() == [8, 9, 10, 11, 12]
    view.show_unit(3, None)
    assert view.raster.shown.tolist() == [13]
    assert chosen == [1, 2]
    assert view.numbers()[0] == ("step", "layer 3 unit 1")


# Shares


def test_shares_stack_up_to_all_units(bench) -> None:
    snapshot = run()
    view = drawn(bench, snapshot, "shares")
    heights = view.shares.areas.heights
    assert heights.shape == (13, len(UnitState))
    assert heights.sum(axis=1) == pytest.approx(100.0)
    dead = heights[:, FROM_THE_FOOT.index(UnitState.DEAD)]
    assert dead == pytest.approx(100.0 * numpy.mean(snapshot.curves.units == UnitState.DEAD, axis=1))
    assert legend(view) == "alive 11 % | inactive on the batch 0 % | dead 89 %"
    assert "dead: 8 of 9 units" in bench.hover(view.shares, 11.8, 50.0)
    view.show_unit(1, None)
    assert view.numbers()[0][:3] == ("step", "alive (share 0-1)", "inactive on the batch (share 0-1)")


def test_a_long_record_is_drawn_in_as_many_columns_as_can_be_told_apart(bench) -> None:
    snapshot = run()
    values = numpy.zeros((5000, 6))
    values[:, 0] = numpy.arange(5000)
    units = numpy.zeros((5000, 9), dtype=numpy.uint8)
    units[2500:, :3] = UnitState.DEAD
    long = Curves(values, numpy.zeros((5000, 2, snapshot.curves.layers.shape[2])), units)
    view = drawn(bench, dataclasses.replace(snapshot, curves=long, horizon=4999), "shares")
    dead = view.shares.areas.heights[:, FROM_THE_FOOT.index(UnitState.DEAD)]
    assert len(dead) == COLUMNS
    assert numpy.flatnonzero(dead)[0] == COLUMNS // 2


# Folds


def test_a_fold_of_the_first_layer_is_where_z_is_exactly_0(bench) -> None:
    snapshot = run(steps=2)
    view = drawn(bench, snapshot, "folds")
    assert view.readings == frozenset()
    problem = snapshot.problem
    found = 0
    for unit, fold in enumerate(view.map.lines.folds):
        for end in fold.segments.reshape(-1, 2):
            z = problem.network.forward(snapshot.theta, problem.inputs.apply(end[None])).z(1)[0, unit]
            assert abs(z) < 1e-9
            found += 1
        if len(fold.segments):
            ahead = problem.inputs.apply((fold.middle + 1e-3 * fold.rise)[None])
            assert problem.network.forward(snapshot.theta, ahead).z(1)[0, unit] > 0.0
    assert found >= 8
    assert len(view.numbers()) == found // 2 + 1


def test_a_dead_units_line_has_left_the_training_data(bench) -> None:
    snapshot = run()
    view = drawn(bench, snapshot, "folds")
    assert view.map.lines.color_of(0) == LIGHT.color("dead")
    assert "dead 8" in legend(view)
    fold = next(fold for fold in view.map.lines.folds if len(fold.segments))
    selected, asked = told(view)
    bench.click(view.map, *(0.5 * (fold.middle + fold.segments[0, 0])))
    unit = [line is fold for line in view.map.lines.folds].index(True)
    since = [3, 1, 4, 4, 2, 3, 7, 10][unit]
    assert (selected, asked) == ([(1, unit)], [(1, unit, since)])
    assert f"layer 1, unit {unit + 1}: dead since step {since}" in bench.hover(view.map, *fold.middle)
    assert bench.hover(view.map, 0.0, 0.5) == ""
    bench.click(view.map, 0.0, 0.5)
    assert len(selected) == 1


def test_lines_of_the_living_have_the_layers_colour_and_the_past_its_own_states(bench) -> None:
    view = drawn(bench, run(at=2), "folds")
    states = view.map.lines.states
    assert (states == UnitState.DEAD).sum() == 2
    alive = int(numpy.flatnonzero(states != UnitState.DEAD)[0])
    assert view.map.lines.color_of(alive) == LIGHT.layer_color(1, 2)


def test_deeper_layers_ask_for_their_reading_and_wait_for_it(bench) -> None:
    watch = Watch(frozenset({"pre_activations"}), layer=2)
    snapshot = run(DEEP, watch=watch)
    view = UnitsView()
    bench.show(view)
    changes = []
    view.readings_changed.connect(lambda: changes.append(view.readings))
    view.draw(run(DEEP))
    view.form.button("folds").click()
    assert changes == []
    view.show_unit(2, None)
    assert changes == [frozenset({"pre_activations"})]
    assert view.map._message.text() == COMING
    assert len(view.map.lines.folds) == 0
    view.draw(snapshot)
    assert view.map._message.text() == ""
    problem = snapshot.problem
    assert any(len(fold.segments) for fold in view.map.lines.folds)
    for unit, fold in enumerate(view.map.lines.folds):
        for end in fold.segments.reshape(-1, 2)[::7]:
            z = problem.network.forward(snapshot.theta, problem.inputs.apply(end[None])).z(2)[0, unit]
            assert abs(z) < 0.05 * numpy.abs(snapshot.readings["pre_activations"].values[unit]).max()
    view.form.button("states").click()
    assert changes[1:] == [frozenset()]


def test_features_other_than_x_and_y_need_the_reading_in_the_first_layer_too(bench) -> None:
    data = replace(DYING.data, features=("x", "y", "x^2"))
    view = drawn(bench, run(replace(DYING, data=data)), "folds")
    assert view.readings == frozenset({"pre_activations"})
    only_x = replace(DYING, data=replace(DYING.data, features=("x",)))
    view.draw(run(only_x, 1))
    assert view.readings == frozenset()
    assert all(numpy.ptp(fold.segments[..., 0]) < 1e-9 for fold in view.map.lines.folds if len(fold.segments))


def test_only_data_of_two_inputs_have_fold_lines_and_a_smaller_network_fewer_layers(bench) -> None:
    view = drawn(bench, run(DEEP), "folds")
    view.show_unit(3, None)
    view.draw(run())
    assert (view.layer.layer, view.map.layer) == (2, 2)
    view.show_unit(99, None)
    assert view.map.layer == 2
    sine = replace(DYING, data=DataSpec("sine", size=40), training=replace(DYING.training, learning_rate=0.01))
    view.draw(run(sine))
    assert view.form.key == "states"
    assert view.readings == frozenset()


def test_many_lines_are_thinned_and_nan_has_none(bench) -> None:
    wide = replace(DYING, network=NetworkSpec((LayerSpec(100, "relu", weights=HE),), OutputSpec("linear")))
    snapshot = run(wide, 1)
    view = drawn(bench, snapshot, "folds")
    assert len(view.map.lines.folds) == MOST_LINES
    assert f"shows {MOST_LINES} of 100 units" in legend(view)
    assert view.map.units[-1] == 99
    broken = dataclasses.replace(snapshot.moment, units=numpy.full_like(snapshot.moment.units, UnitState.NOT_FINITE))
    view.draw(dataclasses.replace(snapshot, theta=numpy.full_like(snapshot.theta, numpy.nan), moment=broken))
    assert not any(len(fold.segments) for fold in view.map.lines.folds)
    assert "beyond" not in legend(view)
    assert f"not finite {MOST_LINES}" in legend(view)


# All forms


def test_another_theme_and_back_gives_the_same_pixels(bench) -> None:
    for form in ("states", "shares", "folds"):
        view = drawn(bench, run(), form)
        before = bench.picture(view)
        view.set_theme(DARK)
        assert bench.picture(view) != before
        view.set_theme(LIGHT)
        assert bench.picture(view) == before


def test_before_the_first_step_and_before_the_first_snapshot(bench) -> None:
    view = UnitsView()
    bench.show(view)
    assert view.numbers() == []
    view.show_unit(1, None)
    for form in ("states", "shares"):
        view.form.button(form).click()
        assert bench.hover(view.raster, 0.5, 0.0) == ""
    view.draw(run(steps=0))
    for form in ("states", "shares", "folds"):
        view.form.button(form).click()
        bench.picture(view)
        assert len(view.numbers()) >= 2
