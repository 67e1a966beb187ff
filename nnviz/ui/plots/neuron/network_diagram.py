"""The 2-2-1 network of threshold units with its weights, and its truth table with the hidden answers."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.experiment.neuron.specification import PerceptronSpec
from nnviz.experiment.neuron.two_layers import truth_table
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.plots.neuron.painted_figure import PaintedFigure
from nnviz.ui.plots.neuron.plane_ink import arrow, halo_text
from nnviz.ui.theme import GRID

WIDEST = 7.0
NAMES = ("h₁", "h₂", "y")


class NetworkDiagram(PaintedFigure):
    """Painted by itself."""

    key = "perceptron-network"
    title = "Network of three threshold units"

    def __init__(self) -> None:
        super().__init__()
        self.spec = PerceptronSpec()
        self.setMinimumSize(280, 160)
        self.set_theme(self.theme)

    def show_spec(self, spec: PerceptronSpec) -> None:
        """Another network."""
        self.spec = spec
        right = sum(row.output == row.target for row in truth_table(spec))
        self.setAccessibleDescription(f"{right} of {len(spec.targets)} rows right")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the picture above the table."""
        return QSize(36 * self.theme.text_pixels, 36 * self.theme.text_pixels)

    def numbers(self) -> list[tuple[str, ...]]:
        """The weights."""
        units = zip(("h1", "h2", "y"), self.spec.network, strict=True)
        rows = [(name, *(plain(value) for value in (*unit.w, unit.b))) for name, unit in units]
        return [("unit", "weight w1", "weight w2", "bias b"), *rows]

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """The truth table."""
        rows = [
            (*(plain(part) for part in row.x), *(str(part) for part in row.hidden), str(row.output), str(row.target))
            for row in truth_table(self.spec)
        ]
        return {"truth": [("x1", "x2", "output of h1", "output of h2", "output of y", "target"), *rows]}

    def paint_in(self, painter: QPainter, area: QRectF) -> None:
        """The network above, the table below."""
        table = min(0.5 * area.height(), 1.9 * self.theme.text_pixels * (len(self.spec.targets) + 1))
        self._paint_network(painter, area.adjusted(0.0, 0.0, 0.0, -table - 2.0 * GRID))
        self._paint_table(painter, QRectF(area.left(), area.bottom() - table, area.width(), table))

    def _paint_network(self, painter: QPainter, area: QRectF) -> None:
        theme, units = self.theme, self.spec.network
        radius = min(1.75 * theme.text_pixels, 0.11 * area.height())
        columns = [area.left() + share * area.width() for share in (0.1, 0.5, 0.88)]
        aside = max(0.24 * area.height(), 2.3 * radius + theme.text_pixels)
        high, low = area.top() + aside, area.bottom() - aside
        inputs = [QPointF(columns[0], high), QPointF(columns[0], low)]
        hidden = [QPointF(columns[1], high), QPointF(columns[1], low)]
        top = QPointF(columns[2], (high + low) / 2.0)
        edges = [(inputs[i], hidden[h], units[h].w[i], 0.3) for h in range(2) for i in range(2)]
        edges += [(hidden[h], top, units[2].w[h], 0.5) for h in range(2)]
        largest = max(abs(edge[2]) for edge in edges) or 1.0
        for start, end, weight, _ in edges:
            painter.setPen(QPen(self._color(weight), 1.0 + (WIDEST - 1.0) * abs(weight) / largest))
            painter.drawLine(start, end)
        painter.setFont(theme.font(0.95, bold=True))
        for start, end, weight, share in edges:
            self._label(painter, start + (end - start) * share, short(weight), self._color(weight))
        for place, unit, way in zip([*hidden, top], units, (-1.0, 1.0, -1.0), strict=True):
            outside = place + QPointF(0.0, way * 2.3 * radius)
            arrow(painter, outside, place + QPointF(0.0, way * radius), self._color(unit.b), 1.6, 7.0)
            self._label(painter, outside, f"b = {short(unit.b)}", self._color(unit.b))
        line_colors = (theme.layer_color(1, 2), theme.color("text"), theme.color("text"))
        for place, name, color in zip([*hidden, top], NAMES, line_colors, strict=True):
            self._node(painter, place, radius, name, color)
        for place, name in zip(inputs, ("x₁", "x₂"), strict=True):
            self._node(painter, place, radius, name, theme.color("muted"))

    def _paint_table(self, painter: QPainter, area: QRectF) -> None:
        theme, rows = self.theme, truth_table(self.spec)
        heads = ("x₁", *(("x₂",) if len(self.spec.start) > 1 else ()), "h₁", "h₂", "y", "target", "")
        width, height = area.width() / len(heads), area.height() / (len(rows) + 1)
        lines: list[tuple[str, ...]] = [heads]
        for row in rows:
            values = (*row.x, *row.hidden, row.output, row.target)
            lines.append((*(short(value) for value in values), "right" if row.output == row.target else "wrong"))
        for number, line in enumerate(lines):
            top = area.top() + number * height
            painter.setPen(QPen(theme.color("line"), 1.0))
            painter.drawLine(QPointF(area.left(), top + height), QPointF(area.right(), top + height))
            for column, text in enumerate(line):
                color = theme.color("muted" if number == 0 else "text")
                if number and column == len(heads) - 1:
                    color = theme.color("good" if text == "right" else "bad")
                painter.setPen(color)
                painter.setFont(theme.font(bold=number > 0 and column == len(heads) - 3))
                painter.drawText(
                    QRectF(area.left() + column * width, top, width, height), Qt.AlignmentFlag.AlignCenter, text
                )

    def _node(self, painter: QPainter, at: QPointF, radius: float, text: str, color: QColor) -> None:
        painter.setPen(QPen(color, 2.4))
        painter.setBrush(self.theme.color("surface"))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(self.theme.color("text"))
        painter.setFont(self.theme.font(1.1, bold=True))
        box = QRectF(at.x() - radius, at.y() - radius, 2.0 * radius, 2.0 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _label(self, painter: QPainter, at: QPointF, text: str, color: QColor) -> None:
        painter.setFont(self.theme.font(0.95, bold=True))
        metrics = QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(text), metrics.height()
        halo_text(painter, QRectF(at.x() - width / 2.0, at.y() - height / 2.0, width, height), text, color, self.theme)

    def _color(self, weight: float) -> QColor:
        return self.theme.color("positive" if weight > 0.0 else "negative" if weight < 0.0 else "dead")
