"""The dialogs: what they show, what they remember, and what they say when something cannot be."""

from pathlib import Path

import numpy
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from nnviz.experiment.watch import Watch
from nnviz.ui.export import clipboard, dialogs
from nnviz.ui.export.animation_dialog import AnimationDialog
from nnviz.ui.export.export_dialog import ExportDialog
from nnviz.ui.export.looks import Looks, Words
from nnviz.ui.export.numbers import MAIN, tables_of
from nnviz.ui.export.numbers_dialog import NumbersDialog
from nnviz.ui.export.run_film import RunFilm
from nnviz.ui.export.view_menu import copy_numbers, view_menu
from nnviz.ui.plots.course.loss_view import LossView
from nnviz.ui.widgets.on_screen import FRAME

from .conftest import Make


def words(_view: object) -> Words:
    return Words("A title", "a caption")


@pytest.fixture
def asked(make: Make, qtbot: QtBot) -> ExportDialog:
    views = [make("loss")[0], make("network")[0]]
    dialog = ExportDialog(views, views[0], words)
    kept(qtbot, dialog)
    dialog.show()
    dialog.refresh()
    return dialog


def kept(qtbot: QtBot, dialog: QDialog) -> None:
    """Leaves it to the test's end to delete it, also where it was closed before."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)


def choose(choice: object, key: str) -> None:
    """As the user does."""
    from nnviz.ui.widgets.choice import Choice

    assert isinstance(choice, Choice)
    index = choice.findData(key)
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def test_the_preview_follows_every_choice(asked: ExportDialog) -> None:
    first = asked.preview.image.copy()
    choose(asked.form.ground, "dark")
    dark = asked.preview.image.copy()
    assert dark != first
    choose(asked.form.size_choice, "slide")
    assert asked.preview.image.width() / asked.preview.image.height() == pytest.approx(16 / 9, abs=0.02)
    asked.form.title.setChecked(False)
    choose(asked.choice, "1")
    assert asked.figure.key == "network"


def test_sizes_are_told_in_pixels_centimetres_and_dots(asked: ExportDialog) -> None:
    choose(asked.form.size_choice, "slide")
    assert "1,920 × 1,080 pixels" in asked.note.text()
    choose(asked.form.scale, "2")
    assert "3,840 × 2,160 pixels" in asked.note.text()
    assert "461 dpi" in asked.note.text()
    choose(asked.form.format, "pdf")
    assert "cm" in asked.note.text()
    assert "dpi" not in asked.note.text()


def test_only_what_a_format_has_is_asked(asked: ExportDialog) -> None:
    form = asked.form
    choose(form.format, "svg")
    assert not form.form.isRowVisible(form.width_field)
    assert form.form.isRowVisible(form.ground)
    choose(form.format, "csv")
    assert not form.form.isRowVisible(form.ground)
    assert "step, epoch" in asked.preview.sentence
    assert "41 rows" in asked.note.text()


def test_choices_are_remembered(asked: ExportDialog, make: Make, qtbot: QtBot) -> None:
    choose(asked.form.format, "pdf")
    choose(asked.form.ground, "transparent")
    asked.form.caption.setChecked(False)
    asked.close()
    view = make()[0]
    again = ExportDialog([view], view, words)
    kept(qtbot, again)
    assert again.form.looks == Looks("pdf", ground="transparent", caption=False)
    again.close()


def test_saving_asks_where_and_writes(
    asked: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(asked.form.format, "svg")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a figure"), ""))
    with qtbot.waitSignal(asked.said, timeout=10_000) as said:
        asked.save()
    assert said.args == ["Figure written to a figure.svg."]
    assert (tmp_path / "a figure.svg").read_bytes().startswith(b"<?xml")


def test_what_cannot_be_written_is_said_and_the_dialog_stays(
    asked: ExportDialog, qtbot: QtBot, no_folder: Path
) -> None:
    asked.write(no_folder / "a.png")
    qtbot.waitUntil(asked.trouble.isVisible, timeout=10_000)
    assert asked.trouble.text().startswith("Cannot write")
    assert asked.isVisible()
    assert asked.save_button.isEnabled()


def test_all_figures_go_into_a_folder(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    views = [make(key)[0] for key in ("loss", "network")]
    dialog = ExportDialog(views, views[0], words, together=True)
    kept(qtbot, dialog)
    with qtbot.waitSignal(dialog.said, timeout=10_000) as said:
        dialog.write_all(tmp_path)
    assert said.args[0].startswith("2 figures written")
    assert {path.name for path in tmp_path.glob("*.png")} == {"loss.png", "network.png"}


def test_the_clipboard_gets_the_picture_in_its_looks(asked: ExportDialog) -> None:
    choose(asked.form.size_choice, "slide")
    asked.put_on_clipboard()
    assert QApplication.clipboard().image().width() == 1600
    choose(asked.form.format, "csv")
    asked.put_on_clipboard()
    assert QApplication.clipboard().text().startswith("step\tepoch")


def test_a_clipboard_that_takes_nothing_is_said(asked: ExportDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    class Held:
        """As if another program held it."""

        def setImage(self, _image: object) -> None: ...
        def setText(self, _text: str) -> None: ...
        def mimeData(self) -> None: ...

    class Application:
        @staticmethod
        def clipboard() -> Held:
            return Held()

    monkeypatch.setattr(clipboard, "QApplication", Application)
    asked.put_on_clipboard()
    assert "clipboard took nothing" in asked.trouble.text()
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, text: said.append(text))
    copy_numbers(asked.figure)
    assert said == [clipboard.REFUSED]


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_the_table_shows_and_copies_every_digit(make: Make, qtbot: QtBot) -> None:
    view = make()[0]
    table = view.numbers()
    dialog = NumbersDialog("Loss", "loss", {MAIN: table})
    kept(qtbot, dialog)
    assert dialog.model.rowCount() == len(table) - 1
    assert dialog.model.data(dialog.model.index(3, 2)) == table[4][2]
    dialog.copy()
    lines = QApplication.clipboard().text().split("\n")
    assert [tuple(line.split("\t")) for line in lines] == table
    dialog.view.setCurrentIndex(dialog.model.index(0, 0))
    dialog.view.selectRow(2)
    dialog.copy()
    assert QApplication.clipboard().text() == "\t".join(table[3])


@pytest.mark.parametrize("kind", ["csv", "npz"])
def test_the_table_is_saved(make: Make, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    dialog = NumbersDialog("Loss", "loss", tables_of(make()[0]))
    kept(qtbot, dialog)
    path = tmp_path / f"a.{kind}"
    with qtbot.waitSignal(dialog.said, timeout=5000):
        dialog.write(path)
    if kind == "npz":
        with numpy.load(path, allow_pickle=False) as arrays:
            assert arrays["step"].tolist() == list(range(41))
    else:
        assert path.read_text().startswith("step,epoch")


@pytest.fixture
def numbers(make: Make, qtbot: QtBot) -> NumbersDialog:
    dialog = NumbersDialog("Decision map", "decision-map", tables_of(make("decision-map")[0]))
    kept(qtbot, dialog)
    dialog.show()
    return dialog


def test_where_there_are_more_tables_one_is_chosen_and_that_one_is_copied(numbers: NumbersDialog) -> None:
    assert [numbers.tabs.tabText(place) for place in range(numbers.tabs.count())] == ["Decision map", "Points"]
    assert numbers.note.text().startswith("10,000 rows")
    numbers.tabs.setCurrentIndex(1)
    points = numbers.tables["points"]
    assert numbers.model.rowCount() == len(points) - 1
    numbers.copy()
    assert [tuple(line.split("\t")) for line in QApplication.clipboard().text().split("\n")] == points
    numbers.view.selectColumn(2)
    numbers.tabs.setCurrentIndex(0)
    assert not numbers.view.selectedIndexes(), "what is chosen in one table says nothing of another"


def test_numbers_stand_at_the_right_and_words_at_the_left_under_their_headings(numbers: NumbersDialog) -> None:
    metrics, header = numbers.fontMetrics(), numbers.view.horizontalHeader()
    for column, cells in enumerate(zip(*numbers.rows, strict=True)):
        assert max(map(metrics.horizontalAdvance, cells)) < header.sectionSize(column), "also of rows far below"
    numbers.tabs.setCurrentIndex(1)
    model, role = numbers.model, Qt.ItemDataRole.TextAlignmentRole
    for column, side in ((1, Qt.AlignmentFlag.AlignLeft), (2, Qt.AlignmentFlag.AlignRight)):
        for found in (
            model.data(model.index(0, column), role),
            model.headerData(column, Qt.Orientation.Horizontal, role),
        ):
            assert found == int(side | Qt.AlignmentFlag.AlignVCenter)
    for column, head in enumerate(numbers.rows[0]):
        assert numbers.view.horizontalHeader().sectionSize(column) > numbers.fontMetrics().horizontalAdvance(head)


def test_a_single_table_needs_no_choice(qtbot: QtBot) -> None:
    dialog = NumbersDialog("A", "a", {MAIN: [("x",)], "points": [("x",), ("1",)]})
    kept(qtbot, dialog)
    dialog.show()
    assert not dialog.tabs.isVisible()
    assert dialog.model.rowCount() == 1, "an empty table is not offered"


@pytest.mark.parametrize("pixels", [13, 20])
def test_on_a_small_screen_all_of_a_dialog_can_be_reached(make: Make, qtbot: QtBot, pixels: int) -> None:
    """A projector of 1280 × 800 pixels shown twice as large; 20 pixels are the letters of lecture mode."""
    before = QApplication.font()
    large = QApplication.font()
    large.setPixelSize(pixels)
    QApplication.setFont(large)
    try:
        view, snapshot = make()
        animation = AnimationDialog([(view, RunFilm(view, snapshot, Watch()))], view)
        export = ExportDialog([view], view, words, together=True, left_out="Loss surface and race are not drawn yet")
        for dialog in (animation, export, NumbersDialog("Loss", "loss", tables_of(view))):
            kept(qtbot, dialog)
            dialog.show()
            least = dialog.minimumSizeHint()
            assert least.width() <= 640 - FRAME.width()
            assert least.height() <= 400 - FRAME.height()
            dialog.close()
    finally:
        QApplication.setFont(before)


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> list[str]:
    """Presses the button of that text in the next questions; what was asked."""
    asked: list[str] = []

    def pressed(box: QMessageBox) -> int:
        asked.append(box.text())
        next(button for button in box.buttons() if button.text().replace("&", "") == text).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", pressed)
    return asked


def test_all_tables_are_saved_and_one_that_is_there_is_asked_about(
    numbers: NumbersDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "map.csv"), ""))
    points = tmp_path / "map-points.csv"
    points.write_text("mine")
    asked = answer(monkeypatch, "Cancel")
    numbers.save()
    assert asked == ["map-points.csv is there already. Replace it?"]
    assert points.read_text() == "mine"
    assert not (tmp_path / "map.csv").exists()
    answer(monkeypatch, "Replace")
    with qtbot.waitSignal(numbers.said, timeout=5000) as said:
        numbers.save()
    assert said.args == ["Written to map.csv and 1 more beside it."]
    assert points.read_text().startswith("example,set")
    assert (tmp_path / "map.csv").read_text().startswith("x")


def test_a_table_s_further_files_come_with_it_and_are_asked_about_once(
    make: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = make("decision-map")[0]
    dialog = ExportDialog([view], view, words)
    kept(qtbot, dialog)
    dialog.show()
    choose(dialog.form.format, "csv")
    assert "in files beside it: points (" in dialog.note.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "map.csv"), ""))
    (tmp_path / "map-points.csv").write_text("mine")
    (tmp_path / "map-other.csv").write_text("mine")
    asked = answer(monkeypatch, "Cancel")
    dialog.save()
    assert asked == ["map-points.csv is there already. Replace it?"]
    assert dialog.isVisible()
    assert not (tmp_path / "map.csv").exists()
    answer(monkeypatch, "Replace")
    with qtbot.waitSignal(dialog.said, timeout=5000) as said:
        dialog.save()
    assert said.args == ["Figure written to map.csv, further tables beside it: map-points.csv."]
    assert (tmp_path / "map-points.csv").read_text().startswith("example,set")
    assert (tmp_path / "map-other.csv").read_text() == "mine"


def test_a_folder_that_has_some_of_the_files_is_asked_about_once(
    make: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = [make(key)[0] for key in ("decision-map", "network")]
    dialog = ExportDialog(views, views[0], words, together=True)
    kept(qtbot, dialog)
    choose(dialog.form.format, "csv")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    for name in ("network.csv", "decision-map-points.csv"):
        (tmp_path / name).write_text("mine")
    asked = answer(monkeypatch, "Cancel")
    dialog.save()
    assert asked == ["decision-map-points.csv, network.csv are there already. Replace them?"]
    assert (tmp_path / "network.csv").read_text() == "mine"
    answer(monkeypatch, "Replace")
    with qtbot.waitSignal(dialog.said, timeout=10_000) as said:
        dialog.save()
    assert said.args[0].startswith("2 figures written")
    assert ", 4 files" in said.args[0]
    names = {path.name for path in tmp_path.glob("*.csv")}
    assert names == {"decision-map.csv", "decision-map-points.csv", "network.csv", "network-units.csv"}


def test_numbers_that_cannot_be_saved_are_said(make: Make, qtbot: QtBot, no_folder: Path) -> None:
    dialog = NumbersDialog("Loss", "loss", tables_of(make()[0]))
    kept(qtbot, dialog)
    with qtbot.waitSignal(dialog.failed, timeout=5000):
        dialog.write(no_folder / "a.csv")
    assert dialog.note.text().startswith("Cannot write")


def test_a_figure_without_numbers_says_so(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    view, said = LossView(), []
    qtbot.addWidget(view)
    monkeypatch.setattr(QMessageBox, "information", lambda _parent, _title, text: said.append(text))
    dialogs.show_numbers(view)
    assert said == ["Loss: there is nothing drawn yet."]
    assert not dialogs.can_animate(view)
    assert "Export animation…" not in [action.text() for action in view_menu(view).actions()]


# -- animation ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def filming(make: Make, qtbot: QtBot) -> AnimationDialog:
    view, snapshot = make("loss", 60)
    dialog = AnimationDialog([(view, RunFilm(view, snapshot, Watch()))], view)
    kept(qtbot, dialog)
    dialog.show()
    return dialog


def test_the_number_of_frames_is_told_and_wrong_steps_are_refused(filming: AnimationDialog) -> None:
    assert filming.note.text().startswith("61 frames, 4.1 seconds")
    filming.form.every.setValue(30)
    assert filming.note.text().startswith("3 frames")
    filming.form.first.setValue(50)
    filming.form.last.setValue(10)
    assert "nothing to show" in filming.trouble.text()
    assert not filming.save_button.isEnabled()


def test_an_animation_is_made_while_the_dialog_is_open(filming: AnimationDialog, qtbot: QtBot, tmp_path: Path) -> None:
    filming.form.every.setValue(20)
    with qtbot.waitSignal(filming.said, timeout=20_000):
        filming.write(tmp_path / "a.gif")
    assert "a.gif is written" in filming.note.text()
    assert filming.save_button.isEnabled()


def test_stopping_says_that_nothing_was_written(filming: AnimationDialog, qtbot: QtBot, tmp_path: Path) -> None:
    filming.write(tmp_path / "a.gif")
    filming.stop()
    assert "nothing was written" in filming.note.text()
    qtbot.waitUntil(lambda: not list(tmp_path.glob(".*part*")), timeout=5000)
    assert not (tmp_path / "a.gif").exists()


def test_animation_choices_are_remembered(filming: AnimationDialog, make: Make, qtbot: QtBot) -> None:
    choose(filming.form.kind, "png")
    filming.form.loop.setChecked(False)
    filming.close()
    view, snapshot = make("loss", 60)
    again = AnimationDialog([(view, RunFilm(view, snapshot, Watch()))], view)
    kept(qtbot, again)
    assert again.form.kind.key() == "png"
    assert not again.form.loop.isChecked()
    again.close()
