"""Paints an entry of the gallery as a card: picture, name, and what to look at."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nnviz.ui.theme import GRID

PICTURE = QSize(30 * GRID, 16 * GRID)
MARGIN = GRID
LINES = 6
DESCRIPTION = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class CardDelegate(QStyledItemDelegate):
    """All cards are of one size, so that they stand in a grid."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines = LINES

    def fit(self, texts: list[tuple[str, str]], font: QFont) -> None:
        """Makes cards high enough for the longest name and description together, so that none is cut."""
        line = QFontMetrics(font).lineSpacing()
        heights = [_high(name, _bold(font)) + _high(description, font) for name, description in texts]
        self.lines = -(-max(heights, default=0) // line)

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:
        text = self.lines * option.fontMetrics.lineSpacing()
        return QSize(PICTURE.width() + 2 * MARGIN, PICTURE.height() + text + 3 * MARGIN + GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, card = option.palette, option.rect.adjusted(2, 2, -2, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            line = palette.color(QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Mid)
            painter.setPen(QPen(line, 2.0))
            painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
            painter.drawRoundedRect(card, GRID / 2, GRID / 2)
        place = card.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if picture is not None:
            painter.drawImage(QRect(place.topLeft(), PICTURE), picture)
        bold = _bold(option.font)
        painter.setFont(bold)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        place.setTop(place.top() + PICTURE.height() + MARGIN)
        name = index.data(Qt.ItemDataRole.DisplayRole)
        painter.drawText(place, int(WRAPPED), name)
        painter.setFont(option.font)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        place.setTop(place.top() + _high(name, bold) + GRID // 2)
        painter.drawText(place, int(WRAPPED), index.data(DESCRIPTION))
        painter.restore()


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


def _high(text: str, font: QFont) -> int:
    """Pixels that a text is high on a card."""
    return QFontMetrics(font).boundingRect(QRect(0, 0, PICTURE.width(), 10_000), int(WRAPPED), text).height()
