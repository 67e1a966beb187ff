"""What a benchmark is, and what it reports."""

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One measured comparison. ours, peer: the medians with their units. ratio: what counts.

    goal: the ratio to reach, at least (or, with ``at_most``, at most); None where nothing was promised.
    """

    case: str
    ours: str
    peer: str
    ratio: float
    goal: float | None = None
    at_most: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.goal is None:
            return None
        return self.ratio <= self.goal if self.at_most else self.ratio >= self.goal

    def cells(self) -> tuple[str, ...]:
        """For a table: case, ours, peer, ratio, goal, reached."""
        goal = "" if self.goal is None else f"{'≤' if self.at_most else '≥'} {self.goal:g}×"
        reached = {None: "", True: "yes", False: "no"}[self.reached]
        return self.case, self.ours, self.peer, f"{self.ratio:.2f}×", goal, reached


@dataclass(frozen=True)
class Benchmark:
    """name: on the command line. title: of its table. peer: what ours is compared with.

    needs: what has to be importable, and for each how to get it. run: measures; it may import what it needs.
    """

    name: str
    title: str
    peer: str
    run: Callable[[], list[Row]]
    needs: Mapping[str, str] = field(default_factory=dict)

    def missing(self) -> list[str]:
        """How to get each thing that is needed and not there; empty when the benchmark can run."""
        return [how for module, how in self.needs.items() if importlib.util.find_spec(module) is None]
