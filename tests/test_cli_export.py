"""`nnviz export`: the same file gives the same bytes, every workspace's documents have figures, half a file is none."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy
import pytest

from nnviz.cli import COMMANDS, main
from nnviz.resources import resource

OTHERS = {
    "neuron/bias_line": "line",
    "activations/depth_product": "activation-depth",
    "descent/adam_adagrad": "descent-map",
}


def exported(file: Path, out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nnviz", "export", str(file), "--out", str(out), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)


def test_fresh_processes_write_the_same_bytes(tmp_path: Path) -> None:
    file = resource("presets", "spiral.nnviz")
    arguments = ["--steps", "120", "--views", "loss,decision-map,network", "--format", "png,csv,npz,svg"]
    for name in ("first", "second"):
        done = exported(file, tmp_path / name, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
    first = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()}
    assert len(first) == 12
    assert first == second


@pytest.mark.parametrize("preset", OTHERS)
def test_documents_of_the_other_workspaces_have_figures_too(
    preset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, view = resource("presets", f"{preset}.nnviz"), OTHERS[preset]
    arguments = ["--views", view, "--out", str(tmp_path / "out"), "--format", "png,svg,pdf,csv,npz"]
    assert main(["export", str(file), *arguments]) == 0
    assert capsys.readouterr().err == ""
    written = {path.suffix: path for path in (tmp_path / "out").iterdir()}
    assert sorted(written) == [".csv", ".npz", ".pdf", ".png", ".svg"]
    assert len(written[".csv"].read_text().splitlines()) > 2
    assert all(path.stat().st_size > 300 for path in written.values())


def test_the_steps_of_another_document_are_those_that_were_asked_for(tmp_path: Path) -> None:
    file = resource("presets", "descent", "adam_adagrad.nnviz")
    for steps in ("7", "12"):
        arguments = ["--views", "descent-course", "--steps", steps, "--out", str(tmp_path / steps), "--format", "npz"]
        assert main(["export", str(file), *arguments]) == 0
        with numpy.load(tmp_path / steps / "descent-course.npz") as arrays:
            assert arrays["step"].tolist() == list(range(int(steps) + 1))


@pytest.mark.parametrize("preset", OTHERS)
def test_a_view_that_a_document_does_not_have_is_wrong_usage_and_all_are_named(
    preset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = resource("presets", f"{preset}.nnviz")
    assert main(["export", str(file), "--views", "loss", "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert OTHERS[preset] in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_an_experiment_needs_a_number_of_steps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = resource("presets", "spiral.nnviz")
    assert main(["export", str(file), "--views", "loss", "--out", str(tmp_path / "out")]) == 2
    assert "--steps" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert "examples:" in text
    assert f"nnviz {command}" in text.split("examples:")[1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_leaves_no_half_file(tmp_path: Path) -> None:
    file, out = resource("presets", "spiral.nnviz"), tmp_path / "out"
    command = [sys.executable, "-m", "nnviz", "export", str(file), "--steps", "900000000"]
    process = subprocess.Popen(
        [*command, "--views", "loss", "--out", str(out)], stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    time.sleep(3.0)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said == "nnviz: interrupted\n"
    assert not out.exists() or not list(out.iterdir())


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    arguments = ["--steps", "1", "--views", "loss", "--out", str(tmp_path / "file" / "folder")]
    assert main(["export", str(resource("presets", "spiral.nnviz")), *arguments]) == 1
    assert "cannot write" in capsys.readouterr().err
