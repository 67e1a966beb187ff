"""The icon in every system's form is what that form's readers find: sizes in the headers, whole PNG files inside."""

import struct
from pathlib import Path

import icons
import pytest
from PySide6.QtGui import QImage


def _side(content: bytes) -> int:
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width == height
    return int(width)


@pytest.mark.parametrize("size", [16, 48, 256])
def test_a_picture_has_its_size_and_is_transparent_around_the_drawing(size: int) -> None:
    content = icons.png(icons.SOURCE, size)
    assert _side(content) == size
    image = QImage.fromData(content)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(size // 2, size // 2).alpha() == 255


def test_a_drawing_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.svg").write_text("no drawing")
    with pytest.raises(ValueError, match="no SVG drawing"):
        icons.png(tmp_path / "no.svg", 16)


def test_every_form_is_written_and_holds_every_size(tmp_path: Path) -> None:
    icons.write_icons(tmp_path / "icons")
    for size in icons.SIZES:
        assert _side((tmp_path / "icons" / f"nnviz-{size}.png").read_bytes()) == size

    content = (tmp_path / "icons" / "nnviz.ico").read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", content)
    assert (reserved, kind, count) == (0, 1, len(icons.ICO_SIZES))
    for i, size in enumerate(icons.ICO_SIZES):
        width, height, *_, bits, length, offset = struct.unpack_from("<BBBBHHII", content, 6 + 16 * i)
        assert (width or 256, height or 256, bits) == (size, size, 32)
        assert _side(content[offset : offset + length]) == size

    content = (tmp_path / "icons" / "nnviz.icns").read_bytes()
    assert content[:4] == b"icns"
    assert int.from_bytes(content[4:8], "big") == len(content)
    found, at = {}, 8
    while at < len(content):
        length = int.from_bytes(content[at + 4 : at + 8], "big")
        found[content[at : at + 4]] = _side(content[at + 8 : at + length])
        at += length
    assert found == icons.ICNS_SIZES


def test_qt_reads_the_windows_icon(tmp_path: Path) -> None:
    picture = icons.png(icons.SOURCE, 32)
    (tmp_path / "one.ico").write_bytes(icons.ico({32: picture}))
    assert QImage(str(tmp_path / "one.ico")).width() == 32
