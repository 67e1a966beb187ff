"""Points of the plane with classes: shapes that tell a network's abilities apart.

Every function takes a random generator, a number of examples n and a noise level, and gives a DataSet whose inputs lie
in about [-6, 6]². Classes come from the undisturbed positions, in turn (0, 1, …, 0, 1, …), so that they are balanced.
The displacement is drawn last and also at noise 0: the same generator state gives the same points at any noise, moved
more or less far.
"""

from collections.abc import Sequence

import numpy

from nnviz.engine.datasets.record import DataSet, Floats, Task

HALF_WIDTH = 6.0
"""The inputs' range is about [-HALF_WIDTH, HALF_WIDTH] in both directions."""

SPREAD = 2.0
"""Standard deviation of the displacement along each axis at noise 1, for all shapes but the spiral."""
SPIRAL_SPREAD = 1.0
"""The same for the spiral, whose arms lie closer together."""

CIRCLE_BANDS = ((3.5, 5.5), (0.0, 2.5))
"""Inner and outer radius of class 0 (around) and class 1 (in the middle)."""
RING_BANDS = ((0.0, 1.5), (2.5, 3.6), (4.6, 5.6))
"""Inner and outer radius of the three classes."""
XOR_GAP = 0.3
"""Distance that every point of xor keeps from both axes."""
GAUSS_CENTRE, GAUSS_SPREAD = 2.5, 0.9
"""gauss: the clouds are centred on ±(centre, centre); their own standard deviation."""
MOON_RADIUS = 3.5
SPIRAL_RADII = (0.4, 5.5)
"""Distance from the origin at which an arm of the spiral begins and ends."""
REGION_CENTRES = ((-1.8, -1.0), (1.8, -1.0), (0.0, 2.0))
REGION_RADIUS = 3.0


def circle(rng: numpy.random.Generator, n: int, noise: float) -> DataSet:
    """A disc inside a ring: no straight line parts them. x (n, 2), y (n, 1)."""
    label = numpy.arange(n) % 2
    x = _move(rng, _bands(rng, label, CIRCLE_BANDS), noise, SPREAD)
    note = "Class 1 fills the disc of radius 2.5 around the origin, class 0 the ring from 3.5 to 5.5."
    return _classes("circle", x, label, ("around", "middle"), note)


def rings(rng: numpy.random.Generator, n: int, noise: float) -> DataSet:
    """A disc and two rings around it, three classes. x (n, 2), y (n, 3)."""
    label = numpy.arange(n) % 3
    x = _move(rng, _bands(rng, label, RING_BANDS), noise, SPREAD)
    note = "Three classes by the distance from the origin: up to 1.5, 2.5 to 3.6, and 4.6 to 5.6."
    return _classes("rings", x, label, ("core", "inner ring", "outer ring"), note)


def xor(rng: numpy.random.Generator, n: int, noise: float) -> DataSet:
    """Four quadrants: class 1 where exactly one coordinate is positive. x (n, 2), y (n, 1)."""
    label = numpy.arange(n) % 2
    distance = rng.uniform(XOR_GAP, 5.5, (n, 2))
    side = 2.0 * rng.integers(0, 2, n) - 1.0
    x = distance * numpy.stack([side, numpy.where(label == 1, -side, side)], axis=-1)
    note = "Class 1 where exactly one of x and y is positive, class 0 where both or none are."
    return _classes("xor", _move(rng, x, noise, SPREAD), label, ("same sign", "opposite signs"), note)


def gauss(rng: numpy.random.Generator, n: int, noise: float) -> DataSet:
    """Two round clouds, which one straight line parts nearly perfectly. x (n, 2), y (n, 1)."""
    label = numpy.arange(n) % 2
    x = GAUSS_CENTRE * (2.0 * label - 1.0)[:, None] + GAUSS_SPREAD * rng.standard_normal((n, 2))
    note = "Two normal clouds of standard deviation 0.9, class 0 around (-2.5, -2.5) and class 1 around (2.5, 2.5)."
    return _classes("gauss", _move(rng, x, noise, SPREAD), label, ("lower left", "upper right"), note)


