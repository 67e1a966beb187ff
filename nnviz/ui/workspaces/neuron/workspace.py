"""The Neuron workspace: one neuron, the perceptron, and what the bias does."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from nnviz.experiment.files import load_document
from nnviz.experiment.neuron.specification import MAX_STEPS, PAGES, Neuron
from nnviz.experiment.specification import replace
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.side_room import SideRoom
from nnviz.ui.widgets.splitter_places import places_of, restore_places
from nnviz.ui.workspaces.neuron.line_page import LinePage
from nnviz.ui.workspaces.neuron.neuron_bar import NeuronBar
from nnviz.ui.workspaces.neuron.neuron_sheet import NeuronSheet
from nnviz.ui.workspaces.neuron.page import NeuronPage
from nnviz.ui.workspaces.neuron.perceptron_page import PerceptronPage
from nnviz.ui.workspaces.neuron.unit_page import UnitPage
from nnviz.ui.workspaces.workspace import Workspace

PLAY_MS = 700
"""Between two rows shown to the rule: long enough to read what one changed."""
PARTS = {"neuron": "unit", "perceptron": "perceptron", "bias": "line"}
"""The part of the document that each page edits."""


class NeuronWorkspace(Workspace):
    """Three pages and the bar that chooses among them."""

    key = "neuron"

    def __init__(self, parent: QWidget | None = None) -> None:
        self.sheet = NeuronSheet(Neuron())
        super().__init__(self.sheet, parent)
        self.sheet.setParent(self)
        self._shown: Neuron | None = None
        self.bar = NeuronBar()
        self.unit, self.perceptron, self.line = UnitPage(), PerceptronPage(), LinePage()
        self.pages: dict[str, NeuronPage] = dict(zip(PAGES, (self.unit, self.perceptron, self.line), strict=True))
        self.stack = QStackedWidget()
        for key, page in self.pages.items():
            self.stack.addWidget(page)
            page.edited.connect(partial(self._edit, PARTS[key]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        self.wire_panels(self.bar)
        self._timer = QTimer(self)
        self._timer.setInterval(PLAY_MS)
        self._timer.timeout.connect(self._tick)
        self.perceptron.noted.connect(self._note)
        bar = self.bar
        bar.page_chosen.connect(self.show_page)
        bar.example_chosen.connect(self._show_example)
        bar.play.triggered.connect(self.toggle)
        bar.step.triggered.connect(lambda: self._go(self._step + 1))
        bar.mistake.triggered.connect(lambda: self._go(self.perceptron.run.next_change(self._step)))
        bar.back.triggered.connect(lambda: self._go(max(0, self._step - 1)))
        bar.reset.triggered.connect(lambda: self._go(0))
        self.sheet.spec_changed.connect(self._show)
        self.sheet.adopted.connect(self._adopted)
        self._show(self.sheet.neuron)

    def plots(self) -> list[Figure]:
        """Of all pages."""
        return [figure for page in self.pages.values() for figure in page.figures]

    def figures(self) -> list[Figure]:
        """Of the page that the document is about."""
        return self.pages[self.sheet.neuron.page].figures_now()

    @property
    def step(self) -> int | None:
        """Of the rule."""
        return self._step if self._running else None

    def show_step(self, step: int) -> str:
        """Rows shown to the rule, at most until nothing changes any more."""
        if not self._running:
            return super().show_step(step)
        run = self.perceptron.run
        last = MAX_STEPS if run.learned is None else len(run.steps)
        self.perceptron.advance(min(step, last))
        if step <= last:
            return ""
        why = "nothing changes any more" if run.learned is not None else "it is followed no further"
        return f"the rule ended at step {last:,} ({why})"

    def run_actions(self) -> list[QAction]:
        """Play, step, next mistake, back, reset: of the perceptron rule."""
        return self.bar.run_actions

    def toggle(self) -> None:
        """Plays or pauses the rule."""
        if self._timer.isActive():
            self._timer.stop()
        elif self._running and not self.perceptron.finished:
            self._timer.start()
            self._tick()
        self._progress()

    def pause(self) -> None:
        """The rule waits."""
        self._timer.stop()
        self._progress()

    def show_page(self, key: str) -> None:
        """Brings a page to the front."""
        self._timer.stop()
        self.sheet.note(replace(self.sheet.neuron, page=key))
        self._front(key)

    def show_figure(self, key: str) -> None:
        """Brings the page of a figure to the front."""
        for name, page in self.pages.items():
            if any(figure.key == key for figure in page.figures):
                self.show_page(name)
                page.bring(key)

    def restrict(self, locked: frozenset[str], hidden: frozenset[str], may_play: bool) -> None:  # noqa: FBT001
        """The panels of all pages and the examples, as a lesson says."""
        super().restrict(locked, hidden, may_play)
        self.held.hold(self.bar.examples, held="panels" in locked)
        for page in self.pages.values():
            self.held.hold(page.panel, held="panels" in locked)
            page.panel.setVisible("panels" not in hidden)

    def side_rooms(self) -> list[SideRoom]:
        """One a page, that of the page in front first."""
        front = self.stack.currentWidget()
        return [page.whole for page in sorted(self.pages.values(), key=lambda page: page is not front)]

    def set_theme(self, theme: Theme) -> None:
        """The figures, their titles and the bar."""
        for page in self.pages.values():
            page.set_theme(theme)
        self.bar.set_theme(theme)
        self._progress()

    def layout_state(self) -> QByteArray:
        """The splitters' places, with every figure in its own."""
        for page in self.pages.values():
            page.grid.enlarge(None)
        return places_of(self._splitters())

    def restore_layout(self, state: QByteArray) -> None:
        """The splitters' places; what does not fit is ignored by Qt."""
        restore_places(state, self._splitters())

    def hideEvent(self, event: QHideEvent) -> None:
        """Another workspace is in front: nobody watches the rule."""
        super().hideEvent(event)
        self._timer.stop()
        self._progress()

    def _splitters(self) -> list[QSplitter]:
        return [splitter for page in self.pages.values() for splitter in [page.whole, *page.grid.splitters]]

    @property
    def _step(self) -> int:
        return self.sheet.neuron.perceptron.step

    @property
    def _running(self) -> bool:
        """Whether there is a rule on the page in front."""
        neuron = self.sheet.neuron
        return neuron.page == "perceptron" and neuron.perceptron.model == "perceptron"

    def _edit(self, part: str, changed: object, text: str) -> None:
        self.sheet.edit(replace(self.sheet.neuron, **{part: changed}), text)

    def _note(self, perceptron: object) -> None:
        """The page shows it already."""
        self._shown = replace(self.sheet.neuron, perceptron=perceptron)
        self.sheet.note(self._shown)
        self._progress()

    def _show(self, neuron: Neuron) -> None:
        for key, page in self.pages.items():
            # Each edit concerns one page; the others need not draw again.
            if self._shown is None or getattr(neuron, PARTS[key]) != getattr(self._shown, PARTS[key]):
                page.show_document(neuron)
        self._shown = neuron
        self._front(neuron.page)

    def _adopted(self, neuron: Neuron, play: bool) -> None:  # noqa: FBT001 (a slot)
        del neuron, play  # a rule is best watched from its first step, when the teacher says so
        self._timer.stop()
        self._progress()

    def _front(self, key: str) -> None:
        self.stack.setCurrentWidget(self.pages[key])
        self.tell_panels()
        self.bar.show_page(key, running=self._running)
        self._progress()

    def _show_example(self, path: Path) -> None:
        """An edit like any other: what was there before is one undo away."""
        self._timer.stop()
        try:
            document = load_document(path)
        except (OSError, ValueError) as error:
            self.failed.emit(str(error))
            return
        self.sheet.edit(document, f"open {document.name}")
        self.said.emit(document.description)

    def _go(self, step: int) -> None:
        self._timer.stop()
        self.perceptron.advance(step)
        self._progress()

    def _tick(self) -> None:
        if not self._running or self.perceptron.finished:
            self._timer.stop()
        else:
            self.perceptron.advance(self._step + 1)
        self._progress()

    def _progress(self) -> None:
        if self._running:
            self.bar.show_progress(self._step, playing=self._timer.isActive(), finished=self.perceptron.finished)
