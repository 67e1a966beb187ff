"""Slow work beside the window."""

import threading

import pytest

from nnviz.ui.widgets.background import Background


def test_the_answer_arrives_in_the_windows_thread(qtbot) -> None:
    background = Background()
    threads: list[threading.Thread] = []
    background.done.connect(lambda _: threads.append(threading.current_thread()))
    with qtbot.waitSignal(background.done) as waiting:
        background.start(lambda: threading.current_thread() is not threading.main_thread())
    assert waiting.args == [True]
    assert threads == [threading.main_thread()]
    assert not background.busy


@pytest.mark.parametrize("error", [ValueError("one sentence"), OSError("one sentence")])
def test_what_cannot_be_done_is_said(qtbot, error: Exception) -> None:
    def fail() -> None:
        raise error

    background = Background()
    with qtbot.waitSignal(background.failed) as waiting:
        background.start(fail)
    assert waiting.args == ["one sentence"]


def test_a_newer_start_makes_the_older_answer_void(qtbot) -> None:
    go = threading.Event()
    background = Background()
    answers: list[object] = []
    background.done.connect(answers.append)
    background.start(lambda: (go.wait(5.0), "old")[1])
    with qtbot.waitSignal(background.done):
        background.start(lambda: "new")
    go.set()
    qtbot.wait(50)
    assert answers == ["new"]


def test_nothing_is_heard_after_cancel_or_from_a_deleted_owner(qtbot) -> None:
    answers: list[object] = []
    background = Background()
    background.done.connect(answers.append)
    background.start(lambda: 1)
    background.cancel()
    other = Background()
    other.done.connect(answers.append)
    other.start(lambda: 2)
    other.deleteLater()
    del other
    qtbot.wait(50)
    assert answers == []


def test_a_fault_of_the_program_is_raised_where_faults_are_reported(qtbot) -> None:
    background = Background()
    with qtbot.captureExceptions() as faults:
        background.start(lambda: 1 / 0)
        qtbot.waitUntil(lambda: bool(faults))
    assert faults[0][0] is ZeroDivisionError
