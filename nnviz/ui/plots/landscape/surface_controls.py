"""The controls of the loss surface: which slice, in which form, and what is to be done with it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from nnviz.engine.layout import Layout
from nnviz.experiment.loss_surface.saved_points import SavedPoint
from nnviz.experiment.loss_surface.slices import SliceSpec
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.landscape.page import STOP, button
from nnviz.ui.plots.landscape.slice_settings import SliceSettings
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain

PLANES = [
    Entry("random", "random", "Two random directions through the present point, scaled to each unit's weights."),
    Entry("path", "path (PCA)", "The two directions in which the run moved most (PCA): most of its way is seen."),
    Entry("parameters", "two weights", "Two weights or biases, the others as they are now."),
    Entry("points", "saved points", "The line through two saved points, or the plane through three."),
    Entry("bends", "Hessian", "The two directions in which the surface bends most (eigenvectors of the Hessian)."),
]
SAVE_TIP = "Keeps the present weights under the name of their step, to lay a line or plane through."


class SurfaceControls(QObject):
    """edited: another specification. looked: the same slice in another form. resliced, point_asked, stop_pressed:
    buttons."""

    edited = Signal(object)
    looked = Signal()
    resliced = Signal()
    point_asked = Signal()
    stop_pressed = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.spec = SliceSpec()
        self._saved: Sequence[SavedPoint] = ()
        self._shown: tuple[object, ...] = ()
        self.plane = Choice(PLANES)
        self.plane.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        explain(self.plane, "Slice", "A surface over all weights cannot be drawn: which line or plane is cut out of it")
        self.settings = button("Grid ▾", "Slice settings", "Width, number of points, directions, and of which examples")
        self.popup = SliceSettings(owner)
        self.form = Segments(
            "Form",
            [
                ("contour", "Contours", "From above, with lines of equal cost"),
                ("heat", "Heat", "From above, colours alone"),
                ("space", "3-D", "In space: drag turns it, the wheel zooms"),
            ],
        )
        self.log = self._chip("Log", "Levels by powers of ten: shows the floor of a deep valley")
        self.follow = self._chip("Follow", "Moves the slice along with the run, coarser while it plays")
        self.here = button("Re-slice", "Re-slice here", "The parallel slice through where the run stands now")
        self.point = button("Save", "Save point", SAVE_TIP)
        self.stop = button(STOP, "Stop", "Computes no further.", flat=True)
        # These go into another row together.
        self.run = QWidget()
        row = QHBoxLayout(self.run)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for part in (self.follow, self.here, self.point):
            row.addWidget(part)
        self.controls: list[QWidget] = [self.plane, self.settings, self.stop, self.form, self.log, self.run]
        self._connect()

    def wanted(self, control: QWidget, *, flat: bool) -> bool:
        """flat: a plane is seen, not a line."""
        return flat or control not in (self.form, self.log)

    def show_state(
        self,
        spec: SliceSpec,
        layout: Layout | None,
        saved: Sequence[SavedPoint],
        *,
        busy: bool,
        share: float,
        done: bool,
    ) -> None:
        """Shows all of it, silently. share: of the work that is done; done: all of it."""
        shown = (spec, layout, tuple(point.name for point in saved))
        if shown != self._shown:
            self._shown, self.spec, self._saved = shown, spec, saved
            self.popup.show_settings(spec, layout, saved)
            self.settings.setText(f"Grid {spec.resolution}² ▾")
        if self.plane.key() != spec.kind and not self._waits_for_points:
            self.plane.show_key(spec.kind)
        self.stop.setText(f"{STOP} Stop {share:.0%}" if busy else "↻ Anew")
        tip = "Computes no further." if busy else "Finds the directions anew, through where the run stands now."
        explain(self.stop, "Stop" if busy else "Anew", tip)
        self.stop.setEnabled(busy or done or layout is not None)
        self.here.setEnabled(done and not busy)
        self.point.setEnabled(layout is not None)

    def say_saved(self, saved: Sequence[SavedPoint]) -> None:
        """There is another point: perhaps what a line or plane waited for."""
        self.point.setText(f"Save ({len(saved)})")
        names = ", ".join(point.name for point in saved)
        explain(self.point, "Save point", f"{SAVE_TIP} Saved: {names}." if names else SAVE_TIP)
        self._saved = saved
        if self._waits_for_points:
            self._choose_plane("points")

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's sizes."""
        self.popup.restyle(theme)
        self.form.restyle(theme)
        for part in (self.follow, self.here, self.point):
            part.setFont(theme.font())

    @property
    def _waits_for_points(self) -> bool:
        """Saved points are to be chosen before there is such a slice."""
        return self.plane.key() == "points" and self.spec.kind != "points"

    def _connect(self) -> None:
        self.plane.chosen.connect(self._choose_plane)
        self.settings.clicked.connect(self._open_settings)
        self.popup.edited.connect(self._take)
        self.popup.points_edited.connect(self._take_points)
        self.form.chosen.connect(self.looked)
        self.log.toggled.connect(self.looked)
        self.here.clicked.connect(self.resliced)
        self.point.clicked.connect(self.point_asked)
        self.stop.clicked.connect(self.stop_pressed)

    def _open_settings(self) -> None:
        self.popup.show_looks(visible=self.form.key == "space")
        self.popup.open_below(self.settings)

    def _choose_plane(self, kind: str) -> None:
        if kind != "points":
            self._take(replace(self.spec, kind=kind))  # type: ignore[arg-type]
            return
        self._take_points(tuple(point.name for point in self._saved[-3:]))

    def _take_points(self, names: tuple[str, ...]) -> None:
        # The same point twice is a sentence of the slice itself; fewer than two are not a slice yet.
        if len(names) >= 2:
            self._take(replace(self.spec, kind="points", points=names))
        else:
            self.edited.emit(None)

    def _take(self, spec: object) -> None:
        self.edited.emit(spec)

    def _chip(self, text: str, tip: str) -> Chip:
        chip = Chip(text)
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        explain(chip, text, tip)
        return chip
