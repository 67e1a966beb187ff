"""Makes Qt's library of Unicode data small: of its 32 MB nnviz uses a sixth. Linux only; elsewhere Qt asks the system.

The library libicudata is one long constant in the container format of ICU ("CmnD": a header, a table of names and
offsets, the items). Qt itself knows how dates and numbers are written in each language; it asks ICU for the order of
words, for time zones and for other encodings. What only the rest of ICU reads is left out, and the library is put
together again with as and ld, which come with the objdump that PyInstaller needs.
"""

import re
import struct
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

DROPPED_FOLDERS = ("brkitr", "curr", "lang", "rbnf", "region", "translit", "unit", "zone")
"""Line breaks, names of currencies, languages, regions, units and zones, spelled-out numbers, transliterations."""
DROPPED_KINDS = (".cnv", ".spp")
"""Encodings older than Unicode, except those in ICU's code (UTF-8, UTF-16, Latin-1), and profiles for passwords."""
LOCALE = re.compile(r"[a-z]{2,3}(_\w+)?\.res")
"""How a language writes dates and numbers: named after it, as in de_AT.res."""
ALIGNMENT = 16


def is_wanted(item: str) -> bool:
    """Whether an item (`icudt73l/coll/de.res`) stays. The order of words in every language does."""
    _, *folders, name = PurePosixPath(item).parts
    if folders:
        return folders[0] not in DROPPED_FOLDERS
    return PurePosixPath(name).suffix not in DROPPED_KINDS and not LOCALE.fullmatch(name)


def unpack(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The header and the items by name of a data file of ICU. ValueError if it is none, or of the other byte order."""
    if data[2:4] != b"\xda\x27" or data[12:16] != b"CmnD" or data[8] != 0:
        raise ValueError("this is no data file of ICU for a little-endian processor")
    start = int.from_bytes(data[:2], "little")
    header, body = data[:start], data[start:]
    (count,) = struct.unpack_from("<I", body)
    table = [struct.unpack_from("<II", body, 4 + 8 * i) for i in range(count)]
    ends = [offset for _, offset in table[1:]] + [len(body)]
    items = {}
    for (name, offset), end in zip(table, ends, strict=True):
        items[body[name : body.index(b"\0", name)].decode()] = body[offset:end]
    return header, items


def pack(header: bytes, items: Mapping[str, bytes]) -> bytes:
    """The data file with these items; ICU looks names up by bisection, so they are sorted."""
    names = sorted(items)
    name_at = 4 + 8 * len(names)
    offset = _padded(name_at + sum(len(name) + 1 for name in names))
    table, letters, body = struct.pack("<I", len(names)), b"", b""
    for name in names:
        table += struct.pack("<II", name_at + len(letters), offset + len(body))
        letters += name.encode() + b"\0"
        body += items[name].ljust(_padded(len(items[name])), b"\0")
    return header + (table + letters).ljust(offset, b"\0") + body


def trim_library(source: Path, folder: Path, wanted: Callable[[str], bool] = is_wanted) -> Path:
    """Writes the library with the wanted items alone into a folder; the path written."""
    listed = subprocess.run(["objdump", "-T", source], check=True, capture_output=True, text=True).stdout
    found = re.search(r"\s([0-9a-f]+)\s+(icudt\d+_dat)$", listed, re.MULTILINE)
    content = source.read_bytes()
    begin = content.find(b"CmnD") - 12
    if found is None or begin < 0:
        raise ValueError(f"{source} is not ICU's library of data")
    size, symbol = int(found[1], 16), found[2]
    header, items = unpack(content[begin : begin + size])
    folder.mkdir(parents=True, exist_ok=True)
    data, made = folder / "icu.dat", folder / source.name
    data.write_bytes(pack(header, {name: item for name, item in items.items() if wanted(name)}))
    link(data, symbol, made)
    return made


def link(data: Path, symbol: str, library: Path) -> None:
    """Makes a shared library of one constant, the content of a file."""
    code, made = library.with_suffix(".s"), library.with_suffix(".o")
    code.write_text(
        f".section .rodata\n.balign {ALIGNMENT}\n.globl {symbol}\n.type {symbol}, %object\n{symbol}:\n"
        f'.incbin "{data}"\n.size {symbol}, . - {symbol}\n.section .note.GNU-stack, "", %progbits\n',
        encoding="utf-8",
    )
    subprocess.run(["as", "-o", made, code], check=True)
    subprocess.run(["ld", "-shared", "-soname", library.name, "-o", library, made], check=True)


def _padded(length: int) -> int:
    return -(-length // ALIGNMENT) * ALIGNMENT
