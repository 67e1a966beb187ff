"""The lecture's table names only what is there: workspaces, figures, lesson pages, presets and tests."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from nnviz.experiment.documents import workspace_of
from nnviz.experiment.files import load_document
from nnviz.experiment.lesson.reader import load_lesson
from nnviz.resources import resource

ROOT = Path(__file__).parents[1]
ROWS_OF_TOPICS = (4, 4, 3, 3, 2, 3, 2, 3, 11, 2)
WITHOUT_A_NUMBER = {"1.4"}
WITHOUT_A_LESSON = {"9.2"}


class Row(NamedTuple):
    """The cells of a row, as text."""

    number: str
    statement: str
    figures: str
    lessons: str
    presets: str
    tests: str


def rows() -> list[Row]:
    lines = (ROOT / "docs" / "lecture.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| \d", line)]
    return [Row(*row) for row in cells]


ROWS = [pytest.param(row, id=row.number) for row in rows()]


def in_ticks(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def figure_keys() -> frozenset[str]:
    """Those that stand in the code, read as text: no window is needed to know them."""
    files = (ROOT / "nnviz" / "ui" / "plots").rglob("*.py")
    return frozenset(
        key for file in files for key in re.findall(r'^    key = "([\w-]+)"', file.read_text("utf-8"), re.MULTILINE)
    )


@cache
def workspace_titles() -> dict[str, str]:
    text = (ROOT / "nnviz" / "ui" / "workspaces" / "registry.py").read_text(encoding="utf-8")
    return {title: key for key, title in re.findall(r'Place\(\s*"(\w+)",\s*"(\w+)"', text)}


@cache
def pages() -> frozenset[tuple[int | None, str]]:
    lessons = [load_lesson(path) for path in resource("lessons").glob("*.md")]
    return frozenset((lesson.topic, page.title) for lesson in lessons for page in lesson.pages)


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_statement_of_the_lecture_has_a_row() -> None:
    expected = [f"{topic}.{n}" for topic, count in enumerate(ROWS_OF_TOPICS, 1) for n in range(1, count + 1)]
    assert [row.number for row in rows()] == expected
    assert "planned" not in (ROOT / "docs" / "lecture.md").read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("row", ROWS)
def test_its_workspaces_and_figures_exist(row: Row) -> None:
    parts = row.figures.split("; ")
    named = [part.split(": ")[0] for part in parts if ": " in part]
    assert named
    assert set(named) <= set(workspace_titles())
    assert in_ticks(row.figures)
    assert set(in_ticks(row.figures)) <= figure_keys()


@pytest.mark.parametrize("row", ROWS)
def test_its_lesson_pages_exist(row: Row) -> None:
    found = [(int(topic), title) for topic, title in re.findall(r"\*(\d+): ([^*]+)\*", row.lessons)]
    assert set(found) <= pages()
    assert bool(found) == (row.number not in WITHOUT_A_LESSON)


@pytest.mark.parametrize("row", ROWS)
def test_its_presets_open_in_a_workspace_that_it_names(row: Row) -> None:
    titles = {key: title for title, key in workspace_titles().items()}
    assert in_ticks(row.presets)
    for preset in in_ticks(row.presets):
        document = load_document(resource("presets", *f"{preset}.nnviz".split("/")))
        assert f"{titles[workspace_of(document)]}:" in row.figures, preset


@pytest.mark.parametrize("row", ROWS)
def test_its_tests_exist(row: Row) -> None:
    groups = [group for group in row.tests.split(" · ") if group != "–"]
    assert bool(groups) == (row.number not in WITHOUT_A_NUMBER)
    for group in groups:
        (file,) = in_ticks(group)
        names = re.findall(r"\btest_\w+", group.replace(f"`{file}`", ""))
        assert names, group
        assert set(names) <= names_in(file), group
