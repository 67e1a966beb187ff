"""Functions of one or two inputs in about [-6, 6], with a normal error on the target.

Noise 1 means an error whose standard deviation is half the span of the undisturbed target, which buries most of it.
The error is drawn last and also at noise 0: the same generator state gives the same inputs at any noise.
"""

import numpy

from nnviz.engine.datasets.record import DataSet, Floats

HALF_RANGE = 6.0
"""Inputs are uniform in [-HALF_RANGE, HALF_RANGE]."""
HILL_WIDTH = 1.5
"""multi_gauss: standard deviation of each hill."""
HILLS = ((-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0), (-4.0, -2.5, -1.0), (0.0, -2.5, 1.0), (4.0, -2.5, -1.0))
"""multi_gauss: centre x, centre y and height of each hill (1) or valley (-1)."""
WAVE_HALF_SPAN = 3.3
"""x·sin x: half the distance from its lowest value in [-6, 6], -4.81, to its highest, 1.82."""


def plane(rng: numpy.random.Generator, n: int, noise: float) -> DataSet:
    """z = (x + y) / 12, from -1 to 1: one linear neuron suffices. x (n, 2), y (n, 1)."""
    x = _inputs(rng, n, 2)
    z = (x[:, 0] + x[:, 1]) / (2.0 * HALF_RANGE)
    return _plane_data("plane", x, z + _error(rng, n, noise), "The target is (x + y) / 12: a plane through the origin.")


def multi_gauss(rng: numpy.random.Generator, n: int, noise: float) -> DataSet:
    """Three hills and three valleys, from about -1 to 1. x (n, 2), y (n, 1)."""
    x = _inputs(rng, n, 2)
    hills = numpy.array(HILLS)
    offset = x[:, None, :] - hills[:, :2]
    z = numpy.exp(-(offset[..., 0] ** 2 + offset[..., 1] ** 2) / (2.0 * HILL_WIDTH**2)) @ hills[:, 2]
    note = "The target is the sum of six Gaussian bells of width 1.5, heights 1 and -1 in turn."
    return _plane_data("multi_gauss", x, z + _error(rng, n, noise), note)


def sine(rng: numpy.random.Generator, n: int, noise: float, frequency: float = 1.0) -> DataSet:
    """y = sin(frequency · x). x (n, 1), y (n, 1)."""
    x = _inputs(rng, n, 1)
    y = numpy.sin(frequency * x[:, 0])
    return _line_data("sine", x, y + _error(rng, n, noise), f"The target is sin({frequency:g}·x).")


def x_sin_x(rng: numpy.random.Generator, n: int, noise: float) -> DataSet:
    """y = x · sin x, from about -4.8 to 1.8. x (n, 1), y (n, 1)."""
    x = _inputs(rng, n, 1)
    y = x[:, 0] * numpy.sin(x[:, 0])
    return _line_data("x_sin_x", x, y + WAVE_HALF_SPAN * _error(rng, n, noise), "The target is x·sin x.")


def step(rng: numpy.random.Generator, n: int, noise: float) -> DataSet:
    """y = -1 below 0 and 1 from 0 on: a jump that no smooth network can match exactly. x (n, 1), y (n, 1)."""
    x = _inputs(rng, n, 1)
    y = numpy.where(x[:, 0] < 0.0, -1.0, 1.0)
    return _line_data("step", x, y + _error(rng, n, noise), "The target is -1 for x below 0 and 1 from 0 on.")


def _inputs(rng: numpy.random.Generator, n: int, dimensions: int) -> Floats:
    return rng.uniform(-HALF_RANGE, HALF_RANGE, (n, dimensions))


def _error(rng: numpy.random.Generator, n: int, noise: float) -> Floats:
    return noise * rng.standard_normal(n)


def _line_data(name: str, x: Floats, y: Floats, note: str) -> DataSet:
    return DataSet(name, "regression", x, y[:, None], ("x",), ("y",), note)


def _plane_data(name: str, x: Floats, z: Floats, note: str) -> DataSet:
    return DataSet(name, "regression", x, z[:, None], ("x", "y"), ("z",), note)
