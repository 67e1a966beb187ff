"""Every formula ends in the engine's number, and whoever works out the numbers that are written gets that result."""

import math
from collections.abc import Iterator

import numpy
import pytest

from nnviz.engine import ACTIVATIONS, LOSSES
from nnviz.engine.layout import Parameter
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import replace
from nnviz.experiment.step import record as record_module
from nnviz.experiment.step.explain import PHASES, Thing, explain
from nnviz.experiment.step.formula import SLACK, Formula, Line, words
from nnviz.experiment.step.loss_rules import delta_lines, loss_line
from nnviz.experiment.step.nodes import LnOnePlus, Node, Number, Quotient, Style, Sum, exp, figures, ln, rounded
from nnviz.experiment.step.record import Pass, StepRecord, example_pass, step_record
from nnviz.experiment.step.unit_rules import slope_rule, softmax_rule, value_rule
from nnviz.experiment.training_job import TrainingJob

from .runs import KINDS, read_back, run

EVERY = pytest.mark.parametrize("kind", KINDS)


def things(record: StepRecord) -> Iterator[Thing]:
    """The whole, all units, some of the weights, all biases."""
    sizes = record.network.sizes
    yield None
    for layer, size in enumerate(sizes):
        for unit in range(size):
            yield layer, unit
            if layer:
                yield Parameter("bias", layer, -1, unit)
                yield Parameter("weight", layer, 0, unit)


def formulas(record: StepRecord) -> Iterator[tuple[str, Thing, Pass | None, Formula]]:
    for one in (None, *(example_pass(record, int(row)) for row in record.batch.rows[:2])):
        for phase in PHASES:
            for thing in things(record):
                yield phase, thing, one, explain(record, one, phase, thing)


@EVERY
def test_the_numbers_written_give_the_result_written(kind: str) -> None:
    for _, _, _, formula in formulas(step_record(run(**KINDS[kind]))):  # type: ignore[arg-type]
        for line in formula.lines:
            if line.numbers is None:
                continue
            shown = rounded(line.result, 4)
            unit = 10.0 ** (math.floor(math.log10(abs(shown))) - 3) if shown else 1e-15
            assert abs(read_back(line.numbers.write(Style(line.digits))) - shown) <= (SLACK + 1e-6) * unit, line.text()


@EVERY
def test_with_all_digits_the_arithmetic_is_the_engine_s(kind: str) -> None:
    for _, _, _, formula in formulas(step_record(run(**KINDS[kind]))):  # type: ignore[arg-type]
        for line in formula.lines:
            if line.numbers is not None:
                assert line.numbers.at() == pytest.approx(line.result, rel=1e-9, abs=1e-15), line.text()
                exact = read_back(line.numbers.write(Style(None)))
                assert exact == pytest.approx(line.result, rel=1e-9, abs=1e-15), line.text()


@EVERY
def test_the_last_line_is_the_engine_s_number(kind: str) -> None:
    record = step_record(run(**KINDS[kind]))  # type: ignore[arg-type]
    layout = record.network.layout
    for phase, selected, one, formula in formulas(record):
        thing = selected
        if phase == "loss" or thing is None:
            expected = record.cost if one is None else one.losses[0]
        elif phase == "update":
            if not isinstance(thing, Parameter):
                if thing[0] == 0:
                    assert formula.result is None
                    continue
                thing = Parameter("bias", thing[0], -1, thing[1])
            expected = record.theta_after[layout.index(thing.layer, thing.i, thing.j)]
        elif isinstance(thing, Parameter):
            index = layout.index(thing.layer, thing.i, thing.j)
            if phase == "backward":
                expected = record.gradient[index] if one is None else one.gradient[index]
            else:
                a = 1.0
                if thing.kind == "weight":
                    a = (record.batch.mean_a[thing.layer - 1] if one is None else one.a[thing.layer - 1][0])[thing.i]
                expected = record.theta[index] * a
        else:
            layer, unit = thing
            if layer == 0 or phase == "forward":
                expected = (record.batch.mean_a[layer] if one is None else one.a[layer][0])[unit]
            elif one is None:
                expected = layout.biases(record.batch.gradient, layer)[unit]
            else:
                expected = one.delta[layer - 1][0, unit]
        assert formula.result == float(expected), (phase, thing, formula.text())


@pytest.mark.parametrize("rate", [3.0, 30.0])
@pytest.mark.parametrize("kind", ["sigmoid and BCE", "softmax and CCE", "sigmoids and CCE", "tanh and BCE, clipped"])
def test_saturated_outputs_are_explained_as_well(kind: str, rate: float) -> None:
    job = run(**KINDS[kind], rate=rate, steps=60)  # type: ignore[arg-type]
    record = step_record(job)
    checked = 0
    for row in range(len(record.problem.data.x)):
        one = example_pass(record, row)
        for phase in ("loss", "backward"):
            formula = explain(record, one, phase, (record.network.layout.depth, 0))  # type: ignore[arg-type]
            for line in formula.lines:
                assert math.isfinite(line.result)
                if line.numbers is not None:
                    assert line.numbers.at() == pytest.approx(line.result, rel=1e-6, abs=1e-15), line.text()
                    checked += 1
    assert checked


