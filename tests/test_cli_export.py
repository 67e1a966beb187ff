"""`nnviz export`: the same file gives the same bytes, every workspace's documents have figures, half a file is none."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy
import pytest
from PySide6.QtGui import QColor, QImage

from nnviz.cli import SIZES, THEMES, main
from nnviz.cli_help import COMMANDS, EXPORT_EXAMPLES
from nnviz.experiment.files import load_document
from nnviz.resources import resource
from nnviz.ui.export.figure_list import FIGURES
from nnviz.ui.export.looks import GROUNDS
from nnviz.ui.export.looks import SIZES as KINDS

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
    arguments = ["--steps", "120", "--views", "loss,decision-map,network", "--format", "png,csv,npz,svg,pdf"]
    for name in ("first", "second"):
        done = exported(file, tmp_path / name, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
    first = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()}
    assert {name.rpartition(".")[2] for name in first} == {"png", "csv", "npz", "svg", "pdf"}
    assert first == second


@pytest.mark.parametrize("preset", OTHERS)
def test_documents_of_the_other_workspaces_have_figures_too(
    preset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, view = resource("presets", f"{preset}.nnviz"), OTHERS[preset]
    arguments = ["--views", view, "--out", str(tmp_path / "out"), "--format", "png,svg,pdf,csv,npz"]
    assert main(["export", str(file), *arguments]) == 0
    assert capsys.readouterr().err == ""
    written = {path.suffix: path for path in (tmp_path / "out").iterdir() if path.stem == view}
    assert sorted(written) == [".csv", ".npz", ".pdf", ".png", ".svg"]
    assert len(written[".csv"].read_text(encoding="utf-8").splitlines()) > 2
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


def test_the_help_of_export_names_every_figure_without_importing_qt() -> None:
    code = "import sys\nfrom nnviz.cli import main\nmain(['export', '--help'])\nassert 'PySide6' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60, encoding="utf-8"
    )
    assert (done.returncode, done.stderr) == (0, "")
    for figures in FIGURES.values():
        for key, title in figures.items():
            assert f"  {key:<26}{title}\n" in done.stdout


def test_a_terminal_that_lacks_a_letter_gets_something_else() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nnviz", "export", "--help"], capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "activation-softmax" in done.stdout


def test_the_choices_are_those_of_the_window() -> None:
    assert tuple(KINDS) == SIZES
    assert GROUNDS == THEMES


@pytest.mark.parametrize("example", [line for line in EXPORT_EXAMPLES.splitlines()[1:] if line.strip()])
def test_every_example_of_the_help_works(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With fewer steps and one file of each kind in the place of those that it names."""
    monkeypatch.chdir(tmp_path)
    Path("spiral.nnviz").write_bytes(resource("presets", "spiral.nnviz").read_bytes())
    Path("descent.nnviz").write_bytes(resource("presets", "descent", "adam_adagrad.nnviz").read_bytes())
    command = example.partition("     ")[0].replace("--steps 2000", "--steps 9").split()
    assert command[:2] == ["nnviz", "export"]
    assert main(command[1:]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    paths = [Path(line) for line in out.splitlines()]
    assert {path.name for path in Path("figures").iterdir()} == {path.name for path in paths}
    assert all(path.stat().st_size > 300 for path in paths)


def test_size_scale_and_words_make_another_picture(tmp_path: Path) -> None:
    file, common = resource("presets", "spiral.nnviz"), ["--steps", "5", "--views", "loss"]
    kinds = {
        "bare": [],
        "words": ["--title", "--caption"],
        "slide": ["--size", "slide", "--scale", "2"],
        "wide": ["--size", "column", "--width", "500", "--scale", "3"],
        "clear": ["--theme", "transparent"],
    }
    pictures = {}
    for name, options in kinds.items():
        assert main(["export", str(file), *common, "--out", str(tmp_path / name), *options]) == 0
        pictures[name] = QImage(str(tmp_path / name / "loss.png"))
    assert pictures["bare"].width() == pictures["words"].width() == 1280
    assert pictures["words"].height() > pictures["bare"].height() + 60
    assert (pictures["slide"].width(), pictures["slide"].height()) == (3840, 2160)
    assert pictures["slide"].dotsPerMeterX() * 0.0254 == pytest.approx(96 * 3840 / 800, rel=1e-3)
    assert pictures["wide"].width() == 1500
    assert pictures["bare"].pixelColor(2, 2) == QColor("white")
    assert pictures["clear"].pixelColor(2, 2).alpha() == 0


def test_title_and_caption_are_text_in_a_drawing(tmp_path: Path) -> None:
    file = resource("presets", "spiral.nnviz")
    arguments = ["--steps", "5", "--views", "loss", "--format", "svg", "--title", "--caption"]
    assert main(["export", str(file), *arguments, "--out", str(tmp_path)]) == 0
    drawing = (tmp_path / "loss.svg").read_text(encoding="utf-8")
    assert ">Loss</text>" in drawing
    assert "network 2–8–8–1, tanh, sigmoid output · seed 42 · step 5</text>" in drawing


def test_what_a_document_is_not_about_is_named_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = resource("presets", "descent", "two_minima.nnviz")
    assert main(["export", str(file), "--views", "all", "--out", str(tmp_path), "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    assert "nnviz export: this document is not about descent-map, descent-space and descent-data: left out\n" in err
    assert "descent-space" not in out
    table = (tmp_path / "descent-curve-paths.csv").read_text(encoding="utf-8").splitlines()
    steps = {row.split(",")[table[0].split(",").index("step")] for row in table[1:]}
    assert {"0", str(load_document(file).steps)} <= steps, "without --steps it is what the document says"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize(("steps", "seconds"), [("900000000", 2.0), ("100", 1.0), ("100", 1.5), ("100", 2.0)])
def test_ctrl_c_leaves_no_half_file(tmp_path: Path, steps: str, seconds: float) -> None:
    """While it trains, and while it draws: what is there afterwards is what is there without it."""
    file = resource("presets", "spiral.nnviz")
    begun = "import sys\nfrom nnviz.cli import main\nprint('begun', flush=True)\nsys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", begun, "export", str(file), "--views", "all", "--format", "png,csv"]
    process = subprocess.Popen(
        [*command, "--steps", steps, "--out", str(tmp_path / "out")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        printed, said = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    there = {path.name for path in (tmp_path / "out").iterdir()} if (tmp_path / "out").exists() else set()
    assert there == {Path(line).name for line in printed.splitlines()}
    # A machine that is fast enough may be ready before it hears.
    assert (process.returncode, said) in {(1, "nnviz: interrupted\n"), (0, "")}
    assert steps == "100" or not there
    for name in there:
        content = (tmp_path / "out" / name).read_bytes()
        assert content.endswith((b"IEND\xaeB`\x82", b"\n")), name


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    arguments = ["--steps", "1", "--views", "loss", "--out", str(tmp_path / "file" / "folder")]
    assert main(["export", str(resource("presets", "spiral.nnviz")), *arguments]) == 1
    assert "cannot write" in capsys.readouterr().err


def test_a_full_disk_is_one_line_and_what_was_written_before_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    import resource as limits

    before = limits.getrlimit(limits.RLIMIT_FSIZE)
    limits.setrlimit(limits.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        arguments = ["--steps", "3", "--views", "loss", "--out", str(tmp_path), "--format", "csv,png"]
        assert main(["export", str(resource("presets", "spiral.nnviz")), *arguments]) == 1
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, before)
    out, err = capsys.readouterr()
    assert out == f"{tmp_path / 'loss.csv'}\n"
    assert err.startswith("nnviz: cannot write ")
    assert err.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"loss.csv"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever may do anything is never refused")
def test_a_read_only_folder_is_refused_before_the_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o555)
    try:
        arguments = ["--steps", "900000000", "--views", "loss", "--out", str(tmp_path / "out")]
        assert main(["export", str(resource("presets", "spiral.nnviz")), *arguments]) == 1
    finally:
        tmp_path.chmod(0o755)
    assert "may not be written to" in capsys.readouterr().err


def test_any_letters_may_be_in_the_paths(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "Übung 3 – 損失"
    folder.mkdir()
    file = folder / "Versuch ф 1.nnviz"
    file.write_bytes(resource("presets", "spiral.nnviz").read_bytes())
    out = folder / "neu & мера"
    arguments = ["--steps", "3", "--views", "loss", "--format", "png,svg,pdf,csv,npz", "--caption"]
    assert main(["export", str(file), *arguments, "--out", str(out)]) == 0
    printed, said = capsys.readouterr()
    assert said == ""
    assert {Path(line) for line in printed.splitlines()} == set(out.iterdir())
