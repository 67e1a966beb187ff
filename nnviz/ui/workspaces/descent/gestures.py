"""What the mouse does on the figures becomes edits of the document: starts, points of a regression, rates."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from nnviz.experiment.descent.edits import rounded_place, with_runner, with_start, with_surface
from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.specification import MAX_POINTS, Descent
from nnviz.experiment.specification import replace
from nnviz.ui.workspaces.descent.stage import Stage

FAR = 1e12


class Gestures(QObject):
    """While something is dragged it is `previewed`, many times; let go, it is `edited`, once."""

    edited = Signal(object, str)
    """(the new Descent, what was done in words for the undo menu)."""
    previewed = Signal(object)
    refused = Signal(str)
    """Why it cannot be."""
    said = Signal(str)

    def __init__(
        self, stage: Stage, spec: Callable[[], Descent], ground: Callable[[], Ground], parent: QObject
    ) -> None:
        """spec, ground: the document and its surface as they are now."""
        super().__init__(parent)
        self._stage, self._spec, self._ground = stage, spec, ground
        for land in stage.lands:
            land.start_put.connect(self._put)
            land.start_moved.connect(self._move_start)
        stage.strip.rate_chosen.connect(self._take_rate)
        stage.data.point_moved.connect(self._move_point)
        stage.data.point_added.connect(self._add_point)
        stage.data.point_removed.connect(self._remove_point)

    def _put(self, place: tuple[float, ...]) -> None:
        """A click: of the chosen runner where it has a start of its own, else the common start."""
        runners, chosen = self._spec().runners, self._stage.chosen
        own = chosen < len(runners) and runners[chosen].start is not None
        self._move_start(chosen if own else None, place, True)

    def _move_start(self, owner: int | None, place: tuple[float, ...], let_go: bool) -> None:  # noqa: FBT001 (a slot)
        place = tuple(min(max(value, -FAR), FAR) for value in rounded_place(self._ground(), place))
        self._tell(with_start(self._spec(), place, owner), "start", let_go=let_go)

    def _take_rate(self, rate: float) -> None:
        spec, chosen = self._spec(), self._stage.chosen
        if spec.runners:
            runner = replace(spec.runners[chosen], learning_rate=rate)
            self.edited.emit(with_runner(spec, chosen, runner), "learning rate")
            self.said.emit(f"{runner.title} takes the rate {rate:g}.")

    def _move_point(self, index: int, x: float, y: float, let_go: bool) -> None:  # noqa: FBT001 (a slot)
        points = self._spec().surface.points
        self._set_points((*points[:index], (x, y), *points[index + 1 :]), "move point", let_go=let_go)

    def _add_point(self, x: float, y: float) -> None:
        points = self._spec().surface.points
        if len(points) < MAX_POINTS:
            self._set_points((*points, (x, y)), "add point")
        else:
            self.refused.emit(f"there are {MAX_POINTS} points, and more there may not be")

    def _remove_point(self, index: int) -> None:
        points = self._spec().surface.points
        if len(points) > 1:
            self._set_points((*points[:index], *points[index + 1 :]), "remove point")
        else:
            self.refused.emit("a line needs at least one point")

    def _set_points(self, points: tuple[tuple[float, float], ...], text: str, *, let_go: bool = True) -> None:
        spec = self._spec()
        self._tell(with_surface(spec, replace(spec.surface, points=points)), text, let_go=let_go)

    def _tell(self, spec: Descent, text: str, *, let_go: bool) -> None:
        if let_go and spec != self._spec():
            self.edited.emit(spec, text)
        else:
            # Let go where it was before: what is shown is the document again.
            self.previewed.emit(spec)
