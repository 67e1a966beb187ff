"""The field in which a number is predicted: empty until it is used, for a number that stands there is like a hint."""

from PySide6.QtWidgets import QWidget

from nnviz.ui.widgets.float_field import FloatField

MOST = 1e12


class NumberAnswer(FloatField):
    """used: whether something was typed or stepped to, or shown by `show_answer`. Qt writes the value into the field
    whenever it is shown, so that clearing the field would not last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.used = False
        super().__init__(-MOST, MOST, parent=parent)
        self.lineEdit().textEdited.connect(self._use)

    def show_answer(self, value: float) -> None:
        """The answer that was given, without emitting."""
        self.used = True
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)

    def textFromValue(self, value: float) -> str:
        return super().textFromValue(value) if self.used or value else ""

    def fixup(self, text: str) -> str:
        return super().fixup(text) if text.strip() else self.textFromValue(self.value())

    def stepBy(self, steps: int) -> None:
        self.used = True
        super().stepBy(steps)

    def _use(self, text: str) -> None:
        self.used = bool(text.strip())
