"""The figures of the workspace in their four places, all showing the same race."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nnviz.experiment.descent.examples import example_steps
from nnviz.experiment.descent.phases import StepPhases, phases_of
from nnviz.experiment.descent.race import Race, RaceRecord
from nnviz.experiment.descent.samples import tangent_at
from nnviz.experiment.descent.specification import REGRESSION, Descent
from nnviz.ui.export.view_menu import install_menu
from nnviz.ui.plots.descent.course_figure import CourseFigure
from nnviz.ui.plots.descent.data_figure import DataFigure
from nnviz.ui.plots.descent.descent_curve import DescentCurve
from nnviz.ui.plots.descent.descent_map import DescentMap
from nnviz.ui.plots.descent.descent_space import DescentSpace
from nnviz.ui.plots.descent.land import Land
from nnviz.ui.plots.descent.race_table import TableFigure
from nnviz.ui.plots.descent.step_figure import StepFigure
from nnviz.ui.plots.descent.strip_figure import StripFigure
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.pane import Pane
from nnviz.ui.widgets.pane_grid import PaneGrid
from nnviz.ui.workspaces.descent.figure_tabs import FigureTabs

TURNS = 4
"""While it plays, each of the figures beside the map is drawn in every so many frames, in turn."""

FILMED = (DescentCurve, DescentMap, DescentSpace, CourseFigure, DataFigure)
"""Kinds of figures that show how far the runners are."""


class Stage(QWidget):
    """chosen: the number of the runner that tangent and phases are of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen = 0
        self.regression = False
        self.curve, self.map, self.space = DescentCurve(), DescentMap(), DescentSpace()
        self.strip, self.course, self.table = StripFigure(), CourseFigure(), TableFigure()
        self.step, self.data = StepFigure(), DataFigure()
        self.lands = (self.curve, self.map, self.space)
        self._frame = 0
        self._lands_panes = {land: Pane(land.title, land) for land in (self.curve, self.map)}
        self.front = QStackedWidget()
        for pane in self._lands_panes.values():
            self.front.addWidget(pane)
        self.upper_tabs = FigureTabs([self.space, self.strip])
        self.lower_tabs = FigureTabs([self.table, self.step, self.data])
        self.course_pane = Pane(self.course.title, self.course)
        self.grid = PaneGrid([
            [("Surface", self.front), ("3-D, rates", self.upper_tabs)],
            [("Course", self.course_pane), ("Numbers", self.lower_tabs)],
        ])  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        enlargeable: list[tuple[Pane | FigureTabs, QWidget]] = [
            *((pane, self.front) for pane in self._lands_panes.values()),
            (self.upper_tabs, self.upper_tabs),
            (self.course_pane, self.course_pane),
            (self.lower_tabs, self.lower_tabs),
        ]
        for part, place in enlargeable:
            part.enlarge_asked.connect(partial(self.grid.toggle, place))
            self.grid.enlarged.connect(lambda large, part=part, place=place: part.button.show_large(large is place))
        for figure in self.plots():
            install_menu(figure)

    def plots(self) -> list[Figure]:
        """All of them."""
        return [self.curve, self.map, self.space, self.strip, self.course, self.table, self.step, self.data]

    def figures(self) -> list[Figure]:
        """Those that suit the surface: a curve, or a map and a surface in space; points where a line is fitted."""
        unsuited: set[Figure] = {self.map, self.space} if self.land is self.curve else {self.curve}
        if not self.regression:
            unsuited.add(self.data)
        return [figure for figure in self.plots() if figure not in unsuited]

    @property
    def land(self) -> DescentCurve | DescentMap:
        """The one of curve and map that suits the surface."""
        return self.curve if self.front.currentIndex() == 0 else self.map

    def show_spec(self, spec: Descent, race: Race) -> None:
        """Another document: what does not run."""
        flat = race.ground.dimension == 1
        self.front.setCurrentIndex(0 if flat else 1)
        if self.upper_tabs.isTabVisible(0) == flat:
            self.upper_tabs.offer(self.space, not flat)
            self.upper_tabs.setCurrentWidget(self.strip if flat else self.space)
        regression = self.regression = spec.surface.name == REGRESSION
        if self.lower_tabs.isTabVisible(2) != regression:
            self.lower_tabs.offer(self.data, regression)
            if regression:
                self.lower_tabs.setCurrentWidget(self.data)
        for land in (self.curve,) if flat else (self.map, self.space):
            land.show_ground(spec, race.ground)

    def draw(self, race: Race, phase: int, *, playing: bool, hidden: bool = False) -> None:
        """The race where it is; while it plays the figures beside the map take turns. hidden: those not seen, too."""
        spec, record, step = race.spec, race.record(), race.step
        phases = self._phases(race) if phase else None
        self.land.show_race(record, step)
        if self.land is self.map:
            self.map.show_examples(example_steps(race, self.chosen) if self.map.examples.isChecked() else None)
        self.land.show_phases(phases, phase)
        if self.land is self.curve:
            self._show_tangent(race)
        others: tuple[tuple[Figure, Callable[[], None]], ...] = (
            (self.course, lambda: self.course.show_race(spec, record, step)),
            (self.space, lambda: self._draw_space(race, phases, phase, playing=playing)),
            (self.table, lambda: self.table.show_race(spec, record, step)),
            (self.step, lambda: self._show_step(race, phase)),
        )
        if hidden or self.data.isVisibleTo(self):
            # Its lines belong to the places on the map.
            self._show_data(race)
        self._frame += 1
        for turn, (figure, draw) in enumerate(others):
            if (hidden or figure.isVisibleTo(self)) and (not playing or (self._frame + turn) % TURNS == 0):
                draw()

    def bring(self, key: str) -> None:
        """Brings a figure to the front."""
        for tabs in (self.upper_tabs, self.lower_tabs):
            if tabs.bring(key):
                self.grid.bring(tabs)
        for figure, place in ((self.curve, self.front), (self.map, self.front), (self.course, self.course_pane)):
            if figure.key == key:
                self.grid.bring(place)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        self.grid.set_theme(theme)
        for figure in self.plots():
            figure.set_theme(theme)
        for pane in (*self._lands_panes.values(), self.course_pane):
            pane.set_theme(theme)
        for tabs in (self.upper_tabs, self.lower_tabs):
            tabs.set_theme(theme)

    def state(self) -> QByteArray:
        """The places of the borders."""
        return self.grid.state()

    def restore(self, state: QByteArray) -> None:
        """Borders as they were."""
        self.grid.restore(state)

    def _draw_space(self, race: Race, phases: StepPhases | None, phase: int, *, playing: bool) -> None:
        if race.ground.dimension == 2:
            self.space.show_race(race.record(), race.step, animated=playing)
            self.space.show_phases(phases, phase)

    def _show_data(self, race: Race) -> None:
        if race.spec.surface.name == REGRESSION:
            self.data.show_race(race.spec, race.record(), race.step)

    def _phases(self, race: Race) -> StepPhases | None:
        try:
            return phases_of(race, self.chosen, race.step)
        except ValueError:
            # Said by the figure of the step.
            return None

    def _show_step(self, race: Race, phase: int) -> None:
        """The step that is being taken apart; else the one that was taken last."""
        if not race.spec.runners:
            self.step.show_message("Add a runner, then press Phase to take its step apart.")
            return
        step = race.step if phase or race.step == 0 else race.step - 1
        stop = int(race.record().stopped_at[self.chosen])
        # Of a runner that has stopped, its last step.
        step = min(step, stop - 1) if stop > 0 and not phase else step
        try:
            phases = phases_of(race, self.chosen, step)
        except ValueError as error:
            sentence = str(error)
            self.step.show_message(sentence[:1].upper() + sentence[1:] + ".")
        else:
            self.step.show_step(race.spec, phases, phase or 3)

    def _show_tangent(self, race: Race) -> None:
        place = None
        if self.chosen < len(race.spec.runners):
            stop = int(race.record().stopped_at[self.chosen])
            step = race.step if stop < 0 else min(stop, race.step)
            place = tangent_at(race.ground, float(race.record().positions[step, self.chosen, 0]))
        self.curve.show_tangent(place)


def show_race_in(figure: Figure, race: Race, record: RaceRecord, step: int) -> None:
    """Shows a race in one of FILMED, whatever was shown there before."""
    if isinstance(figure, Land):
        if figure.spec is not race.spec:
            figure.show_ground(race.spec, race.ground)
        figure.show_race(record, step)
    else:
        assert isinstance(figure, CourseFigure | DataFigure)
        figure.show_race(race.spec, record, step)
