"""Is the gradient right? Central differences of the value, all parameters at once as one population."""

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_array
from nnviz.engine.objective import Objective

Floats = NDArray[numpy.float64]


def numerical_gradient(objective: Objective, theta: ArrayLike, epsilon: float = 1e-5) -> Floats:
    """(J(theta + eps e_i) - J(theta - eps e_i)) / 2 eps for every i; theta (P,), error of order eps²."""
    theta = checked_array("theta", theta, ("P",))
    steps = epsilon * numpy.eye(len(theta))
    values = objective.value(numpy.stack([theta + steps, theta - steps]))
    difference: Floats = (values[0] - values[1]) / (2.0 * epsilon)
    return difference


def gradient_error(objective: Objective, theta: ArrayLike, epsilon: float = 1e-5) -> float:
    """‖exact - numerical‖ / (‖exact‖ + ‖numerical‖): below 1e-6 the gradient is right; 0 where both vanish."""
    exact = objective.value_and_gradient(theta)[1]
    numerical = numerical_gradient(objective, theta, epsilon)
    size = numpy.linalg.norm(exact) + numpy.linalg.norm(numerical)
    return float(numpy.linalg.norm(exact - numerical) / size) if size > 0.0 else 0.0
