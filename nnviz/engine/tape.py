"""What one forward and backward pass computes, layer by layer, in buffers that can be used again."""

import numpy
from numpy.typing import NDArray

from nnviz.engine.layout import Layout

Floats = NDArray[numpy.float64]


class Tape:
    """Arrays for N examples and a population of shape ``population`` (empty for one network).

    Inside, examples lie along the last axis and the outputs a_l have one more row that holds ones: a layer's numbers
    are then one contiguous piece, and the next layer's bias is part of one matrix product. `z`, `a`, `slope`, `delta`
    and `y` show them as the field writes them, (..., N, n_l); ``rows`` show them as they are stored.
    A fresh tape holds no meaningful numbers until a pass fills it.
    """

    def __init__(self, layout: Layout, n: int, population: tuple[int, ...] = ()) -> None:
        self.sizes = sizes = layout.sizes
        self.n = n
        self.population = population
        # [x 1], an example a row as in the data: a mini-batch is gathered by a call that copies whole rows.
        self.extended_x = numpy.empty((n, sizes[0] + 1))
        self.extended_x[:, -1] = 1.0
        self.y = numpy.empty((n, sizes[-1]))
        hidden = [numpy.empty((*population, width + 1, n)) for width in sizes[1:-1]]
        for outputs in hidden:
            outputs[..., -1, :] = 1.0
        self._extended_rows = [self.extended_x.T, *hidden]
        self._z_rows = [numpy.empty((*population, width, n)) for width in sizes[1:]]
        self._delta_rows = [numpy.empty((*population, width, n)) for width in sizes[1:]]
        last = numpy.empty((*population, sizes[-1], n))
        self._a = [_by_example(rows[..., :-1, :]) for rows in self._extended_rows] + [_by_example(last)]
        self._z = [_by_example(rows) for rows in self._z_rows]
        self._deltas = [_by_example(rows) for rows in self._delta_rows]
        self._slopes = [_by_example(numpy.empty((*population, width, n))) for width in sizes[1:-1]]

    def fits(self, layout: Layout, n: int, population: tuple[int, ...]) -> bool:
        """Whether it is what Tape(layout, n, population) would be."""
        return (self.sizes, self.n, self.population) == (layout.sizes, n, population)

    @property
    def depth(self) -> int:
        """L."""
        return len(self._z)

    def z(self, l: int) -> Floats:
        """Pre-activations (..., N, n_l), l = 1..L."""
        return self._z[l - 1]

    def a(self, l: int) -> Floats:
        """Outputs (..., N, n_l), l = 0..L; a(0) is the input x (N, n_0)."""
        return self._a[l]

    def slope(self, l: int) -> Floats:
        """f'(z_l), (..., N, n_l), l = 1..L-1, written by the backward pass."""
        return self._slopes[l - 1]

    def delta(self, l: int) -> Floats:
        """dJ/dz_l of the mean loss, (..., N, n_l), l = 1..L, written by the backward pass."""
        return self._deltas[l - 1]

    def extended_rows(self, l: int) -> Floats:
        """a_l with a last row of ones, (..., n_l + 1, N), l = 0..L-1."""
        return self._extended_rows[l]

    def z_rows(self, l: int) -> Floats:
        """z_l as stored, (..., n_l, N)."""
        return self._z_rows[l - 1]

    def delta_rows(self, l: int) -> Floats:
        """delta_l as stored, (..., n_l, N)."""
        return self._delta_rows[l - 1]


def _by_example(rows: Floats) -> Floats:
    return numpy.swapaxes(rows, -1, -2)
