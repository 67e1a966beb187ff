"""The fields of an export dialog: format, size, ground, and what is written around the figure."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from nnviz.ui.export.looks import PICTURES, SIZES, Looks
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.integer_field import IntegerField

FORMATS = (
    Entry("png", "PNG picture", "Pixels: for slides, web pages and documents"),
    Entry("svg", "SVG drawing", "Lines and text stay such: sharp at any size, for Inkscape and browsers"),
    Entry("pdf", "PDF drawing", "Lines and text stay such, the typeface is in the file: for LaTeX and printing"),
    Entry("csv", "CSV table", "Every number that is drawn, in full precision, for spreadsheets"),
    Entry("npz", "NumPy arrays", "The same as arrays: numpy.load reads them"),
)
GROUND_ENTRIES = (
    Entry("light", "Light", "White, for paper and bright slides"),
    Entry("dark", "Dark", "For dark slides"),
    Entry("transparent", "Transparent", "No ground: whatever it is put on shines through"),
)
SCALES = tuple(Entry(str(scale), f"× {scale}", f"{scale} pixels for each") for scale in (1, 2, 3, 4))


def add_surroundings(form: Form, grounds: Iterable[Entry]) -> tuple[Choice, QCheckBox, QCheckBox]:
    """The rows that pictures and animations have alike: ground, title and caption."""
    ground, title, caption = Choice(grounds), QCheckBox("above the figure"), QCheckBox("below the figure")
    form.add("Ground", ground, "What is behind the drawing")
    form.add("Title", title, "The name of the figure, in bold")
    form.add("Caption", caption, "Network, data, seed and step, in one line")
    return ground, title, caption


class LooksForm(QWidget):
    """looks: as chosen. changed: by the user."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looks = Looks()
        self.form = form = Form(self)
        self.format = Choice(FORMATS)
        self.size_choice = Choice(Entry(key, kind.label, kind.meaning) for key, kind in SIZES.items())
        self.width_field, self.scale = IntegerField(40, 16_384, step=10), Choice(SCALES)
        form.add("Format", self.format, "What kind of file is written")
        form.add("Size", self.size_choice, "The proportions, and how large text is beside the drawing")
        form.add("Width, px", self.width_field, "How many pixels a PNG is wide, before the scale")
        form.add("Scale", self.scale, "More pixels for print: text and lines keep their proportions")
        self.ground, self.title, self.caption = add_surroundings(form, GROUND_ENTRIES)
        for choice in (self.format, self.size_choice, self.scale, self.ground):
            choice.chosen.connect(self._take)
        self.width_field.edited.connect(self._take)
        for box in (self.title, self.caption):
            box.toggled.connect(self._take)
        self.show_looks(self.looks)

    def show_looks(self, looks: Looks) -> None:
        """Shows them, without telling."""
        self.looks = looks
        self.format.show_key(looks.format)
        self.size_choice.show_key(looks.size)
        self.width_field.show_value(looks.width)
        self.scale.show_key(str(looks.scale))
        self.ground.show_key(looks.ground)
        for box, on in ((self.title, looks.title), (self.caption, looks.caption)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        picture, pixels = looks.format in PICTURES, looks.format == "png"
        for field in (self.size_choice, self.ground, self.title, self.caption):
            self.form.show_row(field, visible=picture)
        for number in (self.width_field, self.scale):
            self.form.show_row(number, visible=pixels)

    def _take(self, *_: object) -> None:
        size = self.size_choice.key() or self.looks.size
        width = SIZES[size].width if size != self.looks.size else self.width_field.value()
        looks = replace(
            self.looks,
            format=self.format.key() or self.looks.format,
            size=size,
            width=width,
            scale=int(self.scale.key() or 1),
            ground=self.ground.key() or self.looks.ground,
            title=self.title.isChecked(),
            caption=self.caption.isChecked(),
        )
        if looks != self.looks:
            self.show_looks(looks)
            self.changed.emit()
