"""The window around the workspaces: rail, menus, notices, and the clock by which the run is drawn."""

import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QUndoGroup,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from nnviz.experiment.documents import Document, workspace_of
from nnviz.experiment.files import load_document
from nnviz.experiment.opening import load_checked
from nnviz.ui.dropping import accept_copy, may_hold
from nnviz.ui.export_menu import ExportMenu
from nnviz.ui.fault_dialog import Faults
from nnviz.ui.file_menu import FileMenu
from nnviz.ui.help_menu import HelpMenu
from nnviz.ui.icons import named_icon
from nnviz.ui.last_documents import Kept, keep, recall
from nnviz.ui.lesson_menu import LessonMenu
from nnviz.ui.look_menu import LookMenu
from nnviz.ui.notice_bar import NoticeBar
from nnviz.ui.preferences import Preferences
from nnviz.ui.restore_offer import RestoreOffer
from nnviz.ui.session import Session
from nnviz.ui.theme import Theme, apply_theme
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.rail import Rail
from nnviz.ui.workspaces.registry import FIRST, PLACES, Place
from nnviz.ui.workspaces.workspace import PREDICT_FIRST, Workspace

FRAME_MS = 16
DRAWING_SHARE = 0.35
"""At most this share of the time goes into drawing; the rest is for gestures and for the worker."""
STATUS_MS = 8000
AUTOSAVE_MS = 60_000
TOUR_MS = 900
"""From the first frame to the tour: the network is seen learning first."""


