"""The real data sets that come with the program, read by the same code as a user's own CSV files.

resources/data/README.md tells where each is from and what was changed.
"""

import dataclasses
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nnviz.engine.datasets.record import DataSet, Task
from nnviz.experiment.tables import Table, parse_table, read_table, table_dataset
from nnviz.resources import resource


@dataclass(frozen=True)
class ShippedData:
    """A shipped CSV file and what is learned from it unless the user chooses other columns.

    description: one sentence for a menu. source: where it is from, and its licence.
    """

    name: str
    label: str
    description: str
    source: str
    file: str
    features: tuple[str, ...]
    target: str
    task: Task


_ALL = (
    ShippedData(
        name="iris",
        label="Iris",
        description="Three species of iris by the length and width of sepals and petals; 150 flowers.",
        source="R. A. Fisher, 1936, measured by E. Anderson; UCI Machine Learning Repository, CC BY 4.0.",
        file="iris.csv",
        features=("sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"),
        target="species",
        task="multi-class",
    ),
    ShippedData(
        name="penguins",
        label="Penguins",
        description="Three species of penguin by bill, flipper and body mass; 344 birds, two of them not measured.",
        source="K. Gorman and Palmer Station LTER, 2007 to 2009; palmerpenguins, CC0.",
        file="penguins.csv",
        features=("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"),
        target="species",
        task="multi-class",
    ),
    ShippedData(
        name="digits",
        label="Handwritten digits",
        description="Handwritten digits of 8 by 8 pixels, each from 0 (paper) to 16 (ink); 1,797 images.",
        source="E. Alpaydin and C. Kaynak, 1998; UCI Machine Learning Repository, CC BY 4.0.",
        file="digits.csv.gz",
        features=tuple(f"r{row}c{column}" for row in range(8) for column in range(8)),
        target="digit",
        task="multi-class",
    ),
)
SHIPPED: Mapping[str, ShippedData] = MappingProxyType({data.name: data for data in _ALL})


def shipped_table(name: str) -> Table:
    """The whole table of a shipped data set, for choosing other columns. Raises ValueError for an unknown name."""
    if name not in SHIPPED:
        raise ValueError(f"name is {name!r}; allowed is {', '.join(SHIPPED)}")
    path = resource("data", SHIPPED[name].file)
    if path.suffix == ".gz":
        return parse_table(gzip.decompress(path.read_bytes()).decode(), path.stem)
    return read_table(path)


def load_shipped(name: str) -> DataSet:
    """The shipped data set with its usual columns, rows with missing values left out; note names its source.

    Raises ValueError for an unknown name.
    """
    table, data = shipped_table(name), SHIPPED[name]
    dataset, sentence = table_dataset(table, data.features, data.target, data.task)
    return dataclasses.replace(dataset, name=name, note=f"{data.source} {sentence}")
