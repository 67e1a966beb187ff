"""Nothing is replaced unasked: the file dialog asks about the name as typed, the program about what comes of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.export.saving import ask_path, may_replace

KINDS = {"csv": "CSV table (*.csv)", "npz": "NumPy arrays (*.npz)"}


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], None]:
    """What the file dialog gives: a name, and the filter that was chosen."""

    def gives(path: Path | str, chosen: str = "") -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), chosen))

    return gives


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked; every question is answered by Cancel."""
    asked: list[str] = []

    def pressed(box: QMessageBox) -> int:
        asked.append(box.text())
        next(button for button in box.buttons() if "Cancel" in button.text()).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", pressed)
    return asked


@pytest.mark.parametrize(
    ("name", "chosen", "expected"),
    [
        ("loss", "", "loss.csv"),
        ("loss", KINDS["npz"], "loss.npz"),
        ("loss.npz", KINDS["csv"], "loss.npz"),
        ("loss.CSV", KINDS["npz"], "loss.CSV"),
        ("step 1.5", KINDS["csv"], "step 1.5.csv"),
    ],
)
def test_a_name_gets_an_ending_unless_it_has_one_that_is_possible(
    parent: QWidget, typed, tmp_path: Path, name: str, chosen: str, expected: str
) -> None:
    typed(tmp_path / name, chosen)
    assert ask_path(parent, "Save", "a.csv", KINDS) == tmp_path / expected


def test_whoever_cancels_saves_nothing(parent: QWidget, typed) -> None:
    typed("")
    assert ask_path(parent, "Save", "a.csv", KINDS) is None


def test_a_file_of_the_name_with_its_ending_is_asked_about(
    parent: QWidget, typed, questions: list[str], tmp_path: Path
) -> None:
    (tmp_path / "loss.csv").write_text("mine")
    typed(tmp_path / "loss")
    assert ask_path(parent, "Save", "a.csv", KINDS) is None
    assert questions == ["loss.csv is there already. Replace it?"]


def test_what_the_file_dialog_has_asked_about_is_not_asked_about_again(
    parent: QWidget, typed, questions: list[str], tmp_path: Path
) -> None:
    (tmp_path / "loss.csv").write_text("mine")
    typed(tmp_path / "loss.csv")
    assert ask_path(parent, "Save", "a.csv", KINDS, lambda path: [path]) == tmp_path / "loss.csv"
    assert questions == []


def test_files_beside_it_are_asked_about_in_the_same_question(
    parent: QWidget, typed, questions: list[str], tmp_path: Path
) -> None:
    for name in ("a.csv", "a-points.csv"):
        (tmp_path / name).write_text("mine")
    typed(tmp_path / "a")
    assert ask_path(parent, "Save", "a.csv", KINDS, lambda path: [path.with_stem("a-points")]) is None
    assert questions == ["a.csv, a-points.csv are there already. Replace them?"]


def test_of_many_files_some_are_named(parent: QWidget, questions: list[str], tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.csv" for number in range(5)]
    for path in paths:
        path.write_text("mine")
    assert not may_replace(parent, paths)
    assert questions == ["0.csv, 1.csv, 2.csv and 2 more are there already. Replace them?"]
