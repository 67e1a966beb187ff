"""Experiments as ``.nnviz`` files: readable JSON, checked to the last key. Nothing in them can run.

What is wrong is said in one sentence that names the key's path and what is allowed there.
"""

import json
import math
import re
import types
import typing
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import asdict, fields

from nnviz.experiment.printable import printable
from nnviz.experiment.specification import Experiment, Finite
from nnviz.experiment.table_record import Column
from nnviz.experiment.writing import write_whole

FORMAT, VERSION = "nnviz", 1
SUFFIX = ".nnviz"
MAX_FILE_BYTES = 32 * 2**20

MAX_KEY = 60
"""Characters of an unknown key that are told."""

_AT = re.compile(r"^(?P<what>.*) - at `\$\.?(?P<path>(?:\.?[a-z_]\w*|\[\w+\]|\[\.\.\.\])*)`$", re.DOTALL)
_UNKNOWN = re.compile(r"^Object contains unknown field `(?P<key>.*)`$", re.DOTALL)
_ANY_KEY = "[...]"
_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<number>-?Infinity|NaN|-?\d[\d.eE+-]*)', re.DOTALL)


class _ExperimentFile(Experiment, frozen=True, kw_only=True):
    """An experiment with the two keys that say what kind of file it is."""

    format: str
    version: int


class _Head(msgspec.Struct):
    """What has to be known before the rest can be judged."""

    format: str = ""
    version: int = 0


def load_experiment(path: Path | str) -> Experiment:
    """The experiment in a file. ValueError in one sentence when it is none, OSError in one when it cannot be read."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise OSError(
            printable(f"{path.name or path} cannot be read: {_lower(error.strerror or str(error))}")
        ) from None
    return parse_experiment(content, path.name)


def parse_experiment(content: bytes, name: str) -> Experiment:
    """The experiment in a file's content; ``name`` is for messages. ValueError in one sentence."""
    try:
        return _parsed(content)
    except _ContentError as refusal:
        raise ValueError(printable(f"{name}{refusal}")) from None


def dump_experiment(spec: Experiment) -> bytes:
    """The content of the experiment's file. Every setting is written, so that it reads the same in years.

    ValueError in one sentence for what could not be read again: it is read before it is handed out.
    """
    keys: dict[str, Any] = {"format": FORMAT, "version": VERSION, **asdict(spec)}
    try:
        content = msgspec.json.format(msgspec.json.encode(keys), indent=2) + b"\n"
        _parsed(content)
    except UnicodeEncodeError:
        raise ValueError("the experiment holds a name that cannot be written in UTF-8") from None
    except _ContentError as refusal:
        raise ValueError(printable(f"the experiment{refusal}")) from None
    return content


def save_experiment(spec: Experiment, path: Path | str) -> None:
    """Writes the file whole or not at all. OSError in one sentence."""
    try:
        content = dump_experiment(spec)
    except ValueError as error:
        raise OSError(printable(f"cannot write {path}: {error}")) from None
    write_whole(Path(path), content)


class _ContentError(Exception):
    """What is wrong with a file's content, as it goes on after the file's name."""


def _parsed(content: bytes) -> Experiment:
    if len(content) > MAX_FILE_BYTES:
        raise _ContentError(f" is larger than {MAX_FILE_BYTES // 2**20} MiB, far more than an experiment needs")
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        head = msgspec.json.decode(content, type=_Head)
        if head.format != FORMAT:
            raise _ContentError(
                f': format: got {head.format[:MAX_KEY]!r}; an experiment file says "format": "{FORMAT}"'
            )
        if head.version > VERSION:
            raise _ContentError(
                f": version: {head.version} was written by a newer nnviz; this one reads up to version {VERSION}"
            )
        if head.version < VERSION:
            raise _ContentError(f": version: got {head.version}; allowed is {VERSION}")
        file = msgspec.json.decode(content, type=_ExperimentFile)
    except msgspec.ValidationError as error:
        if str(error).startswith("Number out of range"):
            raise _ContentError(f" is no valid JSON: {_syntax(content, str(error))}") from None
        raise _ContentError(f": {_sentence(str(error), content)}") from None
    except msgspec.DecodeError as error:
        raise _ContentError(f" is no valid JSON: {_syntax(content, str(error))}") from None
    except UnicodeDecodeError:
        raise _ContentError(" is no text in UTF-8") from None
    except RecursionError:
        raise _ContentError(": nested more deeply than any experiment") from None
    return Experiment(**{field.name: getattr(file, field.name) for field in fields(Experiment)})