class MainWindow(QMainWindow):
    """Shows the session. It draws what the worker publishes, at most 60 times a second and only what is visible."""

    def __init__(self, session: Session, preferences: Preferences, faults: Faults) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.session, self.preferences, self.faults = session, preferences, faults
        self.look_menu = LookMenu(self, preferences)
        self.theme = self.look_menu.theme
        self.workspaces: dict[str, Workspace] = {}
        """Those that were in front so far, by key."""
        self.pages = QStackedWidget()
        self.notice = NoticeBar()
        self.restore_offer = RestoreOffer()
        self.undo_group = QUndoGroup(self)
        self.export_menu = ExportMenu(self, session, lambda: self.workspace)
        self.file_menu = FileMenu(
            self,
            session,
            preferences,
            front=lambda: self.workspace.document,
            show=self.open_document,
            exports=self.export_menu,
        )
        self.lesson_menu = LessonMenu(self, preferences)
        self.help_menu = HelpMenu(self)
        self._arrange()
        self._make_menus()
        self._connect()
        self.set_theme(self.theme)
        if not self.restoreGeometry(preferences.layout("window")):
            self.resize(1280, 800)
        self.show_workspace(FIRST)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._poll)
        self._timer.start(FRAME_MS)
        self._drawn_at: float | None = None
        # What a crash leaves behind: the next start opens it. Written beside the window, for disks may be slow.
        self._autosave = Background(self)
        self._autosave.failed.connect(self.say)
        self._autosave_timer = QTimer(self)
        self._autosave_timer.timeout.connect(self.autosave)
        self._autosave_timer.start(AUTOSAVE_MS)

    @property
    def rail(self) -> QToolBar:
        """Where workspaces are chosen."""
        return self._rail

    @property
    def workspace(self) -> Workspace:
        """The one in front."""
        workspace = self.pages.currentWidget()
        assert isinstance(workspace, Workspace)
        return workspace

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything that exists."""
        self.theme = theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme)
        for workspace in self.workspaces.values():
            workspace.set_theme(theme)
        for place, action in zip(PLACES, self._rail_actions.values(), strict=True):
            action.setIcon(named_icon(place.icon, theme.color("text")))
        size = 2 * theme.text_pixels
        self._rail.setIconSize(QSize(size, size))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers layout and documents; asks only when a file would be left behind unsaved."""
        given_up = set()
        for key, workspace in self.workspaces.items():
            document = workspace.document
            if document.path is not None and not self.file_menu.may_discard(document):
                event.ignore()
                return
            if document.path is not None and document.dirty:
                given_up.add(key)
        self.finish(given_up)
        event.accept()

    def finish(self, given_up: Collection[str] = ()) -> None:
        """The end, without a question: all that is open is remembered, and the worker stops.

        given_up: workspaces of whose documents the next start is to find what their files have.
        """
        self.lesson_menu.remember()
        self._timer.stop()
        self._autosave_timer.stop()
        self._autosave.cancel()
        self._remember(given_up)
        self.session.runner.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """An experiment, a table, or a line of text may be dropped anywhere."""
        if may_hold(event.mimeData()):
            accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens it, or says why not."""
        accept_copy(event)
        self.file_menu.open_dropped(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar plays and pauses wherever no control wants it for itself."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            if self.workspace.may_play:
                self.workspace.toggle()
            else:
                self.say(PREDICT_FIRST)
        else:
            super().keyPressEvent(event)

    def welcome(self) -> None:
        """What a start by itself shows: the lesson that was open, and on the very first one the tour."""
        self.lesson_menu.restore()
        if not self.preferences.toured:
            QTimer.singleShot(TOUR_MS, self, self.help_menu.show_tour)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _poll(self) -> None:
        if self._drawn_at is not None:
            # The last frame is not painted yet.
            return
        began = perf_counter()
        # The worker waits while the window draws: both at once fight for the interpreter, and the paint loses.
        self.session.runner.gate.clear()
        if self.session.poll() is None:
            self.session.runner.gate.set()
            return
        self._drawn_at = began
        # Paint events come before timers: when this one fires, the frame is on the screen.
        QTimer.singleShot(0, self, self._painted)

    def _painted(self) -> None:
        self.session.runner.gate.set()
        spent_ms = 1000.0 * (perf_counter() - (self._drawn_at or 0.0))
        self._drawn_at = None
        self._timer.setInterval(max(FRAME_MS, min(500, round(spent_ms / DRAWING_SHARE))))

    # -- construction ------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._rail = Rail("Workspaces", self)
        self._rail.setObjectName("rail")
        group = QActionGroup(self)
        self._rail_actions: dict[str, QAction] = {}
        for number, place in enumerate(PLACES, start=1):
            action = self._rail.addAction(place.title)
            action.setToolTip(f"<p><b>{place.title}</b> (Ctrl+{number})<br>{place.meaning}</p>")
            action.setShortcut(f"Ctrl+{number}")
            action.setCheckable(True)
            action.triggered.connect(partial(self.show_workspace, place.key))
            group.addAction(action)
            self._rail_actions[place.key] = action
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self._rail)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addWidget(self.restore_offer)
        column.addWidget(self.notice)
        self.setCentralWidget(page)
        # There from the start, so that the first message moves nothing.
        self.statusBar()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        session = self.session
        session.refused.connect(lambda sentence: self.notice.say(f"These settings cannot be run: {sentence}"))
        session.spec_changed.connect(lambda *_: self.notice.clear())
        session.failed.connect(lambda failure: self.faults.show(failure.sentence, failure.report))
        self.look_menu.theme_chosen.connect(self.set_theme)
        self.look_menu.panels_toggled.connect(self._toggle_panels)
        for menu in (self.file_menu, self.export_menu):
            menu.said.connect(self.say)
            menu.failed.connect(self.notice.say)
        self.file_menu.csv_chosen.connect(self._open_table)
        self.restore_offer.wanted.connect(self._restore)
        self.restore_offer.failed.connect(self.notice.say)

    def _make_menus(self) -> None:
        menus = self.menuBar()
        menus.addMenu(self.file_menu)
        edit = menus.addMenu("&Edit")
        for action, key in (
            (self.undo_group.createUndoAction(self, "Undo"), QKeySequence.StandardKey.Undo),
            (self.undo_group.createRedoAction(self, "Redo"), QKeySequence.StandardKey.Redo),
        ):
            keys = QKeySequence.keyBindings(key)
            also = QKeySequence("Ctrl+Y")
            if key == QKeySequence.StandardKey.Redo and also not in keys:
                # Both keys that people know for it, on every system.
                keys.append(also)
            action.setShortcuts(keys)
            edit.addAction(action)
        self._run_menu = menus.addMenu("&Run")
        menus.addMenu(self.look_menu)
        self.look_menu.addActions(list(self._rail_actions.values()))
        menus.addMenu(self.lesson_menu)
        menus.addMenu(self.help_menu)

    # -- gestures ----------------------------------------------------------------------------------------------------

    def show_workspace(self, key: str, *_: object) -> Workspace:
        """Brings a workspace to the front, making it if need be; the others keep their state."""
        workspace = self.workspaces.get(key) or self._make(next(place for place in PLACES if place.key == key))
        self._rail_actions[key].setChecked(True)
        self._run_menu.clear()
        self._run_menu.addActions(workspace.run_actions())
        self.undo_group.setActiveStack(workspace.document.undo_stack)
        self.pages.setCurrentWidget(workspace)
        workspace.tell_panels()
        self._show_title()
        return workspace

    def open_document(self, document: Document, path: Path | None = None, *, play: bool = True) -> bool:
        """Shows a document in the workspace that it is for; False when what is there was not to be left."""
        workspace = self.show_workspace(workspace_of(document))
        if not self.file_menu.may_discard(workspace.document):
            return False
        workspace.document.adopt(document, path, play=play and self.lesson_menu.may_play)
        workspace.document.disposable = False
        self.lesson_menu.opened(workspace)
        return True

    def open_kept(self, kept: Kept, *, play: bool = True) -> bool:
        """Shows what was open at an earlier time as it was then, with its file and its mark of what no file has."""
        opened = self.open_document(kept.document, kept.path, play=play)
        if opened and kept.changed:
            self.workspace.document.undo_stack.resetClean()
        return opened

    def _restore(self, kept: list[Kept]) -> None:
        # What is in front now comes last, and so stays there.
        front = self.workspace.key
        for number, each in sorted(enumerate(kept), key=lambda pair: workspace_of(pair[1].document) == front):
            # Before anything takes its place one is asked, as if it had been edited: no file has it.
            if self.open_kept(replace(each, changed=each.changed or each.path is None)):
                self.restore_offer.opened(number)
        self.restore_offer.done()

    def _make(self, place: Place) -> Workspace:
        workspace = place.make(self.session, self.preferences)
        self.workspaces[place.key] = workspace
        workspace.said.connect(self.say)
        workspace.failed.connect(self.notice.say)
        workspace.document.file_changed.connect(self._show_title)
        self.undo_group.addStack(workspace.document.undo_stack)
        workspace.set_theme(self.theme)
        if not (state := self.preferences.layout(place.key)).isEmpty():
            workspace.restore_layout(state)
        workspace.panels_chosen.connect(self._choose_panels)
        workspace.panels_shown.connect(partial(self._note_panels, workspace))
        workspace.show_panels(self.preferences.panels)
        self.lesson_menu.attach(workspace)
        self.pages.addWidget(workspace)
        if place.key != FIRST:
            self._reopen(workspace)
        return workspace

    def _reopen(self, workspace: Workspace) -> None:
        """What the workspace had open last; what it begins with, where that is not to be had."""
        last = self.preferences.last(workspace.key)
        if last.exists():
            try:
                kept = recall(last, load_checked)
                workspace.document.adopt(kept.document, kept.path, play=False)
                if kept.changed:
                    workspace.document.undo_stack.resetClean()
            except (ValueError, OSError) as error:
                self.notice.say(f"What was open last could not be opened: {error}")

    def _open_table(self, path: Path) -> None:
        self.show_workspace("lab").open_table(path)

    def _choose_panels(self, shown: bool) -> None:  # noqa: FBT001 (a slot)
        self.preferences.panels = shown
        for workspace in self.workspaces.values():
            workspace.show_panels(shown)

    def _toggle_panels(self) -> None:
        self.workspace.toggle_panels()

    def _note_panels(self, workspace: Workspace, shown: bool) -> None:  # noqa: FBT001 (a slot)
        if self.pages.currentWidget() is workspace:
            self.look_menu.panels.setChecked(shown)

    def say(self, sentence: str) -> None:
        """A sentence in the status line, for a while."""
        self.statusBar().showMessage(sentence, STATUS_MS)

    def _show_title(self) -> None:
        document = self.workspace.document
        name = document.path.name if document.path else document.to_save().name
        self.setWindowTitle(f"{name or 'Experiment'}[*] — nnviz")
        self.setWindowModified(document.dirty)

    # -- memory ------------------------------------------------------------------------------------------------------

    def _remember(self, given_up: Collection[str]) -> None:
        self.preferences.set_layout("window", self.saveGeometry())
        for key, workspace in self.workspaces.items():
            self.preferences.set_layout(key, workspace.layout_state())
        try:
            self._remembering(given_up)()
        except OSError as error:
            # The window is closing: standard error is all that is left to tell it.
            print(f"nnviz: {error}", file=sys.stderr)

    def autosave(self) -> None:
        """Writes what is open aside, beside the window."""
        self._autosave.start(self._remembering())

    def _remembering(self, given_up: Collection[str] = ()) -> Callable[[], object]:
        """Writes every document as it is now, and which file it belongs to, where the next start looks for it."""
        kept = [
            (key, workspace.document.to_save(), workspace.document.path) for key, workspace in self.workspaces.items()
        ]

        def write() -> None:
            for key, document, path in kept:
                in_file = _in_file(path) if key in given_up else None
                keep(self.preferences.last(key), in_file or document, path)

        return write


def _in_file(path: Path | None) -> Document | None:
    """What the file has; None when it cannot be read."""
    try:
        return load_document(path) if path is not None else None
    except (ValueError, OSError):
        return None
