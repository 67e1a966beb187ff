"""The sign test of zero-centredness: do all weight gradients of a unit push the same way?

One example's gradient for the weights of a unit is delta · a, with a the inputs that the layer receives. When these all
have one sign, so have all those gradients: the weights can only grow together or shrink together, and a direction in
between is reached in zigzags. Sigmoid and ReLU outputs are never negative; those of tanh have both signs.
"""

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]


def one_sign_share(a: Floats) -> Floats:
    """Share of examples on which all inputs a (..., N, n) of a layer have one sign, (...). A 0 contradicts neither."""
    alike = numpy.all(a >= 0.0, axis=-1) | numpy.all(a <= 0.0, axis=-1)
    share: Floats = numpy.mean(alike, axis=-1)
    return share
