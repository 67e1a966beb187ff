"""Which surface: chosen from two groups or typed, its parameters, and what is shown of it."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.engine.surfaces import SURFACES, Domain
from nnviz.experiment.descent.edits import with_surface
from nnviz.experiment.descent.ground import Ground, ground_of
from nnviz.experiment.descent.specification import EXPRESSION, REGRESSION, Descent, SurfaceSpec
from nnviz.experiment.specification import replace
from nnviz.ui.panels.descent.descent_panel import DescentPanel, ParameterRows
from nnviz.ui.panels.descent.expression_field import ExpressionField
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.form import Form, muted

LIMIT = 1e6
OWN = (
    Entry(EXPRESSION, "Typed expression", "Any expression in x, or in x and y; its gradient is exact."),
    Entry(REGRESSION, "Line through points", "The cost of a line ŷ = w·x + b through points that you can drag."),
)


class SurfacePanel(DescentPanel):
    """Edits `Descent.surface`; another surface brings the start that shows it best."""

    title = "Surface"

    def __init__(self) -> None:
        super().__init__()
        self._known: tuple[SurfaceSpec, Ground] | None = None
        self.choice = Choice()
        entries = {
            P: [Entry(s.name, s.title, s.teaches) for s in SURFACES.values() if s.dimension == P] for P in (1, 2)
        }
        self.choice.fill([("One variable", entries[1]), ("Two variables", entries[2]), ("Your own", OWN)])
        self.form = Form()
        self.form.add("Surface", self.choice, "The function J whose lowest place is looked for.")
        self.rows = ParameterRows(self.form, self._set_parameter)
        self.teaches = muted()
        self.expression = ExpressionField()
        self.ranges = [RangeFields(name) for name in ("x", "y")]
        self.own_domain = QPushButton("Whole surface")
        explain(self.own_domain, "Whole surface", "Shows the range again that the surface comes with.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(self.form)
        column.addWidget(self.expression)
        column.addWidget(self.teaches)
        self.domain_form = Form()
        for fields in self.ranges:
            self.domain_form.add(f"{fields.name} from, to", fields, f"The range of {fields.name} that is shown.")
        column.addLayout(self.domain_form)
        column.addWidget(self.own_domain)
        self.choice.chosen.connect(self._choose)
        self.expression.edited.connect(self._set_expression)
        self.own_domain.clicked.connect(lambda: self._set_domain(None))
        for place, fields in enumerate(self.ranges):
            for end, field in enumerate(fields.ends):
                field.edited.connect(partial(self._set_end, place, end))
        self.show_spec(self.spec)

    def show_spec(self, spec: Descent) -> None:
        """Shows it without emitting."""
        self.spec = spec
        surface = spec.surface
        self.choice.show_key(surface.name)
        known = SURFACES.get(surface.name)
        self.rows.show_values(surface.name, dict(known.parameters) if known else {}, surface.parameters)
        ground = self._ground(surface)
        self.teaches.setText(ground.teaches)
        self.expression.setVisible(surface.name == EXPRESSION)
        self.expression.show_text(surface.expression)
        names = ("w", "b") if surface.name == REGRESSION else ("x", "y")
        for place, (fields, name) in enumerate(zip(self.ranges, names, strict=True)):
            self.domain_form.show_row(fields, visible=place < surface.dimension)
            label = self.domain_form.labelForField(fields)
            assert isinstance(label, QLabel)
            label.setText(f"{name} from, to")
            if place < surface.dimension:
                fields.show_range(ground.domain[place])
        self.own_domain.setVisible(surface.domain is not None)

    def summary(self) -> str:
        """The surface's title."""
        return self._ground(self.spec.surface).title

    def _ground(self, surface: SurfaceSpec) -> Ground:
        """Kept: while a start is dragged the surface stays as it is."""
        if self._known is None or self._known[0] != surface:
            self._known = surface, ground_of(surface)
        return self._known[1]

    def _choose(self, name: str) -> None:
        before = self.spec.surface
        surface = SurfaceSpec(name, expression=before.expression, points=before.points)
        self.tell(lambda: with_surface(self.spec, surface), "surface")

    def _set_parameter(self, name: str, value: float) -> None:
        surface = self.spec.surface
        parameters = {**surface.parameters, name: value}
        self.tell(lambda: with_surface(self.spec, replace(surface, parameters=parameters)), f"surface {name}")

    def _set_expression(self, text: str) -> None:
        before = self.spec.surface
        surface = SurfaceSpec(EXPRESSION, expression=text, points=before.points, domain=self._kept_domain(text))
        self.tell(lambda: with_surface(self.spec, surface), "expression")

    def _kept_domain(self, text: str) -> Domain | None:
        """What was shown before, where the new expression has as many coordinates."""
        before = self.spec.surface
        return before.domain if SurfaceSpec(EXPRESSION, expression=text).dimension == before.dimension else None

    def _set_end(self, place: int, end: int, value: float) -> None:
        ranges = [list(one) for one in self._ground(self.spec.surface).domain]
        ranges[place][end] = value
        self._set_domain(tuple((low, high) for low, high in ranges))

    def _set_domain(self, domain: Domain | None) -> None:
        surface = self.spec.surface
        self.tell(lambda: replace(self.spec, surface=replace(surface, domain=domain)), "domain")


class RangeFields(QWidget):
    """Two numbers, from and to."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.ends = [FloatField(-LIMIT, LIMIT) for _ in range(2)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for field, end in zip(self.ends, ("from", "to"), strict=True):
            explain(field, f"{name} {end}", f"Where the picture of the surface {'begins' if end == 'from' else 'ends'}")
            row.addWidget(field, 1)
        self.setFocusProxy(self.ends[0])

    def show_range(self, range_: tuple[float, float]) -> None:
        """Shows it without emitting."""
        for field, value in zip(self.ends, range_, strict=True):
            # What a surface makes of its data has more digits than anybody would type.
            field.show_value(float(f"{value:.4g}"))
