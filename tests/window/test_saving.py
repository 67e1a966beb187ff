"""Saving from the real window: the title shows what is in no file, and a failure loses nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QPushButton

from nnviz.experiment.files import load_document, save_document
from nnviz.experiment.specification import Experiment
from nnviz.ui.line_dialog import LineDialog
from nnviz.ui.main_window import MainWindow
from nnviz.ui.preferences import Preferences


@pytest.fixture
def window(open_window, qtbot) -> MainWindow:
    made = open_window("xor.nnviz")
    qtbot.waitUntil(lambda: made.session.snapshot is not None, timeout=20_000)
    return made


@pytest.fixture
def answering() -> Iterator[list[Callable[[QDialog], None]]]:
    """What is done with the modal dialogs to come, one after the other."""
    answers: list[Callable[[QDialog], None]] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QDialog) and box.isVisible() and answers:
            answers.pop(0)(box)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    yield answers
    timer.stop()
    assert answers == []


def type_name(path: Path) -> Callable[[QDialog], None]:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        field.setText(str(path))
        QTest.keyClick(field, Qt.Key.Key_Return)

    return answer


def press(text: str) -> Callable[[QDialog], None]:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        next(each for each in dialog.findChildren(QPushButton) if text in each.text()).click()

    return answer


def save(window: MainWindow, *, anew: bool = False) -> None:
    action = next(each for each in window.file_menu.actions() if each.text() == ("Save &as…" if anew else "&Save"))
    action.trigger()


def test_the_title_tells_what_is_in_no_file_and_saving_takes_the_mark_away(
    window: MainWindow, answering: list, tmp_path: Path
) -> None:
    assert not window.isWindowModified()
    window.session.new_seed()
    assert window.isWindowModified()
    answering.append(type_name(tmp_path / "Versuch 1.5 ф"))
    save(window)
    path = tmp_path / "Versuch 1.5 ф.nnviz"
    assert load_document(path) == window.session.to_save()
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("Versuch 1.5 ф.nnviz[*]")
    assert Preferences().recent[0] == path
    window.session.new_seed()
    assert window.isWindowModified()
    window.session.undo_stack.undo()
    assert not window.isWindowModified()
    window.session.undo_stack.redo()
    save(window)  # where it came from, without a question
    assert load_document(path) == window.session.to_save()
    assert not window.isWindowModified()


def test_a_failed_save_keeps_the_file_and_the_mark(window: MainWindow, answering: list, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    answering.append(type_name(folder / "a.nnviz"))
    save(window)
    window.session.new_seed()
    whole = (folder / "a.nnviz").read_bytes()
    # Where the folder was there is a file now: nobody, whatever their rights, can write there.
    folder.rename(tmp_path / "moved")
    folder.write_text("")
    save(window)
    assert window.notice.sentence.startswith("Cannot write")
    assert window.isWindowModified()
    assert (tmp_path / "moved" / "a.nnviz").read_bytes() == whole
    assert [each.name for each in (tmp_path / "moved").iterdir()] == ["a.nnviz"]


@pytest.mark.parametrize("replace", [True, False])
def test_a_name_typed_without_its_ending_replaces_nothing_unasked(
    window: MainWindow, answering: list, tmp_path: Path, replace: bool
) -> None:
    there = tmp_path / "a.nnviz"
    save_document(Experiment(seed=5), there)
    answering += [type_name(tmp_path / "a"), press("Replace" if replace else "Cancel")]
    save(window, anew=True)
    assert load_document(there) == (window.session.to_save() if replace else Experiment(seed=5))
    assert window.session.path == (there if replace else None)


def test_a_recent_file_opens_again_and_one_that_is_gone_leaves_the_list(
    window: MainWindow, qtbot, answering: list, tmp_path: Path
) -> None:
    answering.append(type_name(tmp_path / "a.nnviz"))
    save(window)
    seed = window.session.spec.seed
    window.open_document(Experiment(seed=seed + 1))
    menu = window.file_menu.recent
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["a.nnviz"]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: window.session.spec.seed == seed, timeout=10_000)
    (tmp_path / "a.nnviz").unlink()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert "no longer there" in window.statusBar().currentMessage()
    assert Preferences().recent == []


def test_the_copied_line_opens_back_the_same_experiment(window: MainWindow, qtbot) -> None:
    window.file_menu.copy_line()
    kept = window.session.to_save()
    window.open_document(Experiment(seed=1))
    window.file_menu.choose_line()
    dialog = next(each for each in window.findChildren(LineDialog) if each.isVisible())
    dialog.open_button.click()
    qtbot.waitUntil(lambda: window.session.to_save() == kept, timeout=10_000)
    assert window.workspace.document.path is None
