"""Data to learn from: generators of synthetic data, features of the plane, splitting and standardizing."""

from nnviz.engine.datasets.features import FEATURES, Feature, expand
from nnviz.engine.datasets.generator import MAX_SIZE, Generator, Parameter
from nnviz.engine.datasets.houses import HOUSE_BASE_PRICE, HOUSE_WEIGHTS
from nnviz.engine.datasets.record import TASKS, DataSet, Floats, Task
from nnviz.engine.datasets.registry import GENERATORS
from nnviz.engine.datasets.split import Indices, Standardization, split

__all__ = [
    "FEATURES",
    "GENERATORS",
    "HOUSE_BASE_PRICE",
    "HOUSE_WEIGHTS",
    "MAX_SIZE",
    "TASKS",
    "DataSet",
    "Feature",
    "Floats",
    "Generator",
    "Indices",
    "Parameter",
    "Standardization",
    "Task",
    "expand",
    "split",
]
