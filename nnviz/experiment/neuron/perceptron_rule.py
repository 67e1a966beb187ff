"""The perceptron rule, row after row: Δw = η (target − output) x, Δb = η (target − output).

Rosenblatt 1958. The weights are kept as their start plus η times whole numbers: for a truth table every change is one
of these, so that a state which returns is found exactly, whatever η is.
"""

from dataclasses import dataclass

from nnviz.experiment.neuron.specification import PerceptronSpec
from nnviz.experiment.neuron.sums import total
from nnviz.experiment.neuron.truth_tables import rows

MOST_PASSES = 600
"""After so many passes without an end the rule is said to be still at work."""


@dataclass(frozen=True)
class RuleStep:
    """One row shown: its number, the sum z, the output, error = target − output, and the weights (bias last)
    before and after."""

    number: int
    row: int
    x: tuple[float, ...]
    target: int
    z: float
    output: int
    before: tuple[float, ...]
    after: tuple[float, ...]
    change: tuple[float, ...]

    @property
    def error(self) -> int:
        """−1, 0 or 1."""
        return self.target - self.output


@dataclass(frozen=True)
class RuleRun:
    """The rule from its start to its end.

    steps: all until it is known how it ends. learned: after how many steps every row was right for a whole pass;
    None if never. cycle: (pass, length): the weights with which that pass (from 0) begins return after so many passes.
    """

    spec: PerceptronSpec
    steps: tuple[RuleStep, ...]
    learned: int | None
    cycle: tuple[int, int] | None

    @property
    def rows(self) -> int:
        """In the table."""
        return len(self.spec.targets)

    def taken(self, step: int) -> int:
        """How many of ``step`` steps have an own record: a cycle goes on for ever, what is learned stays."""
        if step <= len(self.steps):
            return step
        if self.cycle is None:
            return len(self.steps)
        start, length = self.cycle[0] * self.rows, self.cycle[1] * self.rows
        return start + (step - start - 1) % length + 1

    def weights(self, step: int) -> tuple[float, ...]:
        """Weights, and the bias last, after so many steps."""
        taken = self.taken(step)
        return self.steps[taken - 1].after if taken else (*self.spec.start, self.spec.bias)

    def last(self, step: int) -> RuleStep | None:
        """The step that led there; None at the start."""
        return self.steps[self.taken(step) - 1] if self.taken(step) else None

    def next_change(self, step: int) -> int:
        """The number of steps after the next one that changes something; after the next at least."""
        for later in range(step + 1, step + 2 * self.rows):
            record = self.last(later)
            if record is not None and record.error:
                return later
        return step + 1


def run_rule(spec: PerceptronSpec) -> RuleRun:
    """The whole course of the rule. It ends when a pass changes nothing, or when a pass begins as an earlier one."""
    inputs = rows(len(spec.start))
    counts = (0,) * (len(spec.start) + 1)
    seen = {counts: 0}
    steps: list[RuleStep] = []
    for number in range(1, MOST_PASSES + 1):
        for row, x in enumerate(inputs):
            step, counts = _shown(spec, len(steps), row, x, counts)
            steps.append(step)
        if not any(step.error for step in steps[-len(inputs) :]):
            learned = max((step.number for step in steps if step.error), default=0)
            return RuleRun(spec, tuple(steps), learned, None)
        if counts in seen:
            return RuleRun(spec, tuple(steps), None, (seen[counts], number - seen[counts]))
        seen[counts] = number
    return RuleRun(spec, tuple(steps), None, None)


def _shown(
    spec: PerceptronSpec, number: int, row: int, x: tuple[float, ...], counts: tuple[int, ...]
) -> tuple[RuleStep, tuple[int, ...]]:
    """Shows one row; the step, and how often η was added to each weight by then."""
    before = _weights(spec, counts)
    z = total([*(weight * part for weight, part in zip(before[:-1], x, strict=True)), before[-1]])
    output, target = int(z > 0.0), spec.targets[row]
    signed = tuple(int((target - output) * part) for part in (*x, 1.0))
    counts = tuple(count + part for count, part in zip(counts, signed, strict=True))
    change = tuple(spec.rate * part for part in signed)
    return RuleStep(number + 1, row, x, target, z, output, before, _weights(spec, counts), change), counts


def _weights(spec: PerceptronSpec, counts: tuple[int, ...]) -> tuple[float, ...]:
    start = (*spec.start, spec.bias)
    # Fifteen digits: 0.1 + 0.2 is 0.3 for whoever reads the steps.
    return tuple(float(f"{first + spec.rate * count:.15g}") for first, count in zip(start, counts, strict=True))
