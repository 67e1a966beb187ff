import numpy
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from nnviz.ui.plots.charts.ink import Mapping
from nnviz.ui.plots.surface.height_scale import HeightScale
from nnviz.ui.plots.surface.level_lines import LevelInk, hatch, level_lines, levels_of
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid

PLACES = numpy.linspace(-2.0, 2.0, 81)
U, V = numpy.meshgrid(PLACES, PLACES)


@pytest.mark.parametrize("logarithmic", [False, True])
def test_lines_lie_where_the_surface_has_the_height_they_are_labelled_with(logarithmic: bool) -> None:
    grid = SurfaceGrid(PLACES, PLACES, U * U + V * V)
    lines = level_lines(grid, HeightScale.of(grid.z, logarithmic=logarithmic))
    assert len(lines) >= 4
    for line in lines:
        assert float(line.text.replace("−", "-")) == pytest.approx(line.height)
        radius = numpy.hypot(line.segments[..., 0], line.segments[..., 1])
        assert numpy.allclose(radius, numpy.sqrt(line.height), atol=0.01)


def test_levels_are_round_and_not_too_many() -> None:
    for top in (0.003, 1.0, 47.0, 1e6):
        levels = levels_of(HeightScale(0.0, top))
        assert 4 <= len(levels) <= 15
    texts = [text for _, text in levels_of(HeightScale(-2.0, 2.0, logarithmic=True))]
    assert {"0.1", "1", "10"} <= set(texts)
    assert levels_of(HeightScale(empty=True)) == []


def test_labels_do_not_touch_one_another_and_stand_in_gaps(qapp) -> None:
    grid = SurfaceGrid(PLACES, PLACES, U * U + V * V)
    mapping = Mapping(-2.0, 2.0, -2.0, 2.0, 400.0, 400.0)
    ink = LevelInk()
    ink.lines = level_lines(grid, HeightScale.of(grid.z))
    picture = QImage(400, 400, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    ink.draw(painter, mapping)
    painter.end()
    assert len(ink.placed) >= 3
    boxes = [QRectF(x - 12.0, y - 8.0, 24.0, 16.0) for x, y in ink.placed]
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_the_hatching_covers_the_missing_samples_only() -> None:
    missing = numpy.zeros((41, 41), dtype=bool)
    missing[10:20, 25:35] = True
    places = numpy.linspace(0.0, 40.0, 41)
    grid = SurfaceGrid(places, places, numpy.where(missing, numpy.nan, 0.0))
    lines = hatch(missing, Mapping(0.0, 40.0, 0.0, 40.0, 400.0, 400.0), grid)
    assert len(lines) > 5
    x, y = lines[:, [0, 2]] / 10.0, 40.0 - lines[:, [1, 3]] / 10.0
    assert numpy.all((x >= 24.0) & (x <= 35.0))
    assert numpy.all((y >= 9.0) & (y <= 20.0))
