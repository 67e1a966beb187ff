"""Figures for an answer sheet: each page's own run, trained beside the window, seen in the view that the page shows."""

import dataclasses
import hashlib
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

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
from nnviz.ui.export.numbers import tables_of
from nnviz.ui.export.picture import image_bytes, render_png
from nnviz.ui.export.stage import USUAL, computing, laid_out
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.theme import LIGHT
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.background_steps import BackgroundSteps
from nnviz.ui.workspaces.registry import PLACES
from nnviz.ui.workspaces.workspace import Workspace

PIXELS = 1200
LOOK_MS = 30
CHUNK_STEPS = 20
REST_SECONDS = 0.0005
"""Between two chunks of steps: the window draws and listens meanwhile."""

Turns = Generator[int, None, None]
"""Work cut into turns: each yield says after how many milliseconds the next one may come."""


@dataclass(frozen=True, eq=False)
class _Run:
    """What a page's run came to."""

    snapshot: Snapshot
    seed: int


def figure_pages(lesson: Lesson, progress: LessonProgress) -> list[int]:
    """The pages, from 0, that have a figure to be drawn: those with a preset, a view, and an answer that was compared
    with what was measured. A figure of a page without an answer would give the answer away.
    """
    return [
        number
        for number, page in enumerate(lesson.pages)
        if page.load is not None
        and page.load.preset is not None
        and page.load.show is not None
        and any(
            outcome is not None and outcome.value is not None
            for outcome in (progress.answer(number, part) for part in (PREDICT, QUESTION))
        )
    ]


