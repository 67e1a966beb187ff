"""The curves of a thumbnail are the functions, as shares of the picture."""

import numpy

from nnviz.experiment.activations.specification import Activations
from nnviz.experiment.activations.thumbnail_curves import HIGH, LOW, thumbnail_curves


def test_each_function_of_one_number_has_a_curve_on_the_picture() -> None:
    sigmoid, relu = thumbnail_curves(Activations(shown=("sigmoid", "relu", "softmax"), reach=4.0))
    place = -LOW / (HIGH - LOW)
    assert numpy.allclose(numpy.interp(0.5, *sigmoid.T), place + 0.5 / (HIGH - LOW))
    assert numpy.allclose(numpy.interp(0.25, *relu.T), place)
    assert (sigmoid[0, 0], sigmoid[-1, 0]) == (0.0, 1.0)
