"""The Lab: build a network, pick data, train it, and look inside."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.experiment.autopsy import Autopsy
from nnviz.experiment.problem import Problem
from nnviz.experiment.runner import GATE_SECONDS
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.specification import DrawnPoint, Experiment, replace
from nnviz.experiment.watch import Watch
from nnviz.ui.export.view_menu import install_menu
from nnviz.ui.panels.data_panel import DataPanel
from nnviz.ui.panels.network_panel import NetworkPanel
from nnviz.ui.panels.panel import Panel
from nnviz.ui.panels.training_panel import TrainingPanel
from nnviz.ui.plots.course.stability_view import present
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.network.network_item import Unit
from nnviz.ui.plots.network.network_view import NetworkView
from nnviz.ui.plots.predictions.decision_map_view import DecisionMapView
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.plots.view import View
from nnviz.ui.preferences import Preferences
from nnviz.ui.run_bar import position_of
from nnviz.ui.session import Session
from nnviz.ui.theme import GRID, LIGHT, Theme
from nnviz.ui.widgets.column_scroll import ColumnScroll
from nnviz.ui.widgets.explained import tooltip
from nnviz.ui.widgets.pane import Pane
from nnviz.ui.widgets.pane_grid import PaneGrid
from nnviz.ui.widgets.section import Section
from nnviz.ui.widgets.side_room import SideRoom
from nnviz.ui.widgets.veil import Veil
from nnviz.ui.workspaces.lab.inside_tabs import InsideTabs
from nnviz.ui.workspaces.lab.run_controls import RunControls
from nnviz.ui.workspaces.workspace import Workspace

if TYPE_CHECKING:
    # Imported when the first of them is made.
    from nnviz.ui.autopsy_dialog import AutopsyDialog
    from nnviz.ui.plots.landscape.landscape_view import LandscapeView
    from nnviz.ui.plots.layers.gradient_flow_view import GradientFlowView
    from nnviz.ui.plots.units.units_view import UnitsView

V = TypeVar("V", bound=View)

OUTSIDE = ("loss", "stability", "outputs", "surface", "step", "race")
"""Behind tabs below the network: the run as a whole."""
INSIDE = ("gradient-flow", "ledger", "units", "neuron-eye", "symmetry", "microscope")
"""Behind tabs beside it: what happens inside the network."""
PANELS = ("data", "network", "training")
"""Their names in lessons."""

PANEL_WIDTH = 36 * GRID


class Lab(Workspace):
    """Panels at the left; network and decision map above, loss and what is inside below; run controls around."""

    key = "lab"

    def __init__(self, session: Session, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.session = session
        self._preferences, self._theme = preferences, LIGHT
        self.controls = RunControls(session, preferences, self)
        self.data, self.network, self.training = DataPanel(), NetworkPanel(), TrainingPanel()
        self.panels: list[Panel] = [self.data, self.network, self.training]
        self.canvas, self.map = NetworkView(), DecisionMapView()
        self.tabs = [InsideTabs([VIEWS[key] for key in keys]) for keys in (OUTSIDE, INSIDE)]
        self._unit: tuple[int, int] | None = None
        self._layer = 1
        self._begun = False
        self._veils: list[Veil] = []
        self._told: Autopsy | None = None
        self._autopsy: AutopsyDialog | None = None
        self._autopsy_run = 0
        self.sections = [Section(panel.title, panel, strong=True) for panel in self.panels]
        for panel, section in zip(self.panels, self.sections, strict=True):
            section.header.setToolTip(tooltip(panel.meaning))
        self._axes: tuple[int, int] | None = None
        self._source = ""
        self._arrange()
        for panel in self.panels:
            panel.edited.connect(session.edit)
        self.data.refused.connect(self.failed)
        self.network.evidence_asked.connect(self.show_figure)
        session.spec_changed.connect(self._show_spec)
        # Several views that appear at once are one change; and only after it is it known what is visible.
        self._look_timer = QTimer(self)
        self._look_timer.setSingleShot(True)
        self._look_timer.setInterval(0)
        self._look_timer.timeout.connect(self._look)
        self.controls.why_line.view_asked.connect(self.show_figure)
        session.snapshot_taken.connect(self._take)
        session.refused.connect(self._begin)
        session.failed.connect(self._begin)
        self.canvas.weight_edited.connect(session.set_weight)
        self.canvas.selected.connect(self._canvas_selected)
        self.map.point_added.connect(self._add_point)
        self.map.point_removed.connect(self._remove_point)
        self.map.axes_chosen.connect(self._choose_axes)
        for view in (self.canvas, self.map):
            self._wire(view)
        for tabs in self.tabs:
            tabs.made.connect(self._wire_made)
            tabs.begin()

    def views(self) -> list[View]:
        """Those that exist: network, map, and of those behind tabs the ones made so far."""
        return [self.canvas, self.map, *(view for tabs in self.tabs for view in tabs.views())]

    def view(self, kind: type[V]) -> V:
        """A view behind a tab, made if need be."""
        view = next(tabs for tabs in self.tabs if kind.key in tabs.kinds).view(kind.key)
        assert isinstance(view, kind)
        return view

    def plots(self) -> list[Figure]:
        """All views."""
        return list(self.views())

    def make_all(self, then: Callable[[], None]) -> None:
        """Also those behind tabs that had no room yet."""
        outside, inside = self.tabs
        outside.make_all(lambda: inside.make_all(then))

    def run_actions(self) -> list[QAction]:
        """Play, step, epoch, reset, another seed."""
        return self.controls.actions()

    def toggle(self) -> None:
        """Play or pause, while that is not locked."""
        if self.may_play:
            self.session.toggle()

    def pause(self) -> None:
        """The run waits."""
        if self.session.playing:
            self.session.pause()

    def restrict(self, locked: frozenset[str], hidden: frozenset[str], may_play: bool) -> None:  # noqa: FBT001
        """Panels by their names, and the run's controls."""
        super().restrict(locked, hidden, may_play)
        for name, section in zip(PANELS, self.sections, strict=True):
            self.held.hold(section, held=bool(locked & {name, "panels"}))
            section.setVisible(not hidden & {name, "panels"})
        self.controls.restrict(locked, hidden, self.held)

    def set_speed(self, steps_per_second: float) -> None:
        """Without remembering it: it is the lesson's, not the user's."""
        self.session.set_speed(steps_per_second)
        self.controls.bar.show_speed(position_of(steps_per_second))

    def show_figure(self, key: str) -> None:
        """Brings it to the front of its tabs, and its place into sight."""
        for view, place in zip((self.canvas, self.map), self._grid.places[:2], strict=True):
            if view.key == key:
                self._grid.bring(place)
        for tabs in self.tabs:
            if tabs.bring(key):
                self._grid.bring(tabs)

    def draw(self, snapshot: Snapshot) -> None:
        """Draws the snapshot in every visible view, and the stability ruler on the learning rate."""
        self.controls.draw(snapshot)
        for view in self.views():
            if view.isVisible():
                view.draw(snapshot)
        measured = present(snapshot)
        self.training.show_sharpness(measured[1] if measured else None)
        if snapshot.autopsy is not None and snapshot.autopsy is not self._told:
            self._tell(snapshot.autopsy, snapshot.problem)

    def watch(self) -> Watch:
        """What the visible views need, the inputs that the map spans, and what is selected."""
        visible = [view for view in self.views() if view.isVisible()]
        readings = frozenset[str]().union(*(view.readings for view in visible))
        return Watch(readings, self._axes, self._unit, self._layer)

    def side_rooms(self) -> list[SideRoom]:
        """One for all its plots."""
        return [self.whole]

    def open_table(self, path: Path) -> None:
        """The data panel reads it and asks for its columns."""
        self.data.read_file(path)

    def set_theme(self, theme: Theme) -> None:
        """With the run's controls and the panes' titles."""
        self._theme = theme
        super().set_theme(theme)
        self.controls.set_theme(theme)
        self._grid.set_theme(theme)
        for place in self._grid.places:
            assert isinstance(place, Pane | InsideTabs)
            place.set_theme(theme)

    def layout_state(self) -> QByteArray:
        """Where the borders between the plots are."""
        return self._grid.state()

    def restore_layout(self, state: QByteArray) -> None:
        """The borders as they were."""
        self._grid.restore(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts an enlarged plot back into its place."""
        if event.key() == Qt.Key.Key_Escape and self._grid.large is not None:
            self._grid.enlarge(None)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A view that appears or disappears changes what has to be computed; one that appears is not left empty."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._look_timer.start()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """What a laptop's screen has room for."""
        return QSize(1180, 700)

    def _arrange(self) -> None:
        column = QWidget()
        stack = QVBoxLayout(column)
        stack.setContentsMargins(GRID, GRID, GRID, GRID)
        stack.setSpacing(GRID)
        for section in self.sections:
            stack.addWidget(section)
        stack.addStretch(1)
        above = [Pane(view.title, view) for view in (self.canvas, self.map)]
        places: list[Pane | InsideTabs] = [*above, *self.tabs]
        self._grid = PaneGrid([
            [("Network", above[0]), ("Decision map", above[1])],
            [("The run", self.tabs[0]), ("Inside the network", self.tabs[1])],
        ])  # fmt: skip
        for place in places:
            place.enlarge_asked.connect(partial(self._grid.toggle, place))
            self._grid.enlarged.connect(lambda large, place=place: place.button.show_large(large is place))
        self.whole = SideRoom(ColumnScroll(column), self._grid)
        self.whole.setSizes([PANEL_WIDTH, 4 * PANEL_WIDTH])
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.controls.bar)
        stack.addWidget(self.whole, 1)
        stack.addWidget(self.controls.why_line)
        stack.addWidget(self.controls.timeline)
        self.wire_panels(self.controls.bar)

    def _wire(self, view: View) -> None:
        """What every view of a run has."""
        install_menu(view)
        view.installEventFilter(self)
        view.readings_changed.connect(self._look_timer.start)
        view.unit_selected.connect(self._choose_unit)
        if not self._begun:
            # The window is seen before the run has begun: no plot without anything on it flashes up.
            self._veils.append(Veil(view))

    def _wire_made(self, view: View) -> None:
        """A view behind a tab exists from now on."""
        self._wire(view)
        view.set_theme(self._theme)
        view.show_unit(self._layer, self._unit[1] if self._unit else None)
        match view.key:
            case "surface":
                cast("LandscapeView", view).set_breathe(partial(self.session.runner.gate.wait, GATE_SECONDS))
            case "units":
                cast("UnitsView", view).death_asked.connect(self.session.examine)
            case "gradient-flow":
                flow = cast("GradientFlowView", view)
                if self._preferences.zones is not None:
                    flow.show_zones(self._preferences.zones)
                flow.zones_edited.connect(partial(setattr, self._preferences, "zones"))
        if self.session.snapshot is not None:
            view.draw(self.session.snapshot)

    def _look(self) -> None:
        self.session.look(self.watch())

    def _forget_autopsy(self) -> None:
        self._autopsy = None

    def _take(self, snapshot: Snapshot) -> None:
        if self._autopsy is not None and snapshot.run_id != self._autopsy_run:
            # It speaks of a run that is no longer here, and its forks would meet another.
            self._autopsy.close()
        self.step_reached.emit(snapshot.step)
        if self.isVisible():
            self.draw(snapshot)
        if not self._begun:
            self._begin()

    def _begin(self, *_: object) -> None:
        """There is a run to be seen, or none will come."""
        self._begun = True
        for veil in self._veils:
            veil.deleteLater()
        self._veils.clear()

    def _show_spec(self, spec: Experiment, problem: Problem | None) -> None:
        if self._axes is not None and spec.data.source != self._source:
            # Other data have other inputs: the most telling ones come first.
            self._axes = None
            self._look_timer.start()
        self._source = spec.data.source
        for panel, section in zip(self.panels, self.sections, strict=True):
            panel.show_spec(spec, problem)
            section.set_summary(panel.summary())

    def _add_point(self, point: DrawnPoint) -> None:
        spec = self.session.spec
        data = replace(spec.data, added=(*spec.data.added, point))
        self.session.edit(replace(spec, data=data), "draw point")

    def _remove_point(self, row: int) -> None:
        """Row of the examples that are shown: first the source's own that are left, then those drawn."""
        spec, problem = self.session.spec, self.session.problem
        if problem is None or problem.spec.data != spec.data:
            return
        own = len(problem.data.x) - len(spec.data.added)
        if row >= own:
            added = spec.data.added[: row - own] + spec.data.added[row - own + 1 :]
            data = replace(spec.data, added=added)
        else:
            data = replace(spec.data, removed=tuple(sorted((*spec.data.removed, _original(row, spec.data.removed)))))
        self.session.edit(replace(spec, data=data), "remove point")

    def _choose_unit(self, layer: int, unit: int) -> None:
        """The same unit in all views that speak of one; below 0: all units of the layer."""
        if unit < 0:
            self._choose_layer(layer)
            return
        self._unit, self._layer = (layer, unit), layer
        self.canvas.select(Unit(layer, unit))
        self._spread(unit)

    def _canvas_selected(self, item: object) -> None:
        if isinstance(item, Unit) and item.layer > 0 and (item.layer, item.unit) != self._unit:
            self._choose_unit(item.layer, item.unit)
            snapshot = self.session.snapshot
            dead = () if snapshot is None else snapshot.moment.dead
            if item.layer <= len(dead) and item.unit < len(dead[item.layer - 1]) and dead[item.layer - 1][item.unit]:
                self.said.emit(f"Unit {item.unit + 1} of layer {item.layer} is dead: click it in Units to see why.")

    def _choose_layer(self, layer: int) -> None:
        self._unit, self._layer = None, layer
        self._spread(None)

    def _spread(self, unit: int | None) -> None:
        """All views speak of the same unit or layer."""
        self.layer_chosen.emit(self._layer)
        for view in self.views():
            view.show_unit(self._layer, unit)
        self._look_timer.start()

    def _tell(self, found: Autopsy, problem: Problem) -> None:
        from nnviz.ui.autopsy_dialog import AutopsyDialog  # noqa: PLC0415

        self._told = found
        dialog = self._autopsy = AutopsyDialog(found, problem, self)
        self._autopsy_run = 0 if self.session.snapshot is None else self.session.snapshot.run_id
        dialog.destroyed.connect(self._forget_autopsy)
        dialog.forked.connect(self.session.fork)
        dialog.show()

    def _choose_axes(self, first: int, second: int) -> None:
        self._axes = first, second
        self._look_timer.start()


def _original(row: int, removed: tuple[int, ...]) -> int:
    """The number that the row-th example left has among all of the source."""
    for gone in sorted(removed):
        if gone <= row:
            row += 1
    return row
