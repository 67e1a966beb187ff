"""A line for a typed expression: checked while one types, the wrong part underlined, used when it is right."""

import math

from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from nnviz.engine.expression import ExpressionError
from nnviz.experiment.descent.specification import expression_objective
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.current_theme import current_theme
from nnviz.ui.widgets.explained import explain

MOST = 500
"""Characters of an expression."""
HELP = "x, y, numbers, + − * / ^, exp log sqrt sin cos tan tanh abs min max, pi, e"


class OneLine(QPlainTextEdit):
    """One line of text. entered: Enter was pressed. wrong: the characters (begin, end) that are underlined."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wrong: tuple[int, int] | None = None
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(GRID // 2)

    def sizeHint(self) -> QSize:
        """As high as one line with room for the underline."""
        return QSize(160, self.fontMetrics().height() + 2 * GRID)

    def minimumSizeHint(self) -> QSize:
        """Short."""
        return QSize(80, self.sizeHint().height())

    def underline(self, wrong: tuple[int, int] | None) -> None:
        """Other characters, or none."""
        self.wrong = wrong
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter uses it; a second line there is none."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted lines become one."""
        self.insertPlainText(" ".join(source.text().split()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and a wave below what is wrong."""
        super().paintEvent(event)
        if self.wrong is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current_theme(self).color("bad"), 1.6))
        painter.drawPolyline(self._wave(*self.wrong))
        painter.end()

    def _wave(self, begin: int, end: int) -> QPolygonF:
        length = len(self.toPlainText())
        left, right = (self._place(min(place, length)) for place in (begin, end))
        # What is missing behind the end is as wide as a letter.
        right = max(right, left + self.fontMetrics().averageCharWidth())
        foot = self.cursorRect().bottom() + 1.0
        count = max(2, round((right - left) / 2.0))
        return QPolygonF([QPointF(left + 2.0 * i, foot + math.sin(i * math.pi / 2.0) * 1.5) for i in range(count + 1)])

    def _place(self, position: int) -> float:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        return float(self.cursorRect(cursor).left())


class ExpressionField(QWidget):
    """`edited` is emitted with a right expression when Enter is pressed."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = ""
        self.line, self.says = OneLine(self), QLabel(self)
        explain(self.line, "Expression", f"J as an expression of {HELP}. Enter uses it.")
        self.line.setPlaceholderText("x^2 + 3*y^2")
        self.says.setWordWrap(True)
        self.says.setAccessibleName("What is wrong with the expression")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.line)
        column.addWidget(self.says)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._check)
        self.line.entered.connect(self._use)

    def text(self) -> str:
        """What is typed."""
        return self.line.toPlainText()

    def show_text(self, text: str) -> None:
        """Shows an expression without emitting; what is being typed stays unless another one is in force now."""
        if text != self.shown:
            self.shown = text
            self.line.blockSignals(True)
            self.line.setPlainText(text)
            self.line.blockSignals(False)
        self._check()

    def problem(self) -> ExpressionError | None:
        """What is wrong with what is typed."""
        try:
            if len(self.text()) > MOST:
                return ExpressionError(f"Too long: at most {MOST} characters.", MOST, len(self.text()))
            expression_objective(self.text())
        except ExpressionError as error:
            return error
        return None

    def _check(self) -> None:
        error = self.problem()
        if error is None:
            self.line.underline(None)
            waiting = self.text() != self.shown
            self._say("Press Enter to use it." if waiting else f"You may use {HELP}.", "muted")
        else:
            self.line.underline((error.start, error.end))
            at_end = error.start >= len(self.text())
            where = "at the end" if at_end else f"at character {error.start + 1}"
            message = error.message.rstrip(".")
            self._say(f"{message}, {where}.", "bad")

    def _say(self, sentence: str, token: str) -> None:
        self.says.setText(sentence)
        palette = self.says.palette()
        palette.setColor(palette.ColorRole.WindowText, current_theme(self).color(token))
        self.says.setPalette(palette)

    def _use(self) -> None:
        if self.problem() is None and self.text() != self.shown:
            self.shown = self.text()
            self._check()
            self.edited.emit(self.shown)
