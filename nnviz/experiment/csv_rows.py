"""Cuts the text of a CSV file into rows of cells, whatever its delimiter, and knows the line on which each begins."""

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from nnviz.experiment.table_record import MAX_CELLS, MAX_COLUMNS, TableError

# In order of preference among equals: a decimal comma is common beside a semicolon, the reverse is rare.
DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "vertical bar", ",": "comma"}
SAMPLE_ROWS = 100
MAX_READ = 2 * MAX_CELLS
"""Cells and blank lines that are gone through: a file of nothing but line ends or delimiters is given up early."""
SAMPLE_CHARACTERS = 1_000_000


class Row(NamedTuple):
    """A record: the line of the file on which it begins (from 1), and its cells, each a single trimmed line."""

    line: int
    cells: list[str]


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first rows most evenly into more than one cell; a comma when none cuts them."""
    shares = {delimiter: _evenness(text[:SAMPLE_CHARACTERS], delimiter) for delimiter in DELIMITERS}
    best = max(shares, key=lambda delimiter: shares[delimiter])
    return best if shares[best] > 0.0 else ","


def _evenness(sample: str, delimiter: str) -> float:
    """The share of sampled rows that have the most common number of cells, 0 if that is one cell."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
    widths: Counter[int] = Counter()
    # An overlong cell ends the sample; reading the whole text then says where it is.
    with contextlib.suppress(csv.Error):
        for cells in islice(reader, SAMPLE_ROWS):
            if any(cells):
                widths[len(cells)] += 1
    (width, times) = max(widths.items(), key=lambda item: item[1], default=(1, 0))
    return times / widths.total() if width > 1 else 0.0


def read_rows(text: str, name: str, delimiter: str) -> list[Row]:
    """All rows of a CSV text but blank ones, each as wide as the first; name stands for the text in messages.

    The first may be a row of names, so one row more than the limit of cells is read. Raises TableError with the line
    number for ragged rows, bad quotation and more cells or columns than allowed.
    """
    reader = csv.reader(_lines(text, name, delimiter), delimiter=delimiter, skipinitialspace=True, strict=True)
    rows: list[Row] = []
    read = 0
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TableError(f"{name}, line {line}: {_syntax(str(error))}") from None
        if cells is None:
            return rows
        read += max(1, len(cells))
        if read > MAX_READ:
            raise TableError(
                f"{name}, line {line}: there are more than {MAX_READ:,} cells and blank lines up to here; expected is "
                "a table with fewer gaps"
            )
        row = Row(line, [" ".join(cell.split()) for cell in cells])
        if not any(row.cells):
            continue
        rows.append(row)
        width = len(rows[0].cells)
        if width > MAX_COLUMNS:
            raise TableError(
                f"{name}, line {line}: it has {width:,} cells; expected are at most {MAX_COLUMNS:,} columns"
            )
        if len(cells) != width:
            raise TableError(
                f"{name}, line {line}: it has {_cells(len(cells))} and line {rows[0].line} has {width}; expected are "
                f"equally many (the delimiter is taken to be the {DELIMITERS[delimiter]})"
            )
        if (len(rows) - 1) * width > MAX_CELLS:
            raise too_many_cells(name, line)


def too_many_cells(name: str, line: int) -> TableError:
    """The refusal of a table whose values go on after the most that are read."""
    return TableError(
        f"{name}, line {line}: the table goes on after {MAX_CELLS:,} cells, the most that are read; expected are fewer "
        "rows or columns"
    )


def _lines(text: str, name: str, delimiter: str) -> Iterator[str]:
    """The lines of a text; TableError for one so long that cutting it would take seconds, to be refused after all."""
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if line.count(delimiter) > MAX_CELLS:
            raise TableError(
                f"{name}, line {number}: it has more than {MAX_CELLS:,} cells; expected are at most {MAX_COLUMNS:,} "
                "columns"
            )
        yield line


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _syntax(error: str) -> str:
    """The csv module's complaint in the words of a user."""
    if "unexpected end" in error:
        return "a quotation mark is opened and never closed; expected is another one at the end of the cell"
    if "limit" in error:
        return (
            f"a cell is longer than {csv.field_size_limit():,} characters; expected are numbers and words, "
            "so look for a quotation mark that is never closed"
        )
    return "text follows a closing quotation mark; expected is the delimiter, or a doubled mark within a cell"
