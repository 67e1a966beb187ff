"""Files are written whole or not at all."""

import contextlib
import os
import stat
import tempfile
from pathlib import Path


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


UMASK = _umask()
"""Rights that a new file does not get. Read once, since asking sets it for a moment, for all threads."""


def write_whole(path: Path, content: bytes) -> None:
    """Puts content at path, replacing what is there only once all of it is on disk.

    A symbolic link is followed and stays; a file that exists keeps its rights; a device or a pipe is written to as it
    is. OSError with one sentence when that is not possible; a file that was there before is then untouched.
    """
    try:
        mode = _mode(path)
        if mode is None or stat.S_ISREG(mode):
            rights = 0o666 & ~UMASK if mode is None else stat.S_IMODE(mode)
            _replace(Path(os.path.realpath(path)), content, rights)
        else:
            # Not by its resolved path: no path leads to the pipe that /dev/stdout may stand for.
            with open(path, "wb") as file:
                file.write(content)
    except OSError as error:
        raise OSError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from None


def _mode(path: Path) -> int | None:
    """Kind and rights of what is at path, links followed; None when there is nothing."""
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _replace(path: Path, content: bytes, rights: int) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, rights)
        os.replace(name, path)
    except BaseException:  # Ctrl-C, too, leaves no half file
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
