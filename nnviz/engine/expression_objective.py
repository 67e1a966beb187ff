"""Expressions as objectives: P = 1 coordinate (x) or 2 (x, y), with exact gradient and Hessian."""

from collections.abc import Mapping
from itertools import combinations_with_replacement
from typing import Protocol

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_array
from nnviz.engine.chunks import in_chunks
from nnviz.engine.expression import VARIABLES, Evaluator, Expression
from nnviz.engine.objective import Objective

Floats = NDArray[numpy.float64]


class SurfaceObjective(Objective, Protocol):
    """An objective that can be drawn: few coordinates, with names, and a Hessian."""

    @property
    def dimension(self) -> int:
        """P, 1 or 2."""
        ...

    @property
    def coordinate_names(self) -> tuple[str, ...]:
        """What the coordinates are called, such as ("x", "y") or ("w", "b")."""
        ...

    @property
    def is_quadratic(self) -> bool:
        """Whether the Hessian is the same everywhere: then what it says of learning rates holds everywhere."""
        ...

    def hessian(self, theta: ArrayLike) -> Floats:
        """(..., P) → (..., P, P), symmetric."""
        ...


class ExpressionObjective:
    """J(theta) = a typed expression in x, or in x and y; theta (..., P).

    expression: its text. parameters: names in it that stand for numbers. dimension: 1 or 2; left out, 2 when y occurs.
    Where J is undefined (nan), so are gradient and Hessian. ExpressionError for a text that cannot be read.

    Immutable, so that threads may share it. gradient_expressions: (f_x,) or (f_x, f_y). hessian_expressions: (f_xx,) or
    (f_xx, f_xy, f_yy). is_quadratic: all second derivatives are numbers, and there is no kink.
    """

    def __init__(
        self, expression: str, parameters: Mapping[str, float] | None = None, dimension: int | None = None
    ) -> None:
        if dimension not in (None, 1, 2):
            raise ValueError(f"dimension is {dimension!r}; allowed are 1 and 2")
        if dimension is None:
            dimension = 2 if "y" in Expression(expression, VARIABLES, parameters).used else 1
        self.dimension = dimension
        self.coordinate_names = VARIABLES[:dimension]
        self.expression = Expression(expression, self.coordinate_names, parameters)
        names = self.coordinate_names
        self.gradient_expressions = tuple(self.expression.derivative(name) for name in names)
        self._pairs = tuple(combinations_with_replacement(range(dimension), 2))
        self.hessian_expressions = tuple(self.gradient_expressions[i].derivative(names[j]) for i, j in self._pairs)
        self.is_quadratic = not (self.expression.has_kinks or any(each.used for each in self.hessian_expressions))
        self._value = Evaluator((self.expression,))
        self._both = Evaluator((self.expression, *self.gradient_expressions))
        self._second = Evaluator((self.expression, *self.hessian_expressions))

    def value(self, theta: ArrayLike) -> Floats:
        """J, (..., P) → (...)."""
        theta = self._checked(theta)
        value = numpy.empty(theta.shape[:-1])
        in_chunks(self._write_value, 8 * self._value.registers, theta, value)
        return value

    def value_and_gradient(self, theta: ArrayLike) -> tuple[Floats, Floats]:
        """J and dJ/dtheta, (..., P) → (...), (..., P)."""
        theta = self._checked(theta)
        value, gradient = numpy.empty(theta.shape[:-1]), numpy.empty(theta.shape)
        in_chunks(self._write_both, 8 * self._both.registers, theta, value, gradient)
        return value, gradient

    def hessian(self, theta: ArrayLike) -> Floats:
        """d²J/dtheta², (..., P) → (..., P, P)."""
        theta = self._checked(theta)
        hessian = numpy.empty((*theta.shape, self.dimension))
        in_chunks(self._write_hessian, 8 * self._second.registers, theta, hessian)
        return hessian

    def _checked(self, theta: ArrayLike) -> Floats:
        return checked_array("theta", theta, ("...", self.dimension))

    def _coordinates(self, theta: Floats) -> list[Floats]:
        # One coordinate after the other in memory: arithmetic on every second number takes twice the time.
        return list(numpy.ascontiguousarray(numpy.moveaxis(theta, -1, 0)))

    def _write_value(self, theta: Floats, value: Floats) -> None:
        value[...] = self._value.run(self._coordinates(theta))[0]

    def _write_both(self, theta: Floats, value: Floats, gradient: Floats) -> None:
        value[...], *slopes = self._both.run(self._coordinates(theta))
        for i, slope in enumerate(slopes):
            gradient[..., i] = slope
        if (undefined := numpy.isnan(value)).any():
            gradient[undefined] = numpy.nan

    def _write_hessian(self, theta: Floats, hessian: Floats) -> None:
        value, *curvatures = self._second.run(self._coordinates(theta))
        for (i, j), curvature in zip(self._pairs, curvatures, strict=True):
            hessian[..., i, j] = hessian[..., j, i] = curvature
        if (undefined := numpy.isnan(value)).any():
            hessian[undefined] = numpy.nan
