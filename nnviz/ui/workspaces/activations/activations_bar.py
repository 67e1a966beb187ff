"""The bar above the pages: which page is shown, and what to begin with."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from nnviz.experiment.files import load_document
from nnviz.resources import resource
from nnviz.ui.action_bar import ActionBar
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.theme import Theme

PAGES = (
    ("functions", "Functions", "f and f′ side by side, where they are flat, and a table of their properties"),
    ("signal", "Signal", "A distribution of inputs pushed through each function"),
    ("depth", "Depth", "The product of derivatives through many layers: why gradients vanish"),
    ("tanh", "tanh from σ", "tanh is a sigmoid, stretched and shifted"),
    ("softmax", "softmax", "A function of a whole layer: outputs that share 1"),
)
ORDER = ("sigmoid_family", "tanh_from_sigmoid", "rectifiers", "threshold", "wide_input", "depth_product")
"""Of the presets, by name of the file; others follow."""


class ActivationsBar(ActionBar):
    """page_chosen: a page's key. preset_chosen: the file of one."""

    page_chosen = Signal(str)
    preset_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Activations", parent)
        self.pages = Segments("Page", PAGES)
        self.pages.chosen.connect(self.page_chosen)
        self.addWidget(self.pages)
        self.addStretch()
        self.presets = QToolButton(self)
        self.presets.setText("Presets")
        self.presets.setAccessibleName("Presets")
        self.presets.setToolTip("Comparisons that are worth a look. Edit → Undo brings back what was there.")
        self.presets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.presets)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._list)
        self.presets.setMenu(self._menu)
        self.addWidget(self.presets)

    def set_theme(self, theme: Theme) -> None:
        """Colours and typeface."""
        self.presets.setFont(theme.font())
        self.presets.setStyleSheet(
            "QToolButton { border: none; padding: 3px 20px 3px 8px; }"
            f"QToolButton:hover, QToolButton:focus {{ background: {theme.raised}; }}"
            "QToolButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }"
        )
        self._menu.setFont(theme.font())
        self.pages.restyle(theme)
        super().set_theme(theme)

    def _list(self) -> None:
        if self._menu.actions():
            return
        for path in preset_files():
            document = load_document(path)
            action = QAction(document.name, self._menu)
            action.setToolTip(document.description)
            action.triggered.connect(lambda _checked=False, path=path: self.preset_chosen.emit(path))
            self._menu.addAction(action)


def preset_files() -> Sequence[Path]:
    """The shipped ones in their order."""
    found = {path.stem: path for path in resource("presets", "activations").glob("*.nnviz")}
    first = [found.pop(name) for name in ORDER if name in found]
    return [*first, *(found[name] for name in sorted(found))]
