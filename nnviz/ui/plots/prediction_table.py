"""What the decision map draws, as tables of numbers: for the clipboard, and for the confusion matrix."""

from collections.abc import Iterator, Sequence

import numpy
from numpy.typing import NDArray

from nnviz.engine.metrics import confusion
from nnviz.experiment.problem import Problem
from nnviz.experiment.readings import DecisionMap, FitCurve, Predictions
from nnviz.ui.plots.plot_view import Table
from nnviz.ui.plots.wording import plain

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


def map_table(problem: Problem, reading: DecisionMap) -> Table:
    """A row for each sample of the map."""
    left, right, bottom, top = reading.extent
    rows, columns, _ = reading.values.shape
    across, up = numpy.meshgrid(numpy.linspace(left, right, columns), numpy.linspace(bottom, top, rows))
    inputs = [problem.data.feature_names[axis] for axis in reading.axes]
    outputs = reading.values.reshape(rows * columns, -1)
    return [(*inputs, *_output_names(problem)), *_rows(numpy.column_stack([across.ravel(), up.ravel(), outputs]))]


def curve_table(problem: Problem, reading: FitCurve) -> Table:
    """A row for each point of the curve."""
    head = (problem.data.feature_names[0], *_output_names(problem))
    return [head, *_rows(numpy.column_stack([reading.x, reading.y]))]


def prediction_table(problem: Problem, reading: Predictions) -> Table:
    """A row for each example: its number, its part, its targets, the outputs."""
    names = _output_names(problem)
    table: Table = [("example", "part", *(f"true {name}" for name in names), *(f"predicted {name}" for name in names))]
    parts = (("training", problem.train, reading.train), ("test", problem.test, reading.test))
    for part, numbers, predicted in parts:
        for number, row in zip(numbers, _rows(numpy.column_stack([problem.data.y[numbers], predicted])), strict=True):
            table.append((str(number), part, *row))
    return table


def _output_names(problem: Problem) -> Sequence[str]:
    return (problem.data.target_names[-1],) if problem.task == "binary" else problem.data.target_names


def _rows(values: Floats) -> Iterator[tuple[str, ...]]:
    return (tuple(plain(value) for value in row) for row in values.tolist())
