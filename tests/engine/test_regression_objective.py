"""The (w, b) plane: the lecture's cost, its minimum against NumPy's least squares, its Hessian against differences."""

import numpy
import pytest

from nnviz.engine import gradient_error
from nnviz.engine.regression_objective import RegressionObjective

X, Y = numpy.array([-1.0, 0.5, 2.0, 2.5]), numpy.array([0.3, -1.0, 4.0, 2.2])


def test_the_cost_is_half_the_mean_of_squared_residuals():
    objective = RegressionObjective(X, Y)
    for w, b in ((0.0, 0.0), (1.5, -0.25)):
        assert float(objective.value([w, b])) == pytest.approx(0.5 * numpy.mean((w * X + b - Y) ** 2), rel=1e-14)
        assert gradient_error(objective, [w, b]) < 1e-8


def test_the_minimum_is_the_least_squares_line():
    objective = RegressionObjective(X, Y)
    w, b = numpy.linalg.lstsq(numpy.stack([X, numpy.ones(4)], axis=1), Y, rcond=None)[0]
    assert objective.minimum() == pytest.approx([w, b], rel=1e-12)
    assert objective.value_and_gradient(objective.minimum())[1] == pytest.approx([0.0, 0.0], abs=1e-14)


def test_the_hessian_is_that_of_the_gradient_and_the_same_everywhere():
    objective = RegressionObjective(X, Y)
    gradient = objective.value_and_gradient([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])[1]
    assert objective.hessian([0.0, 0.0]) == pytest.approx(gradient[:2] - gradient[2], rel=1e-14)
    assert objective.hessian(numpy.ones((3, 5, 2))).shape == (3, 5, 2, 2)


def test_equal_x_leave_the_slope_open_and_one_point_is_enough():
    assert RegressionObjective([0.1, 0.1, 0.1], [1.0, 2.0, 3.0]).minimum() == pytest.approx([0.0, 2.0])
    assert RegressionObjective([2.0], [5.0]).minimum().tolist() == [0.0, 5.0]


def test_the_callers_points_are_copied():
    x = X.copy()
    objective = RegressionObjective(x, Y)
    x[:] = 0.0
    assert objective.value([1.0, 0.0]) == RegressionObjective(X, Y).value([1.0, 0.0])


def test_wrong_points_are_refused():
    with pytest.raises(ValueError, match="y has shape"):
        RegressionObjective([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="no examples"):
        RegressionObjective([], [])
    with pytest.raises(ValueError, match="x holds nan"):
        RegressionObjective([numpy.nan], [1.0])


def test_the_gradients_of_the_points_are_differences_of_their_own_losses_and_their_mean_is_the_gradient():  # row 4.2
    objective, h = RegressionObjective(X, Y), 1e-4
    theta = numpy.array([0.7, -1.3])
    own = objective.example_gradients(theta)
    assert own.shape == (4, 2)
    assert numpy.abs(own.mean(axis=0) - objective.value_and_gradient(theta)[1]).max() <= 1e-12
    for (x, y), gradient in zip(zip(X, Y, strict=True), own, strict=True):
        loss = [[0.5 * ((t[0] * x + t[1]) - y) ** 2 for t in (theta + h * e, theta - h * e)] for e in numpy.eye(2)]
        assert gradient == pytest.approx([(up - down) / (2.0 * h) for up, down in loss], rel=1e-9, abs=1e-9)
    assert objective.example_gradients(numpy.stack([theta, 2.0 * theta]))[0].tolist() == own.tolist()
