"""The smoke test itself can fail: a program that answers wrongly, and figures that are none, do not pass it."""

import sys
from pathlib import Path

import pytest
import smoke_test

GOOD = {
    "png": b"\x89PNG\r\n\x1a\n" + b"x" * 3000,
    "pdf": b"%PDF-1.4 drawing %%EOF\n",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<path/>" * 12 + b"</svg>",
    "csv": b"step,loss\n0,1\n",
}


def _write(folder: Path, content: dict[str, bytes]) -> None:
    for name, data in content.items():
        (folder / f"loss.{name}").write_bytes(data)


def test_whole_figures_pass(tmp_path: Path) -> None:
    _write(tmp_path, GOOD)
    smoke_test.check_figures(tmp_path, "loss")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("png", b"\x89PNG\r\n\x1a\n"), ("png", b"x" * 3000), ("pdf", b"%PDF-1.4 half"), ("svg", b"<svg></svg>"),
        ("csv", b"step,loss\n"),
    ],
)  # fmt: skip
def test_half_a_figure_does_not_pass(name: str, data: bytes, tmp_path: Path) -> None:
    _write(tmp_path, GOOD | {name: data})
    with pytest.raises(AssertionError, match=f"loss.{name}"):
        smoke_test.check_figures(tmp_path, "loss")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts nothing without a variable or two")
def test_the_environment_is_empty() -> None:
    assert smoke_test.environment() == {}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that says what a good one says, but ends with 0 whatever is asked of it."""
    path = tmp_path / "program"
    path.write_text("#!/bin/sh\necho nnviz 1.0\n")
    path.chmod(0o755)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script of the shell")
def test_answers_and_exit_codes_are_checked(program: Path, tmp_path: Path) -> None:
    test = smoke_test.SmokeTest(program, tmp_path)
    test.check_version()
    with pytest.raises(AssertionError, match="exit code 2"):
        test.check_wrong_usage()
    with pytest.raises(AssertionError, match="exit code 2"):
        test.views()


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script of the shell")
def test_views_are_those_that_the_program_names(program: Path, tmp_path: Path) -> None:
    said = "nnviz export: no view ?; there are network, decision-map, loss, new-one (see nnviz export --help)"
    program.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 2\n")
    assert smoke_test.SmokeTest(program, tmp_path).views() == ["network", "decision-map", "loss", "new-one"]


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script of the shell")
def test_a_traceback_does_not_pass_whatever_the_exit_code(program: Path, tmp_path: Path) -> None:
    program.write_text("#!/bin/sh\necho 'Traceback (most recent call last):' >&2\n")
    with pytest.raises(AssertionError, match="no traceback"):
        smoke_test.SmokeTest(program, tmp_path).run("--version")
