"""One training step taken apart: forward, loss, backward, update, every number on its unit and weight, and why."""

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.step.explain import PHASES, Phase, explain
from nnviz.experiment.step.formula import Formula
from nnviz.experiment.step.record import Pass, StepRecord, example_pass
from nnviz.experiment.step.values import Look, table
from nnviz.ui.plots.charts.dress import dress
from nnviz.ui.plots.charts.wording import count
from nnviz.ui.plots.network.network_item import Item, Unit, exists
from nnviz.ui.plots.step.canvas import thing_of
from nnviz.ui.plots.step.controls import BATCH, OF_DATA, PhaseControls, SubjectControls
from nnviz.ui.plots.step.step_figure import StepFigure
from nnviz.ui.plots.view import View
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.column import below_controls

WALK_MS = 800
"""How long a walk stays at a layer."""


class StepView(View):
    """The step that the run takes next, in four phases."""

    key = "step"
    title = "One training step"
    tab = "Step"
    readings = frozenset({"next_step"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record: StepRecord | None = None
        self.selection: Item | None = Unit(1, 0)
        self.front: int | None = None
        self._playing = False
        self._one: tuple[StepRecord, int, Pass] | None = None
        self.phases, self.subject, self.figure = PhaseControls(), SubjectControls(), StepFigure()
        self.canvas, self.card = self.figure.canvas, self.figure.card
        below_controls(self, self.phases, self.figure, self.subject)
        self.setAutoFillBackground(True)
        self.setFocusProxy(self.canvas)
        self._clock = QTimer(self, interval=WALK_MS)
        self._clock.timeout.connect(self.walk_on)
        self.phases.phase_chosen.connect(self._phase_chosen)
        self.phases.walk_toggled.connect(self._walk)
        self.subject.chosen.connect(self._redraw)
        self.subject.copy_text.connect(lambda: self.copy(latex=False))
        self.subject.copy_latex.connect(lambda: self.copy(latex=True))
        self.canvas.chosen.connect(self._chosen)
        self.canvas.moved.connect(self.phases.move_by)
        self.set_theme(self.theme)

    @property
    def phase(self) -> Phase:
        """The one in front."""
        return self.phases.phase

    def draw(self, snapshot: Snapshot) -> None:
        """Shows the step that follows the snapshot."""
        reading = snapshot.readings.get("next_step")
        self.record = reading if isinstance(reading, StepRecord) else None
        self._playing = snapshot.playing
        self._redraw()

    def show_phase(self, phase: Phase) -> None:
        """From the program."""
        self.phases.show_phase(phase)
        self._redraw()

    def show_item(self, item: Item | None) -> None:
        """Selects from the program: no signal. None: the loss."""
        self.selection = item
        self._redraw()

    def show_unit(self, layer: int, unit: int | None) -> None:
        """Selects a unit from the program; a layer as a whole leaves the selection as it is."""
        if unit is not None:
            self.show_item(Unit(layer, unit))

    def show_example(self, kind: str, index: int = 0) -> None:
        """BATCH, or an example OF_BATCH or OF_DATA by its number from 0; from the program."""
        self.subject.choose(kind, index)
        self._redraw()

    @property
    def look(self) -> Look | None:
        """What is shown; None before the first step. An update is the whole batch's, whatever example is chosen."""
        if self.record is None:
            return None
        one = None if self.phase == "update" else self._example(self.record)
        return Look(self.record, one, self.phase)

    @property
    def formula(self) -> Formula | None:
        """Behind what is selected; None before the first step."""
        look = self.look
        return explain(look.record, look.one, look.phase, thing_of(self.selection)) if look else None

    def copy(self, *, latex: bool) -> None:
        """The formula goes to the clipboard, complete."""
        if (formula := self.formula) is not None:
            QGuiApplication.clipboard().setText(formula.latex() if latex else formula.text())

    def walk_on(self) -> None:
        """The walk's next layer, or the next phase; it ends after the update."""
        if self.record is None:
            self._end_walk()
            return
        depth, phase, front = self.record.network.layout.depth, self.phase, self.front
        if phase == "forward" and front is not None and front < depth:
            self.front = front + 1
        elif phase == "backward" and front is not None and front > 1:
            self.front = front - 1
        elif phase == "update":
            self._end_walk()
            return
        else:
            following = PHASES[PHASES.index(phase) + 1]
            self.phases.show_phase(following)
            self.front = depth if following in ("loss", "backward") else None
        self._redraw()

    def numbers(self) -> list[tuple[str, ...]]:
        """The whole step; nothing before the first."""
        return table(self.look) if self.look else []

    def picture_part(self) -> QWidget:
        """Network and formula, the latter set."""
        self.card.set_now()
        self.figure.arrange()
        return self.figure

    def legible(self) -> QSize:
        """Room for the units of the largest layer, up to a number, and for the whole formula."""
        return self.figure.legible(max(self.record.network.sizes)) if self.record else self.room

    def actions_at(self, place: QPoint) -> list[QAction]:
        """The formula of the thing there, for the clipboard."""
        stage = self.canvas.stage
        item = stage.item_at(QPointF(self.canvas.mapFrom(self, place))) if stage else None
        if isinstance(item, Unit) or (item is not None and not isinstance(item, str)):
            self._chosen(item)
        made = []
        for name, latex in (("Copy formula as text", False), ("Copy formula as LaTeX", True)):
            action = QAction(name, self)
            action.triggered.connect(lambda _checked=False, latex=latex: self.copy(latex=latex))
            made.append(action)
        return made if self.record is not None else []

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        dress(self, theme)
        self.phases.restyle(theme)
        self.canvas.restyle(theme)
        self.card.restyle(theme)
        self.figure.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """What was drawn while nobody looked is laid out."""
        super().showEvent(event)
        self.figure.arrange()

    def _example(self, record: StepRecord) -> Pass | None:
        """The pass of the example that is chosen, kept while nothing changes."""
        if self.subject.kind == BATCH:
            return None
        row = self.subject.index
        if self.subject.kind != OF_DATA:
            row = int(record.batch.rows[min(row, len(record.batch.rows) - 1)])
        row = min(row, len(record.problem.data.x) - 1)
        if self._one is None or self._one[0] is not record or self._one[1] != row:
            self._one = record, row, example_pass(record, row)
        return self._one[2]

    def _redraw(self) -> None:
        record = self.record
        if record is not None:
            if self.selection is not None and not exists(self.selection, record.network.sizes):
                self.selection = Unit(1, 0)
            self.subject.offer(len(record.batch.rows), len(record.problem.data.x))
        self.canvas.show_look(self.look, self.selection, self.front, self._caption())
        self.card.show_formula(self.formula, typeset=not self._playing)
        self.figure.arrange()
        if self.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            self.picture_part()

    def _caption(self) -> str:
        record, look = self.record, self.look
        if record is None or look is None:
            return ""
        step = f"Step {count(record.step)} → {count(record.step + 1)}"
        if record.status != "running":
            step = f"Step {count(record.step)}, where the run ended; next would be"
        if record.touched and self.phase == "update":
            step += ", then changed by hand"
        if look.one is None:
            return f"{step} · batch of {count(record.batch.n)} examples"
        return f"{step} · example {count(int(look.one.rows[0]) + 1)}"

    def _phase_chosen(self) -> None:
        self.front = None
        self.phases.show_phase(self.phase)
        self._end_walk()

    def _chosen(self, item: object) -> None:
        self.selection = item if item is None or not isinstance(item, str) else None  # type: ignore[assignment]
        self._redraw()
        if isinstance(item, Unit) and item.layer > 0:
            self.unit_selected.emit(item.layer, item.unit)

    def _walk(self, going: bool) -> None:  # noqa: FBT001 (a slot)
        if not going:
            self._end_walk()
            return
        self.phases.show_phase("forward")
        self.front = 0
        self._clock.start()
        self._redraw()

    def _end_walk(self) -> None:
        self._clock.stop()
        self.phases.stop_walk()
        self.front = None
        self._redraw()
