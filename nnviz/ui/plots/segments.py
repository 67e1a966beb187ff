"""A small row of buttons of which one is chosen: which form of a plot is shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from nnviz.ui.theme import LIGHT, Theme


class Segments(QWidget):
    """Buttons for (key, text, tool tip) each. Arrow keys and Tab reach them; `choose` is silent, a click is not."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str, str]] = ()) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        self._buttons: dict[str, QToolButton] = {}
        self._choices: tuple[tuple[str, str, str], ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.offer(choices)

    @property
    def key(self) -> str:
        """The chosen one; empty when there is none to choose."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def offer(self, choices: Sequence[tuple[str, str, str]], colors: Sequence[QColor] = ()) -> None:
        """Other choices; the chosen one stays when it is still there, else the first. colors: of the texts."""
        if tuple(choices) != self._choices:
            before = self.key
            self._choices = tuple(choices)
            for button in self._buttons.values():
                self._group.removeButton(button)
                button.hide()
                button.deleteLater()
            self._buttons = {key: self._button(text, tip) for key, text, tip in choices}
            if self._buttons:
                self.choose(before if before in self._buttons else next(iter(self._buttons)))
            self.restyle(self.theme)
        for button, color in zip(self._buttons.values(), colors, strict=False):
            faint = f"rgba({color.red()}, {color.green()}, {color.blue()}, 25%)"
            button.setStyleSheet(
                f"QToolButton {{ border-bottom: 3px solid {color.name()}; }}"
                f"QToolButton:checked {{ background: {faint}; }}"
            )

    def choose(self, key: str) -> None:
        """Chooses without telling."""
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> QToolButton:
        """The button of a choice."""
        return self._buttons[key]

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        self.theme = theme
        self.setStyleSheet(
            f"QToolButton {{ border: none; border-bottom: 2px solid transparent; padding: 3px 8px;"
            f" color: {theme.muted}; font-size: {theme.text_pixels}px; }}"
            f"QToolButton:hover {{ color: {theme.text}; }}"
            f"QToolButton:focus {{ background: {theme.raised}; }}"
            f"QToolButton:checked {{ color: {theme.text}; border-bottom-color: {theme.accent}; }}"
        )

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(button)
        self._group.addButton(button)
        return button

    def _tell(self) -> None:
        self.chosen.emit(self.key)
