"""The third page: what the bias does for a line, and the cost as a landscape over w and b."""

from nnviz.experiment.neuron.line_fit import data_of, turned
from nnviz.experiment.neuron.specification import LineSpec, Neuron
from nnviz.experiment.specification import DrawnPoint, replace
from nnviz.ui.panels.neuron.line_panel import LinePanel
from nnviz.ui.plots.neuron.cost_figure import CostFigure
from nnviz.ui.plots.neuron.fits_figure import FitsFigure
from nnviz.ui.plots.neuron.line_figure import LineFigure
from nnviz.ui.widgets.pane_grid import PaneGrid
from nnviz.ui.workspaces.neuron.page import NeuronPage


class LinePage(NeuronPage):
    """Edits `Neuron.line`."""

    def __init__(self) -> None:
        self.numbers_panel = LinePanel()
        self.line, self.cost, self.fits = LineFigure(), CostFigure(), FitsFigure()
        super().__init__(self.numbers_panel, [self.line, self.cost, self.fits])
        self.spec = LineSpec()
        panes = self.panes
        upper = [("Your line", panes[self.line]), ("Cost", panes[self.cost])]
        self.lay_out(PaneGrid([upper, [("Best lines", panes[self.fits])]], columns=(1, 1)))
        self.numbers_panel.edited.connect(self.edited)
        self.line.bias_moved.connect(self._lift)
        self.line.end_moved.connect(self._turn)
        self.line.point_moved.connect(self._move_point)
        self.line.point_added.connect(self._add_point)
        self.line.point_removed.connect(self._remove_point)
        self.cost.line_moved.connect(self._move_line)

    def show_document(self, document: Neuron) -> None:
        """Shows the line."""
        self.spec = document.line
        self._show(document.line)

    def _show(self, spec: LineSpec) -> None:
        self.numbers_panel.show_spec(spec)
        self.line.show_spec(spec)
        self.cost.show_spec(spec)
        self.fits.show_spec(spec)

    def _do(self, spec: LineSpec, text: str, *, let_go: bool) -> None:
        """While something is dragged it is only shown; let go, it is an edit."""
        if let_go:
            self.edited.emit(spec, text)
        else:
            self._show(spec)

    def _lift(self, b: float, let_go: bool) -> None:  # noqa: FBT001 (a slot)
        # With the bias off the knob is closed: the line stays where it is.
        self._do(replace(self.spec, b=b) if self.spec.bias else self.spec, "lift the line", let_go=let_go)

    def _turn(self, x: float, y: float, let_go: bool) -> None:  # noqa: FBT001 (a slot)
        self._do(replace(self.spec, w=turned(data_of(self.spec), self.spec, (x, y))), "turn the line", let_go=let_go)

    def _move_line(self, w: float, b: float, let_go: bool) -> None:  # noqa: FBT001 (a slot)
        spec = replace(self.spec, w=w, b=b if self.spec.bias else self.spec.b)
        self._do(spec, "move the line", let_go=let_go)

    def _move_point(self, index: int, x: float, y: float, let_go: bool) -> None:  # noqa: FBT001 (a slot)
        points = (*self.spec.points[:index], DrawnPoint((x,), y), *self.spec.points[index + 1 :])
        self._do(replace(self.spec, points=points), "move point", let_go=let_go)

    def _add_point(self, x: float, y: float) -> None:
        points = (*self.spec.points, DrawnPoint((x,), y))
        self._do(replace(self.spec, points=points), "add point", let_go=True)

    def _remove_point(self, index: int) -> None:
        points = self.spec.points[:index] + self.spec.points[index + 1 :]
        self._do(replace(self.spec, points=points), "remove point", let_go=True)
