"""Figures for an answer sheet: each page's own run, trained beside the window, seen in the view that the page shows."""

import dataclasses
import hashlib
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication

from nnviz.experiment.documents import LAB, Document, workspace_of
from nnviz.experiment.files import SUFFIX, load_document
from nnviz.experiment.lesson.measures import MEASURES
from nnviz.experiment.lesson.progress import PREDICT, QUESTION, LessonProgress
from nnviz.experiment.lesson.record import Lesson, Page
from nnviz.experiment.problem import resolve
from nnviz.experiment.runner import Runner
from nnviz.experiment.sharpness_track import sharpness_track
from nnviz.experiment.snapshot import Snapshot, take_snapshot
from nnviz.experiment.specification import Experiment
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.resources import resource
from nnviz.ui.export.answer_sheet import SheetPicture
from nnviz.ui.export.picture import png_bytes
from nnviz.ui.export.stage import laid_out
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.plots.view import View
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.theme import LIGHT
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.background_steps import BackgroundSteps
from nnviz.ui.workspaces.registry import PLACES
from nnviz.ui.workspaces.workspace import Workspace

SIZE = QSize(800, 500)
PIXELS = 1200
LOOK_MS = 30
CHUNK_STEPS = 20
REST_SECONDS = 0.0005
"""Between two chunks of steps: the window draws and listens meanwhile."""


@dataclass(frozen=True, eq=False)
class _Run:
    """What a page's run came to."""

    snapshot: Snapshot
    seed: int


def figure_pages(lesson: Lesson, progress: LessonProgress) -> list[int]:
    """The pages, from 0, that have a figure to be drawn: those with a preset, a view, and an answer given.

    A figure of a page without an answer would give the answer away.
    """
    return [
        number
        for number, page in enumerate(lesson.pages)
        if page.load is not None
        and page.load.preset is not None
        and page.load.show is not None
        and any(progress.answer(number, part) is not None for part in (PREDICT, QUESTION))
    ]


