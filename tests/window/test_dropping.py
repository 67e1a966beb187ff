"""What is dropped onto the real window is opened, or refused in one sentence; nothing is lost either way."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from nnviz.experiment.files import save_document
from nnviz.experiment.line_text import to_line
from nnviz.experiment.specification import Experiment
from nnviz.ui.main_window import MainWindow
from nnviz.ui.panels.table_dialog import TableDialog

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
TABLE = "height,weight,kind\n" + "".join(f"{150 + n},{50 + n % 7},{'ab'[n % 2]}\n" for n in range(40))


@pytest.fixture
def window(open_window, qtbot) -> MainWindow:
    made = open_window("spiral.nnviz")
    qtbot.waitUntil(lambda: made.session.snapshot is not None and made.session.snapshot.step > 5, timeout=20_000)
    return made


def files(*paths: Path | str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(path) if isinstance(path, str) else QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def text(content: str) -> QMimeData:
    data = QMimeData()
    data.setText(content)
    return data


def drop(window: MainWindow, data: QMimeData, place: QPoint = QPoint(400, 10)) -> None:  # noqa: B008
    """As Qt does it: the innermost widget there that takes drops is asked first."""
    target: QWidget | None = window.childAt(place) or window
    while target is not None and not target.acceptDrops():
        target = target.parentWidget()
    assert target is window, f"{target} would swallow it"
    enter = QDragEnterEvent(place, COPY, data, LEFT, NONE)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(place), COPY, data, LEFT, NONE)
    QApplication.sendEvent(window, event)
    assert event.isAccepted()


def saved(path: Path, seed: int = 99) -> Path:
    save_document(Experiment(name="dropped", seed=seed), path)
    return path


def test_it_may_be_dropped_anywhere_also_on_a_plot(window: MainWindow) -> None:
    for key in ("lab", "descent", "neuron", "activations"):
        window.show_workspace(key)
        QApplication.processEvents()
        for x in range(20, 1200, 60):
            for y in range(20, 780, 60):
                target: QWidget | None = window.childAt(QPoint(x, y)) or window
                while target is not None and not target.acceptDrops():
                    target = target.parentWidget()
                assert target is window, f"{key}: at {x}, {y} {target} would swallow it"


def test_an_experiment_with_a_name_in_any_script(window: MainWindow, qtbot, tmp_path: Path) -> None:
    path = saved(tmp_path / "Опыт 学习 n°1.NNVIZ")
    drop(window, files(path))
    qtbot.waitUntil(lambda: window.session.spec.seed == 99, timeout=10_000)
    assert window.workspace.document.path == path
    assert path.name in window.windowTitle()


def test_of_several_the_first_that_can_be_opened_and_it_is_said(window: MainWindow, qtbot, tmp_path: Path) -> None:
    drop(window, files(tmp_path, tmp_path / "a.png", saved(tmp_path / "a.nnviz", 7), saved(tmp_path / "b.nnviz", 8)))
    qtbot.waitUntil(lambda: window.session.spec.seed == 7, timeout=10_000)
    assert window.statusBar().currentMessage() == "Opened a.nnviz. One is opened at a time: 3 left aside."


def test_a_table_becomes_the_data_and_undo_brings_the_former_back(window: MainWindow, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "таблица.csv"
    path.write_text(TABLE)
    before = window.session.spec
    drop(window, files(path))
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(TableDialog)), timeout=10_000)
    assert window.session.spec == before
    next(each for each in window.findChildren(TableDialog) if each.isVisible()).accept()
    qtbot.waitUntil(lambda: window.session.spec.data.source == "table", timeout=10_000)
    window.session.undo_stack.undo()
    assert window.session.spec == before


@pytest.mark.parametrize("in_a_file", [True, False])
def test_a_line_by_itself_or_in_a_text_file(window: MainWindow, qtbot, tmp_path: Path, in_a_file: bool) -> None:
    content = f"have a look:\n{to_line(Experiment(seed=99))}\n"
    path = tmp_path / "mail.txt"
    path.write_text(content)
    drop(window, files(path) if in_a_file else text(content))
    qtbot.waitUntil(lambda: window.session.spec.seed == 99, timeout=10_000)
    assert window.workspace.document.path is None


def test_what_cannot_be_opened_is_refused_in_a_sentence_and_all_stays(
    window: MainWindow, qtbot, tmp_path: Path
) -> None:
    picture = tmp_path / "picture.png"
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(picture))
    broken, newer, empty = tmp_path / "broken.nnviz", tmp_path / "newer.nnviz", tmp_path / "empty.csv"
    broken.write_bytes(b"\x00\x01 no JSON")
    newer.write_text('{"format": "nnviz", "version": 99}')
    empty.write_text("")
    mail = tmp_path / "mail.txt"
    mail.write_text(to_line(Experiment())[:-3])
    line = to_line(Experiment())
    before, step = window.session.spec, window.session.snapshot.step
    for data, said in (
        (files(picture), "picture.png cannot be opened: drop an experiment"),
        (files(tmp_path), "is a folder"),
        (files("https://example.org/a.nnviz"), "is not on this computer"),
        (files(broken), "broken.nnviz"),
        (files(newer), "newer"),
        (files(tmp_path / "gone.nnviz"), "gone.nnviz cannot be read: no such file"),
        (files(tmp_path / "gone.csv"), "gone.csv"),
        (files(empty), "empty.csv"),
        (files(mail), "cut off"),
        (text("hello"), "holds no experiment"),
        (text(line[:-3]), "cut off"),
        (text(line.replace("nnviz1:", "nnviz2:")), "a newer nnviz"),
        (text(line[:12] + ("A" if line[12] != "A" else "B") + line[13:]), "letters were lost or changed"),
        (files(), "holds no experiment"),
    ):
        window.notice.clear()
        if data.hasUrls() or data.hasText():
            drop(window, data)
        else:
            window.file_menu.open_dropped(data)
        qtbot.waitUntil(lambda: bool(window.notice.sentence), timeout=10_000)
        assert said.lower() in window.notice.sentence.lower(), (said, window.notice.sentence)
        assert "\n" not in window.notice.sentence
    assert window.session.spec == before
    assert window.workspace.document.path is None
    qtbot.waitUntil(lambda: window.session.snapshot.step > step, timeout=10_000)


@pytest.mark.parametrize("discard", [True, False])
def test_what_is_in_no_file_is_not_left_without_a_question(
    window: MainWindow, qtbot, tmp_path: Path, discard: bool
) -> None:
    window.session.new_seed()
    assert window.isWindowModified()
    mine = window.session.spec.seed
    asked: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            return
        asked.append(box.text())
        kind = QMessageBox.StandardButton.Discard if discard else QMessageBox.StandardButton.Cancel
        box.button(kind).click()

    timer = QTimer()
    timer.timeout.connect(answer)
    timer.start(50)
    drop(window, files(saved(tmp_path / "a.nnviz")))
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    qtbot.wait(100)
    timer.stop()
    assert len(asked) == 1
    assert "in no file" in asked[0]
    assert window.session.spec.seed == (99 if discard else mine)