def test_the_formula_of_a_gradient_reads_as_in_the_lecture() -> None:
    record = step_record(run())
    one = example_pass(record, int(record.batch.rows[0]))
    formula = explain(record, one, "backward", Parameter("weight", 2, 0, 0))
    (line,) = formula.lines
    left, rule, numbers, result = line.parts()
    assert (left, rule) == ("∂ℓ/∂w₁₁⁽²⁾", "δ₁⁽²⁾·a₁⁽¹⁾")
    assert len(numbers.split("·")) == 2
    assert float(result.replace("−", "-")) == pytest.approx(line.result, rel=6e-4)
    assert line.exact.replace("−", "-") == repr(line.result)
    assert line.exact in formula.text()


def test_softmax_with_cross_entropy_is_p_minus_y() -> None:
    record = step_record(run(**KINDS["softmax and CCE"]))  # type: ignore[arg-type]
    one = example_pass(record, int(record.batch.rows[0]))
    (line,) = explain(record, one, "backward", (2, 1)).lines
    assert line.parts()[1] == "ŷ₂ − y₂"
    assert line.result == one.a[2][0, 1] - one.y[0, 1]


def test_a_batch_s_gradient_sums_over_all_examples_and_adds_the_penalties() -> None:
    record = step_record(run(**KINDS["l1 and l2"]))  # type: ignore[arg-type]
    data, whole = explain(record, None, "backward", Parameter("weight", 1, 0, 1)).lines
    assert data.parts()[2].count("·") == record.batch.n == 7
    assert "λ₁·sign" in whole.parts()[1]
    assert "λ₂·w" in whole.parts()[1]
    (bias,) = explain(record, None, "backward", Parameter("bias", 1, -1, 1)).lines
    assert "λ" not in bias.parts()[1]


def test_adam_is_told_with_its_corrected_means() -> None:
    record = step_record(run(optimizer="adam"))
    lines = explain(record, None, "update", Parameter("weight", 1, 0, 1)).lines
    assert [line.parts()[0] for line in lines] == ["g", "m", "v", "m̂", "v̂", "Δw₁₂⁽¹⁾", "w₁₂⁽¹⁾"]
    assert "1 − 0.9¹⁴" in lines[3].parts()[2]


def test_a_long_sum_is_shortened_on_screen_and_complete_in_a_copy() -> None:
    job = run("digits", hidden=(5,), output="softmax", loss="categorical_cross_entropy")
    record = step_record(job)
    one = example_pass(record, int(record.batch.rows[0]))
    formula = explain(record, one, "forward", (1, 2))
    line = formula.lines[0]
    assert "… 59 more …" in line.text(6)
    assert "more" in line.latex(6)
    assert "more" not in formula.text()
    assert "more" not in formula.latex()
    # 65 terms: 64 products and the bias
    assert line.parts()[2].count("·") >= 64


def test_a_batch_that_is_not_kept_whole_has_its_result_without_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_module, "KEPT_NUMBERS", 60)
    record = step_record(run(batch=None))
    for thing in (Parameter("weight", 1, 0, 1), Parameter("bias", 1, -1, 1), (1, 1)):
        for line in explain(record, None, "backward", thing).lines:  # type: ignore[arg-type]
            assert line.numbers is None
    assert explain(record, None, "loss", None).result == record.cost


def test_what_is_not_finite_is_written_as_such() -> None:
    record = step_record(run("sine", output="linear", loss="squared_error", activation="relu"))
    record.theta[:] = numpy.inf
    one = example_pass(record, 0)
    for phase in ("forward", "loss", "backward"):
        for thing in things(record):
            formula = explain(record, one, phase, thing)  # type: ignore[arg-type]
            assert formula.text()
            assert formula.latex()


def test_a_standardized_input_tells_how_it_was_made() -> None:
    record = step_record(run())
    row = int(record.batch.rows[0])
    one = example_pass(record, row)
    line = explain(record, one, "forward", (0, 1)).lines[0]
    scaling = record.problem.inputs.scaling
    assert line.result == (record.problem.data.x[row, 1] - scaling.mean[1]) / scaling.scale[1]


def test_a_line_whose_result_is_zero_needs_no_more_digits() -> None:
    assert Line(words("a"), None, Sum([Number(0.1), Number(-0.1)]), 0.0).digits == 4


