"""Code is written whole or not at all, and what cannot be written is said in a sentence."""

import os
from pathlib import Path

import numpy
import pytest

from nnviz.experiment.code import kinds
from nnviz.experiment.code.kinds import (
    CODE_KINDS,
    SCRIPTS,
    arrays_path,
    check_kind,
    paths_beside,
    write_code,
    write_job,
)
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, TrainingSpec
from nnviz.experiment.training_job import TrainingJob

SPEC = Experiment(data=DataSpec(size=40))
BIG = Experiment(data=DataSpec(size=40), network=NetworkSpec(hidden=(LayerSpec(units=300), LayerSpec(units=300))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    path = tmp_path / "a folder"
    path.mkdir()
    return path


def test_every_kind_says_what_it_is_for() -> None:
    for key, kind in CODE_KINDS.items():
        assert key == kind.key
        assert kind.suffix in {".py", ".onnx"}
        assert kind.meaning.endswith(".")
    assert set(CODE_KINDS) == {*SCRIPTS, "onnx"}


@pytest.mark.parametrize("kind", SCRIPTS)
def test_progress_is_told_and_may_stop_it_before_anything_is_written(kind: str, folder: Path) -> None:
    class StoppedError(Exception):
        pass

    seen: list[int] = []

    def progress(step: int) -> None:
        seen.append(step)
        if len(seen) == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        write_code(SPEC, kind, folder / "s.py", steps=3000, progress=progress)
    assert seen == [1000, 2000]
    assert list(folder.iterdir()) == []


def test_an_unknown_kind_and_a_missing_package_are_refused_before_training(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="numpy, pytorch, keras, onnx"):
        write_code(SPEC, "matlab", Path("nowhere"))
    monkeypatch.setattr(kinds, "has_onnx", lambda: False)
    with pytest.raises(ValueError, match="not installed"):
        check_kind("onnx")
    monkeypatch.setattr(kinds, "has_onnx", lambda: True)
    check_kind("onnx")


def test_a_model_is_written_as_the_package_made_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "has_onnx", lambda: True)
    monkeypatch.setattr(kinds, "onnx_model", lambda plan: f"{plan.steps} steps".encode())
    assert write_code(SPEC, "onnx", folder / "m.onnx", steps=7) == (folder / "m.onnx",)
    assert (folder / "m.onnx").read_bytes() == b"7 steps"


@pytest.mark.parametrize("kind", ["keras", "onnx"])
@pytest.mark.parametrize("value", [numpy.inf, numpy.nan, -1e39])
def test_weights_that_no_model_can_hold_are_refused_in_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str, value: float
) -> None:
    """-1e39 is finite, but not in float32, in which these models compute."""
    monkeypatch.setattr(kinds, "has_onnx", lambda: True)
    job = TrainingJob(resolve(SPEC))
    job.advance(3)
    job.trainer.theta[5] = value
    with pytest.raises(ValueError, match=r"^the weights of step 3 are too large for a model in float32: take fewer"):
        write_job(job, kind, folder / "m")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", CODE_KINDS)
def test_all_that_is_written_is_known_before(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "has_onnx", lambda: True)
    monkeypatch.setattr(kinds, "onnx_model", lambda _plan: b"")
    path = folder / f"m{CODE_KINDS[kind].suffix}"
    written = write_code(BIG, kind, path, steps=1)
    assert written == (path, *paths_beside(kind, path))
    # A small one needs nothing beside it.
    assert write_code(SPEC, kind, path, steps=1) == (path,)


def test_an_experiment_that_cannot_be_posed_writes_nothing(folder: Path) -> None:
    spec = Experiment(data=DataSpec(source="drawn"), training=TrainingSpec())
    with pytest.raises(ValueError, match="no points to learn from"):
        write_code(spec, "numpy", folder / "s.py")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("spec", [SPEC, BIG], ids=["one file", "two files"])
def test_no_folder_is_one_sentence(spec: Experiment, folder: Path) -> None:
    with pytest.raises(OSError, match=r"cannot write .*no such file or directory"):
        write_code(spec, "numpy", folder / "none" / "s.py", steps=1)


@pytest.mark.parametrize("spec", [SPEC, BIG], ids=["one file", "two files"])
@pytest.mark.skipif(
    os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="the administrator may write anywhere"
)
def test_a_read_only_folder_stays_as_it_was(spec: Experiment, folder: Path) -> None:
    folder.chmod(0o500)
    try:
        with pytest.raises(OSError, match="cannot write"):
            write_code(spec, "numpy", folder / "s.py", steps=1)
    finally:
        folder.chmod(0o700)
    assert list(folder.iterdir()) == []


def test_a_script_that_cannot_be_written_leaves_no_numbers_behind(folder: Path) -> None:
    (folder / "s.py").mkdir()
    with pytest.raises(OSError, match="cannot write"):
        write_code(BIG, "numpy", folder / "s.py", steps=1)
    assert [path.name for path in folder.iterdir()] == ["s.py"]


def test_a_script_that_cannot_be_written_gives_former_numbers_back(folder: Path) -> None:
    (folder / "s.py").mkdir()
    arrays_path(folder / "s.py").write_bytes(b"numbers of another script")
    with pytest.raises(OSError, match="cannot write"):
        write_code(BIG, "numpy", folder / "s.py", steps=1)
    assert (folder / "s_arrays.npz").read_bytes() == b"numbers of another script"


def test_the_numbers_never_take_the_place_of_the_script() -> None:
    for name in ("s.py", "s", "s.npz", "s_arrays.npz"):
        assert arrays_path(Path(name)) != Path(name)
