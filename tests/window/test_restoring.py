"""What the next start makes of what was open: after an orderly end it is there again, after a crash it is offered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from nnviz import app as composition
from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.files import load_document, save_document
from nnviz.experiment.specification import Experiment
from nnviz.resources import resource
from nnviz.ui.crash_guard import CrashGuard
from nnviz.ui.last_documents import keep, recall, waiting
from nnviz.ui.main_window import MainWindow
from nnviz.ui.preferences import Preferences


@pytest.fixture
def crashed() -> CrashGuard:
    """What a start finds after a crash in which the Lab and Descent had a document."""
    preferences = Preferences()
    first = CrashGuard(preferences.lock)
    process = QProcess()
    process.start("true", [])
    process.waitForStarted()
    gone = process.processId()
    process.waitForFinished()
    content = preferences.lock.read_text().split("\n")
    first.release()
    preferences.lock.write_text("\n".join([str(gone), *content[1:]]))
    for document in (Experiment(name="mine", seed=123), Descent(name="my race")):
        keep(preferences.last(document.WORKSPACE), document, None)
    guard = CrashGuard(preferences.lock)
    assert guard.crashed
    return guard


@pytest.fixture
def window(open_window: Callable[..., MainWindow], qtbot) -> MainWindow:
    made = open_window("xor.nnviz")
    qtbot.waitUntil(lambda: made.session.snapshot is not None, timeout=20_000)
    return made


def answer(button: QMessageBox.StandardButton, asked: list[str]) -> None:
    """Answers the question that comes next."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            asked.append(box.text())
            box.button(button).click()

    timer = QTimer(QApplication.instance())
    timer.timeout.connect(look)
    timer.start(50)


def test_after_a_crash_what_was_open_is_offered_and_not_opened_by_itself(
    window: MainWindow, crashed: CrashGuard, qtbot
) -> None:
    composition.open_first(window, Preferences(), None, crashed)
    assert window.session.spec.seed != 123
    assert "Kept from then: “mine” and “my race”." in window.restore_offer.sentence
    window.restore_offer.open_button.click()
    qtbot.waitUntil(lambda: window.restore_offer.sentence == "", timeout=10_000)
    assert window.workspace.key == "lab"
    assert window.session.spec.seed == 123
    assert window.workspaces["descent"].document.to_save().name == "my race"
    # No file has it: nothing takes its place without a question.
    assert window.isWindowModified()
    assert waiting(Preferences().folder) == []
    assert recall(Preferences().last("lab")).document == Experiment(name="mine", seed=123)


def test_an_offer_without_an_answer_is_made_again(window: MainWindow, crashed: CrashGuard, open_window, qtbot) -> None:
    preferences = Preferences()
    composition.open_first(window, preferences, None, crashed)
    window.autosave()
    qtbot.waitUntil(lambda: preferences.last("lab").exists(), timeout=5000)
    window.close()
    crashed.release()
    again = open_window("xor.nnviz")
    guard = CrashGuard(preferences.lock)
    assert not guard.crashed
    composition.open_first(again, preferences, None, guard)
    assert "Kept from then: “mine” and “my race”." in again.restore_offer.sentence
    again.restore_offer.discard_button.click()
    assert again.restore_offer.sentence == ""
    assert waiting(preferences.folder) == []
    guard.release()


def test_a_second_window_offers_nothing_that_the_first_one_may_decide_over(
    window: MainWindow, crashed: CrashGuard
) -> None:
    composition.open_first(window, Preferences(), None, CrashGuard(Preferences().lock))
    assert window.restore_offer.sentence == ""
    crashed.release()


def test_what_was_edited_meanwhile_is_kept_and_the_offer_stays(window: MainWindow, crashed: CrashGuard, qtbot) -> None:
    composition.open_first(window, Preferences(), None, crashed)
    window.session.new_seed()
    seed = window.session.spec.seed
    asked: list[str] = []
    answer(QMessageBox.StandardButton.Cancel, asked)
    window.restore_offer.open_button.click()
    qtbot.waitUntil(lambda: "Kept from then: “mine”." in window.restore_offer.sentence, timeout=10_000)
    assert len(asked) == 1
    assert window.session.spec.seed == seed
    assert [place.name for place in waiting(Preferences().folder)[0]] == ["restore-1-lab.nnviz"]


