"""Figures are written beside the window, each whole or not at all; what cannot be written is one sentence."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from nnviz.ui.export.exporter import Exporter, Order
from nnviz.ui.export.looks import Looks, Words
from nnviz.ui.plots.course.loss_view import LossView

from .conftest import Make

WORDS = Words("T", "c")


@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "csv", "npz"])
def test_names_with_spaces_and_letters_of_any_alphabet(make: Make, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "Übung 3 – 損失 関数"
    folder.mkdir()
    exporter, path = Exporter(), folder / f"Verlust & мера.{kind}"
    with qtbot.waitSignal(exporter.done, timeout=10_000) as done:
        exporter.start([Order(make()[0], Looks(format=kind, width=300), WORDS, path)])
    assert done.args == [[path]]
    assert path.stat().st_size > 200
    assert list(folder.iterdir()) == [path]


def test_further_tables_are_written_beside_the_first(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    exporter, path, heard = Exporter(), tmp_path / "map.v2.csv", []
    exporter.advanced.connect(lambda written, count: heard.append((written, count)))
    with qtbot.waitSignal(exporter.done, timeout=10_000) as done:
        exporter.start([Order(make("decision-map")[0], Looks(format="csv"), WORDS, path)])
    assert done.args == [[path, tmp_path / "map.v2-points.csv"]]
    assert heard == [(1, 1)], "it is one figure"
    assert exporter.figures == 1


def test_of_tables_that_cannot_all_be_written_each_is_whole_or_as_it_was(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    beside = tmp_path / "map-points.csv"
    beside.mkdir()
    exporter = Exporter()
    with qtbot.waitSignal(exporter.failed, timeout=10_000) as failed:
        exporter.start([Order(make("decision-map")[0], Looks(format="csv"), WORDS, tmp_path / "map.csv")])
    assert str(beside) in failed.args[0]
    assert len((tmp_path / "map.csv").read_text().splitlines()) == 10_001
    assert not list(tmp_path.glob(".*part*"))


def test_many_figures_are_written_one_after_the_other(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    exporter, heard = Exporter(), []
    exporter.advanced.connect(lambda written, count: heard.append((written, count)))
    views = [make(key)[0] for key in ("loss", "network", "decision-map")]
    with qtbot.waitSignal(exporter.done, timeout=10_000):
        exporter.start([Order(view, Looks(width=300), WORDS, tmp_path / f"{view.key}.png") for view in views])
    assert heard == [(1, 3), (2, 3), (3, 3)]
    assert all(QImage(str(tmp_path / f"{view.key}.png")).width() == 300 for view in views)


def test_among_many_a_figure_without_numbers_is_left_out(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    empty = LossView()
    qtbot.addWidget(empty)
    exporter, looks = Exporter(), Looks(format="csv")
    orders = [Order(empty, looks, WORDS, tmp_path / "a.csv"), Order(make()[0], looks, WORDS, tmp_path / "b.csv")]
    with qtbot.waitSignal(exporter.done, timeout=10_000) as done:
        exporter.start(orders)
    assert done.args == [[tmp_path / "b.csv"]]
    assert exporter.left_out == ["loss: there is nothing drawn yet"]


def test_a_single_figure_without_numbers_is_a_failure(qtbot: QtBot, tmp_path: Path) -> None:
    empty = LossView()
    qtbot.addWidget(empty)
    exporter = Exporter()
    with qtbot.waitSignal(exporter.failed, timeout=10_000) as failed:
        exporter.start([Order(empty, Looks(format="csv"), WORDS, tmp_path / "a.csv")])
    assert "nothing drawn" in failed.args[0]
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("kind", ["png", "csv"])
def test_a_place_that_cannot_be_written_to_is_one_sentence(
    make: Make, qtbot: QtBot, no_folder: Path, kind: str
) -> None:
    exporter = Exporter()
    with qtbot.waitSignal(exporter.failed, timeout=10_000) as failed:
        exporter.start([Order(make()[0], Looks(format=kind, width=300), WORDS, no_folder / f"a.{kind}")])
    assert failed.args[0].startswith("cannot write")
    assert "\n" not in failed.args[0]
    assert not exporter.busy


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_what_was_there(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(b"the former picture")
    exporter = Exporter()
    with qtbot.waitSignal(exporter.failed, timeout=10_000) as failed:
        exporter.start([Order(make("decision-map")[0], Looks(width=1600), WORDS, path)])
    assert "cannot write" in failed.args[0]
    assert path.read_bytes() == b"the former picture"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "map.png"]


def test_what_is_given_up_is_not_heard_of(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    exporter, heard = Exporter(), []
    exporter.done.connect(heard.append)
    view = make()[0]
    exporter.start([Order(view, Looks(width=300), WORDS, tmp_path / f"{n}.png") for n in range(5)])
    exporter.cancel()
    qtbot.wait(100)
    assert heard == []
    assert not list(tmp_path.glob("*.png"))
