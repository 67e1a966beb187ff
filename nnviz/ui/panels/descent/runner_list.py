"""The runners in their order, with what adds, copies, removes and moves them."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from nnviz.experiment.descent.specification import RunnerSpec
from nnviz.ui.icons import named_icon
from nnviz.ui.theme import GRID, LIGHT, Theme
from nnviz.ui.widgets.explained import explain

MOST_ROWS = 8
BUTTONS = (
    ("add", "plus", "Add a runner", "Another runner of gradient descent (Insert)"),
    ("copy", "content-copy", "Duplicate the runner", "The same once more, to change one thing in it (Ctrl+D)"),
    ("remove", "trash-can-outline", "Remove the runner", "Takes it out of the race (Delete)"),
    ("up", "arrow-up", "Move up", "Earlier in the list (Alt+Up)"),
    ("down", "arrow-down", "Move down", "Later in the list (Alt+Down)"),
)


class _List(QListWidget):
    """Keys do what the buttons do."""

    pressed_key = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers()
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        keys = {
            (Qt.Key.Key_Insert, False, False): "add",
            (Qt.Key.Key_Delete, False, False): "remove",
            (Qt.Key.Key_D, False, True): "copy",
            (Qt.Key.Key_Up, True, False): "up",
            (Qt.Key.Key_Down, True, False): "down",
        }
        what = keys.get((Qt.Key(event.key()), alt, control))
        if what is None:
            super().keyPressEvent(event)
        else:
            self.pressed_key.emit(what)


class RunnerList(QWidget):
    """selected: a row was chosen. asked: "add", "copy", "remove", "up" or "down", for the row chosen."""

    selected = Signal(int)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.list = _List()
        self.list.setAccessibleName("Runners")
        self.list.setToolTip("The chosen runner has its settings below, its tangent and its step on the plots")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, icon, name, tip in BUTTONS:
            button = self.buttons[key] = QToolButton()
            button.setAutoRaise(True)
            button.setProperty("icon_name", icon)
            explain(button, name, tip)
            button.clicked.connect(lambda _checked=False, key=key: self.asked.emit(key))
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.list)
        column.addLayout(row)
        self.setFocusProxy(self.list)
        self.list.currentRowChanged.connect(self._choose)
        self.list.pressed_key.connect(self._ask)

    def show_runners(self, runners: tuple[RunnerSpec, ...], chosen: int, colors: list[QColor], *, full: bool) -> None:
        """Shows them without emitting. full: no more can be added."""
        with QSignalBlocker(self.list):
            while self.list.count() > len(runners):
                self.list.takeItem(self.list.count() - 1)
            while self.list.count() < len(runners):
                self.list.addItem(QListWidgetItem())
            for row, (runner, color) in enumerate(zip(runners, colors, strict=True)):
                item = self.list.item(row)
                item.setText(runner.title)
                item.setToolTip(runner.title)
                item.setIcon(dot(color, self.theme))
            self.list.setCurrentRow(chosen)
        metrics = self.list.fontMetrics().height() + GRID // 2
        self.list.setFixedHeight(metrics * min(max(len(runners), 2), MOST_ROWS) + GRID)
        some = bool(runners)
        for key, on in (("add", not full), ("copy", some and not full), ("remove", some), ("up", chosen > 0),
                        ("down", 0 <= chosen < len(runners) - 1)):  # fmt: skip
            self.buttons[key].setEnabled(on)

    def set_theme(self, theme: Theme) -> None:
        """Icons in the theme's colours."""
        self.theme = theme
        size = round(1.25 * theme.text_pixels)
        self.list.setIconSize(QSize(theme.text_pixels, theme.text_pixels))
        for button in self.buttons.values():
            name = str(button.property("icon_name"))
            color, off = theme.color("text"), theme.color("muted", 0.5)
            button.setIcon(named_icon(name, color, off))
            button.setIconSize(QSize(size, size))

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.selected.emit(row)

    def _ask(self, key: str) -> None:
        if self.buttons[key].isEnabled():
            self.asked.emit(key)


def dot(color: QColor, theme: Theme) -> QIcon:
    """A disc of a runner's colour."""
    side = 2 * theme.text_pixels
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("surface"), 2.0))
    painter.setBrush(color)
    painter.drawEllipse(picture.rect().adjusted(3, 3, -3, -3))
    painter.end()
    icon = QIcon(picture)
    # Qt would tint it in a row that is selected.
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
