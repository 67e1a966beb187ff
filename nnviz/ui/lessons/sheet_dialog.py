"""Asks how the answer sheet shall be, and writes it beside the window."""

from collections.abc import Generator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
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
from nnviz.ui.export.answer_sheet import AnswerSheet, SheetPicture, sheet_html, sheet_pdf
from nnviz.ui.export.saving import ask_path
from nnviz.ui.export.sheet_figures import SheetFigures
from nnviz.ui.preferences import Preferences
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.note import Note

MAX_NAME = 80
FORMATS = {"html": ("&Web page", "Web page (*.html)"), "pdf": ("&PDF document", "PDF document (*.pdf)")}
"""By the ending of the file: the word for the box to tick, and the filter of the file dialog."""
CHOICES = "answer-sheet"
"""Under which the preferences keep name and formats."""


class SheetDialog(QDialog):
    """`written`: the Paths of the files, once they are on disk; the dialog then closes."""

    written = Signal(list)

    def __init__(self, lesson: Lesson, progress: LessonProgress, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Answer sheet")
        self._lesson, self._progress = lesson, progress
        self._preferences = Preferences()
        self._figures: SheetFigures | None = None
        self._pages: Generator[tuple[int, int], None, bytes] | None = None
        self._contents: dict[Path, bytes] = {}
        self._writing = Background(self)
        self._writing.done.connect(self._finish)
        self._writing.failed.connect(self._say)
        asked = sum((page.predict is not None) + (page.question is not None) for page in lesson.pages)
        self.heading = QLabel(lesson.title)
        self.heading.setFont(theme.font(1.2, bold=True))
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.told = QLabel(
            f"{len(progress.answers)} of {asked} questions answered. The sheet has your answers, what was measured, "
            "what you tried, the date, and how to make the same runs again."
        )
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_NAME)
        self.name.setPlaceholderText("optional")
        self.name.setAccessibleName("Name on the sheet")
        self.name.setToolTip(
            "Stands on the sheet as you type it; remembered on this computer for your next sheet, and sent nowhere"
        )
        self.with_figures = QCheckBox("&Figures of the pages that were answered")
        self.with_figures.setToolTip("Runs each page's preset once more and draws the view that the page shows")
        self.formats = {kind: QCheckBox(word) for kind, (word, _) in FORMATS.items()}
        for box in self.formats.values():
            box.setToolTip("Ticked both, the two files get the same name beside each other")
            box.toggled.connect(self._offer)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Figures drawn")
        self.bar.hide()
        self.note = Note(self, level="bad")
        self.save, self.cancel = QPushButton("&Save…"), QPushButton("Cancel")
        self.save.setDefault(True)
        self.save.clicked.connect(self._choose)
        self.cancel.clicked.connect(self._cancel)
        self._arrange()
        self._recall()

    def write(self, path: Path) -> None:
        """Draws the figures if wanted, then writes the sheet there in each format that is ticked, with its ending."""
        self.note.say("")
        self._set_busy(busy=True)
        paths = self._paths(path)
        if not self.with_figures.isChecked():
            self._put(paths, {})
            return
        figures = self._figures = SheetFigures(self._lesson, self._progress, self)
        figures.advanced.connect(self._show_progress)
        figures.finished.connect(partial(self._put, paths))
        figures.failed.connect(self._say)
        figures.start()

    def done(self, result: int) -> None:
        """However it closes, nothing goes on behind it, and what was typed is there the next time."""
        self._stop()
        boxes = {kind: box.isChecked() for kind, box in self.formats.items()}
        kept = {"name": self.name.text().strip(), "figures": self.with_figures.isChecked(), **boxes}
        self._preferences.keep_choices(CHOICES, kept)
        super().done(result)

    def _arrange(self) -> None:
        label = QLabel("&Name")
        label.setBuddy(self.name)
        field, kinds, row = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        field.addWidget(label)
        field.addWidget(self.name, 1)
        kinds.addWidget(QLabel("Save as"))
        for box in self.formats.values():
            kinds.addWidget(box)
        kinds.addStretch(1)
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID + GRID // 2)
        for words in (self.heading, self.told):
            words.setWordWrap(True)
            column.addWidget(words)
        for part in (field, kinds, row):
            part.setSpacing(GRID)
        column.addLayout(field)
        column.addLayout(kinds)
        for widget in (self.with_figures, self.bar, self.note):
            column.addWidget(widget)
        column.addLayout(row)
        self.setMinimumWidth(56 * GRID)

    def _recall(self) -> None:
        """As it was left the last time."""
        kept = self._preferences.choices(CHOICES)
        self.name.setText(str(kept.get("name", "")))
        self.with_figures.setChecked(kept.get("figures") is not False)
        for kind, box in self.formats.items():
            box.setChecked(kept.get(kind, kind == "html") is True)
        self._offer()

    def _ticked(self) -> list[str]:
        return [kind for kind, box in self.formats.items() if box.isChecked()]

    def _offer(self, *_: object) -> None:
        some = bool(self._ticked())
        self.save.setEnabled(some)
        self.save.setToolTip("" if some else "Tick a format first")

    def _choose(self, *_: object) -> None:
        kinds = self._ticked()
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
        letters = "".join(letter if letter.isalnum() else "-" for letter in self._lesson.title.lower())
        proposed = str(Path(folder) / f"{'-'.join(filter(None, letters.split('-')))}.{kinds[0]}")
        filters = {kind: FORMATS[kind][1] for kind in kinds}
        path = ask_path(self, "Save answer sheet", proposed, filters, self._paths)
        if path is not None:
            self.write(path)

    def _paths(self, path: Path) -> list[Path]:
        """Of the files that are written when this one is named: one in each format that is ticked."""
        return [path.with_suffix(f".{kind}") for kind in self._ticked()]

    def _put(self, paths: list[Path], pictures: Mapping[int, SheetPicture]) -> None:
        now = datetime.now().astimezone()
        sheet = AnswerSheet(self._lesson, self._progress, now, self.name.text().strip(), pictures)
        self._contents = {path: sheet_html(sheet) for path in paths if path.suffix == ".html"}
        printed = next((path for path in paths if path.suffix == ".pdf"), None)
        if printed is None:
            self._keep()
        else:
            self._pages = sheet_pdf(sheet)
            self._print(printed)

    def _print(self, path: Path) -> None:
        """A page, and the next one when the window has drawn and listened; the files after the last."""
        if self._pages is None:
            return
        try:
            done, count = next(self._pages)
        except StopIteration as end:
            self._pages = None
            self._contents[path] = end.value
            self._keep()
            return
        self.bar.setRange(0, count)
        self.bar.setValue(done)
        self.bar.setFormat(f"page {done} of {count}")
        QTimer.singleShot(0, self, partial(self._print, path))

    def _keep(self) -> None:
        contents = self._contents

        def write() -> list[Path]:
            for path, content in contents.items():
                write_whole(path, content)
            return list(contents)

        self._writing.start(write)

    def _finish(self, paths: object) -> None:
        self.written.emit(paths)
        self.accept()

    def _show_progress(self, done: int, of: int, doing: str) -> None:
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        self.bar.setFormat(f"figure {min(done + 1, of)} of {of}: {doing}" if doing else f"figure {done} of {of}")

    def _set_busy(self, *, busy: bool) -> None:
        self.bar.setVisible(busy)
        for widget in (self.save, self.name, self.with_figures, *self.formats.values()):
            widget.setEnabled(not busy)
        if not busy:
            self._offer()

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
