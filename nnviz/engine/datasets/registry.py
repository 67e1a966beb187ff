"""The generators of synthetic data by name, in the order of the menu: classes first, then numbers to predict."""

from collections.abc import Mapping
from types import MappingProxyType

from nnviz.engine.datasets import classification, houses, regression
from nnviz.engine.datasets.generator import Generator, Parameter


def _moves(spread: float) -> str:
    return f"At 1 every point is moved along both axes by a normal amount of standard deviation {spread:g}."


def _errs(half_span: float, unit: str = "") -> str:
    return f"At 1 the target carries a normal error of standard deviation {half_span:,g}{unit}."


_MOVES = _moves(classification.SPREAD)

_ALL = (
    Generator(
        name="circle",
        label="Circle",
        task="binary",
        description="A disc inside a ring: no straight line can part them.",
        dimensions=2,
        size=500,
        noise=0.1,
        noise_meaning=_MOVES,
        draw=classification.circle,
    ),
    Generator(
        name="xor",
        label="Exclusive or",
        task="binary",
        description="Four quadrants, opposite ones of one class: the classic that a single neuron cannot solve.",
        dimensions=2,
        size=500,
        noise=0.1,
        noise_meaning=_MOVES,
        draw=classification.xor,
    ),
    Generator(
        name="gauss",
        label="Two clouds",
        task="binary",
        description="Two round clouds that one straight line parts nearly perfectly: a single neuron suffices.",
        dimensions=2,
        size=500,
        noise=0.1,
        noise_meaning=_MOVES,
        draw=classification.gauss,
    ),
    Generator(
        name="moons",
        label="Two moons",
        task="binary",
        description="Two half circles that reach into each other, parted by a line with two bends.",
        dimensions=2,
        size=500,
        noise=0.1,
        noise_meaning=_MOVES,
        draw=classification.moons,
    ),
    Generator(
        name="spiral",
        label="Spiral",
        task="binary",
        description="Arms wound around each other, one class each: hard for a small network.",
        dimensions=2,
        size=500,
        noise=0.1,
        noise_meaning=_moves(classification.SPIRAL_SPREAD),
        draw=classification.spiral,
        parameters=MappingProxyType({"arms": Parameter("Arms", 2, 2, 5), "turns": Parameter("Turns", 1.5, 0.5, 3.0)}),
    ),
    Generator(
        name="checkerboard",
        label="Checkerboard",
        task="binary",
        description="Fields of alternating class: the more fields, the more units a network needs.",
        dimensions=2,
        size=1000,
        noise=0.0,
        noise_meaning=_MOVES,
        draw=classification.checkerboard,
        parameters=MappingProxyType({"cells": Parameter("Fields a side", 4, 2, 8)}),
    ),
    Generator(
        name="rings",
        label="Three rings",
        task="multi-class",
        description="A disc and two rings around it: three classes that exclude each other.",
        dimensions=2,
        size=600,
        noise=0.1,
        noise_meaning=_MOVES,
        draw=classification.rings,
    ),
    Generator(
        name="regions",
        label="Overlapping regions",
        task="multi-label",
        description="Three overlapping discs: a point can be in several at once, each asks a question of its own.",
        dimensions=2,
        size=600,
        noise=0.0,
        noise_meaning=_MOVES,
        draw=classification.regions,
    ),
    Generator(
        name="plane",
        label="Plane",
        task="regression",
        description="A tilted plane, which one linear neuron fits.",
        dimensions=2,
        size=500,
        noise=0.1,
        noise_meaning=_errs(1.0),
        draw=regression.plane,
    ),
    Generator(
        name="multi_gauss",
        label="Hills and valleys",
        task="regression",
        description="Three hills and three valleys, which need a hidden layer.",
        dimensions=2,
        size=1000,
        noise=0.0,
        noise_meaning=_errs(1.0),
        draw=regression.multi_gauss,
    ),
    Generator(
        name="sine",
        label="Sine",
        task="regression",
        description="A wave of one input: see how few units make how many bends.",
        dimensions=1,
        size=200,
        noise=0.1,
        noise_meaning=_errs(1.0),
        draw=regression.sine,
        parameters=MappingProxyType({"frequency": Parameter("Frequency", 1.0, 0.25, 4.0)}),
    ),
    Generator(
        name="x_sin_x",
        label="x · sin x",
        task="regression",
        description="A wave of one input that grows towards both ends.",
        dimensions=1,
        size=200,
        noise=0.05,
        noise_meaning=_errs(regression.WAVE_HALF_SPAN),
        draw=regression.x_sin_x,
    ),
    Generator(
        name="step",
        label="Step",
        task="regression",
        description="A jump at 0, which a smooth network can only approach.",
        dimensions=1,
        size=200,
        noise=0.05,
        noise_meaning=_errs(1.0),
        draw=regression.step,
    ),
    Generator(
        name="houses",
        label="House prices",
        task="regression",
        description="Invented houses with five features, whose prices follow a linear rule that is told.",
        dimensions=len(houses.HOUSE_WEIGHTS),
        size=300,
        noise=0.2,
        noise_meaning=_errs(houses.HOUSE_SPREAD, " dollars"),
        draw=houses.houses,
        parameters=MappingProxyType({"base_price": Parameter("Base price", houses.HOUSE_BASE_PRICE, 0, 200_000)}),
    ),
)
GENERATORS: Mapping[str, Generator] = MappingProxyType({generator.name: generator for generator in _ALL})
