"""Asks where a file is to be saved. Every way out of the program to a file of the user's choice begins here."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

NAMED = 3
"""So many files are named in the question."""


def _none(_path: Path) -> Sequence[Path]:
    return ()


def ask_path(
    parent: QWidget,
    title: str,
    proposed: str,
    kinds: Mapping[str, str],
    beside: Callable[[Path], Sequence[Path]] = _none,
) -> Path | None:
    """Where to, with one of the endings; None when it is not wanted, or not in place of what is there.

    kinds: the file dialog's filters by their endings (without the dot), the usual one first. beside: which files are
    written besides when that path is chosen.
    """
    name, chosen = QFileDialog.getSaveFileName(parent, title, proposed, ";;".join(kinds.values()))
    if not name:
        return None
    typed = Path(name)
    path = _ended(typed, kinds, chosen)
    # The file dialog has asked about the name as it was typed, and about no other.
    unasked = [file for file in dict.fromkeys((path, *beside(path))) if file != typed]
    return path if may_replace(parent, unasked) else None


def may_replace(parent: QWidget, paths: Sequence[Path]) -> bool:
    """One question about all that exist already; True where none does."""
    there = [path for path in paths if path.exists()]
    if not there:
        return True
    names = ", ".join(path.name for path in there[:NAMED])
    if len(there) > NAMED:
        names += f" and {len(there) - NAMED} more"
    are, them = ("is", "it") if len(there) == 1 else ("are", "them")
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Replace files")
    box.setText(f"{names} {are} there already. Replace {them}?")
    replace = box.addButton("Replace", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.exec()
    return box.clickedButton() is replace


def _ended(typed: Path, kinds: Mapping[str, str], chosen: str) -> Path:
    """With the ending of the filter that was chosen, unless it has one that is possible."""
    if typed.suffix.lower().removeprefix(".") in kinds:
        return typed
    ending = next((key for key, shown in kinds.items() if shown == chosen), next(iter(kinds)))
    return typed.with_name(f"{typed.name}.{ending}")
