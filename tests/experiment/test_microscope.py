"""The initialization microscope: many seeds in pieces, with bounded memory, the same every time."""

import tracemalloc
from dataclasses import replace

import numpy
import pytest

from nnviz.engine import Initialization
from nnviz.engine.diagnostics import histogram
from nnviz.experiment import microscope
from nnviz.experiment.microscope import Question, deep_network, examine, own_network, side_by_side
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import DataSpec, Experiment, InitializerSpec, LayerSpec, NetworkSpec

HE = Initialization("he_normal")


def last(question: Question, seeds: int = 40, seed: int = 0) -> microscope.Examination:
    *_, end = examine(question, seeds, seed)
    return end


def test_equal_questions_have_equal_answers_and_another_seed_another() -> None:
    one, same, other = (last(deep_network(6, 10, "tanh", HE), seed=seed) for seed in (3, 3, 4))
    assert numpy.array_equal(one.forward.percentiles, same.forward.percentiles)
    assert numpy.array_equal(one.backward.percentiles, same.backward.percentiles)
    assert not numpy.array_equal(one.forward.percentiles, other.forward.percentiles)


def test_the_size_of_the_pieces_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    question = deep_network(5, 12, "relu", HE)
    usual = last(question)
    for size in (1, 10**9):
        monkeypatch.setattr(microscope, "CHUNK_BYTES", size)
        pieces = list(examine(question, 40))
        assert [part.done for part in pieces] == (list(range(1, 41)) if size == 1 else [1, 40])
        assert pieces[-1].forward.percentiles == pytest.approx(usual.forward.percentiles, rel=1e-12)
        assert pieces[-1].backward.percentiles == pytest.approx(usual.backward.percentiles, rel=1e-12)
    assert pieces[-1].complete
    assert not pieces[0].complete


def test_percentiles_are_those_of_the_seeds() -> None:
    question = deep_network(4, 6, "tanh", HE)
    end = last(question, 41, seed=2)
    single = []
    network, x = question.network(), question.inputs(2)
    for number in range(41):
        theta = microscope._draw(question, network, 2, range(number, number + 1))
        single.append([1.0 * numpy.sqrt(numpy.mean(network.forward(theta, x).a(l) ** 2)) for l in range(5)])
    assert end.forward.own == pytest.approx(single[0])
    # With 41 seeds the ranks are whole numbers: 4, 20 and 36.
    assert end.forward.percentiles == pytest.approx(numpy.percentile(single, (10, 50, 90), axis=0))
    assert end.backward.percentiles[:, -1] == pytest.approx([1.0] * 3)


def test_the_first_picture_is_one_network_and_the_band_opens() -> None:
    pictures = list(examine(deep_network(8, 8, "relu", HE), 60))
    assert pictures[0].done == 1
    assert pictures[0].forward.percentiles[0].tolist() == pictures[0].forward.own.tolist()
    low, middle, high = pictures[-1].forward.percentiles
    assert numpy.all(low[1:] < middle[1:])
    assert numpy.all(middle[1:] < high[1:])


def test_the_experiments_own_network_is_the_one_that_will_be_trained() -> None:
    weights = InitializerSpec("random_normal", 0.3)
    hidden = (LayerSpec(units=5, activation="leaky_relu", alpha=0.2, weights=weights), LayerSpec(units=4))
    spec = Experiment(seed=9, data=DataSpec(source="moons", size=60), network=NetworkSpec(hidden=hidden, gain=1.5))
    problem = resolve(spec)
    question = own_network(problem)
    end = last(question, 30, seed=9)
    tape = problem.network.forward(problem.theta_0, question.inputs(9))
    assert numpy.array_equal(question.inputs(9), problem.objective.x)
    for l in (1, 2, 3):
        assert end.forward.own[l] == pytest.approx(numpy.sqrt(numpy.mean(tape.a(l) ** 2)))
        layer = end.layers[l - 1]
        expected = (problem.network.layout.weights(problem.theta_0, l), tape.z(l), tape.a(l))
        for (counts, edges), values in zip((layer.weights, layer.z, layer.a), expected, strict=True):
            assert counts == pytest.approx(histogram(values)[0])
            assert edges == pytest.approx(histogram(values)[1])
    assert end.weights_std[0] == pytest.approx(numpy.std(expected_weights(problem, 1)))
    # Theory knows scale, gain and alpha.
    q = 2 * (1.5 * 0.3 * end.forward.own[0]) ** 2
    assert end.forward.theory[1] == pytest.approx(numpy.sqrt(q * (1 + 0.2**2) / 2), rel=1e-5)