class SheetFigures(QObject):
    """Draws them one after another, each in several short turns of the window's. `cancel` ends it between two turns.

    What takes long and touches no widget goes beside the window: training, and the encoding of the pictures.
    """

    advanced = Signal(int, int, str)
    """(How many are drawn, how many there are, what is done now)."""
    finished = Signal(object)
    """dict[int, SheetPicture] by page."""
    failed = Signal(str)

    def __init__(self, lesson: Lesson, progress: LessonProgress, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lesson, self._pages = lesson, figure_pages(lesson, progress)
        self._pictures: dict[int, SheetPicture] = {}
        self._run: _Run | None = None
        self._png = b""
        self._turns: Turns | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._turn)
        self._training = BackgroundSteps(self)
        self._training.advanced.connect(self._take)
        self._encoding = Background(self)
        self._encoding.done.connect(self._take_png)
        for slow in (self._training, self._encoding):
            slow.failed.connect(self._fail)

    def start(self) -> None:
        """The first turn comes when the window has drawn and listened."""
        self._turns = self._all()
        self._clock.start(0)

    def cancel(self) -> None:
        """Nothing more is heard of it."""
        self._clock.stop()
        self._training.cancel()
        self._encoding.cancel()
        if self._turns is not None:
            self._turns.close()
        self._turns = None

    def _turn(self) -> None:
        if self._turns is None:
            return
        try:
            wait = next(self._turns)
        except StopIteration:
            self._turns = None
            self.finished.emit(self._pictures)
        except (ValueError, OSError) as error:
            self._fail(str(error))
        else:
            self._clock.start(wait)

    def _fail(self, sentence: str) -> None:
        self.cancel()
        self.failed.emit(sentence)

    def _all(self) -> Turns:
        for done, number in enumerate(self._pages):
            page = self._lesson.pages[number]
            load = page.load
            assert load is not None
            self._tell(done, "the preset")
            yield 0
            document = load_document(_file(page))
            figures = self._of_a_run if isinstance(document, Experiment) else self._of_a_workspace
            yield from figures(done, number, page, document)
        self._tell(len(self._pages), "")

    def _of_a_run(self, done: int, number: int, page: Page, document: Document) -> Turns:
        """The view of the page's own run."""
        load = page.load
        assert isinstance(document, Experiment)
        assert load is not None
        if load.show not in VIEWS:
            return
        view = VIEWS[load.show]()
        try:
            self._tell(done, "the run")
            steps, sharp, watch = steps_of(page), view.needs_sharpness, Watch(view.readings, layer=layer_of(page))
            self._training.start(lambda: _train(document, steps, watch, sharp=sharp))
            while self._training.busy:
                yield LOOK_MS
            run = self._run
            assert run is not None
            view.set_theme(LIGHT)
            view.resize(USUAL)
            yield 0
            with laid_out(view):
                view.show_unit(layer_of(page), None)
                # What computes does so beside the window only where it takes itself to be on a screen.
                view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
                view.draw(run.snapshot)
                yield 0
                while _busy(view):
                    yield LOOK_MS
                view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
                caption = f"{view.title} at step {run.snapshot.step:,}"
                yield from self._keep(number, page, view, caption, run.seed)
        finally:
            view.deleteLater()

    def _of_a_workspace(self, done: int, number: int, page: Page, document: Document) -> Turns:
        """The figure of a workspace that nobody sees, once all that it computes beside the window is there."""
        load, steps = page.load, steps_of(page)
        assert load is not None
        assert load.show is not None
        self._tell(done, "the workspace")
        yield 0
        place = next(place for place in PLACES if place.key == workspace_of(document))
        workspace = place.make(Session(Runner()), Preferences())
        try:
            yield 0
            workspace.set_theme(LIGHT)
            workspace.resize(USUAL * 2)
            yield 0
            workspace.document.adopt(document, None, play=False)
            workspace.show_figure(load.show)
            yield 0
            if steps:
                workspace.show_step(steps)
            while _busy(workspace):
                yield LOOK_MS
            figure = next((figure for figure in workspace.figures() if figure.key == load.show), None)
            if figure is not None:
                shown = workspace.step
                caption = f"{figure.title}{'' if shown is None else f' at step {shown:,}'}"
                yield from self._of_a_figure(number, page, figure, caption, getattr(document, "seed", None))
        finally:
            workspace.deleteLater()

    def _of_a_figure(self, number: int, page: Page, figure: Figure, caption: str, seed: int | None) -> Turns:
        # Out of its page, so that it has a size of its own whether or not the page is in front.
        figure.setParent(None)
        figure.resize(USUAL)
        try:
            with laid_out(figure):
                yield 0
                yield from self._keep(number, page, figure, caption, seed)
        finally:
            figure.deleteLater()

    def _keep(self, number: int, page: Page, figure: Figure, caption: str, seed: int | None) -> Turns:
        """Painted in this turn; the file's content is made in a thread. One that waits for a run is left out."""
        if not _tells(figure):
            return
        picture, path = render_png(figure, PIXELS), _file(page)
        self._encoding.start(lambda: image_bytes(picture))
        while self._encoding.busy:
            yield LOOK_MS
        assert page.load is not None
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        self._pictures[number] = SheetPicture(self._png, caption, seed, page.load.preset or "", digest)

    def _tell(self, done: int, doing: str) -> None:
        self.advanced.emit(done, len(self._pages), doing)

    def _take(self, value: object) -> None:
        if isinstance(value, _Run):
            self._run = value

    def _take_png(self, content: object) -> None:
        assert isinstance(content, bytes)
        self._png = content


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


def _train(document: Experiment, steps: int, watch: Watch, *, sharp: bool) -> Generator[object, None, None]:
    """Yields steps taken, and the run at last."""
    job = TrainingJob(resolve(document))
    while job.step < steps and job.status == "running":
        job.advance(min(CHUNK_STEPS, steps - job.step))
        yield job.step
        time.sleep(REST_SECONDS)
    snapshot = take_snapshot(job, watch)
    if sharp:
        snapshot = dataclasses.replace(snapshot, sharpness=sharpness_track(job))
    yield _Run(snapshot, document.seed)


def _tells(figure: Figure) -> bool:
    """Whether it has numbers to show: one that waits for a first step, or to be asked, has none."""
    cells = (cell for table in tables_of(figure).values() for row in table[1:] for cell in row[1:])
    return any(cell not in ("", "nan") for cell in cells)


def _busy(place: Workspace | Figure) -> bool:
    """Whether something that it shows is still being computed, or about to be."""
    return computing(place) or bool(getattr(place, "busy", False))