class SheetFigures(QObject):
    """Draws them one after another. `cancel` ends it between two steps."""

    advanced = Signal(int, int)
    """(How many are drawn, how many there are)."""
    finished = Signal(object)
    """dict[int, SheetPicture] by page."""
    failed = Signal(str)

    def __init__(self, lesson: Lesson, progress: LessonProgress, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lesson, self._pages = lesson, figure_pages(lesson, progress)
        self._pictures: dict[int, SheetPicture] = {}
        self._done = 0
        self._view: View | None = None
        self._run: _Run | None = None
        self._place: Workspace | None = None
        """A workspace that nobody sees, for documents that are none of the Lab's."""
        self._waiting = QTimer(self)
        self._waiting.setInterval(LOOK_MS)
        self._waiting.timeout.connect(self._look)
        self._steps = BackgroundSteps(self)
        self._steps.advanced.connect(self._take)
        self._steps.finished.connect(self._draw)
        self._steps.failed.connect(self._fail)

    def start(self) -> None:
        """The first one."""
        self._next()

    def cancel(self) -> None:
        """Nothing more is heard of it."""
        self._steps.cancel()
        self._forget_view()

    @property
    def _page(self) -> Page:
        """The page whose figure is next."""
        return self._lesson.pages[self._pages[self._done]]

    def _next(self) -> None:
        self.advanced.emit(self._done, len(self._pages))
        if self._done == len(self._pages):
            self.finished.emit(self._pictures)
            return
        page = self._page
        assert page.load is not None
        assert page.load.show is not None
        document = load_document(_file(page))
        if not isinstance(document, Experiment):
            self._place = _workspace(document, steps_of(page))
            self._waiting.start()
            return
        if page.load.show not in VIEWS:
            self._go_on()
            return
        view = self._view = VIEWS[page.load.show]()
        path, steps, sharp = _file(page), steps_of(page), view.needs_sharpness
        watch = Watch(view.readings, layer=layer_of(page))
        self._steps.start(lambda: _train(path, steps, watch, sharp=sharp))

    def _take(self, value: object) -> None:
        if isinstance(value, _Run):
            self._run = value

    def _draw(self) -> None:
        run, view = self._run, self._view
        assert run is not None
        assert view is not None
        view.set_theme(LIGHT)
        view.resize(SIZE)
        with laid_out(view):
            view.show_unit(layer_of(self._page), None)
            view.draw(run.snapshot)
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self._keep(png_bytes(view, PIXELS), f"{view.title} at step {run.snapshot.step:,}", run.seed)
        self._go_on()

    def _look(self) -> None:
        """Draws a figure of the workspace that nobody sees, once all that it computes beside the window is there."""
        place, load = self._place, self._page.load
        assert place is not None
        assert load is not None
        slow: list[Background | BackgroundSteps] = [*place.findChildren(Background)]
        slow += place.findChildren(BackgroundSteps)
        if any(work.busy for work in slow):
            return
        figure = next((figure for figure in place.figures() if figure.key == load.show), None)
        if figure is not None:
            # Out of its page, so that it has a size of its own whether or not the page is in front.
            figure.setParent(None)
            figure.resize(SIZE)
            runs = type(place).show_step is not Workspace.show_step
            when = f" at step {steps_of(self._page):,}" if runs else ""
            seed = getattr(load_document(_file(self._page)), "seed", None)
            with laid_out(figure):
                QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
                self._keep(png_bytes(figure, PIXELS), f"{figure.title}{when}", seed)
            figure.deleteLater()
        self._go_on()

    def _keep(self, png: bytes, caption: str, seed: int | None) -> None:
        load = self._page.load
        assert load is not None
        digest = hashlib.sha256(_file(self._page).read_bytes()).hexdigest()
        self._pictures[self._pages[self._done]] = SheetPicture(png, caption, seed, load.preset or "", digest)

    def _go_on(self) -> None:
        self._forget_view()
        self._done += 1
        # The window draws and listens between two figures.
        QTimer.singleShot(0, self, self._next)

    def _fail(self, sentence: str) -> None:
        self._forget_view()
        self.failed.emit(sentence)

    def _forget_view(self) -> None:
        if self._view is not None:
            self._view.deleteLater()
        self._waiting.stop()
        if self._place is not None:
            self._place.deleteLater()
        self._view = self._run = self._place = None


def steps_of(page: Page) -> int:
    """The step at which the page's run is looked at: that of the prediction, else of the question, else 0."""
    return next((part.steps for part in (page.predict, page.question) if part is not None and part.steps), 0)


def layer_of(page: Page) -> int:
    """The layer that the page asks about, l = 1..L; the first where it asks about none."""
    for part in (page.predict, page.question):
        if part is not None and part.measure is not None:
            quantity = MEASURES[part.measure.name]
            if quantity.workspace == LAB and quantity.parameters == ("whole",):
                return int(part.measure.arguments[0])
    return 1


def _file(page: Page) -> Path:
    assert page.load is not None
    assert page.load.preset is not None
    *folders, name = page.load.preset.split("/")
    return resource("presets", *folders, f"{name}{SUFFIX}")


def _train(path: Path, steps: int, watch: Watch, *, sharp: bool) -> Generator[object, None, None]:
    """Yields steps taken, and the run at last."""
    document = load_document(path)
    assert isinstance(document, Experiment)
    job = TrainingJob(resolve(document))
    while job.step < steps and job.status == "running":
        job.advance(min(CHUNK_STEPS, steps - job.step))
        yield job.step
        time.sleep(REST_SECONDS)
    snapshot = take_snapshot(job, watch)
    if sharp:
        snapshot = dataclasses.replace(snapshot, sharpness=sharpness_track(job))
    yield _Run(snapshot, document.seed)


def _workspace(document: Document, steps: int) -> Workspace:
    """A workspace of its own with the document at a step."""
    place = next(place for place in PLACES if place.key == workspace_of(document))
    workspace = place.make(Session(Runner()), Preferences())
    workspace.set_theme(LIGHT)
    workspace.resize(SIZE * 2)
    workspace.document.adopt(document, None, play=False)
    if steps:
        workspace.show_step(steps)
    return workspace
