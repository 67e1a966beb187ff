"""Reads a CSV file as people have them: any common delimiter and encoding, decimal commas, with or without header.

What is wrong with a file is said in one sentence with the line that an editor shows for it.
"""

import codecs
import math
import re
import stat
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnviz.experiment.csv_rows import SAMPLE_ROWS, Row, find_delimiter, read_rows, too_many_cells
from nnviz.experiment.printable import printable
from nnviz.experiment.table_record import (
    MAX_CELLS,
    MAX_FILE_BYTES,
    CategoricalColumn,
    Column,
    NumericColumn,
    Table,
    TableError,
    shortened,
)

MISSING = frozenset({"", "na", "n/a", "nan", "null", "?", "-"})
"""Spellings of a missing value, in lower case."""
MAX_NAME = 60
"""Characters of a column name that are kept."""
INFINITE = re.compile(r"[+-]?inf(?:inity)?", re.IGNORECASE)
LINE_END = re.compile(r"\r\n|\r|\n")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls, marks that turn the direction of writing, and what a file name has in place of bytes that are no text."""
DELIMITER_LINE = re.compile(r'\A"?sep=([\t;|,])"?[ \t]*(?=[\r\n])', re.IGNORECASE)
"""Excel's own first line, which names the delimiter."""

Remarks = dict[str, list[str]]
"""What is worth telling about the columns → the columns it is true of: one sentence each, however many columns."""


@dataclass(frozen=True)
class Notation:
    """One way to write numbers. remark: what is worth telling when a column is written so.

    proof: what at least one cell must look like, where the rest alone could be meant otherwise.
    """

    pattern: re.Pattern[str]
    decimal: str = "."
    thousands: str = ""
    remark: str = ""
    proof: re.Pattern[str] | None = None

    def number(self, cell: str) -> float:
        """The number that a cell of this notation stands for."""
        return float(cell.replace(self.thousands, "").replace(self.decimal, ".") if self.remark else cell)

    def fits(self, cells: Collection[str]) -> bool:
        """Whether all cells are written so, infinity included."""
        return all(self.pattern.fullmatch(cell) or INFINITE.fullmatch(cell) for cell in cells) and (
            self.proof is None or any(self.proof.search(cell) for cell in cells)
        )


PLAIN = Notation(re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII))
DECIMAL_COMMA = Notation(
    re.compile(r"[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?", re.ASCII), ",", remark="Read with decimal commas"
)
GROUPS_BY_COMMA = Notation(
    re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?", re.ASCII),
    thousands=",",
    remark="Read with commas between thousands",
)
GROUPS_BY_POINT = Notation(
    re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d*)?", re.ASCII),
    ",",
    ".",
    "Read with points between thousands and decimal commas",
    # 1.234 beside 1,5 would be ambiguous.
    re.compile(r"\.\d{3}[.,]", re.ASCII),
)


def read_table(path: Path) -> Table:
    """The table in a CSV file.

    UTF-8 or UTF-16 with a byte order mark, UTF-8 without, else Windows-1252, which a note says. Raises OSError when the
    file cannot be read, TableError when it is larger than 32 MiB (it is then not read at all) or not a usable table.
    """
    name = _shown(path.name)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise TableError(f"{name} is not a file; expected is a text file with a table")
        if status.st_size > MAX_FILE_BYTES:
            raise TableError(
                f"{name} has {status.st_size / 2**20:,.0f} MiB; expected are at most {MAX_FILE_BYTES // 2**20} MiB"
            )
        data = path.read_bytes()
    except OSError as error:
        raise OSError(f"{name} cannot be read: {printable(error.strerror or str(error)).lower()}") from None
    text, notes = _decode(data, name)
    return parse_table(text, name, notes)


def parse_table(text: str, name: str, notes: Sequence[str] = ()) -> Table:
    """The table that a CSV text holds; name stands for it in messages, notes precede those that reading adds.

    Raises TableError with the line number for everything that is not a table of numbers and words.
    """
    text, name = text.removeprefix("\ufeff"), _shown(name)
    if control := CONTROL.search(text):
        line = 1 + len(LINE_END.findall(text, 0, control.start()))
        raise TableError(f"{name}, line {line}: it holds a control character; expected is text, such as a CSV file")
    if named := DELIMITER_LINE.match(text):
        # An empty line in its place, so that the lines keep their numbers.
        text = text[named.end() :]
    delimiter = named[1] if named else find_delimiter(text)
    rows = read_rows(text, name, delimiter)
    if not rows:
        raise TableError(f"{name} is empty; expected are a line of column names and lines of values")
    remarks: Remarks = {}
    header = _has_header(rows, delimiter)
    names = [f"column {number + 1}" for number in range(len(rows[0].cells))]
    if header:
        first, *rows = rows
        names = _names(first, remarks)
        if not rows:
            raise TableError(
                f"{name}, line {first.line}: nothing follows the column names; expected are lines of values"
            )
    if len(rows) * len(names) > MAX_CELLS:
        raise too_many_cells(name, rows[-1].line)
    columns = [
        column
        for number, column_name in enumerate(names)
        if (column := _column(column_name, number, rows, file=name, delimiter=delimiter, remarks=remarks))
    ]
    if not any(isinstance(column, NumericColumn) for column in columns):
        raise TableError(_no_numbers(rows, name))
    notes = [*notes, *(f"{remark}: {shortened(where)}." for remark, where in remarks.items())]
    return Table(name=name, columns=tuple(columns), delimiter=delimiter, header=header, notes=tuple(notes))