@pytest.fixture
def restarted(window: MainWindow, open_window, qtbot, tmp_path: Path) -> Callable[..., MainWindow]:
    """A window that ends with a document open from a file, and the one that starts after it."""

    def restart(*, edited: bool = False, meanwhile: Callable[[Path], object] = lambda _: None) -> MainWindow:
        path = tmp_path / "keep.nnviz"
        document = load_document(resource("presets", "xor.nnviz"))
        save_document(document, path)
        window.open_document(document, path)
        qtbot.waitUntil(lambda: window.session.to_save() == document, timeout=10_000)
        if edited:
            window.session.new_seed()
        window.finish()
        meanwhile(path)
        window.session.undo_stack.setClean()
        window.close()
        again = open_window()
        assert again.session.path == path
        assert again.windowTitle().startswith("keep.nnviz[*]")
        return again

    return restart


def test_a_document_comes_back_with_its_file(restarted: Callable[..., MainWindow], tmp_path: Path) -> None:
    again = restarted()
    assert not again.isWindowModified()
    again.session.new_seed()
    assert again.isWindowModified()
    again.file_menu.save()
    assert load_document(tmp_path / "keep.nnviz") == again.session.to_save()
    assert not again.isWindowModified()


def test_a_document_with_changes_comes_back_with_its_mark(restarted: Callable[..., MainWindow]) -> None:
    again = restarted(edited=True)
    assert again.isWindowModified()
    again.session.new_seed()
    again.session.undo_stack.undo()
    assert again.isWindowModified()
    again.file_menu.save()
    assert not again.isWindowModified()


@pytest.mark.parametrize("change", [Path.unlink, lambda path: save_document(Experiment(seed=5), path)])
def test_a_file_that_became_another_one_or_none_leaves_the_mark(
    restarted: Callable[..., MainWindow], change: Callable[[Path], object]
) -> None:
    again = restarted(meanwhile=change)
    assert again.isWindowModified()
    assert again.session.spec.seed != 5


def test_changes_that_were_given_up_at_the_end_do_not_come_back(
    window: MainWindow, open_window, qtbot, tmp_path: Path
) -> None:
    path = tmp_path / "keep.nnviz"
    save_document(Experiment(seed=12), path)
    window.open_document(load_document(path), path)
    window.session.new_seed()
    asked: list[str] = []
    answer(QMessageBox.StandardButton.Discard, asked)
    window.close()
    assert len(asked) == 1
    again = open_window()
    assert again.session.spec.seed == 12
    assert again.session.path == path
    assert not again.isWindowModified()


def test_recent_files_of_one_name_are_told_apart_and_no_letter_is_lost(window: MainWindow, tmp_path: Path) -> None:
    for folder, name in (("one", "a&b.nnviz"), ("two", "a&b.nnviz"), ("two", "c.nnviz")):
        window.preferences.add_recent(tmp_path / folder / name)
    menu = window.file_menu.recent
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["c.nnviz", "a&&b.nnviz  (two)", "a&&b.nnviz  (one)"]
    assert menu.toolTipsVisible()
    assert str(tmp_path / "two" / "c.nnviz") in menu.actions()[0].toolTip()


@pytest.mark.parametrize("name", ["s1w", "my experiment.nnviz"])
def test_a_sentence_about_a_file_leaves_its_name_as_it_is(window: MainWindow, qtbot, tmp_path: Path, name: str) -> None:
    window.file_menu.open(tmp_path / name)
    qtbot.waitUntil(lambda: bool(window.notice.sentence), timeout=5000)
    assert window.notice.sentence.startswith(f"“{name}” cannot be read")
