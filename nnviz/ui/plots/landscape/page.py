"""What the pages of the loss surface's view share: a figure, controls above it, and work beside the window."""

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.landscape.pace import Make, Pace
from nnviz.ui.plots.landscape.side_notes import SideNotes
from nnviz.ui.plots.surface.surface_view import SurfaceView
from nnviz.ui.theme import LIGHT, Theme
from nnviz.ui.widgets.explained import explain

STOP = "■"
ROOM = 2.0
"""Notes are shown beside a plot from so many times their width on."""


class Page(QWidget):
    """The page is its figure. controls: put into a row by the view, in this order, the least needed last; `wanted`
    says which are shown.

    breathe: called again and again by the work beside the window; it may wait there. controls_changed: others are
    wanted now.
    """

    controls_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAutoFillBackground(True)
        self.theme: Theme = LIGHT
        self.snapshot: Snapshot | None = None
        self.controls: list[QWidget] = []
        self.breathe: Callable[[], object] = lambda: None
        self.notes = SideNotes()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.pace = Pace(self)
        self.pace.advanced.connect(self.take)
        self.pace.finished.connect(self.settle)
        self.pace.failed.connect(self.fail)

    def wanted(self, control: QWidget) -> bool:  # noqa: ARG002 (a page may hide some)
        """Whether a control has a use at present."""
        return True

    def draw(self, snapshot: Snapshot) -> None:
        """Shows the snapshot; asks beside the window for what has to be computed. Only while the page is seen."""
        raise NotImplementedError

    def answer(self, make: Make) -> None:
        """Computes at once and to the end: for a picture, which has no later."""
        try:
            for found in make():
                if found is not None:
                    self.take(found)
        except ValueError as error:
            self.fail(str(error))
        self.settle()

    def draw_now(self, snapshot: Snapshot) -> None:
        """As `draw`, but all of it before it returns."""
        raise NotImplementedError

    def take(self, found: Any) -> None:
        """Something was found out."""
        raise NotImplementedError

    def settle(self) -> None:
        """All of it was found out."""

    def fail(self, sentence: str) -> None:
        """It cannot be answered; the sentence says why."""
        raise NotImplementedError

    def leave(self) -> None:
        """Nobody looks: the work ends, what is known stays."""
        self.pace.cancel()

    def fit_notes(self) -> None:
        """Notes stand beside the plot where there are any, and where there is room."""
        wide = self.parentWidget() or self
        self.notes.setVisible(bool(self.notes.items) and wide.width() > ROOM * self.notes.width())

    def numbers(self) -> Table:
        """What is drawn, as a table."""
        raise NotImplementedError

    def more_numbers(self) -> dict[str, Table]:
        """Further tables of it by their names."""
        return {}

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and sizes."""
        self.theme = theme
        self.notes.restyle(theme)
        for plot in self.findChildren(SurfaceView):
            plot.set_theme(theme)
        for control in self.controls:
            control.setFont(theme.font())

    def forget_cursor(self) -> None:
        """Hides what is shown because the mouse is there."""
        for plot in self.findChildren(SurfaceView):
            plot.forget_cursor()

    def reset_range(self) -> None:
        """Back from wherever the user zoomed or turned to."""
        for plot in self.findChildren(SurfaceView):
            plot.reset_range()


def button(text: str, name: str, tip: str, *, flat: bool = False) -> QToolButton:
    """A button with a word on it."""
    made = QToolButton()
    made.setText(text)
    made.setAutoRaise(flat)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    explain(made, name, tip)
    return made


def only_complete(steps: Generator[Any, None, None]) -> Generator[object, None, None]:
    """Only what is complete; None for what is not, so that it can still be given up in between."""
    for found in steps:
        yield found if found.complete else None
