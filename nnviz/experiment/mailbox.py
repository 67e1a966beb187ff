"""Where the worker leaves its news for the window: of pictures only the newest is kept, of failures every one."""

import threading
from collections import deque
from dataclasses import dataclass

from nnviz.experiment.snapshot import Snapshot


@dataclass(frozen=True)
class Failure:
    """Something went wrong in the worker. sentence: for the user. report: with the traceback, to copy; empty when the
    user's own input was the cause."""

    run_id: int
    sentence: str
    report: str = ""


class Mailbox:
    """Safe to use from two threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: Snapshot | None = None
        self._failures: deque[Failure] = deque()

    @property
    def empty(self) -> bool:
        """Whether the last snapshot was taken: only then is a new one worth the work."""
        return self._newest is None

    def put(self, news: Snapshot | Failure) -> None:
        """Leaves a snapshot in place of the last one, or a failure behind the others."""
        with self._lock:
            if isinstance(news, Failure):
                self._failures.append(news)
            else:
                self._newest = news

    def take(self) -> Snapshot | None:
        """The newest snapshot not yet taken."""
        with self._lock:
            newest, self._newest = self._newest, None
            return newest

    def take_failures(self) -> list[Failure]:
        """All failures not yet taken."""
        with self._lock:
            failures = list(self._failures)
            self._failures.clear()
            return failures
