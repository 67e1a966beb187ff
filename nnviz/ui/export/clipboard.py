"""What is put on the clipboard, and whether it arrived there."""

from collections.abc import Sequence

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

REFUSED = "the clipboard took nothing: another program holds it; try again, or save a file"


def copy_image(image: QImage) -> None:
    """A picture. OSError in one sentence where the clipboard does not take it."""
    if image.isNull():
        raise OSError("there is no picture to copy: the figure has no size")
    clipboard = QApplication.clipboard()
    clipboard.setImage(image)
    taken = clipboard.mimeData()
    if taken is None or not taken.hasImage():
        raise OSError(REFUSED)


def copy_table(table: Sequence[Sequence[str]], *, headed: bool = True) -> None:
    """A table, tab-separated, as spreadsheets take it: empty where there is no number. headed: its first row
    are headings. ValueError for an empty one, OSError as for a picture."""
    if len(table) < 1 + headed:
        raise ValueError("there are no numbers to copy yet")
    copy_text("\n".join("\t".join("" if cell == "nan" else cell for cell in row) for row in table))


def copy_text(text: str) -> None:
    """A text. OSError in one sentence where the clipboard does not take it."""
    clipboard = QApplication.clipboard()
    clipboard.setText(text)
    taken = clipboard.mimeData()
    if taken is None or not taken.hasText():
        raise OSError(REFUSED)
