"""Documents as ``.nnviz`` files: readable JSON, checked to the last key. Nothing in them can run.

A file says with ``workspace`` which kind of document it is; one that says nothing is an experiment of the Lab. What is
wrong is said in one sentence that names the key's path and what is allowed there.
"""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import asdict, fields

from nnviz.experiment.documents import DOCUMENTS, LAB, Document, kind_of, workspace_of
from nnviz.experiment.file_sentences import MAX_KEY, lower, refusal, syntax
from nnviz.experiment.printable import printable
from nnviz.experiment.specification import Experiment
from nnviz.experiment.writing import write_whole

FORMAT, VERSION = "nnviz", 1
SUFFIX = ".nnviz"
MAX_FILE_BYTES = 32 * 2**20

_HEAD_KEYS: list[tuple[str, Any, Any] | tuple[str, Any]] = [("format", str), ("version", int), ("workspace", str, LAB)]


class _Head(msgspec.Struct):
    """What has to be known before the rest can be judged."""

    format: str = ""
    version: int = 0
    workspace: str = LAB


@cache
def _file_of(workspace: str) -> type[msgspec.Struct]:
    """The workspace's kind of document, with the keys that say what kind of file it is."""
    kind = kind_of(workspace)
    return msgspec.defstruct(f"{kind.__name__}File", _HEAD_KEYS, bases=(kind,), frozen=True, kw_only=True)


def load_document(path: Path | str) -> Document:
    """The document in a file. ValueError in one sentence when it is none, OSError in one when it cannot be read."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise OSError(printable(f"{path.name or path} cannot be read: {lower(error.strerror or str(error))}")) from None
    return parse_document(content, path.name)


def load_experiment(path: Path | str) -> Experiment:
    """The experiment of the Lab in a file; ValueError also for a document of another workspace."""
    document = load_document(path)
    if not isinstance(document, Experiment):
        kind = workspace_of(document)
        raise ValueError(printable(f"{Path(path).name}: is for the workspace {kind}; only the Lab's can be trained"))
    return document


def parse_document(content: bytes, name: str) -> Document:
    """The document in a file's content; ``name`` is for messages. ValueError in one sentence."""
    try:
        return _parsed(content)
    except _ContentError as error:
        raise ValueError(printable(f"{name}{error}")) from None


def dump_document(document: Document) -> bytes:
    """The content of the document's file. Every setting is written, so that it reads the same in years.

    ValueError in one sentence for what could not be read again: it is read before it is handed out.
    """
    workspace = workspace_of(document)
    keys: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if workspace != LAB:
        keys["workspace"] = workspace
    try:
        content = msgspec.json.format(msgspec.json.encode(keys | asdict(document)), indent=2) + b"\n"
        _parsed(content)
    except UnicodeEncodeError:
        raise ValueError("the experiment holds a name that cannot be written in UTF-8") from None
    except _ContentError as error:
        raise ValueError(printable(f"the experiment{error}")) from None
    return content


def save_document(document: Document, path: Path | str) -> None:
    """Writes the file whole or not at all. OSError in one sentence."""
    try:
        content = dump_document(document)
    except ValueError as error:
        raise OSError(printable(f"cannot write {path}: {error}")) from None
    write_whole(Path(path), content)


class _ContentError(Exception):
    """What is wrong with a file's content, as it goes on after the file's name."""


def _parsed(content: bytes) -> Document:
    if len(content) > MAX_FILE_BYTES:
        raise _ContentError(f" is larger than {MAX_FILE_BYTES // 2**20} MiB, far more than an experiment needs")
    content = content.removeprefix(b"\xef\xbb\xbf")
    kind = _file_of(LAB)
    try:
        head = msgspec.json.decode(content, type=_Head)
        if wrong := _wrong_head(head):
            raise _ContentError(wrong)
        kind = _file_of(head.workspace)
        file = msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError as error:
        if str(error).startswith("Number out of range"):
            raise _ContentError(f" is no valid JSON: {syntax(content, str(error))}") from None
        raise _ContentError(f": {refusal(str(error), content, kind)}") from None
    except msgspec.DecodeError as error:
        raise _ContentError(f" is no valid JSON: {syntax(content, str(error))}") from None
    except UnicodeDecodeError:
        raise _ContentError(" is no text in UTF-8") from None
    except RecursionError:
        raise _ContentError(": nested more deeply than any experiment") from None
    document = kind_of(head.workspace)
    return document(**{field.name: getattr(file, field.name) for field in fields(document)})


def _wrong_head(head: _Head) -> str:
    """What is wrong with the keys that say what file it is; "" when nothing is."""
    if head.format != FORMAT:
        return f': format: got {head.format[:MAX_KEY]!r}; an experiment file says "format": "{FORMAT}"'
    if head.version > VERSION:
        return f": version: {head.version} was written by a newer nnviz; this one reads up to version {VERSION}"
    if head.version < VERSION:
        return f": version: got {head.version}; allowed is {VERSION}"
    if head.workspace not in DOCUMENTS:
        return f": workspace: got {head.workspace[:MAX_KEY]!r}; allowed are {', '.join(DOCUMENTS)}"
    return ""
