"""The initialization microscope: what a way of drawing weights does to signals, before a single step of training.

A question names a network and how it is drawn. `examine` draws it with many seeds and measures each; it is a generator
of immutable pictures of what is known so far, so that it can be watched, and given up between two steps.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy
from numpy.typing import NDArray

from nnviz.engine import INITIALIZERS, Initialization, Network, Tape
from nnviz.engine.chunks import CHUNK_BYTES
from nnviz.engine.diagnostics import histogram
from nnviz.engine.propagation import Propagation, propagate, variance_recursion
from nnviz.engine.randomness import DATA, INITIALIZATION, stream
from nnviz.experiment.problem import Problem
from nnviz.experiment.specification import InitializerSpec, LayerSpec, OutputSpec

Floats = NDArray[numpy.float64]
Histogram = tuple[Floats, Floats]
"""Counts (bins,) and edges (bins + 1,)."""

ZEROS = Initialization("zeros")
SEEDS = 200
PERCENTILES = (10, 50, 90)
DEEPEST, WIDEST = 50, 256
"""Hidden layers and units a layer of a network made up for the microscope."""
MOST_EXAMPLES, FEWEST_EXAMPLES = 256, 16
TAPE_BYTES = 8 * 1024 * 1024
"""Of one member's z, a, delta and f'. Large networks are looked at with fewer examples."""
SIGNAL_INDEX = 1
"""Tells the stream of the backward signal from that of the inputs, which is number 0."""


@dataclass(frozen=True, eq=False)
class Examples:
    """Inputs x (N, n_0) of an experiment. Equal to nothing but itself, so that questions can be compared cheaply."""

    x: Floats


@dataclass(frozen=True)
class Question:
    """A network and how its parameters are drawn: one entry a layer l = 1..L in each tuple but sizes (n_0, …, n_L).

    gain multiplies all weights. examples: what goes in; None for Gaussian inputs of mean 0 and variance 1.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    alphas: tuple[float | None, ...]
    weights: tuple[Initialization, ...]
    biases: tuple[Initialization, ...]
    gain: float = 1.0
    examples: Examples | None = None

    def network(self) -> Network:
        """The network asked about."""
        return Network(self.sizes, self.activations, self.alphas)

    def with_weights(self, weights: Initialization) -> "Question":
        """The same network with the weights of all layers drawn in this way."""
        return replace(self, weights=(weights,) * len(self.activations))

    def inputs(self, seed: int) -> Floats:
        """(N, n_0): as many examples as fit, evenly chosen among the experiment's."""
        fitting = TAPE_BYTES // (4 * 8 * sum(self.sizes))
        count = min(MOST_EXAMPLES, max(FEWEST_EXAMPLES, fitting))
        if self.examples is None:
            return stream(seed, DATA).standard_normal((count, self.sizes[0]))
        x = self.examples.x
        return x[numpy.linspace(0, len(x) - 1, min(count, len(x))).round().astype(numpy.intp)]


@dataclass(frozen=True, eq=False)
class Layer:
    """What one layer of the first seed's network holds: histograms of its weights W, of z and of a."""

    weights: Histogram
    z: Histogram
    a: Histogram


@dataclass(frozen=True, eq=False)
class Signal:
    """A size by depth. percentiles: 10, 50, 90 over the seeds, (3, n). own: the first seed's, (n,). theory: (n,),
    nan where there is none. An exploded seed counts as infinite."""

    percentiles: Floats
    own: Floats
    theory: Floats


@dataclass(frozen=True, eq=False)
class Examination:
    """What is known after ``done`` of ``seeds`` seeds.

    forward: RMS of a_l for l = 0..L. backward: RMS of delta_l for l = 1..L, with RMS delta_L = 1.
    weights_std: of the first seed's W_l, (L,). layers: of the first seed, l = 1..L.
    """

    question: Question
    seeds: int
    done: int
    forward: Signal
    backward: Signal
    weights_std: Floats
    layers: tuple[Layer, ...]

    @property
    def complete(self) -> bool:
        """All seeds have been looked at."""
        return self.done == self.seeds


def own_network(problem: Problem) -> Question:
    """The experiment's network with its training inputs; the first seed's network is the one that will be trained."""
    spec = problem.spec.network
    layers: tuple[LayerSpec | OutputSpec, ...] = (*spec.hidden, spec.output)
    return Question(
        sizes=problem.network.sizes,
        activations=tuple(layer.activation for layer in layers),
        alphas=tuple(layer.alpha for layer in layers),
        weights=tuple(_initialization(layer.weights) for layer in layers),
        biases=tuple(_initialization(layer.biases) for layer in layers),
        gain=spec.gain,
        examples=Examples(problem.objective.x),
    )


