"""Splitting loses and doubles nothing; standardizing is exact, reversible and safe on constant columns."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnviz.engine.datasets import Standardization, split

shares = st.floats(0, 1, exclude_min=True)


def rng() -> numpy.random.Generator:
    return numpy.random.default_rng(3)


@given(count=st.integers(0, 300), share=shares)
def test_every_example_is_in_exactly_one_part_of_about_the_size_asked_for(count, share):
    train, test = split(count, share, rng())
    assert sorted([*train, *test]) == list(range(count))
    assert list(train) == sorted(train)
    assert list(test) == sorted(test)
    assert abs(len(train) - share * count) <= 1
    assert len(train) >= min(count, 1)
    if share == 1:
        assert len(test) == 0
    elif count >= 2:
        assert len(test) >= 1


@given(count=st.integers(0, 100), share=shares, other=shares)
def test_a_larger_share_keeps_the_training_examples(count, share, other):
    small, large = (set(split(count, each, rng())[0]) for each in sorted((share, other)))
    assert small <= large


def test_the_split_is_random_and_repeatable():
    first, again, other = split(100, 0.5, rng()), split(100, 0.5, rng()), split(100, 0.5, numpy.random.default_rng(4))
    assert numpy.array_equal(first[0], again[0])
    assert numpy.array_equal(first[1], again[1])
    assert not numpy.array_equal(first[0], other[0])
    assert not numpy.array_equal(first[0], numpy.arange(50))


@pytest.mark.parametrize("share", [0, -0.1, 1.01, float("nan")])
def test_a_share_outside_its_range_is_refused(share):
    with pytest.raises(ValueError, match=f"train_share is {share}; allowed is more than 0 and at most 1"):
        split(10, share, rng())


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="count is -1; allowed is 0 or more"):
        split(-1, 0.5, rng())


def test_training_examples_get_mean_0_and_deviation_1_and_others_the_same_map():
    train = numpy.random.default_rng(0).normal([5, -3e6, 0], [2, 1e-3, 1e9], (500, 3))
    standardization = Standardization.of(train)
    standard = standardization.apply(train)
    assert numpy.allclose(standard.mean(axis=0), 0, atol=1e-5)
    assert numpy.allclose(standard.std(axis=0), 1, rtol=1e-5)
    assert numpy.allclose(standardization.mean, train.mean(axis=0))
    assert numpy.allclose(standardization.scale, train.std(axis=0), rtol=1e-5)
    other = numpy.array([[5.0, -3e6, 1e9]])
    assert numpy.allclose(standardization.apply(other), (other - train.mean(axis=0)) / train.std(axis=0), atol=1e-4)


@pytest.mark.parametrize("value", [0.0, 0.1, -7.3, 1e300, 1e-300])
def test_a_constant_column_becomes_zero(value):
    x = numpy.full((7, 2), value)
    x[:, 1] = numpy.arange(7)
    standardization = Standardization.of(x)
    assert standardization.scale[0] == 1
    assert abs(standardization.apply(x)[:, 0]).max() == 0
    assert standardization.scale[1] == pytest.approx(2.0)


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_extreme_magnitudes_neither_overflow_nor_vanish(size):
    standard = Standardization.of(size * numpy.array([[1.0], [2.0], [3.0]]))
    assert standard.mean[0] == pytest.approx(2 * size)
    assert standard.scale[0] == pytest.approx(size * numpy.sqrt(2 / 3))


@given(x=arrays(numpy.float64, (4, 3), elements=st.floats(-1e6, 1e6)))
def test_invert_undoes_apply(x):
    standardization = Standardization.of(x)
    peak = 1 + numpy.abs(x).max()
    assert numpy.allclose(standardization.invert(standardization.apply(x)), x, rtol=1e-12, atol=1e-12 * peak)


def test_without_examples_or_wish_inputs_stay_as_they_are():
    x = numpy.random.default_rng(0).normal(size=(2, 5, 3))
    for standardization in (Standardization.identity(3), Standardization.of(numpy.zeros((0, 3)))):
        assert numpy.array_equal(standardization.apply(x), x)
        assert numpy.array_equal(standardization.invert(x), x)
