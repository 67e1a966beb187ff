"""Pictures of views: at any width, to a file or to the clipboard.

A view is painted by itself, with every pixel made larger: lines, dots and text keep their proportions, because charts
draw everything in pixels (see nnviz.ui.plots.ink) and Qt scales the painter.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.experiment.writing import write_whole
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import Theme

MAX_WIDTH = 16_384
CLIPBOARD_SCALE = 2
FILE_WIDTH = 1920


def render_png(view: Figure, width_px: int, theme: Theme | None = None) -> QImage:
    """The view's figure, without its controls, ``width_px`` wide, in its own theme or in another.

    The view may be hidden and without a display. ValueError for a width that no picture can have.
    """
    if not 1 <= width_px <= MAX_WIDTH:
        raise ValueError(f"the width is {width_px} pixels; allowed are 1 to {MAX_WIDTH:,}")
    with laid_out(view), themed(view, theme):
        figure = figure_of(view)
        scale = width_px / figure.width()
        picture = QImage(width_px, max(1, round(figure.height() * scale)), QImage.Format.Format_ARGB32_Premultiplied)
        picture.setDevicePixelRatio(scale)
        picture.fill(view.theme.color("surface"))
        painter = QPainter(picture)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        paint_figure(view, painter)
        painter.end()
    # As a file it is a picture of so many pixels, not a dense one of fewer.
    picture.setDevicePixelRatio(1.0)
    return picture


def figure_of(view: Figure) -> QWidget:
    """The widget whose picture is exported: the view's figure, or the view without its controls."""
    return view.picture_part() or view


def paint_figure(view: Figure, painter: QPainter) -> None:
    """Paints the figure at its own size; any device will do, on vector devices it stays a drawing."""
    view.forget_cursor()
    flags = QWidget.RenderFlag.DrawWindowBackground
    if view.picture_part() is not None:
        flags |= QWidget.RenderFlag.DrawChildren
    figure_of(view).render(painter, QPoint(0, 0), renderFlags=flags)


def png_bytes(view: Figure, width_px: int, theme: Theme | None = None) -> bytes:
    """The figure as the content of a PNG file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(render_png(view, width_px, theme))
    buffer.close()
    return bytes(content.data())


def save_png(
    view: Figure, path: str | os.PathLike[str], width_px: int = FILE_WIDTH, theme: Theme | None = None
) -> None:
    """Writes a PNG, whole or not at all. OSError in one sentence when that is impossible."""
    write_whole(Path(path), png_bytes(view, width_px, theme))


def copy_picture(view: Figure) -> None:
    """Puts the view on the clipboard, twice as fine as on an ordinary screen."""
    with laid_out(view):
        QApplication.clipboard().setImage(render_png(view, CLIPBOARD_SCALE * figure_of(view).width()))


@contextmanager
def laid_out(view: Figure) -> Iterator[None]:
    """Gives a view that was never shown the sizes it would have on a screen, without showing it there."""
    if view.isVisible() or not view.isWindow():
        yield
        return
    before = view.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.show()
    QApplication.sendPostedEvents()
    try:
        yield
    finally:
        view.hide()
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, before)


@contextmanager
def themed(view: Figure, theme: Theme | None) -> Iterator[None]:
    """Shows the view in another theme for a while; None leaves it as it is."""
    before = view.theme
    if theme is None or theme == before:
        yield
        return
    view.set_theme(theme)
    try:
        yield
    finally:
        view.set_theme(before)
