"""How good predictions are, in the measure that belongs to the task."""

import numpy
from numpy.typing import NDArray

from nnviz.engine.datasets.record import Task

Floats = NDArray[numpy.float64]

METRIC_NAMES: dict[Task, str] = {
    "regression": "R²",
    "binary": "accuracy",
    "multi-class": "accuracy",
    "multi-label": "label accuracy",
}
"""What `score` is called for each task."""


def score(task: Task, a: Floats, y: Floats) -> Floats:
    """The metric of predictions a (..., N, K) against y (N, K), (...); nan when there are no examples.

    regression: R² = 1 - Σ(ŷ-y)² / Σ(y-ȳ)², over all outputs together; 1 - Σ(ŷ-y)² when the targets are all equal.
    binary: share on the right side of ½. multi-class: share with the largest output at the right class.
    multi-label: share of single labels on the right side of ½.
    """
    if y.shape[0] == 0:
        return numpy.full(a.shape[:-2], numpy.nan)
    with numpy.errstate(all="ignore"):
        return _score(task, a, y)


def _score(task: Task, a: Floats, y: Floats) -> Floats:
    if task == "regression":
        residual = numpy.sum((a - y) ** 2, axis=(-2, -1))
        spread = numpy.sum((y - numpy.mean(y, axis=0)) ** 2, axis=(-2, -1))
        r2: Floats = 1.0 - residual / (spread if spread > 0.0 else 1.0)
        return r2
    if task == "multi-class":
        right = classes(a) == classes(y)
        shares: Floats = numpy.mean(right, axis=-1)
    else:
        shares = numpy.mean((a > 0.5) == (y > 0.5), axis=(-2, -1))
    # A prediction that is not a number is not right by accident.
    return numpy.where(numpy.isfinite(numpy.sum(a, axis=(-2, -1))), shares, numpy.nan)


def classes(a: Floats) -> NDArray[numpy.intp]:
    """The class of each row: the largest of K outputs, or with one output whether it is above ½; (..., N)."""
    if a.shape[-1] == 1:
        return numpy.asarray(a[..., 0] > 0.5, dtype=numpy.intp)
    largest: NDArray[numpy.intp] = numpy.argmax(a, axis=-1)
    return largest


def confusion(a: Floats, y: Floats) -> NDArray[numpy.intp]:
    """Counts (classes, classes): row the true class, column the predicted one; a and y are (N, K)."""
    count = max(2, y.shape[-1])
    pairs = classes(y) * count + classes(a)
    return numpy.bincount(pairs, minlength=count * count).reshape(count, count)
