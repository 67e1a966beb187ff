"""The kinds of animation that can be written, and how to get those that cannot be written here."""

import importlib.util
from dataclasses import dataclass
from functools import cache

VIDEO_MISSING = (
    "MP4 and WebM need the package imageio-ffmpeg: install it with  pip install 'nnviz[video]'  "
    "(the standalone program writes GIF and APNG)"
)
PILLOW_MISSING = "animations need the package pillow, which is missing from this installation: pip install pillow"


@dataclass(frozen=True)
class AnimationKind:
    """One kind: its key is the file's suffix. video: it needs the extra nnviz[video]."""

    key: str
    label: str
    meaning: str
    video: bool = False


ANIMATION_KINDS: dict[str, AnimationKind] = {
    kind.key: kind
    for kind in (
        AnimationKind("gif", "GIF", "Plays everywhere, also in slides and chats; 256 colours at a time"),
        AnimationKind("png", "APNG", "All colours, sharp; for web pages and browsers"),
        AnimationKind("mp4", "MP4 video", "Small; for slides and video players", video=True),
        AnimationKind("webm", "WebM video", "Small; for web pages", video=True),
    )
}
"""Every kind by key."""


@cache
def has_video() -> bool:
    """Whether videos can be written here."""
    return importlib.util.find_spec("imageio_ffmpeg") is not None


@cache
def has_pictures() -> bool:
    """Whether GIF and APNG can be written here."""
    return importlib.util.find_spec("PIL") is not None


def check_kind(key: str) -> None:
    """ValueError in one sentence for a kind that does not exist, or that cannot be written here."""
    if key not in ANIMATION_KINDS:
        raise ValueError(f"no animation {key!r}; there are {', '.join(ANIMATION_KINDS)}")
    if ANIMATION_KINDS[key].video and not has_video():
        raise ValueError(VIDEO_MISSING)
    if not has_pictures():
        raise ValueError(PILLOW_MISSING)
