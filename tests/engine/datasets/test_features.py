"""Features of the plane against their formulas, in the order asked for and over any leading axes."""

import numpy
import pytest

from nnviz.engine.datasets import FEATURES, expand

FORMULAS = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "x^2": lambda x, y: x**2,
    "y^2": lambda x, y: y**2,
    "xy": lambda x, y: x * y,
    "sin x": lambda x, y: numpy.sin(x),
    "sin y": lambda x, y: numpy.sin(y),
}


def test_the_features_are_those_of_the_playground_in_its_order():
    assert list(FEATURES) == list(FORMULAS)
    assert [feature.label for feature in FEATURES.values()] == ["x", "y", "x²", "y²", "x·y", "sin x", "sin y"]


@pytest.mark.parametrize("shape", [(2,), (0, 2), (5, 2), (3, 4, 2)])
def test_expand_gives_one_column_a_name_in_order(shape):
    x = numpy.random.default_rng(0).normal(size=shape)
    names = list(FORMULAS)[::-1]
    expanded = expand(x, names)
    assert expanded.shape == (*shape[:-1], 7)
    for column, name in enumerate(names):
        assert numpy.allclose(expanded[..., column], FORMULAS[name](x[..., 0], x[..., 1]), rtol=1e-15)


def test_expand_leaves_the_points_alone():
    x = numpy.ones((3, 2))
    expand(x, ["x", "y"])[:] = 9
    assert numpy.array_equal(x, numpy.ones((3, 2)))


@pytest.mark.parametrize("names", [[], ["x", "z"], ["x", "x^3"]])
def test_expand_refuses_names_it_does_not_know(names):
    with pytest.raises(ValueError, match=r"names is .*; allowed is one or more of x, y, x\^2, y\^2, xy, sin x, sin y"):
        expand(numpy.zeros((4, 2)), names)


@pytest.mark.parametrize("shape", [(), (3,), (2, 5)])
def test_expand_refuses_points_that_are_not_of_the_plane(shape):
    with pytest.raises(ValueError, match=r"x has shape .*; allowed is \(\.\.\., 2\)"):
        expand(numpy.zeros(shape), ["x"])
