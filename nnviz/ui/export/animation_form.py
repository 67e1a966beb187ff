"""The fields of the animation dialog: kind, steps, time, size, and what is written around the figure."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from nnviz.ui.export.animation import Reel, steps_between
from nnviz.ui.export.animation_kinds import ANIMATION_KINDS
from nnviz.ui.export.looks import Looks
from nnviz.ui.export.looks_form import GROUND_ENTRIES, add_surroundings
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.integer_field import IntegerField

SIZES = ((480, 360), (640, 480), (800, 500), (960, 540), (1280, 720), (1920, 1080))
FRAMES = 120
"""An animation has about so many unless another number is asked for."""
OPAQUE = tuple(entry for entry in GROUND_ENTRIES if entry.key != "transparent")
MOST_STEPS = 1_000_000_000


class AnimationForm(QWidget):
    """changed: by the user. Which steps there are is told by `show_range`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        form = Form(self)
        self.kind = Choice(Entry(kind.key, kind.label, kind.meaning) for kind in ANIMATION_KINDS.values())
        self.first, self.last = IntegerField(0, MOST_STEPS), IntegerField(0, MOST_STEPS)
        self.every = IntegerField(1, MOST_STEPS)
        self.fps = FloatField(1.0, 60.0, step=1.0, buttons=True)
        self.size_choice = Choice(Entry(f"{w}x{h}", f"{w:,} × {h:,}") for w, h in SIZES)
        self.loop = QCheckBox("again and again")
        form.add("Kind", self.kind, "What kind of file is written")
        form.add("From step", self.first, "The step of the first frame")
        form.add("To step", self.last, "The step of the last frame")
        form.add("Every n-th", self.every, "So many steps from one frame to the next")
        form.add("Frames a second", self.fps, "How fast it is played")
        form.add("Loop", self.loop, "Whether it begins anew at its end; players of videos decide that themselves")
        form.add("Size, px", self.size_choice, "How large the frames are")
        self.ground, self.title, self.caption = add_surroundings(form, OPAQUE)
        for choice in (self.kind, self.size_choice, self.ground):
            choice.chosen.connect(self._tell)
        for field in (self.first, self.last, self.every):
            field.edited.connect(self._tell)
        self.fps.edited.connect(self._tell)
        for box in (self.loop, self.title, self.caption):
            box.toggled.connect(self._tell)
        self.show_choices({})

    def show_range(self, first: int, last: int) -> None:
        """The steps that there are: all of them in about FRAMES frames."""
        for field, value in ((self.first, first), (self.last, last)):
            field.blockSignals(True)
            field.setRange(first, last)
            field.setValue(value)
            field.blockSignals(False)
        self.every.show_value(max(1, -(-(last - first) // (FRAMES - 1))))

    def reel(self) -> Reel:
        """What is chosen. ValueError in one sentence for steps that cannot be shown."""
        width, height = (int(part) for part in (self.size_choice.key() or "640x480").split("x"))
        looks = Looks(
            ground=self.ground.key() or "light", title=self.title.isChecked(), caption=self.caption.isChecked()
        )
        reel = Reel((), self.kind.key() or "gif", (width, height), self.fps.value(), self.loop.isChecked(), looks)
        return replace(reel, steps=steps_between(self.first.value(), self.last.value(), self.every.value()))

    def choices(self) -> dict[str, Any]:
        """What is to be remembered: all but the steps."""
        return {
            "kind": self.kind.key(),
            "size": self.size_choice.key(),
            "ground": self.ground.key(),
            "fps": self.fps.value(),
            "loop": self.loop.isChecked(),
            "title": self.title.isChecked(),
            "caption": self.caption.isChecked(),
        }

    def show_choices(self, stored: dict[str, Any]) -> None:
        """What was remembered; what is not understood is left at its default."""
        for choice, name, default in (
            (self.kind, "kind", "gif"), (self.size_choice, "size", "640x480"), (self.ground, "ground", "light"),
        ):  # fmt: skip
            key = stored.get(name, default)
            choice.show_key(key if key in choice.keys() else default)  # noqa: SIM118 (no mapping)
        fps = stored.get("fps", 15.0)
        self.fps.show_value(float(fps) if isinstance(fps, int | float) and 1.0 <= fps <= 60.0 else 15.0)
        for box, name in ((self.loop, "loop"), (self.title, "title"), (self.caption, "caption")):
            box.blockSignals(True)
            box.setChecked(stored.get(name) is not False)
            box.blockSignals(False)

    def _tell(self, *_: object) -> None:
        self.changed.emit()
