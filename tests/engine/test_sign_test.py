"""The sign test against the gradients themselves, and what the lecture says of sigmoid, ReLU and tanh."""

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective
from nnviz.engine.sign_test import one_sign_share


def test_a_zero_contradicts_no_sign_and_nan_has_none():
    a = numpy.array([[1.0, 2.0], [0.0, -1.0], [0.0, 0.0], [1.0, -1.0], [numpy.nan, 1.0]])
    assert one_sign_share(a) == pytest.approx(3 / 5)


def test_members_of_a_population_do_not_mix():
    a = numpy.array([[[1.0, 1.0], [-1.0, -2.0]], [[1.0, -1.0], [2.0, 2.0]]])
    assert one_sign_share(a).tolist() == [1.0, 0.5]


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
def test_it_is_the_share_of_examples_whose_weight_gradients_all_have_one_sign(activation):  # row 9.5
    network = Network((2, 6, 4, 1), (activation, "tanh", "sigmoid"))
    generator = numpy.random.default_rng(3)
    theta = network.initialize("glorot_normal", rng=generator)
    x, y = generator.normal(size=(80, 2)), generator.integers(0, 2, size=(80, 1)).astype(float)
    alike = []
    for example in range(len(x)):
        one = slice(example, example + 1)
        objective = NetworkObjective(network, "binary_cross_entropy", x[one], y[one])
        gradient = network.layout.weights(objective.value_and_gradient(theta)[1], 2)
        alike.append(all((column >= 0).all() or (column <= 0).all() for column in gradient.T))
    share = float(one_sign_share(network.forward(theta, x).a(1)))
    assert share == pytest.approx(numpy.mean(alike))
    assert share < 0.5 if activation == "tanh" else share == 1.0
