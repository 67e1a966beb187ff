"""Knows whether the program ended by itself last time: a lock that only an orderly end takes away."""

from pathlib import Path

from PySide6.QtCore import QLockFile


class CrashGuard:
    """crashed: the last start of this user never came to its end. A second window beside a running one knows nothing
    of either: it says no, and takes nothing away.
    """

    def __init__(self, path: Path) -> None:
        """path: of the lock, in a folder that is made where there is none."""
        self.crashed = False
        self._lock = QLockFile(str(path))
        # By age alone no lock is stale: a lecture may last all day. One whose process is gone is.
        self._lock.setStaleLockTime(0)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        was_there = path.exists()
        self.crashed = self._lock.tryLock(0) and was_there

    @property
    def alone(self) -> bool:
        """Whether no other window of this user is known of: this one may decide over what a crash has left."""
        return self._lock.isLocked()

    def release(self) -> None:
        """An orderly end."""
        self._lock.unlock()
