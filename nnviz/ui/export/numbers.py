"""The numbers of a figure as files: a table as CSV, arrays as ``.npz``."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.figure import Figure

Table = Sequence[Sequence[str]]
Tables = Mapping[str, Sequence[tuple[str, ...]]]
"""Tables of one figure by their names, the main one first."""
MAIN = ""
"""The name of the table that is the figure's own."""
EMPTY = "there is nothing drawn yet"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of what is in an archive: the same numbers are the same bytes."""


def csv_bytes(table: Table) -> bytes:
    """The table as CSV in UTF-8. Where there is no number the cell is empty: to a spreadsheet "nan" is a word."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(blanked(table))
    return text.getvalue().encode()


def blanked(table: Table) -> Iterator[list[str]]:
    """The rows, empty where there is no number."""
    return (["" if cell == "nan" else cell for cell in row] for row in table)


def npz_bytes(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The arrays as ``.npz``, compressed; numbers and text alone, so that nothing in it could run."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            entry = io.BytesIO()
            numpy.lib.format.write_array(entry, numpy.asanyarray(array), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entry.getvalue())
    return content.getvalue()


def tables_of(view: Figure) -> Tables:
    """What is drawn, by the tables' names: the main one, also where it is empty, and further ones that are not."""
    return {MAIN: view.numbers()} | {name: table for name, table in view.more_numbers().items() if len(table) > 1}


def drawn_tables(view: Figure) -> Tables:
    """The same. ValueError in one sentence where nothing is drawn."""
    tables = tables_of(view)
    if all(len(table) < 2 for table in tables.values()):
        raise ValueError(f"{view.title.lower() or 'the figure'}: {EMPTY}")
    return tables


def arrays_of(view: Figure) -> dict[str, NDArray[Any]]:
    """The arrays of a figure: its own, or those that its tables stand for. ValueError where nothing is drawn."""
    own = view.arrays()
    if own:
        further = {name: table for name, table in tables_of(view).items() if name}
        return own | tables_arrays(further)
    return tables_arrays(drawn_tables(view))


def tables_arrays(tables: Tables) -> dict[str, NDArray[Any]]:
    """The columns of all tables by their headings; those of a further table have its name before them."""
    arrays: dict[str, NDArray[Any]] = {}
    for name, table in tables.items():
        if table:
            found = table_arrays(table)
            arrays |= {f"{name} {heading}" if name else heading: array for heading, array in found.items()}
    return arrays


def table_arrays(table: Table) -> dict[str, NDArray[Any]]:
    """Each column by its heading. Samples of a grid, row by row, become its two axes and arrays (rows, columns)."""
    head, rows = table[0], table[1:]
    columns = [_column([row[place] if place < len(row) else "" for row in rows]) for place in range(len(head))]
    names = _names(head)
    grid = _grid(columns)
    if grid is None:
        return dict(zip(names, columns, strict=True))
    across, up = grid
    axes = {names[0]: across, names[1]: up}
    shape = len(up), len(across)
    return axes | {name: column.reshape(shape) for name, column in zip(names[2:], columns[2:], strict=True)}


def _column(texts: Sequence[str]) -> NDArray[Any]:
    """Numbers where all are, an empty cell being nan; else the texts."""
    try:
        return numpy.array([float(text) if text else numpy.nan for text in texts])
    except ValueError:
        return numpy.array(texts, dtype=numpy.str_)


def _names(head: Sequence[str]) -> list[str]:
    """Headings that can be names in an archive, each once."""
    names: list[str] = []
    for place, text in enumerate(head, start=1):
        name = re.sub(r"[\\/\x00-\x1f]+", " per ", text).strip() or f"column {place}"
        while name in names:
            name += "'"
        names.append(name)
    return names


def _grid(columns: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """The axes of the grid that the first two columns run through, the first one fastest; None where it is none."""
    if len(columns) < 3 or not len(columns[0]) or any(column.dtype.kind != "f" for column in columns[:2]):
        return None
    x, y = columns[0], columns[1]
    width = int(numpy.argmax(y != y[0])) if numpy.any(y != y[0]) else 0
    if width < 2 or len(x) % width:
        return None
    across, up = x[:width], y[::width]
    whole = numpy.array_equal(x.reshape(-1, width), numpy.broadcast_to(across, (len(up), width)))
    level = numpy.array_equal(y.reshape(-1, width), numpy.broadcast_to(up[:, None], (len(up), width)))
    return (across, up) if whole and level and len(numpy.unique(across)) == width else None
