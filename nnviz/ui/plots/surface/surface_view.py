"""What the map, the picture in space and the curve have in common: controls above, a legend, a figure for slides."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from nnviz.ui.plots.charts.dress import dress_all
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.surface.overlays import SurfaceArrow, SurfaceMark, SurfacePath
from nnviz.ui.plots.surface.tables import arrow_table, mark_table, path_table
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.column import below_controls, in_column
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.folding_bar import FoldingBar

EMPTY = "Type an expression or choose a surface."


class SurfaceView(Figure):
    """Subclasses put their drawing into ``figure`` and draw ``paths``, ``marks`` and ``arrows``.

    clicked: (x, y) of the surface, to be a start.
    """

    clicked = Signal(float, float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paths: Sequence[SurfacePath] = ()
        self.marks: Sequence[SurfaceMark] = ()
        self.arrows: Sequence[SurfaceArrow] = ()
        self.setAccessibleName(name)
        self.setAutoFillBackground(True)
        self.bar = self.controls = FoldingBar()
        self.controls.setContentsMargins(4, 2, 4, 2)
        self.controls.setSpacing(8)
        self.figure, self.legend = QWidget(), Legend()
        self.figure.setAutoFillBackground(True)
        self.drawing = in_column(self.figure, self.legend)
        below_controls(self, self.bar, self.figure)

    def picture_part(self) -> QWidget:
        """What belongs on a slide."""
        return self.figure

    def show_paths(self, paths: Sequence[SurfacePath]) -> None:
        """Other paths, or the same ones grown."""
        self.paths = paths
        self.show_legend()

    def show_marks(self, marks: Sequence[SurfaceMark]) -> None:
        """Other marked points."""
        self.marks = marks

    def show_arrows(self, arrows: Sequence[SurfaceArrow]) -> None:
        """Other vectors."""
        self.arrows = arrows

    def show_message(self, text: str) -> None:
        """A sentence in place of the drawing; empty takes it away."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        dress_all(self, theme)
        for control in [*self.findChildren(Chip), *self.findChildren(QToolButton)]:
            control.setFont(theme.font())
        self.show_legend()

    def forget_cursor(self) -> None:
        """Hides what is shown because the mouse is there."""
        raise NotImplementedError

    def reset_range(self) -> None:
        """Back from wherever the user zoomed or turned to."""
        raise NotImplementedError

    def numbers(self) -> Table:
        """What is drawn, as a table: a row of headings, then rows of numbers in full precision."""
        raise NotImplementedError

    def coordinates(self) -> tuple[str, ...]:
        """Headings: of what the axes show, the height last."""
        raise NotImplementedError

    def height_of(self, mark: SurfaceMark) -> float:
        """The height of a marked point; nan where there is none."""
        raise NotImplementedError

    def more_numbers(self) -> dict[str, Table]:
        """Paths, marked points and vectors."""
        names = self.coordinates()
        return {
            "paths": path_table(self.paths, names),
            "marks": mark_table(self.marks, self.height_of, names),
            "vectors": arrow_table(self.arrows, names),
        }

    def entries(self) -> list[Entry]:
        """Of the legend: each path that has a name, once."""
        named: dict[str, Entry] = {}
        for path in self.paths:
            if path.label:
                named.setdefault(path.label, Entry(path.label, path.color, "dashed" if path.dashed else "line"))
        return list(named.values())

    def show_legend(self) -> None:
        """Says anew what the colours mean."""
        self.legend.show_entries(self.entries())

    def switch(self, text: str, tip: str, *, on: bool = False) -> Chip:
        """A new switch among the controls."""
        chip = Chip(text)
        chip.setChecked(on)
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        explain(chip, text, tip)
        self.controls.addWidget(chip)
        return chip

    def _reset_clicked(self) -> None:
        self.reset_range()

    def reset_button(self) -> QToolButton:
        """A new button at the end of the controls that resets the view."""
        button = QToolButton()
        button.setText("Reset view")
        button.setAutoRaise(True)
        explain(button, "Reset view", "Back to the view it began with; a double click and the key Home do the same")
        button.clicked.connect(self._reset_clicked)
        self.controls.addStretch(1)
        self.controls.addWidget(button)
        return button
