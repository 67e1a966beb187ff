"""The pace of work beside the window: questions in order, the newest alone, and rests between them."""

import threading

import pytest

from nnviz.ui.plots.landscape.pace import LEAST_MS, Pace


@pytest.fixture
def pace(qtbot):
    pace = Pace()
    yield pace
    pace.cancel()


def answers(*values: object):
    def make():
        yield from values

    return make


def test_a_question_is_answered_and_told(qtbot, pace) -> None:
    heard = []
    pace.advanced.connect(heard.append)
    with qtbot.waitSignal(pace.finished, timeout=5_000):
        pace.start(answers(1, 2, 3))
    assert heard[-1] == 3
    assert not pace.busy


def test_of_what_is_asked_meanwhile_only_the_newest_is_answered(qtbot, pace) -> None:
    heard, go_on = [], threading.Event()
    pace.advanced.connect(heard.append)

    def slow():
        go_on.wait(10.0)
        yield "first"

    pace.follow(slow)
    pace.follow(answers("second"))
    pace.follow(answers("third"))
    go_on.set()
    qtbot.waitUntil(lambda: "third" in heard, timeout=5_000)
    assert heard == ["first", "third"]


def test_after_an_answer_comes_a_rest(qtbot, pace) -> None:
    pace.follow(answers(1))
    qtbot.waitUntil(lambda: not pace.busy, timeout=5_000)
    assert pace._rest.isActive()
    assert pace._rest.interval() >= LEAST_MS
    pace.follow(answers(2))
    assert not pace.busy, "it waits"


def test_a_start_waits_for_nothing(qtbot, pace) -> None:
    pace.follow(answers(1))
    qtbot.waitUntil(lambda: not pace.busy, timeout=5_000)
    pace.start(answers(2))
    assert pace.busy


def test_a_refusal_is_its_sentence_and_the_next_question_is_answered(qtbot, pace) -> None:
    def refuse():
        yield from ()
        raise ValueError("no way")

    heard = []
    pace.advanced.connect(heard.append)
    with qtbot.waitSignal(pace.failed, timeout=5_000) as told:
        pace.start(refuse)
    assert told.args == ["no way"]
    pace.follow(answers(2))
    qtbot.waitUntil(lambda: heard == [2], timeout=5_000)


def test_what_is_cancelled_is_never_heard_of(qtbot, pace) -> None:
    heard = []
    pace.advanced.connect(heard.append)
    pace.start(answers(1))
    pace.follow(answers(2))
    pace.cancel()
    qtbot.wait(2 * LEAST_MS)
    assert not heard
