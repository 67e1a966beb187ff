"""The Lessons menu, and how a lesson acts on the window: it opens presets, shows figures and locks controls."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from nnviz.experiment.lesson.record import Load
from nnviz.ui.preferences import Preferences

if TYPE_CHECKING:
    from nnviz.ui.lessons.lesson_dock import LessonDock
    from nnviz.ui.main_window import MainWindow
    from nnviz.ui.workspaces.workspace import Workspace

ROOMY = 1500
"""Width in pixels from which panels, plots and a lesson fit beside each other."""
LESSONS = "Lessons (*.md);;All files (*)"


class LessonMenu(QMenu):
    """The dock is made when it is first asked for."""

    def __init__(self, window: "MainWindow", preferences: Preferences) -> None:
        super().__init__("&Lessons", window)
        self._window, self._preferences = window, preferences
        self._dock: LessonDock | None = None
        self._restriction: tuple[frozenset[str], frozenset[str], bool] = (frozenset(), frozenset(), True)
        show = self.addAction("&Lessons", self.show_list)
        show.setShortcut("F1")
        show.setToolTip("The ten lessons, beside the workspace")
        self.addAction("&Open lesson…", self.choose)

    @property
    def dock(self) -> "LessonDock":
        """The guide."""
        if self._dock is None:
            self._dock = self._make()
        return self._dock

    def show_list(self) -> None:
        """All lessons."""
        self.dock.show_list()
        self.dock.show()
        self.dock.raise_()
        self._make_room()

    def choose(self) -> None:
        """Asks for the file of a lesson, and opens it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open lesson", "", LESSONS)
        if name:
            self.dock.open_file(Path(name))

    def restrict(self, workspace: "Workspace") -> None:
        """Tells a workspace what the page that is open locks and hides."""
        workspace.restrict(*self._restriction)

    def attach(self, workspace: "Workspace") -> None:
        """A workspace that exists from now on."""
        self.restrict(workspace)
        workspace.step_reached.connect(self._note_step)
        workspace.layer_chosen.connect(self._note_layer)

    def _make_room(self) -> None:
        """On a small screen the panels step aside for the text; they are a key away."""
        panels = self._window.look_menu.panels
        if self._window.width() < ROOMY and panels.isChecked():
            panels.setChecked(False)
            self._window.say(f"The panels made room for the lesson; {panels.shortcut().toString()} shows them again.")

    def _make(self) -> "LessonDock":
        from nnviz.ui.lessons.lesson_dock import LessonDock  # noqa: PLC0415 - most starts show no lesson

        window = self._window
        dock = LessonDock(self._preferences.lessons, window)
        dock.set_theme(window.theme)
        dock.load_asked.connect(self._load)
        dock.restricted.connect(self._restrict)
        dock.said.connect(window.say)
        dock.failed.connect(window.notice.say)
        window.look_menu.theme_chosen.connect(dock.set_theme)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.hide()
        dock.start()
        return dock

    def _load(self, load: Load) -> None:
        from nnviz.ui.lessons.lesson_dock import preset_path  # noqa: PLC0415

        def loaded() -> None:
            workspace = self._window.workspace
            if load.show is not None:
                workspace.show_figure(load.show)
            if load.speed is not None:
                workspace.set_speed(load.speed)

        path = preset_path(load)
        if path is None:
            loaded()
        else:
            self._window.file_menu.open_for_lesson(path, play=load.play, loaded=loaded)

    def _restrict(self, locked: frozenset[str], hidden: frozenset[str], may_play: bool) -> None:  # noqa: FBT001 (a slot)
        self._restriction = locked, hidden, may_play
        for workspace in self._window.workspaces.values():
            self.restrict(workspace)

    def _note_step(self, step: int) -> None:
        if self._dock is not None:
            self._dock.note_step(step)

    def _note_layer(self, layer: int) -> None:
        if self._dock is not None:
            self._dock.choose_layer(layer)
