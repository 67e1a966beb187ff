"""The bar above the pages: which page is shown, and what drives the perceptron rule."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from nnviz.experiment.neuron.examples import shipped
from nnviz.experiment.neuron.specification import Page
from nnviz.ui.action_bar import ActionBar
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.explained import tooltip

PAGES: tuple[tuple[Page, str, str], ...] = (
    ("neuron", "One neuron", "Inputs, weights, bias and activation of a single neuron, with its arithmetic"),
    ("perceptron", "Perceptron", "A threshold unit learns truth tables, and fails at XOR"),
    ("bias", "Bias", "A line with and without a bias, its squared errors, and the cost over w and b"),
)


class NeuronBar(ActionBar):
    """Its actions are in the Run menu too."""

    page_chosen = Signal(str)
    example_chosen = Signal(object)
    """The Path of a shipped document."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Neuron", parent)
        self.pages = Segments("Page", PAGES)
        self.pages.chosen.connect(self.page_chosen)
        self.addWidget(self.pages)
        self.examples = QToolButton(self)
        self.examples.setText("Examples")
        self.examples.setAutoRaise(True)
        self.examples.setToolTip("<p>Documents that come with the program, for each page a few</p>")
        self.examples.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.examples.setMenu(QMenu(self.examples))
        self.examples.menu().aboutToShow.connect(self._list_examples)
        self.addWidget(self.examples)
        self.addStretch()
        self.play = self._action("Play", "play", "F5", "Shows the rows to the rule, one after another")
        self.step = self._action("Step", "step-forward", "F6", "Shows one row to the rule")
        self.mistake = self._action(
            "Next mistake", "skip-forward", "F7", "Goes on to the next step that moves the line"
        )
        self.back = self._action("Back", "step-backward", "Shift+F6", "Takes the last step back")
        self.reset = self._action("Reset", "restore", "F8", "Back to the first weights")
        self.run_actions = [self.play, self.step, self.mistake, self.back, self.reset]
        self.put(*self.run_actions)
        self.counter = QLabel("", self)
        self.counter.setAccessibleName("Step of the rule")
        self.counter.setContentsMargins(GRID, 0, GRID, 0)
        self.addWidget(self.counter)

    def _list_examples(self) -> None:
        """Read when they are asked for: the start of the program does not wait for them."""
        menu = self.examples.menu()
        if not menu.isEmpty():
            return
        for number, (page, title, _) in enumerate(PAGES):
            if number:
                menu.addSeparator()
            menu.addSection(title)
            for path, document in shipped(page):
                action = menu.addAction(document.name)
                action.setToolTip(tooltip(document.description))
                action.triggered.connect(partial(self._choose_example, path))
        menu.setToolTipsVisible(True)

    def _choose_example(self, path: Path, *_: object) -> None:
        self.example_chosen.emit(path)

    def show_page(self, key: str, *, running: bool) -> None:
        """The page in front. running: whether there is something to run on it."""
        self.pages.choose(key)
        for action in self.run_actions:
            action.setVisible(running)
            action.setEnabled(running)
        self.counter.setVisible(running)

    def show_progress(self, step: int, *, playing: bool, finished: bool) -> None:
        """Where the rule is; a finished run offers no more steps."""
        self.counter.setText(f"step {step:,}")
        self.play.setText("Pause" if playing else "Play")
        self.play.setIcon(self._icon("pause" if playing else "play"))
        for action in (self.play, self.step, self.mistake):
            action.setEnabled(not finished)
        self.back.setEnabled(step > 0)
        self.reset.setEnabled(step > 0)

    def set_theme(self, theme: Theme) -> None:
        """Icons and colours."""
        self.pages.restyle(theme)
        super().set_theme(theme)
