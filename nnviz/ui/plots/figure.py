"""What every plot of the program is, whatever it draws: a widget that can be exported, copied and restyled."""

from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from nnviz.ui.theme import GRID, LIGHT, Theme

LEAST = QSize(30 * GRID, 15 * GRID)
"""Room for a plot."""
WIDEST = 546
"""The most that a figure may need in width: in a paper's column its letters then have 6 points."""


class Figure(QWidget):
    """A plot. It knows neither session nor panels: what is drawn comes in by a method, gestures go out as signals.

    key: its name on the command line and in files ("gradient-flow"). title: on its tab.
    """

    key = ""
    title = ""
    tab = ""
    """A shorter title for a tab among many; empty: the title."""
    room = QSize(40 * GRID, 25 * GRID)
    """What `legible` says, where it is the same whatever is drawn."""
    own_height = False
    """Whether its picture is as high as `legible` says, however high the place is: a table ends where its rows end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.setObjectName(self.key)
        self.setAccessibleName(self.title)

    def minimumSizeHint(self) -> QSize:
        """Room for a plot. Controls that need more are cut off at the end: a window must fit on a small screen."""
        return LEAST

    def legible(self) -> QSize:
        """The least size at which its picture can be laid out with nothing cut off or left out, in pixels. For a
        smaller place it is laid out at this size and drawn smaller."""
        return self.room

    def numbers(self) -> list[tuple[str, ...]]:
        """What is drawn, as a table: a row of headings, then rows of numbers in full precision."""
        raise NotImplementedError

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """Further tables of what is drawn, by short names that go into files' names: "points", "paths", "marks"."""
        return {}

    @property
    def drawn(self) -> bool:
        """Whether it shows something; one that does not says in its place what it waits for."""
        return any(len(table) > 1 and len(table[0]) > 1 for table in (self.numbers(), *self.more_numbers().values()))

    def awaits(self) -> str:
        """What is to be done before it shows something, in words that fit into a list: "press Race in its tab"."""
        return "open its tab"

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is drawn, as arrays by name, where a table is not its shape; empty: the table says it all."""
        return {}

    def reset_range(self) -> None:
        """Back from wherever the user zoomed to."""

    def forget_cursor(self) -> None:
        """Hides what is shown because the mouse is there: a picture has the plot alone."""

    def picture_part(self) -> QWidget | None:
        """The widget that belongs on a slide, without the controls around it; None: what the figure itself paints."""
        return None

    def actions_at(self, place: QPoint) -> list[QAction]:  # noqa: ARG002 (a plot may have some)
        """What can be done with the thing at a place of the figure, for its context menu."""
        return []

    def set_theme(self, theme: Theme) -> None:
        """Restyles what is drawn already."""
        self.theme = theme
