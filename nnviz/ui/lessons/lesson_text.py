"""A lesson's Markdown with its formulas, as high as its text. Nothing in it can load a file or reach the network."""

import re

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from nnviz.ui.lessons.formula import Drawing, draw, picture
from nnviz.ui.theme import GRID, LIGHT, Theme

FORMULA, GLOSSARY = "formula", "glossary"
LARGER = 1.15
"""A formula's size over the text's: its letters are smaller for their size."""

SMALLEST = 0.65
"""Of its size: a wide formula is drawn no smaller than that."""
MOST = 60
"""Formulas in a text; more are shown as they are written: drawing one takes some milliseconds."""

_CODE_OR_FORMULA = re.compile(
    r"(?P<code>```.*?```|`[^`\n]*`)|\$\$(?P<shown>.+?)\$\$|\$(?P<inline>[^$\n]+?)\$", re.DOTALL
)
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class LessonText(QTextBrowser):
    """`term_asked`: the key of a glossary entry whose link was followed."""

    term_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._source = ""
        self._formulas: list[str] = []
        self._widest = 0.0
        """Width of the widest formula at its full size, in pixels."""
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0.0)
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(self._follow)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())

    @property
    def formulas(self) -> list[str]:
        """Those of the text that is shown, in order."""
        return list(self._formulas)

    def show_markdown(self, text: str) -> None:
        """Shows another text."""
        self._source, self._formulas, self._widest = text, [], 0.0
        document = self.document()
        document.clear()
        document.setDefaultFont(self._theme.font())
        document.setMarkdown(_CODE_OR_FORMULA.sub(self._replaced, text), _FEATURES)
        self._settle_formulas()
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Draws the same text in other colours and sizes."""
        self._theme = theme
        self.show_markdown(self._source)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002 (Qt's signature)
        """The pictures of formulas, and nothing else: what a lesson names is never fetched."""
        url = QUrl(name)
        place = url.path()
        if url.scheme() != FORMULA or not place.isdigit() or int(place) >= len(self._formulas):
            return _nothing()
        theme = self._theme
        drawing = self._drawing(self._formulas[int(place)], LARGER * theme.text_pixels)
        if drawing is None:
            return _nothing()
        return picture(drawing, float(self.fontMetrics().descent()), self.devicePixelRatioF())

    def sizeHint(self) -> QSize:
        """As high as its text."""
        return QSize(super().sizeHint().width(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        width = event.size().width()
        if width != event.oldSize().width() and self._widest > min(width, event.oldSize().width()):
            self.show_markdown(self._source)  # formulas as wide as there is room
        self._fit()

    def _drawing(self, latex: str, pixels: float) -> Drawing | None:
        """A formula; one that is wider than the text is drawn smaller, as far as it can be read."""
        drawing = draw(latex, pixels, self._theme.text)
        if drawing is None:
            return None
        self._widest = max(self._widest, drawing.width)
        room = self.viewport().width() - GRID
        if not 0 < room < drawing.width:
            return drawing
        return draw(latex, float(max(SMALLEST * pixels, int(pixels * room / drawing.width))), self._theme.text)

    def _replaced(self, found: re.Match[str]) -> str:
        """Markdown for what was found: code as it is, a formula as an image, or as code when it is none."""
        if found["code"] is not None:
            return found[0]
        latex = (found["shown"] or found["inline"]).strip()
        if len(self._formulas) >= MOST or draw(latex, LARGER * self._theme.text_pixels, self._theme.text) is None:
            return f"`{latex}`"
        self._formulas.append(latex)
        image = f"![formula]({FORMULA}:{len(self._formulas) - 1})"
        return f"\n\n{image}\n\n" if found["shown"] is not None else image

    def _settle_formulas(self) -> None:
        """Sets pictures on the line of the text, and those alone in their paragraph in its middle."""
        block = self.document().begin()
        while block.isValid():
            self._space(block)
            # An image is one character of the text, this one.
            for place in [block.position() + i for i, sign in enumerate(block.text()) if sign == "\ufffc"]:
                cursor = QTextCursor(self.document())
                cursor.setPosition(place)
                cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
                style = QTextCharFormat()
                style.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
                cursor.mergeCharFormat(style)
                if block.text().strip() == "\ufffc":
                    middle = QTextBlockFormat()
                    middle.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                    middle.setTopMargin(GRID)
                    middle.setBottomMargin(GRID)
                    cursor.mergeBlockFormat(middle)
            block = block.next()

    def _space(self, block: QTextBlock) -> None:
        """Room between paragraphs, less between the items of a list, none in a table."""
        cursor = QTextCursor(block)
        if cursor.currentTable() is not None or block.next() == self.document().end():
            return
        room = QTextBlockFormat()
        room.setBottomMargin(
            GRID // 4 if block.textList() is not None and block.next().textList() is not None else GRID
        )
        cursor.mergeBlockFormat(room)

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        bar = self.horizontalScrollBar()
        height = int(self.document().size().height() + 1.0) + (bar.sizeHint().height() if bar.isVisible() else 0)
        if height != self.height():
            self.setFixedHeight(height)

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == GLOSSARY:
            self.term_asked.emit(url.path())


def _nothing() -> QImage:
    """An image of which nothing is seen. For no image at all Qt would look on the disk by itself."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image
