"""The lock by which a start knows how the last one ended."""

from pathlib import Path

from PySide6.QtCore import QProcess

from nnviz.ui.crash_guard import CrashGuard


def test_an_orderly_end_is_no_crash(tmp_path: Path) -> None:
    lock = tmp_path / "new folder" / "running.lock"
    for _ in range(2):
        guard = CrashGuard(lock)
        assert not guard.crashed
        guard.release()
        assert not lock.exists()


def test_a_lock_whose_process_is_gone_is_a_crash(tmp_path: Path) -> None:
    lock = tmp_path / "running.lock"
    process = QProcess()
    process.start("true", [])
    process.waitForStarted()
    gone = process.processId()
    process.waitForFinished()
    first = CrashGuard(lock)
    content = lock.read_text().split("\n")
    first.release()
    lock.write_text("\n".join([str(gone), *content[1:]]))
    assert CrashGuard(lock).crashed


def test_a_window_beside_a_running_one_is_no_crash_and_takes_nothing_away(tmp_path: Path) -> None:
    lock = tmp_path / "running.lock"
    first = CrashGuard(lock)
    second = CrashGuard(lock)
    assert first.alone
    assert not second.crashed
    assert not second.alone
    second.release()
    assert lock.exists()
    first.release()


def test_a_folder_that_cannot_be_made_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not CrashGuard(tmp_path / "file" / "running.lock").crashed
