"""Truth tables, the perceptron rule, and what one line cannot do."""

import itertools

import numpy
import pytest

from nnviz.experiment.neuron.perceptron_rule import run_rule
from nnviz.experiment.neuron.plane import plane_of_network
from nnviz.experiment.neuron.specification import PerceptronSpec, ThresholdUnit
from nnviz.experiment.neuron.truth_tables import GATES, gate_of, right_rows, rows, separable
from nnviz.experiment.neuron.two_layers import outputs, truth_table
from nnviz.experiment.specification import replace

XOR = GATES["xor"]
TABLES = list(itertools.product((0, 1), repeat=4))
ROWS = numpy.array(rows(2))


def spec_of(targets: tuple[int, ...], **more: object) -> PerceptronSpec:
    start = (0.0,) if len(targets) == 2 else (0.0, 0.0)
    return PerceptronSpec(**{"targets": targets, "start": start, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(("gate", "truth"), [
    ("and", lambda a, b: a and b), ("or", lambda a, b: a or b),
    ("nand", lambda a, b: not (a and b)), ("xor", lambda a, b: a != b),
])  # fmt: skip
def test_the_tables_are_what_their_names_say(gate: str, truth) -> None:
    assert [bool(target) for target in GATES[gate]] == [bool(truth(bool(a), bool(b))) for a, b in rows(2)]


def test_not_inverts_one_input() -> None:
    assert GATES["not"] == (1, 0)
    assert gate_of((1, 0)) == "not"
    assert gate_of((1, 0, 0, 1)) == ""


@pytest.mark.parametrize("targets", TABLES)
def test_separable_agrees_with_a_search_over_weights(targets: tuple[int, ...]) -> None:
    """Every table of two inputs that has weights at all has some among −2, −1, 0, 1, 2 with biases in halves."""
    w = numpy.array(list(itertools.product(range(-2, 3), repeat=2)))
    b = numpy.arange(-4, 5) / 2.0
    sums = (w @ ROWS.T)[:, None, :] + b[None, :, None]
    found = bool(((sums > 0.0) == numpy.array(targets, dtype=bool)).all(axis=-1).any())
    assert separable(targets) == found


def test_no_weights_classify_xor() -> None:
    """The four rows ask for b ≤ 0, w2 + b > 0, w1 + b > 0, w1 + w2 + b ≤ 0: the middle two add up to
    w1 + w2 + 2b > 0, the outer two to w1 + w2 + 2b ≤ 0. The same identity at any weights: not all four can hold."""
    weights = numpy.random.default_rng(0).normal(0.0, 10.0, (20_000, 3))
    sums = weights[:, :2] @ ROWS.T + weights[:, 2:]
    outer, middle = sums[:, 0] + sums[:, 3], sums[:, 1] + sums[:, 2]
    assert outer == pytest.approx(middle, abs=1e-9)
    assert not ((sums > 0.0) == numpy.array(XOR, dtype=bool)).all(axis=-1).any()
    assert not separable(XOR)


@pytest.mark.parametrize("gate", ["and", "or", "nand", "not"])
@pytest.mark.parametrize("rate", [0.1, 1.0])
def test_the_rule_learns_every_separable_gate(gate: str, rate: float) -> None:
    run = run_rule(spec_of(GATES[gate], rate=rate))
    assert run.learned is not None
    assert run.cycle is None
    weights = run.weights(run.learned)
    assert all(right_rows(weights[:-1], weights[-1], GATES[gate]))
    assert not all(right_rows(run.weights(run.learned - 1)[:-1], run.weights(run.learned - 1)[-1], GATES[gate]))
    assert run.weights(run.learned + 1000) == weights


@pytest.mark.parametrize("targets", [table for table in TABLES if separable(table)])
def test_the_rule_learns_every_table_that_has_weights(targets: tuple[int, ...]) -> None:
    assert run_rule(spec_of(targets, start=(1.5, -2.25), bias=0.75)).learned is not None


@pytest.mark.parametrize(
    ("start", "bias", "rate"), [((0.0, 0.0), 0.0, 1.0), ((0.3, -0.7), 0.1, 0.1), ((9.0, 5.0), -2.0, 0.3)]
)
def test_the_rule_cycles_on_xor(start: tuple[float, float], bias: float, rate: float) -> None:
    run = run_rule(spec_of(XOR, start=start, bias=bias, rate=rate))
    assert run.learned is None
    assert run.cycle is not None
    first, length = (part * 4 for part in run.cycle)
    for step in range(first, first + 3 * length):
        assert run.weights(step) == run.weights(step + length)
        assert run.taken(step + 5 * length) <= len(run.steps)
    assert any(run.last(step).error for step in range(first + 1, first + length + 1))


def test_each_step_is_the_rule_written_out() -> None:
    """Against a plain loop over arrays."""
    run, w = (
        run_rule(spec_of(GATES["nand"], rate=0.5, start=(0.25, -1.0), bias=0.125)),
        numpy.array([0.25, -1.0, 0.125]),
    )
    for step in run.steps:
        x = numpy.array([*ROWS[step.row], 1.0])
        output = int(w @ x > 0.0)
        change = 0.5 * (GATES["nand"][step.row] - output) * x
        assert (step.z, step.output) == (w @ x, output)
        assert step.before == tuple(w)
        assert step.change == tuple(change)
        w = w + change
        assert step.after == tuple(w)


def test_next_change_stops_at_the_step_that_moves_the_line() -> None:
    run = run_rule(spec_of(GATES["and"]))
    step = run.next_change(0)
    assert run.last(step).error != 0
    assert all(run.last(before).error == 0 for before in range(1, step))
    assert run.next_change(len(run.steps)) == len(run.steps) + 1
    assert run.last(0) is None


def test_a_run_that_takes_too_long_says_neither() -> None:
    """AND from weights a million steps away."""
    run = run_rule(spec_of(GATES["and"], start=(1e6, 1e6), rate=0.1))
    assert (run.learned, run.cycle) == (None, None)
    assert run.taken(10**6) == len(run.steps)


def test_weights_right_from_the_start_learn_nothing() -> None:
    assert run_rule(spec_of(GATES["and"], start=(1.0, 1.0), bias=-1.5)).learned == 0


def test_three_units_solve_xor() -> None:
    table = truth_table(spec_of(XOR))
    assert [row.output for row in table] == list(XOR)
    # The hidden answers are OR and NAND; their AND is XOR.
    assert [row.hidden for row in table] == list(zip(GATES["or"], GATES["nand"], strict=True))


def test_the_network_is_computed_as_its_units_say() -> None:
    units = (ThresholdUnit((1.0, -2.0), 0.5), ThresholdUnit((-3.0, 1.0), 0.25), ThresholdUnit((2.0, -1.0), -0.5))
    x = numpy.random.default_rng(1).normal(size=(50, 2))
    hidden = numpy.stack([x @ numpy.array(unit.w) + unit.b > 0.0 for unit in units[:2]], axis=-1).astype(float)
    found = outputs(units, x)
    assert (found[0] == hidden).all()
    assert (found[1] == (hidden @ numpy.array(units[2].w) + units[2].b > 0.0)).all()


def test_the_network_s_plane_has_two_lines_and_three_stripes() -> None:
    plane = plane_of_network(PerceptronSpec().network)
    assert len(plane.lines) == 2
    diagonal = numpy.diag(plane.values)
    assert (numpy.diff(diagonal) != 0.0).sum() == 2


def test_a_table_that_does_not_fit_its_weights_is_refused() -> None:
    with pytest.raises(ValueError, match="4 rows for 1 weights"):
        PerceptronSpec(start=(0.0,))
    with pytest.raises(ValueError, match="3 rows for 2 weights"):
        PerceptronSpec(targets=(0, 1, 1))
    assert replace(PerceptronSpec(), step=5).step == 5
