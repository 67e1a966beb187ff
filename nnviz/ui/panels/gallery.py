"""The gallery of presets, in groups by workspace: one card each, with a picture and what to look at."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListView,
    QListWidget,
    QListWidgetItem,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from nnviz.experiment.documents import LAB, Document, workspace_of
from nnviz.experiment.files import load_document
from nnviz.resources import resource
from nnviz.ui.panels.card_delegate import DESCRIPTION, PICTURE, CardDelegate
from nnviz.ui.panels.preset_picture import Material, material_of, preset_picture
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.current_theme import current_theme
from nnviz.ui.widgets.note import Note

PATTERN = "*.nnviz"
TASKS = ("spiral", "circle", "xor", "rings", "regions", "sine", "hills", "houses", "iris", "penguins", "digits")
PHENOMENA = (
    "vanishing", "rescued", "exploding", "collapse", "saturated", "dying", "leaky", "zeros", "threshold",
    "deep_linear", "not_convex", "two_weights", "wrong_pair", "edge", "too_fast",
)  # fmt: skip
NEURON = (
    "one_neuron", "decision_line", "house_neuron", "gate_and", "gate_or", "gate_nand", "gate_not", "gate_xor",
    "xor_network", "bias_line", "bias_houses", "bias_origin",
)  # fmt: skip
DESCENT = (
    "three_rates", "two_minima", "ravine_momentum", "adam_adagrad", "saddle", "plateau", "line_fit",
)  # fmt: skip
FIRST = (*TASKS, *PHENOMENA, *NEURON, *DESCENT)
"""Their order in the gallery, by name of the file: tasks that are learned, then what can go wrong, each beside its
cure; others follow by their names."""
GROUPS = {LAB: "Lab", "descent": "Descent", "neuron": "Neuron", "activations": "Activations"}
"""Titles of the groups, by workspace."""
GROUP = Qt.ItemDataRole.UserRole + 2


class GalleryDialog(QDialog):
    """`chosen` is emitted with the path of the preset; the dialog then closes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None, group: str = LAB) -> None:
        """folder: where the presets are; the shipped ones unless given. group: the workspace whose presets are shown
        first."""
        super().__init__(parent)
        self.setWindowTitle("Presets")
        self.groups = QTabBar(self)
        self.cards = QListWidget(self)
        self.broken = Note(self, level="bad")
        self._delegate = CardDelegate(self.cards)
        self._specs: list[Document] = []
        self._data: list[Material] = []
        self._background = Background(self)
        self._background.done.connect(self._drawn)
        self._background.failed.connect(self.broken.say)
        self._lay_out()
        self._list(folder or resource("presets"))
        self._offer_groups(group)
        self._draw_next()

    def _lay_out(self) -> None:
        cards = self.cards
        cards.setAccessibleName("Presets")
        cards.setViewMode(QListView.ViewMode.IconMode)
        cards.setMovement(QListView.Movement.Static)
        cards.setResizeMode(QListView.ResizeMode.Adjust)
        cards.setUniformItemSizes(True)
        cards.setSpacing(GRID // 2)
        cards.setFrameShape(QListWidget.Shape.NoFrame)
        cards.setMouseTracking(True)
        cards.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        cards.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        cards.setItemDelegate(self._delegate)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.open_button = buttons.addButton("Open", QDialogButtonBox.ButtonRole.AcceptRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, 2 * GRID)
        layout.setSpacing(GRID)
        self.groups.setAccessibleName("Workspaces")
        self.groups.setDrawBase(False)
        self.groups.setExpanding(False)
        theme = current_theme(self)
        self.groups.setStyleSheet(
            f"QTabBar::tab {{ padding: {GRID // 2}px {2 * GRID}px; border: 0; border-bottom: 2px solid transparent;"
            f" color: {theme.muted}; }}"
            f"QTabBar::tab:selected {{ color: {theme.text}; border-bottom: 2px solid {theme.accent}; }}"
        )
        self.groups.currentChanged.connect(self._show_group)
        layout.addWidget(self.groups)
        layout.addWidget(cards, 1)
        layout.addWidget(self.broken)
        layout.addWidget(buttons)
        self.resize(3 * (PICTURE.width() + 3 * GRID) + 6 * GRID, 92 * GRID)
        # A click opens; so do Enter and the button for what the arrow keys chose.
        cards.itemClicked.connect(self._choose)
        buttons.accepted.connect(lambda: self._choose(cards.currentItem()))
        self.open_button.setDefault(True)
        buttons.rejected.connect(self.reject)

    def _list(self, folder: Path) -> None:
        place = {name: number for number, name in enumerate(FIRST)}
        paths = [*folder.glob(PATTERN), *folder.glob(f"*/{PATTERN}")]
        for path in sorted(paths, key=lambda path: (place.get(path.stem, len(place)), path.stem)):
            try:
                spec = load_document(path)
            except (ValueError, OSError) as error:
                self.broken.say(str(error))
                continue
            item = QListWidgetItem(spec.name or path.stem, self.cards)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setData(DESCRIPTION, spec.description)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, spec.description)
            item.setData(GROUP, workspace_of(spec))
            self._specs.append(spec)

    def _offer_groups(self, first: str) -> None:
        """A tab for each workspace that has presets."""
        there = [self.cards.item(row).data(GROUP) for row in range(self.cards.count())]
        for key, title in GROUPS.items():
            if key in there:
                self.groups.addTab(title)
                self.groups.setTabData(self.groups.count() - 1, key)
        for tab in range(self.groups.count()):
            if self.groups.tabData(tab) == first:
                self.groups.setCurrentIndex(tab)
        self._show_group()

    def _show_group(self, _tab: int = 0) -> None:
        """The cards of the tab in front; the first of them is the one that Enter opens."""
        key = self.groups.tabData(self.groups.currentIndex())
        shown, texts = [], []
        for row in range(self.cards.count()):
            item = self.cards.item(row)
            item.setHidden(item.data(GROUP) != key)
            if not item.isHidden():
                shown.append(row)
                texts.append((item.text(), str(item.data(DESCRIPTION))))
        self._delegate.fit(texts, self.cards.font())
        self.cards.scheduleDelayedItemsLayout()
        self.cards.setCurrentRow(shown[0] if shown else -1)
        self.cards.scrollToTop()

    def _draw_next(self) -> None:
        if len(self._data) < len(self._specs):
            spec = self._specs[len(self._data)]
            self._background.start(lambda: material_of(spec))

    def _drawn(self, data: Material) -> None:
        self._data.append(data)
        self._paint(len(self._data) - 1)
        self._draw_next()

    def _paint(self, row: int) -> None:
        image: QImage = preset_picture(self._data[row], PICTURE, current_theme(self), self.devicePixelRatioF())
        self.cards.item(row).setData(Qt.ItemDataRole.DecorationRole, image)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
            self.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for row in range(len(self._data)):
                self._paint(row)

    def done(self, result: int) -> None:
        """However it closes, nothing is drawn any more."""
        self._background.cancel()
        super().done(result)
