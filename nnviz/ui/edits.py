"""What can be undone: an edit of a document, a weight set by hand, and a run left for another."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import msgspec
from PySide6.QtGui import QUndoCommand

from nnviz.experiment.documents import Document
from nnviz.experiment.specification import WeightEdit

MERGE_SECONDS = 1.0
"""Edits of the same thing closer together than this are one: a slider drag, a number being typed."""
SPEC_EDIT_ID, WEIGHTS_ID = 1, 2


class SpecEdit(QUndoCommand):
    """From one document to another; neighbours of the same kind in quick succession become one."""

    def __init__(self, before: Document, after: Document, text: str, apply: Callable[[Any], None]) -> None:
        super().__init__(text)
        self.before, self.after = before, after
        self._apply = apply
        self._made = monotonic()

    def id(self) -> int:
        """All edits of the specification may merge."""
        return SPEC_EDIT_ID

    def redo(self) -> None:
        """Does it (again)."""
        self._apply(self.after)

    def undo(self) -> None:
        """Takes it back."""
        self._apply(self.before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Takes in the next edit when it is of the same kind and came soon after."""
        if not isinstance(other, SpecEdit) or other.text() != self.text():
            return False
        moved = _dragged(other.before, other.after)
        if moved is None or moved != _dragged(self.before, self.after) or other._made - self._made > MERGE_SECONDS:
            return False
        self.after, self._made = other.after, other._made
        return True


def _dragged(before: object, after: object, path: str = "") -> str | None:
    """The path of the one number in which two specifications differ; None when they differ in anything else.

    A number that moves is being dragged or typed; points, layers and choices are each an edit of their own.
    """
    if isinstance(before, msgspec.Struct) and type(before) is type(after):
        pairs = [(key, getattr(before, key), getattr(after, key)) for key in before.__struct_fields__]
    elif isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        pairs = [(str(place), *pair) for place, pair in enumerate(zip(before, after, strict=True))]
    elif isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        pairs = [(key, before[key], after[key]) for key in before]
    else:
        numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (before, after))
        return path if numbers else None
    different = [(key, old, new) for key, old, new in pairs if old is not new and old != new]
    if len(different) != 1:
        return None
    key, old, new = different[0]
    return _dragged(old, new, f"{path}.{key}")


class WeightsSet(QUndoCommand):
    """Parameters set by hand; undone, they get their former values. Of no meaning once their run is over."""

    def __init__(
        self,
        before: tuple[WeightEdit, ...],
        after: tuple[WeightEdit, ...],
        text: str,
        apply: Callable[[tuple[WeightEdit, ...]], bool],
    ) -> None:
        super().__init__(text)
        self._before, self._after, self._apply = before, after, apply
        self._made = monotonic()

    def id(self) -> int:
        """Edits of the same weights may merge."""
        return WEIGHTS_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Takes in the next edit of the same weights when it came soon after: a slider being dragged."""
        if not isinstance(other, WeightsSet) or other._made - self._made > MERGE_SECONDS:
            return False
        if [edit.index for edit in other._after] != [edit.index for edit in self._after]:
            return False
        self._after, self._made = other._after, other._made
        return True

    def redo(self) -> None:
        """Sets them (again)."""
        self.setObsolete(not self._apply(self._after))

    def undo(self) -> None:
        """Sets the former values."""
        self.setObsolete(not self._apply(self._before))


class RunLeft(QUndoCommand):
    """Leaves a run for another one, which loses changes or a future that it had; undone, the run is as it was."""

    def __init__(self, text: str, leave: Callable[[], None], go_back: Callable[[], None]) -> None:
        super().__init__(text)
        self._leave, self._go_back = leave, go_back

    def redo(self) -> None:
        """The other run."""
        self._leave()

    def undo(self) -> None:
        """The run that was left, with all its changes."""
        self._go_back()
