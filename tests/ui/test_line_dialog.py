"""An experiment travels as one line of text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.experiment.line_text import to_line
from nnviz.experiment.neuron.specification import Neuron
from nnviz.experiment.specification import DataSpec, Experiment
from nnviz.ui.line_dialog import LineDialog


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
