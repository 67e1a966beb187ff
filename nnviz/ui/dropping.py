"""What can be dropped onto the window: an experiment, a table, an experiment's line of text or a file with one."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDropEvent

from nnviz.experiment.files import SUFFIX
from nnviz.experiment.line_text import MAX_LINE, holds_line

TABLES = (".csv", ".tsv", ".txt")
TEXT = ".txt"
WANTED = f"drop an experiment ({SUFFIX}), a table ({', '.join(TABLES)}) or an experiment's line of text"


@dataclass(frozen=True)
class Dropped:
    """One of these: a document's file, a table's, or a text in which a document's line should be.

    left_aside: how many other things came with it.
    """

    document: Path | None = None
    table: Path | None = None
    line: str = ""
    left_aside: int = 0


def may_hold(data: QMimeData) -> bool:
    """Whether it is worth dropping: only then is it looked at, and told if it is of no use."""
    return data.hasUrls() or data.hasText()


def accept_copy(event: QDropEvent) -> None:
    """Takes it as a copy, whatever was meant: a text that is moved here would be gone where it came from."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def dropped(data: QMimeData) -> Dropped:
    """The first thing among what is dropped that can be opened. ValueError in one sentence when there is none."""
    urls = data.urls()
    if not urls:
        return Dropped(line=data.text())
    for url in urls:
        path = Path(url.toLocalFile())
        if not _refusal(url):
            left = len(urls) - 1
            if _is_document(path):
                return Dropped(document=path, left_aside=left)
            return Dropped(table=path, left_aside=left)
    raise ValueError(_refusal(urls[0]))


def line_in(path: Path) -> str:
    """What stands in a text file with a document's line; empty where it has none, and for what cannot be read: it is
    a table, then, or whoever reads tables says what is wrong with it.
    """
    if path.suffix.lower() != TEXT:
        return ""
    try:
        with path.open("rb") as file:
            text = file.read(2 * MAX_LINE).decode(errors="replace")
    except OSError:
        return ""
    return text if holds_line(text) else ""


def _is_document(path: Path) -> bool:
    return path.suffix.lower() == SUFFIX


def _refusal(url: QUrl) -> str:
    """Why it cannot be opened; empty when it looks as if it could."""
    if not url.isLocalFile():
        return f"{url.toDisplayString()} is not on this computer: save it first, then drop the file"
    path = Path(url.toLocalFile())
    if path.is_dir():
        return f"{path.name or path} is a folder: drop a file from it"
    if _is_document(path) or path.suffix.lower() in TABLES:
        return ""
    return f"{path.name} cannot be opened: {WANTED}"
