"""Hears that the program is to end: Ctrl-C in its terminal, a terminal that is closed, the system shutting down."""

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Not every system has all of them."""


class Interrupts(QObject):
    """asked: the number of the signal that came. A second one ends the program at once, as it would have without us.

    Python runs a signal's handler only when it gets a turn, and Qt gives it none while nothing happens. So the number
    is written into a socket besides, by Python's part in C, and Qt wakes up for that. There can be one of these only.
    """

    asked = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ear, self._mouth = socket.socketpair()
        for end in (self._ear, self._mouth):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        found = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
        # One that is ignored stays so: that is how `nohup` keeps a program alive.
        heeded = [number for number in found if signal.getsignal(number) != signal.SIG_IGN]
        self._before = {number: signal.signal(number, _pass_on) for number in heeded}
        signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        """Everything is as it was before."""
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler or signal.SIG_DFL)
        self._before = {}
        self._notifier.setEnabled(False)
        for end in (self._ear, self._mouth):
            end.close()

    def _hear(self) -> None:
        heard = [number for number in self._ear.recv(64) if number in self._before]
        if heard:
            self.close()
            self.asked.emit(heard[0])


def _pass_on(*_: object) -> None:
    # The number is in the socket already; without any handler the system would end the process here.
    pass
