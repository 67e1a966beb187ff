"""The corners of a truth table, and the line, or the two lines, that are to part them."""

from PySide6.QtCore import Signal

from nnviz.experiment.neuron.decision_line import DecisionLine
from nnviz.experiment.neuron.perceptron_rule import RuleRun, run_rule
from nnviz.experiment.neuron.plane import plane_of_line, plane_of_network
from nnviz.experiment.neuron.specification import PerceptronSpec
from nnviz.experiment.neuron.truth_tables import corner, right_rows, rows
from nnviz.experiment.neuron.two_layers import truth_table
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.plots.neuron.plane_chart import PlaneChart
from nnviz.ui.plots.neuron.plane_ink import Dot, Stroke


class GatePlane(ChartFigure):
    """A double click on a corner, or Enter, switches its target."""

    key = "perceptron-plane"
    title = "Plane of the two inputs"

    target_toggled = Signal(int)
    """The row."""

    def __init__(self) -> None:
        super().__init__()
        self.run = run_rule(PerceptronSpec())
        self.spec = self.run.spec
        self.chart = PlaneChart()
        self.chart.movable = False
        self.chart.setAccessibleName("Plane of the two inputs, with the rows of the truth table as points")
        self.chart.setAccessibleDescription("Page Up and Page Down choose a row, Enter switches its target")
        self.chart.toggled.connect(self.target_toggled)
        self.chart.reshaped.connect(self.redraw)
        self.chart.probe = self._readout
        self.column.addWidget(self.chart, 1)
        self.set_theme(self.theme)

    def show_run(self, run: RuleRun, spec: PerceptronSpec) -> None:
        """The rule's run and how far it is, or the network."""
        self.run, self.spec = run, spec
        self.redraw()

    @property
    def line(self) -> DecisionLine:
        """The perceptron's, as it is now."""
        return _line(self.run.weights(self.spec.step))

    def redraw(self) -> None:
        """Regions, lines, and the corners with their targets."""
        if self.spec.model == "network":
            self._draw_network()
        else:
            self._draw_perceptron()
        self.chart.show_handles([corner(row) for row in rows(len(self.spec.start))])
        self.chart.left.rename("x₂" if len(self.spec.start) > 1 else "(there is no second input)")
        self.chart.refresh_readout()

    def _draw_perceptron(self) -> None:
        theme, spec, line = self.theme, self.spec, self.line
        weights, last = self.run.weights(spec.step), self.run.last(spec.step)
        strokes = [Stroke(line, theme.color("text"))]
        if last is not None and last.error:
            strokes.append(Stroke(_line(last.before), theme.color("muted"), faint=True))
        right = right_rows(weights[:-1], weights[-1], spec.targets)
        dots = [
            Dot(corner(row), spec.targets[number], right[number], str(spec.targets[number]),
                last is not None and last.row == number)
            for number, row in enumerate(rows(len(spec.start)))
        ]  # fmt: skip
        self.chart.show_plane(plane_of_line(line, self.chart.aspect), strokes, dots, arrows=True)
        entries = [Entry("w·x + b = 0", theme.color("text"), "line")]
        if len(strokes) > 1:
            entries.append(Entry("before this step", theme.color("muted"), "dashed"))
        entries.append(Entry("rows right", None, "", f"{sum(right)} of {len(right)}"))
        if not line.exists:
            entries.append(Entry("all weights are 0: no line yet", None, ""))
        self.legend.show_entries(entries)

    def _draw_network(self) -> None:
        theme, spec = self.theme, self.spec
        plane = plane_of_network(spec.network, self.chart.aspect)
        colors = (theme.layer_color(1, 2), theme.color("text"))
        strokes = [
            Stroke(line, color, name) for line, color, name in zip(plane.lines, colors, ("h₁", "h₂"), strict=True)
        ]
        table = truth_table(spec)
        dots = [
            Dot(corner(row.x), row.target, row.output == row.target, str(row.target)) for row in table
        ]  # fmt: skip
        self.chart.show_plane(plane, strokes, dots)
        right = sum(dot.right for dot in dots)
        self.legend.show_entries([
            Entry("hidden unit h₁", colors[0], "line"),
            Entry("hidden unit h₂", colors[1], "line"),
            Entry("rows right", None, "", f"{right} of {len(dots)}"),
        ])  # fmt: skip

    def numbers(self) -> list[tuple[str, ...]]:
        """The rows of the truth table with their targets."""
        pairs = zip(rows(len(self.spec.start)), self.spec.targets, strict=True)
        return [("x1", "x2", "target"), *((*(plain(part) for part in corner(row)), str(y)) for row, y in pairs)]

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """The lines w1 x1 + w2 x2 + b = 0."""
        lines = [self.line]
        if self.spec.model == "network":
            lines = [DecisionLine(unit.w, unit.b) for unit in self.spec.network[:2]]
        table = [(str(number), *(plain(part) for part in (*line.w, line.b))) for number, line in enumerate(lines, 1)]
        return {"lines": [("line", "weight w1", "weight w2", "bias b"), *table]}

    def _readout(self, x: float, y: float) -> Readout:
        place = f"x₁ {full(x)}\nx₂ {full(y)}"
        if self.spec.model == "network":
            sums = [DecisionLine(unit.w, unit.b).sum_at((x, y)) for unit in self.spec.network[:2]]
            return Readout(f"{place}\nh₁: {short(sums[0])}\nh₂: {short(sums[1])}")
        return Readout(f"{place}\nw·x + b {full(self.line.sum_at((x, y)))}")


def _line(weights: tuple[float, ...]) -> DecisionLine:
    return DecisionLine((weights[0], weights[1] if len(weights) > 2 else 0.0), weights[-1])
