"""What the shipped lessons ask for exists: views of the workspace that their preset opens."""

import importlib
import pkgutil
from collections import defaultdict

import pytest

import nnviz.ui.plots
from nnviz.experiment.documents import workspace_of
from nnviz.experiment.files import load_document
from nnviz.experiment.lesson.glossary import load_glossary
from nnviz.experiment.lesson.reader import load_lesson
from nnviz.experiment.lesson.record import Page
from nnviz.resources import resource
from nnviz.ui.lessons.answering import preset_path
from nnviz.ui.lessons.lesson_text import LessonText
from nnviz.ui.plots.figure import Figure
from nnviz.ui.workspaces.registry import PLACES

PAGES = {
    f"{lesson.topic}.{number}": page
    for lesson in map(load_lesson, sorted(resource("lessons").glob("*.md")))
    for number, page in enumerate(lesson.pages, start=1)
}


def figure_keys() -> dict[str, set[str]]:
    """By workspace: its folder of plots; those beside the folders are the Lab's."""
    for module in pkgutil.walk_packages(nnviz.ui.plots.__path__, "nnviz.ui.plots."):
        importlib.import_module(module.name)
    keys: dict[str, set[str]] = defaultdict(set)
    kinds = list(Figure.__subclasses__())
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        folder = kind.__module__.removeprefix("nnviz.ui.plots.").split(".")[0]
        keys[folder if folder in ("neuron", "activations", "descent") else "lab"].add(kind.key)
    return keys


KEYS = figure_keys()


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.load and page.load.show])
def test_the_view_that_a_page_shows_is_one_of_its_workspace(name: str) -> None:
    page: Page = PAGES[name]
    assert page.load is not None
    path = preset_path(page.load)
    assert path is not None, "a view of which workspace?"
    workspace = workspace_of(load_document(path))
    assert workspace in {place.key for place in PLACES}
    assert page.load.show in KEYS[workspace]


def test_the_views_of_the_glossary_exist() -> None:
    terms = load_glossary(resource("glossary.md")).values()
    assert [term.key for term in terms if term.figure and term.figure not in KEYS[term.workspace]] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_formula_of_a_page_can_be_drawn(qtbot, name: str) -> None:
    text = LessonText()
    qtbot.addWidget(text)
    text.show_markdown(PAGES[name].text)
    assert "$" not in text.toPlainText()
    # What is no formula is shown as code, with its backslashes.
    assert "\\" not in text.toPlainText()
