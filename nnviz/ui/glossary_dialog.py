"""The glossary: search at the top, terms at the left, what the chosen one means at the right."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nnviz.experiment.lesson.glossary import Term, found
from nnviz.ui.lessons.lesson_text import LessonText
from nnviz.ui.theme import GRID, LIGHT, Theme

KEY = Qt.ItemDataRole.UserRole


class GlossaryDialog(QDialog):
    """Stays open beside the window. It knows neither lessons nor workspaces: what is asked for goes out as signals."""

    lesson_asked = Signal(int, str)
    """Topic, and title of the page."""
    view_asked = Signal(str, str)
    """Keys of workspace and figure; the figure may be empty."""

    def __init__(
        self, terms: Mapping[str, Term], places: Mapping[str, str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        """places: the titles of the workspaces that there are, by key."""
        super().__init__(parent)
        self.setWindowTitle("Glossary")
        self._terms, self._places = dict(terms), dict(places)
        self._term: Term | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search, for example: vanishing, Xavier, step size")
        self.search.setAccessibleName("Search the glossary")
        self.search.setToolTip("Letters of a term, of another word for it, or of what is said about it")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._list)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Terms")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.currentItemChanged.connect(lambda item, _before: self._choose(item))
        self.nothing = QLabel("No term has these letters. Try fewer of them.")
        self.nothing.setWordWrap(True)
        self.name, self.also = QLabel(), QLabel()
        for label in (self.name, self.also):
            label.setWordWrap(True)
        self.text, self.related = LessonText(), LessonText()
        for part in (self.text, self.related):
            part.term_asked.connect(self.show_term)
        self.lesson, self.view = QPushButton(), QPushButton()
        self.lesson.setToolTip("Opens the lesson's page that is about it")
        self.view.setToolTip("Brings the figure to the front in which it is seen")
        self.lesson.clicked.connect(self._ask_lesson)
        self.view.clicked.connect(self._ask_view)
        self._arrange()
        self.set_theme(theme)
        self._list("")

    def show_term(self, key: str) -> None:
        """Shows a term, whatever is being searched for; an unknown key shows the list."""
        if key not in self._terms:
            return
        self.search.clear()
        for row in range(self.list.count()):
            if self.list.item(row).data(KEY) == key:
                self.list.setCurrentRow(row)

    def set_theme(self, theme: Theme) -> None:
        """Colours and sizes."""
        self.setFont(theme.font())
        self.name.setFont(theme.font(1.35, bold=True))
        for label in (self.also, self.nothing):
            label.setStyleSheet(f"color: {theme.muted};")
        for part in (self.text, self.related):
            part.set_theme(theme)
        scale = theme.text_pixels / LIGHT.text_pixels
        self.list.setStyleSheet(f"QListWidget::item {{ padding: {GRID // 4}px {GRID // 2}px; }}")
        self.list.setFixedWidth(round(26 * GRID * scale))
        self.resize(round(86 * GRID * min(scale, 1.25)), round(56 * GRID * min(scale, 1.25)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys walk through the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None and self.list.count():
                self.list.setCurrentRow(min(max(self.list.currentRow() + by, 0), self.list.count() - 1))
                return True
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * GRID, 0, GRID, 0)
        column.setSpacing(GRID + GRID // 2)
        buttons = QVBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.lesson, self.view):
            button.setAutoDefault(False)
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.name, self.also, self.text):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(self.related)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(self.nothing)
        left.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addLayout(left)
        row.addWidget(scroll, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.setSpacing(2 * GRID)
        whole.addWidget(self.search)
        whole.addLayout(row, 1)
        self.setTabOrder(self.search, self.list)

    def _list(self, typed: str) -> None:
        """The terms that what was typed may mean, the likeliest first."""
        self.list.blockSignals(True)
        self.list.clear()
        for term in found(self._terms, typed) if typed.strip() else self._terms.values():
            item = QListWidgetItem(term.name, self.list)
            item.setData(KEY, term.key)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.nothing.setVisible(self.list.count() == 0)
        self.list.setVisible(self.list.count() > 0)
        self._choose(self.list.currentItem())

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        term = self._term = self._terms[item.data(KEY)]
        self.name.setText(term.name)
        self.also.setText(f"also: {', '.join(term.also)}")
        self.also.setVisible(bool(term.also))
        self.text.show_markdown(term.text)
        self.lesson.setVisible(term.topic is not None)
        self.lesson.setText(f"Lesson {term.topic}: {term.page}" if term.page else f"Lesson {term.topic}")
        place = self._places.get(term.workspace)
        self.view.setVisible(place is not None)
        self.view.setText(f"Show it in the workspace {place}")
        others = ", ".join(f"[{self._terms[key].name}](glossary:{key})" for key in term.see)
        self.related.show_markdown(f"See also: {others}" if others else "")
        self.related.setVisible(bool(others))

    def _ask_lesson(self) -> None:
        if self._term is not None and self._term.topic is not None:
            self.lesson_asked.emit(self._term.topic, self._term.page)

    def _ask_view(self) -> None:
        if self._term is not None:
            self.view_asked.emit(self._term.workspace, self._term.figure)
