"""One step of one runner taken apart: gradient, adjusted gradient, step; as vectors, as numbers, in sentences."""

import html
from typing import Any

import numpy
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from nnviz.experiment.descent.phases import PHASES, StepPhases
from nnviz.experiment.descent.specification import Descent
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.plots.descent.race_numbers import coordinate_names
from nnviz.ui.plots.descent.runner_colors import runner_color
from nnviz.ui.plots.descent.step_art import draw_carried, draw_vectors, rows_of
from nnviz.ui.plots.surface.glyphs import legible
from nnviz.ui.theme import GRID, LIGHT, Theme

ROOMY = 40
"""Text heights from which on there is room for the sentences of all phases."""
DIGITS = (4, 3, 2)
"""That numbers are written with, as many as there is room for."""
TITLES = {"gradient": "1 Gradient", "adjusted": "2 Adjusted gradient", "step": "3 Step"}


class StepFigure(ChartFigure):
    """shown: how many of the phases are shown, 1 to 3. Vectors are on a scale of their own, however short the step."""

    key = "descent-step"
    room = QSize(440, 320)
    title = "One step taken apart"
    tab = "One step"

    def __init__(self) -> None:
        super().__init__()
        self.spec = Descent()
        self.phases: StepPhases | None = None
        self.shown = 3
        self.message = ""
        self.canvas = StepCanvas()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAccessibleName("The phases of the step")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.words.setContentsMargins(GRID, 0, GRID, GRID // 2)
        self.column.addWidget(self.canvas, 1)
        self.column.addWidget(self.words)
        self.set_theme(self.theme)

    def show_step(self, spec: Descent, phases: StepPhases, shown: int) -> None:
        """Another step, or more of its phases."""
        if spec is not self.spec or phases.step == 0:
            self.canvas.largest = 0.0
        self.spec, self.phases, self.shown, self.message = spec, phases, shown, ""
        self.redraw()

    def show_message(self, sentence: str) -> None:
        """Why there is no step to show."""
        self.phases, self.message = None, sentence
        self.redraw()

    def redraw(self) -> None:
        """Drawing, sentences and whose step it is."""
        phases, theme = self.phases, self.theme
        self.canvas.show_step(self.spec, phases, self.shown, self.message, theme)
        if phases is None:
            self.words.setText("")
            self.legend.show_entries([])
            return
        self._write(phases)
        runner = self.spec.runners[phases.runner]
        color_ = runner_color(theme, runner.colour)
        self.legend.show_entries([
            Entry(runner.title, color_, "dot", f"step {phases.step + 1:,}"),
            Entry("rate in force α =", None, "", short(phases.learning_rate)),
        ])  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room, the sentences of all phases stand below each other."""
        super().resizeEvent(event)
        if self.phases is not None:
            self._write(self.phases)

    def _write(self, phases: StepPhases) -> None:
        """The names of the phases and the sentence of the one shown last, or of all."""
        theme, roomy = self.theme, self.height() > ROOMY * self.theme.text_pixels
        titles, lines = [], []
        for number, name in enumerate(PHASES, start=1):
            color = theme.muted if number > self.shown else theme.text
            title = f'<span style="color:{color}">{TITLES[name]}</span>'
            titles.append(f"<b><u>{title}</u></b>" if number == self.shown else title)
            if number == self.shown or (roomy and number < self.shown):
                head = f"<b>{TITLES[name]}:</b> " if roomy else ""
                lines.append(f'<p style="margin:2px 0">{head}{html.escape(phases.sentences[name])}</p>')
        row = "" if roomy else f'<p style="margin:2px 0">{" &nbsp;→&nbsp; ".join(titles)}</p>'
        self.words.setText(row + "".join(lines))

    def sentence(self) -> str:
        """Of the phase shown last."""
        return self.message if self.phases is None else self.phases.sentences[PHASES[self.shown - 1]]

    def awaits(self) -> str:
        """Somebody who descends."""
        return "add a runner"

    def numbers(self) -> list[tuple[str, ...]]:
        """Every vector in full."""
        if self.phases is None:
            return []
        names = coordinate_names(self.spec)
        rows = [(name, *map(plain, value.tolist())) for name, value, _ in rows_of(self.phases, 3)]
        return [("vector", *names), *rows]

    def actions_at(self, place: QPoint) -> list[QAction]:
        """The sentences as text."""
        del place
        copy = QAction("Copy sentences", self)
        phases = self.phases
        text = "" if phases is None else "\n".join(phases.sentences[name] for name in PHASES)
        copy.triggered.connect(lambda: QApplication.clipboard().setText(text))
        return [copy]

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        self.words.setFont(theme.font())


class StepCanvas(QWidget):
    """largest: the longest side among the squares so far, so that they are seen to grow."""

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.spec, self.shown, self.message = Descent(), 3, ""
        self.phases: StepPhases | None = None
        self.largest = 0.0
        self.setAccessibleName("Vectors of the step")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """Room for a few vectors."""
        return QSize(20 * GRID, 8 * GRID)

    def show_step(self, spec: Descent, phases: StepPhases | None, shown: int, message: str, theme: Theme) -> None:
        """Another step."""
        self.spec, self.phases, self.shown, self.message, self.theme = spec, phases, shown, message, theme
        if phases is not None and "squares" in phases.after:
            roots = numpy.sqrt(phases.after["squares"][numpy.isfinite(phases.after["squares"])])
            self.largest = max([self.largest, *roots.tolist()])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Vectors at the left, what is carried in the middle, numbers at the right."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.phases is None:
            painter.setFont(self.theme.font())
            painter.setPen(self.theme.color("muted"))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(QRectF(self.rect()).adjusted(16, 4, -16, -4), flags, self.message)
        else:
            self._draw(painter, self.phases)
        painter.end()

    def _draw(self, painter: QPainter, phases: StepPhases) -> None:
        theme, whole = self.theme, QRectF(self.rect()).adjusted(GRID, 2.0, -GRID, -2.0)
        carried = "squares" in phases.after and self.shown >= 2
        table = min((0.5 if carried else 0.6) * whole.width(), 24.0 * theme.text_pixels)
        squares = min(0.22 * whole.width(), whole.height() * len(phases.position)) if carried else 0.0
        vectors = QRectF(whole.left(), whole.top(), whole.width() - table - squares - GRID, whole.height())
        color = runner_color(theme, self.spec.runners[phases.runner].colour)
        draw_vectors(painter, vectors, phases, self.shown, color, theme)
        names = coordinate_names(self.spec)
        if carried:
            place = QRectF(vectors.right() + GRID / 2.0, whole.top(), squares, whole.height())
            draw_carried(painter, place, phases, self.largest, names, theme)
        self._draw_table(painter, QRectF(whole.right() - table, whole.top(), table, whole.height()), phases, names)

    def _draw_table(self, painter: QPainter, frame: QRectF, phases: StepPhases, names: tuple[str, ...]) -> None:
        theme, rows = self.theme, rows_of(phases, self.shown)
        line = min(1.5 * theme.text_pixels, frame.height() / (len(rows) + 1))
        font = theme.font(min(1.0, line / (1.3 * theme.text_pixels)))
        texts, widths = fitting(font, [(symbol, *values.tolist()) for symbol, values, _ in rows], frame.width())
        if sum(widths) > frame.width():
            # What does not fit with few digits becomes smaller: numbers must never run into each other.
            font.setPixelSize(max(1, int(font.pixelSize() * frame.width() / sum(widths))))
            widths = [width * frame.width() / sum(widths) for width in widths]
        painter.setFont(font)
        tones = [theme.color("muted"), *(legible(theme.color(token), theme) for _, _, token in rows)]
        for number, (cells, tone) in enumerate(zip([("", *names), *texts], tones, strict=True)):
            painter.setPen(tone)
            # Columns are as wide as they need to be, the last one ends at the edge.
            edge = frame.right()
            for cell, width in zip(cells[:0:-1], widths[:0:-1], strict=True):
                place = QRectF(edge - width, frame.top() + number * line, width, line)
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, cell)
                edge -= width
            place = QRectF(frame.left(), frame.top() + number * line, widths[0] + 2.0, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, cells[0])


def fitting(font: QFont, rows: list[tuple[Any, ...]], room: float) -> tuple[list[tuple[str, ...]], list[float]]:
    """Rows of a symbol and numbers as texts, with as many digits as there is room for, and the widths of columns."""
    metrics = QFontMetricsF(font)
    for digits in DIGITS:
        texts = [(row[0], *(short(value, digits) for value in row[1:])) for row in rows]
        widths = [max(metrics.horizontalAdvance(text) for text in column) + GRID for column in zip(*texts, strict=True)]
        if sum(widths) <= room:
            break
    return texts, widths
