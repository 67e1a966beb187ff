"""The why-line is right: each preset of a phenomenon gets its verdict and its cure, healthy ones get no alarm."""

import math
import re
from functools import cache

import numpy
import pytest

from nnviz.engine.curvature import sharpness
from nnviz.engine.symmetry import unit_classes
from nnviz.experiment import remedies
from nnviz.experiment.culprit import GATES, WEIGHTS, culprits, first_over_last, power
from nnviz.experiment.evidence import Evidence
from nnviz.experiment.files import load_experiment
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    StopSpec,
    TrainingSpec,
    WeightEdit,
    replace,
)
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.verdict import (
    EDGE_MOMENTS,
    EXPLODING,
    RULES,
    SATURATED_SHARE,
    Verdict,
    judge,
)
from nnviz.resources import resource

SPEC = Experiment(
    data=DataSpec("circle", size=100), network=NetworkSpec((LayerSpec(4),)), training=TrainingSpec(learning_rate=0.3)
)
LINE = replace(
    SPEC,
    data=DataSpec("sine", size=60, standardize_target=True),
    network=NetworkSpec((LayerSpec(5),), OutputSpec("linear")),
    training=TrainingSpec(loss="squared_error", learning_rate=0.05),
)
HARMLESS = {"ready", "learning", "unsettled", "plateau", "finished", "linear", "edge"}


def job(spec: Experiment = SPEC, steps: int = 0) -> TrainingJob:
    made = TrainingJob(resolve(spec))
    made.advance(steps)
    return made


def preset(stem: str) -> Experiment:
    return load_experiment(resource("presets", f"{stem}.nnviz"))


@cache
def ran(stem: str, steps: int) -> TrainingJob:
    """A preset's run; tests that share one only look."""
    return job(preset(stem), steps)


def verdict(live: TrainingJob) -> Verdict:
    return judge(live, live.moment())


def evidence(live: TrainingJob) -> Evidence:
    return Evidence(live, live.moment(), live.curves())


def decades_said(sentence: str, whose: str) -> float:
    """The number that the sentence gives for a part, costs negative."""
    does, number = re.search(rf"{whose} (costs?|adds?) (\d+\.\d)", sentence).groups()
    return float(number) * (-1.0 if does.startswith("cost") else 1.0)


HEALTHY = ["spiral", "circle", "xor", "rings", "regions", "sine", "hills", "houses", "iris", "penguins", "digits"]
HEALTHY += ["rescued", "leaky"]


# Each phenomenon has its preset, its verdict and its cure


PHENOMENA = {
    "vanishing": (200, "vanishing", "bad", 0.8),
    "exploding": (60, "exploding", "bad", 1.0),
    "collapse": (60, "vanishing", "bad", 1.0),
    "dying": (200, "dead", "bad", 1.01),
    "zeros": (1000, "symmetric", "bad", 0.9),
    "threshold": (500, "threshold", "bad", 1.0),
    "saturated": (500, "saturated", "warning", 1.0),
    "wrong_pair": (300, "mismatch", "warning", None),
    "edge": (1000, "edge", "calm", None),
    "deep_linear": (50, "linear", "calm", None),
    "too_fast": (1000, "diverged", "bad", 1e-300),
}
"""Steps, code, level, and the share of the cost that is left with the remedy (None: another loss, or no harm done)."""


@pytest.mark.parametrize("stem", PHENOMENA)
def test_a_phenomenon_is_named_and_its_remedy_removes_it(stem: str) -> None:
    steps, code, level, left = PHENOMENA[stem]
    live = ran(stem, steps)
    found = verdict(live)
    assert (found.code, found.level) == (code, level)
    assert found.remedy is not None
    better = job(found.remedy.apply(live.spec, live.problem.task), steps)
    assert verdict(better).code in HARMLESS - {code}
    if left is not None:
        assert better.moment().train_cost < left * live.moment().train_cost


def test_every_rule_is_seen_in_a_preset() -> None:
    elsewhere = {"ready", "learning", "unsettled", "plateau", "finished", "rising"}  # below
    assert len(RULES) == len({code for _, code, _, _ in PHENOMENA.values()} | elsewhere) - 1  # one rule says two


