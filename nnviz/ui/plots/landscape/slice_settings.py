"""Which slice of the surface is looked at, in detail: a small window below a button."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from nnviz.engine.layout import Layout
from nnviz.experiment.loss_surface.saved_points import SavedPoint
from nnviz.experiment.loss_surface.slices import RESOLUTIONS, SliceSpec
from nnviz.ui.plots.landscape.parameter_choice import ParameterChoice
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.integer_field import IntegerField
from nnviz.ui.widgets.optional_field import OptionalField

NO_POINT = ""
LARGEST_SEED = 2**31 - 1
DATA = [
    Entry("train", "training examples", "The cost that the training lowers, with its penalties"),
    Entry("all", "all examples", "Training and test examples together"),
]


class SliceSettings(QFrame):
    """Opens below a button and closes when one clicks elsewhere. `edited`: another specification; every change counts
    at once."""

    edited = Signal(object)
    points_edited = Signal(object)
    """The names of two or three saved points."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Slice")
        self.spec = SliceSpec()
        self.first, self.second = ParameterChoice(), ParameterChoice()
        self.seed = IntegerField(0, LARGEST_SEED)
        self.points = [Choice() for _ in range(3)]
        half_width = FloatField(1e-9, 1e9)
        half_width.show_value(1.0)
        self.half_width = OptionalField("set by hand", half_width, "Off: as wide as suits the slice.")
        self.resolution = Choice([Entry(str(n), f"{n} × {n}") for n in RESOLUTIONS])
        self.data = Choice(DATA)
        self.looks: QWidget | None = None
        self.form = Form(self)
        self.form.setContentsMargins(*(2 * GRID,) * 4)
        # A window of its own is as wide as it needs to be.
        self.form.setRowWrapPolicy(Form.RowWrapPolicy.DontWrapRows)
        self._lay_out()
        self._connect()

    def show_settings(self, spec: SliceSpec, layout: Layout | None, saved: Sequence[SavedPoint]) -> None:
        """Shows a specification without emitting; only what its kind of slice needs."""
        self.spec = spec
        kind = spec.kind
        for number, field in enumerate((self.first, self.second)):
            self.form.show_row(field, visible=kind == "parameters")
            if layout is not None:
                field.show_parameter(layout, spec.parameters[number])
        self.form.show_row(self.seed, visible=kind == "random")
        self.seed.show_value(spec.seed)
        self.form.show_row(self._points, visible=kind == "points")
        entries = [Entry(point.name, point.name) for point in saved]
        for number, choice in enumerate(self.points):
            choice.fill([("", [*([Entry(NO_POINT, "no third")] if number == 2 else []), *entries])])
            choice.show_key(spec.points[number] if number < len(spec.points) else NO_POINT)
        self.half_width.show_value(spec.half_width)
        self.resolution.show_key(str(spec.resolution))
        self.data.show_key(spec.data)
        self.adjustSize()

    def add_looks(self, chips: Sequence[Chip]) -> None:
        """The switches of the picture in space, which have no room above it."""
        self.looks = QWidget()
        row = QHBoxLayout(self.looks)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for chip in chips:
            row.addWidget(chip)
        self.form.add("In space", self.looks, "How the surface is drawn in space.")
        self.show_looks(visible=False)

    def show_looks(self, *, visible: bool) -> None:
        """They are of use in space alone."""
        if self.looks is not None:
            self.form.show_row(self.looks, visible=visible)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's text size."""
        self.setFont(theme.font())
        for chip in self.findChildren(Chip):
            chip.setFont(theme.font())

    def open_below(self, button: QWidget) -> None:
        """At the button's lower left corner; Qt keeps it on the screen."""
        self.adjustSize()
        self.move(button.mapToGlobal(QPoint(0, button.height())))
        self.show()
        self.resolution.setFocus()

    def _lay_out(self) -> None:
        form = self.form
        form.add("First", self.first, "The parameter along the horizontal axis.")
        form.add("Second", self.second, "The parameter along the vertical axis.")
        tip = "Which two random directions are drawn: the same number, the same plane. Each unit's part is scaled to "
        form.add("Seed", self.seed, tip + "the size of its own weights (filter normalization, Li et al. 2018).")
        self._points = QWidget()
        row = QHBoxLayout(self._points)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for choice, name in zip(self.points, ("first point", "second point", "third point"), strict=True):
            explain(choice, f"Through, {name}", "A saved point that the line or plane goes through.")
            row.addWidget(choice)
        form.add("Through", self._points, "Saved points: two for a line, three for a plane.")
        form.add("Half width", self.half_width, "How far to see on each side of the middle, in the axes' own units.")
        form.add("Points", self.resolution, "At so many places the cost is computed: coarse first, then ever finer.")
        form.add("Cost of", self.data, "The examples whose mean cost is the height of the surface.")

    def _connect(self) -> None:
        self.first.chosen.connect(lambda number: self._take(parameters=(number, self.spec.parameters[1])))
        self.second.chosen.connect(lambda number: self._take(parameters=(self.spec.parameters[0], number)))
        self.seed.edited.connect(lambda seed: self._take(seed=seed))
        self.half_width.edited.connect(lambda half: self._take(half_width=half))
        self.resolution.chosen.connect(lambda key: self._take(resolution=int(key)))
        self.data.chosen.connect(lambda key: self._take(data=key))
        for choice in self.points:
            choice.chosen.connect(self._take_points)

    def _take(self, **changes: object) -> None:
        self.spec = replace(self.spec, **changes)  # type: ignore[arg-type]
        self.edited.emit(self.spec)

    def _take_points(self, _key: str) -> None:
        self.points_edited.emit(tuple(key for choice in self.points if (key := choice.key())))
