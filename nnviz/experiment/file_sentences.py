"""What is wrong with a document's file, in one sentence with the key's path and what is allowed there."""

import json
import math
import re
import types
import typing
from typing import Any

import msgspec
from msgspec.structs import fields

from nnviz.experiment.specification import Finite
from nnviz.experiment.table_record import Column

MAX_KEY = 60
"""Characters of an unknown key that are told."""

_AT = re.compile(r"^(?P<what>.*) - at `\$\.?(?P<path>(?:\.?[a-z_]\w*|\[\w+\]|\[\.\.\.\])*)`$", re.DOTALL)
_UNKNOWN = re.compile(r"^Object contains unknown field `(?P<key>.*)`$", re.DOTALL)
_ANY_KEY = "[...]"
_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<number>-?Infinity|NaN|-?\d[\d.eE+-]*)', re.DOTALL)


def syntax(content: bytes, message: str) -> str:
    """Where JSON is broken, as an editor counts lines and columns, and how."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return "it is no text in UTF-8"
    try:
        json.loads(text, parse_int=float)
    except json.JSONDecodeError as error:
        return f"line {error.lineno}, column {error.colno}: {lower(error.msg)}"
    # Python reads more than JSON allows.
    for found in _NUMBER.finditer(text):
        if found["number"] and not math.isfinite(float(found["number"])):
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            return f"line {line}, column {column}: {found['number'][:MAX_KEY]} is not allowed, only finite numbers are"
    return lower(message)


def refusal(message: str, content: bytes, kind: type[msgspec.Struct]) -> str:
    """msgspec's message about a document of a kind, with the key's path in front and what is allowed behind."""
    found = _AT.match(message)
    if _is_top_key(message, content):
        # Such a key may say anything, also what looks like a path.
        found = None
    what, path = (found["what"], found["path"]) if found else (message, "")
    if path.endswith(_ANY_KEY) and (key := _wrong_key(path.removesuffix(_ANY_KEY), content)):
        path = _joined(path.removesuffix(_ANY_KEY), key[:MAX_KEY])
    if unknown := _UNKNOWN.match(what):
        return f"{_joined(path, unknown['key'][:MAX_KEY])}: unknown key; allowed are {', '.join(_keys_at(path, kind))}"
    if kinds := _kinds_at(path, what):
        return f"{_joined(path.removesuffix('.kind'), 'kind')}: {lower(what).replace('`', '')}; allowed are {kinds}"
    key, colon, rest = what.partition(": ")
    if colon and key.isidentifier():
        return f"{_joined(path, key)}: {rest}"
    return f"{path}: {lower(what).replace('`', '')}" if path else lower(what).replace("`", "")


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


def _keys_at(path: str, kind: type[msgspec.Struct]) -> list[str]:
    """The keys that the object at a path may have."""
    struct = _struct_at(path, kind)
    tag = struct.__struct_config__.tag_field
    return [*([tag] if tag else []), *(field.name for field in fields(struct))]


def _kinds_at(path: str, what: str) -> str:
    """The kinds of column that may stand at a path, where the message is about the kind; else nothing."""
    if not path.endswith(".kind") and "`kind`" not in what:
        return ""
    return ", ".join(struct.__struct_config__.tag for struct in typing.get_args(Column))


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _struct_at(path: str, kind: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """The struct type whose keys stand at a path such as ``network.hidden[0]`` of a document."""
    here: Any = kind
    for name in filter(None, re.split(r"\[[^\]]*\]|\.", path)):
        here = _struct_in(typing.get_type_hints(here)[name])
    return typing.cast(type[msgspec.Struct], here)


def _struct_in(hint: Any) -> Any:
    """The struct inside ``Struct | None``, ``tuple[Struct, ...]`` and the like."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and not isinstance(hint, types.GenericAlias):
        return hint
    found = (_struct_in(argument) for argument in typing.get_args(hint) if argument is not type(None))
    return next((struct for struct in found if struct is not None), None)


def lower(message: str) -> str:
    """Its first letter small, unless an abbreviation begins it."""
    return message[:1].lower() + message[1:] if message[1:2].islower() else message
