"""Ctrl-C while Qt works. Raised within a paint event, Python's exception would be printed and forgotten by Qt, and half
a picture be written as a whole one; while a widget is made it can end in a crash. So it is noted, and raised between
two figures."""

import signal
from types import FrameType, TracebackType
from typing import Self


class HeldInterrupts:
    """``with HeldInterrupts() as held``: Ctrl-C is raised by `check`, or at the end; pressed again, at once.

    For the main thread. Where somebody else answers Ctrl-C, or nobody (a process in the background), that stays so.
    """

    def __init__(self) -> None:
        self._asked = False
        self._held = False

    def check(self) -> None:
        """KeyboardInterrupt when Ctrl-C was pressed."""
        if self._asked:
            self._asked = False
            raise KeyboardInterrupt

    def __enter__(self) -> Self:
        self._held = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if self._held:
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._held:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if kind is None:
            self.check()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
