"""What every workspace is: one page of the window, with its own document, figures and ways to set it going."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from nnviz.ui.action_bar import ActionBar
from nnviz.ui.open_document import OpenDocument
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.film import Film
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.explained import tooltip
from nnviz.ui.widgets.held import Held
from nnviz.ui.widgets.side_room import SideRoom

PREDICT_FIRST = "Commit to your prediction first: it stands in the lesson."


class Workspace(QWidget):
    """A page of the window. key: in settings and in files.

    A workspace wires its own panels and figures to its document; the window only shows it, opens and saves its
    document, and puts its actions into the menus. It keeps its state while another one is in front.
    """

    key = ""

    said = Signal(str)
    """A sentence for the status line."""
    failed = Signal(str)
    """A sentence that stays: what could not be done."""
    step_reached = Signal(int)
    """What runs in it has come to a step."""
    layer_chosen = Signal(int)
    """A layer, or a unit of it, was clicked: l = 1..L."""
    panels_shown = Signal(bool)
    """Whether its panels are seen now: as the user chose, or for want of room."""
    panels_chosen = Signal(bool)
    """The user wants panels, or does not, in every workspace."""

    def __init__(self, document: OpenDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.may_play = True
        """Whether it may be set going: a lesson may want a prediction first."""
        self._run_group: QActionGroup | None = None
        self.held = Held(self)
        """The controls that a lesson's page locks."""
        document.said.connect(self.said)
        document.held_fixed.connect(self.failed)

    def plots(self) -> list[Figure]:
        """All figures made so far, whatever its document is."""
        raise NotImplementedError

    def figures(self) -> list[Figure]:
        """Those of its document, in their order: what can be exported."""
        return self.plots()

    def make_all(self, then: Callable[[], None]) -> None:
        """Makes the figures that were not needed yet, each in a turn of the window's own; then calls ``then``."""
        then()

    def run_actions(self) -> list[QAction]:
        """What sets it going and stops it: the Run menu while it is in front."""
        return []

    def toggle(self) -> None:
        """Plays or pauses: what the space bar does."""

    def pause(self) -> None:
        """Stops what goes on by itself."""

    @property
    def step(self) -> int | None:
        """The step that is shown; None where the document has no steps."""
        return None

    def show_step(self, step: int) -> str:  # noqa: ARG002 (those whose document has steps)
        """Shows the document after so many steps, computed at once: for figures without a display.

        Returns why fewer were taken, as a sentence without a full stop; nothing where all were.
        """
        return "this document has no steps to take"

    def film(self, figure: Figure) -> Film | None:  # noqa: ARG002 (those whose document has steps)
        """What the figure shows over the steps of its document, to be replayed; None where there are none."""
        return None

    def draw_all(self, then: Callable[[], None]) -> None:
        """Draws the figures that are not seen, too, as things stand now; then calls ``then``."""
        then()

    def side_rooms(self) -> list[SideRoom]:
        """Where its panels are beside its plots; the first is the one in front."""
        return []

    def show_panels(self, shown: bool) -> None:  # noqa: FBT001 (a slot)
        """Shows its panels where there is room for them, or leaves all of it to the plots."""
        for room in self.side_rooms():
            room.choose(shown)
        self.tell_panels()

    def toggle_panels(self) -> None:
        """The user's gesture: shows the panels that are hidden, hides those that are shown."""
        for room in self.side_rooms()[:1]:
            room.toggle()
        self.tell_panels()

    def tell_panels(self, *_: object) -> None:
        """Whether panels are in sight has changed, or the page with them."""
        for room in self.side_rooms()[:1]:
            self.panels_shown.emit(room.shown)

    def wire_panels(self, bar: ActionBar) -> None:
        """The bar's button and the rooms: to be called once both exist."""
        bar.panels.triggered.connect(self.toggle_panels)
        self.panels_shown.connect(bar.panels.setChecked)
        for room in self.side_rooms():
            room.shown_changed.connect(self.tell_panels)
            room.chosen.connect(self.panels_chosen)
        self.tell_panels()

    def show_figure(self, key: str) -> None:
        """Brings the figure of that key to the front, where it is behind others."""

    def restrict(
        self,
        locked: frozenset[str],
        hidden: frozenset[str],  # noqa: ARG002 (those who have such parts)
        may_play: bool,  # noqa: FBT001 (a slot)
    ) -> None:
        """Locks and hides what the page of a lesson says (nnviz.experiment.lesson.record.PARTS), and nothing else."""
        self.document.fixed = locked
        if self._run_group is None:
            self._run_group = QActionGroup(self)
            self._run_group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for action in self.run_actions():
            self._run_group.addAction(action)
            _explain(action, locked=not may_play)
        # Of a group that is locked none can be enabled, whatever its bar says; unlocked, each is as its bar said last.
        self._run_group.setEnabled(may_play)
        self.may_play = may_play
        if not may_play:
            self.pause()

    def set_speed(self, steps_per_second: float) -> None:
        """How fast it goes, where it has a speed."""

    def open_table(self, path: Path) -> None:
        """Asks how a CSV file is to be used as data, where the workspace has data."""
        self.failed.emit(f"{path.name}: a table is opened in the Lab")

    def set_theme(self, theme: Theme) -> None:
        """Restyles its figures."""
        for figure in self.plots():
            figure.set_theme(theme)

    def layout_state(self) -> QByteArray:
        """Its arrangement, to be remembered."""
        return QByteArray()

    def restore_layout(self, state: QByteArray) -> None:
        """An arrangement remembered; what does not fit is ignored."""


def _explain(action: QAction, *, locked: bool) -> None:
    """What it does; while it waits for a prediction, that first."""
    if action.property("meaning") is None:
        action.setProperty("meaning", action.toolTip())
    meaning = str(action.property("meaning"))
    action.setToolTip(tooltip(f"{PREDICT_FIRST} Then: {meaning}") if locked else meaning)
    action.setStatusTip(PREDICT_FIRST if locked else "")
