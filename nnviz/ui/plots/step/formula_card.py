"""A formula with its numbers, set like in a book; as plain text until that is done, since setting takes a while.

While a run plays it stays text: every frame has other numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.experiment.step.formula import Formula, Line
from nnviz.ui.lessons.formula import Drawing, draw
from nnviz.ui.theme import LIGHT, Theme
from nnviz.ui.widgets.background import Background

CHARACTER = 0.5
"""Width of a character of a formula, in sizes of the text, on the average."""
TERMS = (8, 6, 4, 3)
"""So many terms of a long sum are written, as many as fit."""
INDENT = 1.6
SETTLE_MS = 60
"""A selection that moves on within this time is not set."""
Drawings = dict[str, Drawing | None]


@dataclass(frozen=True)
class Piece:
    """What stands together on one line. indent: it goes on with the line before."""

    text: str
    latex: str
    exact: str
    indent: bool = False


@dataclass(frozen=True)
class Spot:
    """A piece in its place: left end and baseline."""

    piece: Piece
    x: float
    baseline: float
    box: QRectF


class FormulaCard(QWidget):
    """Title, lines and remark of a formula. wanted_height tells how much room they take at the present width;
    height_changed: that is another since it was set."""

    height_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.formula: Formula | None = None
        self._typeset = True
        self._drawings: Drawings = {}
        self._spots: list[Spot] = []
        self._height = 0.0
        self.setAccessibleName("Formula")
        self._background = Background(self)
        self._background.done.connect(self._take)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._begin)

    def show_formula(self, formula: Formula | None, *, typeset: bool) -> None:
        """Another formula. typeset: it stands still, so that setting it is worth while."""
        if formula == self.formula and typeset == self._typeset:
            return
        self.formula, self._typeset = formula, typeset
        self.setAccessibleDescription(formula.text() if formula else "")
        self._arrange()

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and text."""
        self.theme = theme
        self._drawings = {}
        self._arrange()

    @property
    def wanted_height(self) -> float:
        """In pixels."""
        return self._height

    @property
    def complete(self) -> bool:
        """Whether everything that is shown is set, or will stay text."""
        return not self._typeset or all(spot.piece.latex in self._drawings for spot in self._spots)

    def set_now(self) -> None:
        """Sets what is shown at once: for a picture there is no later."""
        if self._typeset:
            self._take(typeset([spot.piece.latex for spot in self._spots], self._pixels, self.theme.text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's entry."""
        theme, text = self.theme, float(self.theme.text_pixels)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), theme.color("raised"))
            if self.formula is None:
                return
            painter.setPen(theme.color("text"))
            painter.setFont(theme.font(0.92, bold=True))
            metrics = QFontMetricsF(painter.font())
            title = metrics.elidedText(self.formula.title, Qt.TextElideMode.ElideRight, self.width() - 1.6 * text)
            painter.drawText(QPointF(0.8 * text, 0.5 * text + metrics.ascent()), title)
            painter.setFont(theme.font())
            for spot in self._spots:
                drawing = self._drawing(spot.piece)
                if drawing is None:
                    painter.drawText(QPointF(spot.x, spot.baseline), spot.piece.text)
                else:
                    QSvgRenderer(QByteArray(drawing.svg)).render(painter, spot.box)
            if self.formula.note:
                small = theme.font(0.85)
                painter.setFont(small)
                painter.setPen(theme.color("muted"))
                high = self._note_height()
                room = QRectF(0.8 * text, self._height - 0.4 * text - high, self.width() - 1.6 * text, high)
                painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self.formula.note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other breaks of lines."""
        if event.size().width() != event.oldSize().width():
            self._arrange()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt's entry for all; here for every digit of the result under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = [spot.piece.exact for spot in self._spots if spot.box.contains(QPointF(event.pos()))]
            QToolTip.showText(event.globalPos(), f"exactly {found[0]}" if found else "", self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """As high as the formula is."""
        return QSize(30 * self.theme.text_pixels, round(self._height))

    @property
    def _pixels(self) -> float:
        return 1.08 * self.theme.text_pixels

    def _drawing(self, piece: Piece) -> Drawing | None:
        return self._drawings.get(piece.latex) if self._typeset else None

    def _note_height(self) -> float:
        if self.formula is None or not self.formula.note:
            return 0.0
        metrics = QFontMetricsF(self.theme.font(0.85))
        room = QRectF(0.0, 0.0, max(1.0, self.width() - 1.6 * self.theme.text_pixels), 1e4)
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.formula.note).height()

    def _arrange(self) -> None:
        self._place()
        if not self.complete:
            known = self._drawings
            self._drawings = {latex: known[latex] for latex in known if latex in {s.piece.latex for s in self._spots}}
            self._background.cancel()
            self._settle.start()
        self.update()

    def _place(self) -> None:
        """Pieces from left to right, one below another where they do not fit."""
        text = float(self.theme.text_pixels)
        metrics = QFontMetricsF(self.theme.font())
        left, right = 0.8 * text, self.width() - 0.8 * text
        y = 0.5 * text + QFontMetricsF(self.theme.font(0.92, bold=True)).lineSpacing() + 0.25 * text
        rows: list[list[tuple[Piece, float, float, float, float]]] = []
        x = left
        for piece in pieces(self.formula, right - left, self._pixels):
            drawing = self._drawing(piece)
            if drawing is None:
                size, up, down = metrics.horizontalAdvance(piece.text), metrics.ascent(), metrics.descent()
            else:
                size, up, down = drawing.width, drawing.height - drawing.descent, drawing.descent
            if not rows or piece.indent or x + size > right:
                rows.append([])
                x = left + (INDENT * text if piece.indent else 0.0)
            rows[-1].append((piece, x, size, up, down))
            x += size + 2.2 * text
        self._spots = []
        for row in rows:
            up, down = max(part[3] for part in row), max(part[4] for part in row)
            for piece, start, size, high, low in row:
                shrink = min(1.0, (right - start) / max(size, 1.0))
                box = QRectF(start, y + up - high * shrink, size * shrink, (high + low) * shrink)
                self._spots.append(Spot(piece, start, y + up, box))
            y += up + down + 0.35 * text
        note = self._note_height()
        self._height = y + (note + 0.2 * text if note else 0.0) + 0.4 * text

    def _begin(self) -> None:
        latex = [spot.piece.latex for spot in self._spots]
        self._background.start(partial(typeset, latex, self._pixels, self.theme.text))

    def _take(self, drawings: object) -> None:
        assert isinstance(drawings, dict)
        self._drawings |= drawings
        before = self._height
        self._place()
        if self._height != before:
            self.height_changed.emit()
        self.update()


def typeset(latex: Sequence[str], pixels: float, color: str) -> Drawings:
    """The formulas as drawings; None for one that cannot be drawn."""
    return {one: draw(one, pixels, color) for one in latex}


def pieces(formula: Formula | None, width: float, pixels: float) -> list[Piece]:
    """The lines of a formula, broken and shortened until each piece has about this width in pixels."""
    return [piece for line in (formula.lines if formula else ()) for piece in _pieces(line, width, pixels)]


def _pieces(line: Line, width: float, pixels: float) -> list[Piece]:
    fit = width / (CHARACTER * pixels)
    most = next((most for most in TERMS if len(line.text(most)) <= fit), None)
    if most is not None:
        return [Piece(line.text(most), line.latex(most), line.exact)]
    texts = [line.parts(most=most) for most in TERMS]
    head = len(texts[0]) - (2 if line.numbers is not None else 1)
    place = next((p for p, parts in enumerate(texts) if len(" = ".join(parts[head:])) + 4 <= fit), len(TERMS) - 1)
    found = []
    rest: list[Piece] = []
    text, latex = texts[place], line.parts(latex=True, most=TERMS[place])
    arrow = r"\leftarrow" if line.sign == "←" else "="
    first, tail = (f" {line.sign} ", f" {arrow} "), (" = ", " = ")
    if head <= 1:
        found.append(
            Piece(text[0] + first[0] + " = ".join(text[1:]), latex[0] + first[1] + " = ".join(latex[1:]), line.exact)
        )
        return found
    heads = [" = ".join(parts[1:head]) for parts in (text, latex)]
    found.append(Piece(text[0] + first[0] + heads[0], latex[0] + first[1] + heads[1], line.exact))
    rest.append(
        Piece(tail[0] + tail[0].join(text[head:]), tail[1] + tail[1].join(latex[head:]), line.exact, indent=True)
    )
    return found + rest