@pytest.mark.parametrize("stem", ["vanishing", "dying", "threshold", "saturated", "zeros", "exploding"])
def test_a_phenomenon_is_named_from_the_first_step_on(stem: str) -> None:
    live = job(preset(stem))
    assert verdict(live).code == ("threshold" if stem == "threshold" else "ready")  # the one that needs no step
    for step in (1, 20):
        live.advance(step - live.step)
        assert verdict(live).code == PHENOMENA[stem][1]


@pytest.mark.parametrize("stem", HEALTHY)
def test_a_healthy_preset_raises_no_alarm(stem: str) -> None:
    live = job(preset(stem))
    for step in (1, 20, 200, 1000, 3000):
        live.advance(step - live.step)
        found = verdict(live)
        assert found.code in HARMLESS, (step, found.sentence)


# The lecture's rows, with their numbers


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize(("weights", "distinct"), [("zeros", 1), ("constant", 1), ("random_normal", 8)])
def test_row_2_2_equal_weights_stay_equal(activation: str, weights: str, distinct: int) -> None:
    network = NetworkSpec(
        (LayerSpec(8, activation, weights=InitializerSpec(weights)),), OutputSpec(weights=InitializerSpec(weights))
    )
    small = DataSpec("circle", size=100)
    live = job(replace(preset("zeros"), data=small, network=network), 2000)
    assert live.moment().statistic("distinct_units")[0] == distinct
    assert unit_classes(live.problem.network.layout, live.trainer.theta, 1).max() + 1 == distinct
    if distinct == 1:
        assert verdict(live).sentence.startswith("Layer 1 has 8 units, 1 distinct:")


def test_row_2_1_a_linear_neuron_learns_the_least_squares_of_the_houses() -> None:
    live = ran("houses", 2000)
    problem = live.problem
    assert problem.network.sizes[1:] == (1,)
    with_ones = numpy.column_stack([problem.objective.x, numpy.ones(len(problem.train))])
    best, *_ = numpy.linalg.lstsq(with_ones, problem.objective.y, rcond=None)
    layout, theta = problem.network.layout, live.trainer.theta
    learned = numpy.vstack([layout.weights(theta, 1), layout.biases(theta, 1)])
    assert live.step == 2000
    assert numpy.abs(best).max() > 0.1
    assert numpy.abs(learned - best).max() < 1e-6


def test_row_8_1_a_deep_linear_network_is_linear_regression() -> None:
    live = ran("deep_linear", 1000)
    problem = live.problem
    with_ones = numpy.column_stack([problem.objective.x, numpy.ones(len(problem.train))])
    best, *_ = numpy.linalg.lstsq(with_ones, problem.objective.y, rcond=None)
    predicted = problem.network.predict(live.trainer.theta, problem.objective.x)
    assert numpy.allclose(predicted, with_ones @ best, atol=1e-4)
    layout, theta = problem.network.layout, live.trainer.theta
    product = numpy.linalg.multi_dot([layout.weights(theta, l) for l in range(1, layout.depth + 1)])
    assert numpy.allclose(product, best[:-1], atol=1e-4)
    assert live.moment().test_score == pytest.approx(ran("houses", 1000).moment().test_score, abs=1e-6)
    assert verdict(live).sentence.startswith("Linear: the 3 hidden layers are linear")
    one = replace(preset("houses"), network=NetworkSpec((LayerSpec(3, "linear"),), OutputSpec("linear")))
    assert verdict(job(one, 3)).sentence.startswith("Linear: the 1 hidden layer is linear")


def test_row_8_2_no_gradient_passes_a_threshold() -> None:
    live = ran("threshold", 500)
    layout = live.problem.network.layout
    for l in (1, 2):
        assert not layout.block(live.trainer.gradient, l).any()
        assert numpy.array_equal(layout.block(live.trainer.theta, l), layout.block(live.problem.theta_0, l))
    assert layout.block(live.trainer.gradient, 3).any()
    assert "in layer 2 have slope 0 everywhere" in verdict(live).sentence
    assert "nothing up to layer 2 learns" in verdict(live).sentence
    output = replace(SPEC, network=replace(SPEC.network, output=OutputSpec("threshold")))
    output = replace(output, training=replace(SPEC.training, loss="squared_error"))
    assert "no weight can learn" in verdict(job(output, 2)).sentence


