"""The versions of Qt and pyqtgraph that are installed are ones that work.

PySide6 6.12.0 loses a reference to True with every signal and one to None with every call that returns nothing. Until
Python 3.11 such objects are counted like any other, and after some thousand signals the interpreter aborts. From 3.12
on they are immortal: the counter, which starts at some thousand millions, may drift without harm (it does, because Qt
for Python is compiled against the older rules). With Qt 6.11 the SVG export of pyqtgraph 0.14 fails, and docks come out
in the wrong size.
"""

import gc
import sys
from collections.abc import Callable
from importlib.metadata import version

import pytest
from PySide6.QtCore import QObject, Signal

IMMORTAL = sys.version_info >= (3, 12)
TIMES = 50


class Sender(QObject):
    happened = Signal(bool)
    nothing_to_tell = Signal()


def lost_references(constant: object, action: Callable[[], object]) -> int:
    """How many references to the constant are missing after the action was repeated."""
    action()  # what is set up by the first call is no loss
    gc.collect()
    gc.disable()
    try:
        before = sys.getrefcount(constant)
        for _ in range(TIMES):
            action()
        return before - sys.getrefcount(constant)
    finally:
        gc.enable()


def survives(constant: object, action: Callable[[], object]) -> bool:
    """Whether the action may be repeated without end. A loss is one reference each time, noise a few in all."""
    lost = lost_references(constant, action)
    return sys.getrefcount(constant) > 2**30 if IMMORTAL else abs(lost) < TIMES / 2


@pytest.mark.parametrize("constant", [True, None])
def test_signals_lose_no_reference(constant: object) -> None:
    sender = Sender()
    heard: list[bool] = []
    sender.happened.connect(heard.append)
    sender.nothing_to_tell.connect(heard.clear)

    def emit() -> None:
        sender.happened.emit(True)
        sender.nothing_to_tell.emit()

    assert survives(constant, emit)


def test_calls_that_return_nothing_lose_no_reference_to_none() -> None:
    sender = Sender()
    assert survives(None, lambda: sender.setObjectName("x"))


@pytest.mark.skipif(IMMORTAL, reason="this Python does not count references to True")
def test_a_loss_would_be_seen() -> None:
    """The measurement itself: references kept on purpose show up one for one, as lost ones would."""
    kept: list[bool] = []
    assert not survives(True, lambda: kept.append(True))


def test_qt_is_older_than_6_11() -> None:
    assert (6, 8) <= tuple(map(int, version("PySide6-Essentials").split(".")))[:2] < (6, 11)


def test_pyqtgraph_is_0_14() -> None:
    assert version("pyqtgraph").split(".")[:2] == ["0", "14"]
