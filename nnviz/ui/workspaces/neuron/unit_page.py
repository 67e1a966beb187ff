"""The first page: one neuron, its arithmetic, its activation and its decision."""

from nnviz.experiment.neuron.specification import Neuron, UnitSpec
from nnviz.experiment.specification import DrawnPoint, replace
from nnviz.ui.panels.neuron.unit_panel import UnitPanel
from nnviz.ui.plots.neuron.activation_figure import ActivationFigure
from nnviz.ui.plots.neuron.neuron_drawing import NeuronDrawing
from nnviz.ui.plots.neuron.unit_plane import UnitPlane
from nnviz.ui.widgets.pane_grid import PaneGrid
from nnviz.ui.workspaces.neuron.page import NeuronPage


class UnitPage(NeuronPage):
    """Edits `Neuron.unit`."""

    def __init__(self) -> None:
        self.numbers_panel = UnitPanel()
        self.drawing, self.activation, self.plane = NeuronDrawing(), ActivationFigure(), UnitPlane()
        super().__init__(self.numbers_panel, [self.drawing, self.activation, self.plane])
        self.unit = UnitSpec()
        panes = self.panes
        below = [("Activation", panes[self.activation]), ("Decision", panes[self.plane])]
        self.lay_out(PaneGrid([[("Neuron", panes[self.drawing])], below], columns=(9, 11), heights=(10, 9)))
        self.numbers_panel.edited.connect(self.edited)
        self.plane.input_moved.connect(self._move_input)
        self.plane.point_moved.connect(self._move_point)
        self.plane.point_added.connect(self._add_point)
        self.plane.point_toggled.connect(self._toggle_point)
        self.plane.point_removed.connect(self._remove_point)

    def show_document(self, document: Neuron) -> None:
        """Shows the unit."""
        self.unit = document.unit
        self._show(document.unit)

    def _show(self, unit: UnitSpec) -> None:
        self.numbers_panel.show_unit(unit)
        self.drawing.show_unit(unit)
        self.activation.show_unit(unit)
        self.plane.show_unit(unit)

    def _do(self, unit: UnitSpec, text: str, *, let_go: bool = True) -> None:
        """While something is dragged it is only shown; let go, it is an edit."""
        if let_go:
            self.edited.emit(unit, text)
        else:
            self._show(unit)

    def _move_input(self, x: float, y: float, let_go: bool) -> None:  # noqa: FBT001 (a slot)
        self._do(replace(self.unit, x=(x, y, *self.unit.x[2:])[: len(self.unit.x)]), "move the input", let_go=let_go)

    def _move_point(self, index: int, x: float, y: float, let_go: bool) -> None:  # noqa: FBT001 (a slot)
        self._put(index, DrawnPoint((x, y), self.unit.points[index].y), "move point", let_go=let_go)

    def _toggle_point(self, index: int) -> None:
        point = self.unit.points[index]
        self._put(index, replace(point, y=1.0 - point.y), "switch class")

    def _put(self, index: int, point: DrawnPoint, text: str, *, let_go: bool = True) -> None:
        points = (*self.unit.points[:index], point, *self.unit.points[index + 1 :])
        self._do(replace(self.unit, points=points), text, let_go=let_go)

    def _add_point(self, x: float, y: float, kind: int) -> None:
        self._do(replace(self.unit, points=(*self.unit.points, DrawnPoint((x, y), float(kind)))), "add point")

    def _remove_point(self, index: int) -> None:
        points = self.unit.points[:index] + self.unit.points[index + 1 :]
        self._do(replace(self.unit, points=points), "remove point")
