"""Figures without a window are the figures of the window: the same way, the same looks, the same bytes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from nnviz.experiment.headless import train
from nnviz.experiment.runner import Runner
from nnviz.experiment.specification import Experiment
from nnviz.resources import resource
from nnviz.ui.export.caption import words_of
from nnviz.ui.export.figure_list import FIGURES
from nnviz.ui.export.files import content_of
from nnviz.ui.export.headless import BARE, FORMATS, UsageError, check_folder, export_figures, looks_for, run_figures
from nnviz.ui.export.looks import Looks
from nnviz.ui.plots.registry import EXPORTED
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.theme import LIGHT
from nnviz.ui.workspaces.registry import PLACES

from .conftest import Make

SPIRAL = resource("presets", "spiral.nnviz")
THREE_RATES = resource("presets", "descent", "three_rates.nnviz")


def written(
    file: Path, out: Path, views: Sequence[str], formats: Sequence[str] = ("csv",), looks: Looks = BARE
) -> tuple[list[Path], list[str]]:
    """The paths written after 12 steps, and what was said."""
    said: list[str] = []
    paths = export_figures(
        file, 12, views=views, out=out, formats=formats, looks=looks, progress=lambda _: None, said=said.append
    )
    return list(paths), said


@pytest.mark.parametrize("size", ["slide", "column"])
def test_with_the_same_looks_the_window_writes_the_same_bytes(make: Make, tmp_path: Path, size: str) -> None:
    looks = Looks(size=size, width=500, scale=2, ground="dark")
    view, snapshot = make("loss", 12, Experiment())
    job = train(Experiment(), 12)
    for figure, words in run_figures(job, ["loss"], LIGHT):
        assert words == words_of(view, snapshot.spec)
        for kind in FORMATS:
            chosen = replace(looks, format=kind)
            assert content_of(figure, chosen, words)() == content_of(view, chosen, words)(), kind


def test_the_names_are_those_of_the_figures_that_there_are(qtbot) -> None:
    assert FIGURES["lab"] == {key: kind.title for key, kind in EXPORTED.items()}
    assert set(FIGURES) == {place.key for place in PLACES}
    for place in PLACES:
        if place.key != "lab":
            workspace = place.make(Session(Runner()), Preferences())
            qtbot.addWidget(workspace)
            assert FIGURES[place.key] == {figure.key: figure.title for figure in workspace.figures()}


@pytest.mark.usefixtures("qapp")
def test_all_is_every_view_of_an_experiment(tmp_path: Path) -> None:
    paths, said = written(SPIRAL, tmp_path / "out", ["all"])
    assert {path.stem for path in paths} >= set(EXPORTED)
    assert said == []
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in paths}


@pytest.mark.usefixtures("qapp")
def test_of_all_those_without_anything_to_draw_are_named_and_left_out(tmp_path: Path) -> None:
    paths, said = written(THREE_RATES, tmp_path / "out", ["all"])
    keys = {path.stem for path in paths}
    assert {"descent-curve", "descent-rates", "descent-course"} <= keys
    assert "descent-map" not in keys
    assert "Map of the surface (descent-map) has nothing to draw, and is left out" in said


@pytest.mark.usefixtures("qapp")
def test_one_that_was_asked_for_by_name_is_written_and_its_emptiness_told(tmp_path: Path) -> None:
    paths, said = written(THREE_RATES, tmp_path / "out", ["descent-map"], ["png", "csv", "npz"])
    assert [path.name for path in paths] == ["descent-map.png", "descent-map.csv", "descent-map.npz"]
    assert all(path.exists() for path in paths)
    assert said == ["Map of the surface (descent-map) has nothing to draw"]


@pytest.mark.usefixtures("qapp")
def test_pages_that_are_not_in_front_show_the_document_too(tmp_path: Path) -> None:
    """The document opens on another page, and differs from the one that the workspace begins with."""
    file = resource("presets", "activations", "rectifiers.nnviz")
    written(file, tmp_path, ["activation-signal-table", "activation-depth-table"])
    for name in ("activation-signal-table", "activation-depth-table"):
        rows = (tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
        assert {row.split(",")[0] for row in rows} >= {"ReLU", "leaky ReLU", "GELU"}


@pytest.mark.usefixtures("qapp")
def test_a_name_given_twice_is_one_figure(tmp_path: Path) -> None:
    paths, _ = written(SPIRAL, tmp_path, ["loss", "loss"], ["png", "png"])
    assert [path.name for path in paths] == ["loss.png"]


@pytest.mark.usefixtures("qapp")
def test_a_file_that_cannot_be_written_ends_it_and_those_before_it_stay(tmp_path: Path, full_disk: None) -> None:
    (tmp_path / "loss.png").write_bytes(b"the former picture")
    paths = export_figures(
        SPIRAL, 3, views=["loss"], out=tmp_path, formats=["csv", "png", "svg"], looks=BARE,
        progress=lambda _: None, said=lambda _: None,
    )  # fmt: skip
    assert next(paths).name == "loss.csv"
    with pytest.raises(OSError, match=r"cannot write .*loss\.png"):
        list(paths)
    assert (tmp_path / "loss.png").read_bytes() == b"the former picture"
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"loss.csv", "loss.png"}


def test_every_size_has_a_width_that_suits_it_unless_another_is_asked_for() -> None:
    def width(size: str, asked: int | None) -> int:
        return looks_for(size=size, width=asked, scale=1, ground="light", title=False, caption=False).width

    assert [width(size, None) for size in ("shown", "slide", "column")] == [1280, 1920, 1050]
    assert width("slide", 700) == 700
    assert looks_for(size="shown", width=None, scale=1, ground="light", title=False, caption=False) == BARE


@pytest.mark.usefixtures("qapp")
def test_a_picture_that_cannot_be_made_is_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="pixels"):
        written(SPIRAL, tmp_path / "out", ["loss"], ["png"], replace(BARE, width=16_000, scale=2))
    with pytest.raises(UsageError, match="too large"):
        written(SPIRAL, tmp_path / "out", ["loss"], ["png"], replace(BARE, width=16_000))
    assert not (tmp_path / "out").exists()
    paths, _ = written(SPIRAL, tmp_path / "out", ["loss"], ["svg"], replace(BARE, width=16_000))
    assert paths[0].stat().st_size > 1000


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", ["shown", "slide", "column"])
def test_a_picture_of_one_pixel_can_be_made(tmp_path: Path, size: str) -> None:
    looks = Looks(size=size, width=1)
    paths, _ = written(SPIRAL, tmp_path, ["loss"], ["png"], looks)
    assert QImage(str(paths[0])).width() == 1


def test_a_folder_that_cannot_be_written_to_is_one_sentence(no_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="it is no folder"):
        check_folder(no_folder)
    with pytest.raises(OSError, match=r"a file is no folder"):
        check_folder(no_folder / "deeper" / "still")
    check_folder(tmp_path / "not" / "there" / "yet")
    assert not (tmp_path / "not").exists()
