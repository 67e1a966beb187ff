"""The page that asks whether the loss is convex: random chords, swapped units, and a linear network beside it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from nnviz.engine.convexity import CHORDS, Chords
from nnviz.experiment.loss_surface.convexity import Twin
from nnviz.experiment.loss_surface.slices import SurfaceSlice
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.charts.wording import count, plain, short
from nnviz.ui.plots.landscape.chord_plot import ChordPlot
from nnviz.ui.plots.landscape.chord_steps import Tested, slice_chords, space_chords, unit_twin
from nnviz.ui.plots.landscape.page import STOP, Page, button
from nnviz.ui.plots.landscape.side_notes import Item, Number, Words
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.integer_field import IntegerField
from nnviz.ui.widgets.labelled import labelled

LEGEND = (
    "A surface is convex when every chord between two of its points lies on or above it: then every valley is the "
    "same valley. One chord below the surface proves the opposite."
)
NO_SLICE = "Choose a slice on the page Surface first; its chords are then tested here."
TWIN_TIP = (
    "Swapping two hidden units with all their weights gives another point with exactly the same outputs. If the loss "
    "were convex, the straight way between them could not lead uphill."
)


class ConvexityPage(Page):
    """slice_seen: set by the view: the slice whose chords are tested. tested, twin: what was found at a step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Convexity", parent)
        self.slice_seen: SurfaceSlice | None = None
        self.tested: Tested | None = None
        self.twin: Twin | None = None
        self._units: tuple[int, int] | None = None
        self._step = 0
        self._run: tuple[object, ...] = ()
        self._asked: tuple[object, ...] = ()
        self.what = Segments(
            "Test",
            [
                ("space", "Space", "Chords between random points of the whole space, around the present one"),
                ("slice", "Slice", "Chords between random points of the slice on the page Surface"),
                ("rival", "vs linear", "The same test for a linear network on the same data, beside it"),
                ("twin", "Twin", TWIN_TIP),
            ],
        )
        self.go = button("", "", "")
        self.layer, self.first, self.second = (IntegerField(1, 1) for _ in range(3))
        explain(self.layer, "Hidden layer", "The hidden layer two of whose units are swapped")
        explain(self.first, "Unit", "One of the two units that are swapped")
        explain(self.second, "With unit", "The other of the two units that are swapped")
        self._swap = [labelled("layer", self.layer), labelled("unit", self.first), labelled("with", self.second)]
        self.controls = [self.what, self.go, *self._swap]
        self.left, self.right = ChordPlot(), ChordPlot()
        self.row.addWidget(self.left, 1)
        self.row.addWidget(self.right, 1)
        self.row.addWidget(self.notes)
        self.what.chosen.connect(self._choose)
        self.go.clicked.connect(self._go)
        self.layer.edited.connect(self._choose_layer)
        for field in (self.first, self.second):
            field.edited.connect(self._choose_units)
        self.restyle(self.theme)
        self.show_all()

    def wanted(self, control: QWidget) -> bool:
        """Units are chosen where units are swapped."""
        swapping = self.what.key == "twin"
        return swapping if control in self._swap else control is not self.go or not swapping

    def draw(self, snapshot: Snapshot) -> None:
        """The twin follows the run; chords are tested when they are asked for, and forgotten with their run."""
        self._take_run(snapshot)
        key = (snapshot.step, snapshot.training, self.layer.value(), self._units)
        if self.what.key == "twin" and key != self._asked:
            self._asked = key
            self.pace.follow(partial(unit_twin, snapshot, self.layer.value(), self._units))

    def draw_now(self, snapshot: Snapshot) -> None:
        """For a picture."""
        self._take_run(snapshot)
        self._step = snapshot.step
        self.answer(self._make(snapshot))

    def leave(self) -> None:
        """What was not answered is asked again."""
        super().leave()
        self._asked = ()
        self.show_all()

    def take(self, found: Any) -> None:
        """More chords, or a twin."""
        if isinstance(found, Twin):
            self.twin = found
            for field, unit in ((self.first, found.i), (self.second, found.j)):
                field.show_value(unit + 1)
        else:
            assert isinstance(found, Tested)
            self.tested = found
        self.show_all()

    def settle(self) -> None:
        """The progress ends."""
        self.show_all()

    def fail(self, sentence: str) -> None:
        """It cannot be tested."""
        self.tested = self.twin = None
        self.show_all()
        self.left.show_way(None, sentence[:1].upper() + sentence[1:] + ".")

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and sizes."""
        super().restyle(theme)
        if hasattr(self, "left"):
            self.what.restyle(theme)
            for plot in (self.left, self.right):
                plot.restyle(theme)
            self.show_all()

    def numbers(self) -> Table:
        """The ways that are drawn, each with its chord."""
        table: Table = [("curve", "t (share of the way 0-1)", "training loss", "straight chord")]
        for name, plot in (("this network", self.left), ("linear network", self.right)):
            way = plot.shown
            if way is not None:
                first, last = float(way.heights[0]), float(way.heights[-1])
                for t, height in zip(way.t.tolist(), way.heights.tolist(), strict=True):
                    table.append((name, plain(t), plain(height), plain((1.0 - t) * first + t * last)))
        return table if len(table) > 1 else []

    def show_all(self) -> None:
        """Draws what is known of the test that is chosen."""
        kind, busy = self.what.key, self.pace.busy
        self.right.setVisible(False)
        share = 0.0 if self.tested is None else self.tested.share
        self.go.setText(f"{STOP} {share:.0%}" if busy else f"{count(CHORDS)} random chords")
        explain(self.go, "Stop" if busy else f"{count(CHORDS)} random chords", "Tests no more." if busy else LEGEND)
        if kind == "twin":
            self._show_twin()
        else:
            self._show_chords(kind)
        self.fit_notes()
        self.controls_changed.emit()

    def _show_twin(self) -> None:
        found = self.twin
        self.left.say("")
        if found is None:
            self.notes.show_items([])
            self.left.show_way(None, TWIN_TIP)
            return
        self.notes.show_items([Words(sentence) for sentence in twin_sentences(found)])
        self.left.show_way(found.barrier, ends=("θ", "its twin"))

    def _show_chords(self, kind: str) -> None:
        found = self.tested
        self.right.setVisible(kind == "rival" and found is not None)
        if found is None:
            self.left.say("")
            self.notes.show_items([])
            begin = f"{LEGEND} Press “{count(CHORDS)} random chords” to test."
            self.left.show_way(None, NO_SLICE if kind == "slice" and self.slice_seen is None else begin)
            return
        waiting = "No chord lies below the surface so far." if found.way is None else ""
        self.left.show_way(found.way, waiting)
        if kind != "rival":
            self.left.say("")
            self.notes.show_items(chord_notes(found.chords, self._step))
            return
        self.notes.show_items([])
        self.left.say(f"This network: {chords_sentence(found.chords)}")
        rival = found.rival
        self.right.say("" if rival is None else f"Linear network: {chords_sentence(rival)}")
        self.right.show_way(found.rival_way, "Its turn comes next." if self.pace.busy else " ")

    def _take_run(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        run = (snapshot.run_id, snapshot.problem)
        if self._run and run[0] == self._run[0] and run[1] is self._run[1]:
            return
        self._run, self._units, self.tested, self.twin = run, None, None, None
        self.pace.cancel()
        sizes = snapshot.problem.network.sizes
        self.layer.setRange(1, max(1, len(sizes) - 2))
        self._limit_units()
        self.show_all()

    def _limit_units(self) -> None:
        assert self.snapshot is not None
        units = self.snapshot.problem.network.sizes[self.layer.value()]
        for field in (self.first, self.second):
            field.blockSignals(True)
            field.setRange(1, max(1, units))
            field.blockSignals(False)

    def _make(self, snapshot: Snapshot) -> partial[Any]:
        kind = self.what.key
        if kind == "twin":
            return partial(unit_twin, snapshot, self.layer.value(), self._units)
        if kind == "slice" and self.slice_seen is not None:
            return partial(slice_chords, snapshot, self.slice_seen, self.breathe)
        return partial(space_chords, snapshot, self.breathe, rival=kind == "rival")

    def _go(self) -> None:
        if self.pace.busy:
            self.pace.cancel()
        elif self.snapshot is not None and (self.what.key != "slice" or self.slice_seen is not None):
            self.tested, self._step = None, self.snapshot.step
            self.pace.start(self._make(self.snapshot))
        self.show_all()

    def _choose(self, _key: str) -> None:
        self.pace.cancel()
        self.tested, self._asked = None, ()
        self.show_all()
        if self.snapshot is not None:
            self.draw(self.snapshot)

    def _choose_layer(self, _layer: int) -> None:
        self._units, self.twin = None, None
        if self.snapshot is not None:
            self._limit_units()
            self.draw(self.snapshot)

    def _choose_units(self, _unit: int) -> None:
        self._units = (self.first.value() - 1, self.second.value() - 1)
        if self.snapshot is not None:
            self.draw(self.snapshot)


def chord_notes(found: Chords, step: int) -> list[Item]:
    """How many violations, and what that proves."""
    items: list[Item] = [
        Number("violations", count(found.violations)),
        Number("of chords", count(found.done)),
        Words(proof(found)),
    ]
    if found.undefined:
        items.append(Words(f"On {count(found.undefined)} of them the loss is not finite.", "warning"))
    return [*items, Words(f"At step {count(step)}.", "muted")]


def proof(found: Chords) -> str:
    """What the chords say of convexity."""
    if found.violations:
        share = 100.0 * found.violations / max(1, found.done)
        at_worst = f"at worst, drawn here, it is {short(found.excess)} above its chord"
        return f"{share:.1f} % lie below the surface somewhere: the loss is not convex; {at_worst}."
    return "No chord lies below the surface: it looks convex here, which no number of chords can prove."


def chords_sentence(found: Chords) -> str:
    """How many violations, in one short sentence."""
    of = f"{count(found.violations)} of {count(found.done)} chords lie below the surface"
    return f"{of}: not convex." if found.violations else f"{of}: it looks convex."


def twin_sentences(found: Twin) -> list[str]:
    """What swapping does, and what the way there proves."""
    same = (
        f"Units {found.i + 1} and {found.j + 1} of layer {found.layer} swapped, with all their weights: another point, "
        f"the same outputs, the same J = {short(found.cost)}."
    )
    rise = found.barrier.height
    if rise > 0.0:
        return [same, f"On the straight way there J rises by {short(rise)}: the loss is not convex."]
    return [same, "The straight way there has no barrier."]