def expected_weights(problem, l: int) -> numpy.ndarray:
    return problem.network.layout.weights(problem.theta_0, l)


def test_of_many_examples_some_are_taken_evenly() -> None:
    question = own_network(resolve(Experiment(data=DataSpec(source="spiral", size=5000))))
    assert question.inputs(0).shape == (microscope.MOST_EXAMPLES, 2)
    assert deep_network(50, 256, "relu", HE).inputs(0).shape == (20, 256)


def test_gain_tips_the_fan_from_vanishing_to_exploding() -> None:
    ends = [last(replace(deep_network(12, 32, "relu", HE), gain=gain), 10) for gain in (0.5, 1.0, 2.0)]
    ratios = [end.forward.percentiles[1][-1] for end in ends]
    assert ratios[0] < 1e-3 < 0.2 < ratios[1] < 3.0 < 1e3 < ratios[2]


def test_constants_have_no_theory_and_zeros_an_exact_one() -> None:
    constant = last(deep_network(3, 4, "tanh", Initialization("constant")), 3)
    assert numpy.all(numpy.isnan(constant.forward.theory[1:]))
    assert numpy.all(numpy.isnan(constant.backward.theory[:-1]))
    harmless = last(deep_network(3, 4, "tanh", Initialization("constant", 0.0)), 3)
    assert harmless.forward.theory[1:].tolist() == [0.0] * 3
    zeros = last(deep_network(3, 4, "sigmoid", Initialization("zeros")), 3)
    assert zeros.forward.theory == pytest.approx(zeros.forward.own)
    assert zeros.backward.theory == pytest.approx(zeros.backward.own)


def test_what_overflows_counts_as_infinite() -> None:
    end = last(deep_network(40, 16, "linear", Initialization("random_normal", 1e10)), 11)
    assert numpy.all(numpy.isposinf(end.forward.percentiles[:, -1]))
    assert numpy.all(numpy.isfinite(end.forward.percentiles[:, 5]))
    assert not numpy.any(end.layers[-1].a[0]), "a histogram of nothing that is finite"


def test_another_way_to_draw_keeps_the_rest_of_the_question() -> None:
    question = deep_network(3, 4, "tanh", HE, gain=2.0)
    other = question.with_weights(Initialization("zeros"))
    assert replace(other, weights=question.weights) == question
    assert len({question, other, deep_network(3, 4, "tanh", HE, gain=2.0)}) == 2


@pytest.mark.parametrize(("depth", "width", "name"), [(0, 4, "depth"), (51, 4, "depth"), (3, 257, "width")])
def test_too_deep_or_wide_is_refused(depth: int, width: int, name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is .* allowed are 1 to"):
        deep_network(depth, width, "relu", HE)


def test_two_questions_are_worked_through_side_by_side() -> None:
    small, large = deep_network(1, 2, "tanh", HE), deep_network(30, 30, "tanh", HE)
    steps = list(side_by_side(examine(small, 30), examine(large, 30)))
    assert [len(pair) for pair in steps] == [2] * len(steps)
    assert steps[-1][0].question == small
    assert all(part.complete for part in steps[-1])


def test_it_can_be_given_up_between_two_steps() -> None:
    steps = examine(deep_network(50, 256, "relu", HE))
    assert next(steps).done == 1
    assert next(steps).done == 2
    steps.close()
    with pytest.raises(StopIteration):
        next(steps)


def test_memory_does_not_grow_with_the_seeds() -> None:
    """The largest network that can be asked for has 26 MB of parameters; two hundred of them would need 5 GB."""
    tracemalloc.start()
    steps = examine(deep_network(50, 256, "relu", HE))
    peaks = []
    for _ in range(5):
        next(steps)
        peaks.append(tracemalloc.get_traced_memory()[1])
    steps.close()
    tracemalloc.stop()
    assert peaks[-1] < 140e6
    assert peaks[-1] < 1.3 * peaks[1]
