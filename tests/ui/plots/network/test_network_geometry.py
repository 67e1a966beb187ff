"""The network's picture is laid out without overlap whatever its shape, and never shows more than can be told apart."""

import numpy
import pytest

from nnviz.engine.layout import Layout, Parameter
from nnviz.ui.plots.network.network_geometry import MAX_ROWS, MIN_TILE, Area, lines, needed, place
from nnviz.ui.plots.network.network_item import Unit
from nnviz.ui.plots.network.network_strokes import DECADES, LEVELS, MAX_LINES, strokes, width
from nnviz.ui.plots.network.network_walk import Place, start, walk

TEXT = 13.0
SHAPES = [(2, 1), (1, 1), (2, 8, 8, 1), (7, 4, 4, 2), (4, 8, 3), (64, 32, 10), (2, *[64] * 12, 1), (3, 1, 64, 1, 5)]
AREAS = [Area(70, 30, 480, 300), Area(100, 40, 1500, 900), Area(10, 10, 200, 90)]


@pytest.mark.parametrize("sizes", SHAPES)
@pytest.mark.parametrize("area", AREAS)
def test_tiles_do_not_overlap_and_stay_inside(sizes: tuple[int, ...], area: Area) -> None:
    geometry = place(sizes, area, TEXT)
    half = geometry.tile / 2 - 1e-6
    assert [column.size for column in geometry.columns] == list(sizes)
    centres = numpy.array(list(geometry.centres.values()))
    apart = numpy.max(numpy.abs(centres[:, None] - centres[None]), axis=-1)
    apart[numpy.diag_indices(len(apart))] = numpy.inf
    assert apart.min() > geometry.tile
    assert centres[:, 0].min() - half >= area.left
    assert centres[:, 0].max() + half <= area.right
    assert centres[:, 1].min() - half >= area.top
    assert centres[:, 1].max() + half <= area.bottom


@pytest.mark.parametrize("sizes", SHAPES)
def test_columns_are_evenly_placed_and_centred(sizes: tuple[int, ...]) -> None:
    area = AREAS[1]
    geometry = place(sizes, area, TEXT)
    x = numpy.array([column.x for column in geometry.columns])
    assert numpy.allclose(numpy.diff(x), geometry.pitch)
    for column in geometry.columns:
        if column.gap_y is None:
            assert numpy.mean(column.y) == pytest.approx((area.top + area.bottom) / 2)


@pytest.mark.parametrize("sizes", SHAPES)
@pytest.mark.parametrize("area", AREAS)
def test_what_does_not_fit_is_counted(sizes: tuple[int, ...], area: Area) -> None:
    for column in place(sizes, area, TEXT).columns:
        assert 1 <= len(column.shown) <= min(column.size, MAX_ROWS)
        assert len(column.shown) + column.hidden == column.size
        assert column.shown == tuple(sorted(set(column.shown)))
        if column.hidden and len(column.shown) > 1:
            assert column.shown[0] == 0
            assert column.shown[-1] == column.size - 1
            assert column.gap_y is not None
            assert column.y[-2] < column.gap_y < column.y[-1]


@pytest.mark.parametrize("sizes", SHAPES)
@pytest.mark.parametrize("height", [5.0, 20.0, 41.0, 60.0])
def test_however_low_it_is_no_unit_is_left_out_without_a_word(sizes: tuple[int, ...], height: float) -> None:
    geometry = place(sizes, Area(70, 30, 480, 30 + height), TEXT)
    for column in geometry.columns:
        assert (column.gap_y is not None) == (column.hidden > 0)
        assert len(column.shown) >= min(column.size, 2)
    assert max(y for column in geometry.columns for y in column.y) + geometry.tile / 2 <= 30 + height + 1e-6


@pytest.mark.parametrize("sizes", [shape for shape in SHAPES if max(shape) <= MAX_ROWS])
def test_in_the_area_that_is_needed_all_are_shown_large_enough(sizes: tuple[int, ...]) -> None:
    width, height = needed(sizes, TEXT)
    geometry = place(sizes, Area(0.0, 0.0, width, height), TEXT)
    assert not any(column.hidden for column in geometry.columns)
    assert geometry.tile >= MIN_TILE * TEXT - 1e-9


def test_small_networks_are_shown_whole_and_large_tiles_stay_legible() -> None:
    assert not any(column.hidden for column in place((2, 8, 8, 1), AREAS[0], TEXT).columns)
    assert place((64, 32, 10), AREAS[0], TEXT).tile >= MIN_TILE * TEXT


def test_an_area_of_no_size_is_no_fault() -> None:
    geometry = place((2, 64, 1), Area(50, 50, 20, 10), TEXT)
    assert geometry.tile >= 1.0
    assert all(column.shown for column in geometry.columns)


