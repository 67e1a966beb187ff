"""Ctrl-C while Qt works comes between two figures, not in the middle of one."""

import signal

import pytest

from nnviz.ui.export.held_interrupts import HeldInterrupts


def press() -> None:
    signal.raise_signal(signal.SIGINT)


def test_it_waits_until_it_is_asked_for() -> None:
    done = []

    def work() -> None:
        with HeldInterrupts() as held:
            held.check()
            press()
            done.append("the figure that was begun")
            held.check()
            done.append("the next one")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["the figure that was begun"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_at_the_end_it_is_asked_for_by_itself() -> None:
    with pytest.raises(KeyboardInterrupt), HeldInterrupts():
        press()


def test_pressed_again_it_waits_no_longer() -> None:
    done = []

    def work() -> None:
        with HeldInterrupts():
            press()
            done.append("goes on")
            press()
            done.append("does not")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["goes on"]


def test_another_error_is_not_hidden_by_it() -> None:
    def work() -> None:
        with HeldInterrupts():
            press()
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        work()
    press_is_heard()


def test_where_nobody_answers_that_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with HeldInterrupts() as held:
            press()
            held.check()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def press_is_heard() -> None:
    with pytest.raises(KeyboardInterrupt):
        press()
