"""The why-line: one sentence at the bottom of the window that says what is happening to the run."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from nnviz.experiment.remedies import Remedy
from nnviz.experiment.verdict import Verdict
from nnviz.ui.icons import named_icon
from nnviz.ui.theme import GRID, LIGHT, Theme
from nnviz.ui.widgets.folding_bar import FoldingBar

ICONS = {
    "calm": ("information-outline", "muted"),
    "good": ("check-circle-outline", "good"),
    "warning": ("alert-outline", "warning"),
    "bad": ("alert-octagon-outline", "bad"),
}
LEAST = 9
"""Heights of the text that the sentence is wide, at least: where there is less, the buttons fold away."""


class WhyLine(QWidget):
    """Icon and sentence. The icon's shape says as much as its colour."""

    view_asked = Signal(str)
    """Show the view with this key."""
    remedy_chosen = Signal(object)
    """Apply this Remedy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What is happening")
        self._theme = LIGHT
        self._shown: Verdict | None = None
        self._icon, self._text = QLabel(self), QLabel("", self)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setToolTip("What is happening to this run, and the quantity that says so")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self.show_button, self.remedy_button = QPushButton("Show me", self), QPushButton(self)
        self.show_button.setToolTip("Brings the view to the front that shows what this sentence says")
        self.remedy_button.setToolTip(
            "Begins again so, with the same seed; the present run stays as a ghost, and Undo brings it back"
        )
        self.show_button.clicked.connect(self._ask)
        self.remedy_button.clicked.connect(self._help)
        self._buttons = FoldingBar(self)
        self._buttons.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(self._buttons)
        for button in (self.show_button, self.remedy_button):
            # After a click the space bar plays, and does not press the button once more.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setVisible(False)
            self._buttons.addWidget(button)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._text.text()

    @property
    def remedy(self) -> Remedy | None:
        """What its second button offers to try."""
        return None if self._shown is None else self._shown.remedy

    def show_verdict(self, verdict: Verdict) -> None:
        """Shows it; the icon is drawn anew only when the kind of news changes."""
        if self._shown is None or verdict.level != self._shown.level:
            self._draw_icon(verdict.level)
        self._shown = verdict
        self._text.setText(verdict.sentence)
        self.setAccessibleDescription(verdict.sentence)
        self.show_button.setVisible(bool(verdict.view))
        self.remedy_button.setVisible(verdict.remedy is not None)
        if verdict.remedy is not None:
            self.remedy_button.setText(f"Try {verdict.remedy.label}")

    def set_theme(self, theme: Theme) -> None:
        """Recolours the icon."""
        self._theme = theme
        self._text.setFont(theme.font(1.08))
        self._text.setMinimumWidth(LEAST * theme.text_pixels)
        # Its room is kept while there is nothing to say yet.
        self._icon.setFixedHeight(round(1.5 * theme.text_pixels))
        if self._shown is not None:
            self._draw_icon(self._shown.level)

    def _ask(self) -> None:
        if self._shown is not None:
            self.view_asked.emit(self._shown.view)

    def _help(self) -> None:
        if self._shown is not None:
            self.remedy_chosen.emit(self._shown.remedy)

    def _draw_icon(self, level: str) -> None:
        name, token = ICONS[level]
        size = round(1.5 * self._theme.text_pixels)
        self._icon.setPixmap(named_icon(name, self._theme.color(token)).pixmap(size, size))
