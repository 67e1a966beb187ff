"""MP4 (H.264) and WebM (VP9) through the ffmpeg that the package imageio-ffmpeg brings along.

The process is started here, and not by the package: how it ended has to be known, for a video that was cut off on a
full disk must never take the place of a whole one.
"""

import errno
import re
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy
from numpy.typing import NDArray

CODECS = {
    ".mp4": ("libx264", ["-crf", "18", "-preset", "medium", "-movflags", "+faststart"]),
    ".webm": ("libvpx-vp9", ["-crf", "28", "-b:v", "0", "-row-mt", "1", "-cpu-used", "5", "-deadline", "realtime"]),
}
NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows would open one for ffmpeg."""


class VideoWriter:
    """See AnimationFile. A frame of odd width or height is filled up by a pixel: the codecs take even ones alone."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float, loop: bool, frames: int) -> None:  # noqa: FBT001
        del loop, frames  # the player decides, and the stream just ends
        self._even = size[0] + size[0] % 2, size[1] + size[1] % 2
        codec, settings = CODECS[path.suffix]
        given = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{self._even[0]}x{self._even[1]}", "-r", f"{fps:g}"]
        wanted = ["-an", "-vcodec", codec, "-pix_fmt", "yuv420p", *settings]
        command = [_program(), "-v", "error", "-y", *given, "-i", "-", *wanted, str(path.absolute())]
        # It says little, and nothing before its end: its pipe does not fill up.
        self._ffmpeg = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            creationflags=NO_CONSOLE,
        )

    def add(self, frame: NDArray[numpy.uint8]) -> None:
        """The next frame."""
        height, width, _ = frame.shape
        if (width, height) != self._even:
            frame = numpy.pad(frame, ((0, self._even[1] - height), (0, self._even[0] - width), (0, 0)), mode="edge")
        assert self._ffmpeg.stdin is not None
        try:
            self._ffmpeg.stdin.write(numpy.ascontiguousarray(frame).data)
        except OSError:
            # It is gone; it says itself why.
            self.close()
            raise

    def close(self) -> None:
        """Waits until ffmpeg has written all. OSError with its reason where it has not."""
        _, said = self._ffmpeg.communicate()
        if self._ffmpeg.returncode:
            raise OSError(errno.EIO, _reason(said.decode(errors="replace")))

    def abort(self) -> None:
        """Ends ffmpeg."""
        self._ffmpeg.kill()
        self._ffmpeg.communicate()


def _program() -> str:
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        raise OSError(errno.ENOENT, "the package imageio-ffmpeg has no ffmpeg for this system") from None


def _reason(said: str) -> str:
    """Why ffmpeg gave up: the end of its first line, without the part of the program that says so, in brackets."""
    first = next((line for line in said.splitlines() if line.strip()), "")
    return re.sub(r"^\[[^]]*\]", "", first.rpartition(": ")[2]).strip() or "ffmpeg has ended too early"
