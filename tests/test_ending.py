"""However the program is told to end, it remembers what was open and takes its lock away; only a kill leaves it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nnviz.experiment.files import load_experiment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")

PATIENCE = 60.0


@contextmanager
def started(home: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """The program, begun in an empty home, and its lock; whatever comes of it, it is gone afterwards."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen([sys.executable, "-m", "nnviz"], env=environment, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while not (locks := list(home.rglob("running.lock"))):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield process, locks[0]
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_the_program_as_closing_the_window_does(home: Path, number: signal.Signals) -> None:
    with started(home) as (process, lock):
        process.send_signal(number)
        assert process.wait(PATIENCE) == 128 + number
    assert not lock.exists()
    assert load_experiment(lock.parent / "last-lab.nnviz").name


def test_a_kill_leaves_the_lock_by_which_the_next_start_knows(home: Path) -> None:
    from nnviz.ui.crash_guard import CrashGuard

    with started(home) as (_, lock):
        pass
    assert lock.exists()
    guard = CrashGuard(lock)
    assert guard.crashed
    guard.release()
