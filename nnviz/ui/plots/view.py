"""What every plot of the program is: a widget that draws snapshots, can be exported, and says what it needs."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.theme import LIGHT, Theme


class View(QWidget):
    """A plot. It knows neither session nor panels: snapshots come in by `draw`, gestures go out as signals.

    key: its name on the command line and in files ("gradient-flow"). title: on its tab. readings: names of the
    readings it needs (nnviz.experiment.readings). needs are looked up while it is visible, so they may change.
    """

    key = ""
    title = ""
    tab = ""
    """A shorter title for a tab among many; empty: the title."""
    readings: frozenset[str] = frozenset()
    needs_sharpness = False
    """Whether it shows the sharpness, which is measured beside the run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.setObjectName(self.key)
        self.setAccessibleName(self.title)

    def draw(self, snapshot: Snapshot) -> None:
        """Shows the snapshot. Called at most 60 times a second, and only while the view is visible."""
        raise NotImplementedError

    def numbers(self) -> list[tuple[str, ...]]:
        """What is drawn, as a table: a row of headings, then rows of numbers in full precision."""
        raise NotImplementedError

    def reset_range(self) -> None:
        """Back from wherever the user zoomed to."""

    def forget_cursor(self) -> None:
        """Hides what is shown because the mouse is there: a picture has the plot alone."""

    def picture_part(self) -> QWidget | None:
        """The widget that belongs on a slide, without the controls around it; None: what the view itself paints."""
        return None

    def actions_at(self, place: QPoint) -> list[QAction]:  # noqa: ARG002 (a plot may have some)
        """What can be done with the thing at a place of the view, for its context menu."""
        return []

    def set_theme(self, theme: Theme) -> None:
        """Restyles what is drawn already."""
        self.theme = theme
