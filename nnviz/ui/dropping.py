"""What can be dropped onto the window: an experiment, a table, or an experiment's line of text."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

from nnviz.experiment.files import SUFFIX
from nnviz.ui.line_dialog import START

TABLES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class Dropped:
    """One of these: a document's file, a table's, or a text with a document's line."""

    document: Path | None = None
    table: Path | None = None
    line: str = ""


def dropped(data: QMimeData) -> Dropped | None:
    """The first thing among what is dropped that can be opened; None when there is none."""
    for url in data.urls():
        path = Path(url.toLocalFile())
        if not url.isLocalFile() or path.is_dir():
            continue
        if path.suffix.lower() == SUFFIX:
            return Dropped(document=path)
        if path.suffix.lower() in TABLES:
            return Dropped(table=path)
    if not data.hasUrls() and START in data.text():
        return Dropped(line=data.text())
    return None