def deep_network(
    depth: int,
    width: int,
    activation: str,
    weights: Initialization,
    biases: Initialization = ZEROS,
    gain: float = 1.0,
) -> Question:
    """``depth`` layers of ``width`` units behind as many Gaussian inputs. ValueError beyond DEEPEST or WIDEST."""
    for name, value, most in (("depth", depth, DEEPEST), ("width", width, WIDEST)):
        if not 1 <= value <= most:
            raise ValueError(f"{name} is {value}; allowed are 1 to {most}")
    sizes, all_layers = (width,) * (depth + 1), (activation,) * depth
    return Question(sizes, all_layers, (None,) * depth, (weights,) * depth, (biases,) * depth, gain)


def examine(question: Question, seeds: int = SEEDS, seed: int = 0) -> Generator[Examination, None, None]:
    """First what one network shows, then more and more of the ``seeds``, in groups that fit the processor's cache.

    Network number i is drawn from the i-th stream of ``seed``; inputs and backward signal are the same for all, so that
    the band shows the luck of the draw and nothing else. ValueError for a network that cannot be.
    """
    network, x = question.network(), question.inputs(seed)
    tape = Tape(network.layout, len(x), (1,))
    theta = _draw(question, network, seed, range(1))
    first = propagate(network, theta, x, stream(seed, DATA, SIGNAL_INDEX), tape)
    theory = _theory(question, float(first.forward[0, 0]))
    layers = _layers(network, theta, tape)
    forward, backward = [first.forward], [first.backward]

    def picture() -> Examination:
        return Examination(
            question=question,
            seeds=seeds,
            done=sum(len(part) for part in forward),
            forward=_signal(forward, theory[0]),
            backward=_signal(backward, theory[1]),
            weights_std=first.weights_std[0],
            layers=layers,
        )

    yield picture()
    group = max(1, CHUNK_BYTES // (8 * network.parameter_count + 2 * network.bytes_per_member(len(x))))
    for start in range(1, seeds, group):
        numbers = range(start, min(start + group, seeds))
        if tape.population != (len(numbers),):
            tape = Tape(network.layout, len(x), (len(numbers),))
        theta = _draw(question, network, seed, numbers)
        measured: Propagation = propagate(network, theta, x, stream(seed, DATA, SIGNAL_INDEX), tape)
        forward.append(measured.forward)
        backward.append(measured.backward)
        yield picture()


def side_by_side(*examinations: Iterator[Examination]) -> Generator[tuple[Examination, ...], None, None]:
    """Several examinations a step of each at a time; one that has ended stays as it was."""
    newest: dict[int, Examination] = {}
    for step in zip_longest(*examinations):
        newest |= {place: picture for place, picture in enumerate(step) if picture is not None}
        yield tuple(newest.values())


def _draw(question: Question, network: Network, seed: int, numbers: range) -> Floats:
    """theta (len(numbers), P)."""
    theta = numpy.empty((len(numbers), network.parameter_count))
    for row, number in zip(theta, numbers, strict=True):
        row[...] = network.initialize(
            question.weights, question.biases, rng=stream(seed, INITIALIZATION, number), gain=question.gain
        )
    return theta


def _theory(question: Question, input_rms: float) -> tuple[Floats, Floats]:
    fans = list(zip(question.sizes, question.sizes[1:], strict=False))
    weights = [abs(question.gain) * _std(way, *fan) for way, fan in zip(question.weights, fans, strict=True)]
    biases = [_std(way, *fan) for way, fan in zip(question.biases, fans, strict=True)]
    return variance_recursion(question.sizes, question.network().activations, weights, biases, input_rms)


def _std(way: Initialization, n_in: int, n_out: int) -> float:
    """The standard deviation of one parameter; nan for a constant other than 0, whose mean is not 0."""
    initializer = INITIALIZERS[way.name]
    scale = initializer.scale if way.scale is None else way.scale
    return float("nan") if way.name == "constant" and scale else abs(initializer.std(n_in, n_out, scale))


def _layers(network: Network, theta: Floats, tape: Tape) -> tuple[Layer, ...]:
    depth = network.layout.depth
    return tuple(
        Layer(histogram(network.layout.weights(theta, l)), histogram(tape.z(l)), histogram(tape.a(l)))
        for l in range(1, depth + 1)
    )


def _signal(parts: list[Floats], theory: Floats) -> Signal:
    """parts: (seeds in it, n) each."""
    measured = numpy.concatenate(parts)
    # Inf - inf: an overflow on the way. Nearest ranks, since between a number and infinity nothing can be interpolated.
    ordered = numpy.sort(numpy.where(numpy.isnan(measured), numpy.inf, measured), axis=0)
    ranks = [round(share / 100.0 * (len(ordered) - 1)) for share in PERCENTILES]
    return Signal(ordered[ranks], measured[0], theory)


def _initialization(spec: InitializerSpec) -> Initialization:
    return Initialization(spec.name, spec.scale)
