"""Above the figure of a step: the phase, back and forward, the walk; below it: of what, and the formula to copy."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QSpinBox, QToolButton

from nnviz.experiment.step.explain import PHASES, Phase
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.folding_bar import FoldingBar

CHOICES = (
    ("forward", "Forward", "From the inputs to the outputs: z = Σ w·a + b, then a = f(z)"),
    ("loss", "Loss", "How far the outputs are from the targets, as one number"),
    (
        "backward",
        "Backward",
        "From the loss back: δ = ∂loss/∂z of each unit, and the gradient ∂loss/∂w of each weight",
    ),
    ("update", "Update", "What the optimizer makes of the gradient: Δw, and each weight before and after"),
)
BATCH, OF_BATCH, OF_DATA = "batch", "of batch", "of data"
ENTRIES = (
    Entry(OF_BATCH, "Example in batch", "One of the examples that this step is taken on, by itself."),
    Entry(BATCH, "Whole batch", "Means and sums over all examples that this step is taken on."),
    Entry(OF_DATA, "Example in data", "Any example, whether this step is taken on it or not."),
)


class PhaseControls(FoldingBar):
    """phase_chosen: by the user, or by stepping. walk_toggled: begin or stop to go from layer to layer."""

    phase_chosen = Signal(str)
    walk_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.segments = Segments("Phase of the step", CHOICES)
        self.segments.chosen.connect(self.phase_chosen)
        self.back = _button("◀", "Back", "To the phase before (left arrow).")
        self.forth = _button("▶", "Forward", "To the next phase (right arrow).")
        self.walk = _button("Walk", "Walk", "Goes through the network layer by layer, forwards and back again.")
        self.walk.setCheckable(True)
        self.back.clicked.connect(lambda: self.move_by(-1))
        self.forth.clicked.connect(lambda: self.move_by(1))
        self.walk.toggled.connect(self.walk_toggled)
        _space(self)
        for part in (self.back, self.segments, self.forth, self.walk):
            self.addWidget(part)
        self._enable()

    @property
    def phase(self) -> Phase:
        """The one in front."""
        return next(phase for phase in PHASES if phase == self.segments.key)

    def show_phase(self, phase: Phase) -> None:
        """Without telling."""
        self.segments.choose(phase)
        self._enable()

    def move_by(self, steps: int) -> None:
        """To another phase, if there is one."""
        place = PHASES.index(self.phase) + steps
        if 0 <= place < len(PHASES):
            self.show_phase(PHASES[place])
            self.phase_chosen.emit(self.phase)

    def stop_walk(self) -> None:
        """Without telling."""
        with QSignalBlocker(self.walk):
            self.walk.setChecked(False)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        self.segments.restyle(theme)

    def _enable(self) -> None:
        place = PHASES.index(self.phase)
        self.back.setEnabled(place > 0)
        self.forth.setEnabled(place < len(PHASES) - 1)


class SubjectControls(FoldingBar):
    """Batch or example, and which. chosen: by the user. copy_text, copy_latex: the formula is wanted."""

    chosen = Signal()
    copy_text = Signal()
    copy_latex = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.of, self.number = Choice(ENTRIES), QSpinBox()
        self.of.show_key(OF_BATCH)
        self.total = QLabel()
        explain(self.of, "Numbers of", "One example alone, or all of the batch.")
        explain(self.number, "Number of the example", "Which example, counted from 1.")
        self.number.setMinimum(1)
        self.number.setWrapping(True)
        self._sizes = (1, 1)
        self.text = _button("Copy text", "Copy the formula as text", "Sums are complete, results have every digit.")
        self.latex = _button("Copy LaTeX", "Copy the formula as LaTeX", "For a document that uses amsmath.")
        self.of.chosen.connect(self._kind_chosen)
        self.number.valueChanged.connect(lambda _: self.chosen.emit())
        self.text.clicked.connect(self.copy_text)
        self.latex.clicked.connect(self.copy_latex)
        _space(self)
        for part in (self.of, self.number, self.total):
            self.addWidget(part)
        self.addStretch()
        self.addWidget(self.text)
        self.addWidget(self.latex)

    @property
    def kind(self) -> str:
        """BATCH, OF_BATCH or OF_DATA."""
        return self.of.key() or OF_BATCH

    @property
    def index(self) -> int:
        """Number of the example, from 0."""
        return self.number.value() - 1

    def offer(self, batch: int, data: int) -> None:
        """How many examples there are, in the batch and in all; silent."""
        self._sizes = batch, data
        with QSignalBlocker(self.number):
            self.number.setMaximum(data if self.kind == OF_DATA else batch)
        self.total.setText(f"of {self.number.maximum():,}")
        for part in (self.number, self.total):
            part.setVisible(self.kind != BATCH)

    def choose(self, kind: str, index: int = 0) -> None:
        """Without telling."""
        self.of.show_key(kind)
        self.offer(*self._sizes)
        with QSignalBlocker(self.number):
            self.number.setValue(index + 1)

    def _kind_chosen(self) -> None:
        self.offer(*self._sizes)
        self.chosen.emit()


def _button(text: str, name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    explain(button, name, tip)
    return button


def _space(bar: FoldingBar) -> None:
    bar.setContentsMargins(4, 2, 4, 2)
    bar.setSpacing(6)
