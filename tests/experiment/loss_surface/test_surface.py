"""The surface point by point, coarse to fine, and what is said of one with nothing to see."""

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective
from nnviz.engine.directions import filter_normalized
from nnviz.engine.planes import Line, Plane
from nnviz.experiment.loss_surface import surface as module
from nnviz.experiment.loss_surface.slices import SliceSpec, SurfaceSlice
from nnviz.experiment.loss_surface.surface import Surface, surface

NAMES = ("u", "v")


def objective(activation: str = "tanh", loss: str = "squared_error", output: str = "linear") -> NetworkObjective:
    rng = numpy.random.default_rng(0)
    network = Network((2, 5, 1), (activation, output))
    return NetworkObjective(network, loss, rng.standard_normal((30, 2)), (rng.random((30, 1)) > 0.5) * 1.0)


def theta(cost: NetworkObjective) -> numpy.ndarray:
    return cost.network.initialize("he_normal", "random_normal", rng=numpy.random.default_rng(1))


def plane(cost: NetworkObjective, resolution: int = 33, half: float = 1.0) -> SurfaceSlice:
    directions = filter_normalized(cost.network.layout, theta(cost), numpy.random.default_rng(2))
    extent = (-half, half, -0.5 * half, 1.5 * half)
    return SurfaceSlice(SliceSpec(resolution=resolution), Plane(theta(cost), *directions), extent, NAMES)


def last(steps) -> Surface:
    *_, end = steps
    return end


@pytest.mark.parametrize(
    ("activation", "loss", "output"),
    [
        ("tanh", "squared_error", "linear"),
        ("relu", "binary_cross_entropy", "sigmoid"),
        ("silu", "absolute_error", "tanh"),
    ],
)
def test_every_point_is_what_a_single_evaluation_says(activation, loss, output):
    cost = objective(activation, loss, output)
    chosen = plane(cost, 17)
    end = last(surface(chosen, cost))
    u, v = end.axes
    for row in range(17):
        for column in range(17):
            single = cost.value(chosen.region.origin + u[column] * chosen.region.first + v[row] * chosen.region.second)
            assert end.heights[row, column] == pytest.approx(float(single), rel=1e-12)
    assert (u[0], u[-1], v[0], v[-1]) == chosen.extent


def test_pictures_become_finer_and_each_keeps_the_points_of_the_one_before():
    cost = objective()
    pictures = list(surface(plane(cost, 129), cost))
    sides = [picture.side for picture in pictures]
    assert sorted(set(sides)) == [9, 17, 33, 65, 129]
    assert sides == sorted(sides)
    assert [picture.done for picture in pictures] == sorted({picture.done for picture in pictures})
    assert [picture.complete for picture in pictures] == [False] * (len(pictures) - 1) + [True]
    assert pictures[-1].done == pictures[-1].total == 129 * 129
    for earlier in pictures:
        stride = 128 // (earlier.side - 1)
        assert numpy.array_equal(earlier.heights, pictures[-1].heights[::stride, ::stride])
        assert all(numpy.array_equal(a, b[::stride]) for a, b in zip(earlier.axes, pictures[-1].axes, strict=True))


def test_no_point_is_worked_out_twice_and_the_size_of_the_pieces_does_not_matter(monkeypatch):
    cost = objective()
    usual = last(surface(plane(cost, 17), cost))
    seen = []

    class Counting(NetworkObjective):
        def evaluator(self):
            value = super().evaluator()

            def counted(theta):
                seen.append(len(theta))
                return value(theta)

            return counted

    counting = Counting(cost.network, "squared_error", cost.x, cost.y)
    monkeypatch.setattr(module, "PIECE_BYTES", 1)
    breaths = []
    pictures = list(surface(plane(cost, 17), counting, breathe=lambda: breaths.append(1)))
    assert seen == [1] * 289
    assert len(breaths) == len(pictures) == 289
    assert numpy.array_equal(pictures[-1].heights, usual.heights)
    # Until the coarsest picture is whole, what is not known yet is a hole in it.
    assert [numpy.isnan(picture.heights).sum() for picture in pictures[:81]] == list(range(80, -1, -1))


def test_published_pictures_are_never_written_again():
    cost = objective()
    pictures = []
    copies = []
    for picture in surface(plane(cost, 33), cost):
        pictures.append(picture)
        copies.append(picture.heights.copy())
        with pytest.raises(ValueError, match="read-only"):
            picture.heights[0, 0] = 0.0
    assert all(numpy.array_equal(p.heights, c, equal_nan=True) for p, c in zip(pictures, copies, strict=True))


def test_closing_ends_the_work(monkeypatch):
    monkeypatch.setattr(module, "PIECE_BYTES", 1)
    breaths = []
    steps = surface(plane(objective()), objective(), breathe=lambda: breaths.append(1))
    next(steps)
    next(steps)
    steps.close()
    assert len(breaths) == 2
    assert list(steps) == []


def test_a_line_is_drawn_too():
    cost = objective()
    line = Line(theta(cost), numpy.ones(cost.network.parameter_count))
    chosen = SurfaceSlice(SliceSpec(resolution=65), line, (-2.0, 1.0), ("t",))
    pictures = list(surface(chosen, cost, of=1000))
    end = pictures[-1]
    assert [picture.side for picture in pictures] == [9, 17, 33, 65]
    assert end.heights.shape == (65,)
    assert (end.axes[0][0], end.axes[0][-1]) == (-2.0, 1.0)
    for t, height in zip(end.axes[0], end.heights, strict=True):
        assert height == pytest.approx(float(cost.value(line.origin + t * line.direction)), rel=1e-12)
    assert (end.examples, end.of) == (30, 1000)
    assert (end.low, end.high) == (end.heights.min(), end.heights.max())
    assert end.remark == ""


def test_a_constant_surface_is_said_to_be_one():
    cost = objective("threshold")
    bias = numpy.zeros(cost.network.parameter_count)
    bias[0] = 1.0
    other = numpy.zeros_like(bias)
    other[1] = 1.0
    origin = numpy.zeros_like(bias)
    chosen = SurfaceSlice(SliceSpec(resolution=17), Plane(origin, bias, other), (-1.0, 1.0, -1.0, 1.0), NAMES)
    end = last(surface(chosen, cost))
    assert end.remark.startswith("the cost is the same everywhere on this slice: ")
    assert end.low == end.high


def test_holes_are_counted_and_a_surface_of_holes_is_said_to_be_one():
    cost = objective("relu")
    some = last(surface(plane(cost, 17, half=1.5e77), cost))
    assert "points: those are holes" in some.remark
    assert numpy.isfinite([some.low, some.high]).all()
    origin = numpy.full(cost.network.parameter_count, 1e200)
    directions = numpy.eye(len(origin))[:2]
    chosen = SurfaceSlice(SliceSpec(resolution=17), Plane(origin, *directions), (-1.0, 1.0, -1.0, 1.0), NAMES)
    pictures = list(surface(chosen, cost))
    assert pictures[-1].remark.startswith("the cost is not finite anywhere on this slice")
    assert numpy.isnan([pictures[-1].low, pictures[-1].high]).all()
    assert pictures[0].remark == ""
