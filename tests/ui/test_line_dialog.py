"""An experiment travels as one line of text; what was open after a crash is offered again."""

from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnviz.experiment.line_text import to_line
from nnviz.experiment.neuron.specification import Neuron
from nnviz.experiment.specification import DataSpec, Experiment
from nnviz.ui.crash_guard import CrashGuard
from nnviz.ui.line_dialog import LineDialog
from nnviz.ui.restore_offer import RestoreOffer


@pytest.fixture
def dialog(qtbot: QtBot) -> LineDialog:
    QApplication.clipboard().clear()
    made = LineDialog()
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("document", [Experiment(seed=7, name="Öl"), Neuron()])
def test_a_pasted_line_is_opened(dialog: LineDialog, qtbot: QtBot, document: object) -> None:
    line = to_line(document)  # type: ignore[arg-type]
    dialog.text.setPlainText(f"look at this:\n{line[:40]}\n{line[40:]} (step 300)")
    with qtbot.waitSignal(dialog.chosen, timeout=5000) as chosen:
        dialog.open_button.click()
    assert chosen.args == [document]
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no line at all", "holds no experiment"),
        (to_line(Experiment())[:-9], "cut off"),
        (to_line(Experiment()).replace("nnviz1:", "nnviz2:"), "newer nnviz"),
        (to_line(Experiment(seed=7)).swapcase().replace("NNVIZ", "nnviz"), "letters were lost or changed"),
        (to_line(Experiment(data=DataSpec(source="drawn"))), "no points to learn from"),
    ],
)
def test_a_text_that_is_none_is_told_in_a_sentence(dialog: LineDialog, qtbot: QtBot, text: str, said: str) -> None:
    dialog.text.setPlainText(text)
    dialog.open_button.click()
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=5000)
    assert said in dialog.trouble.text()
    assert dialog.isVisible()
    assert dialog.open_button.isEnabled()


@pytest.mark.parametrize("begin", ["nnviz1:", "nnviz2:"])
def test_a_line_on_the_clipboard_is_there_already(qtbot: QtBot, begin: str) -> None:
    line = to_line(Experiment()).replace("nnviz1:", begin)
    QApplication.clipboard().setText(line)
    made = LineDialog()
    qtbot.addWidget(made)
    assert made.text.toPlainText() == line
    assert made.open_button.isEnabled()


def test_an_orderly_end_is_no_crash(tmp_path: Path) -> None:
    lock = tmp_path / "new folder" / "running.lock"
    for _ in range(2):
        guard = CrashGuard(lock)
        assert not guard.crashed
        guard.release()
        assert not lock.exists()


def test_a_lock_whose_process_is_gone_is_a_crash(tmp_path: Path) -> None:
    lock = tmp_path / "running.lock"
    process = QProcess()
    process.start("true", [])
    process.waitForStarted()
    gone = process.processId()
    process.waitForFinished()
    first = CrashGuard(lock)
    content = lock.read_text().split("\n")
    first.release()
    lock.write_text("\n".join([str(gone), *content[1:]]))
    assert CrashGuard(lock).crashed


def test_a_window_beside_a_running_one_is_no_crash_and_takes_nothing_away(tmp_path: Path) -> None:
    lock = tmp_path / "running.lock"
    first = CrashGuard(lock)
    second = CrashGuard(lock)
    assert not second.crashed
    second.release()
    assert lock.exists()
    first.release()


def test_a_folder_that_cannot_be_made_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not CrashGuard(tmp_path / "file" / "running.lock").crashed


@pytest.mark.parametrize(("button", "times"), [("Restore", 1), ("Begin anew", 0)])
def test_what_was_open_is_brought_back_only_if_wanted(qtbot: QtBot, button: str, times: int) -> None:
    window, called = QWidget(), []
    qtbot.addWidget(window)
    offer = RestoreOffer("Spiral", lambda: called.append(1), window)
    offer.show()
    assert "Spiral" in offer.informativeText()
    assert not offer.isModal()
    next(each for each in offer.findChildren(QPushButton) if each.text() == button).click()
    assert len(called) == times
