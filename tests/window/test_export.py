"""From the real window: figures, history, code and animations leave it while a network is learning."""

from pathlib import Path

import numpy
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from nnviz.experiment.files import save_document
from nnviz.experiment.line_text import from_line
from nnviz.experiment.specification import Experiment
from nnviz.ui.export import dialogs
from nnviz.ui.export.animation_dialog import AnimationDialog
from nnviz.ui.export.export_dialog import ExportDialog
from nnviz.ui.export.surroundings import film_of, words_for
from nnviz.ui.main_window import MainWindow
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session


@pytest.fixture
def window(open_window, qtbot) -> MainWindow:
    made = open_window("spiral.nnviz")
    qtbot.waitUntil(lambda: made.session.snapshot is not None and made.session.snapshot.step > 60, timeout=20_000)
    return made


def test_all_figures_of_a_learning_network_those_behind_tabs_too(window: MainWindow, qtbot, tmp_path: Path) -> None:
    qtbot.waitUntil(lambda: len(window.workspace.figures()) >= 9, timeout=20_000)
    dialogs.export_of(window.workspace, together=True)
    qtbot.waitUntil(lambda: bool(window.findChildren(ExportDialog)), timeout=20_000)
    dialog = window.findChildren(ExportDialog)[0]
    before = window.session.snapshot.step
    with qtbot.waitSignal(dialog.said, timeout=30_000):
        dialog.write_all(tmp_path)
    keys = {path.stem for path in tmp_path.glob("*.png")}
    assert {"network", "decision-map", "loss", "gradient-flow", "units", "ledger"} <= keys
    assert window.session.snapshot.step > before
    assert window.session.playing


def test_an_animation_leaves_the_run_alone(window: MainWindow, qtbot, tmp_path: Path) -> None:
    figure = next(figure for figure in window.workspace.figures() if figure.key == "decision-map")
    film = film_of(figure)
    assert film is not None
    dialog = AnimationDialog([(figure, film)], figure, window)
    dialog.form.every.setValue(max(1, film.last // 8))
    before = window.session.snapshot.step
    with qtbot.waitSignal(dialog.said, timeout=30_000):
        dialog.write(tmp_path / "a.gif")
    dialog.close()
    assert window.session.snapshot.step > before
    assert window.session.snapshot.spec.changes == ()


def test_the_caption_tells_the_step_that_is_seen(window: MainWindow, qtbot) -> None:
    window.session.pause()
    qtbot.waitUntil(lambda: not window.session.snapshot.playing, timeout=5000)
    for figure in window.workspace.figures()[:2]:
        assert f"step {window.session.snapshot.step:,}" in words_for(figure).caption


@pytest.mark.parametrize("name", ["history.csv", "Verlauf 1.npz"])
def test_the_history_leaves_whole(window: MainWindow, qtbot, tmp_path: Path, name: str) -> None:
    with qtbot.waitSignal(window.export_menu.said, timeout=10_000):
        window.export_menu.write_history(tmp_path / name)
    if name.endswith("npz"):
        with numpy.load(tmp_path / name, allow_pickle=False) as arrays:
            steps = arrays["step"]
            assert arrays["gradient_W_rms"].shape == (len(steps), 3)
    else:
        rows = (tmp_path / name).read_text().splitlines()
        steps = numpy.array([float(row.split(",")[0]) for row in rows[1:]])
    assert numpy.array_equal(steps[:50], numpy.arange(50))


def test_code_is_written_while_the_network_learns(window: MainWindow, qtbot, tmp_path: Path) -> None:
    sentences: list[str] = []
    window.export_menu.said.connect(sentences.append)
    window.export_menu.write_code("numpy", tmp_path / "a.py")
    qtbot.waitUntil(lambda: "Written to a.py." in sentences, timeout=30_000)
    compile((tmp_path / "a.py").read_text(), "a.py", "exec")


def test_what_cannot_be_written_is_one_sentence_and_training_goes_on(window: MainWindow, qtbot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    before = window.session.snapshot.step
    with qtbot.waitSignal(window.export_menu.failed, timeout=10_000):
        window.export_menu.write_history(tmp_path / "file" / "history.csv")
    assert window.notice.sentence.startswith("Cannot write")
    qtbot.waitUntil(lambda: window.session.snapshot.step > before, timeout=10_000)


def test_only_the_lab_has_a_history_and_code(window: MainWindow) -> None:
    menu = window.export_menu
    menu.aboutToShow.emit()
    menu.code.aboutToShow.emit()
    assert [action.text() for action in menu.code.actions()][:2] == ["NumPy script…", "PyTorch script…"]
    assert menu.code.menuAction().isEnabled()
    window.show_workspace("neuron")
    menu.aboutToShow.emit()
    assert not menu.code.menuAction().isEnabled()


def test_the_experiment_is_copied_as_one_line(window: MainWindow) -> None:
    assert isinstance(window.workspace.document, Session)
    window.file_menu.copy_line()
    assert from_line(QApplication.clipboard().text()) == window.workspace.document.to_save()


def test_a_file_dropped_onto_the_window_is_opened(window: MainWindow, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "Ein Versuch ф.nnviz"
    save_document(Experiment(name="dropped", seed=99), path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 300), copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 300), copy, data, Qt.MouseButton.LeftButton, none))
    qtbot.waitUntil(lambda: window.session.spec.seed == 99, timeout=10_000)
    assert window.workspace.document.path == path


def test_a_fault_saves_what_is_open_aside(window: MainWindow, qtbot) -> None:
    last = Preferences().last("lab")
    last.unlink(missing_ok=True)
    window.faults.show("a sentence", "a report")
    qtbot.waitUntil(last.exists, timeout=5000)
    window.faults.dialog.close()
