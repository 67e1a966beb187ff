"""The present step of the perceptron rule with its numbers, and every pass so far as a row of marks."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from nnviz.experiment.neuron.perceptron_rule import RuleRun, run_rule
from nnviz.experiment.neuron.specification import PerceptronSpec
from nnviz.experiment.neuron.truth_tables import rows
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.plots.neuron.painted_figure import PaintedFigure
from nnviz.ui.plots.neuron.rule_text import numbers_only, step_lines, step_sentence
from nnviz.ui.theme import GRID


class RuleFigure(PaintedFigure):
    """Left the step, right the passes: a run that learns ends in a row of dots, one that cycles repeats its rows."""

    key = "perceptron-rule"
    title = "The rule, step by step"

    def __init__(self) -> None:
        super().__init__()
        self.run, self.step = run_rule(PerceptronSpec()), 0
        self.setMinimumSize(320, 140)
        self.set_theme(self.theme)

    def show_run(self, run: RuleRun, step: int) -> None:
        """Another run, or another place in it."""
        self.run, self.step = run, step
        last = run.last(step)
        self.setAccessibleDescription(step_sentence(last, run.spec.rate) if last else "Before the first step")
        self.update()

    def sizeHint(self) -> QSize:
        """Six lines."""
        return QSize(60 * self.theme.text_pixels, 16 * self.theme.text_pixels)

    def awaits(self) -> str:
        """A first row shown to the rule."""
        return "press Step"

    def numbers(self) -> list[tuple[str, ...]]:
        """Every step taken."""
        two = len(self.run.spec.start) > 1
        names = ("x1", "x2") if two else ("x1",)
        weights = ("weight w1", "weight w2", "bias b") if two else ("weight w1", "bias b")
        table: list[tuple[str, ...]] = [("step", *names, "target", "sum z", "output", *weights)]
        for number in range(1, self.step + 1):
            step = self.run.last(number)
            assert step is not None
            values = [*(plain(x) for x in step.x), str(step.target), plain(step.z), str(step.output)]
            table.append((str(number), *values, *(plain(w) for w in step.after)))
        return table

    def paint_in(self, painter: QPainter, area: QRectF) -> None:
        """Both halves."""
        passes = min(0.36 * area.width(), 22.0 * self.theme.text_pixels)
        self._paint_step(painter, area.adjusted(0.0, 0.0, -passes - 2.0 * GRID, 0.0))
        self._paint_passes(painter, QRectF(area.right() - passes, area.top(), passes, area.height()))

    def _paint_step(self, painter: QPainter, area: QRectF) -> None:
        theme, last = self.theme, self.run.last(self.step)
        if last is None:
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font(1.1))
            text = (
                "Δw = η·(target − output)·x      Δb = η·(target − output)\n\nA right answer changes nothing. "
                "After a mistake the weights of the active inputs, and the bias, move by η towards the target."
            )
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap), text)
            return
        lines = [
            ("step", f"{self.step}, in pass {(self.step - 1) // self.run.rows + 1}"),
            *step_lines(last, self.run.spec.rate),
        ]
        height = min(area.height() / 7.0, 2.1 * theme.text_pixels)
        size = min(1.15, height / (1.45 * theme.text_pixels))
        label = QFontMetricsF(theme.font(size)).horizontalAdvance("weights") + 2.0 * GRID
        metrics = QFontMetricsF(theme.font(size, bold=True))
        if max(metrics.horizontalAdvance(text) for _, text in lines) > area.width() - label:
            lines = [(name, numbers_only(text)) for name, text in lines]
        # What is too long even so must not be cut: all lines become smaller alike.
        widest = max(metrics.horizontalAdvance(text) for _, text in lines)
        size *= min(1.0, (area.width() - label) / widest)
        colors = {"output": "bad" if last.error else "good", "weights": "accent", "bias": "accent"}
        for number, (name, text) in enumerate(lines):
            row = QRectF(area.left(), area.top() + number * height, area.width(), height)
            painter.setFont(theme.font(size))
            painter.setPen(theme.color("muted"))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setFont(theme.font(size, bold=name in colors))
            painter.setPen(theme.color(colors.get(name, "text")))
            painter.drawText(row.adjusted(label, 0.0, 0.0, 0.0), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_passes(self, painter: QPainter, area: QRectF) -> None:
        """A row a pass, the newest last; a column a row of the table."""
        theme, run = self.theme, self.run
        text = theme.text_pixels
        heads = ["".join(short(part) for part in row) for row in rows(len(run.spec.start))]
        first = 4.2 * text
        width, height = (area.width() - first) / len(heads), 1.75 * text
        painter.setFont(theme.font(0.92))
        painter.setPen(theme.color("muted"))
        center = Qt.AlignmentFlag.AlignCenter
        for column, head in enumerate(heads):
            painter.drawText(QRectF(area.left() + first + column * width, area.top(), width, height), center, head)
        if self.step == 0:
            painter.drawText(
                area,
                int(center) | int(Qt.TextFlag.TextWordWrap),
                "Each row shown leaves a mark here: a pass is a line.",
            )
            return
        small = theme.font(0.92)
        wide = QFontMetricsF(small).horizontalAdvance("right") + 8.0
        small = theme.font(0.92 * min(1.0, (width - 4.0) / wide))
        fits = max(1, int((area.height() - height) / height))
        last = max(0, (self.step - 1) // run.rows)
        start = max(0, last - fits + 1)
        for number in range(start, last + 1):
            top = area.top() + (number - start + 1) * height
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font(0.92))
            painter.drawText(
                QRectF(area.left(), top, first, height), Qt.AlignmentFlag.AlignVCenter, f"pass {number + 1}"
            )
            for column in range(run.rows):
                step = number * run.rows + column + 1
                record = run.last(step)
                if step > self.step or record is None:
                    continue
                cell = QRectF(area.left() + first + column * width, top, width, height).adjusted(2.0, 2.0, -2.0, -2.0)
                if step == self.step:
                    painter.setPen(QPen(theme.color("text"), 1.4))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(cell.adjusted(-1.0, -1.0, 1.0, 1.0), 5.0, 5.0)
                painter.setPen(Qt.PenStyle.NoPen)
                token = {0: "good", 1: "positive", -1: "negative"}[record.error]
                painter.setBrush(theme.color(token, 0.16 if record.error == 0 else 0.34))
                painter.drawRoundedRect(cell, 4.0, 4.0)
                painter.setPen(theme.color("text"))
                painter.setFont(small)
                painter.drawText(cell, center, {0: "right", 1: "+η", -1: "−η"}[record.error])
