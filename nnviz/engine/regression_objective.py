"""The (w, b) plane of linear regression: the cost of a line ŷ = w x + b on given points, over its two parameters."""

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_array
from nnviz.engine.network import Network
from nnviz.engine.objective import NetworkObjective

Floats = NDArray[numpy.float64]

_LINE = Network((1, 1), ("linear",))


class RegressionObjective:
    """J(w, b) = mean over the N points of ½ (w x + b - y)²; theta (..., 2) holds (w, b).

    It is the cost of a network of one linear neuron, computed by it. x, y: (N,), N ≥ 1, finite. A quadratic: one
    minimum, unless all x are equal, when a whole line of (w, b) is as good.
    """

    dimension = 2
    coordinate_names = ("w", "b")
    is_quadratic = True

    def __init__(self, x: ArrayLike, y: ArrayLike) -> None:
        self.x = checked_array("x", x, ("N",), finite=True).copy()
        self.y = checked_array("y", y, (len(self.x),), finite=True).copy()
        self.network_objective = NetworkObjective(_LINE, "squared_error", self.x[:, None], self.y[:, None])
        mean_x = float(numpy.mean(self.x, axis=-1))
        mean_square = float(numpy.mean(self.x * self.x, axis=-1))
        self._hessian = numpy.array([[mean_square, mean_x], [mean_x, 1.0]])

    def value(self, theta: ArrayLike) -> Floats:
        """J, (..., 2) → (...)."""
        return self.network_objective.value(theta)

    def value_and_gradient(self, theta: ArrayLike) -> tuple[Floats, Floats]:
        """J and its derivatives by w and b, (..., 2) → (...), (..., 2)."""
        return self.network_objective.value_and_gradient(theta)

    def example_gradients(self, theta: ArrayLike) -> Floats:
        """The gradient of each point's own ½ (w x + b - y)²: (residual · x, residual), (..., 2) → (..., N, 2).

        Their mean over the points is the gradient of J.
        """
        theta = checked_array("theta", theta, ("...", 2))
        residual = theta[..., :1] * self.x + theta[..., 1:] - self.y
        return numpy.stack([residual * self.x, residual], axis=-1)

    def hessian(self, theta: ArrayLike) -> Floats:
        """[[mean x², mean x], [mean x, 1]], the same everywhere, (..., 2) → (..., 2, 2)."""
        shape = checked_array("theta", theta, ("...", 2)).shape
        return numpy.broadcast_to(self._hessian, (*shape, 2)).copy()

    def minimum(self) -> Floats:
        """The least-squares line (w, b), (2,): w = cov(x, y) / var(x), b = mean y - w · mean x.

        Where all x are equal w is 0: the line of smallest slope among those that fit best.
        """
        mean_x, mean_y = numpy.mean(self.x, axis=-1), numpy.mean(self.y, axis=-1)
        deviation = self.x - mean_x
        variance = deviation @ deviation
        # Equal numbers may have a mean that is off by a rounding.
        spread = numpy.ptp(self.x, axis=-1)
        w = deviation @ (self.y - mean_y) / variance if spread > 0.0 else 0.0
        return numpy.array([w, mean_y - w * mean_x])
