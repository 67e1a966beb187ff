"""What was open last, kept beside the settings: a document of each workspace, and which file it belongs to.

After a crash these files are put aside, under names that nothing else writes to, until the user has said what is to
become of them. Those of one crash have a number in common: ``restore-1-lab.nnviz``.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nnviz.experiment.documents import DOCUMENTS, Document
from nnviz.experiment.files import SUFFIX, load_document, save_document


@dataclass(frozen=True)
class Kept:
    """path: the file it belongs to; None: none yet. changed: there is something in it that this file has not."""

    document: Document
    path: Path | None = None
    changed: bool = False


def last_place(folder: Path, workspace: str) -> Path:
    """Where the document that a workspace had open last is kept; the file need not exist."""
    return folder / f"last-{workspace}{SUFFIX}"


def keep(place: Path, document: Document, path: Path | None) -> None:
    """Writes a document to its place, and which file it belongs to beside it. OSError in one sentence."""
    place.parent.mkdir(parents=True, exist_ok=True)
    save_document(document, place)
    # With the digest: the program may end between the two, and the path of another document must not be taken for it.
    belongs = {"path": str(path.absolute()) if path else "", "digest": _digest(place)}
    _belongs(place).write_text(json.dumps(belongs), encoding="utf-8")


def recall(place: Path, load: Callable[[Path], Document] = load_document) -> Kept:
    """What is kept there. ValueError or OSError in one sentence when it cannot be had.

    A file that has become another one meanwhile, or is gone, has not what is in the document.
    """
    document = load(place)
    try:
        belongs = json.loads(_belongs(place).read_text(encoding="utf-8"))
        path = Path(belongs["path"]) if belongs["path"] and belongs["digest"] == _digest(place) else None
    except (OSError, ValueError, KeyError, TypeError):
        path = None
    return Kept(document, path, changed=path is not None and not _has(path, document))


def set_aside(folder: Path) -> None:
    """After a crash: all that was open gets names of its own. OSError when it cannot be moved."""
    number = 1 + max((_number(place) for place in _restorable(folder)), default=0)
    there = {_digest(place) for place in _restorable(folder)}
    for workspace in DOCUMENTS:
        place = last_place(folder, workspace)
        if not place.exists():
            continue
        if _digest(place) in there:
            # A program that ends at every start would leave the same again and again.
            forget(place)
        else:
            _move(place, folder / f"restore-{number}-{workspace}{SUFFIX}")


def waiting(folder: Path) -> list[list[Path]]:
    """What crashes left and nobody has answered for: the files of each crash, the first one first."""
    crashes: dict[int, list[Path]] = {}
    for place in _restorable(folder):
        crashes.setdefault(_number(place), []).append(place)
    return [crashes[number] for number in sorted(crashes)]


def give_back(place: Path) -> None:
    """What was put aside is the workspace's last document again."""
    _move(place, last_place(place.parent, _workspace(place)))


def forget(place: Path) -> None:
    """Takes it away for good."""
    _belongs(place).unlink(missing_ok=True)
    place.unlink(missing_ok=True)


def _move(place: Path, to: Path) -> None:
    # The document goes first: by it alone what was left is known.
    place.replace(to)
    if _belongs(place).exists():
        _belongs(place).replace(_belongs(to))


def _restorable(folder: Path) -> list[Path]:
    places = [place for place in folder.glob(f"restore-*{SUFFIX}") if _number(place) and _workspace(place) in DOCUMENTS]
    return sorted(places, key=lambda place: list(DOCUMENTS).index(_workspace(place)))


def _number(place: Path) -> int:
    found = re.fullmatch(r"restore-(\d+)-\w+", place.stem)
    return int(found[1]) if found else 0


def _workspace(place: Path) -> str:
    return place.stem.rpartition("-")[2]


def _belongs(place: Path) -> Path:
    return place.with_suffix(".json")


def _digest(place: Path) -> str:
    return hashlib.sha256(place.read_bytes()).hexdigest()


def _has(path: Path, document: Document) -> bool:
    try:
        # A pipe that has taken the file's place would keep its reader waiting.
        return path.is_file() and load_document(path) == document
    except (OSError, ValueError):
        return False
