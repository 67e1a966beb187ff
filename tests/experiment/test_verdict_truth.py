"""The why-line never contradicts the numbers beside it: 200 experiments as chance has them."""

import math
import re

import numpy
import pytest

from nnviz.engine import ACTIVATIONS, INITIALIZERS
from nnviz.engine.symmetry import unit_classes
from nnviz.experiment.culprit import GATES, INPUTS, WEIGHTS, culprits, first_over_last, in_words
from nnviz.experiment.evidence import Evidence
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
)
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.verdict import (
    DEAD_SHARE,
    EXPLODING,
    STUCK,
    VANISHING,
    judge,
)


def job(spec: Experiment) -> TrainingJob:
    return TrainingJob(resolve(spec))


def random_experiment(number: int) -> Experiment:
    """Data, depth, widths, activations, weights, scale and rate as chance has them."""
    rng = numpy.random.default_rng(number)
    source = rng.choice(["circle", "spiral", "xor", "rings", "regions", "sine", "plane", "houses"])
    output, loss = {
        "rings": ("softmax", "categorical_cross_entropy"), "sine": ("linear", "squared_error"),
        "plane": ("linear", "squared_error"), "houses": ("linear", "squared_error"),
    }.get(source, ("sigmoid", "binary_cross_entropy"))  # fmt: skip
    if rng.random() < 0.15:
        output, loss = str(rng.choice(["linear", "tanh", "sigmoid", "relu"])), "squared_error"
    hidden = [name for name in ACTIVATIONS if name != "softmax"]

    def weights() -> InitializerSpec:
        name = str(rng.choice(list(INITIALIZERS)))
        return InitializerSpec(name, float(10.0 ** rng.uniform(-3, 1)) if rng.random() < 0.4 else None)

    same = rng.random() < 0.6
    activation, initializer = str(rng.choice(hidden)), weights()
    layers = tuple(
        LayerSpec(
            int(rng.integers(1, 13)),
            activation if same else str(rng.choice(hidden)),
            weights=initializer if same else weights(),
        )
        for _ in range(rng.integers(0, 7))
    )
    return Experiment(
        seed=number,
        data=DataSpec(str(source), size=60, standardize=rng.random() < 0.8, standardize_target=rng.random() < 0.8),
        network=NetworkSpec(layers, OutputSpec(output, weights=weights())),
        training=TrainingSpec(
            loss=loss,
            optimizer=str(rng.choice(["gradient_descent", "gradient_descent", "adam", "momentum"])),
            learning_rate=float(10.0 ** rng.uniform(-4, 1)),
            batch_size=None if rng.random() < 0.4 else int(rng.integers(1, 20)),
        ),
    )


@pytest.mark.parametrize("tens", range(20))
def test_no_sentence_contradicts_the_numbers_beside_it(tens: int) -> None:
    for number in range(10 * tens, 10 * tens + 10):
        live = job(random_experiment(number))
        for step in (0, 1, 3, 40):
            live.advance(step - live.step)
            check(live)


def check(live: TrainingJob) -> None:
    """The verdict against what was measured, by hand."""
    moment = live.moment()
    found, evidence = judge(live, moment), Evidence(live, moment, live.curves())
    sentence, units = found.sentence, live.problem.network.sizes
    numbers = [sentence for word in ("nan", "inf ", "inf,", "inf.", "None") if word in sentence]
    assert not numbers
    assert sentence.endswith((".", "overshoots."))
    rms = numpy.array([moment.statistic("gradient_W_rms")])
    past = live.curves().statistic("gradient_W_rms")[1:][-15:]
    first, last = numpy.median(past, axis=0)[[0, -1]] if len(past) else rms[0, [0, -1]]
    if found.code == "vanishing":
        assert first <= 10.0**VANISHING * last
        parts = culprits(evidence, first_over_last(evidence))
        if all(math.isfinite(value) for value in parts.values()):
            leading = next(iter(parts))
            assert parts[leading] == min(parts.values()) < 0.0
            named = {GATES: "", WEIGHTS: "; weights cost", INPUTS: "; the size of the layers' inputs costs"}
            assert named[leading] in sentence
    elif found.code == "exploding":
        assert math.isfinite(first / last)
        assert first >= 10.0**EXPLODING * last
        assert in_words(evidence, culprits(evidence, math.log10(first / last))) in sentence
    elif found.code == "dead":
        count, n, l = (int(text) for text in re.match(r"Dead units: (\d+) of (\d+) in layer (\d+) ", sentence).groups())
        assert (count, n) == (moment.dead[l - 1].sum(), units[l])
        assert count / n >= DEAD_SHARE
    elif found.code == "symmetric":
        l, n, distinct = (int(text) for text in re.match(r"Layer (\d+) has (\d+) units, (\d+) ", sentence).groups())
        assert n == units[l]
        assert distinct == unit_classes(live.problem.network.layout, live.trainer.theta, l).max() + 1 <= n / 2
    elif found.code == "saturated":
        share, l = (int(text) for text in re.match(r"Saturated: about (\d+)% of layer (\d+)", sentence).groups())
        recent = live.curves().statistic("saturated_share")[1:][-15:, l - 1]
        assert share == round(100 * float(numpy.median(recent)))
        assert moment.train_cost > STUCK * live.curves().column("train_cost")[0]
    elif found.code in ("learning", "unsettled") and "since" in sentence:
        step = int(re.search(r"since step ([\d,]+)", sentence)[1].replace(",", ""))
        assert moment.train_cost <= live.curves().until(step).column("train_cost")[-1]
    elif found.code == "rising":
        assert moment.train_cost > 3.0 * live.curves().column("train_cost").min()
    elif found.code == "diverged":
        assert live.status == "diverged"
    elif found.code == "threshold":
        names = [activation.name for activation in live.problem.network.activations]
        assert names[int(re.search(r"in layer (\d+)", sentence)[1]) - 1] == "threshold"
