"""What a figure shows over the steps of its document, replayed beside the window for an animation."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from nnviz.ui.plots.figure import Figure


class Film(Protocol):
    """A replay of its own: whatever the window does meanwhile is neither disturbed nor seen.

    first, last: the steps between which there is something to see. unit: what a step is called.
    """

    first: int
    last: int
    unit: str

    def make_figure(self) -> Figure:
        """A figure of its own that looks as the one of the window: size, range, selection, form."""
        ...

    def states(self, steps: Sequence[int]) -> Iterator[tuple[int, object]]:
        """(step, what is to be shown) for each step, in order; it ends early where what is replayed ends early.

        For a thread of its own: it touches no widget. ValueError in one sentence for what cannot be replayed.
        """
        ...

    def show(self, figure: Figure, state: object) -> None:
        """Shows it in the figure."""
        ...

    def caption(self, state: object) -> str:
        """The line below the picture."""
        ...

    def ended(self) -> str:
        """Why the states ended before the last step, in a sentence; empty when they did not."""
        ...
