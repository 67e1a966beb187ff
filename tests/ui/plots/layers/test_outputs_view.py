"""The layers' outputs over the steps: what the lecture says of them, and the recorded numbers to the last digit."""

import dataclasses

import numpy
import pytest

from nnviz.experiment.files import load_experiment
from nnviz.experiment.history_table import STATISTIC_HEADINGS
from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import Ghost, Snapshot
from nnviz.experiment.specification import InitializerSpec, LayerSpec, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.resources import resource
from nnviz.ui.plots.charts.ghost_curves import pale
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.plots.layers.output_lines import LEAST
from nnviz.ui.plots.layers.outputs_view import QUANTITIES, OutputsView
from nnviz.ui.theme import DARK, LIGHT


def of(bench, activation: str, steps: int = 40, layers: int = 3) -> Snapshot:
    """A run of wide hidden layers of one activation, with the weights that fit it."""
    weights = InitializerSpec("he_normal" if activation == "relu" else "glorot_normal")
    spec = bench.job(steps=0).spec
    hidden = (LayerSpec(16, activation, weights=weights),) * layers
    job = TrainingJob(resolve(replace(spec, network=replace(spec.network, hidden=hidden))))
    job.advance(steps)
    return bench.shot(job)


def heights(view: OutputsView) -> numpy.ndarray:
    """What is drawn, (R, L)."""
    return numpy.stack([curve.ys for curve in view.lines.course.curves], axis=1)


def test_sigmoids_are_centred_on_a_half_and_tanhs_on_zero(bench) -> None:
    sigmoid, tanh = (heights(bench.drawn(OutputsView, of(bench, name)))[1:, :-1] for name in ("sigmoid", "tanh"))
    assert numpy.all(sigmoid > 0.0)
    assert numpy.all(numpy.abs(sigmoid - 0.5) < 0.15)
    assert numpy.all(numpy.abs(tanh) < 0.15)


def test_about_half_of_what_relu_gives_is_zero_at_the_start_and_nothing_of_tanh(bench) -> None:
    job = TrainingJob(resolve(load_experiment(resource("presets", "rescued.nnviz"))))
    job.advance(1)
    shares = heights(bench.drawn(OutputsView, bench.shot(job), "zero_share"))[1]
    assert all(activation.name == "relu" for activation in job.problem.network.activations[:-1])
    # Eight units a layer: the deeper, the fewer of them differ from each other.
    assert abs(float(shares[0]) - 0.5) < 0.1
    assert abs(float(numpy.mean(shares[:-1])) - 0.5) < 0.1
    assert not heights(bench.drawn(OutputsView, of(bench, "tanh"), "zero_share"))[1:].any()


def test_the_mean_is_that_of_the_layers_outputs_worked_out_again(bench) -> None:
    """One step over all examples: the outputs of the initial weights, by a plain forward pass."""
    spec = bench.job(steps=0).spec
    job = TrainingJob(resolve(replace(spec, training=replace(spec.training, batch_size=None))))
    layout, a = job.problem.network.layout, job.problem.objective.x
    job.advance(1)
    view = bench.drawn(OutputsView, bench.shot(job))
    for l in (1, 2):
        z = a @ layout.weights(job.problem.theta_0, l) + layout.biases(job.problem.theta_0, l)
        a = numpy.tanh(z)
        assert heights(view)[1, l - 1] == pytest.approx(a.mean(), abs=1e-12)
        view.form.choose("a_std")
        view.redraw()
        assert heights(view)[1, l - 1] == pytest.approx(a.std(), abs=1e-12)
        view.form.choose("a_mean")
        view.redraw()


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_lines_table_legend_and_readout_are_the_record(bench, quantity: str) -> None:
    snapshot = bench.shot(bench.job())
    view = bench.drawn(OutputsView, snapshot, quantity)
    recorded = snapshot.curves.statistic(quantity)
    assert numpy.array_equal(heights(view), recorded, equal_nan=True)
    assert [curve.color for curve in view.lines.course.curves] == [LIGHT.layer_color(l, 3) for l in (1, 2, 3)]
    table = view.numbers()
    assert table[0] == ("step", *(f"layer {l}: {STATISTIC_HEADINGS[quantity]}" for l in (1, 2, 3)))
    assert table[-1] == ("60", *(plain(value) for value in recorded[-1]))
    assert [entry.strong for entry in view.legend.entries[:3]] == [short(value, 3) for value in recorded[-1]]
    assert view.lines.left.name == QUANTITIES[quantity].title
    said = bench.hover(view.lines, 20.0, sum(view.lines.home[2:]) / 2)
    assert f"layer 2: {full(float(recorded[20, 1]))}" in said
    low, high = view.lines.home[2:]
    assert low < min(0.0, float(numpy.nanmin(recorded)))
    assert high > max(LEAST, float(numpy.nanmax(recorded)))


