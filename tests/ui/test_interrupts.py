"""The window hears of the signals that end a program, also while nothing happens in it."""

import os
import signal
from collections.abc import Iterator

import pytest

from nnviz.ui.interrupts import Interrupts


@pytest.fixture
def interrupts() -> Iterator[Interrupts]:
    made = Interrupts()
    yield made
    if made._before:
        made.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_heard_once_and_then_all_is_as_before(qtbot, interrupts: Interrupts, number: int) -> None:
    interrupts.close()
    before = signal.getsignal(number)
    again = Interrupts()
    assert signal.getsignal(number) != before
    with qtbot.waitSignal(again.asked) as heard:
        os.kill(os.getpid(), number)
    assert heard.args == [number]
    assert signal.getsignal(number) == before
    assert signal.set_wakeup_fd(-1) == -1


def test_a_signal_that_is_none_of_an_end_is_not_passed_on(qtbot, interrupts: Interrupts) -> None:
    heard: list[int] = []
    interrupts.asked.connect(heard.append)
    before = signal.signal(signal.SIGCHLD, lambda *_: None)
    try:
        os.kill(os.getpid(), signal.SIGCHLD)
        qtbot.wait(50)
    finally:
        signal.signal(signal.SIGCHLD, before)
    assert heard == []


def test_what_is_ignored_stays_ignored(qtbot) -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    made = Interrupts()
    try:
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
    finally:
        made.close()
        signal.signal(signal.SIGTERM, before)