def moons(rng: numpy.random.Generator, n: int, noise: float) -> DataSet:
    """Two half circles that reach into each other. x (n, 2), y (n, 1)."""
    label = numpy.arange(n) % 2
    angle = rng.uniform(0.0, numpy.pi, n)
    upper = numpy.stack([numpy.cos(angle) - 0.5, numpy.sin(angle) - 0.25], axis=-1)
    x = MOON_RADIUS * numpy.where((label == 0)[:, None], upper, -upper)
    note = "Two half circles of radius 3.5, each with one end inside the other; class 0 opens downwards."
    return _classes("moons", _move(rng, x, noise, SPREAD), label, ("upper", "lower"), note)


def spiral(rng: numpy.random.Generator, n: int, noise: float, arms: int = 2, turns: float = 1.5) -> DataSet:
    """Arms wound around the origin, one class each. x (n, 2); y (n, 1) with 2 arms, else (n, arms)."""
    label = numpy.arange(n) % arms
    along = rng.uniform(0.0, 1.0, n)
    start, end = SPIRAL_RADII
    radius = start + (end - start) * along
    x = _polar(radius, 2.0 * numpy.pi * (turns * along + label / arms))
    note = f"{arms} arms around the origin, each winding {turns:g} times while its radius grows from 0.4 to 5.5."
    names = tuple(f"arm {arm + 1}" for arm in range(arms))
    return _classes("spiral", _move(rng, x, noise, SPIRAL_SPREAD), label, names, note)


def checkerboard(rng: numpy.random.Generator, n: int, noise: float, cells: int = 4) -> DataSet:
    """A board of cells × cells fields in two colours. x (n, 2), y (n, 1); balanced on average."""
    x = rng.uniform(-HALF_WIDTH, HALF_WIDTH, (n, 2))
    column, row = numpy.floor((x + HALF_WIDTH) * (cells / (2.0 * HALF_WIDTH))).T
    label = ((column + row) % 2).astype(int)
    note = f"A board of {cells} by {cells} fields over the square from -6 to 6; the lower left field is class 0."
    return _classes("checkerboard", _move(rng, x, noise, SPREAD), label, ("dark", "light"), note)


def regions(rng: numpy.random.Generator, n: int, noise: float) -> DataSet:
    """Three overlapping discs: a point may be in none, one, two or all of them. x (n, 2), y (n, 3)."""
    x = rng.uniform(-HALF_WIDTH, HALF_WIDTH, (n, 2))
    offset = x[:, None, :] - numpy.array(REGION_CENTRES)
    y = (numpy.hypot(offset[..., 0], offset[..., 1]) <= REGION_RADIUS).astype(numpy.float64)
    note = "Each label is one disc of radius 3; the discs overlap, so a point can carry up to three labels or none."
    x = _move(rng, x, noise, SPREAD)
    return DataSet("regions", "multi-label", x, y, ("x", "y"), ("left", "right", "top"), note)


def _move(rng: numpy.random.Generator, x: Floats, noise: float, spread: float) -> Floats:
    """x (n, 2) with every coordinate displaced by a normal amount of standard deviation noise · spread."""
    return x + noise * spread * rng.standard_normal(x.shape)


def _bands(rng: numpy.random.Generator, label: numpy.ndarray, bands: Sequence[tuple[float, float]]) -> Floats:
    """Points (n, 2) spread evenly over the area of the ring that bands gives for each label (n,)."""
    inner, outer = numpy.array(bands)[label].T
    # Area grows with the square of the radius, so the square is what is drawn uniformly.
    radius = numpy.sqrt(rng.uniform(inner**2, outer**2))
    return _polar(radius, rng.uniform(0.0, 2.0 * numpy.pi, len(label)))


def _polar(radius: Floats, angle: Floats) -> Floats:
    """Cartesian points (n, 2) from radius (n,) and angle (n,) in radians."""
    return numpy.stack([radius * numpy.cos(angle), radius * numpy.sin(angle)], axis=-1)


def _classes(name: str, x: Floats, label: numpy.ndarray, names: Sequence[str], note: str) -> DataSet:
    """The data set of points x (n, 2) with class indices label (n,): one 0/1 column for two classes, else one-hot."""
    if len(names) == 2:
        task: Task = "binary"
        y = label[:, None].astype(numpy.float64)
    else:
        task = "multi-class"
        y = numpy.eye(len(names))[label]
    return DataSet(name, task, x, y, ("x", "y"), tuple(names), note)
