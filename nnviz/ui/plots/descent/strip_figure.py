"""The same start at many learning rates side by side, and where the border of stability is."""

import math

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.rate_strip import RateStrip
from nnviz.experiment.descent.samples import SPACE_SIDE, curve_samples
from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.descent.wording import vector
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.ink import Floats
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import plain
from nnviz.ui.plots.descent.descent_map import grid_of
from nnviz.ui.plots.descent.race_numbers import HEIGHT, coordinate_names
from nnviz.ui.plots.descent.rate_ruler import RateRuler
from nnviz.ui.plots.descent.rate_tile import RateTile, factor_words, least_width
from nnviz.ui.plots.figure import WIDEST
from nnviz.ui.plots.surface.backdrop import Backdrop
from nnviz.ui.plots.surface.height_scale import HeightScale
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.theme import GRID, Theme

MOST_COLUMNS = 5
TILE = 150
"""Pixels of height in which a tile is legible."""
Samples = tuple[tuple[Floats, Floats] | None, SurfaceGrid | None]


class StripFigure(ChartFigure):
    """rate_chosen: of the tile that was clicked."""

    key = "descent-rates"
    title = "Learning rates side by side"
    tab = "Rates"

    rate_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.strip: RateStrip | None = None
        self.spec = Descent()
        self._ground: Ground | None = None
        self._samples: Samples = (None, None)
        self._back = Backdrop()
        self.ruler, self.tiles = RateRuler(), list[RateTile]()
        self._laid = 0, 0
        self.column.addWidget(self.ruler)
        holder = QWidget()
        self.grid = QGridLayout(holder)
        self.grid.setContentsMargins(GRID, 0, GRID, GRID // 2)
        self.grid.setSpacing(GRID // 2)
        # Rather scrolled than too small to be told apart.
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(holder)
        for part in (holder, self.area.viewport()):
            part.setAutoFillBackground(False)
        self.column.addWidget(self.area, 1)
        self.picture.installEventFilter(self)
        self.set_theme(self.theme)

    def show_strip(self, spec: Descent, ground: Ground, strip: RateStrip) -> None:
        """Other rates, another start or surface."""
        self.spec, self.strip = spec, strip
        self._samples = self._samples if ground is self._ground else _samples(spec, ground)
        self._ground = ground
        self._keep_tiles(len(strip.paths))
        curve, grid = self._samples
        if grid is not None:
            self._dress(grid)
        back = None if grid is None else self._back
        for tile, path in zip(self.tiles, strip.paths, strict=True):
            tile.show_path(path, factor_words(path), curve, back)
        self.ruler.show_strip(strip)
        self.redraw()

    def redraw(self) -> None:
        """The words above."""
        strip, theme = self.strip, self.theme
        if self._samples[1] is not None:
            self._dress(self._samples[1])
        self.ruler.restyle(theme)
        for tile in self.tiles:
            tile.restyle(theme)
        if strip is None:
            return
        name = "curvature f″" if len(strip.start) == 1 else "curvatures λ"
        where = "everywhere" if strip.exact else f"at the start {vector(strip.start, 3)}"
        known = all(map(math.isfinite, strip.eigenvalues.tolist()))
        words = f"{name} {where}:" if known else f"no curvature {where}"
        self.legend.show_entries([Entry(words, None, "", vector(strip.eigenvalues, 4) if known else ""),
                                  Entry(f"{self.spec.strip.steps} steps each")])  # fmt: skip

    def numbers(self) -> list[tuple[str, ...]]:
        """The steps of each rate."""
        strip = self.strip
        if strip is None:
            return []
        table: list[tuple[str, ...]] = [("learning rate", "step", *coordinate_names(self.spec), HEIGHT)]
        for path in strip.paths:
            for step, (place, value) in enumerate(zip(path.positions.tolist(), path.values.tolist(), strict=True)):
                table.append((plain(path.rate), str(step), *map(plain, place), plain(value)))
        return table

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """What each rate does, and the limits that the curvature sets."""
        strip = self.strip
        if strip is None:
            return {}
        factors = [f"factor {number} of a step" for number in range(1, len(strip.eigenvalues) + 1)]
        rates = [(plain(path.rate), path.verdict, *map(plain, path.factors.tolist())) for path in strip.paths]
        limits = [(f"curvature {number}", plain(value)) for number, value in enumerate(strip.eigenvalues.tolist(), 1)]
        limits += [("smooth below this learning rate", plain(strip.smooth_limit))]
        limits += [("diverges above this learning rate", plain(strip.stability_limit))]
        return {"rates": [("learning rate", "verdict", *factors), *rates], "limits": [("limit", "value"), *limits]}

    def legible(self) -> QSize:
        """Room for all tiles, as many beside each other as can say what they are."""
        columns = self._columns(WIDEST)
        high = TILE * math.ceil(len(self.tiles) / columns)
        return QSize(WIDEST, self.legend.height() + self.ruler.sizeHint().height() + high)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        self.ruler.restyle(theme)
        self._lay_tiles()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another width of the picture has room for more tiles beside each other, or fewer."""
        if event.type() == QEvent.Type.Resize:
            self._lay_tiles()
        return super().eventFilter(watched, event)

    def _dress(self, grid: SurfaceGrid) -> None:
        """The map that all tiles show, drawn once."""
        if grid is not self._back.grid or self.theme != self._back.theme:
            self._back.show_ground(grid, HeightScale.of(grid.z), None, self.theme)

    def _keep_tiles(self, wanted: int) -> None:
        while len(self.tiles) > wanted:
            tile = self.tiles.pop()
            self.grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        while len(self.tiles) < wanted:
            tile = RateTile()
            tile.chosen.connect(self.rate_chosen)
            self.tiles.append(tile)
        self._lay_tiles()

    def _lay_tiles(self) -> None:
        """As many beside each other as can say what they are."""
        columns = self._columns(self.picture.width())
        if (columns, len(self.tiles)) != self._laid:
            self._laid = columns, len(self.tiles)
            for place, tile in enumerate(self.tiles):
                self.grid.addWidget(tile, place // columns, place % columns)
                tile.show()

    def _columns(self, width: int) -> int:
        room = (width - 2 * GRID) // (least_width(self.theme) + GRID // 2)
        return max(1, min(len(self.tiles), MOST_COLUMNS, room))


def _samples(spec: Descent, ground: Ground) -> Samples:
    if ground.dimension == 1:
        return curve_samples(ground), None
    return None, grid_of(ground, spec.surface.name, SPACE_SIDE)
