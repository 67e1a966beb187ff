"""Exported figures are what is seen: in the looks that were asked for, and in formats that others can read."""

import base64
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import numpy
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.ui.export.caption import words_of
from nnviz.ui.export.files import contents_of, file_name, save
from nnviz.ui.export.looks import MAX_WIDTH, SIZES, Looks, Words
from nnviz.ui.export.plate import Plate
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.course.loss_view import LossView
from nnviz.ui.theme import DARK, LIGHT

from .conftest import Make, content_of

WORDS = Words("A title", "a caption of some words")


def image(content: bytes) -> QImage:
    return QImage.fromData(content)


@pytest.mark.parametrize("size", ["slide", "column"])
@pytest.mark.parametrize("scale", [1, 3])
def test_a_png_has_the_pixels_and_the_resolution_that_were_asked_for(make: Make, size: str, scale: int) -> None:
    view, _ = make()
    looks = Looks(size=size, width=600, scale=scale)
    picture = image(content_of(view, looks, WORDS))
    wide, high = SIZES[size].layout or (0, 0)
    assert picture.width() == 600 * scale
    assert picture.height() == round(600 * scale * high / wide)
    inches = wide / 96
    assert picture.dotsPerMeterX() * 0.0254 * inches == pytest.approx(600 * scale, rel=1e-3)


def test_as_shown_keeps_the_proportions_of_the_window(make: Make) -> None:
    view, _ = make()
    bare = image(content_of(view, Looks(title=False, caption=False, width=960), WORDS))
    part = view.picture_part()
    assert part is not None
    assert bare.height() / bare.width() == pytest.approx(part.height() / part.width(), abs=0.01)
    assert image(content_of(view, Looks(width=960), WORDS)).height() > bare.height()


@pytest.mark.parametrize("key", ["loss", "network", "decision-map", "gradient-flow"])
def test_grounds_are_light_dark_or_none(make: Make, key: str) -> None:
    view, _ = make(key)
    for ground, expected in (("light", LIGHT.surface), ("dark", DARK.surface)):
        picture = image(content_of(view, Looks(ground=ground, width=480), WORDS))
        assert picture.pixelColor(1, picture.height() - 2) == QColor(expected)
    clear = image(content_of(view, Looks(ground="transparent", width=480), WORDS))
    pixels = numpy.frombuffer(clear.convertToFormat(QImage.Format.Format_RGBA8888).constBits(), numpy.uint8)
    alpha = pixels[3::4]
    assert numpy.mean(alpha == 0) > 0.25  # most of a plot is ground
    assert numpy.any(alpha == 255)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_figure_is_afterwards_as_it_was(make: Make, qtbot: QtBot, kind: str) -> None:
    view, _ = make()
    with qtbot.waitExposed(view):
        view.show()
    part = view.picture_part()
    assert part is not None
    before = view.theme, part.geometry(), view.grab().toImage()
    content_of(view, Looks(format=kind, size="slide", ground="dark"), WORDS)
    assert (view.theme, part.geometry(), view.grab().toImage()) == before


def test_what_is_zoomed_on_the_screen_is_zoomed_in_the_file(make: Make) -> None:
    view, _ = make()
    looks = Looks(width=400)
    whole = content_of(view, looks, WORDS)
    view.findChildren(Chart)[0].zoom_to(5.0, 10.0, 0.1, 1.0)
    zoomed = content_of(view, looks, WORDS)
    assert zoomed != whole
    view.reset_range()
    assert content_of(view, looks, WORDS) == whole


def test_an_svg_has_lines_as_lines_text_as_text_and_a_map_as_an_image_of_its_samples(make: Make) -> None:
    svg = content_of(make("decision-map")[0], Looks(format="svg"), WORDS).decode()
    assert ">A title</text>" in svg
    assert ">a caption of some words</text>" in svg
    assert "<path" in svg
    images = [base64.b64decode(data) for data in re.findall(r"data:image/png;base64,([^\"]+)", svg)]
    # The map at the resolution of its samples, without its outermost ones, and the bar that explains its colours.
    sides = [(picture.width(), picture.height()) for picture in map(QImage.fromData, images)]
    assert len(sides) == 2
    assert sides[0][0] == sides[0][1] <= 257
    loss = content_of(make("loss", steps=900)[0], Looks(format="svg"), WORDS).decode()
    assert "<image" not in loss


def test_an_svg_names_a_typeface_that_browsers_know_and_what_to_take_in_its_place(make: Make) -> None:
    svg = content_of(make()[0], Looks(format="svg"), WORDS).decode()
    drawn = QFontInfo(QApplication.font()).family()
    assert set(re.findall(r'font-family="([^"]*)"', svg)) == {f"'{drawn}', sans-serif"}


def test_a_long_noisy_curve_stays_one_line_in_a_vector_file(make: Make) -> None:
    """On the screen it is drawn column by column; in a file that would be a thousand rectangles."""
    svg = content_of(make("loss", steps=1500)[0], Looks(format="svg", size="column"), WORDS).decode()
    assert max(path.count("L") for path in re.findall(r' d="([^"]*)"', svg)) > 700


