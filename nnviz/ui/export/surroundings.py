"""Where a figure is: its workspace, the words that belong below it, and the film that it is a frame of."""

import dataclasses
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.watch import NOTHING, Watch
from nnviz.ui.export.caption import words_of
from nnviz.ui.export.looks import Words
from nnviz.ui.export.run_film import RunFilm
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.film import Film
from nnviz.ui.plots.view import View
from nnviz.ui.session import Session
from nnviz.ui.workspaces.workspace import Workspace

PATIENCE_MS = 4000
"""So long the worker may take to compute what figures need that were not seen."""


def workspace_around(figure: QWidget) -> Workspace | None:
    """The workspace that the figure is in; None where it stands alone."""
    widget: QWidget | None = figure
    while widget is not None and not isinstance(widget, Workspace):
        widget = widget.parentWidget()
    return widget


def is_drawn(figure: Figure) -> bool:
    """Whether it shows anything; one that waits for something says in words for what."""
    return len(figure.numbers()) > 1 or any(len(table) > 1 for table in figure.more_numbers().values())


def nothing_drawn(figures: Sequence[Figure]) -> str:
    """ "Loss surface and Race of activations have nothing drawn yet"; nothing for no figures."""
    *titles, last = [figure.title for figure in figures] or [""]
    names = f"{', '.join(titles)} and {last}" if titles else last
    return f"{names} {'have' if titles else 'has'} nothing drawn yet" if names else ""


def words_for(figure: Figure) -> Words:
    """Title and caption, as things stand now."""
    workspace = workspace_around(figure)
    if workspace is None:
        return Words(figure.title)
    document = workspace.document
    run = document.snapshot if isinstance(document, Session) else None
    return words_of(figure, document.to_save(), run)


def film_of(figure: Figure) -> Film | None:
    """What the figure shows over the steps of its document; None where it shows no course of steps (yet)."""
    workspace = workspace_around(figure)
    if workspace is None:
        return None
    document = workspace.document
    if isinstance(document, Session):
        run = document.snapshot
        if not isinstance(figure, View) or not figure.has_course or run is None or run.horizon < 1:
            return None
        return RunFilm(figure, run, _watch(workspace))
    return workspace.film(figure)


class AllDrawn(QObject):
    """Draws the views of a run that are not seen, too, and then calls ``then``, once.

    What they need is asked for beside the run; where it does not come in time, they stay as they are.
    """

    def __init__(self, workspace: Workspace, then: Callable[[], None]) -> None:
        super().__init__(workspace)
        self._workspace, self._then = workspace, then
        self._session: Session | None = None
        self._ended = False
        session = workspace.document
        hidden = [view for view in workspace.figures() if isinstance(view, View) and not view.isVisible()]
        if not isinstance(session, Session) or session.snapshot is None or not hidden:
            workspace.draw_all(self._end)
            return
        self._session = session
        self._hidden = hidden
        watch = _watch(workspace)
        self._wanted = watch.readings | frozenset[str]().union(*(view.readings for view in hidden))
        session.snapshot_taken.connect(self._take)
        session.look(dataclasses.replace(watch, readings=self._wanted))
        QTimer.singleShot(PATIENCE_MS, self, self._end)

    def _take(self, snapshot: Snapshot) -> None:
        if self._ended or not self._wanted <= snapshot.readings.keys():
            return
        for view in self._hidden:
            view.draw(snapshot)
        self._end()

    def _end(self) -> None:
        if self._ended:
            return
        self._ended = True
        if self._session is not None:
            self._session.snapshot_taken.disconnect(self._take)
            self._session.look(_watch(self._workspace))
        self.deleteLater()
        self._then()


def _watch(workspace: Workspace) -> Watch:
    """What the workspace looks at."""
    watch = getattr(workspace, "watch", None)
    looked = watch() if callable(watch) else NOTHING
    assert isinstance(looked, Watch)
    return looked
