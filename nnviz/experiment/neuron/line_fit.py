"""The line ŷ = w x + b through points: its cost J = ½ mean (ŷ − y)², the best one in closed form, and J over (w, b)."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.datasets.houses import HOUSE_BASE_PRICE, houses
from nnviz.engine.datasets.record import DataSet
from nnviz.experiment.neuron.specification import LineSpec

Floats = NDArray[numpy.float64]
HOUSES, HOUSE_NOISE, HOUSE_SEED = 60, 0.1, 42
THOUSAND = 1000.0
SIDE = 81
"""Samples of the cost along each side of the (w, b) plane."""


@dataclass(frozen=True, eq=False)
class LineData:
    """x, y (N,). x_name, y_name: with their units."""

    x: Floats
    y: Floats
    x_name: str
    y_name: str


@dataclass(frozen=True)
class Line:
    """A line and its cost on the data, 0 where there are none."""

    w: float
    b: float
    cost: float


@dataclass(frozen=True, eq=False)
class Landscape:
    """J (m, n) over w (n,) and b (m,)."""

    w: Floats
    b: Floats
    cost: Floats


@dataclass(frozen=True)
class HouseFit:
    """What least squares makes of all five features: weights by name in dollars, base price, and the mean squared
    error in dollars², with a bias and without one."""

    names: Sequence[str]
    weights: tuple[float, ...]
    base_price: float
    error: float
    error_without: float
    truth: float


def data_of(spec: LineSpec) -> LineData:
    """The points in force."""
    if spec.source == "houses":
        data = _houses()
        return LineData(data.x[:, 0], data.y[:, 0] / THOUSAND, "area in m²", "price in 1000 $")
    x = numpy.array([point.x[0] for point in spec.points])
    return LineData(x, numpy.array([point.y for point in spec.points]), "x", "y")


def cost(data: LineData, w: float, b: float) -> float:
    """½ mean (w x + b − y)²; 0 without data."""
    return float(landscape_of(data, numpy.array([w]), numpy.array([b])).cost[0, 0])


def derivatives(data: LineData, w: float, b: float) -> tuple[float, float]:
    """∂J/∂w and ∂J/∂b: the means of (ŷ − y) x and of ŷ − y, because the derivative of ½ (ŷ − y)² is ŷ − y."""
    if len(data.x) == 0:
        return 0.0, 0.0
    error = w * data.x + b - data.y
    return float(numpy.mean(error * data.x, axis=-1)), float(numpy.mean(error, axis=-1))


def best_line(data: LineData, *, bias: bool) -> Line:
    """The line of least cost; without a bias it goes through the origin. Of many equally good ones the flattest."""
    if len(data.x) == 0:
        return Line(0.0, 0.0, 0.0)
    theta = least_squares(data.x[:, None], data.y, bias=bias)
    w, b = float(theta[0]), float(theta[1]) if bias else 0.0
    return Line(w, b, cost(data, w, b))


def least_squares(x: Floats, y: Floats, *, bias: bool) -> Floats:
    """Weights (F,) for x (N, F) and y (N,), followed by the bias where there is one: (F + 1,).

    Centred data give the weights, and the bias is what is then missing: b = mean y − w · mean x.
    """
    if not bias:
        return numpy.asarray(numpy.linalg.lstsq(x, y, rcond=None)[0], dtype=numpy.float64)
    middle_x, middle_y = numpy.mean(x, axis=-2), numpy.mean(y, axis=-1)
    w = numpy.linalg.lstsq(x - middle_x, y - middle_y, rcond=None)[0]
    return numpy.append(w, middle_y - middle_x @ w)


def landscape_of(data: LineData, w: Floats, b: Floats) -> Landscape:
    """J for every w (n,) and b (m,)."""
    if len(data.x) == 0:
        return Landscape(w, b, numpy.zeros((len(b), len(w))))
    # Around the middle of the data the mean square of the errors is that of their spread plus the square of their mean.
    middle_x, middle_y = numpy.mean(data.x, axis=-1), numpy.mean(data.y, axis=-1)
    with numpy.errstate(over="ignore"):
        spread = w[:, None] * (data.x - middle_x) - (data.y - middle_y)
        mean = w[None, :] * middle_x + b[:, None] - middle_y
        return Landscape(w, b, 0.5 * (numpy.mean(spread * spread, axis=-1) + mean * mean))


def landscape(data: LineData, spec: LineSpec) -> Landscape:
    """J around both best lines and the present one."""
    free, locked = best_line(data, bias=True), best_line(data, bias=False)
    w_low, w_high = _around([free.w, locked.w], 1.0)
    b_low, b_high = _around([free.b, locked.b], 1.0)
    w_low, w_high = _holding(w_low, w_high, spec.w)
    b_low, b_high = _holding(b_low, b_high, spec.intercept)
    return landscape_of(data, numpy.linspace(w_low, w_high, SIDE), numpy.linspace(b_low, b_high, SIDE))


def house_fit() -> HouseFit:
    """Least squares over all features of the houses."""
    data = _houses()
    y = data.y[:, 0]
    with_bias = least_squares(data.x, y, bias=True)
    without = least_squares(data.x, y, bias=False)
    return HouseFit(
        data.feature_names,
        tuple(with_bias[:-1].tolist()),
        float(with_bias[-1]),
        float(numpy.mean((data.x @ with_bias[:-1] + with_bias[-1] - y) ** 2, axis=-1)),
        float(numpy.mean((data.x @ without - y) ** 2, axis=-1)),
        float(HOUSE_BASE_PRICE),
    )


@functools.cache
def _houses() -> DataSet:
    return houses(numpy.random.default_rng(HOUSE_SEED), HOUSES, HOUSE_NOISE)


def _around(places: list[float], room: float) -> tuple[float, float]:
    """From below the least to above the largest, with as much room again on both sides."""
    low, high = min(places), max(places)
    width = room * max(high - low, 0.25 * max(abs(low), abs(high)), 1e-3)
    return low - width, high + width


def _holding(low: float, high: float, place: float) -> tuple[float, float]:
    """The stretch, longer where a place is outside."""
    air = 0.05 * (high - low)
    return min(low, place - air), max(high, place + air)


def heights(data: LineData, w: float, b: float) -> Floats:
    """ŷ at every x, (N,)."""
    fitted: Floats = w * data.x + b
    return fitted


def frame_of(data: LineData) -> tuple[float, float, float, float]:
    """left, right, bottom, top of a picture that holds the data, x = 0 and the origin."""
    ends = []
    for values in (data.x, data.y):
        low = min(0.0, float(numpy.min(values, axis=-1, initial=0.0)))
        high = max(0.0, float(numpy.max(values, axis=-1, initial=0.0)))
        span = (high - low) or 1.0
        ends += [low - 0.08 * span, high + 0.12 * span]
    return ends[0], ends[1], ends[2], ends[3]


def knob_of(data: LineData, w: float, b: float) -> tuple[float, float]:
    """The place of the line by which it is turned: far from x = 0, and inside the picture where the line is."""
    left, right, bottom, top = frame_of(data)
    x = 0.9 * (right if right >= -left else left)
    y = w * x + b
    edge = 0.94 * top if y > top else 0.94 * bottom if y < bottom else y
    # Where even the line's height at 0 is out of sight, so is the knob.
    if edge != y and bottom < b < top and (edge - b) * (y - b) > 0.0:
        x = x * (edge - b) / (y - b)
    return x, w * x + b


def turned(data: LineData, spec: LineSpec, place: tuple[float, float]) -> float:
    """The weight with which the line goes through a place while its bias stays; the present one too near to x = 0."""
    left, right, _, _ = frame_of(data)
    if abs(place[0]) < 0.02 * (right - left):
        return spec.w
    return float(f"{(place[1] - spec.intercept) / place[0]:.4g}")
