"""`nnviz code`: what it writes, what it says, and the exit codes 0, 1 and 2."""

import subprocess
import sys
from pathlib import Path

import pytest

from nnviz import cli
from nnviz.cli import main
from nnviz.experiment.code import kinds
from nnviz.experiment.code.kinds import CODE_KINDS
from nnviz.experiment.files import save_document
from nnviz.experiment.specification import DataSpec, Experiment


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "an experiment.nnviz"
    save_document(Experiment(data=DataSpec(size=40)), path)
    return path


def test_it_writes_a_script_that_runs_and_names_it(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a script.py"
    assert main(["code", str(file), "--to", "numpy", "--out", str(out), "--steps", "20"]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    done = subprocess.run([sys.executable, "-I", str(out)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2].startswith("step 20 ")


@pytest.mark.parametrize("kind", ["pytorch", "keras"])
def test_it_writes_the_other_scripts(kind: str, file: Path, tmp_path: Path) -> None:
    assert main(["code", str(file), "--to", kind, "--out", str(tmp_path / "s.py"), "--steps", "3"]) == 0
    compile((tmp_path / "s.py").read_bytes(), "s.py", "exec")


def test_its_kinds_are_those_that_there_are() -> None:
    """The command line has a list of its own, so that --help need not load what trains."""
    assert tuple(CODE_KINDS) == cli.CODE


def test_work_that_fails_ends_with_1_and_one_line(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kinds, "has_onnx", lambda: False)
    out = str(tmp_path / "out")
    for arguments, said in (
        ([str(file), "--to", "onnx", "--out", out], "pip install 'nnviz[onnx]'"),
        (["nowhere.nnviz", "--to", "numpy", "--out", out], "nowhere.nnviz"),
        ([str(file), "--to", "numpy", "--out", str(tmp_path / "no" / "s.py")], "there is no folder"),
        ([str(file), "--to", "numpy", "--out", str(tmp_path), "--steps", "1"], "is a directory"),
    ):
        assert main(["code", *arguments]) == 1
        written, err = capsys.readouterr()
        assert said in err
        assert (written, err.count("\n")) == ("", 1)
    assert not {path.name for path in tmp_path.iterdir()} - {file.name, "home"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["FILE"],
        ["FILE", "--to", "numpy"],
        ["FILE", "--to", "matlab", "--out", "x"],
        ["FILE", "--to", "numpy", "--out", "x", "--steps", "-1"],
        ["FILE", "--to", "numpy", "--out", "FILE"],
    ],
)
def test_wrong_usage_ends_with_2_and_one_line(
    arguments: list[str], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    assert main(["code", *(str(file) if word == "FILE" else word for word in arguments)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert file.read_bytes() == before


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "--help"]) == 0
    assert "nnviz code spiral.nnviz --to keras --out model.py" in capsys.readouterr().out


def test_it_imports_no_qt(file: Path, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom nnviz.cli import main\n"
        f"arguments = [{str(file)!r}, '--to', 'numpy', '--out', {str(tmp_path / 's.py')!r}, '--steps', '2']\n"
        "assert main(['code', *arguments]) == 0\n"
        "assert not [name for name in sys.modules if name.split('.')[0] in ('PySide6', 'pyqtgraph')]\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
