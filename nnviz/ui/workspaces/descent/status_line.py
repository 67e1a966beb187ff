"""The line at the bottom that says in words what is happening to the runners."""

import html
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from nnviz.experiment.descent.commentary import Level, Remark
from nnviz.experiment.descent.specification import Descent
from nnviz.ui.icons import named_icon
from nnviz.ui.plots.descent.runner_colors import runner_color
from nnviz.ui.plots.surface.glyphs import legible
from nnviz.ui.theme import GRID, LIGHT, Theme
from nnviz.ui.why_line import ICONS

SPELT_OUT = 3
"""Of more runners only the chosen one is spoken of, and the others are counted."""
RANK: tuple[Level, ...] = ("bad", "warning", "good", "calm")


class StatusLine(QWidget):
    """Icon and sentence. The icon's shape says as much as its colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What is happening")
        self._theme = LIGHT
        self._level = ""
        self._rich: tuple[str, ...] = ()
        self._icon, self._text = QLabel(self), QLabel("", self)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setToolTip("What is happening to the runners, and the quantities that say so")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    @property
    def sentence(self) -> str:
        """What it says, without colours."""
        return self.accessibleDescription()

    def show_sentence(self, sentence: str, level: str = "calm") -> None:
        """Something said about all of it."""
        self._say(sentence, level, (html.escape(sentence),))

    def show_remarks(self, spec: Descent, remarks: tuple[Remark, ...], chosen: int) -> None:
        """One part of the sentence for each runner; where that is more than two lines, of the chosen one alone."""
        if not remarks:
            self.show_sentence("There is no runner: add one at the left.")
            return
        levels = {remark.level for remark in remarks}
        level = next(level for level in RANK if level in levels)
        brief = self._words(spec, remarks, [chosen])
        plain, rich = brief if len(remarks) > SPELT_OUT else self._words(spec, remarks, range(len(remarks)))
        self._say(plain, level, (rich, brief[1], self._words(spec, remarks, [chosen], others=False)[1]))

    def _words(
        self, spec: Descent, remarks: tuple[Remark, ...], shown: Sequence[int], *, others: bool = True
    ) -> tuple[str, str]:
        """(plain, with colours) what is said of some runners; the others are counted."""
        plain, rich = [], []
        for number in shown:
            runner, remark = spec.runners[number], remarks[number]
            color = legible(runner_color(self._theme, runner.colour), self._theme).name()
            plain.append(f"{runner.title} {remark.words}")
            title = html.escape(runner.title)
            rich.append(f'<b><span style="color:{color}">● </span>{title}</b> {html.escape(remark.words)}')
        if others and len(remarks) > len(shown):
            counts = Counter(remark.fate for remark in remarks)
            words = ", ".join(f"{number} {fate}" for fate, number in counts.most_common())
            plain.append(f"of {len(remarks)} runners: {words}")
            rich.append(html.escape(plain[-1]))
        return "; ".join(plain), "&nbsp; · &nbsp;".join(rich)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for all of it, or no longer."""
        super().resizeEvent(event)
        # The label has its new width once this is over.
        QTimer.singleShot(0, self, self._fit)

    def set_theme(self, theme: Theme) -> None:
        """Recolours the icon."""
        self._theme = theme
        self._text.setFont(theme.font(1.04))
        # Always two lines: what is said must not move the plots, least of all while something on them is dragged.
        self._text.setFixedHeight(2 * QFontMetrics(theme.font(1.04)).lineSpacing() + 2)
        if self._level:
            self._draw_icon(self._level)
        self._fit()

    def _say(self, plain: str, level: str, rich: tuple[str, ...]) -> None:
        """rich: the same with colours, and shorter ones for less room; a screen reader is told all of it."""
        if level != self._level:
            self._level = level
            self._draw_icon(level)
        if plain != self.accessibleDescription():
            self.setAccessibleDescription(plain)
            self._rich = rich
            self._fit()

    def _fit(self) -> None:
        for rich in self._rich:
            # No line ends beside a sign of equality: α = 1.1 and J = 4 stay whole.
            self._text.setText(rich.replace(" = ", "\u00a0=\u00a0"))
            if self._text.heightForWidth(self._text.width()) <= self._text.height():
                break

    def _draw_icon(self, level: str) -> None:
        name, token = ICONS[level]
        size = round(1.4 * self._theme.text_pixels)
        self._icon.setPixmap(named_icon(name, self._theme.color(token)).pixmap(size, size))
