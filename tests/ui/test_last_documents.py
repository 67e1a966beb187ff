"""What was open last: with its file, and after a crash in a place of its own until it was answered for."""

import json
import os
import sys
from pathlib import Path

import pytest

from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.documents import DOCUMENTS, Document, kind_of
from nnviz.experiment.files import load_document, save_document
from nnviz.experiment.specification import Experiment
from nnviz.ui.last_documents import Kept, forget, give_back, keep, last_place, recall, set_aside, waiting


def open_last(folder: Path, document: Document, workspace: str = "lab", path: Path | None = None) -> Path:
    place = last_place(folder, workspace)
    keep(place, document, path)
    return place


def names(folder: Path) -> list[list[str]]:
    return [[place.name for place in crash] for crash in waiting(folder)]


def test_a_document_without_a_file_comes_back_without_one(tmp_path: Path) -> None:
    place = open_last(tmp_path / "new folder", Experiment(seed=3))
    assert recall(place) == Kept(Experiment(seed=3), None, changed=False)


def test_it_knows_its_file_and_whether_that_has_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "Versuch ф & 1.nnviz"
    save_document(Experiment(seed=3), path)
    place = open_last(tmp_path, Experiment(seed=3), path=path)
    assert recall(place) == Kept(Experiment(seed=3), path, changed=False)
    keep(place, Experiment(seed=4), path)
    assert recall(place) == Kept(Experiment(seed=4), path, changed=True)


def test_a_file_that_changed_is_gone_or_is_none_any_more_has_not_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.nnviz"
    save_document(Experiment(seed=3), path)
    place = open_last(tmp_path, Experiment(seed=3), path=path)
    save_document(Experiment(seed=5), path)
    assert recall(place) == Kept(Experiment(seed=3), path, changed=True)
    path.write_text("no document")
    assert recall(place).changed
    path.unlink()
    assert recall(place) == Kept(Experiment(seed=3), path, changed=True)
    path.mkdir()
    assert recall(place).changed


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names are POSIX's")
def test_a_pipe_in_the_place_of_the_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    path = tmp_path / "a.nnviz"
    place = open_last(tmp_path, Experiment(), path=path)
    os.mkfifo(path)
    assert recall(place).changed


def test_a_relative_path_holds_from_another_folder_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    place = open_last(tmp_path / "data", Experiment(), path=Path("a.nnviz"))
    monkeypatch.chdir("/")
    assert recall(place).path == tmp_path / "a.nnviz"


def test_the_path_of_another_document_is_not_taken_for_its_own(tmp_path: Path) -> None:
    place = open_last(tmp_path, Experiment(seed=3), path=tmp_path / "three.nnviz")
    save_document(Experiment(seed=4), place)  # the program ended before it wrote where this belongs
    assert recall(place) == Kept(Experiment(seed=4), None, changed=False)


@pytest.mark.parametrize("content", ["", "no JSON", "[]", "{}", '{"path": 3, "digest": 4}', '{"path": "a"}'])
def test_a_broken_note_of_the_file_is_none(tmp_path: Path, content: str) -> None:
    place = open_last(tmp_path, Experiment())
    place.with_suffix(".json").write_text(content)
    assert recall(place) == Kept(Experiment())


def test_after_a_crash_the_documents_of_all_workspaces_get_names_that_nothing_writes_to(tmp_path: Path) -> None:
    path = tmp_path / "a.nnviz"
    made = {key: kind_of(key)() for key in DOCUMENTS}
    for key, document in made.items():
        open_last(tmp_path, document, key, path if key == "lab" else None)
    set_aside(tmp_path)
    assert not list(tmp_path.glob("last-*"))
    [crash] = waiting(tmp_path)
    assert [place.name for place in crash] == [f"restore-1-{key}.nnviz" for key in DOCUMENTS]
    for place in crash:
        kept = recall(place)
        assert kept.document == made[kept.document.WORKSPACE]
        assert kept.path == (path if kept.document.WORKSPACE == "lab" else None)


def test_a_second_crash_covers_nothing_of_the_first(tmp_path: Path) -> None:
    open_last(tmp_path, Experiment(seed=1))
    set_aside(tmp_path)
    open_last(tmp_path, Experiment(seed=2))
    open_last(tmp_path, Descent(), "descent")
    set_aside(tmp_path)
    set_aside(tmp_path)
    assert names(tmp_path) == [["restore-1-lab.nnviz"], ["restore-2-lab.nnviz", "restore-2-descent.nnviz"]]
    assert load_document(tmp_path / "restore-1-lab.nnviz") == Experiment(seed=1)
    assert load_document(tmp_path / "restore-2-lab.nnviz") == Experiment(seed=2)


def test_the_same_left_again_and_again_is_kept_once(tmp_path: Path) -> None:
    for _ in range(3):
        open_last(tmp_path, Experiment(seed=1))
        set_aside(tmp_path)
    assert names(tmp_path) == [["restore-1-lab.nnviz"]]


def test_more_than_nine_crashes_stay_in_order(tmp_path: Path) -> None:
    for seed in range(11):
        open_last(tmp_path, Experiment(seed=seed))
        set_aside(tmp_path)
    seeds = [load_document(place) for crash in waiting(tmp_path) for place in crash]
    assert seeds == [Experiment(seed=seed) for seed in range(11)]


def test_given_back_it_is_the_last_document_again_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.nnviz"
    place = open_last(tmp_path, Experiment(seed=1), path=path)
    set_aside(tmp_path)
    open_last(tmp_path, Experiment(seed=2))
    give_back(waiting(tmp_path)[0][0])
    assert recall(place) == Kept(Experiment(seed=1), path, changed=True)
    assert waiting(tmp_path) == []


def test_forgotten_it_leaves_nothing(tmp_path: Path) -> None:
    open_last(tmp_path, Experiment(seed=1), path=tmp_path / "a.nnviz")
    set_aside(tmp_path)
    forget(waiting(tmp_path)[0][0])
    assert not list(tmp_path.glob("*.*"))


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    for name in ("restore-me.nnviz", "restore-1-other.nnviz", "lessons.json", "restore-x-lab.nnviz"):
        (tmp_path / name).write_text("mine")
    assert waiting(tmp_path) == []
    assert waiting(tmp_path / "no such folder") == []
    set_aside(tmp_path)
    assert len(list(tmp_path.glob("*.*"))) == 4


def test_the_note_names_the_file_in_plain_json(tmp_path: Path) -> None:
    place = open_last(tmp_path, Experiment(), path=tmp_path / "a.nnviz")
    assert json.loads(place.with_suffix(".json").read_text())["path"] == str(tmp_path / "a.nnviz")
