"""The bar on the terminal: silent elsewhere, rarely drawn, and the line is left whatever happens."""

import io

import pytest

from nnviz import progress_bar
from nnviz.progress_bar import ProgressBar


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setattr(progress_bar, "BETWEEN_SECONDS", 0.0)
    return Terminal()


def test_it_grows_to_its_end_and_leaves_the_line(terminal: Terminal) -> None:
    bar = ProgressBar(1000, terminal)
    for step in (0, 500, 1000):
        bar(step)
    bar.close()
    drawn = terminal.getvalue().split("\r")
    assert [line.count("█") for line in drawn[1:]] == [0, 15, 30]
    assert "step 500 of 1,000" in drawn[2]
    assert terminal.getvalue().count("\n") == 1


def test_work_that_ends_early_leaves_the_line_too(terminal: Terminal) -> None:
    bar = ProgressBar(1000, terminal)
    bar(10)
    bar.close()
    assert terminal.getvalue().endswith("\n")


def test_nothing_is_drawn_where_nobody_sees_it(capsys: pytest.CaptureFixture[str]) -> None:
    bar = ProgressBar(10)
    bar(5)
    bar(10)
    bar.close()
    assert capsys.readouterr().err == ""


def test_it_is_not_drawn_more_often_than_a_terminal_can(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_bar, "BETWEEN_SECONDS", 3600.0)
    bar = ProgressBar(1000, terminal)
    for step in range(1000):
        bar(step)
    assert terminal.getvalue() == ""
    bar(1000)
    assert terminal.getvalue().count("\r") == 1


def test_terminals_without_blocks_get_plain_signs() -> None:
    shown = Terminal("ascii")
    ProgressBar(0, shown)(0)
    assert "#" * 30 in shown.getvalue()


def test_the_time_that_is_left_is_told(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(progress_bar.time, "monotonic", lambda: now[0])
    bar = ProgressBar(100, terminal)
    now[0] = 5.0
    bar(25)
    assert "15 s left" in terminal.getvalue()
