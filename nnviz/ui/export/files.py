"""From a figure to the content of a file. What touches the figure is done at once; the rest may run in a thread."""

import glob
from collections.abc import Callable
from pathlib import Path

from nnviz.experiment.writing import write_whole
from nnviz.ui.export.looks import Looks, Words
from nnviz.ui.export.numbers import (
    Tables,
    arrays_of,
    csv_bytes,
    drawn_tables,
    npz_bytes,
    tables_arrays,
    tables_of,
)
from nnviz.ui.export.picture import image_bytes, pdf_bytes, plate_image, svg_bytes
from nnviz.ui.export.plate import Plate
from nnviz.ui.plots.figure import Figure

Contents = Callable[[], dict[Path, bytes]]
"""Makes what stands in files, by their paths; it touches no widget."""

FILTERS = {
    "png": "PNG picture (*.png)",
    "svg": "SVG drawing (*.svg)",
    "pdf": "PDF drawing (*.pdf)",
    "csv": "CSV table (*.csv)",
    "npz": "NumPy arrays (*.npz)",
}
FORBIDDEN = '<>:"/\\|?*'
"""What some system does not take in a file's name."""


def contents_of(view: Figure, looks: Looks, words: Words, path: Path) -> Contents:
    """Draws the figure as it is seen now, for a path; as CSV, further tables have files of their own beside it.

    ValueError in one sentence where that cannot be.
    """
    if looks.format == "csv":
        return table_contents(drawn_tables(view), path)
    if looks.format == "npz":
        arrays = arrays_of(view)
        return lambda: {path: npz_bytes(arrays)}
    plate = Plate.of(view, looks, words)
    if looks.format == "png":
        picture = plate_image(plate, picture_width(looks))
        return lambda: {path: image_bytes(picture)}
    content = svg_bytes(plate) if looks.format == "svg" else pdf_bytes(plate)
    return lambda: {path: content}


def table_contents(tables: Tables, path: Path) -> Contents:
    """Tables as the path's ending says: as arrays in one file, or each as CSV."""
    if path.suffix.lower() == ".npz":
        return lambda: {path: npz_bytes(tables_arrays(tables))}
    return lambda: {table_path(path, name): csv_bytes(table) for name, table in tables.items()}


def table_path(path: Path, name: str) -> Path:
    """Where the table called so is written when the main one is written at the path."""
    return path.with_name(f"{path.stem}-{name}{path.suffix}") if name else path


def paths_beside(view: Figure, path: Path) -> list[Path]:
    """Where further tables would be written when the figure is written there; none where it is no CSV."""
    # Only where something is there already it matters what they are called, which takes the tables themselves.
    if path.suffix.lower() != ".csv" or not any(path.parent.glob(f"{glob.escape(path.stem)}-*{path.suffix}")):
        return []
    return [table_path(path, name) for name in tables_of(view) if name]


def picture_width(looks: Looks) -> int:
    """Pixels across of a PNG."""
    return looks.width * looks.scale


def save(contents: Contents) -> list[Path]:
    """Makes them and writes each whole or not at all; for a thread. OSError in one sentence at the first that cannot
    be written."""
    written = []
    for path, content in contents().items():
        write_whole(path, content)
        written.append(path)
    return written


def file_name(view: Figure, suffix: str) -> str:
    """A name for a figure's file."""
    name = "".join("-" if sign in FORBIDDEN or not sign.isprintable() else sign for sign in view.key or view.title)
    return f"{name.strip(' .') or 'figure'}.{suffix}"