def test_an_input_that_is_not_standardized_is_as_the_data_have_it() -> None:
    spec = run().problem.spec
    job = TrainingJob(resolve(replace(spec, data=replace(spec.data, standardize=False))))
    record = step_record(job)
    row = int(record.batch.rows[0])
    formula = explain(record, example_pass(record, row), "forward", (0, 1))
    assert formula.result == record.problem.data.x[row, 1]
    assert "data" in formula.note


def test_an_input_has_no_update_and_its_formula_is_empty() -> None:
    formula = explain(step_record(run()), None, "update", (0, 0))
    assert formula.result is None
    assert "nothing to learn" in formula.text()
    assert formula.latex().startswith(r"\text")


@pytest.mark.parametrize("z", [[0.3, -0.2, 1.1], [35.0, -20.0, 2.0], [900.0, -900.0, 0.0], [-800.0, 0.0, 1.0]])
@pytest.mark.parametrize("y", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.2, 0.5, 0.3], [0.0, 0.0, 0.0], [1.0, 1.0, 0.0]])
@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
def test_cross_entropy_is_explained_for_any_targets_and_far_from_zero(
    z: list[float], y: list[float], output: str
) -> None:
    activation, loss = ACTIVATIONS[output], LOSSES["categorical_cross_entropy"]
    zs, ys = numpy.array(z), numpy.array(y)
    a = activation.f(zs)
    value = float(loss.per_example(activation, zs[None], a[None], ys[None])[0])
    line = loss_line(loss, activation, zs, a, ys, value)
    assert line.numbers is not None
    assert line.numbers.at() == pytest.approx(value, rel=1e-9, abs=1e-13)
    delta = numpy.empty((1, 3))
    for call in loss.delta_calls(activation, zs[None], a[None], ys[None], delta):
        call()
    for k in range(3):
        line = delta_lines(loss, activation, (2, k), zs, a, ys, float(delta[0, k]))[-1]
        assert line.numbers is not None
        assert line.numbers.at() == pytest.approx(delta[0, k], rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("z", [[0.3, -0.2, 1.1], [35.0, -20.0, 2.0], [900.0, -900.0, 0.0]])
def test_softmax_is_explained_far_from_zero(z: list[float]) -> None:
    a = ACTIVATIONS["softmax"].f(numpy.array(z))
    for k in range(3):
        _, numbers = softmax_rule(z, k, [words(f"z{j}") for j in range(3)])
        assert numbers is not None
        assert numbers.at() == pytest.approx(a[k], rel=1e-12, abs=1e-300)
    assert softmax_rule([math.nan, *z], 0, [words("z")] * 4)[1] is None


def test_beyond_the_limits_of_the_logarithm_the_slope_is_told_to_be_zero() -> None:
    activation, loss = ACTIVATIONS["tanh"], LOSSES["binary_cross_entropy"]
    z = numpy.array([-3.0])
    first, *_ = delta_lines(loss, activation, (1, 0), z, activation.f(z), numpy.ones(1), 0.0)
    assert first.result == 0.0
    assert "limits" in first.text()


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "softmax"])
@pytest.mark.parametrize("z", [-3.2, -0.4, 0.0, 0.7, 2.5, 800.0])
def test_every_activation_and_its_slope_is_explained(name: str, z: float) -> None:
    activation = ACTIVATIONS[name]
    a, slope = (float(f(numpy.array([z]))[0]) for f in (activation.f, activation.derivative))
    for (_, numbers), value in (
        (value_rule(activation, z, words("z")), a),
        (slope_rule(activation, z, a, (words("z"), words("a"))), slope),
    ):
        if numbers is not None:
            assert numbers.at() == pytest.approx(value, rel=1e-9, abs=1e-12)


def test_what_cannot_be_worked_out_is_no_number() -> None:
    assert math.isnan(ln(Number(-1.0)).at())
    assert math.isnan(exp(Number(1e4)).at())
    assert math.isnan(LnOnePlus(Number(-2.0)).at())
    assert math.isnan(Quotient(Number(1.0), Number(0.0)).at())
    for use in (Node().at, lambda: Node().write(Style())):
        with pytest.raises(NotImplementedError):
            use()


@pytest.mark.parametrize(
    ("value", "text", "latex"),
    [
        (0.0312345, "0.03123", "0.03123"),
        (-0.5, "−0.5", "{-}0.5"),
        (7.1234e-06, "7.123×10⁻⁶", r"7.123 \times 10^{-6}"),
        (-0.0, "0", "0"),
        (12345.678, "12346", "12346"),
        (2.5e8, "2.5×10⁸", r"2.5 \times 10^{8}"),
        (math.inf, "∞", r"\infty"),
        (math.nan, "NaN", r"\mathrm{NaN}"),
    ],
)
def test_numbers_are_written_in_four_figures(value: float, text: str, latex: str) -> None:
    assert figures(value, Style()) == text
    assert figures(value, Style(latex=True)) == latex
