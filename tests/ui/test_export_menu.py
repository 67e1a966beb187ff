"""What the menu writes itself gets its ending, and nothing is replaced unasked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.export_menu import ExportMenu
from nnviz.ui.session import Session

WAYS: dict[str, tuple[str, Callable[[ExportMenu], object]]] = {
    "history": ("a.csv", ExportMenu.history),
    "weights": ("a.npz", ExportMenu.weights),
    "code": ("a.py", lambda menu: menu.code.actions()[0].trigger()),
}
"""By what is exported: the file that comes of the name "a", and how to ask for it."""


@pytest.fixture
def menu(session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ExportMenu:
    """In its file dialog, the name "a" is typed."""
    window = QWidget()
    qtbot.addWidget(window)
    made = ExportMenu(window, session, lambda: pytest.fail("no workspace is asked"))
    made.code.aboutToShow.emit()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a"), ""))
    return made


@pytest.mark.parametrize("way", WAYS)
def test_a_name_without_an_ending_gets_the_one_that_it_is_found_by(
    menu: ExportMenu, qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    name, export = WAYS[way]
    with qtbot.waitSignal(menu.said, timeout=20_000, check_params_cb=lambda said: "ritten to" in said):
        export(menu)
    assert [path.name for path in tmp_path.glob("a*")] == [name]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_there_under_that_name_is_asked_about(
    menu: ExportMenu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    name, export = WAYS[way]
    (tmp_path / name).write_text("mine")
    asked: list[str] = []

    def cancel(box: QMessageBox) -> int:
        asked.append(box.text())
        next(button for button in box.buttons() if "Cancel" in button.text()).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", cancel)
    export(menu)
    assert asked == [f"{name} is there already. Replace it?"]
    assert (tmp_path / name).read_text() == "mine"


def test_numbers_of_a_script_are_asked_about_too(
    menu: ExportMenu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a_arrays.npz").write_text("mine")
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    WAYS["code"][1](menu)
    assert asked == ["a_arrays.npz is there already. Replace it?"]
    assert (tmp_path / "a_arrays.npz").read_text() == "mine"
