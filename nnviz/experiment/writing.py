"""Files are written whole or not at all."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


UMASK = _umask()
"""Rights that a new file does not get. Read once, since asking sets it for a moment, for all threads."""


def write_whole(path: Path, content: bytes) -> None:
    """Puts content at path, replacing what is there only once all of it is on disk (see `put_in_place`).

    OSError with one sentence when that is not possible; a file that was there before is then untouched.
    """
    with writing_to(path):
        part = begin_part(path)
        try:
            part.write_bytes(content)
            put_in_place(part, path)
        finally:  # Ctrl-C, too, leaves no half file
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def begin_part(path: Path, suffix: str = ".part") -> Path:
    """An empty file that is to become the one at path: beside it, or, where path is no file, among temporary ones.

    Whoever asks for it removes it. OSError where none can be made.
    """
    mode = _mode(path)
    ordinary = mode is None or stat.S_ISREG(mode)
    folder = Path(os.path.realpath(path)).parent if ordinary else None
    handle, name = tempfile.mkstemp(prefix=f".{path.stem[:30]}-", suffix=suffix, dir=folder)
    os.close(handle)
    return Path(name)


def put_in_place(part: Path, path: Path) -> None:
    """Moves a finished part to its path.

    A symbolic link is followed and stays; a file that exists keeps its rights; a device or a pipe is written to as it
    is. OSError where that is not possible.
    """
    mode = _mode(path)
    if mode is None or stat.S_ISREG(mode):
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        os.chmod(part, 0o666 & ~UMASK if mode is None else stat.S_IMODE(mode))
        os.replace(part, os.path.realpath(path))
    else:
        # Not by its resolved path: no path leads to the pipe that /dev/stdout may stand for.
        with part.open("rb") as file, path.open("wb") as target:
            shutil.copyfileobj(file, target)


@contextlib.contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """An OSError within becomes one sentence that names the path."""
    try:
        yield
    except OSError as error:
        raise OSError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from None


def _mode(path: Path) -> int | None:
    """Kind and rights of what is at path, links followed; None when there is nothing."""
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None
