"""The surface in space with the runners' paths."""

from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.race import RaceRecord
from nnviz.experiment.descent.samples import SPACE_SIDE
from nnviz.ui.plots.descent.descent_map import STEEP, grid_of
from nnviz.ui.plots.descent.land import Land
from nnviz.ui.plots.descent.overlays import paths_of
from nnviz.ui.plots.surface.surface_3d import Surface3D
from nnviz.ui.theme import Theme


class DescentSpace(Land, Surface3D):
    """Drag turns it, the wheel zooms, a click puts a start."""

    key = "descent-space"
    title = "Surface in space"
    tab = "3-D"

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(self.key)
        self.clicked.connect(self.put)

    def draw_ground(self, ground: Ground) -> None:
        """Its heights."""
        if ground.dimension == 2:
            self.scale.choose("log" if self.spec.surface.name in STEEP else "linear")
            self.show_grid(grid_of(ground, self.spec.surface.name, SPACE_SIDE))

    def show_race(self, record: RaceRecord, step: int, *, animated: bool = False) -> None:
        """animated: more will follow at once, so it may be drawn more coarsely."""
        self.record, self.step = record, step
        self.show_paths(paths_of(self.spec, record, step, self.theme), animated=animated)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        self.recolor()