def test_row_9_4_sigmoids_cost_the_gradient_and_row_9_7_relu_does_not() -> None:
    live = ran("vanishing", 1)
    found, e = verdict(live), evidence(live)
    ratio = first_over_last(e)
    assert -5.5 < ratio < -4.5  # of the order 1e-5
    shares = culprits(e, ratio)
    assert sum(shares.values()) == pytest.approx(ratio)
    assert -0.68 < shares[GATES] / 6 < -0.60  # σ′ ≤ ¼ costs at least log10 4 = 0.60 decades a layer
    assert next(iter(shares)) == GATES
    assert f"layer 1 receives about {power(ratio)} of" in found.sentence
    assert decades_said(found.sentence, "sigmoid′") == pytest.approx(shares[GATES], abs=0.051)
    assert decades_said(found.sentence, "weights") == pytest.approx(shares[WEIGHTS], abs=0.051)
    assert found.remedy is remedies.RELU_AND_HE
    for steps in (1, 200, 1000):
        assert abs(first_over_last(evidence(ran("rescued", steps)))) < 1.0


def test_small_weights_are_named_as_the_culprit() -> None:
    live = ran("collapse", 60)
    found, shares = verdict(live), culprits(evidence(live), first_over_last(evidence(live)))
    assert next(iter(shares)) == WEIGHTS
    assert shares[WEIGHTS] < -20.0 < -0.1 < shares[GATES]
    assert re.search(r"; weights cost \d+\.\d decades, tanh′ costs 0\.0", found.sentence)
    assert found.remedy is remedies.FITTING_WEIGHTS


def test_row_9_10_dead_units_get_nothing_and_never_change_again() -> None:
    live = job(preset("dying"), 200)
    dead, layout = live.moment().dead, live.problem.network.layout
    assert dead[2].all()
    assert verdict(live).sentence.startswith("Dead units: 8 of 8 in layer 3 give 0 on every training example")
    first = numpy.flatnonzero(dead[0])
    assert len(first) > 0
    before = layout.block(live.trainer.theta, 1)[:, first].copy()
    assert not layout.block(live.trainer.gradient, 1)[:, first].any()
    live.advance(500)
    assert not layout.block(live.trainer.gradient, 1)[:, first].any()
    assert numpy.array_equal(layout.block(live.trainer.theta, 1)[:, first], before)


def test_row_9_11_a_leaky_relu_loses_none() -> None:
    dying, leaky = preset("dying"), preset("leaky")
    assert (dying.seed, dying.data, dying.training) == (leaky.seed, leaky.data, leaky.training)
    assert remedies.LEAKY.apply(dying, "binary").network == leaky.network
    assert sum(part.sum() for part in ran("dying", 200).moment().dead) >= 12
    assert not any(part.any() for part in ran("leaky", 1000).moment().dead)
    assert ran("leaky", 1000).moment().train_cost < 0.05


# What else it says


def test_an_explosion_is_told_with_its_culprit() -> None:
    live = ran("exploding", 60)
    found, ratio = verdict(live), first_over_last(evidence(live))
    shares = culprits(evidence(live), ratio)
    assert ratio >= EXPLODING
    assert next(iter(shares)) == WEIGHTS
    assert f"about {power(ratio)} times the output layer's gradient; weights add " in found.sentence
    assert decades_said(found.sentence, "tanh′") < 0.0 < decades_said(found.sentence, "weights")


def test_small_inputs_are_named_as_the_culprit() -> None:
    points = DataSpec("plane", size=60, standardize=False, noise=0.0, features=("x", "y"))
    network = NetworkSpec((LayerSpec(3, "sigmoid"),), OutputSpec("linear"))
    live = job(replace(LINE, data=points, network=network))
    live.problem.objective.x.flags.writeable = True
    live.problem.objective.x[...] *= 1e-5
    live = TrainingJob(live.problem)
    live.advance(10)
    found = verdict(live)
    assert found.code == "vanishing"
    assert "; the size of the layers' inputs costs " in found.sentence
    assert found.remedy is remedies.STANDARDIZED
    assert found.remedy.apply(live.spec, "regression").data.standardize


def test_where_nothing_comes_back_there_is_nothing_to_divide() -> None:
    blocked = NetworkSpec(
        (LayerSpec(1), LayerSpec(1, weights=InitializerSpec("zeros"), biases=InitializerSpec("constant", 0.5)))
    )
    live = job(replace(SPEC, network=blocked))
    live.advance(1)
    found = verdict(live)
    assert found.code == "vanishing"
    assert found.sentence.endswith(
        "receives about nothing (0) of the output layer's gradient; on the way nothing at all is left of it."
    )


