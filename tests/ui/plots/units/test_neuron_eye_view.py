import dataclasses
import math

import numpy
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.engine.activations import ACTIVATIONS
from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import Snapshot, take_snapshot
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    replace,
)
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.ui.plots.charts.gate_chart import AROUND, CEILING, FEW, runs, z_range
from nnviz.ui.plots.charts.wording import full, short
from nnviz.ui.plots.units.neuron_eye_view import COMING, NeuronEyeView
from nnviz.ui.plots.view import ALL_UNITS
from nnviz.ui.theme import DARK, LIGHT

NAME = "pre_activation_sample"


def run(*hidden: str, steps: int = 20, gain: float = 1.0, output: str = "sigmoid", **watch) -> Snapshot:
    weights = InitializerSpec("he_normal")
    layers = tuple(LayerSpec(6, name, weights=weights) for name in hidden)
    network = NetworkSpec(layers, OutputSpec(output), gain)
    job = TrainingJob(resolve(Experiment(data=DataSpec("circle", size=200), network=network)))
    job.advance(steps)
    return take_snapshot(job, Watch(NeuronEyeView.readings, **watch))


def drawn(bench, snapshot: Snapshot) -> NeuronEyeView:
    view = NeuronEyeView()
    bench.show(view)
    view.draw(snapshot)
    bench.picture(view)
    return view


def legend(view: NeuronEyeView) -> dict[str, str]:
    return {entry.text: entry.strong for entry in view.legend.entries}


def changed(snapshot: Snapshot, **values) -> Snapshot:
    sample = dataclasses.replace(snapshot.readings[NAME], **values)
    return dataclasses.replace(snapshot, readings={NAME: sample})


def test_f_and_its_slope_are_drawn_over_a_range_that_holds_all_z(bench) -> None:
    snapshot = run("tanh", gain=5.0)
    view = drawn(bench, snapshot)
    sample, chart = snapshot.readings[NAME], view.chart
    left, right, bottom, top = chart.home
    assert left <= sample.low < -AROUND
    assert right >= sample.high > AROUND
    assert (chart.f.xs[0], chart.f.xs[-1]) == (left, right)
    assert numpy.array_equal(chart.f.ys, numpy.tanh(chart.f.xs))
    assert numpy.array_equal(chart.slope.ys, ACTIVATIONS["tanh"].derivative(chart.f.xs))
    assert bottom < -1.0 < 1.0 < top
    assert numpy.array_equal(chart.bars.counts, sample.counts)


def test_the_mean_gate_is_written_as_measured(bench) -> None:  # row 8.3
    snapshot = run("tanh", "sigmoid", layer=2)
    view = drawn(bench, snapshot)
    tape = snapshot.problem.network.forward(snapshot.theta, snapshot.problem.objective.x)
    gate = numpy.mean(ACTIVATIONS["sigmoid"].derivative(tape.z(2)))
    assert legend(view)["mean gate E[f′(z)]"] == short(gate)
    assert "z of layer 2" in legend(view)


@pytest.mark.parametrize("fed_by", ["sigmoid", "relu", "tanh"])
def test_the_sign_test_is_written(bench, fed_by) -> None:  # row 9.5
    words = legend(drawn(bench, run(fed_by, "tanh", layer=2)))
    assert (words["weight gradients of one sign"] == "100 %") == (fed_by != "tanh")
    assert (float(words["mean input"].replace("−", "-")) > 0.2) == (fed_by != "tanh")


def test_where_the_slope_is_below_5_percent_it_is_shaded(bench) -> None:
    low, high = drawn(bench, run("tanh")).chart.zones.zones
    edge = numpy.arctanh(numpy.sqrt(0.95))
    assert (low[1], high[0]) == pytest.approx((-edge, edge), abs=0.1)
    assert drawn(bench, run("relu")).chart.zones.zones == [(-4.0, 0.0)]
    view = drawn(bench, run("linear"))
    assert view.chart.zones.zones == []
    assert "f′ below 5 %" not in legend(view)
    assert runs(numpy.arange(4.0), numpy.array([True, False, True, True])) == [(0.0, 0.0), (2.0, 3.0)]


def test_few_numbers_are_drawn_one_by_one_and_of_many_some(bench) -> None:
    assert len(drawn(bench, run("tanh", unit=(1, 2))).chart.bars.rug) == 100
    assert run("tanh").readings[NAME].z.size > FEW
    rug, z = drawn(bench, run("tanh")).chart.bars.rug, run("tanh").readings[NAME].z
    assert len(rug) == FEW
    assert (rug[0], rug[-1]) == (numpy.min(z), numpy.max(z))
    assert numpy.all(numpy.isin(rug, z))


def test_hovering_tells_f_its_slope_and_how_many_z_are_there(bench) -> None:
    snapshot = run("tanh")
    view = drawn(bench, snapshot)
    sample = snapshot.readings[NAME]
    place = int(numpy.argmax(sample.counts))
    text = bench.hover(view.chart, numpy.mean(sample.edges[place : place + 2]), 0.5)
    assert "f(z) " in text
    assert "f′(z) " in text
    assert f"{int(sample.counts[place])} of {sample.z.size} z" in text
    assert f"from {full(sample.edges[place])}" in text
    assert " z (" not in bench.hover(view.chart, -3.95, 0.5)


def test_functions_without_end_leave_the_picture_so_that_the_slope_stays_legible(bench) -> None:
    view = drawn(bench, run("relu", gain=20.0))
    assert view.chart.home[1] > CEILING
    assert CEILING < view.chart.home[3] < 1.2 * CEILING


