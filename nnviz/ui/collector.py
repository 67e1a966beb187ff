"""Python's cycle collector, run by the window's thread alone.

Left to itself it runs in whichever thread happens to allocate, so the worker would now and then delete Qt objects that
belong to the window's thread, and Qt crashes. So the automatic runs are off, and a timer of the window looks instead.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 500


class Collector(QObject):
    """Collects when as much has come together as would have set off an automatic run."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    def look(self) -> int | None:
        """Collects the oldest generation that is due, as Python would; its number, None when none is."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self.thresholds[generation] > 0:
                gc.collect(generation)
                return generation
        return None
