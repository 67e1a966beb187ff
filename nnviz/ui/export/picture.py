"""Pictures of figures: at any width, as the content of a file, or on the clipboard.

A figure is painted by itself, with every pixel made larger: lines, dots and text keep their proportions, because charts
draw everything in pixels (see nnviz.ui.plots.charts.ink) and Qt scales the painter.
"""

import re
from xml.sax.saxutils import escape, unescape

from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QMarginsF, QPoint, QRect, QSizeF, QUuid
from PySide6.QtGui import QFont, QFontInfo, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from nnviz.ui.export.clipboard import copy_image
from nnviz.ui.export.looks import LAYOUT_DPI, Looks, Words, check_pixels, dots_per_inch
from nnviz.ui.export.pdf_metadata import DOCUMENT_ID, packet, without_dates
from nnviz.ui.export.plate import EXACT, Plate
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import Theme

CLIPBOARD_SCALE = 2
INCH = 0.0254
_FAMILY = re.compile(rb'font-family="([^"]*)"')
HINTS = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform


def render_png(view: Figure, width_px: int, theme: Theme | None = None) -> QImage:
    """The view's figure alone, without its controls, ``width_px`` wide, in its own theme or in another.

    The view may be hidden and without a display. ValueError for a width that no picture can have.
    """
    return plate_image(Plate.bare(view, theme), width_px)


def plate_image(plate: Plate, width_px: int) -> QImage:
    """The plate as a picture so many pixels wide, which knows how large it is on paper. ValueError if too large."""
    check_pixels(width_px, plate.size.height() * width_px / plate.size.width())
    picture = _blank(width_px, plate.height_for(width_px))
    # To its edges, also where the drawing ends within a pixel.
    picture.fill(plate.ground)
    painter = QPainter(picture)
    painter.setRenderHints(HINTS)
    scale = width_px / plate.size.width()
    painter.scale(scale, scale)
    plate.paint(painter)
    painter.end()
    note_dots(picture, dots_per_inch(width_px, plate.size.width()))
    return picture


def note_dots(picture: QImage, dpi: float) -> None:
    """Records in the picture how many of its pixels are an inch."""
    per_metre = round(dpi / INCH)
    picture.setDotsPerMeterX(per_metre)
    picture.setDotsPerMeterY(per_metre)


def image_bytes(picture: QImage) -> bytes:
    """The content of a PNG file. It touches no widget, so that it may run in a thread of its own."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(picture)
    buffer.close()
    return bytes(content.data())


def svg_bytes(plate: Plate) -> bytes:
    """An SVG file: lines and text as such, maps as embedded images."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(plate.size)
    generator.setViewBox(QRect(QPoint(0, 0), plate.size))
    generator.setResolution(LAYOUT_DPI)
    generator.setTitle(plate.words.title or plate.view.title)
    generator.setDescription(plate.words.caption or "Made with nnviz")
    painter = QPainter(generator)
    plate.paint(painter)
    painter.end()
    buffer.close()
    return _FAMILY.sub(_css_family, bytes(content.data()))


def pdf_bytes(plate: Plate) -> bytes:
    """A PDF file of one page as large as the figure: fonts embedded, maps as images that lose nothing."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(LAYOUT_DPI)
    title = plate.words.title or plate.view.title
    writer.setTitle(title)
    writer.setCreator("nnviz")
    writer.setDocumentId(QUuid(str(DOCUMENT_ID)))
    writer.setDocumentXmpMetadata(QByteArray(packet(title, plate.words.caption)))
    points = QSizeF(plate.size.width() * 72.0 / LAYOUT_DPI, plate.size.height() * 72.0 / LAYOUT_DPI)
    name = plate.view.key or "figure"
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, name, QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    # Qt writes the fonts in the order of a table that is shuffled anew in each process, unless it is told not to.
    QHashSeed.setDeterministicGlobalSeed()
    try:
        painter = QPainter(writer)
        painter.setRenderHint(EXACT)
        plate.paint(painter)
        painter.end()
    finally:
        QHashSeed.resetRandomGlobalSeed()
    buffer.close()
    return without_dates(bytes(content.data()))


def copy_picture(view: Figure, looks: Looks | None = None, words: Words | None = None) -> None:
    """Puts the figure on the clipboard, twice as fine as on an ordinary screen, or in the looks that are asked for.

    ValueError, OSError in one sentence where that cannot be.
    """
    plate = Plate.of(view, looks, words or Words()) if looks else Plate.bare(view)
    copy_image(plate_image(plate, CLIPBOARD_SCALE * plate.size.width()))


def _css_family(found: re.Match[bytes]) -> bytes:
    """Qt names the typeface that was asked for, which may be "Sans Serif", a name that no browser knows."""
    drawn = QFontInfo(QFont(unescape(found[1].decode()))).family().replace("'", "")
    families = escape(f"'{drawn}', sans-serif")
    return f'font-family="{families}"'.encode()


def _blank(width: int, height: int) -> QImage:
    return QImage(width, max(1, height), QImage.Format.Format_ARGB32_Premultiplied)