def test_saturation_is_told_with_the_share_of_the_worst_layer() -> None:
    live = ran("saturated", 500)
    share = evidence(live).recent("saturated_share")[:-1]
    found = verdict(live)
    assert share.max() >= SATURATED_SHARE
    assert f"about {share.max():.0%} of layer {share.argmax() + 1}'s outputs" in found.sentence


def test_at_the_edge_of_stability_the_cost_goes_up_as_often_as_is_said() -> None:
    live = ran("edge", 1000)
    costs = live.curves().column("train_cost")[-EDGE_MOMENTS - 1 :]
    ups = int((numpy.diff(costs) > 0.0).sum())
    assert f"went up in {ups} of the last {EDGE_MOMENTS} recorded steps" in verdict(live).sentence
    assert live.moment().train_cost < 0.5 * live.curves().column("train_cost")[0]


def test_before_the_first_step_it_says_so() -> None:
    found = verdict(job())
    assert (found.code, found.level) == ("ready", "calm")
    assert found.sentence.startswith("Before the first step: training loss 0.")


def test_a_run_that_learns_is_told_with_its_progress() -> None:
    found = verdict(job(steps=400))
    assert (found.code, found.level) == ("learning", "good")
    assert "down" in found.sentence
    assert "since step 200, test accuracy " in found.sentence
    assert "test R² " in verdict(job(LINE, 400)).sentence
    alone = verdict(job(replace(SPEC, data=replace(SPEC.data, train_share=1.0)), 400))
    assert "test" not in alone.sentence


def test_a_cost_that_came_up_a_little_is_not_called_learning() -> None:
    live = ran("too_fast", 1)
    found = verdict(live)
    assert (found.code, found.level) == ("unsettled", "calm")
    assert "above the 2.952 of step 0" in found.sentence


def test_a_run_that_has_ended_says_why() -> None:
    found = verdict(job(replace(SPEC, training=replace(SPEC.training, stop=StopSpec(step=10))), 50))
    assert (found.code, found.level) == ("finished", "good")
    assert found.sentence.startswith("Finished: reached step 10. Training loss ")


def test_a_diverged_run_names_step_and_rate_and_a_remedy() -> None:
    found = verdict(ran("too_fast", 1000))
    kept = "Diverged: step 648 at learning rate 1.2 left the finite numbers; step 647 is kept"
    assert found.sentence.startswith(kept)
    assert found.remedy is remedies.LOWER_RATE
    huge = InitializerSpec("constant", 1e12)
    layers = tuple(LayerSpec(4, "relu", weights=huge) for _ in range(40))
    found = verdict(job(replace(LINE, network=NetworkSpec(layers, OutputSpec("linear", weights=huge))), 5))
    assert found.sentence.endswith("Smaller initial weights help.")
    assert found.remedy is remedies.FITTING_WEIGHTS


def test_a_rising_cost_is_told_and_one_bad_step_is_forgiven() -> None:
    found = verdict(ran("too_fast", 30))
    assert (found.code, found.level) == ("rising", "warning")
    assert "times its lowest; learning rate 1.2 overshoots." in found.sentence
    assert re.search(r"test R² -\d\.\d+e\+\d+$", evidence(ran("too_fast", 30)).score)
    live = job(steps=100)
    live.set_weights([WeightEdit(index, 50.0 + index) for index in range(len(live.trainer.theta))])
    assert verdict(live).code == "unsettled"


def test_a_plateau_is_told_with_its_length() -> None:
    live = job(replace(SPEC, training=replace(SPEC.training, learning_rate=1e-9)), 300)
    found = verdict(live)
    assert (found.code, found.level) == ("plateau", "calm")
    assert "has not improved by 0.1 % for 60 epochs" in found.sentence


def test_what_is_perfect_already_is_at_its_floor() -> None:
    table = replace(
        LINE, data=DataSpec("sine", size=4, standardize_target=False), network=NetworkSpec((), OutputSpec("linear"))
    )
    live = job(table)
    live.problem.objective.y.flags.writeable = True
    live.problem.objective.y[...] = live.problem.network.predict(live.trainer.theta, live.problem.objective.x)
    live = TrainingJob(live.problem)
    live.advance(3)
    assert "at its floor" in verdict(live).sentence


