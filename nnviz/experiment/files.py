"""Experiments as ``.nnviz`` files: readable JSON, checked to the last key. Nothing in them can run.

What is wrong is said in one sentence that names the key's path and what is allowed there.
"""

import re
import types
import typing
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import asdict, fields

from nnviz.experiment.specification import Experiment
from nnviz.experiment.writing import write_whole

FORMAT, VERSION = "nnviz", 1
SUFFIX = ".nnviz"
MAX_FILE_BYTES = 32 * 2**20

_AT = re.compile(r"^(?P<what>.*) - at `\$\.?(?P<path>.*)`$", re.DOTALL)
_UNKNOWN = re.compile(r"^Object contains unknown field `(?P<key>.*)`$", re.DOTALL)


class _ExperimentFile(Experiment, frozen=True, kw_only=True):
    """An experiment with the two keys that say what kind of file it is."""

    format: str
    version: int


class _Head(msgspec.Struct):
    """What has to be known before the rest can be judged."""

    format: str = ""
    version: int = 0


def load_experiment(path: Path | str) -> Experiment:
    """The experiment in a file. ValueError in one sentence when it is none, OSError when it cannot be read."""
    path = Path(path)
    with path.open("rb") as file:
        content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise ValueError(f"{path.name} is larger than {MAX_FILE_BYTES // 2**20} MiB, far more than an experiment needs")
    return parse_experiment(content, path.name)


def parse_experiment(content: bytes, name: str) -> Experiment:
    """The experiment in a file's content; ``name`` is for messages. ValueError in one sentence."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        head = msgspec.json.decode(content, type=_Head)
        if head.format != FORMAT:
            raise ValueError(f'{name}: format: got {head.format!r}; an experiment file says "format": "{FORMAT}"')
        if head.version > VERSION:
            raise ValueError(
                f"{name}: version: {head.version} was written by a newer nnviz; this one reads up to version {VERSION}"
            )
        if head.version < VERSION:
            raise ValueError(f"{name}: version: got {head.version}; allowed is {VERSION}")
        file = msgspec.json.decode(content, type=_ExperimentFile)
    except msgspec.ValidationError as error:
        raise ValueError(f"{name}: {_sentence(str(error))}") from None
    except msgspec.DecodeError as error:
        raise ValueError(f"{name} is no valid JSON: {_lower(str(error))}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{name} is no text in UTF-8") from None
    except RecursionError:
        raise ValueError(f"{name}: nested more deeply than any experiment") from None
    return Experiment(**{field.name: getattr(file, field.name) for field in fields(Experiment)})


def dump_experiment(spec: Experiment) -> bytes:
    """The content of the experiment's file. Every setting is written, so that it reads the same in years."""
    keys: dict[str, Any] = {"format": FORMAT, "version": VERSION, **asdict(spec)}
    return msgspec.json.format(msgspec.json.encode(keys), indent=2) + b"\n"


def save_experiment(spec: Experiment, path: Path | str) -> None:
    """Writes the file whole or not at all. OSError in one sentence."""
    write_whole(Path(path), dump_experiment(spec))


def _sentence(message: str) -> str:
    """msgspec's message with the key's path in front and what is allowed behind."""
    found = _AT.match(message)
    what, path = (found["what"], found["path"]) if found else (message, "")
    if unknown := _UNKNOWN.match(what):
        keys = [field.name for field in fields(_struct_at(path))]
        return f"{_joined(path, unknown['key'])}: unknown key; allowed are {', '.join(keys)}"
    key, colon, rest = what.partition(": ")
    if colon and key.isidentifier():
        return f"{_joined(path, key)}: {rest}"
    return f"{path}: {_lower(what).replace('`', '')}" if path else _lower(what).replace("`", "")


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
