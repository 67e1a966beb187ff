"""From a figure to the content of a file. What touches the figure is done at once; the rest may run in a thread."""

from collections.abc import Callable
from pathlib import Path

from nnviz.experiment.writing import write_whole
from nnviz.ui.export.looks import SIZES, TABLES, Looks, Words
from nnviz.ui.export.numbers import arrays_of, csv_bytes, drawn_numbers, npz_bytes
from nnviz.ui.export.picture import image_bytes, pdf_bytes, plate_image, svg_bytes
from nnviz.ui.export.plate import Plate
from nnviz.ui.plots.figure import Figure

Content = Callable[[], bytes]
"""Makes a file's content; it touches no widget."""

FILTERS = {
    "png": "PNG picture (*.png)",
    "svg": "SVG drawing (*.svg)",
    "pdf": "PDF drawing (*.pdf)",
    "csv": "CSV table (*.csv)",
    "npz": "NumPy arrays (*.npz)",
}
FORBIDDEN = '<>:"/\\|?*'
"""What some system does not take in a file's name."""


def content_of(view: Figure, looks: Looks, words: Words) -> Content:
    """Draws the figure as it is seen now. ValueError in one sentence where that cannot be."""
    if looks.format in TABLES:
        if looks.format == "csv":
            table = drawn_numbers(view)
            return lambda: csv_bytes(table)
        arrays = arrays_of(view)
        return lambda: npz_bytes(arrays)
    plate = Plate.of(view, looks, words)
    if looks.format == "png":
        picture = plate_image(plate, picture_width(looks))
        return lambda: image_bytes(picture)
    content = svg_bytes(plate) if looks.format == "svg" else pdf_bytes(plate)
    return lambda: content


def picture_width(looks: Looks) -> int:
    """Pixels across of a PNG."""
    return looks.width * looks.scale


def width_for(size: str) -> int:
    """Pixels across that suit a size."""
    return SIZES[size].width


def save(content: Content, path: Path) -> Path:
    """Makes it and writes it whole or not at all; for a thread. OSError in one sentence."""
    write_whole(path, content())
    return path


def file_name(view: Figure, suffix: str) -> str:
    """A name for a figure's file."""
    name = "".join("-" if sign in FORBIDDEN or not sign.isprintable() else sign for sign in view.key or view.title)
    return f"{name.strip(' .') or 'figure'}.{suffix}"


def with_suffix(path: Path, suffix: str) -> Path:
    """The path with the format's ending, unless it is there already."""
    return path if path.suffix.lower() == f".{suffix}" else path.with_name(f"{path.name}.{suffix}")
