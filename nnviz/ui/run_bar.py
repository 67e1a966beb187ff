"""The toolbar: play, step, reset, seed, speed, and the counters."""

from math import log

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.action_bar import ActionBar
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.integer_field import IntegerField

FASTEST = 5000.0
"""The speed slider goes from one step a second to this many; its last position is as fast as it goes."""
POSITIONS = 100
WIDEST = "step 000 000   epoch 0 000.0   0 000 steps/s "
"""Room that the counters have, so that nothing else moves while they count."""
FIRST_POSITION = 72
"""On the first start: some hundred steps a second, so that one sees the network learn."""


def speed_at(position: int) -> float | None:
    """Steps a second at a position of the slider, None at its end."""
    return None if position >= POSITIONS else FASTEST ** (position / (POSITIONS - 1))


def position_of(steps_per_second: float) -> int:
    """The slider's position for a speed."""
    return max(0, min(POSITIONS - 1, round(log(max(1.0, steps_per_second)) / log(FASTEST) * (POSITIONS - 1))))


class RunBar(ActionBar):
    """Its actions are in the Run menu too. `seed_edited` and `speed_edited` tell what was set."""

    seed_edited = Signal(int)
    speed_edited = Signal(int)
    """The speed slider's position; `speed_at` tells what it means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Run", parent)
        self.setObjectName("run-bar")
        self.play = self._action("Play", "play", "F5", "Let the network learn, or pause it")
        self.step = self._action("Step", "step-forward", "F6", "Take one step: one batch of examples")
        self.epoch = self._action(
            "Epoch", "skip-forward", "F7", "Go on to the end of this epoch: all examples seen once more"
        )
        self.reset = self._action(
            "Reset", "restore", "F8", "Back to step 0 with the same seed: the same data, the same initial weights"
        )
        self.put(self.play, self.step, self.epoch, self.reset)
        self.seed = IntegerField(0, 2**31 - 1, parent=self)
        self.seed.setMaximumWidth(14 * GRID)
        self.seed.setAccessibleName("Seed")
        self.seed.setToolTip("The number from which all randomness comes: data, initial weights, order of batches")
        self.seed.edited.connect(self.seed_edited)
        seed = self.put_field("&Seed", self.seed)
        self.new_seed = self._action("New seed", "dice-5-outline", "F9", "Another seed: other data, other weights")
        self.put(self.new_seed)
        self.speed = QSlider(Qt.Orientation.Horizontal, self)
        self.speed.setRange(0, POSITIONS)
        self.speed.setFixedWidth(12 * GRID)
        self.speed.setAccessibleName("Speed")
        self.speed.setToolTip("Steps a second: from one, to watch each, to as many as this computer can do")
        self.speed.valueChanged.connect(self._speed_moved)
        self.speed_text = QLabel("max", self)
        self.speed_text.setToolTip("Steps a second that are wanted; max: as many as this computer can do")
        self.speed_text.setMinimumWidth(self.speed_text.fontMetrics().horizontalAdvance(" 5000/s "))
        speed = self.put_field("Speed", self.speed, self.speed_text)
        self._restricted: dict[str, list[QWidget | QAction]] = {"seed": [seed, self.new_seed], "speed": [speed]}
        self.addStretch()
        self.counters = QLabel("", self)
        self.counters.setAccessibleName("Counters")
        self.counters.setToolTip(
            "step: updates of the weights so far. epoch: how often all training examples were seen. "
            "steps/s: updates a second that are really taken"
        )
        self.counters.setContentsMargins(0, 0, GRID, 0)
        self.counters.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(self.counters)

    def restrict(self, part: str, *, usable: bool, shown: bool) -> None:
        """Locks or hides "seed" or "speed" with all that belongs to it."""
        for each in self._restricted[part]:
            each.setEnabled(usable)
            each.setVisible(shown)

    def widgets_of(self, part: str) -> list[QWidget]:
        """What belongs to "seed" or "speed"."""
        return [self.button(each) if isinstance(each, QAction) else each for each in self._restricted[part]]

    def show_seed(self, seed: int) -> None:
        """Shows it without emitting."""
        self.seed.show_value(seed)

    def show_playing(self, playing: bool) -> None:  # noqa: FBT001 (a slot)
        """The button offers what it would do."""
        self.play.setText("Pause" if playing else "Play")
        self.play.setIcon(self._icon("pause" if playing else "play"))

    def show_speed(self, position: int) -> None:
        """Sets the slider without emitting."""
        with QSignalBlocker(self.speed):
            self.speed.setValue(position)
        self._tell_speed(position)

    def draw(self, snapshot: Snapshot) -> None:
        """The counters."""
        moment = snapshot.moment
        rate = f"   {snapshot.steps_per_second:,.0f} steps/s" if snapshot.steps_per_second >= 1.0 else ""
        text = f"step {moment.step:,}   epoch {moment.epoch:,.1f}{rate}"
        self.counters.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Recolours the icons."""
        super().set_theme(theme)
        self.speed_text.setMinimumWidth(self.speed_text.fontMetrics().horizontalAdvance(" 5000/s "))
        self.counters.setMinimumWidth(self.counters.fontMetrics().horizontalAdvance(WIDEST))

    def _speed_moved(self, position: int) -> None:
        self._tell_speed(position)
        self.speed_edited.emit(position)

    def _tell_speed(self, position: int) -> None:
        speed = speed_at(position)
        self.speed_text.setText("max" if speed is None else f"{speed:,.0f}/s" if speed >= 10 else f"{speed:.1f}/s")
