"""What every workspace is: one page of the window, with views that draw the run and gestures that edit it."""

from pathlib import Path

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtWidgets import QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.watch import Watch
from nnviz.ui.plots.view import View
from nnviz.ui.session import Session
from nnviz.ui.theme import Theme


class Workspace(QWidget):
    """A page of the window. key: in settings. title, icon, meaning: on the rail.

    A workspace is made with the session and wires its own panels and views to it; the window only shows it, hands it
    snapshots while it is in front, and asks what it looks at.
    """

    key = ""
    title = ""
    icon = ""
    meaning = ""

    watch_changed = Signal()
    """What the visible views need is different now."""

    failed = Signal(str)
    """A sentence: what could not be done."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session

    def views(self) -> list[View]:
        """All its plots."""
        raise NotImplementedError

    def draw(self, snapshot: Snapshot) -> None:
        """Draws the snapshot in every visible view."""
        for view in self.views():
            if view.isVisible():
                view.draw(snapshot)

    def watch(self) -> Watch:
        """What its visible views need."""
        visible = [view for view in self.views() if view.isVisible()]
        return Watch(frozenset().union(*(view.readings for view in visible)))

    def show_panels(self, shown: bool) -> None:  # noqa: FBT001 (a slot)
        """Shows its panels, or leaves all the room to the plots."""

    def show_view(self, key: str) -> None:
        """Brings the view of that key to the front, where it is behind others."""

    def open_table(self, path: Path) -> None:
        """Asks how a CSV file is to be used as data, where the workspace has data."""

    def set_theme(self, theme: Theme) -> None:
        """Restyles its views."""
        for view in self.views():
            view.set_theme(theme)

    def layout_state(self) -> QByteArray:
        """Its arrangement, to be remembered."""
        return QByteArray()

    def restore_layout(self, state: QByteArray) -> None:
        """An arrangement remembered; what does not fit is ignored."""