def test_a_click_chooses_another_quantity(bench) -> None:
    snapshot = bench.shot(bench.job())
    view = bench.drawn(OutputsView, snapshot)
    view.form.button("saturated_share").click()
    assert numpy.array_equal(heights(view), snapshot.curves.statistic("saturated_share"), equal_nan=True)
    assert view.lines.home[3] > 1.0, "a share is seen against all"
    assert all(view.form.button(key).toolTip() for key in QUANTITIES)


def test_before_the_first_step_it_says_what_will_be_seen(bench) -> None:
    view = bench.drawn(OutputsView, bench.shot(bench.job(steps=0)), "zero_share")
    assert "Press Play" in view.lines._message.text()
    assert "half of a ReLU's outputs" in view.lines._message.text()
    assert [entry.strong for entry in view.legend.entries] == ["", "", ""]
    assert OutputsView().numbers() == []


def test_a_change_on_the_way_is_said_where_it_was_made(bench) -> None:
    job = bench.job(steps=20)
    job.tune(replace(job.training, learning_rate=0.5))
    job.advance(20)
    view = bench.drawn(OutputsView, bench.shot(job))
    assert "0.5" in bench.hover(view.lines, 20.0, sum(view.lines.home[2:]) / 2)


def test_the_former_run_is_pale_and_compared_where_it_has_the_same_layers(bench) -> None:
    former, own = of(bench, "sigmoid"), of(bench, "tanh")
    view = bench.drawn(OutputsView, dataclasses.replace(own, ghost=Ghost.of(former, "sigmoids")))
    then = former.curves.statistic("a_mean")
    assert [curve.color for curve in view.lines.course.ghosts.curves] == [
        pale(LIGHT.layer_color(l, 4)) for l in range(1, 5)
    ]
    assert numpy.array_equal(view.lines.course.ghosts.curves[0].ys, then[:, 0], equal_nan=True)
    middle = sum(view.lines.home[2:]) / 2
    assert f"(before: {short(float(then[20, 0]))})" in bench.hover(view.lines, 20.0, middle)
    view.draw(dataclasses.replace(own, ghost=Ghost.of(of(bench, "sigmoid", layers=1), "sigmoids")))
    assert len(view.lines.course.ghosts.curves) == 2
    assert "before" not in bench.hover(view.lines, 21.0, middle)


def test_numbers_that_are_not_finite_or_hardly_so_leave_a_range(bench) -> None:
    snapshot = bench.shot(bench.job())
    layers = snapshot.curves.layers.copy()
    layers[10:20], layers[20:30], layers[30:40], layers[40] = numpy.nan, numpy.inf, 1.7e308, -1.7e308
    curves = dataclasses.replace(snapshot.curves, layers=layers)
    view = bench.drawn(OutputsView, dataclasses.replace(snapshot, curves=curves))
    assert numpy.all(numpy.isfinite(view.lines.home))
    assert "NaN" in bench.hover(view.lines, 15.0, 0.0)
    bench.picture(view)


def test_many_layers_are_named_by_a_few_and_read_one_at_a_time(bench) -> None:
    snapshot = bench.shot(bench.job(steps=3, hidden=(2,) * 20))
    view = bench.drawn(OutputsView, snapshot, "a_std")
    texts = [entry.text for entry in view.legend.entries]
    assert (texts[0], texts[-1], len(texts)) == ("layer 1", "output", 5)
    assert len(bench.hover(view.lines, 2.0, 0.05).splitlines()) == 2
    bench.picture(view)


def test_another_depth_afterwards_has_as_many_lines(bench) -> None:
    view = bench.drawn(OutputsView, bench.shot(bench.job(hidden=(5, 3))))
    first = list(view.lines.course.curves)
    view.draw(bench.shot(bench.job(steps=70, hidden=(5, 3))))
    assert view.lines.course.curves == first, "the lines of a run are made once"
    view.draw(bench.shot(bench.job(hidden=())))
    assert len(view.lines.course.curves) == 1
    assert view.numbers()[0] == ("step", "layer 1: mean of the outputs")


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_another_theme_and_back_gives_the_same_pixels(bench, quantity: str) -> None:
    view = bench.drawn(OutputsView, bench.shot(bench.job()), quantity)
    before = bench.picture(view)
    view.set_theme(DARK)
    assert bench.picture(view) != before
    view.set_theme(LIGHT)
    assert bench.picture(view) == before
