"""What the drawings of the surface share: they show a race on its ground, and starts are put and dragged on them."""

from PySide6.QtCore import Signal

from nnviz.experiment.descent.basins import Basins
from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.phases import StepPhases
from nnviz.experiment.descent.race import RaceRecord
from nnviz.experiment.descent.specification import Descent
from nnviz.ui.plots.descent.overlays import arrows_of, marks_of, paths_of
from nnviz.ui.plots.descent.race_numbers import HEIGHT, Table, coordinate_names, race_table
from nnviz.ui.plots.surface.surface_view import SurfaceView


class Land(SurfaceView):
    """start_put: the place of a click. start_moved: whose start (None: the common one), where, whether let go.
    basins_asked: True to compute them, False to stop or hide them.
    """

    start_put = Signal(object)
    start_moved = Signal(object, object, bool)
    basins_asked = Signal(bool)

    spec = Descent()
    ground: Ground | None = None
    record: RaceRecord | None = None
    step = 0
    phases: StepPhases | None = None
    shown = 0
    owners: list[int | None]

    def show_ground(self, spec: Descent, ground: Ground) -> None:
        """Another surface, other starts or runners."""
        changed = self.ground is not ground
        self.spec, self.ground = spec, ground
        if changed:
            self.draw_ground(ground)
        marks, self.owners = marks_of(spec, ground, self.theme)
        self.show_marks(marks)

    def draw_ground(self, ground: Ground) -> None:
        """Samples and draws it."""
        raise NotImplementedError

    def show_race(self, record: RaceRecord, step: int) -> None:
        """How far the runners are."""
        self.record, self.step = record, step
        self.show_paths(paths_of(self.spec, record, step, self.theme))

    def show_phases(self, phases: StepPhases | None, shown: int) -> None:
        """The vectors of a step's first ``shown`` phases; None for none."""
        self.phases, self.shown = phases, shown
        arrows = arrows_of(phases, shown, self.heights(), self.theme) if phases is not None and shown else []
        self.show_arrows(arrows)

    def show_basins(self, found: Basins | None, share: float | None = None) -> None:
        """Basins so far; share: of the starts that are done, None when nobody computes any more."""

    def coordinates(self) -> tuple[str, ...]:
        """Of this surface."""
        return (*coordinate_names(self.spec), HEIGHT)

    def more_numbers(self) -> dict[str, Table]:
        """What lies on it; the runners' ways with every step, also where fewer are drawn."""
        return super().more_numbers() | {"paths": race_table(self.spec, self.record)}

    def heights(self) -> tuple[float, float]:
        """The heights shown, lowest and highest."""
        return 0.0, 1.0

    def recolor(self) -> None:
        """Paths, marks and vectors in the theme's colours."""
        if self.ground is not None:
            self.show_ground(self.spec, self.ground)
        if self.record is not None:
            self.show_race(self.record, self.step)
        self.show_phases(self.phases, self.shown)

    def put(self, x: float, y: float) -> None:
        """A click."""
        if self.ground is not None:
            self.start_put.emit((x, y)[: self.ground.dimension])

    def drag(self, index: int, x: float, y: float, *, let_go: bool) -> None:
        """A mark is moved."""
        if self.ground is not None and index < len(self.owners):
            self.start_moved.emit(self.owners[index], (x, y)[: self.ground.dimension], let_go)
