"""Which units still do something: their states over the steps, and for 2-D data the line at which each one folds."""

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnviz.engine.unit_states import UnitState, unit_slices
from nnviz.experiment.problem import Problem
from nnviz.experiment.readings import PreActivations
from nnviz.experiment.records import Curves
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.unit_history import NEVER, UnitHistory
from nnviz.experiment.view_domain import domain
from nnviz.ui.plots.charts.changes import change_table
from nnviz.ui.plots.charts.forms import Forms
from nnviz.ui.plots.charts.ghost_track import GhostTrack, beside, ghost_name
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.map_colors import MapColors, colors_for
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import count, plain
from nnviz.ui.plots.layers.layer_choice import ALL_LAYERS, LayerChoice
from nnviz.ui.plots.predictions.prediction_table import points_table
from nnviz.ui.plots.units.fold_lines import corner_values, folds, straight
from nnviz.ui.plots.units.fold_map import FoldMap
from nnviz.ui.plots.units.unit_raster import UnitRaster
from nnviz.ui.plots.units.unit_shares import FROM_THE_FOOT, UnitShares
from nnviz.ui.plots.units.unit_state_style import NAMES, StateLegend, state_entries
from nnviz.ui.plots.view import ALL_UNITS
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.column import in_column

Floats = NDArray[numpy.float64]
Singles = NDArray[numpy.float32]

STATES = ("states", "States", "One row a unit over the steps, its colour is what became of it")
SHARES = ("shares", "Shares", "How many units are in which state, over the steps")
FOLDS = ("folds", "Folds", "Where each unit's pre-activation z is 0, over the examples")
FOLD_READINGS = frozenset({"pre_activations"})
MOST_LINES = 32
"""More lines than these nobody can tell apart."""
COMING = "The lines of this layer are being computed."


