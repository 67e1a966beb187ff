"""The data sets to choose from, in groups, each with its description."""

from collections.abc import Iterator

from nnviz.engine.datasets import GENERATORS
from nnviz.engine.datasets.record import Task
from nnviz.experiment.problem import DRAWN, TABLE
from nnviz.experiment.shipped_data import SHIPPED
from nnviz.ui.widgets.choice import Entry

_GROUPS: dict[str, tuple[Task, ...]] = {
    "Classification": ("binary", "multi-class"),
    "Multi-label": ("multi-label",),
    "Regression": ("regression",),
}
LONGEST_NAME = 22
TABLE_DESCRIPTION = "A table of your own: choose which columns are inputs and what is to be predicted."
DRAWN_DESCRIPTION = "A plane of your own: click the decision map to set points, class by class. Ctrl+click removes."


def source_groups(table_name: str = "") -> Iterator[tuple[str, list[Entry]]]:
    """(title, entries) for a combo box; table_name: of the user's table, when there is one."""
    for title, tasks in _GROUPS.items():
        yield title, [Entry(g.name, g.label, g.description) for g in GENERATORS.values() if g.task in tasks]
    yield "Real", [Entry(data.name, data.label, data.description) for data in SHIPPED.values()]
    if len(table_name) > LONGEST_NAME:
        table_name = f"{table_name[: LONGEST_NAME - 1]}…"
    yield (
        "Own",
        [
            Entry(TABLE, table_name or "CSV file…", TABLE_DESCRIPTION),
            Entry(DRAWN, "Drawn by hand", DRAWN_DESCRIPTION),
        ],
    )


def description(source: str) -> str:
    """What a data set is, in a sentence; empty for an unknown one."""
    if source in GENERATORS:
        return GENERATORS[source].description
    if source in SHIPPED:
        return SHIPPED[source].description
    return {TABLE: TABLE_DESCRIPTION, DRAWN: DRAWN_DESCRIPTION}.get(source, "")
