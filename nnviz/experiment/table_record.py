"""A table of one's own: named columns of numbers or of words, small enough to travel inside an experiment file.

The records are msgspec structs: `msgspec.json.encode(table)` gives readable JSON with missing numbers as null, and
decoding it checks everything that reading a CSV file would have checked.
"""

import math
from collections import Counter
from collections.abc import Sequence

import msgspec

from nnviz.experiment.printable import printable

MAX_FILE_BYTES = 32 * 2**20
MAX_CELLS = 500_000
MAX_COLUMNS = 1_000


class TableError(ValueError):
    """Data that cannot be used. The message is one sentence for the user: where, what was found, what is expected."""

    def __init__(self, sentence: str) -> None:
        super().__init__(printable(sentence))


class NumericColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="numeric"):
    """Numbers, None where one is missing. Raises ValueError for infinity and NaN."""

    name: str
    values: tuple[float | None, ...]

    def __post_init__(self) -> None:
        for row, value in enumerate(self.values):
            if value is not None and not math.isfinite(value):
                raise ValueError(f"column {self.name!r} holds {value} in row {row + 1}; allowed are finite numbers")

    @property
    def kind(self) -> str:
        return "numeric"

    @property
    def missing(self) -> int:
        """How many values are missing."""
        return self.values.count(None)


class CategoricalColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="categorical"):
    """Words, the empty string where one is missing."""

    name: str
    values: tuple[str, ...]

    @property
    def kind(self) -> str:
        return "categorical"

    @property
    def missing(self) -> int:
        """How many values are missing."""
        return self.values.count("")


Column = NumericColumn | CategoricalColumn


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Columns of equal length with different names.

    name: of the file. delimiter, header: how the file was written (header False: the columns are named by number).
    notes: sentences on what was changed or guessed while reading.
    Raises ValueError (msgspec.ValidationError while decoding) for a table that breaks these rules or the limits.
    """

    name: str
    columns: tuple[Column, ...]
    delimiter: str = ","
    header: bool = True
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.columns) <= MAX_COLUMNS:
            raise ValueError(f"the table has {len(self.columns)} columns; allowed are 1 to {MAX_COLUMNS:,}")
        for column in self.columns:
            if len(column.values) != self.rows:
                raise ValueError(
                    f"column {column.name!r} has {len(column.values)} values; expected are {self.rows}, as many as in "
                    f"column {self.columns[0].name!r}"
                )
        if self.rows * len(self.columns) > MAX_CELLS:
            raise ValueError(f"the table has {self.rows * len(self.columns):,} cells; allowed are {MAX_CELLS:,}")
        if repeated := [name for name, times in Counter(self.names).items() if times > 1]:
            raise ValueError(f"the table has several columns named {repeated[0]!r}; expected are different names")

    @property
    def rows(self) -> int:
        """How many rows of data there are."""
        return len(self.columns[0].values)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names in the order of the file."""
        return tuple(column.name for column in self.columns)

    def __getitem__(self, name: str) -> Column:
        """The column of that name. Raises TableError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise TableError(f"{self.name} has no column {name!r}; its columns are {shortened(self.names)}")


def shortened(words: Sequence[str], most: int = 8) -> str:
    """The first words, comma-separated, with … where words are cut or more of them follow."""
    return ", ".join(word if len(word) <= 30 else word[:29] + "…" for word in words[:most]) + (
        ", …" if len(words) > most else ""
    )
