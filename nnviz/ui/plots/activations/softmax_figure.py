"""softmax, shown for what it is: three sums of a layer become three shares of 1, and each depends on all."""

import numpy
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout

from nnviz.experiment.activations.softmax_layer import UNITS, SoftmaxLayer, shares_of, softmax_layer
from nnviz.experiment.activations.specification import Activations
from nnviz.ui.plots.activations.line_style import SOLID, LineStyle, StyledCurve
from nnviz.ui.plots.activations.linked_chart import LinkedChart
from nnviz.ui.plots.activations.table_figure import Cell, Heading, TableFigure
from nnviz.ui.plots.charts.axes import NumberAxis, PlaceAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.theme import GRID

SUBSCRIPTS = "₁₂₃"


class Shares(Ink):
    """A bar for each output, with its share above."""

    def __init__(self) -> None:
        super().__init__(depth=2.0)
        self.shares = numpy.zeros(UNITS)

    def show_shares(self, shares: numpy.ndarray) -> None:
        """Other outputs."""
        self.shares = shares
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Three bars."""
        painter.setFont(self.theme.font(bold=True))
        height = 1.6 * self.theme.text_pixels
        for place, share in enumerate(self.shares):
            (x0, y), (x1, foot) = mapping.at(place - 0.32, share), mapping.at(place + 0.32, 0.0)
            painter.fillRect(QRectF(x0, y, x1 - x0, foot - y), self.theme.class_color(place + 1))
            painter.setPen(self.theme.color("text"))
            room = QRectF(x0 - 30.0, max(0.0, y - height), x1 - x0 + 60.0, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, short(float(share), 3))


class SoftmaxFigure(ChartFigure):
    """Left: the outputs. Right: what becomes of all three while z₁ alone moves."""

    key = "activation-softmax"
    room = QSize(500, 260)
    title = "softmax is of a whole layer: aᵢ = exp zᵢ / Σⱼ exp zⱼ"

    def __init__(self) -> None:
        super().__init__()
        self.spec = Activations()
        self.layer: SoftmaxLayer = softmax_layer(self.spec.layer)
        names = PlaceAxis("bottom", "output of the layer")
        names.names = [f"a{index}" for index in SUBSCRIPTS]
        self.bars = Chart(NumberAxis("left", "share"), names, grid="rows")
        self.bars.setAccessibleName("Outputs of the layer")
        self.bars.frame(-0.6, UNITS - 0.4, 0.0, 1.12)
        self.curves_chart = LinkedChart(NumberAxis("left", "all outputs"), NumberAxis("bottom", "z₁, the others fixed"))
        self.curves_chart.setAccessibleName("All outputs while the first input moves")
        self.shares = Shares()
        self.bars.add(self.shares)
        self.curves = [StyledCurve(2.6) for _ in range(UNITS)]
        for curve in self.curves:
            self.curves_chart.add(curve)
        self.curves_chart.probe = self._readout
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.bars, 2)
        row.addWidget(self.curves_chart, 3)
        self.column.addLayout(row, 1)
        self.set_theme(self.theme)

    def show_spec(self, spec: Activations) -> None:
        """Another document."""
        self.spec, self.layer = spec, softmax_layer(spec.layer)
        self.redraw()

    def redraw(self) -> None:
        """Bars, curves and the place of z₁."""
        theme, layer = self.theme, self.layer
        self.shares.show_shares(layer.shares)
        entries = []
        for place, curve in enumerate(self.curves):
            color = theme.class_color(place + 1)
            curve.restyle(LineStyle(color, SOLID))
            curve.show_data(layer.z, layer.outputs[:, place])
            entries.append(
                Entry(
                    f"z{SUBSCRIPTS[place]} = {short(self.spec.layer[place])}  →  a{SUBSCRIPTS[place]}",
                    color,
                    "block",
                    short(float(layer.shares[place])),
                )
            )
        self.legend.show_entries([*entries, Entry("sum", None, "", "1")])
        self.curves_chart.frame(float(layer.z[0]), float(layer.z[-1]), -0.04, 1.08)
        dots = [(self.spec.layer[0], float(a), curve.color) for a, curve in zip(layer.shares, self.curves, strict=True)]
        self.curves_chart.mark(Readout("", self.spec.layer[0], dots))
        self.setAccessibleDescription("Shares " + ", ".join(short(float(share)) for share in layer.shares))

    def numbers(self) -> list[tuple[str, ...]]:
        """The outputs over z₁."""
        table = numpy.column_stack([self.layer.z, self.layer.outputs]).tolist()
        head = ("z1", *(f"output a{place + 1} (share 0-1)" for place in range(UNITS)))
        return [head, *(tuple(plain(value) for value in row) for row in table)]

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """The layer as it is now."""
        pairs = enumerate(zip(self.spec.layer, self.layer.shares.tolist(), strict=True), start=1)
        rows = [(str(place), plain(z), plain(share)) for place, (z, share) in pairs]
        return {"layer": [("unit", "input z", "output a (share 0-1)"), *rows]}

    def _readout(self, z: float, _y: float) -> Readout | None:
        shares = shares_of((z, *self.spec.layer[1:]))
        text = "\n".join(f"a{index} {full(float(share))}" for index, share in zip(SUBSCRIPTS, shares, strict=True))
        dots = [(z, float(a), curve.color) for a, curve in zip(shares, self.curves, strict=True)]
        return Readout(f"z₁ {full(z)}\n{text}", z, dots)


class JacobianTable(TableFigure):
    """∂aᵢ/∂zⱼ of the layer: each output depends on each input."""

    key = "activation-softmax-slopes"
    title = "Its derivative is a table: ∂aᵢ/∂zⱼ = aᵢ(δᵢⱼ − aⱼ)"
    headings = (
        Heading("output", "Whose change is meant."),
        *(Heading(f"∂/∂z{index}", f"How much the output changes with input {index}. Rows and columns sum to 0: what "
                  "one output gains, the others lose.", f"da/dz{place}")
          for place, index in enumerate(SUBSCRIPTS, start=1)),
    )  # fmt: skip

    def show_spec(self, spec: Activations) -> None:
        """Another document."""
        rows = []
        for index, slopes in zip(SUBSCRIPTS, softmax_layer(spec.layer).jacobian.tolist(), strict=True):
            rows.append(("", [Cell(f"a{index}", f"a{index}"), *(Cell(short(slope), float(slope)) for slope in slopes)]))
        self.show_rows(rows)
