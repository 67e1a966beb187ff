"""The Lessons menu, and how a lesson acts on the window: it opens presets, shows figures and locks controls."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from nnviz.resources import resource
from nnviz.ui.preferences import Preferences

if TYPE_CHECKING:
    from nnviz.experiment.lesson.record import Load
    from nnviz.ui.lessons.lesson_dock import LessonDock
    from nnviz.ui.main_window import MainWindow
    from nnviz.ui.workspaces.workspace import Workspace

FREE: tuple[frozenset[str], frozenset[str], bool] = (frozenset(), frozenset(), True)
"""Nothing is locked, nothing hidden, and Play may be used."""
LESSONS = "Lessons (*.md);;All files (*)"


class LessonMenu(QMenu):
    """The dock is made when it is first asked for."""

    term_asked = Signal(str)
    """Key of a glossary entry."""

    def __init__(self, window: "MainWindow", preferences: Preferences) -> None:
        super().__init__("&Lessons", window)
        self._window, self._preferences = window, preferences
        self._dock: LessonDock | None = None
        self._restriction = FREE
        self._loading = False
        self._freed: set[Workspace] = set()
        """Workspaces with a document that is none of the page's: it was opened since."""
        show = self.addAction("&Lessons", self.show_list)
        show.setShortcut("F1")
        show.setToolTip("The ten lessons, beside the workspace")
        self.addAction("&Open lesson…", self.choose)
        self.addAction("&Answer sheet…", self.show_sheet)

    @property
    def dock(self) -> "LessonDock":
        """The guide."""
        if self._dock is None:
            self._dock = self._make()
        return self._dock

    @property
    def may_play(self) -> bool:
        """Whether anything may be set going now."""
        return self._restriction[2]

    def show_list(self) -> None:
        """All lessons."""
        self.dock.show_list()
        self.dock.show()
        self.dock.raise_()

    def choose(self) -> None:
        """Asks for the file of a lesson, and opens it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open lesson", "", LESSONS)
        if name:
            self.dock.open_file(Path(name))

    def open_topic(self, topic: int, page: str = "") -> None:
        """A shipped lesson at the page of that title; where it was left, unless given."""
        self.dock.open_topic(topic, page)

    def show_sheet(self) -> None:
        """The answer sheet of the lesson that is open."""
        from nnviz.ui.lessons.sheet_dialog import SheetDialog  # noqa: PLC0415 - asked for once a lesson

        dock = self.dock
        if dock.lesson is None:
            self._window.say("Open a lesson first: an answer sheet belongs to one.")
            return
        dialog = SheetDialog(dock.lesson, dock.progress.of(dock.lesson.digest), self._window.theme, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.written.connect(
            lambda paths: self._window.say(f"Answer sheet written to {' and '.join(path.name for path in paths)}.")
        )
        dialog.open()

    def remember(self) -> None:
        """What the next start shows again; the window is closing."""
        dock = self._dock
        shown = dock is not None and dock.isVisible()
        path = dock.path if dock is not None and shown else None
        shipped = path is not None and path.parent == resource("lessons")
        self._preferences.lesson = "" if path is None else path.name if shipped else str(path.resolve())
        self._preferences.guide = shown
        if dock is not None:
            # The window goes, and takes the dock with it: that is nothing to make room for.
            dock.blockSignals(True)

    def restore(self) -> None:
        """The guide as it was when the program was left; what is open in the workspaces stays as it is."""
        if not self._preferences.guide:
            return
        name = self._preferences.lesson
        path = Path(name) if Path(name).is_absolute() else resource("lessons") / name
        if name and path.is_file():
            self.dock.open_file(path, load=False)
        else:
            self.show_list()

    def restrict(self, workspace: "Workspace") -> None:
        """Tells a workspace what the page that is open locks and hides."""
        workspace.restrict(*(FREE if workspace in self._freed else self._restriction))

    def opened(self, workspace: "Workspace") -> None:
        """A document was opened in a workspace: one that the page did not load is free."""
        if not self._loading and self._restriction != FREE:
            self._freed.add(workspace)
        self.restrict(workspace)

    def attach(self, workspace: "Workspace") -> None:
        """A workspace that exists from now on."""
        self.restrict(workspace)
        workspace.step_reached.connect(lambda step: self._note_step(workspace, step))
        workspace.layer_chosen.connect(self._note_layer)

    def _make(self) -> "LessonDock":
        from nnviz.ui.lessons.lesson_dock import LessonDock  # noqa: PLC0415 - most starts show no lesson

        window = self._window
        dock = LessonDock(self._preferences.lessons, window)
        dock.set_theme(window.theme)
        dock.load_asked.connect(self._load)
        dock.play_asked.connect(self._play)
        dock.restricted.connect(self._restrict)
        dock.term_asked.connect(self.term_asked)
        dock.sheet_asked.connect(self.show_sheet)
        dock.said.connect(window.say)
        dock.failed.connect(window.notice.say)
        window.look_menu.theme_chosen.connect(dock.set_theme)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.hide()
        dock.start()
        return dock

    def _load(self, load: "Load") -> None:
        from nnviz.ui.lessons.answering import preset_path  # noqa: PLC0415

        def loaded() -> None:
            workspace = self._window.workspace
            if load.show is not None:
                workspace.show_figure(load.show)
            if load.speed is not None:
                workspace.set_speed(load.speed)
            self._loading = False

        path = preset_path(load)
        self._loading = path is not None
        self._freed.clear()
        if path is None:
            loaded()
        else:
            self._window.file_menu.open_for_lesson(path, play=load.play, loaded=loaded)

    def _play(self) -> None:
        """The page's run goes; one that is still being read begins by itself."""
        if not self._loading:
            self._window.workspace.toggle()

    def _restrict(self, locked: frozenset[str], hidden: frozenset[str], may_play: bool) -> None:  # noqa: FBT001 (a slot)
        self._restriction = locked, hidden, may_play
        focused = QApplication.focusWidget()
        for workspace in self._window.workspaces.values():
            self.restrict(workspace)
        if focused is not None and QApplication.focusWidget() is not focused:
            # A button that is locked hands the keys to the next field, where nobody looks for them.
            self._window.setFocus()

    def _note_step(self, workspace: "Workspace", step: int) -> None:
        # Neither what runs behind another workspace nor what the page before left running is the page's run.
        if self._dock is not None and not self._loading and workspace is self._window.workspace:
            self._dock.note_step(step)

    def _note_layer(self, layer: int) -> None:
        if self._dock is not None:
            self._dock.choose_layer(layer)
