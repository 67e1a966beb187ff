"""Where a figure is: its workspace, the words that belong below it, and the film that it is a frame of."""

import dataclasses
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from nnviz.experiment.printable import listed
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.watch import NOTHING, Watch
from nnviz.ui.export.caption import words_of
from nnviz.ui.export.looks import Words
from nnviz.ui.export.run_film import RunFilm
from nnviz.ui.plots.charts.chart import Chart
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
    """Whether it shows anything; one whose charts all have a sentence in their place does not, whatever it knows."""
    charts = [chart for chart in figure.findChildren(Chart) if chart.isVisibleTo(figure)]
    return not (charts and all(chart.blank for chart in charts)) and figure.drawn


def nothing_drawn(figures: Sequence[Figure]) -> str:
    """ "Loss surface (open its tab) and Race (press Race in its tab) have nothing drawn yet"; "" for no figures."""
    names = listed([f"{figure.title} ({figure.awaits()})" for figure in figures])
    return f"{names} {'have' if len(figures) > 1 else 'has'} nothing drawn yet" if names else ""


def without_steps(figures: Sequence[Figure]) -> str:
    """ "Race of activations does not change with the steps"; "" for no figures."""
    names = listed([figure.title for figure in figures])
    return f"{names} {'do' if len(figures) > 1 else 'does'} not change with the steps" if names else ""


def words_for(figure: Figure) -> Words:
    """Title and caption, as things stand now."""
    workspace = workspace_around(figure)
    if workspace is None:
        return Words(figure.title)
    document = workspace.document
    run = document.snapshot if isinstance(document, Session) else None
    return words_of(figure, document.to_save(), run, step=workspace.step)


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
    """Makes the figures that were not needed yet, draws those that are not seen, too, and then calls ``then``, once.

    What views of a run need is asked for beside the run; where it does not come in time, they stay as they are.
    """

    def __init__(self, workspace: Workspace, then: Callable[[], None]) -> None:
        super().__init__(workspace)
        self._workspace, self._then = workspace, then
        self._session: Session | None = None
        self._hidden: list[View] = []
        self._wanted: frozenset[str] = frozenset()
        self._snapshot: Snapshot | None = None
        self._ended = False
        workspace.make_all(self._ask)

    def _ask(self) -> None:
        workspace, session = self._workspace, self._workspace.document
        hidden = [view for view in workspace.figures() if isinstance(view, View) and not view.isVisible()]
        if not isinstance(session, Session) or session.snapshot is None or not hidden:
            workspace.draw_all(self._end)
            return
        self._session, self._hidden = session, hidden
        watch = _watch(workspace)
        self._wanted = watch.readings | frozenset[str]().union(*(view.readings for view in hidden))
        session.snapshot_taken.connect(self._take)
        session.look(dataclasses.replace(watch, readings=self._wanted))
        QTimer.singleShot(PATIENCE_MS, self, self._end)

    def _take(self, snapshot: Snapshot) -> None:
        if self._snapshot is None and not self._ended and self._wanted <= snapshot.readings.keys():
            self._snapshot = snapshot
            self._draw_next()

    def _draw_next(self) -> None:
        """One a turn of the event loop: together they would keep the window waiting."""
        if self._ended or self._snapshot is None:
            return
        if not self._hidden:
            self._end()
            return
        self._hidden.pop(0).draw(self._snapshot)
        QTimer.singleShot(0, self, self._draw_next)

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
