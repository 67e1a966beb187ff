"""The second page: truth tables, the perceptron rule, what it cannot do, and the network that can."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from nnviz.experiment.neuron.perceptron_rule import RuleRun, run_rule
from nnviz.experiment.neuron.specification import MAX_STEPS, Neuron, PerceptronSpec
from nnviz.experiment.neuron.truth_tables import separable
from nnviz.experiment.neuron.two_layers import truth_table
from nnviz.experiment.specification import replace
from nnviz.ui.panels.neuron.perceptron_panel import PerceptronPanel
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.neuron.gate_plane import GatePlane
from nnviz.ui.plots.neuron.network_diagram import NetworkDiagram
from nnviz.ui.plots.neuron.rule_figure import RuleFigure
from nnviz.ui.plots.neuron.rule_text import ending
from nnviz.ui.plots.neuron.weights_chart import WeightsChart
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.note import Note
from nnviz.ui.widgets.pane_grid import PaneGrid
from nnviz.ui.workspaces.neuron.page import NeuronPage


class PerceptronPage(NeuronPage):
    """Edits `Neuron.perceptron`. A step of the rule is no edit: it is `noted`, as a run's time is."""

    noted = Signal(object)
    """The part with another step."""

    def __init__(self) -> None:
        self.table_panel = PerceptronPanel()
        self.plane, self.weights = GatePlane(), WeightsChart()
        self.rule, self.diagram = RuleFigure(), NetworkDiagram()
        super().__init__(self.table_panel, [self.plane, self.weights, self.rule, self.diagram])
        self.spec = PerceptronSpec()
        self.run: RuleRun = run_rule(self.spec)
        self.verdict = Note(level="muted")
        self._arrange()
        self.table_panel.edited.connect(self.edited)
        self.plane.target_toggled.connect(self._toggle_target)
        self.verdict.acted.connect(self._swap_model)

    def show_document(self, document: Neuron) -> None:
        """Shows the truth table and how far the rule is."""
        spec = document.perceptron
        if replace(spec, step=0) != replace(self.run.spec, step=0):
            self.run = run_rule(spec)
        self._show(spec)

    def figures_now(self) -> list[Figure]:
        """Those of the rule, or those of the network."""
        network = self.spec.model == "network"
        return [self.plane, self.diagram] if network else [self.plane, self.weights, self.rule]

    @property
    def finished(self) -> bool:
        """Whether more steps would change nothing."""
        return self.run.learned is not None and self.spec.step >= len(self.run.steps)

    def advance(self, step: int) -> None:
        """Goes to a step of the run."""
        step = min(step, MAX_STEPS)
        if step != self.spec.step:
            self._show(replace(self.spec, step=step))
            self.noted.emit(self.spec)

    def _show(self, spec: PerceptronSpec) -> None:
        self.spec = spec
        network = spec.model == "network"
        self.table_panel.show_spec(spec)
        self.plane.show_run(self.run, spec)
        self.diagram.show_spec(spec)
        self.weights.show_run(self.run, spec.step)
        self.rule.show_run(self.run, spec.step)
        if network != bool(self.right.currentIndex()):
            self.grid.enlarge(None)
            self.right.setCurrentIndex(int(network))
            self.grid.offer(self.panes[self.rule], not network)
        self._judge(spec, network=network)

    def _judge(self, spec: PerceptronSpec, *, network: bool) -> None:
        if network:
            table = truth_table(spec)
            right = sum(row.output == row.target for row in table)
            parts = "h₁ is OR, h₂ is NAND, and y is their AND." if spec.network == PerceptronSpec().network else ""
            self.verdict.say(
                "Each hidden unit draws a line of its own, and the output unit combines their two answers. "
                f"{parts} {right} of {len(table)} rows are right.".replace("  ", " "),
                "Back to one perceptron",
            )
        else:
            self.verdict.say(
                ending(self.run, spec.step), "" if separable(spec.targets) else "Show the network that can"
            )

    def _arrange(self) -> None:
        panes = self.panes
        self.right = QStackedWidget()
        self.right.addWidget(panes[self.weights])
        self.right.addWidget(panes[self.diagram])
        self.verdict.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        upper = [("Plane", panes[self.plane]), ("Weights", self.right)]
        grid = PaneGrid([upper, [("Rule", panes[self.rule])]], columns=(1, 1), heights=(13, 7))
        self.lay_out(grid, above=self.verdict)

    def _toggle_target(self, row: int) -> None:
        targets = list(self.spec.targets)
        targets[row] = 1 - targets[row]
        self.edited.emit(replace(self.spec, targets=tuple(targets), step=0), "target")

    def _swap_model(self) -> None:
        other = "perceptron" if self.spec.model == "network" else "network"
        self.edited.emit(replace(self.spec, model=other), "model")
