"""What a lesson's page holds fixed: which parts of a document an edit would change although they are locked."""

import msgspec

from nnviz.experiment.documents import Document
from nnviz.experiment.specification import Experiment

LAB_PARTS = ("data", "network", "training")
"""The Lab's panels; "panels" locks all of them."""
FREE = ("name", "description", "page", "seed")
"""What no panel of the other workspaces sets: which page is in front, what the document is called, the noise's seed."""


def held(before: Document, after: Document, locked: frozenset[str], *, weights: bool = False) -> tuple[str, ...]:
    """The parts, in words, that are locked (names out of nnviz.experiment.lesson.record.PARTS) and would change.

    weights: whether parameters are set or drawn anew, which no document tells; they are the network's. A document of
    another kind is none of the page's, and nothing of it is held.
    """
    if not locked or type(before) is not type(after):
        return ()
    changed = _changed(before, after) | ({"network"} if weights else set())
    if isinstance(before, Experiment):
        fixed = locked | frozenset(LAB_PARTS) if "panels" in locked else locked
        return tuple(f"the {part}" for part in (*LAB_PARTS, "seed") if part in changed & fixed)
    rest = ("the panels' settings",) if "panels" in locked and changed - set(FREE) else ()
    return (*rest, *(("the seed",) if "seed" in changed & locked else ()))


def refusal(parts: tuple[str, ...]) -> str:
    """What is said of an edit that would change these parts."""
    return (
        f"The lesson's page holds {' and '.join(parts)} fixed. Another page, the end of the lesson, or another file "
        "sets it free."
    )


def _changed(before: Document, after: Document) -> set[str]:
    """The keys whose values differ. How far a perceptron has gone is no change of it."""
    was, becomes = msgspec.structs.asdict(before), msgspec.structs.asdict(after)
    for fields in (was, becomes):
        if "perceptron" in fields:
            fields["perceptron"] = msgspec.structs.replace(fields["perceptron"], step=0)
    return {key for key, value in becomes.items() if value != was[key]}
