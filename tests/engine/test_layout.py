"""Where each weight and bias lies in theta, as DESIGN section 4 fixes it."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network
from nnviz.engine.layout import Layout, Parameter, checked_sizes

layouts = st.lists(st.integers(1, 6), min_size=2, max_size=5).map(lambda sizes: Layout(tuple(sizes)))


def test_weights_come_first_then_biases_layer_by_layer_in_c_order():
    layout, theta = Layout((2, 3, 1)), numpy.arange(13.0)
    assert layout.parameter_count == 13
    assert layout.weights(theta, 1).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert layout.biases(theta, 1).tolist() == [6, 7, 8]
    assert layout.weights(theta, 2).tolist() == [[9], [10], [11]]
    assert layout.biases(theta, 2).tolist() == [12]


@given(layout=layouts, population=st.lists(st.integers(0, 3), max_size=2))
def test_parts_are_views_that_together_are_theta(layout, population):
    theta = numpy.random.default_rng(0).standard_normal((*population, layout.parameter_count))
    parts = []
    for l, (n_in, n_out) in enumerate(zip(layout.sizes, layout.sizes[1:], strict=False), start=1):
        w, b = layout.weights(theta, l), layout.biases(theta, l)
        assert w.shape == (*population, n_in, n_out)
        assert b.shape == (*population, n_out)
        parts += [w.reshape(*population, n_in * n_out), b]
    assert numpy.array_equal(numpy.concatenate(parts, axis=-1), theta)
    layout.weights(theta, 1)[...] = 7.0
    layout.biases(theta, 1)[...] = 7.0
    assert (theta[..., : layout.starts[1]] == 7.0).all()


@given(layout=layouts)
def test_every_entry_of_theta_has_a_name_and_a_place(layout):
    for index in range(layout.parameter_count):
        parameter = layout.parameter(index)
        assert layout.index(parameter.layer, parameter.i, parameter.j) == index
        theta = numpy.zeros(layout.parameter_count)
        theta[index] = 1.0
        part = layout.biases if parameter.kind == "bias" else layout.weights
        found = numpy.argwhere(part(theta, parameter.layer))
        assert found.tolist() == [[parameter.j] if parameter.kind == "bias" else [parameter.i, parameter.j]]
        assert layout.weight_mask[index] == (parameter.kind == "weight")


def test_the_bias_of_a_unit_has_no_input():
    assert Layout((2, 3, 1)).parameter(7) == Parameter("bias", 1, -1, 1)


@given(layout=layouts)
def test_pieces_cover_theta(layout):
    assert layout.piece_sizes.sum() == layout.parameter_count
    assert layout.piece_starts[0] == 0
    assert len(layout.piece_starts) == 2 * layout.depth


def test_what_does_not_exist_is_refused():
    layout = Layout((2, 3, 1))
    with pytest.raises(ValueError, match="layer l is 3; this network has layers 1 to 2"):
        layout.weights(numpy.zeros(13), 3)
    with pytest.raises(ValueError, match="layer l is 0"):
        layout.biases(numpy.zeros(13), 0)
    with pytest.raises(ValueError, match="theta has 12 entries on its last axis; expected 13"):
        layout.weights(numpy.zeros(12), 1)
    with pytest.raises(ValueError, match="no parameter at layer 1, from 2 to 0; layer 1 has 2 inputs, 3 units"):
        layout.index(1, 2, 0)
    with pytest.raises(ValueError, match="index is 13; theta has entries 0 to 12"):
        layout.parameter(13)


@pytest.mark.parametrize("sizes", [(2,), (), (2, 0), (2, -1, 1), (2, 2.5), ("2", 1), (2, None)])
def test_sizes_are_whole_numbers_of_at_least_one_for_at_least_two_layers(sizes):
    with pytest.raises(ValueError, match=r"sizes is .*; expected at least two layers of at least one unit each, whole"):
        Network(sizes, ["linear"])


def test_sizes_may_be_any_iterable_of_whole_numbers():
    assert checked_sizes(iter([numpy.int64(2), 3])) == (2, 3)
    assert all(type(n) is int for n in checked_sizes([numpy.int64(2), 3]))