def test_thresholds_jump_and_softmax_has_no_curve(bench) -> None:
    view = drawn(bench, run("threshold", steps=1))
    assert numpy.isnan(view.chart.f.ys).sum() == 1
    assert legend(view)["mean gate E[f′(z)]"] == "0"
    regions = Experiment(
        data=DataSpec("regions", size=100), network=NetworkSpec((LayerSpec(4),), OutputSpec("softmax"))
    )
    regions = replace(regions, training=replace(regions.training, loss="categorical_cross_entropy"))
    job = TrainingJob(resolve(regions))
    view = drawn(bench, take_snapshot(job, Watch(NeuronEyeView.readings, layer=2)))
    assert numpy.isnan(view.chart.f.ys).all()
    assert "softmax needs all units' z: no curve" in legend(view)
    assert len(view.numbers()[0]) == 5
    assert "f(z)" not in bench.hover(view.chart, 0.0, 0.5)


def test_what_is_no_number_is_counted_and_said(bench) -> None:
    snapshot = run("tanh")
    z = snapshot.readings[NAME].z.copy()
    z[:10, 0] = numpy.nan
    view = drawn(bench, changed(snapshot, z=z))
    assert legend(view)["not finite:"] == "10 of 600 z"
    assert view.chart._message.text() == ""
    nothing = changed(snapshot, z=numpy.full_like(z, numpy.inf), counts=numpy.zeros(40), mean_gate=numpy.nan)
    view.draw(nothing)
    bench.picture(view)
    assert "No pre-activation" in view.chart._message.text()
    assert legend(view)["mean gate E[f′(z)]"] == "NaN"


def test_the_range_is_round_and_seldom_changes() -> None:
    sample = run("tanh").readings[NAME]

    def ends(low: float, high: float) -> tuple[float, float]:
        return z_range(dataclasses.replace(sample, z=numpy.array([[low], [high]])))

    assert ends(-0.1, 0.1) == (-4.0, 4.0)
    assert ends(-5.0, 11.0) == (-6.0, 20.0)
    assert ends(1.0, 1e300) == (-4.0, 1e300)


def test_choosing_tells_once_and_being_told_is_silent(bench) -> None:
    view = drawn(bench, run("tanh", "tanh"))
    told = []
    view.unit_selected.connect(lambda *args: told.append(args))
    view.show_unit(2, 3)
    assert view.choice.selection == (2, 3)
    view.show_unit(2, None)
    assert view.choice.selection == (2, ALL_UNITS)
    assert told == []
    view.choice.unit.setFocus()
    QTest.keyClick(view.choice.unit, Qt.Key.Key_Up)
    QTest.keyClick(view.choice.layer, Qt.Key.Key_Down)
    assert told == [(2, 0), (3, ALL_UNITS)]


def test_a_selection_that_no_longer_exists_is_dropped_quietly(bench) -> None:
    view = drawn(bench, run("tanh", "tanh", unit=(2, 5)))
    told = []
    view.unit_selected.connect(lambda *args: told.append(args))
    view.show_unit(2, 5)
    view.show_unit(7, 0)
    assert view.choice.selection == (2, 5)
    view.draw(run("tanh", unit=(2, 5)))  # layer 2 has one unit now
    assert view.choice.selection == (2, ALL_UNITS)
    assert "z of layer 1" in legend(view)
    assert told == []


def test_the_table_is_the_histogram(bench) -> None:
    snapshot = run("tanh")
    view = drawn(bench, snapshot)
    table = view.numbers()
    assert table[0] == ("layer", "unit", "z from", "z to", "count", "f(z) in the middle", "f'(z) in the middle")
    assert {row[:2] for row in table[1:]} == {("1", "all")}
    assert sum(float(row[4]) for row in table[1:]) == snapshot.readings[NAME].z.size
    head, *curve = view.more_numbers()["curves"]
    assert head == ("z", "f(z)", "f'(z)")
    assert [float(row[1]) for row in curve] == pytest.approx([math.tanh(float(row[0])) for row in curve])


def test_another_theme_and_back_gives_the_same_pixels(bench) -> None:
    view = drawn(bench, run("relu", unit=(1, 0)))
    before = bench.picture(view)
    view.set_theme(DARK)
    assert bench.picture(view) != before
    view.set_theme(LIGHT)
    assert bench.picture(view) == before


def test_before_anything_was_read_nothing_is_drawn(bench) -> None:
    view = NeuronEyeView()
    bench.show(view)
    assert view.numbers() == []
    assert bench.hover(view.chart, 0.5, 0.5) == ""
    view.draw(dataclasses.replace(run("tanh"), readings={}))
    assert view.numbers() == []
    assert view.choice.layer.count() == 2
    assert view.chart._message.text() == COMING
    view.draw(run("tanh"))
    view.draw(dataclasses.replace(run("tanh"), readings={}))
    assert view.chart._message.text() == "", "what was read before stays until the next comes"


@pytest.mark.parametrize("name", ["relu", "leaky_relu"])
def test_a_slope_that_jumps_is_drawn_with_a_gap_not_as_a_ramp(bench, name) -> None:
    chart = drawn(bench, run(name)).chart
    z, slope = chart.slope.xs, chart.slope.ys
    assert numpy.isnan(slope[z == 0.0]).all()
    low = ACTIVATIONS[name].derivative(numpy.array([-1.0]))[0]
    assert numpy.all(slope[z < 0.0] == low)
    assert numpy.all(slope[z > 0.0] == 1.0)
    assert numpy.abs(z[z != 0.0]).min() < 1e-6
    assert numpy.isfinite(chart.f.ys).all()


def test_a_slope_without_a_jump_has_no_gap(bench) -> None:
    assert numpy.isfinite(drawn(bench, run("gelu")).chart.slope.ys).all()
