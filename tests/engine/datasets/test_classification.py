"""Without noise the classes obey the geometry that each data set's description promises."""

import numpy
import pytest

from nnviz.engine.datasets import GENERATORS, DataSet


def clean(name: str, size: int = 2000, **parameters: float) -> DataSet:
    return GENERATORS[name].generate(numpy.random.default_rng(5), size, 0.0, **parameters)


def radius(x: numpy.ndarray) -> numpy.ndarray:
    return numpy.sqrt(x[:, 0] ** 2 + x[:, 1] ** 2)


@pytest.mark.parametrize("name", ["circle", "xor", "gauss", "moons", "spiral"])
@pytest.mark.parametrize("size", [0, 1, 2, 7, 500])
def test_two_classes_take_turns(name, size):
    y = clean(name, size).y
    assert y.shape == (size, 1)
    assert y.sum() == size // 2


@pytest.mark.parametrize(("name", "parameters"), [("rings", {}), ("spiral", {"arms": 3}), ("spiral", {"arms": 5})])
def test_more_classes_are_one_hot_and_balanced(name, parameters):
    dataset = clean(name, 301, **parameters)
    classes = len(dataset.target_names)
    assert dataset.task == "multi-class"
    assert dataset.y.shape == (301, classes) == (301, parameters.get("arms", 3))
    assert numpy.array_equal(numpy.unique(dataset.y), [0.0, 1.0])
    assert numpy.array_equal(dataset.y.sum(axis=1), numpy.ones(301))
    assert numpy.ptp(dataset.y.sum(axis=0)) <= 1


def test_circle_has_the_middle_in_the_middle():
    dataset = clean("circle")
    inside = dataset.y[:, 0] == 1
    assert radius(dataset.x[inside]).max() <= 2.5
    assert radius(dataset.x[~inside]).min() >= 3.5
    assert radius(dataset.x).max() <= 5.5
    assert dataset.target_names == ("around", "middle")


def test_circle_spreads_points_evenly_over_the_area():
    """Half of a uniform disc's points lie within radius R/√2."""
    dataset = clean("circle", 20_000)
    share = numpy.mean(radius(dataset.x[dataset.y[:, 0] == 1]) < 2.5 / numpy.sqrt(2))
    assert abs(share - 0.5) < 4 * 0.5 / numpy.sqrt(10_000)


def test_rings_follow_each_other_outwards():
    dataset = clean("rings")
    for label, (low, high) in enumerate([(0.0, 1.5), (2.5, 3.6), (4.6, 5.6)]):
        distances = radius(dataset.x[dataset.y[:, label] == 1])
        assert low <= distances.min() < distances.max() <= high


def test_xor_is_one_where_the_signs_differ():
    dataset = clean("xor")
    assert numpy.array_equal(dataset.y[:, 0] == 1, dataset.x[:, 0] * dataset.x[:, 1] < 0)
    assert numpy.abs(dataset.x).min() >= 0.3
    quadrants = {(int(a), int(b)) for a, b in numpy.sign(dataset.x)}
    assert quadrants == {(1, 1), (1, -1), (-1, 1), (-1, -1)}


def test_gauss_has_the_means_and_spread_it_says():
    dataset = clean("gauss", 20_000)
    for label, centre in ((0, -2.5), (1, 2.5)):
        cloud = dataset.x[dataset.y[:, 0] == label]
        assert numpy.abs(cloud.mean(axis=0) - centre).max() < 4 * 0.9 / numpy.sqrt(10_000)
        assert numpy.abs(cloud.std(axis=0) - 0.9).max() < 4 * 0.9 / numpy.sqrt(20_000)


def test_moons_are_half_circles_of_one_radius_turned_by_half_a_turn():
    dataset = clean("moons")
    upper, lower = (dataset.x[dataset.y[:, 0] == label] for label in (0, 1))
    assert numpy.allclose(radius(upper - [-1.75, -0.875]), 3.5)
    assert numpy.allclose(radius(lower - [1.75, 0.875]), 3.5)
    assert upper[:, 1].min() >= -0.875
    assert lower[:, 1].max() <= 0.875
    # Interlocked: the highest point of the lower moon lies above the lowest of the upper one.
    assert lower[:, 1].max() > upper[:, 1].min()


@pytest.mark.parametrize("arms", [2, 3, 4, 5])
@pytest.mark.parametrize("turns", [0.5, 1.5, 3.0])
def test_spiral_arms_are_one_arm_turned(arms, turns):
    """Unwinding each point by the angle that its radius implies leaves arm k at k/arms of a full turn."""
    dataset = clean("spiral", 400, arms=arms, turns=turns)
    label = numpy.arange(400) % arms
    wound = 2 * numpy.pi * turns * (radius(dataset.x) - 0.4) / 5.1
    unwound = (dataset.x[:, 0] + 1j * dataset.x[:, 1]) * numpy.exp(-1j * wound)
    expected = numpy.exp(2j * numpy.pi * label / arms)
    assert numpy.abs(unwound / numpy.abs(unwound) - expected).max() < 1e-9
    assert numpy.array_equal(dataset.y[:, 0] == 1, label == 1) if arms == 2 else dataset.y[:, 1].sum() > 0
    assert dataset.task == ("binary" if arms == 2 else "multi-class")
    assert len(dataset.target_names) == arms


@pytest.mark.parametrize("cells", [2, 3, 4, 8])
def test_checkerboard_changes_colour_from_field_to_field(cells):
    dataset = clean("checkerboard", 3000, cells=cells)
    edges = numpy.linspace(-6, 6, cells + 1)
    column = numpy.searchsorted(edges, dataset.x[:, 0]) - 1
    row = numpy.searchsorted(edges, dataset.x[:, 1]) - 1
    assert set(column) == set(row) == set(range(cells))
    assert numpy.array_equal(dataset.y[:, 0], (column + row) % 2)


def test_regions_are_three_overlapping_discs():
    dataset = clean("regions", 5000)
    assert dataset.task == "multi-label"
    for label, centre in enumerate([(-1.8, -1.0), (1.8, -1.0), (0.0, 2.0)]):
        assert numpy.array_equal(dataset.y[:, label] == 1, radius(dataset.x - centre) <= 3.0)
    assert set(dataset.y.sum(axis=1)) == {0.0, 1.0, 2.0, 3.0}
    share = numpy.pi * 9 / 144
    error = numpy.sqrt(share * (1 - share) / 5000)
    assert numpy.abs(dataset.y.mean(axis=0) - share).max() < 4 * error


@pytest.mark.parametrize("name", ["circle", "xor", "gauss", "moons", "spiral", "checkerboard", "rings", "regions"])
def test_noise_displaces_by_the_standard_deviation_that_its_description_states(name):
    generator = GENERATORS[name]
    clean_x = generator.generate(numpy.random.default_rng(9), 10_000, 0.0).x
    for noise in (0.25, 1.0):
        displacement = generator.generate(numpy.random.default_rng(9), 10_000, noise).x - clean_x
        stated = noise * (1.0 if name == "spiral" else 2.0)
        assert generator.noise_meaning.endswith(f"standard deviation {1 if name == 'spiral' else 2}.")
        assert numpy.abs(displacement.std(axis=0) / stated - 1).max() < 4 / numpy.sqrt(20_000)
        assert numpy.abs(displacement.mean(axis=0)).max() < 4 * stated / numpy.sqrt(10_000)
