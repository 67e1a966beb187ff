"""A surface in space with paths on it, and the switches of its looks."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.surface.camera import Camera
from nnviz.ui.plots.surface.overlays import SurfaceArrow, SurfaceMark, SurfacePath, mark_height
from nnviz.ui.plots.surface.surface_canvas import SurfaceCanvas
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.plots.surface.surface_scene import SurfaceScene
from nnviz.ui.plots.surface.surface_view import EMPTY, SurfaceView
from nnviz.ui.plots.surface.tables import grid_table
from nnviz.ui.theme import Theme


class Surface3D(SurfaceView):
    """Drag turns it, the wheel zooms, a click is a start. canvas: the drawing itself, with the camera's signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Surface in space", parent)
        self.canvas = SurfaceCanvas()
        self.canvas.message = EMPTY
        self.canvas.clicked.connect(self.clicked)
        self.drawing.addWidget(self.canvas, 1)
        self.scale = Segments(
            "Heights",
            [
                ("linear", "Linear", "Heights as they are"),
                ("log", "Log", "Heights and colours by powers of ten: shows the floor of a deep valley"),
            ],
        )
        self.scale.chosen.connect(self._look)
        self.controls.addWidget(self.scale)
        self.shading = self.switch("Shading", "Light from the upper left, which shows the form", on=True)
        self.wire = self.switch("Wire", "Lines of the grid on the surface")
        self.shadow = self.switch("Shadow", "The paths also on the floor, where their x and y can be read")
        self.perspective = self.switch("Perspective", "What is farther away is smaller", on=True)
        for chip in (self.shading, self.wire, self.shadow):
            chip.toggled.connect(self._look)
        self.perspective.toggled.connect(self._look)
        self.reset = self.reset_button()
        self.set_theme(self.theme)

    @property
    def grid(self) -> SurfaceGrid | None:
        """The surface that is shown."""
        return None if self.canvas.scene is None else self.canvas.scene.grid

    @property
    def camera(self) -> Camera:
        """From where it is looked at."""
        return self.canvas.home if self.canvas.scene is None else self.canvas.scene.camera

    def set_camera(self, camera: Camera, *, home: bool = False) -> None:
        """Looks from elsewhere; home: a reset leads there too."""
        self.perspective.blockSignals(True)
        self.perspective.setChecked(camera.perspective)
        self.perspective.blockSignals(False)
        self.canvas.set_camera(camera, home=home)

    def show_grid(self, grid: SurfaceGrid | None) -> None:
        """Another surface, None for none. The camera stays."""
        if grid is None:
            self.canvas.message = EMPTY
            self.canvas.show_scene(None)
            return
        self.canvas.message = ""
        scene = SurfaceScene(grid, self.paths, self.marks, self.arrows, self.camera, **self._looks())
        self.canvas.show_scene(scene)
        self.show_legend()

    def show_paths(self, paths: Sequence[SurfacePath], *, animated: bool = False) -> None:
        """animated: more will follow at once."""
        super().show_paths(paths)
        self.canvas.change(animated=animated, paths=tuple(paths))

    def show_marks(self, marks: Sequence[SurfaceMark]) -> None:
        """Other marked points."""
        super().show_marks(marks)
        self.canvas.change(marks=tuple(marks))

    def show_arrows(self, arrows: Sequence[SurfaceArrow]) -> None:
        """Other vectors."""
        super().show_arrows(arrows)
        self.canvas.change(arrows=tuple(arrows))

    def show_message(self, text: str) -> None:
        """In place of the surface; empty shows it again."""
        self.canvas.message = text or ("" if self.grid is not None else EMPTY)
        self.canvas.update()

    def set_looks(
        self,
        *,
        logarithmic: bool | None = None,
        shading: bool | None = None,
        wire: bool | None = None,
        shadow: bool | None = None,
    ) -> None:
        """Sets switches without telling; None leaves one as it is."""
        if logarithmic is not None:
            self.scale.choose("log" if logarithmic else "linear")
        for chip, on in ((self.shading, shading), (self.wire, wire), (self.shadow, shadow)):
            if on is not None:
                chip.blockSignals(True)
                chip.setChecked(on)
                chip.blockSignals(False)
        self._look()

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        self.canvas.restyle(theme)

    def forget_cursor(self) -> None:
        """Hides the readout."""
        self.canvas.forget_cursor()

    def reset_range(self) -> None:
        """Looks from where it looked first."""
        self.canvas.reset_range()

    def numbers(self) -> Table:
        """The samples of the surface."""
        return grid_table(self.grid, self.coordinates())

    def coordinates(self) -> tuple[str, ...]:
        """As the surface names them."""
        return ("x", "y", "z") if self.grid is None else (self.grid.x_name, self.grid.y_name, self.grid.z_name)

    def height_of(self, mark: SurfaceMark) -> float:
        """Its own, or the surface's there."""
        return float("nan") if self.grid is None else mark_height(mark, self.grid)

    def entries(self) -> list[Entry]:
        """The paths, and what a gap in the surface means."""
        holes = self.grid is not None and self.grid.holes
        hole = [Entry("no value here", self.theme.color("dead", 0.6), "block")] if holes else []
        return [*super().entries(), *hole]

    def _looks(self) -> dict[str, bool]:
        return {
            "logarithmic": self.scale.key == "log",
            "shading": self.shading.isChecked(),
            "wire": self.wire.isChecked(),
            "shadow": self.shadow.isChecked(),
        }

    def _look(self, *_: object) -> None:
        camera = self.camera
        if camera.perspective != self.perspective.isChecked():
            camera = Camera(camera.azimuth, camera.elevation, camera.zoom, self.perspective.isChecked())
        self.canvas.change(camera=camera, **self._looks())
