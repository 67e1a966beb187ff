"""Asks how a figure, or all figures of a workspace, are to leave the program, and shows what the file will show."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QSize, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.ui.export.clipboard import copy_table
from nnviz.ui.export.exporter import Exporter, Order
from nnviz.ui.export.files import FILTERS, file_name, paths_beside, picture_width
from nnviz.ui.export.looks import PICTURES, Looks, Words, dots_per_inch
from nnviz.ui.export.looks_form import LooksForm
from nnviz.ui.export.numbers import MAIN, Tables, tables_of
from nnviz.ui.export.picture import copy_picture, plate_image
from nnviz.ui.export.plate import Plate
from nnviz.ui.export.preview import Preview
from nnviz.ui.export.saving import ask_path, may_replace
from nnviz.ui.plots.figure import Figure
from nnviz.ui.preferences import Preferences
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.form import muted
from nnviz.ui.widgets.on_screen import ShrinkingForm, resize_on_screen

LIVE_MS = 1000
RESTS = 20
"""A preview that is drawn again and again by itself rests so many times as long as it took."""


class ExportDialog(QDialog):
    """figures: those to choose from, ``first`` in front. words: title and caption of a figure as it is now.

    said: a sentence: what was written, or copied.
    """

    said = Signal(str)

    def __init__(
        self,
        figures: Sequence[Figure],
        first: Figure,
        words: Callable[[Figure], Words],
        *,
        together: bool = False,
        left_out: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """together: all figures into a folder, rather than one. left_out: which are not among them, and why."""
        super().__init__(parent)
        self.setWindowTitle("Export all figures" if together else "Export figure")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.figures, self.words, self.together, self.left_out = list(figures), words, together, left_out
        self.figure = first
        self._preferences = Preferences()
        self._stored = self._preferences.choices("export")
        self.exporter = Exporter(self)
        self.exporter.done.connect(self._done)
        self.exporter.failed.connect(self._failed)
        self.exporter.advanced.connect(self._advanced)
        self.preview, self.form = Preview(), LooksForm()
        self.choice = Choice(Entry(str(place), figure.title) for place, figure in enumerate(self.figures))
        self.note, self.absent, self.trouble, self.bar = muted(), muted(), QLabel(), QProgressBar()
        self._arrange()
        self.form.show_looks(Looks.from_dict(self._stored.get("looks")))
        self.form.changed.connect(self.refresh)
        self.choice.show_key(str(self.figures.index(first)))
        self.choice.chosen.connect(self._choose)
        self._live = QTimer(self)
        self._live.timeout.connect(self._refresh_live)
        self._live.start(LIVE_MS)
        QTimer.singleShot(0, self.refresh)

    def refresh(self) -> None:
        """Draws the preview anew."""
        looks = self.form.looks
        self.copy.setEnabled(looks.format in PICTURES or looks.format == "csv")
        began = perf_counter()
        if looks.format in PICTURES:
            plate = Plate.of(self.figure, looks, self.words(self.figure))
            self.preview.show_image(plate_image(plate, self.preview.wanted_width(plate.size)))
            self.note.setText(self._size_text(plate.size, looks))
        else:
            tables = tables_of(self.figure)
            self.preview.say(_table_text(tables[MAIN]))
            self.note.setText(_tables_note(tables, "files beside it" if looks.format == "csv" else "the same file"))
        self._live.start(max(LIVE_MS, round(1000.0 * RESTS * (perf_counter() - began))))

    def save(self) -> None:
        """Asks where to, and writes."""
        looks = self.form.looks
        folder = Path(self._stored.get("folder") or _pictures())
        if self.together:
            name = QFileDialog.getExistingDirectory(self, "Folder for the figures", str(folder))
            paths = {figure: Path(name) / file_name(figure, looks.format) for figure in self.figures}
            files = [each for figure, path in paths.items() for each in (path, *paths_beside(figure, path))]
            if name and may_replace(self, files):
                self.write_all(Path(name))
            return
        proposed = str(folder / file_name(self.figure, looks.format))
        kinds = {looks.format: FILTERS[looks.format]}
        path = ask_path(self, "Export figure", proposed, kinds, partial(paths_beside, self.figure))
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Writes the figure there."""
        self._begin(path.parent, [Order(self.figure, self.form.looks, self.words(self.figure), path)])

    def write_all(self, folder: Path) -> None:
        """Writes every figure into the folder, named after what it is."""
        looks = self.form.looks
        paths = {figure: folder / file_name(figure, looks.format) for figure in self.figures}
        self._begin(folder, [Order(figure, looks, self.words(figure), path) for figure, path in paths.items()])

    def put_on_clipboard(self) -> None:
        """The picture, or the table where a table is chosen."""
        looks, figure = self.form.looks, self.figure
        try:
            if looks.format in PICTURES:
                copy_picture(figure, looks, self.words(figure))
            else:
                copy_table(figure.numbers())
        except (ValueError, OSError) as error:
            self._failed(str(error))
        else:
            self.trouble.hide()
            self.said.emit(f"{figure.title} is on the clipboard.")

    def done(self, result: int) -> None:
        """Closing remembers what was chosen and writes no more."""
        self._live.stop()
        self.exporter.cancel()
        self._remember()
        super().done(result)

    def _arrange(self) -> None:
        self.copy, self.save_button = QPushButton("Copy"), QPushButton("Folder…" if self.together else "Save…")
        self.copy.setToolTip("Puts what is chosen on the clipboard")
        self.save_button.setDefault(True)
        close = QPushButton("Close")
        self.copy.clicked.connect(self.put_on_clipboard)
        self.save_button.clicked.connect(self.save)
        close.clicked.connect(self.reject)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.bar.hide()
        self.bar.setTextVisible(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.copy, self.save_button, close):
            button.setAutoDefault(button is self.save_button)
            buttons.addWidget(button, 1)
        side = QVBoxLayout()
        side.setSpacing(2 * GRID)
        self.form.form.insertRow(0, "Preview" if self.together else "Figure", self.choice)
        self.choice.setAccessibleName("Figure")
        self.absent.setText(f"{self.left_out}{', and will be left out' if self.together else ''}.")
        if not self.left_out:
            self.absent.hide()
        for part in (ShrinkingForm(self.form), self.note, self.absent, self.trouble):
            side.addWidget(part)
        side.addStretch(1)
        side.addWidget(self.bar)
        side.addLayout(buttons)
        column = QWidget()
        column.setLayout(side)
        column.setFixedWidth(42 * GRID)
        side.setContentsMargins(0, 0, 0, 0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.setSpacing(2 * GRID)
        whole.addWidget(self.preview, 1)
        whole.addWidget(column)
        resize_on_screen(self, QSize(112 * GRID, 60 * GRID))

    def _choose(self, place: str) -> None:
        self.figure = self.figures[int(place)]
        self.refresh()

    def _refresh_live(self) -> None:
        if not self.exporter.busy and self.form.looks.format in PICTURES:
            self.refresh()

    def _begin(self, folder: Path, orders: list[Order]) -> None:
        self._stored["folder"] = str(folder)
        self._remember()
        self.trouble.hide()
        self.save_button.setEnabled(False)
        self.bar.setRange(0, len(orders) if len(orders) > 1 else 0)
        self.bar.show()
        self.exporter.start(orders)

    def _advanced(self, written: int, count: int) -> None:
        if count > 1:
            self.bar.setValue(written)

    def _done(self, paths: list[Path]) -> None:
        self._end()
        if self.together:
            count = len(self.figures) - len(self.exporter.left_out)
            written = f"{count} figures written into {paths[0].parent.name}" if paths else "No figure was written"
            written += f", {len(paths)} files" if len(paths) > count else ""
            self.said.emit("; ".join(filter(None, [written, self.left_out, *self.exporter.left_out])) + ".")
        else:
            beside = f", further tables beside it: {', '.join(path.name for path in paths[1:])}" if paths[1:] else ""
            self.said.emit(f"Figure written to {paths[0].name}{beside}.")
        self.accept()

    def _failed(self, sentence: str) -> None:
        self._end()
        self.trouble.setText(sentence[:1].upper() + sentence[1:] + ("" if sentence.endswith(".") else "."))
        self.trouble.show()

    def _end(self) -> None:
        self.bar.hide()
        self.save_button.setEnabled(True)

    def _remember(self) -> None:
        self._stored["looks"] = self.form.looks.to_dict()
        self._preferences.keep_choices("export", self._stored)

    def _size_text(self, size: QSize, looks: Looks) -> str:
        centimetres = f"{size.width() * 2.54 / 96:.1f} × {size.height() * 2.54 / 96:.1f} cm"
        if looks.format != "png":
            return f"{centimetres}; lines and text stay lines and text"
        wide = picture_width(looks)
        high = round(wide * size.height() / size.width())
        return f"{wide:,} × {high:,} pixels; {centimetres} at {dots_per_inch(wide, size.width()):.0f} dpi"


def _pictures() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation) or str(Path.home())


def _tables_note(tables: Tables, where: str) -> str:
    """How large the first one is, and which others there are."""
    table, others = tables[MAIN], [f"{name} ({len(table) - 1:,} rows)" for name, table in tables.items() if name]
    note = f"{max(0, len(table) - 1):,} rows of {len(table[0]) if table else 0} columns"
    return f"{note}; in {where}: {', '.join(others)}" if others else note


def _table_text(table: Sequence[Sequence[str]]) -> str:
    """The first rows, for a look."""
    if len(table) < 2:
        return "There is nothing drawn yet."
    lines = [", ".join(cell[:12] for cell in row[:4]) for row in table[1:12]]
    return "\n".join([", ".join(table[0][:4]), *lines, "…" if len(table) > 12 else ""])
