"""The window around the workspaces: rail, toolbar, why-line, timeline, menus."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

import qtawesome
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from nnviz.experiment.files import save_experiment
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.specification import replace
from nnviz.ui.fault_dialog import Faults
from nnviz.ui.file_menu import FileMenu
from nnviz.ui.help_menu import HelpMenu
from nnviz.ui.look_menu import LookMenu
from nnviz.ui.notice_bar import NoticeBar
from nnviz.ui.preferences import Preferences
from nnviz.ui.run_bar import RunBar, speed_at
from nnviz.ui.session import Session
from nnviz.ui.theme import Theme, apply_theme
from nnviz.ui.timeline_bar import TimelineBar
from nnviz.ui.why_line import WhyLine
from nnviz.ui.widgets.background import Background
from nnviz.ui.workspaces.registry import WORKSPACES
from nnviz.ui.workspaces.workspace import Workspace

FRAME_MS = 16
DRAWING_SHARE = 0.35
"""At most this share of the time goes into drawing; the rest is for gestures and for the worker."""
STATUS_MS = 8000
AUTOSAVE_MS = 60_000


class MainWindow(QMainWindow):
    """Shows the session. It draws what the worker publishes, at most 60 times a second and only what is visible."""

    def __init__(self, session: Session, preferences: Preferences, faults: Faults) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.session, self.preferences, self.faults = session, preferences, faults
        self.look_menu = LookMenu(self, preferences)
        self.theme = self.look_menu.theme
        self.workspaces: list[Workspace] = [kind(session) for kind in WORKSPACES]
        self.run_bar, self.why_line, self.timeline = RunBar(), WhyLine(), TimelineBar()
        self.pages = QStackedWidget()
        self.notice = NoticeBar()
        self.file_menu = FileMenu(self, session, preferences)
        self._arrange()
        self._make_menus()
        self._connect()
        self.set_theme(self.theme)
        self._restore_layout()
        self._show_panels(preferences.panels)
        self.run_bar.show_speed(preferences.speed)
        session.set_speed(speed_at(preferences.speed))
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._poll)
        self._timer.start(FRAME_MS)
        self._drawn_at: float | None = None
        # What a crash leaves behind: the next start opens it. Written beside the window, for disks may be slow.
        self._autosave = Background(self)
        self._autosave.failed.connect(self.say)
        self._autosave_timer = QTimer(self)
        self._autosave_timer.timeout.connect(lambda: self._autosave.start(self._remembering()))
        self._autosave_timer.start(AUTOSAVE_MS)

    @property
    def workspace(self) -> Workspace:
        """The one in front."""
        return self.workspaces[self.pages.currentIndex()]

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything that exists."""
        self.theme = theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme)
        self.run_bar.set_theme(theme)
        self.run_bar.show_playing(self.session.playing)
        self.why_line.set_theme(theme)
        for workspace, action in zip(self.workspaces, self._rail_actions, strict=True):
            workspace.set_theme(theme)
            action.setIcon(qtawesome.icon(workspace.icon, color=theme.color("text")))
        size = 2 * theme.text_pixels
        self._rail.setIconSize(QSize(size, size))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers layout and experiment; asks only when a file would be left behind unsaved."""
        if self.session.path is not None and not self.file_menu.may_discard():
            event.ignore()
            return
        self._timer.stop()
        self._autosave_timer.stop()
        self._autosave.cancel()
        self._remember()
        self.session.runner.close()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar plays and pauses wherever no control wants it for itself."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.session.toggle()
        else:
            super().keyPressEvent(event)

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
        QTimer.singleShot(0, self._painted)

    def _painted(self) -> None:
        self.session.runner.gate.set()
        spent_ms = 1000.0 * (perf_counter() - (self._drawn_at or 0.0))
        self._drawn_at = None
        self._timer.setInterval(max(FRAME_MS, min(500, round(spent_ms / DRAWING_SHARE))))

    def _draw(self, snapshot: Snapshot) -> None:
        self.run_bar.draw(snapshot)
        self.timeline.draw(snapshot)
        self.why_line.show_verdict(snapshot.verdict)
        self.workspace.draw(snapshot)

    def _look(self) -> None:
        self.session.look(self.workspace.watch())

    def _look_soon(self) -> None:
        # Several views that appear at once are one change; and only after it is it known what is visible.
        self._look_timer.start()

    # -- construction ------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._rail = QToolBar("Workspaces", self)
        self._rail.setObjectName("rail")
        self._rail.setMovable(False)
        self._rail.setOrientation(Qt.Orientation.Vertical)
        self._rail.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        group = QActionGroup(self)
        self._rail_actions: list[QAction] = []
        for number, workspace in enumerate(self.workspaces):
            action = self._rail.addAction(workspace.title)
            action.setToolTip(f"{workspace.meaning} (Ctrl+{number + 1})")
            action.setShortcut(f"Ctrl+{number + 1}")
            action.setCheckable(True)
            action.triggered.connect(partial(self.show_workspace, number))
            group.addAction(action)
            self._rail_actions.append(action)
            self.pages.addWidget(workspace)
        self._rail_actions[0].setChecked(True)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self._rail)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.run_bar)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addWidget(self.notice)
        column.addWidget(self.why_line)
        column.addWidget(self.timeline)
        self.setCentralWidget(page)
        # There from the start, so that the first message moves nothing.
        self.statusBar()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._look_timer = QTimer(self)
        self._look_timer.setSingleShot(True)
        self._look_timer.setInterval(0)
        self._look_timer.timeout.connect(self._look)

    def _connect(self) -> None:
        session, bar = self.session, self.run_bar
        bar.play.triggered.connect(session.toggle)
        bar.step.triggered.connect(session.step)
        bar.epoch.triggered.connect(session.epoch)
        bar.reset.triggered.connect(session.reset)
        bar.new_seed.triggered.connect(session.new_seed)
        bar.seed_edited.connect(lambda seed: session.edit(replace(session.spec, seed=seed), "seed"))
        bar.speed_edited.connect(self._set_speed)
        self.timeline.sought.connect(session.seek)
        session.playing_changed.connect(bar.show_playing)
        session.snapshot_taken.connect(self._draw)
        session.spec_changed.connect(lambda spec, _problem: bar.show_seed(spec.seed))
        self.why_line.view_asked.connect(self._show_view)
        self.why_line.remedy_chosen.connect(session.apply)
        session.refused.connect(lambda sentence: self.notice.say(f"These settings cannot be run: {sentence}"))
        session.spec_changed.connect(lambda *_: self.notice.clear())
        session.said.connect(self.say)
        session.failed.connect(lambda failure: self.faults.show(failure.sentence, failure.report))
        session.file_changed.connect(self._show_title)
        self.look_menu.theme_chosen.connect(self.set_theme)
        self.look_menu.panels_chosen.connect(self._show_panels)
        self.file_menu.said.connect(self.say)
        self.file_menu.failed.connect(self.notice.say)
        self.file_menu.csv_chosen.connect(self._open_table)
        for workspace in self.workspaces:
            workspace.watch_changed.connect(self._look_soon)
            workspace.failed.connect(self.notice.say)
        self._show_title()

    def _make_menus(self) -> None:
        menus = self.menuBar()
        menus.addMenu(self.file_menu)
        edit = menus.addMenu("&Edit")
        for action, key in (
            (self.session.undo_stack.createUndoAction(self, "Undo"), QKeySequence.StandardKey.Undo),
            (self.session.undo_stack.createRedoAction(self, "Redo"), QKeySequence.StandardKey.Redo),
        ):
            action.setShortcuts(key)
            edit.addAction(action)
        run = menus.addMenu("&Run")
        bar = self.run_bar
        run.addActions([bar.play, bar.step, bar.epoch, bar.reset, bar.new_seed])
        menus.addMenu(self.look_menu)
        self.look_menu.addActions(self._rail_actions)
        menus.addMenu(HelpMenu(self))

    # -- gestures ----------------------------------------------------------------------------------------------------

    def show_workspace(self, number: int, *_: object) -> None:
        """Brings a workspace to the front; the others keep their state."""
        self.pages.setCurrentIndex(number)
        self._rail_actions[number].setChecked(True)
        self._look_soon()
        if self.session.snapshot is not None:
            self.workspace.draw(self.session.snapshot)

    def _show_view(self, key: str) -> None:
        self.workspace.show_view(key)

    def _open_table(self, path: Path) -> None:
        self.workspace.open_table(path)

    def _set_speed(self, position: int) -> None:
        self.preferences.speed = position
        self.session.set_speed(speed_at(position))

    def _show_panels(self, shown: bool) -> None:  # noqa: FBT001 (a slot)
        for workspace in self.workspaces:
            workspace.show_panels(shown)

    def say(self, sentence: str) -> None:
        """A sentence in the status line, for a while."""
        self.statusBar().showMessage(sentence, STATUS_MS)

    def _show_title(self) -> None:
        spec, path = self.session.spec, self.session.path
        self.setWindowTitle(f"{path.name if path else spec.name or 'Experiment'}[*] — nnviz")
        self.setWindowModified(self.session.dirty)

    # -- memory ------------------------------------------------------------------------------------------------------

    def _restore_layout(self) -> None:
        if not self.restoreGeometry(self.preferences.layout("window")):
            self.resize(1280, 800)
        for workspace in self.workspaces:
            if not (state := self.preferences.layout(workspace.key)).isEmpty():
                workspace.restore_layout(state)

    def _remember(self) -> None:
        self.preferences.set_layout("window", self.saveGeometry())
        for workspace in self.workspaces:
            self.preferences.set_layout(workspace.key, workspace.layout_state())
        try:
            self._remembering()()
        except OSError as error:
            # The window is closing: standard error is all that is left to tell it.
            print(f"nnviz: {error}", file=sys.stderr)

    def _remembering(self) -> Callable[[], object]:
        """Writes the experiment as it is now where the next start looks for it."""
        path, spec = self.preferences.last_experiment, self.session.to_save()

        def write() -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            save_experiment(spec, path)

        return write
