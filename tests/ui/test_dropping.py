"""What is dropped is looked through for the first thing that can be opened; what has none is refused in a sentence."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from nnviz.experiment.line_text import to_line
from nnviz.experiment.specification import Experiment
from nnviz.ui.dropping import Dropped, accept_copy, dropped, line_in, may_hold


def files(*urls: Path | str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) if isinstance(url, str) else QUrl.fromLocalFile(str(url)) for url in urls])
    return data


def text(content: str) -> QMimeData:
    data = QMimeData()
    data.setText(content)
    return data


def test_it_is_the_first_thing_that_can_be_opened(tmp_path: Path) -> None:
    experiment, table = tmp_path / "Ein Versuch.NNVIZ", tmp_path / "таблица.csv"
    assert dropped(files(tmp_path, tmp_path / "a.png", experiment, table)) == Dropped(document=experiment, left_aside=3)
    assert dropped(files(table, experiment)) == Dropped(table=table, left_aside=1)
    assert dropped(files(tmp_path / "a.txt")) == Dropped(table=tmp_path / "a.txt")
    assert dropped(text("hello")) == Dropped(line="hello")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a picture.png", "a picture.png cannot be opened: drop an experiment (.nnviz), a table (.csv, .tsv, .txt)"),
        ("no suffix", "no suffix cannot be opened"),
        ("https://example.org/a.nnviz", "https://example.org/a.nnviz is not on this computer"),
    ],
)
def test_what_is_of_no_use_is_told_by_its_name(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the whole sentence is looked at)
        dropped(files(name if name.startswith("http") else tmp_path / name))
    assert str(caught.value).startswith(said)


def test_a_folder_is_told_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "some.nnviz").mkdir()
    with pytest.raises(ValueError, match=r"^some\.nnviz is a folder"):
        dropped(files(tmp_path / "some.nnviz"))


def test_a_line_in_a_text_file_is_found_of_whatever_version(tmp_path: Path) -> None:
    line, path = to_line(Experiment()), tmp_path / "mail.txt"
    for content in (f"Hi,\n\n{line}\n", line.replace("nnviz1:", "nnviz9:"), line[:20]):
        path.write_text(content)
        assert line_in(path) == content
    path.write_text("x,y\n1,2\n")
    assert line_in(path) == ""
    assert line_in(tmp_path / "gone.txt") == ""
    (tmp_path / "a.csv").write_text(line)
    assert line_in(tmp_path / "a.csv") == ""


def test_only_files_and_text_are_worth_dropping() -> None:
    assert may_hold(text("x"))
    assert may_hold(files("https://example.org"))
    assert not may_hold(QMimeData())


def test_what_was_to_be_moved_is_copied() -> None:
    """Else a text dragged out of an editor would be gone from there."""
    data = text("hello")
    move, copy = Qt.DropAction.MoveAction, Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(1.0, 1.0), move | copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.setDropAction(move)
    accept_copy(event)
    assert event.isAccepted()
    assert event.dropAction() == copy
