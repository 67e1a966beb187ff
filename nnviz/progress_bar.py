"""A bar on the terminal that shows how far training has come; silent where standard error is no terminal."""

import sys
import time
from typing import TextIO

WIDTH = 30
BETWEEN_SECONDS = 0.05
"""Terminals are slow: more often nobody sees."""
FULL, EMPTY = "█", "░"
PLAIN = str.maketrans({FULL: "#", EMPTY: "."})
"""For terminals that do not have these signs."""


class ProgressBar:
    """Call it with the steps taken so far. `close` leaves the line, also when the work ends early."""

    def __init__(self, steps: int, stream: TextIO | None = None) -> None:
        """stream: standard error unless told."""
        self.steps = steps
        self._stream = sys.stderr if stream is None else stream
        self._shown = self._stream.isatty()
        self._drawn_at = self._began = time.monotonic()
        self._open = False

    def __call__(self, step: int) -> None:
        now = time.monotonic()
        if not self._shown or (now - self._drawn_at < BETWEEN_SECONDS and step < self.steps):
            return
        self._drawn_at, self._open = now, True
        print(f"\r{self._line(step, now)}\x1b[K", end="", file=self._stream, flush=True)
        if step >= self.steps:
            self.close()

    def close(self) -> None:
        """What is printed next begins a line of its own."""
        if self._open:
            print(file=self._stream, flush=True)
        self._open = False

    def _line(self, step: int, now: float) -> str:
        share = min(1.0, step / self.steps) if self.steps else 1.0
        full = round(WIDTH * share)
        bar = FULL * full + EMPTY * (WIDTH - full)
        left = (now - self._began) * (1.0 - share) / share if share > 0.0 else 0.0
        rest = f", {left:.0f} s left" if share < 1.0 and left >= 1.0 else ""
        line = f"{bar} step {step:,} of {self.steps:,}{rest}"
        return line if _has_blocks(self._stream) else line.translate(PLAIN)


def _has_blocks(stream: TextIO) -> bool:
    try:
        (FULL + EMPTY).encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
