"""The biological neuron beside the mathematical one, and below them the arithmetic with its numbers."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetricsF, QGuiApplication, QPainter, QPen

from nnviz.experiment.neuron.firing import activation_curve, fire
from nnviz.experiment.neuron.specification import UnitSpec
from nnviz.ui.plots.charts.wording import plain
from nnviz.ui.plots.neuron import biological_art, unit_art
from nnviz.ui.plots.neuron.arithmetic_text import Piece, input_name, latex, pieces, sentence
from nnviz.ui.plots.neuron.painted_figure import PaintedFigure
from nnviz.ui.theme import GRID

CELL_SHARE = 0.40
"""Of the width that the nerve cell has."""


class NeuronDrawing(PaintedFigure):
    """Painted by itself; the context menu copies the arithmetic as text or LaTeX."""

    key = "neuron-drawing"
    title = "Neuron"

    def __init__(self) -> None:
        super().__init__()
        self.unit = UnitSpec()
        self.setMinimumSize(30 * GRID, 15 * GRID)
        self.setToolTip(
            "<p>Each input is multiplied by the weight of its synapse, the products are added up with the bias b, and "
            "the activation turns the sum z into the output a. Blue weights are positive, orange ones negative; "
            "wider is stronger.</p>"
            "<p>A human nervous system has about 86 billion such cells, with 10¹⁴ to 10¹⁵ synapses between them. "
            "How often a cell fires is what the output a stands for.</p>"
        )
        self.set_theme(self.theme)

    def show_unit(self, unit: UnitSpec) -> None:
        """Another unit."""
        self.unit = unit
        self.setAccessibleDescription(self.sentence())
        self.update()

    def sentence(self) -> str:
        """The arithmetic as text."""
        return sentence(self.unit, fire(self.unit))

    def sizeHint(self) -> QSize:
        """Room for three inputs."""
        return QSize(64 * self.theme.text_pixels, 26 * self.theme.text_pixels)

    def actions_at(self, place: QPoint) -> list[QAction]:
        """The arithmetic for the clipboard."""
        del place
        made = []
        for name, text in (
            ("Copy arithmetic as text", self.sentence()),
            ("Copy arithmetic as LaTeX", latex(self.unit, fire(self.unit))),
        ):
            action = QAction(name, self)
            action.triggered.connect(lambda _checked=False, text=text: QGuiApplication.clipboard().setText(text))
            made.append(action)
        return made

    def numbers(self) -> list[tuple[str, ...]]:
        """Inputs, weights and products."""
        unit, firing = self.unit, fire(self.unit)
        table: list[tuple[str, ...]] = [("input", "value x", "weight w", "product w x")]
        for index, (x, w, product) in enumerate(zip(unit.x, unit.w, firing.products.tolist(), strict=True)):
            table.append((input_name(unit, index), plain(x), plain(w), plain(product)))
        return table

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """Bias, sum, output and slope."""
        unit, firing = self.unit, fire(self.unit)
        head = ("bias b", "sum z", "output a = f(z)", "slope f'(z)")
        return {"unit": [head, tuple(plain(value) for value in (unit.b, firing.z, firing.a, firing.slope))]}

    def paint_in(self, painter: QPainter, area: QRectF) -> None:
        """Everything, in the room there is."""
        theme, unit, firing = self.theme, self.unit, fire(self.unit)
        text = theme.text_pixels
        lines = self._lines(pieces(unit, firing), area.width() - 4.0 * GRID)
        strip = QRectF(area)
        strip.setTop(area.bottom() - (len(lines) * 2.0 + 0.7) * text)
        upper = area.adjusted(0.0, 0.0, 0.0, -strip.height() - GRID)
        # Narrow windows keep the mathematics.
        cell_width = CELL_SHARE * upper.width() if upper.width() > 46 * text else 0.0
        captions = 2.7 * text if upper.width() > 40 * text else 0.0
        cell = QRectF(upper.left(), upper.top(), cell_width, upper.height() - captions)
        whole = QRectF(upper.left() + cell_width, upper.top(), upper.width() - cell_width, upper.height() - captions)
        names = max(QFontMetricsF(theme.font()).horizontalAdvance(input_name(unit, i)) for i in range(len(unit.x)))
        drawn = whole.adjusted(2.0 * GRID + min(names, 8.0 * text), 0.0, -2.0 * text, 0.0)
        if cell_width:
            biological_art.paint_cell(painter, cell.adjusted(0.0, GRID, -GRID, 0.0), unit.w, firing.a, theme)
            places = [cell.left() + share * cell.width() for share, _, _ in biological_art.PARTS]
            for row, token in ((1, "text"), (2, "muted")):
                words = [str(part[row]) for part in biological_art.PARTS]
                self._captions(painter, places, cell.bottom() + 1.2 * (row - 1) * text, words, token)
            painter.setPen(QPen(theme.color("line"), 1.0))
            painter.drawLine(
                QPointF(cell.right() + GRID, cell.top() + 2.0 * GRID),
                QPointF(cell.right() + GRID, upper.bottom() - GRID),
            )
        unit_art.paint_unit(painter, drawn, unit, firing, activation_curve(unit, firing), theme)
        if captions:
            places = [drawn.left() + share * drawn.width() for share, _ in unit_art.PARTS]
            self._captions(painter, places, drawn.bottom(), [name for _, name in unit_art.PARTS], "muted")
        self._paint_arithmetic(painter, strip, lines)

    def _captions(self, painter: QPainter, places: list[float], y: float, words: list[str], token: str) -> None:
        """A row of words, each in the middle of its place; none of them where they would run into each other."""
        theme, text = self.theme, self.theme.text_pixels
        painter.setFont(theme.font(0.92, bold=token == "text"))
        painter.setPen(theme.color(token))
        metrics = QFontMetricsF(painter.font())
        halves = [metrics.horizontalAdvance(word) / 2.0 for word in words]
        ends = [place + half + GRID / 2.0 for place, half in zip(places, halves, strict=True)]
        begins = [place - half for place, half in zip(places, halves, strict=True)]
        if any(end > begin for end, begin in zip(ends[:-1], begins[1:], strict=True)):
            return
        for place, word in zip(places, words, strict=True):
            wide = QRectF(place - 8.0 * text, y + 0.2 * text, 16.0 * text, 1.3 * text)
            painter.drawText(wide, Qt.AlignmentFlag.AlignCenter, word)

    def _lines(self, words: list[Piece], width: float) -> list[list[Piece]]:
        """The pieces in lines that fit; a line begins with the sign that the last one would have ended with."""
        lines: list[list[Piece]] = [[]]
        used = 0.0
        for place, piece in enumerate(words):
            wide = self._wide(piece)
            following = self._wide(words[place + 1]) if place + 1 < len(words) else 0.0
            if used + wide + following > width and lines[-1] and piece.text.strip() in ("+", "−", "=", "→"):
                lines.append([])
                used = 0.0
            lines[-1].append(piece)
            used += wide
        return lines

    def _wide(self, piece: Piece) -> float:
        return self._metrics(piece).horizontalAdvance(piece.text)

    def _metrics(self, piece: Piece) -> QFontMetricsF:
        return QFontMetricsF(self.theme.font(1.4, bold=piece.tone == "strong"))

    def _paint_arithmetic(self, painter: QPainter, strip: QRectF, lines: list[list[Piece]]) -> None:
        theme = self.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("window"))
        painter.drawRoundedRect(strip, GRID, GRID)
        height = strip.height() / len(lines)
        for row, line in enumerate(lines):
            width = sum(self._wide(piece) for piece in line)
            x = strip.center().x() - width / 2.0
            for piece in line:
                painter.setFont(theme.font(1.4, bold=piece.tone == "strong"))
                color = QColor(theme.color("text"))
                if piece.tone in ("positive", "negative"):
                    color = theme.color(piece.tone)
                painter.setPen(color)
                wide = self._wide(piece)
                place = QRectF(x, strip.top() + row * height, wide + 4.0, height)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, piece.text)
                x += wide
