"""Truth tables of one and two inputs, and which of them one line can part."""

from nnviz.experiment.neuron.decision_line import DecisionLine, Place

GATES: dict[str, tuple[int, ...]] = {
    "and": (0, 0, 0, 1),
    "or": (0, 1, 1, 1),
    "nand": (1, 1, 1, 0),
    "not": (1, 0),
    "xor": (0, 1, 1, 0),
}
"""Targets of the rows 00, 01, 10, 11; of NOT, which has one input, of 0 and 1."""
LABELS = {"and": "AND", "or": "OR", "nand": "NAND", "not": "NOT", "xor": "XOR"}


def rows(inputs: int) -> tuple[tuple[float, ...], ...]:
    """The inputs of each row, in the order of binary numbers."""
    return ((0.0,), (1.0,)) if inputs == 1 else ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))


def gate_of(targets: tuple[int, ...]) -> str:
    """The key of the gate with these targets; "" when none of the named ones has them."""
    return next((key for key, table in GATES.items() if table == targets), "")


def separable(targets: tuple[int, ...]) -> bool:
    """Whether weights exist with which one unit answers every row right.

    On the square's corners only one case has none: both corners of one diagonal are 1 and both of the other 0. The
    corners of a diagonal have the same middle; w·x + b there is the mean of its ends' sums, so it would have to be
    above 0 by the one diagonal and not above 0 by the other.
    """
    return len(targets) == 2 or not (targets[0] == targets[3] != targets[1] == targets[2])


def right_rows(w: tuple[float, ...], b: float, targets: tuple[int, ...]) -> list[bool]:
    """For each row, whether the threshold unit with these weights gives the target."""
    line = DecisionLine((w[0], w[1] if len(w) > 1 else 0.0), b)
    return [(line.sum_at(corner(row)) > 0.0) == bool(target) for row, target in zip(rows(len(w)), targets, strict=True)]


def corner(row: tuple[float, ...]) -> Place:
    """Where a row stands on the plane; that of one input lies on the first axis."""
    return row[0], row[1] if len(row) > 1 else 0.0
