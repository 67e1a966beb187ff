"""The Lab: build a network, pick data, train it, and look inside."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QDataStream, QEvent, QIODevice, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from nnviz.experiment.autopsy import Autopsy
from nnviz.experiment.problem import Problem
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.specification import DrawnPoint, Experiment, replace
from nnviz.experiment.watch import Watch
from nnviz.ui.autopsy_dialog import AutopsyDialog
from nnviz.ui.export.view_menu import install_menu
from nnviz.ui.panels.data_panel import DataPanel
from nnviz.ui.panels.network_panel import NetworkPanel
from nnviz.ui.panels.panel import Panel
from nnviz.ui.panels.training_panel import TrainingPanel
from nnviz.ui.plots.decision_map_view import DecisionMapView
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.gradient_flow_view import GradientFlowView
from nnviz.ui.plots.ledger_view import LedgerView
from nnviz.ui.plots.loss_view import LossView
from nnviz.ui.plots.microscope_view import MicroscopeView
from nnviz.ui.plots.network_item import Unit
from nnviz.ui.plots.network_view import NetworkView
from nnviz.ui.plots.neuron_eye_view import NeuronEyeView
from nnviz.ui.plots.stability_view import StabilityView, present
from nnviz.ui.plots.symmetry_view import SymmetryView
from nnviz.ui.plots.units_view import UnitsView
from nnviz.ui.plots.view import View
from nnviz.ui.preferences import Preferences
from nnviz.ui.run_bar import position_of
from nnviz.ui.session import Session
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.column_scroll import ColumnScroll
from nnviz.ui.widgets.pane import Pane
from nnviz.ui.widgets.section import Section
from nnviz.ui.workspaces.lab.run_controls import RunControls
from nnviz.ui.workspaces.workspace import Workspace

PANELS = ("data", "network", "training")
"""Their names in lessons."""


class Lab(Workspace):
    """Panels at the left; network and decision map above, loss and what is inside below; the run's controls around."""

    key = "lab"

    def __init__(self, session: Session, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.session = session
        self.controls = RunControls(session, preferences, self)
        self.data, self.network, self.training = DataPanel(), NetworkPanel(), TrainingPanel()
        self.panels: list[Panel] = [self.data, self.network, self.training]
        self.canvas, self.map = NetworkView(), DecisionMapView()
        self.loss, self.flow, self.ledger = LossView(), GradientFlowView(), LedgerView()
        self.stability, self.microscope = StabilityView(), MicroscopeView()
        self.units, self.eye, self.symmetry = UnitsView(), NeuronEyeView(), SymmetryView()
        self._unit: tuple[int, int] | None = None
        self._layer = 1
        self._told: Autopsy | None = None
        self.sections = [Section(panel.title, panel, strong=True) for panel in self.panels]
        self._axes: tuple[int, int] | None = None
        self._source = ""
        self._arrange()
        for panel in self.panels:
            panel.edited.connect(session.edit)
        self.data.refused.connect(self.failed)
        session.spec_changed.connect(self._show_spec)
        self.canvas.weight_edited.connect(session.set_weight)
        self.map.point_added.connect(self._add_point)
        self.map.point_removed.connect(self._remove_point)
        self.map.axes_chosen.connect(self._choose_axes)
        self.units.death_asked.connect(session.examine)
        self.units.layer_chosen.connect(self._choose_layer)
        self.units.unit_selected.connect(self._choose_unit)
        self.eye.unit_selected.connect(self._choose_unit)
        self.canvas.selected.connect(self._canvas_selected)
        # Several views that appear at once are one change; and only after it is it known what is visible.
        self._look_timer = QTimer(self)
        self._look_timer.setSingleShot(True)
        self._look_timer.setInterval(0)
        self._look_timer.timeout.connect(self._look)
        self.map.readings_changed.connect(self._look_timer.start)
        self.units.readings_changed.connect(self._look_timer.start)
        self.flow.readings_changed.connect(self._look_timer.start)
        if preferences.zones is not None:
            self.flow.show_zones(preferences.zones)
        self.flow.zones_edited.connect(lambda decades: setattr(preferences, "zones", decades))
        self.controls.why_line.view_asked.connect(self.show_figure)
        session.snapshot_taken.connect(self._take)
        for view in self.views():
            install_menu(view)
            view.installEventFilter(self)

    def views(self) -> list[View]:
        """Network, map, loss, and those that share a place."""
        return [self.canvas, self.map, self.loss, *self.inside]

    @property
    def inside(self) -> list[View]:
        """The views behind tabs: what happens inside the network."""
        return [self.flow, self.ledger, self.units, self.eye, self.symmetry, self.stability, self.microscope]

    def figures(self) -> list[Figure]:
        """All views."""
        return list(self.views())

    def run_actions(self) -> list[QAction]:
        """Play, step, epoch, reset, another seed."""
        return self.controls.actions()

    def toggle(self) -> None:
        """Play or pause, while that is not locked."""
        if self.controls.bar.play.isEnabled():
            self.session.toggle()

    def restrict(self, locked: frozenset[str], hidden: frozenset[str], may_play: bool) -> None:  # noqa: FBT001
        """Panels by their names, and the run's controls."""
        super().restrict(locked, hidden, may_play)
        for name, section in zip(PANELS, self.sections, strict=True):
            section.setEnabled(not locked & {name, "panels"})
            section.setVisible(not hidden & {name, "panels"})
        self.controls.restrict(locked, hidden)

    def set_speed(self, steps_per_second: float) -> None:
        """Without remembering it: it is the lesson's, not the user's."""
        self.session.set_speed(steps_per_second)
        self.controls.bar.show_speed(position_of(steps_per_second))

    def show_figure(self, key: str) -> None:
        """Brings a tab to the front."""
        for view in self.inside:
            if view.key == key:
                self.tabs.setCurrentWidget(view)

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

    def show_panels(self, shown: bool) -> None:  # noqa: FBT001 (a slot)
        """Shows the panels, or leaves all the room to the plots."""
        self._panels.setVisible(shown)

    def open_table(self, path: Path) -> None:
        """The data panel reads it and asks for its columns."""
        self.data.read_file(path)

    def set_theme(self, theme: Theme) -> None:
        """With the run's controls and the panes' titles."""
        super().set_theme(theme)
        self.controls.set_theme(theme)
        for pane in self._panes:
            pane.set_font(theme.font())

    def layout_state(self) -> QByteArray:
        """The splitters' places."""
        state = QByteArray()
        stream = QDataStream(state, QIODevice.OpenModeFlag.WriteOnly)
        for splitter in self._splitters:
            stream << splitter.saveState()
        return state

    def restore_layout(self, state: QByteArray) -> None:
        """The splitters' places; a state of another arrangement is ignored by Qt."""
        stream = QDataStream(state, QIODevice.OpenModeFlag.ReadOnly)
        for splitter in self._splitters:
            place = QByteArray()
            stream >> place
            splitter.restoreState(place)

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
        self._panels = ColumnScroll(column)
        canvas, plane, loss = self._panes = [Pane(view.title, view) for view in (self.canvas, self.map, self.loss)]
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for view in self.inside:
            place = self.tabs.addTab(view, view.tab or view.title)
            self.tabs.setTabToolTip(place, view.title)
        upper = _split(Qt.Orientation.Horizontal, "upper", [canvas, plane], [11, 9])
        lower = _split(Qt.Orientation.Horizontal, "lower", [loss, self.tabs], [11, 9])
        right = _split(Qt.Orientation.Vertical, "right", [upper, lower], [11, 9])
        whole = _split(Qt.Orientation.Horizontal, "whole", [self._panels, right], [0, 1])
        self._splitters = [whole, right, upper, lower]
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.controls.bar)
        stack.addWidget(whole, 1)
        stack.addWidget(self.controls.why_line)
        stack.addWidget(self.controls.timeline)

    def _look(self) -> None:
        self.session.look(self.watch())

    def _take(self, snapshot: Snapshot) -> None:
        self.step_reached.emit(snapshot.step)
        if self.isVisible():
            self.draw(snapshot)

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
        self.layer_chosen.emit(layer)
        self.canvas.select(Unit(layer, unit))
        self.eye.show_unit(layer, unit)
        self.units.show_layer(layer)
        self._look_timer.start()

    def _canvas_selected(self, item: object) -> None:
        if isinstance(item, Unit) and item.layer > 0 and (item.layer, item.unit) != self._unit:
            self._choose_unit(item.layer, item.unit)

    def _choose_layer(self, layer: int) -> None:
        self._unit, self._layer = None, layer
        self.layer_chosen.emit(layer)
        self.eye.show_unit(layer, None)
        self._look_timer.start()

    def _tell(self, found: Autopsy, problem: Problem) -> None:
        self._told = found
        dialog = AutopsyDialog(found, problem, self)
        dialog.forked.connect(self.session.fork)
        dialog.show()

    def _choose_axes(self, first: int, second: int) -> None:
        self._axes = first, second
        self._look_timer.start()


def _split(orientation: Qt.Orientation, name: str, parts: list[QWidget], shares: list[int]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setHandleWidth(GRID // 2)
    splitter.setChildrenCollapsible(False)
    for place, (part, share) in enumerate(zip(parts, shares, strict=True)):
        splitter.addWidget(part)
        splitter.setStretchFactor(place, share)
    splitter.setSizes([max(1, 100 * share) for share in shares])
    return splitter


def _original(row: int, removed: tuple[int, ...]) -> int:
    """The number that the row-th example left has among all of the source."""
    for gone in sorted(removed):
        if gone <= row:
            row += 1
    return row
