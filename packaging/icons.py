"""The icon of resources/icons in the forms that the systems want: PNG in many sizes, .ico (Windows), .icns (macOS).

    python packaging/icons.py FOLDER      writes nnviz-16.png … nnviz-1024.png, nnviz.ico and nnviz.icns there

Both containers are lists of PNG files with a header, so no imaging library is needed.
"""

import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

from about import NAME, ROOT

SOURCE = ROOT / "resources" / "icons" / "nnviz.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
LINUX_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_SIZES = {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}
# the same for screens with twice the pixels
ICNS_SIZES |= {b"ic11": 32, b"ic12": 64, b"ic13": 256, b"ic14": 512}


def png(source: Path, size: int) -> bytes:
    """The drawing as a square PNG of this many pixels, transparent around it."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt  # noqa: PLC0415 - the containers need no Qt
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415

    renderer = QSvgRenderer(str(source))
    if not renderer.isValid():
        raise ValueError(f"{source} is no SVG drawing")
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub says bytes, it wants str
    buffer.close()
    return bytes(content.data())


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """A Windows icon. pictures: PNG files by their size in pixels, 256 at most."""
    header = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(header) + 16 * len(pictures)
    directory, body = b"", b""
    for size, content in sorted(pictures.items()):
        side = size % 256  # one byte: 256 is written as 0
        directory += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(content), offset + len(body))
        body += content
    return header + directory + body


def icns(pictures: Mapping[bytes, bytes]) -> bytes:
    """A macOS icon. pictures: PNG files by their four-letter kind."""
    body = b"".join(kind + struct.pack(">I", 8 + len(content)) + content for kind, content in pictures.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def write_icons(folder: Path, source: Path = SOURCE) -> None:
    """Writes every form of the icon into a folder, which is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {size: png(source, size) for size in SIZES}
    for size, content in pictures.items():
        (folder / f"{NAME}-{size}.png").write_bytes(content)
    (folder / f"{NAME}.ico").write_bytes(ico({size: pictures[size] for size in ICO_SIZES}))
    (folder / f"{NAME}.icns").write_bytes(icns({kind: pictures[size] for kind, size in ICNS_SIZES.items()}))


def main(arguments: list[str]) -> int:
    # Painting an image needs an application where fonts are concerned; this drawing has none, and so no display.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    write_icons(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
