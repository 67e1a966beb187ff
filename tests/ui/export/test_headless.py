"""Figures without a window are the figures of the window: the same way, the same looks, the same bytes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from nnviz.experiment.descent.specification import Descent, RunnerSpec
from nnviz.experiment.files import load_document, save_document
from nnviz.experiment.headless import train
from nnviz.experiment.runner import Runner
from nnviz.experiment.specification import Experiment
from nnviz.resources import resource
from nnviz.ui.export.caption import words_of
from nnviz.ui.export.figure_list import FIGURES
from nnviz.ui.export.headless import BARE, FORMATS, UsageError, check_folder, export_figures, looks_for, run_figures
from nnviz.ui.export.looks import Looks
from nnviz.ui.plots.registry import EXPORTED
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.theme import LIGHT
from nnviz.ui.workspaces.registry import PLACES

from .conftest import Make, content_of

SPIRAL = resource("presets", "spiral.nnviz")
THREE_RATES = resource("presets", "descent", "three_rates.nnviz")
GATE = resource("presets", "neuron", "gate_and.nnviz")


def written(
    file: Path,
    out: Path,
    views: Sequence[str],
    formats: Sequence[str] = ("csv",),
    looks: Looks = BARE,
    steps: int | None = 12,
) -> tuple[list[Path], list[str]]:
    """The paths written after so many steps, and what was said."""
    said: list[str] = []
    paths = export_figures(
        file, steps, views=views, out=out, formats=formats, looks=looks, progress=lambda _: None, said=said.append
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
            assert content_of(figure, chosen, words) == content_of(view, chosen, words), kind


def test_the_names_are_those_of_the_figures_that_there_are(qtbot) -> None:
    assert FIGURES["lab"] == {key: kind.title for key, kind in EXPORTED.items()}
    assert set(FIGURES) == {place.key for place in PLACES}
    for place in PLACES:
        if place.key != "lab":
            workspace = place.make(Session(Runner()), Preferences())
            qtbot.addWidget(workspace)
            assert FIGURES[place.key] == {figure.key: figure.title for figure in workspace.plots()}


@pytest.mark.usefixtures("qapp")
def test_all_is_every_view_of_an_experiment(tmp_path: Path) -> None:
    paths, said = written(SPIRAL, tmp_path / "out", ["all"])
    assert {path.stem for path in paths} >= set(EXPORTED)
    assert said == []
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in paths}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("descent/three_rates", "descent: curve rates course table step"),
        ("descent/ravine_momentum", "descent: map space rates course table step"),
        ("descent/line_fit", "descent: map space rates course table step data"),
        ("neuron/one_neuron", "neuron: drawing activation plane"),
        ("neuron/gate_and", "perceptron: plane weights rule"),
        ("neuron/xor_network", "perceptron: plane network"),
        ("activations/tanh_from_sigmoid", "activation: tanh"),
        ("activations/rectifiers", "activation: curves properties signal signal-table depth depth-table"),
    ],
)
def test_all_are_those_that_the_document_is_about_and_the_others_are_named(
    preset: str, expected: str, tmp_path: Path
) -> None:
    head, names = expected.split(": ")
    keys = [f"{head}-{name}" for name in names.split()]
    folder, name = preset.split("/")
    paths, said = written(resource("presets", folder, f"{name}.nnviz"), tmp_path / "out", ["all"], ["npz"])
    assert [path.stem for path in paths] == keys
    absent = next(sentence for sentence in said if sentence.startswith("this document is not about "))
    assert absent.endswith(": left out")
    for key in FIGURES[folder]:
        assert (key in absent.replace(":", "").replace(",", "").split()) == (key not in keys), key


@pytest.mark.usefixtures("qapp")
def test_a_figure_of_another_document_is_refused_and_those_of_this_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no descent-map and descent-data; it has descent-curve, descent-rates"):
        written(THREE_RATES, tmp_path / "out", ["descent-map", "descent-data", "descent-curve"])
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("qapp")
def test_of_all_those_without_anything_to_draw_are_named_and_left_out(tmp_path: Path) -> None:
    paths, said = written(GATE, tmp_path / "out", ["all"], steps=0)
    assert "perceptron-rule" not in {path.stem for path in paths}
    assert "The rule, step by step (perceptron-rule) has nothing to draw, and is left out" in said


@pytest.mark.usefixtures("qapp")
def test_one_that_was_asked_for_by_name_is_written_and_its_emptiness_told(tmp_path: Path) -> None:
    paths, said = written(GATE, tmp_path / "out", ["perceptron-rule"], ["png", "csv", "npz"], steps=0)
    assert [path.name for path in paths] == ["perceptron-rule.png", "perceptron-rule.csv", "perceptron-rule.npz"]
    assert all(path.exists() for path in paths)
    assert said == ["The rule, step by step (perceptron-rule) has nothing to draw"]


@pytest.mark.usefixtures("qapp")
def test_the_rule_takes_the_steps_that_were_asked_for(tmp_path: Path) -> None:
    _, said = written(GATE, tmp_path, ["perceptron-rule"], steps=7)
    table = (tmp_path / "perceptron-rule.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [int(row.split(",")[0]) for row in table] == list(range(1, 8))
    assert said == []


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("preset", "view", "steps", "sentence"),
    [
        ("descent/line_fit", "descent-course", 1_000_000, "the descent ended at step {last} (the document's last)"),
        (
            "neuron/gate_xor",
            "perceptron-weights",
            100_001,
            "the rule ended at step 100,000 (it is followed no further)",
        ),
        ("neuron/one_neuron", "neuron-plane", 5, "this document has no steps to take"),
        ("activations/rectifiers", "activation-curves", 5, "this document has no steps to take"),
    ],
)
def test_fewer_steps_than_asked_for_are_told(preset: str, view: str, steps: int, sentence: str, tmp_path: Path) -> None:
    file = resource("presets", *f"{preset}.nnviz".split("/"))
    last = getattr(load_document(file), "steps", 0)
    assert written(file, tmp_path, [view], steps=steps)[1] == [sentence.format(last=last)]


@pytest.mark.usefixtures("qapp")
def test_a_run_that_diverged_tells_where_it_ended(tmp_path: Path) -> None:
    _, said = written(resource("presets", "too_fast.nnviz"), tmp_path, ["loss"], steps=2000)
    last = (tmp_path / "loss.csv").read_text(encoding="utf-8").splitlines()[-1].split(",")[0]
    assert said == [f"the run ended at step {int(last):,} (diverged)"]


@pytest.mark.usefixtures("qapp")
def test_runners_that_all_stopped_end_the_descent(tmp_path: Path) -> None:
    spec = Descent(steps=5000, runners=(RunnerSpec(learning_rate=3.0),))
    save_document(spec, tmp_path / "far.nnviz")
    _, said = written(tmp_path / "far.nnviz", tmp_path, ["descent-course"], steps=4000)
    assert len(said) == 1
    assert re.fullmatch(r"the descent ended at step \d+ \(diverged\)", said[0])


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
