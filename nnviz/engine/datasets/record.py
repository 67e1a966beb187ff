"""What every data set is, whoever made it: an array of inputs, an array of targets, and their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]
Task = Literal["regression", "binary", "multi-class", "multi-label"]
TASKS: tuple[Task, ...] = get_args(Task)


@dataclass(frozen=True, eq=False)
class DataSet:
    """Inputs and targets with their names and the task they pose.

    x: (N, F) inputs as they were measured, not standardized.
    y: (N, K) targets. regression: any values; binary: K = 1, values 0 or 1; multi-class: one-hot rows;
       multi-label: each of the K columns 0 or 1.
    feature_names: F names. target_names: K names, except binary, which names both classes (0 first).
    note: where the data come from, or the truth behind them, in one or two sentences.
    """

    name: str
    task: Task
    x: Floats
    y: Floats
    feature_names: Sequence[str]
    target_names: Sequence[str]
    note: str = ""
