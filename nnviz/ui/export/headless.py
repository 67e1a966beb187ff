"""Figures of a document as files, drawn without a window and without a display: what `nnviz export` writes.

Each is drawn by itself, of the usual size, and then goes the way that figures of the window go (`files.py`): the same
looks give the same picture.
"""

import dataclasses
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.documents import Document, workspace_of
from nnviz.experiment.files import load_document
from nnviz.experiment.headless import train
from nnviz.experiment.printable import listed
from nnviz.experiment.runner import Runner
from nnviz.experiment.sharpness_track import sharpness_track
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.specification import Experiment
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.experiment.writing import write_whole
from nnviz.ui.export.caption import words_of
from nnviz.ui.export.figure_list import FIGURES
from nnviz.ui.export.files import contents_of, picture_width
from nnviz.ui.export.held_interrupts import HeldInterrupts
from nnviz.ui.export.looks import PICTURES, SIZES, TABLES, Looks, Words, check_pixels
from nnviz.ui.export.numbers import csv_bytes, npz_bytes, tables_of
from nnviz.ui.export.stage import USUAL, computing, laid_out
from nnviz.ui.export.surroundings import is_drawn
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.registry import EXPORTED
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.theme import THEMES, Theme, apply_theme
from nnviz.ui.workspaces.registry import PLACES

FORMATS = (*PICTURES, *TABLES)
ALL = "all"
"""The name of all views together."""
BARE = Looks(width=1280, title=False, caption=False)
"""What is written unless more is asked for."""
PATIENCE = 120.0
"""Seconds that a figure's own computations may take."""

Drawn = Iterator[tuple[Figure, Words]]
"""Figures one after another, each laid out until the next one is asked for, and what may be written around it."""


class UsageError(ValueError):
    """What was asked for does not exist."""


def looks_for(*, size: str, width: int | None, scale: int, ground: str, title: bool, caption: bool) -> Looks:
    """The looks of a command line. width: None for the one that suits the size."""
    if width is None:
        width = BARE.width if size == BARE.size else SIZES[size].width
    return Looks(size=size, width=width, scale=scale, ground=ground, title=title, caption=caption)


def export_figures(
    file: Path,
    steps: int | None,
    *,
    views: Sequence[str],
    out: Path,
    formats: Sequence[str],
    looks: Looks,
    progress: Callable[[int], None],
    said: Callable[[str], None],
) -> Iterator[Path]:
    """Writes the figures of a document after so many steps into a folder; yields the path of each file.

    steps: None is what the document says; an experiment of the Lab says nothing. views: keys of figures; "all" is every
    one that has something to draw. said: hears in a sentence of each that has nothing. There must be an application.
    UsageError for what does not exist; ValueError or OSError in one sentence.
    """
    _check_names("format", formats, FORMATS)
    if "png" in formats:
        _check_size(looks)
    try:
        document = load_document(file)
    except (ValueError, OSError):
        # A name that no document has is the first thing to mend.
        _check_names("view", views, [ALL, *(key for keys in FIGURES.values() for key in keys)])
        raise
    there = FIGURES[workspace_of(document)]
    every = ALL in views
    if not every:
        _check_names("view", views, list(there))
    if steps is None and isinstance(document, Experiment):
        raise UsageError("an experiment needs --steps, the number of training steps to take")
    check_folder(out)
    theme = THEMES["dark" if looks.ground == "dark" else "light"]
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, theme)
    wanted = list(dict.fromkeys(views))
    job = train(document, steps or 0, progress) if isinstance(document, Experiment) else None
    if job is not None and steps is not None and job.step < steps:
        said(f"the run ended at step {job.step:,} ({'diverged' if job.status == 'diverged' else job.reason})")
    drawn = 0
    with HeldInterrupts() as held:
        if job:
            figures = run_figures(job, list(there) if every else wanted, theme)
        else:
            figures = _sheet_figures(document, steps, [] if every else wanted, theme, held.check, said)
        for figure, words in figures:
            shown = is_drawn(figure)
            drawn += shown
            if not shown:
                said(f"{figure.title} ({figure.key}) has nothing to draw{', and is left out' if every else ''}")
            if shown or not every:
                for path in write_figure(figure, out, list(dict.fromkeys(formats)), looks, words):
                    yield path
                    held.check()
    if every and not drawn:
        raise ValueError(f"no figure of {file.name} has anything to draw")


