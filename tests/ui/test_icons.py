"""Icons are the shipped drawings in the colours asked for, at any size."""

import re
from pathlib import Path

import numpy
import pytest
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

import nnviz.ui
from nnviz.resources import resource
from nnviz.ui.icons import named_icon

BLUE, GREY = QColor(20, 40, 200), QColor(128, 128, 128, 128)


def pixels(icon: QIcon, size: int, mode: QIcon.Mode = QIcon.Mode.Normal) -> numpy.ndarray:
    """(size, size, 4): blue, green, red, alpha."""
    image = icon.pixmap(size, size, mode).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return numpy.frombuffer(image.constBits(), numpy.uint8).reshape(image.height(), image.width(), 4).copy()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", [16, 24, 64])
def test_an_icon_is_drawn_in_its_colour_on_a_clear_ground(size: int) -> None:
    drawn = pixels(named_icon("play", BLUE), size)
    alpha = drawn[..., 3]
    assert alpha[0, 0] == 0
    full = drawn[alpha == 255]
    assert 0.05 * size**2 < len(full) < 0.7 * size**2
    assert (full[:, :3] == (200, 40, 20)).all()


@pytest.mark.usefixtures("qapp")
def test_what_cannot_be_pressed_has_the_other_colour_as_clear_as_that_is() -> None:
    drawn = pixels(named_icon("pause", BLUE, GREY), 48, QIcon.Mode.Disabled)
    assert abs(int(drawn[..., 3].max()) - 128) <= 1
    inside = drawn[drawn[..., 3] == drawn[..., 3].max()].astype(int)
    assert (abs(inside[:, :3] - 128) <= 2).all()


@pytest.mark.usefixtures("qapp")
def test_a_copy_of_an_icon_draws_the_same() -> None:
    original = named_icon("restore", BLUE)
    copy = QIcon(original)
    wanted = pixels(original, 32)
    del original
    QApplication.processEvents()
    assert (pixels(copy, 32) == wanted).all()


@pytest.mark.usefixtures("qapp")
def test_a_name_without_a_drawing_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-thing"):
        named_icon("no-such-thing", BLUE)


def test_every_shipped_drawing_is_used_somewhere() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(nnviz.ui.__file__).parent.rglob("*.py"))
    named = set(re.findall(r'"([a-z0-9-]+)"', sources))
    assert {path.stem for path in resource("icons", "material").glob("*.svg")} <= named
