"""Small pictures side by side, one for each activation shown, over the same z: one cross-hair goes through all."""

import math
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from nnviz.engine.activations import Activation
from nnviz.experiment.activations.softmax_layer import value_and_slope
from nnviz.experiment.activations.specification import Activations
from nnviz.ui.plots.activations.line_style import line_style
from nnviz.ui.plots.activations.tile import Tile
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.wording import full, short
from nnviz.ui.plots.figure import WIDEST
from nnviz.ui.theme import Theme

COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4, 9: 3}
"""How many stand side by side, by their number; 4 beyond."""
TILE = 270, 160
"""Pixels that a tile needs to be legible."""
CROWDED = 6
"""From more than so many on there is no room for the sentences below the names."""
ROOMY = 4
"""Up to so many there is room for four digits of both numbers; all digits are beside the mouse."""
STEPS = 120
"""Presses of an arrow key from one end of z to the other."""


class Multiples(ChartFigure):
    """pointed: the z that the cross-hair is at, nan for none. Arrow keys move it, Home puts it at 0, Escape hides it.

    Subclasses say which activations they draw, make a tile's inks, and fill it.
    """

    pointed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.spec = Activations()
        self.tiles: dict[str, Tile] = {}
        self.z = math.nan
        self._grid_place = QWidget()
        self.grid = QGridLayout(self._grid_place)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(0)
        self.column.addWidget(self._grid_place, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_theme(self.theme)

    # -- what subclasses say -----------------------------------------------------------------------------------------

    def activations(self) -> Sequence[Activation]:
        """Those that have a tile."""
        raise NotImplementedError

    def furnish(self, tile: Tile) -> None:
        """Makes the inks of a new tile."""
        raise NotImplementedError

    def depends_on(self, activation: Activation) -> tuple[object, ...]:
        """What a tile shows besides activation and theme: where that is the same it need not be drawn again."""
        raise NotImplementedError

    def fill(self, tile: Tile) -> None:
        """Draws what the specification says, in the theme's colours."""
        raise NotImplementedError

    def resting_text(self, tile: Tile) -> str:
        """What stands right of the name while no cross-hair is shown."""
        raise NotImplementedError

    def z_range(self) -> tuple[float, float]:
        """What all tiles show along z."""
        raise NotImplementedError

    def legible(self) -> QSize:
        """Room for the names and sentences of all tiles."""
        columns = COLUMNS.get(len(self.tiles), 4)
        rows = math.ceil(len(self.tiles) / columns)
        return QSize(min(WIDEST, max(self.room.width(), TILE[0] * columns)), 80 + TILE[1] * rows)

    # -- showing -----------------------------------------------------------------------------------------------------

    def show_spec(self, spec: Activations) -> None:
        """Another document."""
        self.spec = spec
        self.redraw()

    def redraw(self) -> None:
        """Draws all of it once more."""
        activations = self.activations()
        self._keep_tiles(activations)
        for activation in activations:
            tile = self.tiles[activation.name]
            tile.activation = activation
            tile.caption.setVisible(len(activations) <= CROWDED)
            if tile.drawn != (drawn := (activation, self.theme, *self.depends_on(activation))):
                tile.drawn = drawn
                self.fill(tile)
        self.point(self.z)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        for tile in self.tiles.values():
            tile.restyle(theme)
        super().set_theme(theme)

    def forget_cursor(self) -> None:
        """Hides the cross-hair in every tile."""
        super().forget_cursor()
        self.point(math.nan)

    def point(self, z: float) -> None:
        """The cross-hair at z in every tile, without telling; nan hides it."""
        self.z = z
        said = []
        for tile in self.tiles.values():
            if math.isnan(z):
                tile.chart.mark(None)
                tile.values.show_text(self.resting_text(tile))
                continue
            activation = tile.activation
            f, slope = value_and_slope(activation, self.spec.layer, z)
            dots = [(z, f, line_style(self.theme, activation.name).color), *self.slope_dots(z, slope)]
            digits = 2 if len(self.tiles) > CROWDED else 3 if len(self.tiles) > ROOMY else 4
            text = f"f {short(f, digits)}  f′ {short(slope, digits)}"
            tile.chart.mark(Readout("", z, dots))
            tile.values.show_text(text)
            said.append(f"{activation.label}: {text}")
        self.setAccessibleDescription("" if math.isnan(z) else f"z {short(z)}. " + "; ".join(said))

    def slope_dots(self, z: float, slope: float) -> list[tuple[float, float, QColor]]:  # noqa: ARG002 (those who draw f′)
        """Dots on the curve of f', where there is one."""
        return []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves the cross-hair."""
        low, high = self.z_range()
        step = (high - low) / STEPS * (0.1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0)
        start = (low + high) / 2.0 if math.isnan(self.z) else self.z
        places = {
            Qt.Key.Key_Left: max(low, start - step),
            Qt.Key.Key_Right: min(high, start + step),
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_Escape: math.nan,
        }
        if event.key() in places:
            self._tell(round(places[Qt.Key(event.key())], 9))
        else:
            super().keyPressEvent(event)

    def _exactly(self, tile: Tile, z: float, _y: float) -> Readout:
        """All digits, beside the mouse."""
        f, slope = value_and_slope(tile.activation, self.spec.layer, z)
        return Readout(f"z {full(z)}\nf {full(f)}\nf′ {full(slope)}")

    def _tell(self, z: float) -> None:
        self.point(z)
        self.pointed.emit(z)

    def _keep_tiles(self, activations: Sequence[Activation]) -> None:
        """Makes tiles that are missing, lets go of the others, and puts them in their places."""
        names = [activation.name for activation in activations]
        if names == list(self.tiles):
            return
        for name in [name for name in self.tiles if name not in names]:
            tile = self.tiles.pop(name)
            self.grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        for activation in activations:
            if activation.name not in self.tiles:
                tile = self.tiles[activation.name] = Tile(activation)
                tile.chart.pointed.connect(self._tell)
                tile.chart.probe = partial(self._exactly, tile)
                self.furnish(tile)
                tile.restyle(self.theme)
                tile.chart.restyle(self.theme)
        self.tiles = {name: self.tiles[name] for name in names}
        columns = COLUMNS.get(len(names), 4)
        for place in range(max(12, self.grid.rowCount(), self.grid.columnCount())):
            self.grid.setRowStretch(place, int(place * columns < len(names)))
            self.grid.setColumnStretch(place, int(place < columns))
        for place, tile in enumerate(self.tiles.values()):
            self.grid.addWidget(tile, place // columns, place % columns)
            tile.show()
