"""Asks before files are replaced that no file dialog has asked about: those that come beside the one that was named."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

NAMED = 3
"""So many files are named in the question."""


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
