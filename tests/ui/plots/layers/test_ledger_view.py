import math
from dataclasses import replace as replaced

import numpy

from nnviz.engine.diagnostics import STATISTICS
from nnviz.engine.ledger import ledger
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import LayerSpec, NetworkSpec, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.ui.plots.charts.wording import full, plain
from nnviz.ui.plots.layers.ledger_view import NOTHING_YET, ONE_LAYER, LedgerView, decades, way
from nnviz.ui.theme import DARK, LIGHT


def test_bars_are_the_ledger_and_the_legend_sums_it(bench) -> None:
    snapshot = bench.shot(bench.job(hidden=(4, 3, 5)))
    view = bench.drawn(LedgerView, snapshot)
    moment = snapshot.moment
    shares = ledger(moment.statistic("delta_rms"), moment.statistic("signal_before_gate"))
    assert numpy.array_equal(view.chart.bars.shares.weights, shares.weights)
    assert numpy.array_equal(view.chart.bars.shares.activations, shares.activations)
    assert numpy.allclose(shares.weights + shares.activations, shares.total, atol=1e-12)
    texts = [(entry.text, entry.strong) for entry in view.legend.entries]
    assert texts == [
        ("tanh′", decades(float(shares.activations.sum()))),
        ("weights", decades(float(shares.weights.sum()))),
        ("together, output to layer 1", decades(float(shares.total.sum()))),
    ]
    assert view.numbers()[2] == (
        "2",
        *(plain(float(part[1])) for part in (shares.weights, shares.activations, shares.total)),
    )


def color_at(bench, view, layer: float, value: float) -> str:
    picture, ratio = bench.picture(view), view.devicePixelRatioF()
    place = view.chart.mapTo(view, view.chart.pixel_of(layer, value))
    return picture.pixelColor(round(place.x() * ratio), round(place.y() * ratio)).name()


def with_shares(snapshot, weights: list[float], activations: list[float]):
    """The snapshot as if the layers' shares were these: RMS of delta 1 at the output."""
    layers = snapshot.moment.layers.copy()
    delta = 1.0
    layers[-1, STATISTICS.index("delta_rms")] = delta
    for l in range(len(weights) - 1, -1, -1):
        layers[l, STATISTICS.index("signal_before_gate")] = delta * 10.0 ** weights[l]
        delta *= 10.0 ** (weights[l] + activations[l])
        layers[l, STATISTICS.index("delta_rms")] = delta
    return replaced(snapshot, moment=replaced(snapshot.moment, layers=layers))


def test_shares_of_one_sign_stand_on_each_other_and_of_two_signs_on_either_side(bench) -> None:
    snapshot = with_shares(bench.shot(bench.job(hidden=(4, 3, 5))), [-1.0, 2.0, -1.0], [-2.0, -1.0, 1.5])
    view = bench.drawn(LedgerView, snapshot)
    expected = [((0.0, -2.0), (-2.0, -3.0)), ((0.0, -1.0), (0.0, 2.0)), ((0.0, 1.5), (0.0, -1.0))]
    for layer, (gate, weights) in enumerate(expected):
        assert numpy.allclose(view.chart.bars.pieces()[layer], (gate, weights))
        for token, (start, end) in ((LIGHT.negative, gate), (LIGHT.positive, weights)):
            for part, inside in ((0.2, True), (0.8, True), (1.3, False)):
                seen = color_at(bench, view, layer - 0.2, start + part * (end - start))
                assert (seen == token) == inside
    # The mark of the sum reaches beyond its bar.
    _, _, bottom, top = view.chart.home
    pixel = (top - bottom) / view.chart.mapping().height
    assert LIGHT.text in {color_at(bench, view, 0.38, -3.0 + shift * pixel) for shift in (-1.5, -0.75, 0.0, 0.75, 1.5)}