def run_figures(job: TrainingJob, keys: Sequence[str], theme: Theme) -> Drawn:
    """Views of a run at its present moment."""
    views = [EXPORTED[key]() for key in keys]
    # What a view needs may depend on the view itself: before its first snapshot it asks for all that it could show.
    snapshot = take_snapshot(job, Watch(frozenset[str]().union(*(view.readings for view in views))))
    if any(view.needs_sharpness for view in views):
        snapshot = dataclasses.replace(snapshot, sharpness=sharpness_track(job))
    for view in views:
        view.set_theme(theme)
        view.resize(USUAL)
        with laid_out(view):
            view.draw(snapshot)
            # Legends ask for room once they have entries; on the screen the event loop would see to it.
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            yield view, words_of(view, job.spec, snapshot)
        view.deleteLater()


def _sheet_figures(
    document: Document,
    steps: int | None,
    keys: Sequence[str],
    theme: Theme,
    check: Callable[[], None],
    said: Callable[[str], None],
) -> Drawn:
    """Figures of a workspace that nobody sees. keys: none of them means all that the document has.

    check: asked again and again while something is computed. UsageError for a figure that the document has not.
    """
    place = next(place for place in PLACES if place.key == workspace_of(document))
    workspace = place.make(Session(Runner()), Preferences())
    workspace.set_theme(theme)
    workspace.resize(USUAL * 2)
    workspace.document.adopt(document, None, play=False)
    figures = {figure.key: figure for figure in workspace.figures()}
    others = [key for key in (keys or FIGURES[place.key]) if key not in figures]
    if keys and others:
        raise UsageError(f"this document has no {listed(others)}; it has {', '.join(figures)}")
    if others:
        said(f"this document is not about {listed(others)}: left out")
    if steps is None:
        # A descent says how long it is; what has no steps is as it is written.
        steps = document.steps if isinstance(document, Descent) and document.runners else None
    if steps is not None and (ended := workspace.show_step(steps)):
        said(ended)
    workspace.draw_all(check)
    _wait_for([workspace], check)
    for key in keys or figures:
        figure = figures[key]
        # Out of its page, so that it has a size of its own whether or not the page is in front.
        figure.setParent(None)
        figure.resize(USUAL)
        with laid_out(figure):
            _wait_for([workspace, figure], check)
            yield figure, words_of(figure, workspace.document.to_save(), step=workspace.step)
        figure.deleteLater()
    workspace.deleteLater()


def write_figure(figure: Figure, out: Path, formats: Sequence[str], looks: Looks, words: Words) -> Iterator[Path]:
    """Writes one figure in each format, whole or not at all; yields the paths. ValueError, OSError in one sentence."""
    for name in formats:
        contents = _contents(figure, dataclasses.replace(looks, format=name), words, out / f"{figure.key}.{name}")
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OSError(f"cannot write into {out}: {(error.strerror or str(error)).lower()}") from None
        for path, content in contents.items():
            write_whole(path, content)
            yield path


def check_folder(out: Path) -> None:
    """OSError where nothing can be written: better said before the work than after it."""
    there = out
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise OSError(f"cannot write into {out}: {'it' if there == out else there} is no folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise OSError(f"cannot write into {out}: {'it' if there == out else there} may not be written to")


def _contents(figure: Figure, looks: Looks, words: Words, path: Path) -> dict[Path, bytes]:
    """What is written in one format, by paths. A figure that is empty, but was asked for, has tables without rows."""
    if is_drawn(figure) or looks.format in PICTURES:
        return contents_of(figure, looks, words, path)()
    if looks.format == "csv":
        return {path: csv_bytes(figure.numbers())}
    headings = (name for table in tables_of(figure).values() for name in (table[0] if table else ()))
    return {path: npz_bytes({name: numpy.zeros(0) for name in headings})}


def _wait_for(places: Sequence[QWidget], check: Callable[[], None]) -> None:
    """Until all that they compute beside the window is there. OSError in one sentence when it takes forever."""
    deadline = time.monotonic() + PATIENCE
    QApplication.processEvents()
    while any(computing(place) for place in places):
        check()
        if time.monotonic() > deadline:
            raise OSError(f"the figures were not computed within {PATIENCE:.0f} seconds")
        QApplication.processEvents()
        time.sleep(0.002)
    QApplication.processEvents()


def _check_size(looks: Looks) -> None:
    """UsageError for what is far too large, told at once; how high a figure is exactly is known when it is drawn."""
    layout, width = looks.layout(USUAL), picture_width(looks)
    try:
        check_pixels(width, width * layout.height() / layout.width())
    except ValueError as error:
        raise UsageError(str(error)) from None


def _check_names(kind: str, given: Sequence[str], allowed: Sequence[str]) -> None:
    unknown = [name for name in given if name not in allowed]
    if unknown or not given:
        raise UsageError(f"no {kind} {', '.join(unknown) or 'was named'}; there are {', '.join(allowed)}")
