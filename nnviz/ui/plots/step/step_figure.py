"""The picture of a step: the network with its numbers, and the formula below or, where there is width, beside it."""

import math

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from nnviz.ui.plots.figure import WIDEST
from nnviz.ui.plots.step.canvas import StepCanvas
from nnviz.ui.plots.step.formula_card import FormulaCard

BESIDE, WIDE = 2.1, 60
"""From this ratio of width to height, and so many sizes of the text in width, the formula stands beside the network."""
FORMULA_WIDTH = 0.4
SMALL_SHARE, SHARE, WHOLE_SHARE = 0.4, 0.5, 0.7
"""The share of the width that the formula gets beside the network, and the most of the height below it: where there is
little, where there is enough (SMALL sizes of the text), and for a picture, which cannot be scrolled."""
SMALL = 30
UNIT, AROUND, MOST_UNITS = 1.9, 6.0, 12
"""Of a picture, in sizes of the text: height of a unit's card with the gap, of what is around them; how many cards."""


class StepFigure(QWidget):
    """Canvas and formula share the room; a formula that needs more is scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.canvas, self.card = StepCanvas(self), FormulaCard()
        self.sheet = QScrollArea(self)
        self.sheet.setFrameShape(QFrame.Shape.NoFrame)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet.setWidget(self.card)
        self.card.height_changed.connect(self.arrange)

    def legible(self, units: int) -> QSize:
        """Room for so many units below each other, and for the formula without scrolling."""
        text = self.card.theme.text_pixels
        self.card.resize(WIDEST, max(1, self.card.height()))
        self.card.set_now()
        formula = math.ceil(self.card.wanted_height) + 1
        self.arrange()
        network = round((UNIT * min(units, MOST_UNITS) + AROUND) * text)
        return QSize(WIDEST, max(SMALL * text, 2 * formula, network + formula))

    def arrange(self) -> None:
        """Gives both their room; the formula's follows from what it is."""
        whole = self.window().testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        width, height = self.width(), self.height()
        beside = width > max(BESIDE * height, WIDE * self.card.theme.text_pixels)
        across = round(FORMULA_WIDTH * width) if beside else width
        self.card.resize(across, max(1, self.card.height()))
        wanted = round(self.card.wanted_height)
        share = SMALL_SHARE if height < SMALL * self.card.theme.text_pixels else SHARE
        room = height if beside else min(wanted, round((WHOLE_SHARE if whole else share) * height))
        self.card.resize(across, max(wanted, room))
        if beside:
            self.canvas.setGeometry(QRect(0, 0, width - across, height))
            self.sheet.setGeometry(QRect(width - across, 0, across, height))
        else:
            self.canvas.setGeometry(QRect(0, 0, width, height - room))
            self.sheet.setGeometry(QRect(0, height - room, width, room))
        # Told at once: left to itself, the scroll bar of a size before would still be in a picture.
        policies = Qt.ScrollBarPolicy
        fits = wanted <= self.sheet.height()
        self.sheet.setVerticalScrollBarPolicy(policies.ScrollBarAlwaysOff if fits else policies.ScrollBarAsNeeded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's entry."""
        super().resizeEvent(event)
        self.arrange()
