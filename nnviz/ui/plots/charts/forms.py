"""The forms in which a plot can show the same thing, one at a time."""

from collections.abc import Mapping

from PySide6.QtWidgets import QStackedWidget, QWidget


class Forms(QStackedWidget):
    """parts: by the keys of the segments that choose among them."""

    def __init__(self, parts: Mapping[str, QWidget]) -> None:
        super().__init__()
        self.parts = parts
        for part in parts.values():
            self.addWidget(part)

    def show_form(self, key: str) -> None:
        """Brings one to the front."""
        self.setCurrentWidget(self.parts[key])