def test_lines_join_the_right_units_with_the_right_index() -> None:
    layout = Layout((3, 40, 2))
    geometry = place(layout.sizes, AREAS[0], TEXT)
    made = lines(geometry, layout)
    shown = [len(column.shown) for column in geometry.columns]
    assert len(made.index) == shown[0] * shown[1] + shown[1] * shown[2]
    for l, i, j, index, ends in zip(made.layer, made.i, made.j, made.index, made.ends, strict=True):
        assert layout.parameter(int(index)) == Parameter("weight", l, i, j)
        (x0, y0), (x1, y1) = geometry.centres[Unit(int(l) - 1, int(i))], geometry.centres[Unit(int(l), int(j))]
        assert ends == pytest.approx([x0 + geometry.tile / 2, y0, x1 - geometry.tile / 2, y1])


def test_points_are_found_again() -> None:
    layout = Layout((2, 3, 1))
    geometry = place(layout.sizes, AREAS[0], TEXT)
    made = lines(geometry, layout)
    everywhere = numpy.ones(len(made.index), dtype=bool)
    for unit, (x, y) in geometry.centres.items():
        assert geometry.unit_at(x + geometry.tile * 0.4, y) == unit
        corner = (x - geometry.tile / 2, y + geometry.tile / 2)
        assert geometry.bias_at(*corner, 5.0) == (unit if unit.layer else None)
    for row, point in enumerate(made.points[:, 4]):
        assert made.nearest(*point, 5.0, everywhere) == row
        only_others = everywhere.copy()
        only_others[row] = False
        assert made.nearest(*point, 5.0, only_others) != row
    assert made.nearest(-500.0, 0.0, 5.0, everywhere) is None
    assert geometry.unit_at(-500.0, 0.0) is None


def drawn(sizes: tuple[int, ...], area: Area) -> tuple[int, int]:
    layout = Layout(sizes)
    geometry = place(sizes, area, TEXT)
    made = lines(geometry, layout)
    values = numpy.random.default_rng(0).normal(size=len(made.index))
    result = strokes(values, made, geometry, "weights", TEXT)
    for l in range(1, layout.depth + 1):
        rows = made.layer == l
        kept, left = numpy.abs(values[rows & result.drawn]), numpy.abs(values[rows & ~result.drawn])
        assert kept.size
        assert not left.size or kept.min() >= left.max()
    assert (
        sorted(row for stroke in result.strokes for row in stroke.members) == numpy.flatnonzero(result.drawn).tolist()
    )
    return int(result.drawn.sum()), len(values)


def test_crowded_lines_are_thinned_to_the_strongest_of_each_layer() -> None:
    assert drawn((2, 8, 8, 1), AREAS[1]) == (88, 88)
    few, many = drawn((2, *[64] * 12, 1), AREAS[0])
    assert few < many / 3
    assert drawn((64, 64, 64), Area(0, 0, 4000, 4000))[0] <= MAX_LINES


def test_widths_follow_the_weights_and_the_decades_of_the_gradient() -> None:
    layout = Layout((4, 1))
    geometry = place(layout.sizes, AREAS[0], TEXT)
    made = lines(geometry, layout)
    weights = strokes(numpy.array([2.0, -1.0, 0.0, numpy.nan]), made, geometry, "weights", TEXT)
    assert weights.largest == 2.0
    assert weights.levels.tolist()[:3] == [LEVELS - 1, round((LEVELS - 1) / 2), 0]
    assert [stroke.sign for stroke in weights.strokes] == ["zero", "negative", "positive", "not finite"]
    gradient = strokes(numpy.array([1.0, 1e-3, 1e-6, 1e-300]), made, geometry, "gradient", TEXT)
    assert gradient.levels.tolist() == [LEVELS - 1, round((LEVELS - 1) * (1 - 3 / DECADES)), 0, 0]
    widths = [width(level, "weights", TEXT, geometry.tile) for level in range(LEVELS)]
    assert widths == sorted(widths)
    assert widths[0] > 0
    nothing = strokes(numpy.zeros(4), made, geometry, "gradient", TEXT)
    assert nothing.largest == 0.0
    assert {stroke.sign for stroke in nothing.strokes} == {"zero"}


def test_arrow_keys_reach_every_shown_unit_and_weight() -> None:
    geometry = place((2, 3, 2), AREAS[0], TEXT)
    begin = start(geometry)
    assert begin.item == Unit(1, 0)
    seen, queue = {begin}, [begin]
    while queue:
        here = queue.pop()
        for way in ("left", "right", "up", "down"):
            there = walk(geometry, here, way)
            if there not in seen:
                seen.add(there)
                queue.append(there)
    items = {place_.item for place_ in seen}
    assert {item for item in items if isinstance(item, Unit)} == set(geometry.centres)
    assert len(items) == 2 + 3 + 2 + 2 * 3 + 3 * 2


def test_walking_stops_at_the_borders_and_leaves_a_bias() -> None:
    geometry = place((2, 3, 1), AREAS[0], TEXT)
    assert walk(geometry, Place(Unit(0, 0)), "left").item == Unit(0, 0)
    assert walk(geometry, Place(Unit(2, 0)), "right").item == Unit(2, 0)
    assert walk(geometry, Place(Unit(1, 0)), "up").item == Unit(1, 0)
    assert walk(geometry, Place(Parameter("bias", 1, -1, 1)), "down").item == Unit(1, 2)
    assert walk(geometry, Place(Unit(1, 2)), "left").item == Parameter("weight", 1, 1, 2)
