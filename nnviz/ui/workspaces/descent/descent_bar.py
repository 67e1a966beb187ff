"""The toolbar of a race: play, step, phase, back, reset, another noise, speed, and the counter."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from nnviz.experiment.descent.phases import PHASES
from nnviz.ui.action_bar import ActionBar
from nnviz.ui.run_bar import POSITIONS, speed_at
from nnviz.ui.theme import GRID, Theme

FIRST_POSITION = 27
"""About ten steps a second: each can be followed."""


class DescentBar(ActionBar):
    """Its actions are in the Run menu too. speed_edited: the slider's position."""

    speed_edited = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Descent", parent)
        self.play = self._action("Play", "play", "F5", "Lets the runners go, or pauses them")
        self.step = self._action("Step", "step-forward", "F6", "One step of all runners")
        self.phase = self._action(
            "Phase",
            "vector-line",
            "F7",
            "One phase of the chosen runner's step: gradient, then what the optimizer makes of it, then the step",
        )
        self.back = self._action("Back", "step-backward", "Shift+F6", "One phase or one step back")
        self.reset = self._action("Reset", "restore", "F8", "Back to the start")
        self.noise = self._action(
            "New noise", "dice-5-outline", "F9", "Another seed: other noise for the runners that have some"
        )
        self.run_actions = [self.play, self.step, self.phase, self.back, self.reset, self.noise]
        self.put(*self.run_actions)
        self.speed = QSlider(Qt.Orientation.Horizontal, self)
        self.speed.setRange(0, POSITIONS)
        self.speed.setFixedWidth(14 * GRID)
        self.speed.setAccessibleName("Speed")
        self.speed.setToolTip("Steps a second: from one, to watch each, to as many as this computer can do")
        self.speed.valueChanged.connect(self._speed_moved)
        self.speed_text = QLabel("", self)
        self.put_field("Speed", self.speed, self.speed_text)
        self.addStretch()
        self.counter = QLabel("", self)
        self.counter.setAccessibleName("Step counter")
        self.counter.setContentsMargins(0, 0, GRID, 0)
        self.addWidget(self.counter)
        self.show_speed(FIRST_POSITION)

    def show_progress(self, step: int, steps: int, phase: int, *, playing: bool, runners: bool) -> None:
        """Where the race is, and what can be done there."""
        word = f"   ·   {PHASES[phase - 1]}" if phase else ""
        self.counter.setText(f"step {step:,} of {steps:,}{word}")
        if playing != (self.play.text() == "Pause"):
            self.play.setText("Pause" if playing else "Play")
            self.play.setIcon(self._icon("pause" if playing else "play"))
        self.play.setEnabled(runners)
        for action in (self.step, self.phase):
            action.setEnabled(runners and step < steps)
        for action in (self.back, self.reset):
            action.setEnabled(step > 0 or phase > 0)

    def show_speed(self, position: int) -> None:
        """Sets the slider without emitting."""
        with QSignalBlocker(self.speed):
            self.speed.setValue(position)
        self._tell_speed(position)

    def set_theme(self, theme: Theme) -> None:
        """Icons and typeface."""
        super().set_theme(theme)
        self.play.setIcon(self._icon("pause" if self.play.text() == "Pause" else "play"))
        self.speed_text.setMinimumWidth(self.speed_text.fontMetrics().horizontalAdvance(" 5000/s "))

    def _speed_moved(self, position: int) -> None:
        self._tell_speed(position)
        self.speed_edited.emit(position)

    def _tell_speed(self, position: int) -> None:
        speed = speed_at(position)
        self.speed_text.setText("max" if speed is None else f"{speed:,.0f}/s" if speed >= 10 else f"{speed:.1f}/s")
