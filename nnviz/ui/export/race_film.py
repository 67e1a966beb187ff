"""A picture of a descent over its steps: the race is run once more, by itself, from its specification."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from nnviz.experiment.descent.race import Race, RaceRecord
from nnviz.experiment.descent.specification import Descent
from nnviz.ui.export.caption import sheet_caption
from nnviz.ui.export.mirror import mirror
from nnviz.ui.plots.figure import Figure

Show = Callable[[Any, Race, RaceRecord, int], None]

CHUNK = 100
"""Steps between two breaths."""


class RaceFilm:
    """See nnviz.ui.plots.film. figure: the one in the window. spec: the descent. show: how a figure of its kind is
    shown a race: (figure, race, record, step).
    """

    unit = "step"

    def __init__(self, figure: Figure, spec: Descent, show: Show) -> None:
        self.first, self.last = 0, spec.steps
        self._figure, self._spec, self._show_race = figure, spec, show
        self._mirrored: Figure | None = None

    def make_figure(self) -> Figure:
        """A figure of the same kind."""
        figure = type(self._figure)()
        figure.set_theme(self._figure.theme)
        return figure

    def states(self, steps: Sequence[int]) -> Iterator[tuple[int, object]]:
        """(the race, its record, the step)."""
        race = Race(self._spec)
        for step in steps:
            while race.step < step:
                race.advance(min(CHUNK, step - race.step))
                yield race.step, None
            yield race.step, (race, race.record(), race.step)

    def show(self, figure: Figure, state: object) -> None:
        """Draws it; what was chosen in the window's figure is taken over first."""
        assert isinstance(state, tuple)
        self._show_race(figure, *state)
        if self._mirrored is not figure:
            self._mirrored = figure
            mirror(self._figure, figure)
            self._show_race(figure, *state)

    def caption(self, state: object) -> str:
        """As below a picture of that step."""
        assert isinstance(state, tuple)
        return sheet_caption(self._spec, self._figure.key, state[2])

    def ended(self) -> str:
        """A race goes on to its last step: runners that are gone stay where they were last."""
        return ""
