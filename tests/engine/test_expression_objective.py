"""Expressions as objectives: gradients and Hessians against differences, populations, holes, what is refused."""

import numpy
import pytest

from nnviz.engine import gradient_error
from nnviz.engine.expression import ExpressionError
from nnviz.engine.expression_objective import ExpressionObjective


def numerical_hessian(objective, theta: numpy.ndarray, h: float = 1e-5) -> numpy.ndarray:
    steps = h * numpy.eye(len(theta))
    forth, back = (objective.value_and_gradient(theta + sign * steps)[1] for sign in (1.0, -1.0))
    return (forth - back) / (2.0 * h)


@pytest.mark.parametrize("text", ["x^2*y - exp(x)/y", "sin(x*y) + tanh(y)^3", "max(x, y)*y + abs(x - 2*y)", "y^x"])
def test_gradient_and_hessian_equal_differences(text):
    objective = ExpressionObjective(text)
    for theta in numpy.random.default_rng(1).uniform(0.3, 1.5, (10, 2)):
        assert gradient_error(objective, theta) < 1e-7
        assert objective.hessian(theta) == pytest.approx(numerical_hessian(objective, theta), rel=1e-5, abs=1e-6)


def test_leading_axes_are_a_population_whatever_its_size():
    objective = ExpressionObjective("x*y^2 + cos(x)")
    theta = numpy.random.default_rng(0).normal(size=(70, 900, 2))  # several pieces
    value, gradient = objective.value_and_gradient(theta)
    assert numpy.array_equal(value, objective.value(theta))
    assert objective.hessian(theta).shape == (70, 900, 2, 2)
    one = objective.value_and_gradient(theta[3, 7])
    assert one[0] == pytest.approx(value[3, 7], rel=1e-14)
    assert one[1] == pytest.approx(gradient[3, 7], rel=1e-14)
    assert objective.value(theta[3, 7]).shape == ()


def test_where_the_value_is_undefined_so_are_gradient_and_hessian_of_that_member_alone():
    objective = ExpressionObjective("x^2 + log(y)")  # the derivative by x is defined everywhere
    value, gradient = objective.value_and_gradient([[1.0, -1.0], [1.0, 2.0]])
    assert numpy.isnan(value).tolist() == [True, False]
    assert numpy.isnan(gradient).tolist() == [[True, True], [False, False]]
    assert numpy.isnan(objective.hessian([[1.0, -1.0], [1.0, 2.0]])).any((-2, -1)).tolist() == [True, False]
    assert numpy.isnan(objective.value_and_gradient([1.0, -1.0])[1]).all()


def test_the_dimension_is_that_of_the_text_unless_it_is_given():
    assert ExpressionObjective("x^2").dimension == 1
    assert ExpressionObjective("3").dimension == 1
    assert ExpressionObjective("y").coordinate_names == ("x", "y")
    flat = ExpressionObjective("x^2", dimension=2)
    assert flat.value_and_gradient([3.0, 5.0])[1].tolist() == [6.0, 0.0]
    with pytest.raises(ExpressionError, match="y is not known"):
        ExpressionObjective("y", dimension=1)
    with pytest.raises(ValueError, match="dimension is 3; allowed are 1 and 2"):
        ExpressionObjective("x", dimension=3)
    with pytest.raises(ValueError, match="theta has shape"):
        flat.value([1.0])


@pytest.mark.parametrize(
    ("text", "quadratic"),
    [
        ("x^2", True), ("(x + y)*(x - 2*y) + x", True), ("(2*x - 1)^2/4 + y", True), ("3", True),
        ("x^3", False), ("abs(x)", False), ("max(x, y)", False), ("x*y^2", False), ("min(x^2, 4)", False),
    ],
)  # fmt: skip
def test_a_quadratic_is_told_from_other_surfaces(text, quadratic):
    assert ExpressionObjective(text).is_quadratic == quadratic
