import math

import numpy

from nnviz.engine.ledger import ledger
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import LayerSpec, NetworkSpec, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.ui.plots.ledger_view import NOTHING_YET, ONE_LAYER, LedgerView, decades
from nnviz.ui.plots.wording import plain
from nnviz.ui.theme import DARK, LIGHT


def drawn(bench, snapshot) -> LedgerView:
    view = LedgerView()
    bench.show(view)
    view.draw(snapshot)
    return view


def test_bars_are_the_ledger_and_the_legend_sums_it(bench) -> None:
    snapshot = bench.shot(bench.job(hidden=(4, 3, 5)))
    view = drawn(bench, snapshot)
    moment = snapshot.moment
    shares = ledger(moment.statistic("delta_rms"), moment.statistic("signal_before_gate"))
    assert numpy.array_equal(view.bars.shares.weights, shares.weights)
    assert numpy.array_equal(view.bars.shares.activations, shares.activations)
    assert numpy.allclose(shares.weights + shares.activations, shares.total, atol=1e-12)
    texts = [(entry.text, entry.strong) for entry in view.legend.entries]
    assert texts == [
        ("tanh′", decades(float(shares.activations.sum()))),
        ("weights", decades(float(shares.weights.sum()))),
        ("from output to layer 1", decades(float(shares.total.sum()))),
    ]
    assert view.numbers()[2] == (
        "2",
        *(plain(float(part[1])) for part in (shares.weights, shares.activations, shares.total)),
    )


def test_each_bar_reaches_from_zero_to_its_share(bench) -> None:
    view = drawn(bench, bench.shot(bench.job(hidden=(4, 3, 5))))
    picture, ratio = bench.picture(view), view.devicePixelRatioF()
    for layer, share in enumerate(view.shares.activations):
        for part, inside in ((0.5, True), (1.3, False)):
            place = view.chart.mapTo(view, view.chart.pixel_of(layer - 0.18, part * float(share)))
            color = picture.pixelColor(round(place.x() * ratio), round(place.y() * ratio)).name()
            assert (color == LIGHT.negative) == inside


def test_the_readout_has_every_digit(bench) -> None:
    view = drawn(bench, bench.shot(bench.job()))
    said = bench.hover(view.chart, 1.0, -0.5)
    assert said.startswith("from layer 3 back to layer 2")
    assert f"together {plain(float(view.shares.total[1]))} decades" in said


def test_where_nothing_passes_the_bar_goes_to_the_floor_crossed(bench) -> None:
    snapshot = bench.shot(bench.job(hidden=(4, 3)))
    layers = snapshot.moment.layers
    layers[0, 4] = 0.0  # RMS of delta_1
    view = drawn(bench, snapshot)
    assert view.shares.activations[0] == -math.inf
    assert view.legend.entries[0].strong == "everything"
    dead = LIGHT.color("dead").name()
    picture, ratio = bench.picture(view), view.devicePixelRatioF()
    _, _, bottom, _ = view.chart.home
    place = view.chart.mapTo(view, view.chart.pixel_of(-0.18, bottom / 2.0))
    near = {
        picture.pixelColor(round(place.x() * ratio) + x, round(place.y() * ratio) + y).name()
        for x in range(-3, 4)
        for y in range(-3, 4)
    }
    assert dead in near


def test_mixed_activations_are_called_f(bench) -> None:
    network = NetworkSpec((LayerSpec(3, "tanh"), LayerSpec(3, "relu")))
    job = TrainingJob(resolve(replace(bench.job().spec, network=network)))
    job.advance(3)
    assert drawn(bench, bench.shot(job)).legend.entries[0].text == "f′"


def test_before_the_first_step_and_with_one_layer_it_says_so(bench) -> None:
    assert drawn(bench, bench.shot(bench.job(steps=0))).chart._message.text() == NOTHING_YET
    view = drawn(bench, bench.shot(bench.job(hidden=())))
    assert view.chart._message.text() == ONE_LAYER
    assert view.numbers() == [("layer", "weights, decades", "activation, decades", "sum, decades")]


def test_another_theme_and_back_gives_the_same_pixels(bench) -> None:
    view = drawn(bench, bench.shot(bench.job()))
    before = bench.picture(view)
    view.set_theme(DARK)
    assert bench.picture(view) != before
    view.set_theme(LIGHT)
    assert bench.picture(view) == before
