"""A fully connected network: sizes and activations, nothing remembered. Its parameters are always an argument."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.activations import ACTIVATIONS, run
from nnviz.engine.checks import (
    checked_array,
    checked_instance,
    checked_number,
    known,
    shown,
    whole_number,
)
from nnviz.engine.chunks import in_chunks
from nnviz.engine.initializers import INITIALIZERS, Initialization
from nnviz.engine.layout import Layout, checked_sizes
from nnviz.engine.passes import forward_calls
from nnviz.engine.tape import Tape

Floats = NDArray[numpy.float64]
Scheme = str | Initialization


class Network:
    """sizes = (n_0, …, n_L); one activation a layer, the output's included; alphas where a layer wants another alpha.

    ValueError for fewer than two sizes, a wrong number of activations, an unknown one, or softmax before the end.
    """

    def __init__(
        self, sizes: Sequence[int], activations: Sequence[str], alphas: Sequence[float | None] | None = None
    ) -> None:
        self.sizes = checked_sizes(sizes)
        self.layout = Layout(self.sizes)
        depth = self.layout.depth
        names = _entries("activations", activations, depth, "names, one a layer after the input")
        alphas = [None] * depth if alphas is None else _entries("alphas", alphas, depth, "numbers or None, one a layer")
        self.activations = tuple(
            known("activations", name, ACTIVATIONS).with_alpha(alpha) for name, alpha in zip(names, alphas, strict=True)
        )
        for activation in self.activations[:-1]:
            if not activation.elementwise:
                raise ValueError(f"activations has {activation.name} in a hidden layer; it is for the last layer only")

    def __repr__(self) -> str:
        return f"Network({self.sizes}, {tuple(activation.name for activation in self.activations)})"

    @cached_property
    def parameter_count(self) -> int:
        """P."""
        return self.layout.parameter_count

    def initialize(
        self,
        weights: Scheme | Sequence[Scheme] = "glorot_uniform",
        biases: Scheme | Sequence[Scheme] = "zeros",
        *,
        rng: numpy.random.Generator,
        gain: float = 1.0,
        population: tuple[int, ...] = (),
    ) -> Floats:
        """theta (*population, P). ``weights`` and ``biases`` name an initializer for all layers or one for each.

        Every layer draws from a stream of its own, so that another scheme in one layer leaves the others as they were.
        gain multiplies all weights. ValueError for an unknown name, or for biases a scheme that needs a matrix.
        """
        depth = self.layout.depth
        population = _checked_population(population)
        gain = checked_number("gain", gain)
        checked_instance("rng", rng, numpy.random.Generator)
        theta = numpy.empty((*population, self.parameter_count))
        streams = rng.spawn(2 * depth)
        pairs = zip(_per_layer("weights", weights, depth), _per_layer("biases", biases, depth), strict=True)
        for l, (for_weights, for_biases) in enumerate(pairs, start=1):
            n_in, n_out = self.sizes[l - 1], self.sizes[l]
            initializer = known("weights", for_weights.name, INITIALIZERS)
            w = initializer.sample(streams[2 * l - 2], (*population, n_in, n_out), n_in, n_out, for_weights.scale)
            self.layout.weights(theta, l)[...] = gain * w
            initializer = known("biases", for_biases.name, BIAS_INITIALIZERS)
            b = initializer.sample(streams[2 * l - 1], (*population, n_out), n_in, n_out, for_biases.scale)
            self.layout.biases(theta, l)[...] = b
        return theta

    def forward(self, theta: ArrayLike, x: ArrayLike, tape: Tape | None = None) -> Tape:
        """The tape of z_l and a_l for inputs x (N, n_0) and theta (..., P); ``tape`` may be handed in for reuse."""
        theta, x = self.checked_theta(theta), self.checked_inputs(x)
        if tape is None:
            tape = Tape(self.layout, len(x), theta.shape[:-1])
        elif not checked_instance("tape", tape, Tape).fits(self.layout, len(x), theta.shape[:-1]):
            raise ValueError(
                f"tape is of sizes {tape.sizes}, {tape.n} examples and population {tape.population}; expected "
                f"{self.sizes}, {len(x)} and {theta.shape[:-1]}"
            )
        tape.a(0)[...] = x
        run(forward_calls(self.layout, self.activations, theta, tape))
        return tape

    def predict(self, theta: ArrayLike, x: ArrayLike) -> Floats:
        """Outputs (..., N, n_L) for theta (..., P) and x (N, n_0). Large populations are worked through in chunks."""
        theta, x = self.checked_theta(theta), self.checked_inputs(x)
        out = numpy.empty((*theta.shape[:-1], len(x), self.sizes[-1]))

        def part(members: Floats, results: Floats) -> None:
            results[...] = self.forward(members, x).a(self.layout.depth)

        in_chunks(part, self.bytes_per_member(len(x)), theta, out)
        return out

    def bytes_per_member(self, n: int) -> int:
        """Bytes of z and a of one member on n examples: what the chunking goes by."""
        return 16 * n * sum(self.sizes[1:])

    def checked_theta(self, theta: ArrayLike) -> Floats:
        """theta as float64 (..., P), which need not be finite: a member that diverged is a result."""
        return checked_array("theta", theta, ("...", self.parameter_count))

    def checked_inputs(self, x: ArrayLike) -> Floats:
        """x as float64 (N, n_0), all of it finite."""
        return checked_array("x", x, ("N", self.sizes[0]), finite=True)


BIAS_INITIALIZERS = {name: record for name, record in INITIALIZERS.items() if record.for_biases}


def _entries(name: str, given: Any, count: int, what: str) -> list[Any]:
    """The entries of a sequence that must have so many."""
    listed = list(given) if isinstance(given, Iterable) and not isinstance(given, str) else None
    if listed is None or len(listed) != count:
        raise ValueError(f"{name} is {shown(given)}; expected {count} {what}")
    return listed


def _per_layer(name: str, schemes: Any, depth: int) -> list[Initialization]:
    one = isinstance(schemes, str | Initialization) or not isinstance(schemes, Iterable)
    listed = [schemes] * depth if one else _entries(name, schemes, depth, "names, one a layer, or one for all")
    return [scheme if isinstance(scheme, Initialization) else Initialization(scheme) for scheme in listed]


def _checked_population(population: Any) -> tuple[int, ...]:
    lengths = [whole_number(n) for n in population] if isinstance(population, tuple | list) else [None]
    whole = tuple(n for n in lengths if n is not None and n >= 0)
    if len(whole) < len(lengths):
        raise ValueError(f"population is {shown(population)}; expected a tuple of whole numbers of at least 0")
    return whole
