"""A document as one line of text, to paste in a chat or on a slide and to open again elsewhere.

``nnviz1:…:`` holds the document's file: compressed, with a checksum in front, in letters that survive in text and in
addresses. Every setting is in it, so that it reads the same in years; the compressor knows beforehand what a file
looks like (`line_dictionary`), so that this costs next to nothing. What comes back goes through the same checks as a
file. Line ends and blanks that a chat puts in are taken out again.
"""

import base64
import re
import zlib

import msgspec

from nnviz.experiment.documents import Document
from nnviz.experiment.files import MAX_FILE_BYTES, dump_document, parse_document
from nnviz.experiment.line_dictionary import DICTIONARY

VERSION = 1
MAX_LINE = 200_000
"""Letters of a line; what is longer is no text to paste, but a file to send."""

_START = re.compile(r"nnviz(?P<version>[0-9]{1,9}):")
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]+")
_CHECK_BYTES = 4
# Blanks, line ends, soft hyphens, and the marks without width with which programs break long words.
_PUT_IN = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_RAW = -15
"""zlib's word for deflate without a header of its own."""


def to_line(document: Document) -> str:
    """The document as one line. ValueError in one sentence for what is no document, or too big for a line."""
    content = msgspec.json.format(dump_document(document), indent=-1)
    compressor = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9, zlib.Z_DEFAULT_STRATEGY, DICTIONARY)
    packed = compressor.compress(content) + compressor.flush()
    line = f"nnviz{VERSION}:{base64.urlsafe_b64encode(_check(packed) + packed).decode().rstrip('=')}:"
    if len(line) > MAX_LINE:
        raise ValueError(
            f"as one line this would have {len(line):,} letters, more than {MAX_LINE:,}; save it as a file"
        )
    return line


def holds_line(text: str) -> bool:
    """Whether a document's line of any version begins somewhere in the text, whatever is wrong with it."""
    return _START.search(_PUT_IN.sub("", text)) is not None


def from_line(text: str) -> Document:
    """The document in such a line, also where other text stands around it. ValueError in one sentence."""
    if len(text) > 2 * MAX_LINE:
        raise ValueError(f"the text has {len(text):,} letters, far more than an experiment's line")
    text = _PUT_IN.sub("", text)
    start = _START.search(text)
    if start is None:
        raise ValueError(f"the text holds no experiment; its line begins with nnviz{VERSION}: and ends with a colon")
    if (version := int(start["version"])) != VERSION:
        raise ValueError(
            f"the text begins with nnviz{version}: and was written by a newer nnviz; this one reads nnviz{VERSION}:"
            if version > VERSION
            else f"the text begins with nnviz{version}:, which no nnviz writes; this one reads nnviz{VERSION}:"
        )
    payload, end, _ = text[start.end() :].partition(":")
    if not end:
        raise ValueError("the text is cut off: its last colon is missing; copy the whole line")
    return parse_document(_unpacked(payload), "the text")


def _unpacked(payload: str) -> bytes:
    """The file's content. ValueError where the letters are not those that were written."""
    mangled = ValueError("the text is not as it was written: letters were lost or changed on the way; copy it again")
    if not _PAYLOAD.fullmatch(payload) or len(payload) % 4 == 1:
        raise mangled
    given = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    check, packed = given[:_CHECK_BYTES], given[_CHECK_BYTES:]
    if check != _check(packed):
        raise mangled
    # Whoever makes a text by hand can make its checksum, too: what comes out is bounded, whatever it claims to be.
    decompressor = zlib.decompressobj(_RAW, DICTIONARY)
    try:
        content = decompressor.decompress(packed, MAX_FILE_BYTES + 1)
    except zlib.error:
        raise mangled from None
    if len(content) <= MAX_FILE_BYTES and not decompressor.eof:
        raise mangled
    return content


def _check(packed: bytes) -> bytes:
    return zlib.crc32(packed).to_bytes(_CHECK_BYTES, "big")
