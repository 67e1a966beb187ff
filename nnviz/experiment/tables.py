"""From a table to a data set: which columns could be learned from which, the task they pose, and the arrays.

Reading is in csv_reader, the records are in table_record; both are offered here too, so that this is the one import.
"""

from collections.abc import Sequence
from typing import Literal

import numpy

from nnviz.engine.datasets.record import TASKS, DataSet, Floats, Task
from nnviz.experiment.csv_reader import parse_table, read_table
from nnviz.experiment.table_record import CategoricalColumn, Column, NumericColumn, Table, TableError, shortened

__all__ = [
    "MAX_CATEGORIES",
    "MAX_CLASSES",
    "CategoricalColumn",
    "Column",
    "MissingPolicy",
    "NumericColumn",
    "Table",
    "TableError",
    "guess_task",
    "parse_table",
    "read_table",
    "suggest",
    "table_dataset",
]

MissingPolicy = Literal["drop", "fill"]
MAX_CLASSES = 20
"""A target with more values than this is no set of classes."""
MAX_CATEGORIES = 50
"""A categorical feature becomes as many inputs as it has values; more than this are refused."""
TARGET_NAMES = ("target", "label", "class", "species", "price", "y")
"""Names that a target often has, most telling first, in lower case."""
CLASS_NAMES = frozenset({"target", "label", "class", "species", "category", "digit", "type"})
"""Names under which whole numbers from 0 or 1 on count classes rather than measure something."""
ID_NAMES = frozenset({"id", "index", "row", "rownames", "unnamed: 0", "#", "no", "nr"})


def suggest(table: Table) -> tuple[tuple[str, ...], str]:
    """A sensible first choice (features, target).

    The target is a column called like one, else the last that can be one; row numbers, free text and constant words
    are left out of the features, unless nothing else remains.
    """
    useful = [column for column in table.columns if not _is_id(table, column) and not _is_text(column)]
    candidates = [column for column in useful if len(_distinct(column)) > 1] or list(table.columns)
    by_name = {column.name.lower(): column for column in reversed(candidates)}
    target = next((by_name[name] for name in TARGET_NAMES if name in by_name), candidates[-1])
    features = [column.name for column in useful if column is not target]
    features = features or [column.name for column in table.columns if column is not target]
    return tuple(features), target.name


def guess_task(table: Table, target: Sequence[str] | str) -> Task:
    """The task that the named target column or columns most likely pose.

    Several columns: multi-label when all hold 0 and 1, else regression. One column: binary for two words or two whole
    numbers; multi-class for other words, or whole numbers from 0 or 1 on in a column called like a class; else
    regression. A guess is not a promise: `table_dataset` refuses, for instance, more than 20 classes.
    """
    columns = [table[name] for name in _as_names(table, target)]
    if len(columns) > 1:
        return "multi-label" if all(_distinct(column) == [0.0, 1.0] for column in columns) else "regression"
    column = columns[0]
    values = _distinct(column)
    if isinstance(column, CategoricalColumn):
        return "binary" if len(values) == 2 else "multi-class"
    if not all(float(value).is_integer() for value in values):
        return "regression"
    if len(values) == 2:
        return "binary"
    counts_classes = values in (list(range(len(values))), list(range(1, len(values) + 1)))
    is_class = column.name.lower() in CLASS_NAMES and counts_classes and 3 <= len(values) <= MAX_CLASSES
    return "multi-class" if is_class else "regression"


def table_dataset(
    table: Table,
    features: Sequence[str],
    target: Sequence[str] | str,
    task: Task | None = None,
    missing: MissingPolicy = "drop",
) -> tuple[DataSet, str]:
    """The data set of the named columns, and a sentence that says which rows it has and what was filled.

    A categorical feature becomes one 0/1 input for each of its values (named "island=Biscoe"). missing says what
    happens to rows that lack a feature: "drop" leaves them out, "fill" puts in the median of the rows that are used,
    or their most frequent word. Rows that lack a target are always left out. task None means `guess_task`.
    Raises TableError when columns, rows or task do not go together, ValueError for an unknown task or missing.
    """
    features, targets = tuple(features), _as_names(table, target)
    if task is not None and task not in TASKS:
        raise ValueError(f"task is {task!r}; allowed is {', '.join(TASKS)}, or None to guess it")
    if missing not in ("drop", "fill"):
        raise ValueError(f"missing is {missing!r}; allowed is drop or fill")
    if not features:
        raise TableError(f"{table.name}: no column is chosen as feature; expected is at least one")
    chosen = features + targets
    if repeated := [name for name in chosen if chosen.count(name) > 1]:
        raise TableError(f"{table.name}: column {repeated[0]!r} is chosen twice; expected is once, feature or target")
    task = guess_task(table, targets) if task is None else task
    inputs, outputs = [table[name] for name in features], [table[name] for name in targets]
    required = outputs if missing == "fill" else inputs + outputs
    kept = numpy.logical_and.reduce([_present(column) for column in required])
    if not kept.any():
        raise TableError(
            f"{table.name}: every row lacks a value in one of {shortened(chosen)}; expected are complete rows"
        )
    y, target_names = _targets(table, outputs, kept, task)
    encoded = [_feature(table, column, kept) for column in inputs]
    x = numpy.concatenate([values for values, _ in encoded], axis=-1)
    feature_names = tuple(name for _, names in encoded for name in names)
    filled = sum(int(numpy.count_nonzero(~_present(column)[kept])) for column in inputs)
    sentence = _account(table.rows, int(numpy.count_nonzero(kept)), filled, missing)
    return DataSet(table.name, task, x, y, feature_names, target_names, f"From {table.name}. {sentence}"), sentence


