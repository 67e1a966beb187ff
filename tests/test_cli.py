"""The command line: what it writes, what it says, and the exit codes 0, 1 and 2."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy
import pytest

from nnviz import __version__
from nnviz.cli import main
from nnviz.cli_help import COMMANDS
from nnviz.experiment.files import save_document
from nnviz.experiment.specification import Experiment


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "an experiment.nnviz"
    save_document(Experiment(), path)
    return path


def test_run_writes_the_same_bytes_for_the_same_file_and_steps(file: Path, tmp_path: Path) -> None:
    outs = []
    for name in ("first", "second"):
        json_file, weights = tmp_path / f"{name}.json", tmp_path / f"{name}.npz"
        assert main(["run", str(file), "--steps", "300", "--json", str(json_file), "--weights", str(weights)]) == 0
        outs.append((json_file.read_bytes(), weights.read_bytes()))
    assert outs[0] == outs[1]
    assert json.loads(outs[0][0])["step"] == 300
    with numpy.load(tmp_path / "first.npz", allow_pickle=False) as arrays:
        assert sorted(arrays.files) == ["W_1", "W_2", "W_3", "b_1", "b_2", "b_3"]
        assert arrays["W_2"].shape == (8, 8)


def test_run_says_in_a_line_what_came_of_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(file), "--steps", "10"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("step 10: training loss 0.")
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "nowhere.nnviz", "--steps", "3"], "nowhere.nnviz"),
        (["export", "nowhere.nnviz", "--steps", "3", "--views", "loss", "--out", "x"], "nowhere.nnviz"),
        (["export", "FILE", "--steps", "3", "--views", "loss", "--out", "FILE"], "it is no folder"),
        (["run", "FILE", "--steps", "3", "--json", "no/such/folder/out.json"], "cannot write"),
    ],
)
def test_work_that_fails_ends_with_1_and_one_line(
    arguments: list[str], said: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main([str(file) if argument == "FILE" else argument for argument in arguments]) == 1
    out, err = capsys.readouterr()
    assert said in err
    assert err.startswith("nnviz: ")
    assert err.count("\n") == 1
    assert out == ""
    assert not (tmp_path / "x").exists()


def test_a_broken_file_is_named_with_the_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.nnviz"
    path.write_text('{"format": "nnviz", "version": 1, "network": {"hidden": [{"units": "8"}]}}')
    assert main(["run", str(path), "--steps", "3"]) == 1
    assert capsys.readouterr().err == "nnviz: broken.nnviz: network.hidden[0].units: expected int, got str\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["run", "x.nnviz"],
        ["run", "x.nnviz", "--steps", "many"],
        ["run", "x.nnviz", "--steps", "-1"],
        ["export", "x.nnviz", "--steps", "1", "--views", "loss", "--out", "x", "--width", "0"],
        ["export", "x.nnviz", "--steps", "1", "--views", "loss", "--out", "x", "--width", "20000"],
        ["export", "x.nnviz", "--steps", "1", "--views", "lost", "--out", "x"],
        ["export", "x.nnviz", "--steps", "1", "--views", "", "--out", "x"],
        ["export", "x.nnviz", "--steps", "1", "--views", "loss", "--out", "x", "--format", "bmp"],
        ["run", "x.nnviz", "--steps", "1", "--json", "out", "--weights", "out"],
        ["run", "x.nnviz", "--steps", "1", "--json", "x.nnviz"],
        ["runn"],
        ["export", "x.nnviz", "--steps", "1", "--views", "loss", "--out", "x", "--theme", "pink"],
        ["--nonsense"],
    ],
)
def test_wrong_usage_ends_with_2_and_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_version_and_help_end_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"nnviz {__version__}\n"
    assert main(["--help"]) == 0
    assert "nnviz run spiral.nnviz --steps 2000" in capsys.readouterr().out


def test_run_imports_no_qt_and_the_module_is_the_command(file: Path) -> None:
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['nnviz', 'run', {str(file)!r}, '--steps', '5']\n"
        "try:\n    runpy.run_module('nnviz', run_name='__main__')\n"
        "except SystemExit as end:\n    assert end.code == 0, end.code\n"
        "loaded = [name for name in sys.modules if name.split('.')[0] in ('PySide6', 'pyqtgraph')]\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("step 5: ")


def test_without_a_display_the_window_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have one")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 1
    assert "there is no display" in capsys.readouterr().err


def test_what_a_file_says_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "escape.nnviz"
    path.write_text('{"format": "nnviz", "version": 1, "\\u001b[31mred\\n": 1}')
    assert main(["run", str(path), "--steps", "3"]) == 1
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("preset", ["spiral", "sine", "iris", "regions"])
def test_every_view_is_exported_alone_and_shows_something(preset: str, tmp_path: Path) -> None:
    from nnviz.resources import resource
    from nnviz.ui.plots.registry import EXPORTED

    file = resource("presets", f"{preset}.nnviz")
    for view in EXPORTED:
        arguments = ["--steps", "30", "--views", view, "--out", str(tmp_path / view), "--format", "png,svg,pdf,csv"]
        assert main(["export", str(file), *arguments]) == 0
        assert len((tmp_path / view / f"{view}.csv").read_text().splitlines()) > 1, f"{view} of {preset} is empty"


def test_the_same_export_twice_gives_the_same_pictures_and_numbers(file: Path, tmp_path: Path) -> None:
    for out in ("a", "b"):
        arguments = ["--steps", "50", "--views", "network,decision-map,loss", "--out", str(tmp_path / out)]
        assert main(["export", str(file), *arguments, "--format", "png,svg,csv", "--theme", "dark"]) == 0
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert {"network.png", "decision-map.svg", "decision-map.csv", "loss.csv"} <= set(names)
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_the_first_help_lists_every_command_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    for command, meaning in COMMANDS.items():
        assert main([command, "--help"]) == 0
        capsys.readouterr()
        assert re.search(rf"^  {command} +{meaning}$", text, re.MULTILINE)
