import numpy
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from nnviz.ui.plots.charts.ink import Mapping
from nnviz.ui.plots.surface.overlays import SurfacePath
from nnviz.ui.plots.surface.path_ink import PathInk

MAPPING = Mapping(-1.0, 1.0, -1.0, 1.0, 300.0, 200.0)
T = numpy.linspace(0.0, 12.0, 200)
X, Y = 0.9 * numpy.cos(T) * numpy.exp(-T / 9.0), 0.8 * numpy.sin(1.7 * T)


def path(points: int, *, current: int | None = None, color: str = "#c02040", dashed: bool = False) -> SurfacePath:
    return SurfacePath(X[:points], Y[:points], Y[:points], QColor(color), "", dashed, current)


def picture(ink: PathInk) -> numpy.ndarray:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink.draw(painter, MAPPING)
    painter.end()
    return numpy.frombuffer(image.constBits(), dtype=numpy.uint8).reshape(200, 300, 4)[..., :3].astype(int)


def fresh(*paths: SurfacePath) -> numpy.ndarray:
    ink = PathInk()
    ink.place(MAPPING)
    ink.show_paths(paths)
    return picture(ink)


@pytest.fixture
def ink(qapp) -> PathInk:
    made = PathInk()
    made.place(MAPPING)
    return made


def test_a_path_that_grew_step_by_step_looks_as_one_drawn_at_once(ink: PathInk) -> None:
    for points in range(70, 201, 10):
        ink.show_paths([path(points), path(points // 2 + 40, color="#2040c0")])
        grown = picture(ink)
    difference = numpy.abs(grown - fresh(path(200), path(140, color="#2040c0")))
    # Where two lines cross, or points closer than a pixel and a half were joined, a few pixels may differ.
    assert numpy.mean(numpy.max(difference, axis=-1) > 60) < 0.004


def test_only_what_is_new_is_stroked(ink: PathInk) -> None:
    ink.show_paths([path(150)])
    picture(ink)
    kept = ink._kept
    ink.show_paths([path(160)])
    picture(ink)
    assert ink._kept is not kept
    assert ink._kept[2] is kept[2]


@pytest.mark.parametrize(
    "other",
    [path(100), path(150, color="#00aa00"), path(150, dashed=True), path(150, current=60)],
    ids=["shorter", "another colour", "dashed", "scrubbed back"],
)
def test_whatever_is_no_growth_is_drawn_anew(ink: PathInk, other: SurfacePath) -> None:
    ink.show_paths([path(150)])
    picture(ink)
    ink.show_paths([other])
    assert numpy.array_equal(picture(ink), fresh(other))


def test_the_future_is_pale_and_becomes_the_past(ink: PathInk) -> None:
    ink.show_paths([path(200, current=80)])
    early = picture(ink)
    ink.show_paths([path(200, current=190)])
    late = picture(ink)
    assert numpy.mean(early) > numpy.mean(late)
    assert numpy.mean(numpy.max(numpy.abs(late - fresh(path(200, current=190))), axis=-1) > 60) < 0.004


def test_another_future_replaces_the_one_that_was_drawn(ink: PathInk) -> None:
    ink.show_paths([path(200, current=80)])
    picture(ink)
    ink.show_paths([SurfacePath(numpy.where(T[120] < T, -X, X), Y, Y, QColor("#c02040"), "", False, 80)])
    swapped = picture(ink)
    assert numpy.array_equal(swapped, fresh(*ink.paths))
    ink.show_paths([path(81)])
    assert numpy.array_equal(picture(ink), fresh(path(81)))


def test_paths_of_nothing_and_of_no_numbers_draw_nothing(ink: PathInk) -> None:
    none, nan = numpy.zeros(0), numpy.full(3, numpy.nan)
    ink.show_paths([SurfacePath(none, none, none, QColor("red")), SurfacePath(nan, nan, nan, QColor("red"))])
    assert numpy.all(picture(ink) == 255)
    ink.show_paths([])
    assert numpy.all(picture(ink) == 255)
