"""The numbers of a figure as files: a table as CSV, arrays as ``.npz``."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.figure import Figure

Table = Sequence[Sequence[str]]
EMPTY = "there is nothing drawn yet"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of what is in an archive: the same numbers are the same bytes."""


def csv_bytes(table: Table) -> bytes:
    """The table as CSV in UTF-8."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode()


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


def arrays_of(view: Figure) -> dict[str, NDArray[Any]]:
    """The arrays of a figure: its own, or those that its table stands for. ValueError where nothing is drawn."""
    own = view.arrays()
    return own or table_arrays(drawn_numbers(view))


def drawn_numbers(view: Figure) -> list[tuple[str, ...]]:
    """The figure's table. ValueError in one sentence where it is empty."""
    table = view.numbers()
    if len(table) < 2:
        raise ValueError(f"{view.title.lower() or 'the figure'}: {EMPTY}")
    return table


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
    if len(columns) < 3 or any(column.dtype.kind != "f" for column in columns[:2]):
        return None
    x, y = columns[0], columns[1]
    width = int(numpy.argmax(y != y[0])) if numpy.any(y != y[0]) else 0
    if width < 2 or len(x) % width:
        return None
    across, up = x[:width], y[::width]
    whole = numpy.array_equal(x.reshape(-1, width), numpy.broadcast_to(across, (len(up), width)))
    level = numpy.array_equal(y.reshape(-1, width), numpy.broadcast_to(up[:, None], (len(up), width)))
    return (across, up) if whole and level and len(numpy.unique(across)) == width else None
