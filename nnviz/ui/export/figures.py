"""Figures of a document as files, named after their keys: what `nnviz export` writes. No display is needed."""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from nnviz.experiment.sharpness_track import sharpness_track
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.experiment.writing import write_whole
from nnviz.ui.export.numbers import arrays_of, csv_bytes, npz_bytes
from nnviz.ui.export.picture import pdf_bytes, png_bytes, svg_bytes
from nnviz.ui.export.plate import Plate
from nnviz.ui.export.stage import USUAL, laid_out
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.registry import EXPORTED
from nnviz.ui.theme import Theme


def write_figures(
    job: TrainingJob, keys: Sequence[str], out: Path, formats: Sequence[str], width: int, theme: Theme
) -> list[Path]:
    """Draws each view of the job's present moment and writes it in each format; the paths written.

    The folder is made where there is none. OSError in one sentence.
    """
    views = [EXPORTED[key]() for key in keys]
    # What a view needs may depend on the view itself: before its first snapshot it asks for all that it could show.
    snapshot = take_snapshot(job, Watch(frozenset[str]().union(*(view.readings for view in views))))
    if any(view.needs_sharpness for view in views):
        snapshot = dataclasses.replace(snapshot, sharpness=sharpness_track(job))
    written = []
    for view in views:
        view.set_theme(theme)
        view.resize(USUAL)
        with laid_out(view):
            view.draw(snapshot)
            # Legends ask for room once they have entries; on the screen the event loop would see to it.
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            written += write_figure(view, out, formats, width)
        view.deleteLater()
    return written


def write_figure(view: Figure, out: Path, formats: Sequence[str], width: int) -> list[Path]:
    """Writes one figure as it is, in each format; the paths. OSError in one sentence."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OSError(f"cannot write into {out}: {(error.strerror or str(error)).lower()}") from None
    written = []
    for name in formats:
        path = out / f"{view.key}.{name}"
        write_whole(path, WRITERS[name](view, width))
        written.append(path)
    return written


def svg(view: Figure, _width: int) -> bytes:
    """An SVG file: lines and text as such, maps as embedded images."""
    return svg_bytes(Plate.bare(view))


def pdf(view: Figure, _width: int) -> bytes:
    """A PDF file of one page as large as the figure, fonts embedded."""
    return pdf_bytes(Plate.bare(view))


def numbers(view: Figure, _width: int) -> bytes:
    """The numbers that the view draws, as CSV in UTF-8."""
    return csv_bytes(view.numbers())


def arrays(view: Figure, _width: int) -> bytes:
    """The same as arrays; empty ones where nothing is drawn yet, so that the figures after it are written, too."""
    table = view.numbers()
    if len(table) < 2 and not view.arrays():
        return npz_bytes({name: numpy.zeros(0) for name in (table[0] if table else ())})
    return npz_bytes(arrays_of(view))


WRITERS: dict[str, Callable[[Figure, int], bytes]] = {
    "png": png_bytes,
    "svg": svg,
    "pdf": pdf,
    "csv": numbers,
    "npz": arrays,
}
FORMATS = tuple(WRITERS)
