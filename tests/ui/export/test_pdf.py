"""A PDF has a map's colours exactly, and the same figure is the same bytes: no dates, no random numbers."""

import base64
import re
import zlib
from datetime import UTC, datetime

import numpy
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from nnviz.ui.export.looks import Looks, Words
from nnviz.ui.export.pdf_metadata import without_dates

from .conftest import Make, content_of

WORDS = Words("A title & more", "a caption < of some words")
MAPS = ("decision-map", "network")


def images_of_pdf(content: bytes) -> list[NDArray[numpy.uint8]]:
    """The colours of its images (rows, columns, 3); masks are left out."""
    found = []
    for entry in re.finditer(rb"/Subtype /Image\n(.*?)>>\nstream\n", content, re.DOTALL):
        facts = entry[1]
        if b"/DeviceRGB" in facts:
            assert b"/FlateDecode" in facts
            wide, high = (int(re.search(rb"/%s (\d+)" % side, facts)[1]) for side in (b"Width", b"Height"))
            pixels = zlib.decompressobj().decompress(content[entry.end() :])
            found.append(numpy.frombuffer(pixels, numpy.uint8).reshape(high, wide, 3))
    return found


def images_of_svg(content: bytes) -> list[NDArray[numpy.uint8]]:
    """The same of an SVG, whose images are PNG."""
    found = []
    for data in re.findall(rb"data:image/png;base64,([^\"]+)", content):
        picture = QImage.fromData(base64.b64decode(data)).convertToFormat(QImage.Format.Format_RGB888)
        rows = numpy.frombuffer(picture.constBits(), numpy.uint8).reshape(picture.height(), picture.bytesPerLine())
        found.append(rows[:, : 3 * picture.width()].reshape(picture.height(), picture.width(), 3).copy())
    return found


@pytest.mark.parametrize("key", MAPS)
def test_maps_are_in_the_file_as_they_are(make: Make, key: str) -> None:
    view, _ = make(key)
    pdf = content_of(view, Looks(format="pdf"), WORDS)
    assert b"DCTDecode" not in pdf
    ours, same = images_of_pdf(pdf), images_of_svg(content_of(view, Looks(format="svg"), WORDS))
    assert len(ours) == len(same) > 0
    assert all(numpy.array_equal(one, other) for one, other in zip(ours, same, strict=True))


def test_a_decision_map_has_a_pixel_for_each_sample_and_each_is_its_value(make: Make) -> None:
    view, snapshot = make("decision-map", 60)
    picture = images_of_pdf(content_of(view, Looks(format="pdf"), WORDS))[0].astype(float)
    values = snapshot.readings["decision_map"].values[..., 0]
    assert picture.shape[:2] == tuple(side - 2 for side in values.shape) or picture.shape[:2] == values.shape
    # More output is more blue and less orange, from the bottom row up.
    inner = values[1:-1, 1:-1] if picture.shape[:2] != values.shape else values
    blueness = (picture[..., 2] - picture[..., 0])[::-1]
    order = numpy.argsort(inner, axis=None)
    assert numpy.all(numpy.diff(blueness.ravel()[order]) >= -2.0)
    assert blueness.max() - blueness.min() > 20.0


def test_the_same_figure_is_the_same_bytes_and_no_date_is_in_them(make: Make) -> None:
    view, _ = make()
    looks = Looks(format="pdf")
    first = content_of(view, looks, WORDS)
    assert content_of(view, looks, WORDS) == first
    year = str(datetime.now(UTC).year).encode()
    assert b"D:" + year not in first
    assert year + b"-" not in first
    assert b"A title &amp; more" in first
    assert b"a caption &lt; of some words" in first


def test_every_object_is_where_the_table_says(make: Make) -> None:
    content = content_of(make("network")[0], Looks(format="pdf"), WORDS)
    place = int(re.search(rb"startxref\n(\d+)", content)[1])
    assert content[place:].startswith(b"xref\n0 ")
    table = re.findall(rb"(\d{10}) (\d{5}) ([fn]) \n", content[place:])
    assert len(table) == int(re.search(rb"xref\n0 (\d+)", content[place:])[1])
    for number, (offset, _, kind) in enumerate(table):
        if kind == b"n":
            assert content[int(offset) :].startswith(b"%d 0 obj\n" % number)


def test_dates_of_any_length_are_taken_out() -> None:
    """In summer and in winter, here and elsewhere, Qt writes them in different lengths."""

    def file(date: bytes) -> bytes:
        head = b"%%PDF-1.4\n1 0 obj\n<<\n/Title (x)\n/CreationDate (D:%s)\n/ModDate (D:%s)\n>>\nendobj\n" % (date, date)
        second = b"2 0 obj\n(/CreationDate (D:1)\n)\nendobj\n"
        table = b"0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \n" % (9, len(head))
        return head + second + b"\nxref\n0 3\n" + table + b"startxref\n%d\n%%%%EOF" % (len(head) + len(second) + 1)

    summer, winter = without_dates(file(b"20260711120000+01'00'")), without_dates(file(b"20260111120000Z"))
    assert summer == winter
    assert summer.count(b"CreationDate") == 1  # of what is drawn nothing is taken
    place = int(re.search(rb"startxref\n(\d+)", summer)[1])
    assert summer[place:].startswith(b"xref")
    offset = int(re.findall(rb"(\d{10}) 00000 n", summer)[1])
    assert summer[offset:].startswith(b"2 0 obj")


def test_a_file_of_another_kind_is_left_alone() -> None:
    assert without_dates(b"%PDF-1.7 something else") == b"%PDF-1.7 something else"
