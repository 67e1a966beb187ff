"""MP4 (H.264) and WebM (VP9) through the ffmpeg that the package imageio-ffmpeg brings along."""

from pathlib import Path

import imageio_ffmpeg
import numpy
from numpy.typing import NDArray

CODECS = {
    ".mp4": ("libx264", ["-crf", "18", "-preset", "medium", "-movflags", "+faststart"]),
    ".webm": ("libvpx-vp9", ["-crf", "28", "-b:v", "0", "-row-mt", "1", "-cpu-used", "5", "-deadline", "realtime"]),
}


class VideoWriter:
    """See AnimationFile. A frame of odd width or height is filled up by a pixel: the codecs take even ones alone."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float, loop: bool, frames: int) -> None:  # noqa: FBT001
        del loop, frames  # the player decides, and the stream just ends
        self._even = size[0] + size[0] % 2, size[1] + size[1] % 2
        codec, settings = CODECS[path.suffix]
        self._stream = imageio_ffmpeg.write_frames(
            str(path),
            self._even,
            fps=fps,
            codec=codec,
            pix_fmt_out="yuv420p",
            macro_block_size=2,
            quality=None,
            output_params=settings,
            ffmpeg_log_level="error",
        )
        self._stream.send(None)

    def add(self, frame: NDArray[numpy.uint8]) -> None:
        """The next frame."""
        height, width, _ = frame.shape
        if (width, height) != self._even:
            frame = numpy.pad(frame, ((0, self._even[1] - height), (0, self._even[0] - width), (0, 0)), mode="edge")
        self._stream.send(numpy.ascontiguousarray(frame))

    def close(self) -> None:
        """Waits until ffmpeg has written all."""
        self._stream.close()

    def abort(self) -> None:
        """Ends ffmpeg."""
        self._stream.close()
