"""What can be undone: an edit of the specification, and a weight set by hand."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtGui import QUndoCommand

from nnviz.experiment.specification import Experiment, WeightEdit

MERGE_SECONDS = 1.0
"""Edits of the same thing closer together than this are one: a slider drag, a number being typed."""
SPEC_EDIT_ID, WEIGHTS_ID = 1, 2


class SpecEdit(QUndoCommand):
    """From one specification to another; neighbours of the same kind in quick succession become one."""

    def __init__(self, before: Experiment, after: Experiment, text: str, apply: Callable[[Experiment], None]) -> None:
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
        if other._made - self._made > MERGE_SECONDS:
            return False
        self.after, self._made = other.after, other._made
        return True


class WeightsSet(QUndoCommand):
    """Parameters set by hand; undone, they get their former values."""

    def __init__(
        self,
        before: tuple[WeightEdit, ...],
        after: tuple[WeightEdit, ...],
        text: str,
        apply: Callable[[tuple[WeightEdit, ...]], None],
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
        self._apply(self._after)

    def undo(self) -> None:
        """Sets the former values."""
        self._apply(self._before)
