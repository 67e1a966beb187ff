"""File → Export: figures, animations, numbers, history, code and weights leave the program here."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from nnviz.engine.datasets.record import Task
from nnviz.experiment.history_table import history_arrays, history_table
from nnviz.experiment.records import Curves
from nnviz.experiment.weights import save_weights
from nnviz.experiment.writing import write_whole
from nnviz.ui.export.saving import ask_path
from nnviz.ui.session import Session
from nnviz.ui.widgets.background import Background
from nnviz.ui.workspaces.workspace import Workspace

WEIGHTS = "Weights (*.npz)"
NO_RUN = "there is no run yet: press Play in the Lab"


class ExportMenu(QMenu):
    """front: the workspace in front. said: a sentence for the status line; failed: one that stays."""

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, window: QWidget, session: Session, front: Callable[[], Workspace]) -> None:
        super().__init__("&Export", window)
        self._window, self._session, self._front = window, session, front
        self._writer = Background(self)
        self._writer.done.connect(self._written)
        self._writer.failed.connect(self.failed)
        self._add("&Figure…", "Ctrl+E", self.figure, "One figure as PNG, SVG, PDF or a table")
        self._add("&All figures…", "Ctrl+Shift+E", self.all_figures, "Every figure of this workspace into a folder")
        self._add("A&nimation…", None, self.animation, "A figure over the steps, as GIF, APNG or video")
        self.addSeparator()
        self._add("N&umbers…", None, self.numbers, "What a figure draws, as a table to look at and to copy")
        self._lab = [
            self._add("&History…", None, self.history, "All that was recorded of the run, as CSV or arrays"),
            self._add("&Weights…", None, self.weights, "The weights of the step that is shown"),
        ]
        self.code = self.addMenu("&Code")
        self.code.setToolTipsVisible(True)
        self.code.aboutToShow.connect(self._fill_code)
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._enable)

    def figure(self) -> None:
        """Asks which figure, and how."""
        from nnviz.ui.export import dialogs  # noqa: PLC0415 - the program starts without them

        dialogs.export_of(self._front(), together=False)

    def all_figures(self) -> None:
        """Asks how, and into which folder."""
        from nnviz.ui.export import dialogs  # noqa: PLC0415

        dialogs.export_of(self._front(), together=True)

    def animation(self) -> None:
        """Asks which figure over which steps."""
        from nnviz.ui.export import dialogs  # noqa: PLC0415

        dialogs.animate_of(self._front())

    def numbers(self) -> None:
        """The table of the figure in front."""
        from nnviz.ui.export import dialogs  # noqa: PLC0415

        workspace = self._front()
        figures = dialogs.drawn(workspace)
        if figures:
            dialogs.show_numbers(dialogs.front(workspace, figures))
        else:
            self.failed.emit("there is nothing drawn yet")

    def history(self) -> None:
        """Asks where to, and writes all that is recorded of the run."""
        if self._session.snapshot is None:
            self.failed.emit(NO_RUN)
            return
        from nnviz.ui.export.files import FILTERS  # noqa: PLC0415 - the program starts without it

        kinds = {kind: FILTERS[kind] for kind in ("csv", "npz")}
        path = ask_path(self._window, "Export history", "history.csv", kinds)
        if path is not None:
            self.write_history(path)

    def write_history(self, path: Path) -> None:
        """Writes it there, beside the window. As CSV, or as arrays where the path ends so."""
        snapshot = self._session.snapshot
        if snapshot is not None:
            curves, widths, task = snapshot.curves, snapshot.moment.widths, snapshot.problem.task
            self._writer.start(partial(_save_history, curves, widths, task, path))

    def weights(self) -> None:
        """Asks where to, and writes the weights of the step that is shown."""
        snapshot = self._session.snapshot
        if snapshot is None:
            self.failed.emit(NO_RUN)
            return
        path = ask_path(self._window, "Export weights", "weights.npz", {"npz": WEIGHTS})
        if path is not None:
            try:
                save_weights(snapshot.problem.network, snapshot.theta, path)
            except OSError as error:
                self.failed.emit(str(error))
            else:
                self.said.emit(f"Weights of step {snapshot.step:,} written to {path.name}.")

    def write_code(self, kind: str, path: Path) -> None:
        """Writes the experiment as code there, beside the window: it is trained to the step that is shown."""
        from nnviz.experiment.code.kinds import write_code  # noqa: PLC0415

        snapshot = self._session.snapshot
        if snapshot is None:
            self.failed.emit(NO_RUN)
            return
        spec, steps = self._session.to_save(), snapshot.step
        self.said.emit(f"Writing {path.name}: the run is trained once more for it…")
        self._writer.start(lambda: write_code(spec, kind, path, steps=steps)[0])

    def _fill_code(self) -> None:
        """Each kind of code, when the menu is opened first: the program starts without what writes them."""
        from nnviz.experiment.code.kinds import CODE_KINDS  # noqa: PLC0415

        if self.code.actions():
            return
        for kind in CODE_KINDS.values():
            action = self.code.addAction(f"{kind.title}…")
            action.setToolTip(kind.meaning)
            action.setStatusTip(kind.meaning)
            action.triggered.connect(partial(self._code, kind.key))

    def _code(self, key: str, *_: object) -> None:
        from nnviz.experiment.code.kinds import CODE_KINDS, check_kind, paths_beside  # noqa: PLC0415

        kind = CODE_KINDS[key]
        try:
            check_kind(key)
        except ValueError as error:
            QMessageBox.information(self._window, f"Export {kind.title}", str(error))
            return
        kinds = {kind.suffix.removeprefix("."): f"{kind.title} (*{kind.suffix})"}
        title, proposed = f"Export {kind.title}", f"experiment{kind.suffix}"
        path = ask_path(self._window, title, proposed, kinds, partial(paths_beside, key))
        if path is not None:
            self.write_code(key, path)

    def _enable(self) -> None:
        """Run, weights and code are the Lab's."""
        lab = isinstance(self._front().document, Session)
        for action in (*self._lab, self.code.menuAction()):
            action.setEnabled(lab)

    def _written(self, path: object) -> None:
        assert isinstance(path, Path)
        self.said.emit(f"Written to {path.name}.")

    def _add(self, text: str, key: str | None, work: Callable[[], object], tip: str) -> QAction:
        action = self.addAction(text)
        action.setToolTip(tip)
        action.setStatusTip(tip)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: work())
        return action


def _save_history(curves: Curves, widths: tuple[int, ...], task: Task, path: Path) -> Path:
    # What makes the bytes brings zipfile and csv with it.
    from nnviz.ui.export.numbers import csv_bytes, npz_bytes  # noqa: PLC0415

    if path.suffix.lower() == ".npz":
        write_whole(path, npz_bytes(history_arrays(curves, widths)))
    else:
        write_whole(path, csv_bytes(history_table(curves, task)))
    return path
