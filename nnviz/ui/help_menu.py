"""The Help menu: glossary, tour, which keys there are, and what this program is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox

from nnviz import __version__
from nnviz.resources import resource
from nnviz.ui.workspaces.registry import FIRST, PLACES

if TYPE_CHECKING:
    from nnviz.ui.glossary_dialog import GlossaryDialog
    from nnviz.ui.main_window import MainWindow
    from nnviz.ui.tour import Stop, Tour

SPACE = ("Space", "Play or pause, while no field or button has the keys")
GLOSSARY = "glossary.md"
ABOUT = (
    f"<b>nnviz {__version__}</b><p>A laboratory in which one sees a neural network learn, and sees why it fails to.</p>"
    "<p>Free software under the MIT licence.</p>"
)


class HelpMenu(QMenu):
    """Lists the window's shortcuts as they are, so that the list is never out of date."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__("&Help", window)
        self._window = window
        self._glossary: GlossaryDialog | None = None
        self.tour: Tour | None = None
        """The tour while it is shown."""
        glossary = self.addAction("&Glossary", self.show_glossary)
        glossary.setShortcut("Ctrl+Shift+G")
        glossary.setToolTip("What each term means, with the lesson and the view that show it")
        self.addAction("&Tour", self.show_tour).setToolTip("Four bubbles over the window: what is where")
        self.addSeparator()
        self.addAction("&Keys").triggered.connect(self._show_keys)
        self.addAction("&About nnviz").triggered.connect(self._show_about)
        window.lesson_menu.term_asked.connect(self.show_term)
        window.look_menu.theme_chosen.connect(self._restyle)

    def keys(self) -> dict[str, str]:
        """Key → what it does."""
        actions = [action for action in self._window.findChildren(QAction) if not action.shortcut().isEmpty()]
        return {action.shortcut().toString(): _meaning(action) for action in actions} | dict([SPACE])

    def show_glossary(self) -> "GlossaryDialog | None":
        """All terms; None when the glossary cannot be read, which is said."""
        if self._glossary is None:
            from nnviz.experiment.lesson.glossary import load_glossary  # noqa: PLC0415 - most starts look up nothing
            from nnviz.ui.glossary_dialog import GlossaryDialog  # noqa: PLC0415

            try:
                terms = load_glossary(resource(GLOSSARY))
            except (ValueError, OSError) as error:
                self._window.notice.say(str(error))
                return None
            window = self._window
            dialog = GlossaryDialog(terms, {place.key: place.title for place in PLACES}, window.theme, window)
            dialog.lesson_asked.connect(window.lesson_menu.open_topic)
            dialog.view_asked.connect(self._show_view)
            self._glossary = dialog
        self._glossary.show()
        self._glossary.raise_()
        self._glossary.activateWindow()
        self._glossary.search.setFocus()
        return self._glossary

    def show_term(self, key: str) -> None:
        """The glossary at a term."""
        if (dialog := self.show_glossary()) is not None:
            dialog.show_term(key)

    def show_tour(self) -> None:
        """The tour from its beginning; from now on no start shows it by itself."""
        from nnviz.ui.tour import Tour  # noqa: PLC0415 - once, on the first start

        window = self._window
        window.preferences.toured = True
        if self.tour is not None:
            self.tour.end()
        window.show_workspace(FIRST)
        self.tour = Tour(window, self._stops(), window.theme)
        self.tour.ended.connect(self._tour_ended)

    def _stops(self) -> "list[Stop]":
        from nnviz.ui.tour import Stop, rect_of  # noqa: PLC0415
        from nnviz.ui.workspaces.lab.workspace import Lab  # noqa: PLC0415

        window, lab = self._window, self._window.workspace
        assert isinstance(lab, Lab)
        controls, bar = lab.controls, window.menuBar()

        def menus() -> QRect:
            first, last = window.file_menu.menuAction(), window.lesson_menu.menuAction()
            whole = bar.actionGeometry(first).united(bar.actionGeometry(last))
            return whole.translated(rect_of(bar, window).topLeft())

        return [
            Stop(
                "Workspaces",
                "A single neuron, activation functions, descent on surfaces, and the Lab, where a network is learning "
                "right now. Each keeps its state while you are in another.",
                lambda: rect_of(window.rail, window),
            ),
            Stop(
                "Run it",
                "Play and pause (space bar), take a single step, or begin again from the same seed. The slider sets "
                "how many steps a second.",
                lambda: rect_of(controls.bar, window),
            ),
            Stop(
                "Why",
                "This line says in words what is happening to the run, and which quantity says so. When something goes "
                "wrong it names the cause, shows the view, and offers a remedy to try.",
                lambda: rect_of(controls.why_line, window),
            ),
            Stop(
                "Where to begin",
                "Lessons (F1) lead through ten topics with predictions to make. File → Gallery (Ctrl+G) has networks "
                "that learn, and some that fail in a telling way.",
                menus,
            ),
        ]

    def _tour_ended(self) -> None:
        self.tour = None

    def _restyle(self, theme: object) -> None:
        for part in (self._glossary, self.tour):
            if part is not None:
                part.set_theme(theme)  # type: ignore[arg-type]

    def _show_view(self, workspace: str, figure: str) -> None:
        place = self._window.show_workspace(workspace)
        if figure:
            place.show_figure(figure)
        self._window.activateWindow()

    def _show_keys(self) -> None:
        rows = "".join(
            f"<tr><td><b>{key}</b>&nbsp;&nbsp;</td><td>{what}</td></tr>" for key, what in self.keys().items()
        )
        QMessageBox.information(self._window, "Keys", f"<table>{rows}</table>")

    def _show_about(self) -> None:
        QMessageBox.about(self._window, "About nnviz", ABOUT)


def _meaning(action: QAction) -> str:
    """The tooltip without the key that stands at its end, which is the text where there is no tooltip."""
    return action.toolTip().partition(" (")[0].replace("&", "")
