"""A lesson's Markdown with its formulas, as high as its text. Nothing in it can load a file or reach the network."""

import re

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from nnviz.ui.lessons.formula import draw, picture
from nnviz.ui.theme import GRID, LIGHT, Theme

FORMULA, GLOSSARY = "formula", "glossary"
LARGER = 1.15
"""A formula's size over the text's: its letters are smaller for their size."""

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
        self._source, self._formulas = text, []
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
            return None
        theme = self._theme
        drawing = draw(self._formulas[int(place)], LARGER * theme.text_pixels, theme.text)
        if drawing is None:
            return None
        return picture(drawing, float(self.fontMetrics().descent()), self.devicePixelRatioF())

    def sizeHint(self) -> QSize:
        """As high as its text."""
        return QSize(super().sizeHint().width(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _replaced(self, found: re.Match[str]) -> str:
        """Markdown for what was found: code as it is, a formula as an image, or as code when it is none."""
        if found["code"] is not None:
            return found[0]
        latex = (found["shown"] or found["inline"]).strip()
        if draw(latex, LARGER * self._theme.text_pixels, self._theme.text) is None:
            return f"`{latex}`"
        self._formulas.append(latex)
        image = f"![formula]({FORMULA}:{len(self._formulas) - 1})"
        return f"\n\n{image}\n\n" if found["shown"] is not None else image

    def _settle_formulas(self) -> None:
        """Sets pictures on the line of the text, and those alone in their paragraph in its middle."""
        block = self.document().begin()
        while block.isValid():
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

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        bar = self.horizontalScrollBar()
        height = int(self.document().size().height() + 1.0) + (bar.sizeHint().height() if bar.isVisible() else 0)
        if height != self.height():
            self.setFixedHeight(height)

    def _follow(self, url: QUrl) -> None:
        if url.scheme() == GLOSSARY:
            self.term_asked.emit(url.path())
