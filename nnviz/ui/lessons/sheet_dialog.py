"""Asks how the answer sheet shall be, and writes it beside the window."""

from collections.abc import Generator
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.experiment.lesson.progress import LessonProgress
from nnviz.experiment.lesson.record import Lesson
from nnviz.experiment.writing import write_whole
from nnviz.ui.export.answer_sheet import AnswerSheet, sheet_html, sheet_pdf
from nnviz.ui.export.sheet_figures import SheetFigures
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.note import Note

MAX_NAME = 80
FILTERS = {"html": "Web page (*.html)", "pdf": "PDF document (*.pdf)"}


class SheetDialog(QDialog):
    """`written`: the Path of the file, once it is on disk; the dialog then closes."""

    written = Signal(object)

    def __init__(self, lesson: Lesson, progress: LessonProgress, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Answer sheet")
        self._lesson, self._progress = lesson, progress
        self._figures: SheetFigures | None = None
        self._pages: Generator[tuple[int, int], None, bytes] | None = None
        self._writing = Background(self)
        self._writing.done.connect(self._finish)
        self._writing.failed.connect(self._say)
        asked = sum((page.predict is not None) + (page.question is not None) for page in lesson.pages)
        self.heading = QLabel(lesson.title)
        self.heading.setFont(theme.font(1.2, bold=True))
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.told = QLabel(
            f"{len(progress.answers)} of {asked} questions answered. The sheet has your answers, what was measured, "
            "what you tried, and how to make the same runs again."
        )
        self.told.setWordWrap(True)
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_NAME)
        self.name.setPlaceholderText("optional")
        self.name.setAccessibleName("Name on the sheet")
        self.name.setToolTip("Stands on the sheet as you type it; nothing is sent anywhere or remembered")
        label = QLabel("&Name")
        label.setBuddy(self.name)
        self.with_figures = QCheckBox("&Figures of the pages that were answered")
        self.with_figures.setToolTip("Runs each page's preset once more and draws the view that the page shows")
        self.with_figures.setChecked(True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Figures drawn")
        self.bar.hide()
        self.note = Note(self, level="bad")
        self.buttons = {
            "html": QPushButton("Save as &web page…"),
            "pdf": QPushButton("Save as &PDF…"),
        }
        self.cancel = QPushButton("Cancel")
        self.cancel.clicked.connect(self._cancel)
        row, field = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(GRID)
        row.addStretch(1)
        for kind, button in self.buttons.items():
            button.clicked.connect(partial(self._choose, kind))
            row.addWidget(button)
        row.addWidget(self.cancel)
        field.setSpacing(GRID)
        field.addWidget(label)
        field.addWidget(self.name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID + GRID // 2)
        for label_above in (self.heading, self.told):
            column.addWidget(label_above)
        column.addLayout(field)
        for widget in (self.with_figures, self.bar, self.note):
            column.addWidget(widget)
        column.addLayout(row)
        self.setMinimumWidth(56 * GRID)

    def write(self, path: Path) -> None:
        """Draws the figures if wanted, then writes the sheet in the format of the path's ending."""
        self.note.say("")
        self._set_busy(busy=True)
        if not self.with_figures.isChecked():
            self._put(path, {})
            return
        figures = self._figures = SheetFigures(self._lesson, self._progress, self)
        figures.advanced.connect(self._show_progress)
        figures.finished.connect(partial(self._put, path))
        figures.failed.connect(self._say)
        figures.start()

    def done(self, result: int) -> None:
        """However it closes, nothing goes on behind it."""
        self._stop()
        super().done(result)

    def _choose(self, kind: str, *_: object) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
        letters = "".join(letter if letter.isalnum() else "-" for letter in self._lesson.title.lower())
        proposed = str(Path(folder) / f"{'-'.join(filter(None, letters.split('-')))}.{kind}")
        name, _filter = QFileDialog.getSaveFileName(self, "Save answer sheet", proposed, FILTERS[kind])
        if name:
            path = Path(name)
            self.write(path if path.suffix == f".{kind}" else path.with_name(f"{path.name}.{kind}"))

    def _put(self, path: Path, pictures: object) -> None:
        assert isinstance(pictures, dict)
        now = datetime.now().astimezone()
        sheet = AnswerSheet(self._lesson, self._progress, now, self.name.text().strip(), pictures)

        if path.suffix == ".pdf":
            self._pages = sheet_pdf(sheet)
            self._print(path)
        else:
            self._keep(path, sheet_html(sheet))

    def _print(self, path: Path) -> None:
        """A page, and the next one when the window has drawn and listened; the file after the last."""
        if self._pages is None:
            return
        try:
            done, count = next(self._pages)
        except StopIteration as end:
            self._pages = None
            self._keep(path, end.value)
            return
        self.bar.setRange(0, count)
        self.bar.setValue(done)
        self.bar.setFormat(f"page {done} of {count}")
        QTimer.singleShot(0, self, partial(self._print, path))

    def _keep(self, path: Path, content: bytes) -> None:
        def write() -> Path:
            write_whole(path, content)
            return path

        self._writing.start(write)

    def _finish(self, path: object) -> None:
        self.written.emit(path)
        self.accept()

    def _show_progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        self.bar.setFormat(f"figure {min(done + 1, of)} of {of}")

    def _set_busy(self, *, busy: bool) -> None:
        self.bar.setVisible(busy)
        for widget in (*self.buttons.values(), self.name, self.with_figures):
            widget.setEnabled(not busy)

    def _say(self, sentence: str) -> None:
        self._stop()
        self.note.say(sentence)

    def _cancel(self) -> None:
        """What goes on; when nothing does, the dialog."""
        if self.bar.isHidden():
            self.reject()
        else:
            self._stop()

    def _stop(self) -> None:
        if self._figures is not None:
            self._figures.cancel()
            self._figures.deleteLater()
        self._figures = self._pages = None
        self._writing.cancel()
        self._set_busy(busy=False)