def _as_names(table: Table, target: Sequence[str] | str) -> tuple[str, ...]:
    names = (target,) if isinstance(target, str) else tuple(target)
    if not names:
        raise TableError(f"{table.name}: no column is chosen as target; expected is at least one")
    return names


def _array(column: Column) -> numpy.ndarray:
    """The values (rows,): float64 with NaN for missing ones, or words with "" for missing ones."""
    # Objects, since NumPy's own strings would give every cell the length of the longest.
    return numpy.array(column.values, dtype=numpy.float64 if isinstance(column, NumericColumn) else object)


def _present(column: Column) -> numpy.ndarray:
    """Where the column has a value, (rows,) of bool."""
    values = _array(column)
    present: numpy.ndarray = ~numpy.isnan(values) if isinstance(column, NumericColumn) else values != ""
    return present


def _distinct(column: Column, kept: numpy.ndarray | None = None) -> list[float] | list[str]:
    """The different values in ascending order, missing ones left out, in the kept rows (default: all)."""
    present = _present(column) if kept is None else kept & _present(column)
    distinct: list[float] | list[str] = numpy.unique(_array(column)[present]).tolist()
    return distinct


def _is_id(table: Table, column: Column) -> bool:
    name = column.name.lower()
    if name in ID_NAMES or name.endswith(("_id", " id")):
        return True
    counting = isinstance(column, NumericColumn) and bool(numpy.all(numpy.diff(_array(column)) == 1.0))
    return counting and column is table.columns[0] and name == "column 1"


def _is_text(column: Column) -> bool:
    """Whether the words are of no use: nearly all different, or all the same."""
    if isinstance(column, NumericColumn):
        return False
    count, rows = len(_distinct(column)), len(column.values)
    return count < 2 or count > MAX_CLASSES or (rows >= 10 and 2 * count > rows)


def _feature(table: Table, column: Column, kept: numpy.ndarray) -> tuple[Floats, tuple[str, ...]]:
    """The inputs (rows kept, K) that a column becomes, and their K names."""
    values, present = _array(column)[kept], _present(column)[kept]
    if not present.any():
        raise TableError(
            f"{table.name}: column {column.name!r} has no value in the rows that have a target; expected is one"
        )
    if isinstance(column, NumericColumn):
        return numpy.where(present, values, numpy.median(values[present]))[:, None], (column.name,)
    words, counts = numpy.unique(values[present], return_counts=True)
    if len(words) > MAX_CATEGORIES:
        raise TableError(
            f"{table.name}: column {column.name!r} has {len(words)} different words; expected of a feature are at most "
            f"{MAX_CATEGORIES}"
        )
    filled = numpy.where(present, values, words[numpy.argmax(counts)])
    return (filled[:, None] == words).astype(numpy.float64), tuple(f"{column.name}={word}" for word in words)


def _targets(
    table: Table, columns: Sequence[Column], kept: numpy.ndarray, task: Task
) -> tuple[Floats, tuple[str, ...]]:
    """The targets (rows kept, K) and their names, as DataSet wants them for the task."""

    def refuse(column: Column, found: str, expected: str) -> TableError:
        return TableError(f"{table.name}: target {column.name!r} {found}; expected for {task} {expected}")

    names = tuple(column.name for column in columns)
    for column in columns:
        values = _distinct(column, kept)
        if len(values) == 1:
            raise refuse(column, f"is {_some(values)} in every row that is used", "are different values")
        if task == "regression" and isinstance(column, CategoricalColumn):
            raise refuse(column, f"holds words ({_some(values)})", "are numbers")
        if task == "multi-label" and values != [0.0, 1.0]:
            raise refuse(column, f"holds {_some(values)}", "are 0 and 1")
    if task == "multi-label" and len(columns) == 1:
        raise refuse(columns[0], "is the only one", "are two columns or more")
    if task in ("regression", "multi-label"):
        return numpy.stack([_array(column)[kept] for column in columns], axis=-1), names
    if len(columns) > 1:
        raise refuse(columns[1], "is a second one", "is one column")
    classes = _distinct(columns[0], kept)
    most = 2 if task == "binary" else MAX_CLASSES
    if len(classes) > most:
        wanted = "are two" if task == "binary" else f"are at most {MAX_CLASSES}"
        raise refuse(columns[0], f"has {len(classes)} different values", wanted)
    one_hot = (_array(columns[0])[kept][:, None] == numpy.array(classes)).astype(numpy.float64)
    return one_hot[:, 1:] if task == "binary" else one_hot, tuple(_class_name(value) for value in classes)


def _class_name(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.15g}"


def _some(values: Sequence[float] | Sequence[str]) -> str:
    return shortened([_class_name(value) for value in values], 3)


def _account(rows: int, used: int, filled: int, missing: MissingPolicy) -> str:
    """Which rows are used and what was filled, in one sentence."""
    said = f"All {rows:,} rows are used"
    if used < rows:
        said = f"{used:,} of {rows:,} rows are used"
        said += f" (left out because a {'value' if missing == 'drop' else 'target'} is missing: {rows - used:,})"
    if filled:
        said += f"; missing values filled with the column's median or most frequent word: {filled:,}"
    return said + "."
