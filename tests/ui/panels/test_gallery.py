"""The gallery shows what is shipped, and what is shipped learns."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt

from nnviz.experiment.documents import workspace_of
from nnviz.experiment.files import load_document, load_experiment
from nnviz.experiment.opening import check
from nnviz.experiment.problem import dataset, resolve
from nnviz.experiment.proposals import mismatch
from nnviz.experiment.training_job import TrainingJob
from nnviz.resources import resource
from nnviz.ui.panels.gallery import FIRST, GROUPS, TASKS, GalleryDialog
from nnviz.ui.panels.preset_picture import material_of, preset_picture
from nnviz.ui.panels.thumbnail import thumbnail
from nnviz.ui.theme import DARK, LIGHT

PRESETS = sorted(resource("presets").glob("*.nnviz"))
OTHERS = sorted(resource("presets").glob("*/*.nnviz"))
ALL = [*PRESETS, *OTHERS]
REACH = {
    "circle": (1000, 0.95), "digits": (300, 0.93), "hills": (3000, 0.9), "houses": (200, 0.98), "iris": (500, 0.85),
    "penguins": (300, 0.95), "regions": (1500, 0.94), "rings": (1000, 0.97), "sine": (5000, 0.9),
    "spiral": (5000, 0.95), "xor": (500, 0.97),
}  # fmt: skip
"""Steps → test metric at the preset's own seed; for the others see tests/experiment/test_verdict.py."""


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_a_preset_says_what_to_look_at(path: Path) -> None:
    spec = load_experiment(path)
    assert path.stem in FIRST
    assert spec.name
    assert spec.description.endswith(".")
    problem = resolve(spec)
    output, loss = spec.network.output.activation, spec.training.loss
    odd = mismatch(problem.task, output, loss, problem.network.sizes[-1])
    assert bool(odd) == (path.stem == "wrong_pair")


@pytest.mark.parametrize("stem", TASKS)
def test_a_task_is_learned(stem: str) -> None:
    job = TrainingJob(resolve(load_experiment(resource("presets", f"{stem}.nnviz"))))
    steps, metric = REACH[stem]
    job.advance(steps)
    assert job.moment().test_score >= metric


def test_the_gallery_lists_every_preset_of_every_workspace_and_paints_it(qtbot) -> None:
    gallery = GalleryDialog()
    qtbot.addWidget(gallery)
    assert gallery.cards.count() == len(ALL)
    assert gallery.cards.item(0).text() == "Spiral"
    last = gallery.cards.item(gallery.cards.count() - 1)
    qtbot.waitUntil(lambda: last.data(Qt.ItemDataRole.DecorationRole) is not None, timeout=20_000)
    assert not gallery.grab().isNull()
    assert gallery.broken.isHidden()


def test_arrow_keys_and_enter_choose(qtbot) -> None:
    gallery = GalleryDialog()
    qtbot.addWidget(gallery)
    with qtbot.waitExposed(gallery):
        gallery.show()
    chosen: list[str] = []
    gallery.chosen.connect(chosen.append)
    qtbot.keyClick(gallery.cards, Qt.Key.Key_Right)
    qtbot.keyClick(gallery.cards, Qt.Key.Key_Return)
    assert [Path(path).stem for path in chosen] == ["circle"]
    assert not gallery.isVisible()


def test_a_click_chooses(qtbot) -> None:
    gallery = GalleryDialog()
    qtbot.addWidget(gallery)
    with qtbot.waitExposed(gallery):
        gallery.show()
    place = gallery.cards.visualItemRect(gallery.cards.item(1)).center()
    with qtbot.waitSignal(gallery.chosen) as waiting:
        qtbot.mouseClick(gallery.cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert Path(waiting.args[0]).stem == "circle"


def test_a_broken_preset_is_said_and_the_others_are_there(qtbot, tmp_path: Path) -> None:
    (tmp_path / "bad.nnviz").write_text("{")
    (tmp_path / "good.nnviz").write_bytes(PRESETS[0].read_bytes())
    gallery = GalleryDialog(folder=tmp_path)
    qtbot.addWidget(gallery)
    assert gallery.cards.count() == 1
    assert "bad.nnviz" in gallery.broken.text()
    gallery.reject()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_a_thumbnail_shows_something(qtbot, path: Path, theme) -> None:
    spec = load_experiment(path)
    image = thumbnail(dataset(spec.data, spec.seed), QSize(240, 128), theme, 2.0)
    assert (image.width(), image.height()) == (480, 256)
    painted = {image.pixel(x, y) for x in range(0, 480, 3) for y in range(0, 256, 3)}
    assert len(painted) > 3


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("path", OTHERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_preset_of_another_workspace_has_a_picture_and_says_what_to_look_at(qtbot, path: Path, theme) -> None:
    document = load_document(path)
    assert workspace_of(document) == path.parent.name
    assert document.name
    assert document.description.endswith(".")
    check(document)
    image = preset_picture(material_of(document), QSize(240, 128), theme, 2.0)
    painted = {image.pixel(x, y) for x in range(0, 480, 3) for y in range(0, 256, 3)}
    assert len(painted) > 3


def test_each_workspace_has_a_group_and_the_one_in_front_is_shown_first(qtbot) -> None:
    gallery = GalleryDialog(group="descent")
    qtbot.addWidget(gallery)
    assert [gallery.groups.tabText(tab) for tab in range(gallery.groups.count())] == list(GROUPS.values())
    shown = [
        gallery.cards.item(row).text() for row in range(gallery.cards.count()) if not gallery.cards.isRowHidden(row)
    ]
    assert len(shown) == len(list(resource("presets", "descent").glob("*.nnviz")))
    assert gallery.cards.currentItem().text() == shown[0] == "Three learning rates"
    gallery.groups.setCurrentIndex(0)
    assert gallery.cards.currentItem().text() == "Spiral"
    gallery.reject()
