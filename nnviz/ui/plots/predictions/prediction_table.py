"""What the decision map draws, as tables of numbers: for the clipboard, and for the confusion matrix."""

from collections.abc import Iterator, Sequence

import numpy
from numpy.typing import NDArray

from nnviz.engine.metrics import classes, confusion
from nnviz.experiment.problem import Problem
from nnviz.experiment.readings import DecisionMap, FitCurve, Predictions
from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.charts.wording import plain_rows

Floats = NDArray[numpy.float64]
Counts = NDArray[numpy.intp]


def counts_of(problem: Problem, reading: Predictions, part: str, label: int) -> tuple[Counts, Sequence[str]]:
    """Counts (K, K) of true and predicted classes, and their names. part: "train" or "test". label: of several."""
    rows, predicted = (problem.test, reading.test) if part == "test" else (problem.train, reading.train)
    y, names = problem.data.y[rows], problem.data.target_names
    if problem.task != "multi-label":
        return confusion(predicted, y), names
    name, one = names[label], slice(label, label + 1)
    return confusion(predicted[:, one], y[:, one]), (f"not {name}", name)


def count_table(counts: Counts, names: Sequence[str]) -> Table:
    """Counts (K, K) of true and predicted classes, a row for each true one."""
    rows = [(f"true {name}", *(str(count) for count in row)) for name, row in zip(names, counts.tolist(), strict=True)]
    return [("examples", *(f"predicted {name}" for name in names)), *rows]


def map_table(problem: Problem, reading: DecisionMap) -> Table:
    """A row for each sample of the map."""
    left, right, bottom, top = reading.extent
    rows, columns, _ = reading.values.shape
    across, up = numpy.meshgrid(numpy.linspace(left, right, columns), numpy.linspace(bottom, top, rows))
    inputs = [problem.data.feature_names[axis] for axis in reading.axes]
    outputs = reading.values.reshape(rows * columns, -1)
    return [(*inputs, *_output_headings(problem)), *_rows(numpy.column_stack([across.ravel(), up.ravel(), outputs]))]


def curve_table(problem: Problem, reading: FitCurve) -> Table:
    """A row for each point of the curve."""
    parts = (f"part of unit {unit}" for unit in range(1, len(reading.units) + 1))
    head = (problem.data.feature_names[0], *_output_headings(problem), *parts)
    # Drawn in the units of y, as the curve itself.
    units = reading.units * (float(problem.targets.scale[0]) if linear_output(problem) else 1.0)
    return [head, *_rows(numpy.column_stack([reading.x, reading.y, *units]))]


def linear_output(problem: Problem) -> bool:
    """Whether what the last hidden layer's units add up to is the answer itself."""
    return problem.network.activations[-1].name == "linear"


@numpy.errstate(all="ignore")
def points_table(problem: Problem, theta: Floats) -> Table:
    """A row for each example, with what the network answers: the dots on the map or beside the curve."""
    data, test = problem.data, set(problem.test.tolist())
    outputs = problem.targets.invert(problem.network.predict(theta, problem.inputs.apply(data.x)))
    names = _output_names(problem)
    head = ["example", "set", *data.feature_names, *(f"true {name}" for name in names)]
    head += _output_headings(problem)
    rows = _rows(numpy.column_stack([data.x, data.y, outputs]))
    table = [(str(number + 1), "test" if number in test else "training", *row) for number, row in enumerate(rows)]
    if problem.task == "regression":
        return [tuple(head), *table]
    right = (outputs > 0.5) == (data.y > 0.5) if problem.task == "multi-label" else None
    wrong = classes(outputs) != classes(data.y) if right is None else ~numpy.all(right, axis=-1)
    # As in the metric: an answer that is no number is not right by accident.
    wrong |= ~numpy.all(numpy.isfinite(outputs), axis=-1)
    marked = ((*row, str(int(is_wrong))) for row, is_wrong in zip(table, wrong.tolist(), strict=True))
    return [(*head, "wrong (1 yes, 0 no)"), *marked]


def prediction_table(problem: Problem, reading: Predictions) -> Table:
    """A row for each example: its number, its part, its targets, the outputs."""
    names = _output_names(problem)
    table: Table = [("example", "set", *(f"true {name}" for name in names), *_output_headings(problem))]
    parts = (("training", problem.train, reading.train), ("test", problem.test, reading.test))
    for part, numbers, predicted in parts:
        for number, row in zip(numbers, _rows(numpy.column_stack([problem.data.y[numbers], predicted])), strict=True):
            table.append((str(number + 1), part, *row))
    return table


def _output_names(problem: Problem) -> Sequence[str]:
    return (problem.data.target_names[-1],) if problem.task == "binary" else problem.data.target_names


def _output_headings(problem: Problem) -> Sequence[str]:
    """What the network answers: a probability for each class, or the target in its own units."""
    shares = problem.task != "regression" and problem.network.activations[-1].name in ("sigmoid", "softmax")
    return [f"probability of {name}" if shares else f"predicted {name}" for name in _output_names(problem)]


def _rows(values: Floats) -> Iterator[tuple[str, ...]]:
    return iter(plain_rows(values))