def test_a_remedy_that_would_change_nothing_is_not_offered() -> None:
    live = job(replace(SPEC, network=NetworkSpec((LayerSpec(4, weights=InitializerSpec("glorot_uniform")),))), 5)
    e = evidence(live)
    assert e.helpful(remedies.FITTING_WEIGHTS) is None
    assert e.helpful(remedies.FITTING_WEIGHTS, remedies.RELU_AND_HE) is remedies.RELU_AND_HE


def test_remedies_change_what_they_say_and_no_more() -> None:
    mixed = NetworkSpec(
        (LayerSpec(3, "leaky_relu", 0.0), LayerSpec(3, "threshold"), LayerSpec(3, "relu"), LayerSpec(3, "tanh")),
        OutputSpec("threshold"),
    )
    spec = replace(SPEC, network=mixed)
    leaky = remedies.LEAKY.apply(spec, "binary").network
    assert [layer.activation for layer in leaky.hidden] == ["leaky_relu", "threshold", "leaky_relu", "tanh"]
    assert leaky.hidden[0].alpha is None
    smooth = remedies.SIGMOID_FOR_THRESHOLD.apply(spec, "binary").network
    assert [layer.activation for layer in smooth.hidden] == ["leaky_relu", "sigmoid", "relu", "tanh"]
    assert smooth.output.activation == "sigmoid"
    fitting = remedies.FITTING_WEIGHTS.apply(spec, "binary").network
    assert [layer.weights.name for layer in fitting.hidden] == [
        "he_normal",
        "glorot_uniform",
        "he_normal",
        "glorot_uniform",
    ]


def test_powers_are_written_as_on_a_slide() -> None:
    assert [power(x) for x in (-5.0, -4.1549, 3.30103, -math.inf)] == ["1.0×10⁻⁵", "7.0×10⁻⁵", "2.0×10³", "nothing (0)"]
    assert power(-2.0001) == "1.0×10⁻²"  # 9.998e-3 rounds up to the next decade


def test_a_diverged_run_is_told_the_rate_that_the_curvature_allows():
    live = TrainingJob(resolve(load_experiment(resource("presets", "too_fast.nnviz"))))
    live.advance(2000)
    sentence = judge(live, live.moment()).sentence
    allowed = 2.0 / sharpness(live.problem.objective, live.problem.theta_0).eigenvalue
    assert f"allowed rates up to 2/λ = {allowed:.4g}" in sentence
    assert live.training.learning_rate > allowed
    other = replace(live.problem.spec, training=replace(live.training, optimizer="momentum", learning_rate=50.0))
    job = TrainingJob(resolve(other))
    job.advance(2000)
    assert job.status == "diverged"
    assert "2/λ" not in judge(job, job.moment()).sentence
    # A deep network whose weights were set by hand: not the rate's fault.
    deep = NetworkSpec(tuple(LayerSpec(3, "relu") for _ in range(40)), OutputSpec("linear"))
    job = TrainingJob(resolve(replace(LINE, network=deep, training=replace(LINE.training, learning_rate=1e-9))))
    job.advance(5)
    job.set_weights([WeightEdit(index, 1e12) for index in range(len(job.trainer.theta))])
    assert job.status == "diverged"
    assert job.step > 0
    assert "2/λ" not in judge(job, job.moment()).sentence


@pytest.mark.parametrize("rate", [100.0, 1e3, 1e9])
@pytest.mark.parametrize("stem", ["circle", "spiral", "rescued"])
def test_a_rate_far_too_large_is_named_before_what_it_does_to_the_units(stem: str, rate: float) -> None:
    spec = load_experiment(resource("presets", f"{stem}.nnviz"))
    job = TrainingJob(resolve(replace(spec, training=replace(spec.training, learning_rate=rate))))
    job.advance(500)
    verdict = judge(job, job.moment())
    assert verdict.code in ("rising", "diverged")
    assert verdict.remedy is remedies.LOWER_RATE


def test_costs_of_the_former_rate_are_not_held_against_the_present_one() -> None:
    spec = load_experiment(resource("presets", "too_fast.nnviz"))
    job = TrainingJob(resolve(spec))
    job.advance(40)
    assert judge(job, job.moment()).code == "rising"
    job.tune(replace(job.training, learning_rate=job.training.learning_rate / 10.0))
    job.advance(40)
    assert judge(job, job.moment()).code != "rising"