def test_a_pdf_is_as_large_as_its_layout_and_its_text_can_be_read(make: Make, tmp_path: Path) -> None:
    (path,) = save(contents_of(make()[0], Looks(format="pdf", size="column"), WORDS, tmp_path / "a.pdf"))
    assert path.read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "A title" in text
    assert "a caption of some words" in text
    facts = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", facts)
    assert size is not None
    wide, high = SIZES["column"].layout or (0, 0)
    assert [float(side) for side in size.groups()] == pytest.approx([0.75 * wide, 0.75 * high], abs=0.6)


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_vectors_drawn_by_another_program_look_like_the_picture(make: Make, tmp_path: Path, kind: str) -> None:
    if shutil.which("rsvg-convert") is None:
        pytest.skip("librsvg is not installed")
    view, _ = make("gradient-flow" if kind == "svg" else "loss")
    ours = image(content_of(view, Looks(size="slide", width=800), WORDS))
    save(contents_of(view, Looks(format="svg", size="slide"), WORDS, tmp_path / "a.svg"))
    subprocess.run(["rsvg-convert", "-w", "800", "-h", "450", "-o", tmp_path / "a.png", tmp_path / "a.svg"], check=True)
    theirs = QImage(str(tmp_path / "a.png"))
    assert theirs.size() == ours.size()
    assert numpy.mean(numpy.abs(grey(ours) - grey(theirs))) < 4.0


def test_where_there_is_no_room_the_words_go_and_the_figure_stays(make: Make) -> None:
    long = Words("T", "word " * 2000)
    plate = Plate.of(make()[0], Looks(size="slide"), long)
    assert plate.words == Words()
    assert (plate.above, plate.below) == (0, 0)


def test_a_figure_that_has_no_size_is_exported_at_the_usual_one(make: Make, qtbot: QtBot) -> None:
    view, _ = make()
    view.resize(0, 0)
    picture = image(content_of(view, Looks(width=400), WORDS))
    assert picture.width() == 400
    assert picture.height() > 100


@pytest.mark.parametrize("width", [0, MAX_WIDTH + 1])
def test_a_picture_that_cannot_be_made_is_refused_in_a_sentence(make: Make, width: int) -> None:
    with pytest.raises(ValueError, match="pixels"):
        content_of(make()[0], Looks(width=width), WORDS)


def test_a_picture_that_would_fill_the_memory_is_refused(make: Make) -> None:
    with pytest.raises(ValueError, match="too large"):
        content_of(make()[0], Looks(size="column", width=MAX_WIDTH, title=False), WORDS)


@pytest.mark.parametrize("kind", ["csv", "npz"])
def test_numbers_before_there_are_any_are_refused_in_a_sentence(qtbot: QtBot, kind: str) -> None:
    view = LossView()
    qtbot.addWidget(view)
    with pytest.raises(ValueError, match="nothing drawn yet"):
        content_of(view, Looks(format=kind), WORDS)


def test_a_decision_map_is_a_grid_of_arrays(make: Make, tmp_path: Path) -> None:
    view, snapshot = make("decision-map")
    (path,) = save(contents_of(view, Looks(format="npz"), WORDS, tmp_path / "map.npz"))
    with numpy.load(path, allow_pickle=False) as arrays:
        reading = snapshot.readings["decision_map"]
        x, y, values = (arrays[name] for name in arrays.files if not name.startswith("points "))
        assert numpy.array_equal(arrays["points x"], snapshot.problem.data.x[:, 0])
        assert values.shape == (len(y), len(x))
        assert numpy.array_equal(values, reading.values[..., 0])
        assert (x[0], x[-1], y[0], y[-1]) == reading.extent
    with zipfile.ZipFile(path) as archive:
        assert all(info.date_time[0] == 1980 for info in archive.infolist())


def test_the_caption_says_network_data_seed_and_step_in_one_line(make: Make) -> None:
    view, snapshot = make(steps=1234)
    words = words_of(view, snapshot.spec)
    assert words.title == "Loss"
    for part in ("Spiral, 500 examples", "network 2–8–8–1", "tanh", "seed 42", "step 1,234"):
        assert part in words.caption
    assert "\n" not in words.caption


def test_a_figure_s_file_is_named_after_it(make: Make) -> None:
    view, _ = make()
    assert file_name(view, "svg") == "loss.svg"
    view.key = "a/b: c?"
    assert file_name(view, "svg") == "a-b- c-.svg"


def test_what_settings_hold_is_checked() -> None:
    looks = Looks("pdf", "slide", 800, 2, "dark", title=False)
    assert Looks.from_dict(looks.to_dict()) == looks
    assert Looks.from_dict({"format": "bmp", "size": 3, "width": -1, "scale": 9, "ground": "pink"}) == Looks()
    assert Looks.from_dict("nonsense") == Looks()


def grey(picture: QImage) -> "numpy.ndarray":
    flat = QImage(QSize(picture.size()), QImage.Format.Format_RGB32)
    flat.fill(QColor("white"))
    from PySide6.QtGui import QPainter

    painter = QPainter(flat)
    painter.drawImage(0, 0, picture)
    painter.end()
    shades = flat.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = numpy.frombuffer(shades.constBits(), numpy.uint8).reshape(shades.height(), shades.bytesPerLine())
    return rows[:, : shades.width()].astype(float)