def _decode(data: bytes, name: str) -> tuple[str, list[str]]:
    """The text in data and the notes on how it was read."""
    if data.startswith(b"PK\x03\x04"):
        raise TableError(f"{name} is a workbook or an archive; expected is text, so save the sheet as CSV first")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError:
            raise TableError(f"{name} begins like UTF-16 text but is none; expected is text, such as CSV") from None
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    note = f"Line {line} is not UTF-8, so the file was read as "
    try:
        return data.decode("cp1252"), [note + "Windows-1252."]
    except UnicodeDecodeError:
        # Never fails: Latin-1 gives every byte a meaning.
        return data.decode("latin-1"), [note + "Latin-1."]


def _notations(delimiter: str) -> tuple[Notation, ...]:
    """How numbers may be written, the likeliest first; a column follows one way throughout.

    A semicolon separates cells where the comma is the decimal one; where it is the comma, a quoted 1,5 is no number.
    """
    if delimiter == ";":
        return (PLAIN, DECIMAL_COMMA, GROUPS_BY_POINT, GROUPS_BY_COMMA)
    plain = (PLAIN, GROUPS_BY_COMMA, GROUPS_BY_POINT)
    return plain if delimiter == "," else (*plain, DECIMAL_COMMA)


def _has_header(rows: Sequence[Row], delimiter: str) -> bool:
    """Whether the first row names the columns: it holds no number, but stands above a column of mostly numbers."""
    patterns = (*(notation.pattern for notation in _notations(delimiter)), INFINITE)

    def is_number(cell: str) -> bool:
        return any(pattern.fullmatch(cell) for pattern in patterns)

    first, below = rows[0].cells, rows[1 : SAMPLE_ROWS + 1]
    if any(is_number(cell) for cell in first):
        return False
    for number, cell in enumerate(first):
        values = [row.cells[number] for row in below if not _is_missing(row.cells[number])]
        if not _is_missing(cell) and 2 * sum(map(is_number, values)) > len(values):
            return True
    return not below


def _is_missing(cell: str) -> bool:
    return cell.lower() in MISSING


def _names(row: Row, remarks: Remarks) -> list[str]:
    """Different, non-empty names made of the header's cells."""
    names: dict[str, None] = {}  # a set that keeps the order
    for number, cell in enumerate(row.cells):
        wanted = _shown(cell[:MAX_NAME]) or f"column {number + 1}"
        name, copy = wanted, 2
        while name in names:
            name, copy = f"{wanted} ({copy})", copy + 1
        if name != wanted:
            remarks.setdefault(f"Renamed, since line {row.line} has the same name twice", []).append(name)
        names[name] = None
    return list(names)


def _column(
    name: str, number: int, rows: Sequence[Row], *, file: str, delimiter: str, remarks: Remarks
) -> Column | None:
    """The column at position number, of numbers if all its values are; None if it has no value."""
    cells = [row.cells[number] for row in rows]
    lines = {row.line: cell for row, cell in zip(rows, cells, strict=True) if not _is_missing(cell)}
    if not lines:
        remarks.setdefault("Left out for holding no value", []).append(name)
        return None
    notations = _notations(delimiter)
    if notation := next((each for each in notations if each.fits(lines.values())), None):
        for line, cell in lines.items():
            if not math.isfinite(notation.number(cell)):
                raise TableError(
                    f"{file}, line {line}, column {name!r}: {_quoted(cell)} is infinite; expected are finite numbers"
                )
        if notation.remark:
            remarks.setdefault(notation.remark, []).append(name)
        return NumericColumn(name, tuple(None if _is_missing(cell) else notation.number(cell) for cell in cells))
    # The first cell that each notation cannot read, and how many it cannot.
    others = [[line for line, cell in lines.items() if not each.pattern.fullmatch(cell)] for each in notations]
    fewest = min((lines_of for lines_of in others if lines_of), key=len)
    if 2 * len(fewest) < len(lines):
        line = fewest[0]
        remarks.setdefault("Taken as words, since a cell is no number", []).append(f"{name} (line {line})")
    return CategoricalColumn(name, tuple("" if _is_missing(cell) else cell for cell in cells))


def _shown(name: str) -> str:
    """A name in which nothing is hidden."""
    return UNSHOWN.sub("\ufffd", name)


def _quoted(cell: str) -> str:
    return repr(cell if len(cell) <= 30 else cell[:29] + "…")


def _no_numbers(rows: Sequence[Row], name: str) -> str:
    return (
        f"{name}, line {rows[0].line}: no column holds only numbers (this line begins with "
        f"{_quoted(rows[0].cells[0])}); expected is at least one such column"
    )
