"""The gallery of presets: one card each, with a picture of its data and what to look at."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnviz.engine.datasets.record import DataSet
from nnviz.experiment.files import load_experiment
from nnviz.experiment.problem import dataset
from nnviz.experiment.specification import Experiment
from nnviz.resources import resource
from nnviz.ui.panels.card_delegate import DESCRIPTION, PICTURE, CardDelegate
from nnviz.ui.panels.thumbnail import thumbnail
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.current_theme import current_theme
from nnviz.ui.widgets.note import Note

PATTERN = "*.nnviz"
TASKS = ("spiral", "circle", "xor", "rings", "regions", "sine", "hills", "houses", "iris", "penguins", "digits")
PHENOMENA = (
    "vanishing", "rescued", "exploding", "collapse", "saturated", "dying", "leaky", "zeros", "threshold",
    "deep_linear", "wrong_pair", "edge", "too_fast",
)  # fmt: skip
FIRST = (*TASKS, *PHENOMENA)
"""Their order in the gallery, by name of the file: tasks that are learned, then what can go wrong, each beside its
cure; others follow by their names."""


class GalleryDialog(QDialog):
    """`chosen` is emitted with the path of the preset; the dialog then closes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        """folder: where the presets are; the shipped ones unless given."""
        super().__init__(parent)
        self.setWindowTitle("Presets")
        self.cards = QListWidget(self)
        self.broken = Note(self, level="bad")
        self._delegate = CardDelegate(self.cards)
        self._specs: list[Experiment] = []
        self._data: list[DataSet] = []
        self._background = Background(self)
        self._background.done.connect(self._drawn)
        self._background.failed.connect(self.broken.say)
        self._lay_out()
        self._list(folder or resource("presets"))
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
        for path in sorted(folder.glob(PATTERN), key=lambda path: (place.get(path.stem, len(place)), path.stem)):
            try:
                spec = load_experiment(path)
            except (ValueError, OSError) as error:
                self.broken.say(str(error))
                continue
            item = QListWidgetItem(spec.name or path.stem, self.cards)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setData(DESCRIPTION, spec.description)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, spec.description)
            self._specs.append(spec)
        self._delegate.fit([spec.description for spec in self._specs], self.cards.fontMetrics())
        self.cards.setCurrentRow(0)

    def _draw_next(self) -> None:
        if len(self._data) < len(self._specs):
            spec = self._specs[len(self._data)]
            self._background.start(lambda: dataset(spec.data, spec.seed))

    def _drawn(self, data: DataSet) -> None:
        self._data.append(data)
        self._paint(len(self._data) - 1)
        self._draw_next()

    def _paint(self, row: int) -> None:
        image: QImage = thumbnail(self._data[row], PICTURE, current_theme(self), self.devicePixelRatioF())
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
