"""Figures of a run as files: pictures, vectors and numbers, named after their views. No display is needed."""

import csv
import dataclasses
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMarginsF, QSize, QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from nnviz.experiment.sharpness_track import sharpness_track
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.experiment.writing import write_whole
from nnviz.ui.export.picture import figure_of, laid_out, paint_figure, png_bytes
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.theme import Theme

SIZE = QSize(800, 500)
"""The size a figure is laid out at; its text has the proportions of the window's."""
DPI = 96


def write_figures(
    job: TrainingJob, keys: Sequence[str], out: Path, formats: Sequence[str], width: int, theme: Theme
) -> list[Path]:
    """Draws each view of the job's present moment and writes it in each format; the paths written.

    The folder is made where there is none. OSError in one sentence.
    """
    views = [VIEWS[key]() for key in keys]
    # What a view needs may depend on the view itself: before its first snapshot it asks for all that it could show.
    snapshot = take_snapshot(job, Watch(frozenset[str]().union(*(view.readings for view in views))))
    if any(view.needs_sharpness for view in views):
        snapshot = dataclasses.replace(snapshot, sharpness=sharpness_track(job))
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for view in views:
        view.set_theme(theme)
        view.resize(SIZE)
        with laid_out(view):
            view.draw(snapshot)
            # Legends ask for room once they have entries; on the screen the event loop would see to it.
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            for name in formats:
                path = out / f"{view.key}.{name}"
                write_whole(path, WRITERS[name](view, width))
                written.append(path)
        view.deleteLater()
    return written


def svg(view: Figure, _width: int) -> bytes:
    """An SVG file: lines and text as such, maps as embedded images."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    figure = figure_of(view)
    generator.setSize(figure.size())
    generator.setViewBox(figure.rect())
    generator.setResolution(DPI)
    generator.setTitle(view.title)
    painter = QPainter(generator)
    paint_figure(view, painter)
    painter.end()
    buffer.close()
    return bytes(content.data())


def pdf(view: Figure, _width: int) -> bytes:
    """A PDF file of one page as large as the figure, fonts embedded."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    figure = figure_of(view)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setTitle(view.title)
    points = QSizeF(figure.width() * 72.0 / DPI, figure.height() * 72.0 / DPI)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, view.key, QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    paint_figure(view, painter)
    painter.end()
    buffer.close()
    return bytes(content.data())


def numbers(view: Figure, _width: int) -> bytes:
    """The numbers that the view draws, as CSV in UTF-8."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(view.numbers())
    return text.getvalue().encode()


WRITERS: dict[str, Callable[[Figure, int], bytes]] = {"png": png_bytes, "svg": svg, "pdf": pdf, "csv": numbers}
FORMATS = tuple(WRITERS)