def test_over_steps_it_is_the_sum_over_the_layers_and_closes(bench) -> None:
    snapshot = bench.shot(bench.job(hidden=(4, 3, 5)))
    view = bench.drawn(LedgerView, snapshot, "lines")
    delta = snapshot.curves.statistic("delta_rms")
    gates, weights, together = (curve.ys for curve in view.lines.course.curves)
    assert numpy.allclose(together[1:], numpy.log10(delta[1:, 0] / delta[1:, -1]), atol=1e-12)
    assert numpy.allclose(gates[1:] + weights[1:], together[1:], atol=1e-12)
    assert math.isnan(together[0])
    said = bench.hover(view.lines, 20.0, -0.1)
    assert f"together {full(float(together[20]))} decades" in said
    table = view.numbers()
    assert table[0] == ("step", "from the activation (log10)", "from the weights (log10)", "together (log10)")
    assert table[21] == ("20", plain(gates[20]), plain(weights[20]), plain(together[20]))


def test_a_change_on_the_way_is_said_where_it_was_made(bench) -> None:
    job = bench.job(steps=20)
    job.tune(replace(job.training, learning_rate=0.5))
    job.advance(20)
    assert "0.5" in bench.hover(bench.drawn(LedgerView, bench.shot(job), "lines").lines, 20.0, -0.1)


def test_the_way_is_what_is_known_of_it() -> None:
    assert way(numpy.array([math.nan, -math.inf, 1.0])) == -math.inf
    assert way(numpy.array([math.nan, 0.5, 1.0])) == 1.5
    assert math.isnan(way(numpy.array([math.nan])))
    assert decades(math.nan) == "not yet known"


def test_a_share_that_rounds_to_nothing_has_no_sign() -> None:
    assert [decades(value) for value in (-0.001, 0.0, 0.004, 0.5)] == ["0.00", "0.00", "0.00", "+0.50"]


def test_the_readout_has_every_digit(bench) -> None:
    view = bench.drawn(LedgerView, bench.shot(bench.job()))
    said = bench.hover(view.chart, 1.0, -0.5)
    assert said.startswith("from layer 3 back to layer 2")
    assert f"together {plain(float(view.shares.total[1]))} decades" in said


def test_where_nothing_passes_the_bar_goes_to_the_floor_crossed(bench) -> None:
    snapshot = bench.shot(bench.job(hidden=(4, 3)))
    layers = snapshot.moment.layers
    layers[0, 4] = 0.0  # RMS of delta_1
    view = bench.drawn(LedgerView, snapshot)
    assert view.shares.activations[0] == -math.inf
    assert view.legend.entries[0].strong == "all of it"
    dead = LIGHT.color("dead").name()
    picture, ratio = bench.picture(view), view.devicePixelRatioF()
    _, _, bottom, _ = view.chart.home
    place = view.chart.mapTo(view, view.chart.pixel_of(0.0, bottom / 2.0))
    near = {
        picture.pixelColor(round(place.x() * ratio) + x, round(place.y() * ratio) + y).name()
        for x in range(-3, 4)
        for y in range(-3, 4)
    }
    assert dead in near
    assert view.legend.entries[1].strong == decades(float(view.shares.weights.sum())), "the weights are not to blame"
    assert view.legend.entries[2].strong == "all of it"


def test_mixed_activations_are_called_f(bench) -> None:
    network = NetworkSpec((LayerSpec(3, "tanh"), LayerSpec(3, "relu")))
    job = TrainingJob(resolve(replace(bench.job().spec, network=network)))
    job.advance(3)
    assert bench.drawn(LedgerView, bench.shot(job)).legend.entries[0].text == "f′"


def test_before_the_first_step_and_with_one_layer_it_says_so(bench) -> None:
    assert bench.drawn(LedgerView, bench.shot(bench.job(steps=0))).chart._message.text() == NOTHING_YET
    view = bench.drawn(LedgerView, bench.shot(bench.job(hidden=())))
    assert view.chart._message.text() == ONE_LAYER
    assert view.numbers() == [("layer", "from the weights (log10)", "from the activation (log10)", "together (log10)")]


def test_another_theme_and_back_gives_the_same_pixels(bench) -> None:
    for form in ("bars", "lines"):
        view = bench.drawn(LedgerView, bench.shot(bench.job()), form)
        before = bench.picture(view)
        view.set_theme(DARK)
        assert bench.picture(view) != before
        view.set_theme(LIGHT)
        assert bench.picture(view) == before
