"""Plays a race: steps in short slices so that the window never waits, phases of a step, back and forth."""

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.phases import PHASES
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.specification import Descent

TICK_MS = 16
SLICE_SECONDS, CATCH_UP_SECONDS = 0.006, 0.014
"""So long a tick computes while it plays, and on the way to a step that was asked for; the rest of it is for drawing
and gestures."""
BITE = 8
"""Steps between two looks at the clock."""


class RaceClock(QObject):
    """race: what is played. phase: how many phases of the next step are shown, 0 when it is not taken apart."""

    moved = Signal()
    """Another step or phase is shown."""
    playing_changed = Signal(bool)

    def __init__(self, spec: Descent, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.race = Race(spec)
        self.phase = 0
        self.playing = False
        self.speed: float | None = 10.0
        """Steps a second; None: as fast as it goes."""
        self._target = 0
        self._owed = 0.0
        self._last = perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def ground(self) -> Ground:
        """The surface."""
        return self.race.ground

    @property
    def busy(self) -> bool:
        """Whether steps are still to be computed until the one asked for is reached."""
        return self.race.step != self._target

    def begin(self, spec: Descent, *, step: int | None = None) -> None:
        """Another race, shown at a step; None: at the one that is shown now."""
        before = self.race
        kept = before.ground if before.spec.surface == spec.surface else None
        wanted = self._target if step is None else step
        self.race = Race(spec, kept)
        self.phase = min(self.phase, len(PHASES)) if step is None else 0
        self._go(wanted)

    def play(self, playing: bool) -> None:  # noqa: FBT001 (a setter)
        """Plays or pauses. From the end it plays anew from the start."""
        if playing and self.race.step >= self.race.spec.steps:
            self._go(0)
        if playing != self.playing:
            self.playing = playing
            self._owed, self._last = 0.0, perf_counter()
            self.playing_changed.emit(playing)
        if playing:
            self._leave_phase()
            self._timer.start()

    def seek(self, step: int) -> None:
        """Shows a step, and pauses there."""
        self.play(False)
        self._leave_phase()
        self._go(step)

    def advance(self) -> None:
        """One step; one that is being taken apart is completed."""
        self.seek(self.race.step + 1)

    def back(self) -> None:
        """One phase back, or one step."""
        self.play(False)
        if self.phase:
            self.phase -= 1
            self.moved.emit()
        else:
            self._go(self.race.step - 1)

    def advance_phase(self) -> None:
        """The next phase; behind the last one the next step begins with its first."""
        self.play(False)
        if self.phase == len(PHASES) and self.race.step + 1 < self.race.spec.steps:
            self.phase = 1
            self._go(self.race.step + 1)
        elif self.phase == len(PHASES):
            self.seek(self.race.step + 1)
        elif self.race.step < self.race.spec.steps:
            self.phase += 1
            self.moved.emit()

    def tick(self) -> None:
        """Computes for a short while, and moves on as far as the speed says."""
        now = perf_counter()
        spent, self._last = min(now - self._last, 0.25), now
        if self.playing and self._target <= self.race.step:
            if self.speed is None:
                self._target = self.race.spec.steps
            else:
                self._owed += spent * self.speed
                whole = int(self._owed)
                self._owed -= whole
                self._target = min(self._target + whole, self.race.spec.steps)
        before, allowed = self.race.step, SLICE_SECONDS if self.playing else CATCH_UP_SECONDS
        while self.race.step < self._target and perf_counter() - now < allowed:
            self.race.seek(min(self.race.step + BITE, self._target))
        if self.race.step != before:
            self.moved.emit()
        if self.playing and self.race.finished:
            self.play(False)
            self.moved.emit()
        if not self.playing and not self.busy:
            self._timer.stop()

    def _go(self, step: int) -> None:
        """What is recorded is shown at once, the rest computed in slices."""
        self._target = min(max(step, 0), self.race.spec.steps)
        self.race.seek(min(self._target, self.race.recorded))
        if self.busy:
            self._timer.start()
            self._last = perf_counter()
            self.tick()
        self.moved.emit()

    def _leave_phase(self) -> None:
        self.phase = 0
