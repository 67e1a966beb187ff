"""The Descent workspace: runners on a surface, step by step and vector by vector, all views in sync."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, Qt
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnviz.experiment.descent.basins import Basins
from nnviz.experiment.descent.commentary import remarks
from nnviz.experiment.descent.rate_strip import RateStrip, rate_strip
from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.files import load_document
from nnviz.experiment.specification import replace
from nnviz.resources import resource
from nnviz.ui.export.race_film import RaceFilm
from nnviz.ui.panels.descent.descent_panel import DescentPanel
from nnviz.ui.panels.descent.runner_panel import RunnerPanel
from nnviz.ui.panels.descent.start_panel import StartPanel
from nnviz.ui.panels.descent.surface_panel import SurfacePanel
from nnviz.ui.plots.descent.runner_colors import runner_color
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.film import Film
from nnviz.ui.run_bar import position_of, speed_at
from nnviz.ui.sheet import Sheet
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.column_scroll import ColumnScroll
from nnviz.ui.widgets.form import muted
from nnviz.ui.widgets.section import Section
from nnviz.ui.widgets.side_room import SideRoom
from nnviz.ui.workspaces.descent.basin_survey import BasinSurvey
from nnviz.ui.workspaces.descent.descent_bar import DescentBar
from nnviz.ui.workspaces.descent.descent_timeline import DescentTimeline
from nnviz.ui.workspaces.descent.gestures import Gestures
from nnviz.ui.workspaces.descent.race_clock import RaceClock
from nnviz.ui.workspaces.descent.stage import FILMED, TURNS, Stage, show_race_in
from nnviz.ui.workspaces.descent.status_line import StatusLine
from nnviz.ui.workspaces.workspace import Workspace

MAX_SEED = 2**31
PANEL_WIDTH = 36 * GRID
FIRST = "three_rates.nnviz"
SHORT_STRIP = 150
"""Steps of a strip that are taken at once."""


class DescentWorkspace(Workspace):
    """Panels at the left, four places for figures, a toolbar above, the sentence and the timeline below."""

    key = "descent"

    def __init__(self, parent: QWidget | None = None) -> None:
        self.sheet = Sheet(first_document())
        super().__init__(self.sheet, parent)
        self.sheet.setParent(self)
        self.clock = RaceClock(self.spec, self)
        self.survey = BasinSurvey(self)
        self._strip = Background(self)
        self._strip_of = self.spec, self.clock.ground
        self.bar, self.stage = DescentBar(), Stage()
        self.gestures = Gestures(self.stage, lambda: self.spec, lambda: self.clock.ground, self)
        self.timeline, self.status = DescentTimeline(), StatusLine()
        self.surface, self.start = SurfacePanel(), StartPanel()
        self.runners = RunnerPanel(runner_color)
        self.panels: tuple[DescentPanel, ...] = (self.surface, self.runners, self.start)
        self.about = muted()
        self.name = QLabel()
        self.sections = [Section(panel.title, panel, strong=True) for panel in self.panels]
        self._frame = 0
        self._fresh = True
        self._showing = self._dragging = False
        self._arrange()
        self._connect()
        self._show(self.spec)

    @property
    def spec(self) -> Descent:
        """The document as it is now."""
        spec = self.sheet.spec
        assert isinstance(spec, Descent)
        return spec

    def plots(self) -> list[Figure]:
        """All of the stage."""
        return self.stage.plots()

    def figures(self) -> list[Figure]:
        """Those that suit the surface."""
        return self.stage.figures()

    @property
    def step(self) -> int | None:
        """Of the race; None where nobody descends."""
        return self.clock.race.step if self.spec.runners else None

    def run_actions(self) -> list[QAction]:
        """Play, step, phase, back, reset, new noise."""
        return self.bar.run_actions

    def toggle(self) -> None:
        """Plays or pauses."""
        if self.may_play or self.clock.playing:
            self.clock.play(not self.clock.playing)

    def pause(self) -> None:
        """The runners wait."""
        self.clock.play(False)

    def show_step(self, step: int) -> str:
        """Computed at once, however long it takes."""
        if not self.spec.runners:
            return "nobody descends here: the document has no runners"
        race = self.clock.race
        reached = race.seek(step)
        self.clock.seek(reached)
        stopped = race.record().stopped_at
        if (stopped >= 0).all() and stopped.max() < step:
            reasons = sorted({race.standing(runner).status for runner in range(len(stopped))})
            return f"the descent ended at step {stopped.max():,} ({' and '.join(reasons)})"
        return f"the descent ended at step {reached:,} (the document's last)" if reached < step else ""

    def draw_all(self, then: Callable[[], None]) -> None:
        """Draws the figures that are not seen, too."""
        self.stage.draw(self.clock.race, self.clock.phase, playing=False, hidden=True)
        then()

    def film(self, figure: Figure) -> Film | None:
        """Of the figures that show how far the runners are."""
        runs = isinstance(figure, FILMED) and figure in self.figures() and bool(self.spec.runners)
        return RaceFilm(figure, self.spec, show_race_in) if runs else None

    def side_rooms(self) -> list[SideRoom]:
        """One for all its plots."""
        return [self.whole]

    def restrict(self, locked: frozenset[str], hidden: frozenset[str], may_play: bool) -> None:  # noqa: FBT001
        """Panels, speed and timeline, as a lesson says."""
        super().restrict(locked, hidden, may_play)
        for section in self.sections:
            self.held.hold(section, held="panels" in locked)
            section.setVisible("panels" not in hidden)
        self.held.hold(self.bar.speed, held="speed" in locked)
        self.held.hold(self.timeline, held="timeline" in locked)
        self.timeline.setVisible("timeline" not in hidden)

    def show_figure(self, key: str) -> None:
        """Brings a tab to the front."""
        self.stage.bring(key)

    def set_speed(self, steps_per_second: float) -> None:
        """Steps a second."""
        self.clock.speed = steps_per_second
        self.bar.show_speed(position_of(steps_per_second))

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        self.stage.set_theme(theme)
        self.bar.set_theme(theme)
        self.status.set_theme(theme)
        self.runners.set_theme(theme)
        self.name.setFont(theme.font(1.08, bold=True))
        self._draw()

    def layout_state(self) -> QByteArray:
        """The borders between panels and figures."""
        state = QByteArray()
        stream = QDataStream(state, QIODevice.OpenModeFlag.WriteOnly)
        stream << self.whole.saveState()
        stream << self.stage.state()
        return state

    def restore_layout(self, state: QByteArray) -> None:
        """As it was; what does not fit is ignored by Qt."""
        stream = QDataStream(state, QIODevice.OpenModeFlag.ReadOnly)
        whole, stage = QByteArray(), QByteArray()
        stream >> whole
        stream >> stage
        self.whole.restoreState(whole)
        self.stage.restore(stage)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time something runs at once."""
        super().showEvent(event)
        if self._fresh:
            self._fresh = False
            self.clock.play(self.may_play)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another workspace is in front: nobody watches."""
        super().hideEvent(event)
        self.clock.play(False)
        self.survey.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts an enlarged plot back into its place."""
        if event.key() == Qt.Key.Key_Escape and self.stage.grid.large is not None:
            self.stage.grid.enlarge(None)
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        column = QWidget()
        stack = QVBoxLayout(column)
        stack.setContentsMargins(GRID, GRID, GRID, GRID)
        stack.setSpacing(GRID)
        self.name.setWordWrap(True)
        stack.addWidget(self.name)
        stack.addWidget(self.about)
        for section in self.sections:
            stack.addWidget(section)
        stack.addStretch(1)
        self.side = ColumnScroll(column)
        self.whole = SideRoom(self.side, self.stage)
        self.whole.setSizes([PANEL_WIDTH, 4 * PANEL_WIDTH])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(self.whole, 1)
        outer.addWidget(self.status)
        outer.addWidget(self.timeline)
        self.wire_panels(self.bar)

    def _connect(self) -> None:
        bar, clock, stage = self.bar, self.clock, self.stage
        bar.play.triggered.connect(self.toggle)
        bar.step.triggered.connect(clock.advance)
        bar.phase.triggered.connect(self._advance_phase)
        bar.back.triggered.connect(clock.back)
        bar.reset.triggered.connect(lambda: clock.seek(0))
        bar.noise.triggered.connect(self._new_seed)
        bar.speed_edited.connect(self._set_speed_position)
        self._set_speed_position(bar.speed.value())
        self.timeline.sought.connect(clock.seek)
        clock.moved.connect(self._draw)
        clock.playing_changed.connect(self._draw)
        for panel in self.panels:
            panel.edited.connect(self.sheet.edit)
            panel.refused.connect(self._refuse)
        self.runners.selected.connect(self._select)
        for land in stage.lands:
            land.basins_asked.connect(self._survey)
        stage.map.examples.toggled.connect(self._redraw)
        stage.course.sought.connect(clock.seek)
        self.gestures.edited.connect(self.sheet.edit)
        self.gestures.previewed.connect(self._preview)
        self.gestures.refused.connect(self._refuse)
        self.gestures.said.connect(self.said)
        for tabs in (stage.upper_tabs, stage.lower_tabs):
            tabs.currentChanged.connect(self._redraw)
        stage.grid.turned.connect(self._redraw)
        self._strip.done.connect(self._strip_done)
        self.survey.found.connect(self._show_basins)
        self.survey.failed.connect(self.said)
        self.sheet.spec_changed.connect(self._show)
        self.sheet.adopted.connect(self._adopt)

    # -- showing -----------------------------------------------------------------------------------------------------

    def _show(self, spec: Descent) -> None:
        """A document, or while something is dragged what it would become."""
        for panel, section in zip(self.panels, self.sections, strict=True):
            panel.show_spec(spec)
            section.set_summary(panel.summary())
        self.name.setText(spec.name)
        self.name.setVisible(bool(spec.name))
        self.about.setText(spec.description)
        self.about.setVisible(bool(spec.description))
        before = self.clock.race.spec
        self.stage.chosen = self.runners.chosen
        self.clock.blockSignals(True)
        self.clock.begin(spec)
        self.clock.blockSignals(False)
        self._showing = True
        self.stage.show_spec(spec, self.clock.race)
        self._showing = False
        if self._fresh or (spec.surface, spec.start, spec.strip) != (before.surface, before.start, before.strip):
            self._show_strip(spec)
        self.survey.follow(spec, self.clock.ground, self.runners.chosen)
        self._draw()

    def _show_strip(self, spec: Descent) -> None:
        """At once where it is short, so that it follows a start that is dragged; else beside the window."""
        ground, show = self.clock.ground, self.stage.strip.show_strip
        if spec.strip.steps <= SHORT_STRIP:
            self._strip.cancel()
            show(spec, ground, rate_strip(spec, ground))
        else:
            self._strip_of = spec, ground
            self._strip.start(lambda: rate_strip(spec, ground))

    def _strip_done(self, strip: RateStrip) -> None:
        self.stage.strip.show_strip(*self._strip_of, strip)

    def _draw(self, *_: object) -> None:
        clock, race = self.clock, self.clock.race
        playing = clock.playing
        more = playing or clock.busy or self._dragging
        self.stage.draw(race, clock.phase, playing=more)
        self.timeline.show_step(race.step, race.spec.steps)
        some = bool(race.spec.runners)
        self.bar.show_progress(race.step, race.spec.steps, clock.phase, playing=playing, runners=some)
        self._frame += 1
        if not more or self._frame % TURNS == 0:
            self.status.show_remarks(race.spec, remarks(race), self.runners.chosen)
        self.step_reached.emit(race.step)

    def _redraw(self, *_: object) -> None:
        """A figure comes into sight: it may have missed some steps."""
        if not self._showing:
            self._draw()

    def _adopt(self, spec: Descent, play: bool) -> None:  # noqa: FBT001 (a slot)
        del spec
        self._fresh = False
        self.runners.choose(0)
        self.stage.chosen = 0
        self.survey.stop()
        self.clock.seek(0)
        self.clock.play(play and self.may_play and self.isVisible())

    def _select(self, runner: int) -> None:
        self.stage.chosen = runner
        self.survey.follow(self.spec, self.clock.ground, runner)
        self._draw()

    def _refuse(self, sentence: str) -> None:
        self.said.emit(sentence[:1].upper() + sentence[1:])
        self.status.show_sentence(sentence[:1].upper() + sentence[1:], "warning")

    # -- gestures ----------------------------------------------------------------------------------------------------

    def _advance_phase(self) -> None:
        self.stage.bring(self.stage.step.key)
        self.clock.advance_phase()

    def _new_seed(self) -> None:
        self.sheet.edit(replace(self.spec, seed=(self.spec.seed * 48271 + 11) % MAX_SEED), "noise")

    def _set_speed_position(self, position: int) -> None:
        self.clock.speed = speed_at(position)

    def _preview(self, spec: Descent) -> None:
        """While something is dragged; more will follow at once."""
        self._dragging = True
        self._show(spec)
        self._dragging = False

    def _survey(self, wanted: bool) -> None:  # noqa: FBT001 (a slot)
        if wanted:
            self.survey.start(self.spec, self.clock.ground, self.runners.chosen)
        else:
            self.survey.stop()

    def _show_basins(self, found: Basins | None, share: float | None) -> None:
        self.stage.land.show_basins(found, share)
        for other in (self.stage.curve, self.stage.map):
            if other is not self.stage.land and other.found is not None:
                other.show_basins(None)


def first_document() -> Descent:
    """The lecture's three rates, with what to look at; without its file, the same without words."""
    try:
        document = load_document(resource("presets", "descent", FIRST))
    except (OSError, ValueError):
        return Descent()
    return document if isinstance(document, Descent) else Descent()
