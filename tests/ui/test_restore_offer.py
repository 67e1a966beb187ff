"""The line after a crash: nothing that it offers goes before it was opened or discarded."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.documents import Document
from nnviz.experiment.files import load_document
from nnviz.experiment.specification import Experiment
from nnviz.ui.last_documents import Kept, keep, last_place, set_aside, waiting
from nnviz.ui.restore_offer import RestoreOffer


def crash(folder: Path, *documents: Document) -> None:
    for document in documents:
        keep(last_place(folder, document.WORKSPACE), document, None)
    set_aside(folder)


@pytest.fixture
def offer(qtbot: QtBot) -> RestoreOffer:
    made = RestoreOffer()
    qtbot.addWidget(made)
    return made


def test_without_a_crash_there_is_nothing_to_offer(offer: RestoreOffer, tmp_path: Path) -> None:
    offer.look(tmp_path)
    assert offer.sentence == ""


def test_one_line_names_the_documents_of_all_workspaces(offer: RestoreOffer, tmp_path: Path) -> None:
    crash(tmp_path, Experiment(name="Iris"), Descent(name="Ravine"))
    offer.look(tmp_path)
    assert "Kept from then: “Iris” and “Ravine”." in offer.sentence


def test_of_a_document_with_a_file_the_file_is_named(offer: RestoreOffer, tmp_path: Path) -> None:
    keep(last_place(tmp_path, "lab"), Experiment(name="Iris"), tmp_path / "mine.nnviz")
    set_aside(tmp_path)
    offer.look(tmp_path)
    assert "“mine.nnviz”." in offer.sentence


def test_what_is_opened_is_given_back_once_it_is_open(offer: RestoreOffer, qtbot: QtBot, tmp_path: Path) -> None:
    crash(tmp_path, Experiment(name="Iris"), Descent(name="Ravine"))
    offer.look(tmp_path)
    with qtbot.waitSignal(offer.wanted) as heard:
        offer.open_button.click()
    assert heard.args == [[Kept(Experiment(name="Iris")), Kept(Descent(name="Ravine"))]]
    assert len(waiting(tmp_path)[0]) == 2
    offer.opened(0)
    offer.opened(1)
    offer.done()
    assert offer.sentence == ""
    assert waiting(tmp_path) == []
    assert load_document(last_place(tmp_path, "lab")) == Experiment(name="Iris")


def test_what_was_not_opened_after_all_is_still_offered(offer: RestoreOffer, qtbot: QtBot, tmp_path: Path) -> None:
    crash(tmp_path, Experiment(name="Iris"), Descent(name="Ravine"))
    offer.look(tmp_path)
    with qtbot.waitSignal(offer.wanted):
        offer.open_button.click()
    offer.opened(1)
    offer.done()
    assert "Kept from then: “Iris”." in offer.sentence
    assert offer.open_button.isEnabled()
    assert [place.name for place in waiting(tmp_path)[0]] == ["restore-1-lab.nnviz"]


def test_discarded_it_is_gone_and_later_it_stays(offer: RestoreOffer, tmp_path: Path) -> None:
    crash(tmp_path, Experiment(name="Iris"))
    offer.look(tmp_path)
    offer.later_button.click()
    assert offer.sentence == ""
    offer.look(tmp_path)
    assert "Iris" in offer.sentence
    offer.discard_button.click()
    assert offer.sentence == ""
    assert not list(tmp_path.glob("*.*"))


def test_two_crashes_are_answered_one_after_the_other(offer: RestoreOffer, tmp_path: Path) -> None:
    crash(tmp_path, Experiment(name="Iris"))
    crash(tmp_path, Experiment(name="Moons"))
    offer.look(tmp_path)
    assert "“Iris”." in offer.sentence
    offer.discard_button.click()
    assert "“Moons”." in offer.sentence
    assert len(waiting(tmp_path)) == 1


def test_what_cannot_be_read_is_said_and_stays(offer: RestoreOffer, qtbot: QtBot, tmp_path: Path) -> None:
    crash(tmp_path, Experiment(name="Iris"), Descent(name="Ravine"))
    broken = tmp_path / "restore-1-descent.nnviz"
    broken.write_text("no document")
    with qtbot.waitSignal(offer.failed) as heard:
        offer.look(tmp_path)
    assert str(tmp_path) in heard.args[0]
    assert "Kept from then: “Iris”." in offer.sentence
    offer.discard_button.click()
    assert broken.exists()


def test_what_turns_out_to_be_broken_when_it_is_opened_is_said_and_can_be_discarded(
    offer: RestoreOffer, qtbot: QtBot, tmp_path: Path
) -> None:
    crash(tmp_path, Experiment(name="Iris"))
    offer.look(tmp_path)
    (tmp_path / "restore-1-lab.nnviz").write_text("no document")
    with qtbot.waitSignal(offer.failed):
        offer.open_button.click()
    assert offer.discard_button.isEnabled()
    offer.discard_button.click()
    assert offer.sentence == ""