def _syntax(content: bytes, message: str) -> str:
    """Where JSON is broken, as an editor counts lines and columns, and how."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return "it is no text in UTF-8"
    try:
        json.loads(text, parse_int=float)
    except json.JSONDecodeError as error:
        return f"line {error.lineno}, column {error.colno}: {_lower(error.msg)}"
    # Python reads more than JSON allows.
    for found in _NUMBER.finditer(text):
        if found["number"] and not math.isfinite(float(found["number"])):
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            return f"line {line}, column {column}: {found['number'][:MAX_KEY]} is not allowed, only finite numbers are"
    return _lower(message)


def _sentence(message: str, content: bytes) -> str:
    """msgspec's message with the key's path in front and what is allowed behind."""
    found = _AT.match(message)
    if _is_top_key(message, content):
        # Such a key may say anything, also what looks like a path.
        found = None
    what, path = (found["what"], found["path"]) if found else (message, "")
    if path.endswith(_ANY_KEY) and (key := _wrong_key(path.removesuffix(_ANY_KEY), content)):
        path = _joined(path.removesuffix(_ANY_KEY), key[:MAX_KEY])
    if unknown := _UNKNOWN.match(what):
        return f"{_joined(path, unknown['key'][:MAX_KEY])}: unknown key; allowed are {', '.join(_keys_at(path))}"
    if kinds := _kinds_at(path, what):
        return f"{_joined(path.removesuffix('.kind'), 'kind')}: {_lower(what).replace('`', '')}; allowed are {kinds}"
    key, colon, rest = what.partition(": ")
    if colon and key.isidentifier():
        return f"{_joined(path, key)}: {rest}"
    return f"{path}: {_lower(what).replace('`', '')}" if path else _lower(what).replace("`", "")


def _is_top_key(message: str, content: bytes) -> bool:
    found = _UNKNOWN.match(message)
    return found is not None and found["key"] in (_raw(content) or {})


def _wrong_key(path: str, content: bytes) -> str:
    """The first key at path, where any are allowed, that has a value which is not; "" when it cannot be told."""
    here = _raw(content)
    steps = re.findall(r"\w+", path)
    for step in steps if here else ():
        here = here[int(step) if step.isdigit() else step]
    for key, value in (here or {}).items():
        try:
            msgspec.convert(value, Finite)
        except msgspec.ValidationError:
            return str(key)
    return ""


def _raw(content: bytes) -> Any:
    """What JSON says, unchecked; None where it breaks off behind the place that was refused."""
    try:
        return json.loads(content, parse_int=float)
    except (ValueError, RecursionError):
        return None


def _keys_at(path: str) -> list[str]:
    """The keys that the object at a path may have."""
    struct = _struct_at(path)
    kind = struct.__struct_config__.tag_field
    return [*([kind] if kind else []), *(field.name for field in fields(struct))]


def _kinds_at(path: str, what: str) -> str:
    """The kinds of column that may stand at a path, where the message is about the kind; else nothing."""
    if not path.endswith(".kind") and "`kind`" not in what:
        return ""
    return ", ".join(struct.__struct_config__.tag for struct in typing.get_args(Column))


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _struct_at(path: str) -> type[msgspec.Struct]:
    """The struct type whose keys stand at a path such as ``network.hidden[0]``."""
    here: Any = _ExperimentFile
    for name in filter(None, re.split(r"\[[^\]]*\]|\.", path)):
        here = _struct_in(typing.get_type_hints(here)[name])
    return typing.cast(type[msgspec.Struct], here)


def _struct_in(hint: Any) -> Any:
    """The struct inside ``Struct | None``, ``tuple[Struct, ...]`` and the like."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and not isinstance(hint, types.GenericAlias):
        return hint
    found = (_struct_in(argument) for argument in typing.get_args(hint) if argument is not type(None))
    return next((struct for struct in found if struct is not None), None)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:] if message[1:2].islower() else message
