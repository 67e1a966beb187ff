"""Where the runners start, how many steps they take, and the rates of the strip."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nnviz.experiment.descent.edits import with_start
from nnviz.experiment.descent.specification import MAX_STEPS, MAX_STRIP_STEPS, Descent, RateStripSpec
from nnviz.experiment.descent.wording import vector
from nnviz.experiment.specification import replace
from nnviz.ui.panels.descent.descent_panel import DescentPanel
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.integer_field import IntegerField

FAR = 1e12
MOST_RATES = 10


class PointFields(QWidget):
    """A number for each coordinate of a place."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.fields = [FloatField(-FAR, FAR) for _ in range(2)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for field, name in zip(self.fields, ("first", "second"), strict=True):
            explain(field, f"{what}, {name} coordinate", f"The {name} coordinate of the {what.lower()}.")
            row.addWidget(field, 1)
        self.setFocusProxy(self.fields[0])

    def show_point(self, point: tuple[float, ...]) -> None:
        """Shows it without emitting."""
        for place, field in enumerate(self.fields):
            field.setVisible(place < len(point))
            if place < len(point):
                field.show_value(point[place])

    def point(self, dimension: int) -> tuple[float, ...]:
        """What is typed."""
        return tuple(field.value() for field in self.fields[:dimension])


class StartPanel(DescentPanel):
    """Edits start, steps and strip."""

    title = "Start and steps"

    def __init__(self) -> None:
        super().__init__()
        self.start = PointFields("Start")
        self.steps = IntegerField(1, MAX_STEPS)
        self.rates = QLineEdit()
        self.strip_steps = IntegerField(1, MAX_STRIP_STEPS)
        form = Form()
        form.add("Start", self.start, "Where all runners start that have no start of their own. A click sets it, too.")
        form.add("Steps", self.steps, "Where the race ends.")
        form.add("Rates", self.rates, "The learning rates that are shown side by side, with commas between them.")
        form.add("Steps each", self.strip_steps, "How many steps each of those rates takes.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        for field in self.start.fields:
            field.edited.connect(self._set_start)
        self.steps.edited.connect(lambda steps: self.tell(lambda: replace(self.spec, steps=steps), "steps"))
        self.rates.editingFinished.connect(self._set_rates)
        self.strip_steps.edited.connect(partial(self._set_strip, "steps"))
        self.show_spec(self.spec)

    def show_spec(self, spec: Descent) -> None:
        """Shows it without emitting."""
        self.spec = spec
        self.start.show_point(spec.start)
        self.steps.show_value(spec.steps)
        self.rates.setText(", ".join(f"{rate:g}" for rate in spec.strip.rates))
        self.strip_steps.show_value(spec.strip.steps)

    def summary(self) -> str:
        """Start and steps."""
        return f"{vector(self.spec.start, 3)}, {self.spec.steps:,} steps"

    def _set_start(self, _value: float) -> None:
        self.tell(lambda: with_start(self.spec, self.start.point(len(self.spec.start))), "start")

    def _set_rates(self) -> None:
        if self.rates.text() != ", ".join(f"{rate:g}" for rate in self.spec.strip.rates):
            self.tell(lambda: replace(self.spec, strip=_with_rates(self.spec.strip, self.rates.text())), "rates")

    def _set_strip(self, field: str, value: int) -> None:
        self.tell(lambda: replace(self.spec, strip=replace(self.spec.strip, **{field: value})), f"strip {field}")


def _with_rates(strip: RateStripSpec, text: str) -> RateStripSpec:
    """ValueError in a sentence for what is no list of rates."""
    try:
        rates = tuple(float(part) for part in text.replace(";", ",").split(",") if part.strip())
    except ValueError:
        raise ValueError("the rates must be numbers with commas between them, such as 0.05, 0.2, 1.1") from None
    if not rates or not all(0.0 < rate <= FAR for rate in rates):
        raise ValueError("each rate must be a number above 0")
    if len(rates) > MOST_RATES:
        raise ValueError(f"at most {MOST_RATES} rates fit side by side")
    return replace(strip, rates=rates)
