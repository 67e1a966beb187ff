"""The smallest network that a single perceptron's limit calls for: two threshold units and one above them."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import Network
from nnviz.experiment.neuron.specification import PerceptronSpec, ThresholdUnit
from nnviz.experiment.neuron.truth_tables import corner, rows

Floats = NDArray[numpy.float64]
Three = tuple[ThresholdUnit, ThresholdUnit, ThresholdUnit]
NETWORK = Network((2, 2, 1), ("threshold", "threshold"))
HIDDEN = Network((2, 2), ("threshold",))


def theta_of(units: Three) -> Floats:
    """The network's parameters: W_1, b_1, W_2, b_2."""
    first, second, top = units
    parts = [
        first.w[0], second.w[0], first.w[1], second.w[1], first.b, second.b, top.w[0], top.w[1], top.b
    ]  # fmt: skip
    return numpy.array(parts, dtype=numpy.float64)


def outputs(units: Three, x: Floats) -> tuple[Floats, Floats]:
    """For inputs x (N, 2): the hidden units' answers (N, 2) and the network's (N,), each 0 or 1."""
    theta = theta_of(units)
    return HIDDEN.predict(theta[:6], x), NETWORK.predict(theta, x)[..., 0]


@dataclass(frozen=True)
class TableRow:
    """One row of the network's truth table."""

    x: tuple[float, ...]
    hidden: tuple[int, int]
    output: int
    target: int


def truth_table(spec: PerceptronSpec) -> list[TableRow]:
    """What the document's network answers to each row; a table of one input leaves the second one at 0."""
    inputs = rows(len(spec.start))
    hidden, answers = outputs(spec.network, numpy.array([corner(row) for row in inputs]))
    return [
        TableRow(row, (int(units[0]), int(units[1])), int(answer), target)
        for row, units, answer, target in zip(inputs, hidden, answers, spec.targets, strict=True)
    ]
