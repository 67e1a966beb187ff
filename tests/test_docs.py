"""The documentation points at what is there: links, pictures, and the documents that the pictures are made from."""

import re
from pathlib import Path

import pytest

from nnviz.experiment.files import load_document
from nnviz.resources import resource

ROOT = Path(__file__).parents[1]
TEXTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
SHOTS = dict(
    re.findall(r'Shot\(\s*"([\w-]+)",\s*"([\w/]+)"', (ROOT / "docs" / "make_screenshots.py").read_text("utf-8"))
)
"""Picture → preset, read as text: the script itself chooses a platform for Qt."""


def links(path: Path) -> list[str]:
    """Targets within the repository."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"\]\(([^)\s]+)\)", text)
    return [link.partition("#")[0] for link in found if not re.match(r"[a-z]+:|#", link)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_links_lead_to_files_and_pictures_are_drawn_by_the_script(path: Path) -> None:
    for link in links(path):
        target = path.parent / link
        if target.suffix == ".png":
            assert target.stem.removesuffix("-dark") in SHOTS, link
        elif not re.search(r"[()<>]", link):
            assert target.exists(), link


def test_every_picture_is_made_from_a_shipped_document() -> None:
    assert {"neuron", "activations", "descent", "lab", "lab-step", "lab-surface", "lab-units", "lesson"} <= set(SHOTS)
    for preset in SHOTS.values():
        load_document(resource("presets", *f"{preset}.nnviz".split("/")))