class UnitsView(PlotView):
    """Rows of states, shares of states, or fold lines; of all layers or of one.

    unit_selected: layer (1..L) and unit (from 0) that was clicked. death_asked: these and the recorded step since which
    it is dead.
    """

    key = "units"
    title = "Units"

    death_asked = Signal(int, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._colors: tuple[object, MapColors] | None = None
        self._layer = 1
        self.form, self.layer = Segments("Form", [STATES, SHARES]), LayerChoice()
        self.form.chosen.connect(self._form_changed)
        self.layer.chosen.connect(self._layer_changed)
        self.controls.addWidget(self.form)
        self.controls.addWidget(self.layer)
        self.controls.addStretch(1)
        self.legend, self.raster, self.shares, self.map = StateLegend(), UnitRaster(), UnitShares(), FoldMap()
        self.forms = Forms({"states": self.raster, "shares": self.shares, "folds": self.map})
        in_column(self.figure, self.legend, self.forms)
        self.raster.clicked.connect(lambda x, y, _: self._tell(self.raster.unit_at(x, y)))
        self.map.clicked.connect(lambda x, y, _: self._tell(self.map.unit_at(x, y)))
        # How many rows there are, and how much of the plane, follows from the room there is.
        self._drawing = self._resized = False
        for chart in (self.raster, self.map):
            chart.box.sigResized.connect(self._fit)
        self.set_theme(self.theme)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        self._colors = None
        super().set_theme(theme)

    def show_unit(self, layer: int, unit: int | None) -> None:  # noqa: ARG002 (a layer's units are shown together)
        """Shows another layer's fold lines, and its states where a single layer's are shown."""
        self._layer = layer
        if self.layer.layer != ALL_LAYERS:
            self.layer.show_layer(layer)
        self._ask_for_readings()
        self.redraw()

    def draw(self, snapshot: Snapshot) -> None:
        """Shows the snapshot; once more where wider labels have changed the room there is, but not for ever."""
        self._drawing, self._resized = True, False
        try:
            super().draw(snapshot)
            if self._resized:
                super().draw(snapshot)
        finally:
            self._drawing = False

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fills the form that is chosen."""
        problem = snapshot.problem
        if problem is not self._problem:
            self._problem = problem
            self.form.offer([STATES, SHARES, FOLDS] if problem.dimensions == 2 else [STATES, SHARES])
        self._layer = min(max(self._layer, 1), problem.network.layout.depth)
        self._offer_layers(problem)
        self._ask_for_readings()
        self.forms.show_form(self.form.key)
        if self.form.key == "folds":
            self._show_folds(snapshot)
        elif self.form.key == "shares":
            self._show_shares(snapshot)
        else:
            self._show_states(snapshot)

    def numbers(self) -> Table:
        """The states or their shares at all recorded steps, or the pieces of the lines, as the form is."""
        if self.snapshot is None:
            return []
        curves = self.snapshot.curves
        steps = [plain(step) for step in curves.column("step")]
        if self.form.key == "folds":
            ends = (f"{axis.name} {end}" for end in ("from", "to") for axis in (self.map.bottom, self.map.left))
            return [("layer", "unit", "state", *ends), *self._fold_rows()]
        if self.form.key == "shares":
            table = _share_rows("", curves, self._units_of_layers(self.snapshot))
            ghost, units = self.snapshot.ghost, self._units_of_ghost(self.snapshot)
            if ghost is None or units is None:
                return table
            return beside(table, _share_rows(f"{ghost_name(ghost)}: ", ghost.curves, units))
        sizes = self.snapshot.problem.network.sizes
        places = [(l, unit) for l, n in enumerate(sizes[1:], start=1) for unit in range(n)]
        heads = (f"layer {places[index][0]} unit {places[index][1] + 1}" for index in self.raster.shown)
        words = [NAMES[state] for state in UnitState]
        states = curves.units[:, self.raster.shown]
        return [("step", *heads), *((s, *(words[code] for code in row)) for s, row in zip(steps, states, strict=True))]

    def more_numbers(self) -> dict[str, Table]:
        """The changes that the time axis marks; beside the fold lines the examples that lie there."""
        if self.snapshot is None:
            return {}
        if self.form.key == "folds":
            return {"points": points_table(self.snapshot.problem, self.snapshot.theta)}
        return {"changes": change_table(self.snapshot.spec)}

    def _show_states(self, snapshot: Snapshot) -> None:
        sizes, theme = snapshot.problem.network.sizes, self.theme
        layers = self._layers(snapshot.problem)
        self.raster.show_states(_timeline(snapshot), snapshot.curves.units, sizes, layers)
        codes = numpy.unique(snapshot.curves.units[:, self.raster.shown])
        entries = state_entries(theme, [UnitState(int(code)) for code in codes])
        shown, there = len(self.raster.shown), sum(sizes[l] for l in layers)
        if shown < there:
            entries.append(Entry(f"shows {count(shown)} of {count(there)} units"))
        self.legend.show_entries(entries)

    def _show_shares(self, snapshot: Snapshot) -> None:
        units, former, timeline = self._units_of_layers(snapshot), self._units_of_ghost(snapshot), _timeline(snapshot)
        track = GhostTrack.of(snapshot, timeline) if former is not None else None
        ghost = (track, track.curves.units[:, former]) if track else None
        self.shares.show_states(timeline, snapshot.curves.units[:, units], ghost)
        here, drawn = snapshot.moment.units[units], self.shares.areas.heights
        seen = [s for place, s in enumerate(FROM_THE_FOOT) if numpy.any(drawn[:, place] > 0.0) or s in here]
        now = {state: f"{numpy.mean(here == state):.0%}".replace("%", " %") for state in reversed(seen)}
        entries = state_entries(self.theme, now)
        if snapshot.ghost is not None and track is not None:
            entries.append(Entry(ghost_name(snapshot.ghost), self.theme.color("text", 0.6), "thin"))
        self.legend.show_entries(entries)

    def _show_folds(self, snapshot: Snapshot) -> None:
        problem, layer, reading = snapshot.problem, self._layer, snapshot.readings.get("pre_activations")
        values: Floats | Singles | None = None
        sampled = reading if isinstance(reading, PreActivations) and reading.layer == layer else None
        axes = (0, 1) if sampled is None else sampled.axes
        extent = self.map.show_examples(problem, self._colors_of(problem), axes, domain(problem, axes).extent)
        if self._exact(problem):
            values = corner_values(problem, snapshot.theta, axes, extent)
        elif sampled is not None:
            values, extent = sampled.values, sampled.extent
        place = unit_slices(problem.network.sizes)[layer - 1]
        self.map.show_message(COMING if values is None else "")
        self.map.lines.color = self.theme.layer_color(layer, problem.network.layout.depth)
        there = place.stop - place.start
        units = numpy.linspace(0, there - 1, min(there, MOST_LINES)).round().astype(numpy.intp)
        since = UnitHistory.of(snapshot.curves.until(snapshot.step), place.start + units).dead_since()
        states = snapshot.moment.units[place][units]
        # Between two records a unit may have come back, or have died since the last one.
        since = numpy.where(states == UnitState.DEAD, numpy.where(since == NEVER, snapshot.step, since), NEVER)
        if values is None:
            self.map.show_folds(layer, units[:0], [], states[:0], since[:0])
        else:
            self.map.show_folds(layer, units, folds(values[units], extent), states, since)
        self.legend.show_entries(self._fold_entries(problem, there))

    def _fold_entries(self, problem: Problem, there: int) -> list[Entry]:
        lines = self.map.lines
        arrow = "active" if problem.network.activations[self._layer - 1].rectifier else "z > 0"
        entries = [Entry(f"z = 0, {arrow} at the arrow", lines.color)]
        troubles = [state for state in UnitState if state > UnitState.INACTIVE and state in lines.states]
        entries += state_entries(self.theme, {s: str(numpy.count_nonzero(lines.states == s)) for s in troubles})
        finite = lines.states != UnitState.NOT_FINITE
        if away := sum(len(line.segments) == 0 for line, is_there in zip(lines.folds, finite, strict=True) if is_there):
            entries.append(Entry(f"{away} of {len(lines.folds)} beyond the picture"))
        if 0 < len(lines.folds) < there:
            entries.append(Entry(f"shows {len(lines.folds)} of {count(there)} units"))
        return entries

    def _fold_rows(self) -> Table:
        lines = self.map.lines
        return [
            (
                str(self.map.layer),
                str(self.map.units[line] + 1),
                NAMES[UnitState(int(state))],
                *(plain(v) for v in piece.ravel()),
            )
            for line, (fold, state) in enumerate(zip(lines.folds, lines.states, strict=True))
            for piece in fold.segments
        ]

    def _layers(self, problem: Problem) -> list[int]:
        """Those whose states are shown."""
        chosen = self.layer.layer
        return list(range(1, problem.network.layout.depth + 1)) if chosen == ALL_LAYERS else [chosen]

    def _units_of_layers(self, snapshot: Snapshot) -> slice:
        """The places of their units among all."""
        slices, layers = unit_slices(snapshot.problem.network.sizes), self._layers(snapshot.problem)
        return slice(slices[layers[0] - 1].start, slices[layers[-1] - 1].stop)

    def _units_of_ghost(self, snapshot: Snapshot) -> slice | None:
        """The places of the former run's units in the layers that are shown; None where it has no such layer."""
        ghost, chosen = snapshot.ghost, self.layer.layer
        if ghost is None or chosen >= len(ghost.sizes):
            return None
        slices = unit_slices(ghost.sizes)
        return slice(0, slices[-1].stop) if chosen == ALL_LAYERS else slices[chosen - 1]

    def _exact(self, problem: Problem) -> bool:
        return self._layer == 1 and straight(problem)

    def _offer_layers(self, problem: Problem) -> None:
        lines = self.form.key == "folds"
        self.layer.offer(problem.network.layout.depth, with_all=not lines)
        if lines:
            self.layer.show_layer(self._layer)

    def _ask_for_readings(self) -> None:
        lines = self.form.key == "folds" and self._problem is not None and not self._exact(self._problem)
        wanted = FOLD_READINGS if lines else frozenset()
        if wanted != self.readings:
            self.readings = wanted
            self.readings_changed.emit()

    def _form_changed(self) -> None:
        if self.snapshot is not None:
            self._offer_layers(self.snapshot.problem)
        self._ask_for_readings()
        self.redraw()

    def _layer_changed(self, layer: int) -> None:
        if layer != ALL_LAYERS:
            self._layer = layer
            self.unit_selected.emit(layer, ALL_UNITS)
        self._ask_for_readings()
        self.redraw()

    def _fit(self, *_: object) -> None:
        """Draws anew for another size, now or as soon as what is being drawn is done."""
        self._resized = True
        if not self._drawing:
            self.redraw()

    def _tell(self, found: tuple[int, int, int] | None) -> None:
        if found is None:
            return
        layer, unit, since = found
        self.unit_selected.emit(layer, unit)
        if since != NEVER:
            self.death_asked.emit(layer, unit, since)

    def _colors_of(self, problem: Problem) -> MapColors:
        """The colours are the same for a whole run."""
        wanted = (id(problem), self.theme.name)
        if self._colors is None or self._colors[0] != wanted:
            self._colors = wanted, colors_for(problem, self.theme, None)
        return self._colors[1]


def _timeline(snapshot: Snapshot) -> Timeline:
    return Timeline.of(snapshot, "step")


def _share_rows(of: str, curves: Curves, units: slice) -> Table:
    """The share of each state at all recorded steps, the headings beginning with what it is of."""
    shares = UnitHistory.of(curves, units).shares()
    rows = ((plain(s), *(plain(part) for part in row)) for s, row in zip(curves.column("step"), shares, strict=True))
    return [tuple(f"{of}{name}" for name in ("step", *(f"{name} (share 0-1)" for name in NAMES.values()))), *rows]
