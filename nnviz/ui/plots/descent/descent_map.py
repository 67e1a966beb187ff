"""The surface from above with the runners' paths, or the basins of its minima."""

from collections.abc import Sequence
from functools import partial

from nnviz.experiment.descent.basins import Basins
from nnviz.experiment.descent.examples import ExampleSteps
from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.samples import map_samples
from nnviz.experiment.descent.specification import REGRESSION
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.descent.basin_colors import basin_table, class_map
from nnviz.ui.plots.descent.basin_switch import BasinSwitch
from nnviz.ui.plots.descent.land import Land
from nnviz.ui.plots.descent.overlays import ARROWS, example_arrows, example_color
from nnviz.ui.plots.descent.race_numbers import Table, coordinate_names
from nnviz.ui.plots.surface.contour_map import ContourMap
from nnviz.ui.plots.surface.overlays import SurfaceArrow
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.theme import Theme

LINE_NAMES = ("w", "b")
"""Of the coordinates, where each place is a line through points."""
EXAMPLES_TIP = (
    "The step that each data point alone would ask of the chosen runner, −α∇ℓ, as thin arrows; "
    "their mean is the step of the whole data set, −α∇J"
)
STEEP = ("rosenbrock", "himmelblau", "beale")
"""Surfaces whose floor is seen only by powers of ten."""


class DescentMap(Land, ContourMap):
    """Click: a start. Drag a ring: move a start."""

    key = "descent-map"
    title = "Map of the surface"
    tab = "Map"

    def __init__(self) -> None:
        self.found: Basins | None = None
        self.cloud: ExampleSteps | None = None
        super().__init__()
        self.setObjectName(self.key)
        self.basins = BasinSwitch()
        self.controls.insertWidget(1, self.basins)
        self.examples = self.switch("Examples", EXAMPLES_TIP)
        self.controls.insertWidget(2, self.examples)
        self.examples.hide()
        self.basins.asked.connect(self.basins_asked)
        self.clicked.connect(self.put)
        self.chart.mark_moved.connect(partial(self.drag, let_go=False))
        self.chart.mark_dropped.connect(partial(self.drag, let_go=True))
        self.chart.setAccessibleDescription(f"{self.chart.accessibleDescription()}. Enter puts a start there")

    def draw_ground(self, ground: Ground) -> None:
        """Its heights in colours and lines."""
        self.reset_range()
        self.examples.setVisible(self.spec.surface.name == REGRESSION)
        self.scale.choose("log" if self.spec.surface.name in STEEP else "linear")
        self.show_grid(grid_of(ground, self.spec.surface.name))

    def show_examples(self, cloud: ExampleSteps | None) -> None:
        """Vectors of single data points around their mean; None takes them away."""
        if cloud is not None or self.cloud is not None:
            self.cloud = cloud
            self.show_phases(self.phases, self.shown)
            self.show_legend()

    def show_arrows(self, arrows: Sequence[SurfaceArrow]) -> None:
        """Vectors of a step, over those of single data points."""
        below: list[SurfaceArrow] = []
        if self.cloud is not None:
            # Without noise the step's own first vector is the mean.
            exact = self.phases is not None and self.shown > 0 and not self.phases.noise.any()
            below = example_arrows(self.cloud, self.theme, with_mean=not exact)
        super().show_arrows([*below, *arrows])

    def entries(self) -> list[Entry]:
        """Runners, basins, and what the thin vectors are."""
        found = super().entries()
        if self.cloud is not None:
            found.append(Entry("−α∇ℓ of each point", example_color(self.theme), "thin"))
            found.append(Entry("their mean, −α∇J", self.theme.color(ARROWS["gradient"][1])))
        return found

    def show_basins(self, found: Basins | None, share: float | None = None) -> None:
        """In place of the heights' colours; None puts these back."""
        self.found = found
        self.basins.show_share(share)
        self.basins.show_on(found is not None or share is not None)
        self.show_classes(None if found is None else class_map(found, self.theme))

    def more_numbers(self) -> dict[str, Table]:
        """With the basins, where they lead."""
        basins = {} if self.found is None else {"basins": basin_table(self.found, coordinate_names(self.spec))}
        return basins | super().more_numbers()

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        if self.found is not None:
            self.show_classes(class_map(self.found, theme))
        self.recolor()


def grid_of(ground: Ground, name: str, side: int | None = None) -> SurfaceGrid:
    """The samples of a surface over two coordinates. name: of the surface in a specification."""
    x, y, z = map_samples(ground) if side is None else map_samples(ground, side)
    names = LINE_NAMES if name == REGRESSION else ("x", "y")
    return SurfaceGrid(x, y, z, *names, "J")
