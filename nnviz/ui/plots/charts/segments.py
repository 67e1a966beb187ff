"""A small row of buttons of which one is chosen: which form of a plot is shown."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from nnviz.ui.theme import LIGHT, Theme
from nnviz.ui.widgets.explained import tooltip

MARK = " ▾"


class Segments(QWidget):
    """Buttons for (key, text, tool tip) each. Arrow keys and Tab reach them; `choose` is silent, a click is not.

    Where they do not fit beside each other, one button with the chosen text opens a menu of them.
    """

    chosen = Signal(str)
    foldable = True

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
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.short = QToolButton(self)
        self.short.setAccessibleName(name)
        self.short.setToolTip(tooltip(name))
        self.short.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.short.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.short)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.short.setMenu(self._menu)
        self.short.hide()
        row.addWidget(self.short)
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
        self._name_short()

    def sizeHint(self) -> QSize:
        """With all choices beside each other."""
        hints = [button.sizeHint() for button in self._buttons.values()]
        return QSize(sum(hint.width() for hint in hints), max([hint.height() for hint in hints], default=0))

    def minimumSizeHint(self) -> QSize:
        """With the widest choice alone, and a sign that there are others."""
        hints = [button.sizeHint() for button in self._buttons.values()]
        mark = self.fontMetrics().horizontalAdvance(MARK) + 4
        widest = max([hint.width() for hint in hints], default=0) + mark
        return QSize(min(widest, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All of them, or the chosen one."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A choice that got another name needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

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
            "QToolButton::menu-indicator { image: none; }"
        )
        self._menu.setFont(theme.font())
        self.updateGeometry()
        self._fit()

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
        self._name_short()
        self.chosen.emit(self.key)

    def _fit(self) -> None:
        folded = self.width() < self.sizeHint().width() and len(self._buttons) > 1
        for button in self._buttons.values():
            button.setVisible(not folded)
        self.short.setVisible(folded)
        self._name_short()

    def _name_short(self) -> None:
        text = self._buttons[self.key].text() + MARK if self.key else ""
        if text != self.short.text():
            self.short.setText(text)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for button in self._buttons.values():
            action = self._menu.addAction(button.text())
            action.setToolTip(button.toolTip())
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            action.triggered.connect(button.click)
