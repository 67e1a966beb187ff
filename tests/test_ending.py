"""However the program is told to end, it remembers what was open and takes its lock away; only a kill leaves it, and
then nothing that was open is lost before somebody has said what is to become of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.files import load_document, load_experiment, save_document
from nnviz.experiment.specification import Experiment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")

PATIENCE = 60.0


@contextmanager
def started(home: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """The program, begun in a home, and its lock; whatever comes of it, it is gone afterwards."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "nnviz", *arguments]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        # The lock of a process that was killed is still there.
        while not (locks := [lock for lock in home.rglob("running.lock") if holder(lock) == process.pid]):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield process, locks[0]
    finally:
        process.kill()
        process.wait()


def holder(lock: Path) -> int:
    """The process that has the lock; 0 while it is being written or taken away."""
    try:
        first = lock.read_text().partition("\n")[0]
    except OSError:
        return 0
    return int(first) if first.isdigit() else 0


def end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 128 + signal.SIGTERM


def await_file(path: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


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


def test_what_a_crash_left_outlives_orderly_ends_and_further_crashes_without_an_answer(home: Path) -> None:
    mine, race = Experiment(name="mine", seed=4711), Descent(name="mine, too")
    with started(home) as (_, lock):
        folder = lock.parent
    save_document(mine, folder / "last-lab.nnviz")
    save_document(race, folder / "last-descent.nnviz")

    def is_safe() -> bool:
        kept = folder / "restore-1-lab.nnviz", folder / "restore-1-descent.nnviz"
        return load_document(kept[0]) == mine and load_document(kept[1]) == race

    with started(home) as (process, _):
        await_file(folder / "restore-1-lab.nnviz")
        end(process)  # nobody has answered
    assert is_safe()
    assert load_document(folder / "last-lab.nnviz") != mine
    with started(home) as (process, _):
        end(process)
    with started(home) as (process, _):
        process.kill()  # while it is offered
        process.wait()
    assert is_safe()
    with started(home) as (process, _):
        await_file(folder / "restore-2-lab.nnviz")  # what the starts in between had open
        end(process)
    assert is_safe()


def test_after_an_orderly_end_nothing_is_put_aside(home: Path) -> None:
    for _ in range(2):
        with started(home) as (process, lock):
            end(process)
    assert not list(lock.parent.glob("restore-*"))


def test_the_file_of_a_document_is_known_after_a_restart(home: Path, tmp_path: Path) -> None:
    """The program opens it, ends, and starts again: what is remembered then is what it has come back with."""
    from nnviz.ui.last_documents import Kept, recall

    path = tmp_path / "keep.nnviz"
    document = Experiment(name="kept", seed=12)
    save_document(document, path)
    with started(home, str(path)) as (process, lock):
        last = lock.parent / "last-lab.nnviz"
        # Opened beside the window: it is among the recent files once it is there.
        deadline = time.monotonic() + PATIENCE
        while not any("keep.nnviz" in each.read_text() for each in home.rglob("nnviz.ini")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        end(process)
    assert recall(last) == Kept(document, path, changed=False)
    with started(home) as (process, _):
        end(process)
    assert recall(last) == Kept(document, path, changed=False)
