"""What a lesson measures is what the run has."""

import numpy
import pytest

from nnviz.engine import ACTIVATIONS
from nnviz.engine.ledger import ledger
from nnviz.experiment.files import load_document, load_experiment
from nnviz.experiment.headless import train
from nnviz.experiment.lesson.measures import MEASURES, measured
from nnviz.experiment.lesson.record import Measure
from nnviz.experiment.specification import Experiment
from nnviz.resources import resource

STEPS = 300


def preset(name: str) -> Experiment:
    return load_experiment(resource("presets", f"{name}.nnviz"))


def measure(text: str, name: str = "vanishing", steps: int = STEPS) -> float | str:
    words = text.split()
    return measured(Measure(words[0], tuple(words[1:])), preset(name), steps)


def test_numbers_are_those_of_the_run() -> None:
    job = train(preset("vanishing"), STEPS)
    moment = job.moment()
    gradient = moment.statistic("gradient_W_rms")
    assert measure("train_loss") == moment.train_cost
    assert measure("test_metric") == moment.test_score
    assert measure("step") == STEPS
    assert measure("parameters") == len(job.trainer.theta)
    assert measure("gradient_ratio") == gradient[0] / gradient[-1]
    assert measure("gradient_decades") == pytest.approx(numpy.log10(gradient[0] / gradient[-1]))
    assert measure("weakest_layer") == 1.0
    assert measure("strongest_layer") == 1 + int(numpy.argmax(gradient))
    assert measure("activation_mean 2") == moment.statistic("a_mean")[1]
    ways = ledger(moment.statistic("delta_rms"), moment.statistic("signal_before_gate"))
    total = measure("activation_decades") + measure("weight_decades")
    assert total == pytest.approx(float(numpy.sum(ways.total)))
    assert measure("verdict") == "vanishing"
    assert measure("diverged") == "no"


def test_the_gate_of_a_layer_is_the_mean_slope_over_its_examples() -> None:
    job = train(preset("vanishing"), STEPS)
    tape = job.problem.network.forward(job.trainer.theta, job.problem.objective.x)
    slopes = ACTIVATIONS["sigmoid"].derivative(tape.z(2))
    assert measure("gate_mean 2") == pytest.approx(float(numpy.mean(slopes)), rel=1e-9)
    assert measure("one_sign_share 2") == 1.0


def test_zeros_stay_symmetric_and_dead_units_are_counted() -> None:
    assert measure("distinct_units 1", "zeros", 2000) == 1.0
    dead = train(preset("dying"), STEPS).moment().dead
    assert [measure(f"dead_share {l}", "dying") for l in (1, 2)] == [float(numpy.mean(layer)) for layer in dead[:2]]


def test_steps_to_a_loss_are_read_off_the_record() -> None:
    first = measure("train_loss", "circle", 0)
    assert isinstance(first, float)
    assert measure(f"steps_to_loss {first}", "circle") == 0.0
    assert measure("steps_to_loss -1", "circle") == STEPS
    step = measure("steps_to_loss 0.6", "circle")
    assert isinstance(step, float)
    assert 0 < step < STEPS
    assert measure("train_loss", "circle", int(step)) <= 0.6 < measure("train_loss", "circle", int(step) - 1)


def test_the_stability_limit_is_two_over_the_sharpness() -> None:
    steepest = measure("sharpness", "edge", 10)
    assert isinstance(steepest, float)
    assert measure("stability_limit", "edge", 10) == pytest.approx(2.0 / steepest)


def test_activations_are_measured_without_a_run() -> None:
    assert measured(Measure("max_slope", ("sigmoid",)), None) == 0.25
    assert measured(Measure("slope_product", ("sigmoid", "6")), None) == 0.25**6
    assert measured(Measure("activation", ("tanh", "0.5")), None) == pytest.approx(numpy.tanh(0.5))
    assert measured(Measure("slope", ("relu", "-1")), None) == 0.0


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no layer 9; there are 1 to"):
        measure("dead_share 9")
    with pytest.raises(ValueError, match="there is no layer 9"):
        measure("gate_mean 9")
    with pytest.raises(ValueError, match="train_loss is measured in the workspace lab"):
        measured(Measure("train_loss"), None)


def test_every_quantity_can_be_measured() -> None:
    arguments = {"whole": "1", "number": "0.5", "activation": "tanh"}
    for name, quantity in MEASURES.items():
        if quantity.workspace in (None, "lab"):
            value = measured(Measure(name, tuple(arguments[kind] for kind in quantity.parameters)), preset("circle"), 5)
            assert isinstance(value, float | str), name


def other(text: str, name: str, steps: int = 0) -> float | str:
    words = text.split()
    document = load_document(resource("presets", *f"{name}.nnviz".split("/")))
    return measured(Measure(words[0], tuple(words[1:])), document, steps)


def test_the_lectures_three_rates_are_measured() -> None:
    assert [other(f"rate_factor {k}", "descent/three_rates") for k in (1, 2, 3)] == pytest.approx([0.9, 0.6, -1.2])
    assert [other(f"rate_verdict {k}", "descent/three_rates") for k in (1, 2, 3)] == ["slow", "fast", "diverging"]
    assert other("descent_limit", "descent/three_rates") == pytest.approx(1.0)
    start = other("descent_x 1", "descent/three_rates")
    assert other("descent_x 1", "descent/three_rates", 3) == pytest.approx(0.9**3 * start)
    assert other("descent_value 2", "descent/three_rates", 2) == pytest.approx((0.36 * start) ** 2)
    steps = other("descent_steps_to 2 0.01", "descent/three_rates", 20)
    assert 0.6**steps * abs(start) <= 0.1 < 0.6 ** (steps - 1) * abs(start)
    assert other("descent_steps_to 3 0.01", "descent/three_rates", 20) == 20.0
    assert other("descent_status 1", "descent/three_rates", 1) == "running"
    with pytest.raises(ValueError, match="there is no runner 9"):
        other("descent_value 9", "descent/three_rates")
    with pytest.raises(ValueError, match="there is no rate 9"):
        other("rate_factor 9", "descent/three_rates")


def test_the_neuron_and_the_perceptron_are_measured() -> None:
    assert other("weighted_sum", "neuron/one_neuron") == pytest.approx(0.45)
    assert other("neuron_output", "neuron/one_neuron") == pytest.approx(1 / (1 + numpy.exp(-0.45)))
    assert other("separable", "neuron/gate_and") == "yes"
    assert other("separable", "neuron/gate_xor") == "no"
    assert other("rule_steps", "neuron/gate_xor") == "never"
    assert isinstance(other("rule_steps", "neuron/gate_and"), float)
    assert other("locked_loss", "neuron/bias_line") > other("free_loss", "neuron/bias_line")
    assert other("locked_loss", "neuron/bias_origin") == pytest.approx(other("free_loss", "neuron/bias_origin"))
