"""Basins of attraction computed beside the window, anew when the surface or the chosen runner is another."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from nnviz.experiment.descent.basins import UNKNOWN, BasinQuestion, Basins, basins
from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.specification import Descent, RunnerSpec
from nnviz.ui.widgets.background_steps import BackgroundSteps

RESOLUTION = {1: 512, 2: 128}
"""Starts an axis, by the number of coordinates."""
LEAST_STEPS, MOST_STEPS = 200, 1000


class BasinSurvey(QObject):
    """found: Basins so far (None: none), and the share of the starts that is through (None: nobody computes)."""

    found = Signal(object, object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._question: BasinQuestion | None = None
        self._newest: Basins | None = None
        self._steps = BackgroundSteps(self)
        self._steps.advanced.connect(self._advance)
        self._steps.finished.connect(self._finish)
        self._steps.failed.connect(self._fail)

    @property
    def wanted(self) -> bool:
        """Whether basins are shown or on their way."""
        return self._question is not None

    @property
    def busy(self) -> bool:
        """Whether more is to come."""
        return self._steps.busy

    def start(self, spec: Descent, ground: Ground, chosen: int) -> None:
        """Sends the chosen runner from everywhere."""
        self._question = question_of(spec, chosen)
        self._newest = None
        self.found.emit(None, 0.0)
        self._steps.start(partial(basins, self._question, ground))

    def follow(self, spec: Descent, ground: Ground, chosen: int) -> None:
        """Starts anew where what is asked has changed."""
        if self._question is not None and question_of(spec, chosen) != self._question:
            self.start(spec, ground, chosen)

    def stop(self) -> None:
        """No more basins."""
        self._steps.cancel()
        if self._question is not None:
            self._question = self._newest = None
            self.found.emit(None, None)

    def _advance(self, newest: Basins) -> None:
        known = bool((newest.labels > UNKNOWN).any())
        self._newest = newest if known else None
        self.found.emit(self._newest, newest.done / newest.total)

    def _finish(self) -> None:
        self.found.emit(self._newest, None)

    def _fail(self, sentence: str) -> None:
        self.stop()
        self.failed.emit(sentence)


def question_of(spec: Descent, chosen: int) -> BasinQuestion:
    """What is asked: the runner's own label, colour and start do not matter."""
    runner = spec.runners[chosen] if chosen < len(spec.runners) else RunnerSpec()
    bare = RunnerSpec(runner.optimizer, runner.parameters, runner.learning_rate, runner.schedule)
    steps = min(max(spec.steps, LEAST_STEPS), MOST_STEPS)
    return BasinQuestion(spec.surface, bare, RESOLUTION[spec.surface.dimension], steps)
