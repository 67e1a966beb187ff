"""One picture of a scene while it is taken: the scene, its mesh, and where everything comes to lie."""

from dataclasses import dataclass

from nnviz.ui.plots.surface.camera import Projection
from nnviz.ui.plots.surface.mesh import Frame, Mesh
from nnviz.ui.plots.surface.surface_scene import SurfaceScene
from nnviz.ui.theme import Theme


@dataclass(frozen=True, eq=False)
class Shot:
    """What every part of the painter is given."""

    scene: SurfaceScene
    frame: Frame
    mesh: Mesh
    projection: Projection
    theme: Theme

    @property
    def cell(self) -> float:
        """The length of a cell of the mesh in the box: so far something on it may seem to be behind it."""
        return 2.0 / (min(self.frame.grid.z.shape) - 1)
