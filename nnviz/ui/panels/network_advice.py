"""What is worth knowing about a network before it is trained: sentences that stop nobody."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from nnviz.experiment.specification import InitializerSpec, LayerSpec, NetworkSpec, OutputSpec, replace

AnyLayer = LayerSpec | OutputSpec

RECTIFIERS = ("relu", "leaky_relu", "elu", "softplus", "silu", "gelu")
SQUASHING = ("sigmoid", "tanh", "softmax")
HE = ("he_normal", "he_uniform")
GLOROT = ("glorot_normal", "glorot_uniform")
FIXED = ("zeros", "constant")
SIGMOID_DEPTH, TANH_DEPTH = 2, 4
"""From so many hidden layers on, saturating activations cost enough gradient to be worth a word."""


class Advice(NamedTuple):
    """sentence: what is worth knowing. figure: the key of the one that shows it, empty where none does."""

    sentence: str
    figure: str


def advice(network: NetworkSpec) -> list[Advice]:
    """Most harmful first; none when there is nothing to say."""
    hidden: Sequence[AnyLayer] = network.hidden
    said = [
        Advice(_symmetry(network), "symmetry"),
        Advice(
            _where(
                hidden,
                lambda layer: layer.activation == "threshold",
                "{Layers}: a threshold has no slope, so no gradient reaches this layer or any before it.",
            ),
            "gradient-flow",
        ),
        Advice(_saturating(network.hidden), "ledger"),
        Advice(_deep_linear(network.hidden), ""),
        Advice(
            _where(
                hidden,
                lambda layer: layer.activation in RECTIFIERS and layer.weights.name in GLOROT,
                "{Layers}: Glorot is made for sigmoid and tanh; ReLU and its relatives cut the signal down from layer "
                "to layer, which He makes up for.",
            ),
            "microscope",
        ),
        Advice(
            _where(
                [*hidden, network.output],
                lambda layer: layer.activation in SQUASHING and layer.weights.name in HE,
                "{Layers}: He is made for ReLU; with sigmoid, tanh or softmax its larger weights saturate sooner, and "
                "Glorot fits.",
            ),
            "microscope",
        ),
    ]
    return [one for one in said if one.sentence]


def with_fitting_initializers(network: NetworkSpec) -> NetworkSpec:
    """The network with He for ReLU and its relatives and Glorot for the rest, wherever it has the other of the two."""
    hidden = tuple(replace(layer, weights=_fitting(layer)) for layer in network.hidden)
    return replace(network, hidden=hidden, output=replace(network.output, weights=_fitting(network.output)))


def _fitting(layer: AnyLayer) -> InitializerSpec:
    kind = layer.weights.name.removeprefix("he_").removeprefix("glorot_")
    if layer.activation in RECTIFIERS and layer.weights.name in GLOROT:
        return InitializerSpec(f"he_{kind}")
    if layer.activation in SQUASHING and layer.weights.name in HE:
        return InitializerSpec(f"glorot_{kind}")
    return layer.weights


def _symmetry(network: NetworkSpec) -> str:
    def alike(layer: AnyLayer) -> bool:
        same_weights = layer.weights.name in FIXED or layer.weights.scale == 0.0 or network.gain == 0.0
        same_biases = layer.biases.name in FIXED or layer.biases.scale == 0.0
        return isinstance(layer, LayerSpec) and layer.units > 1 and same_weights and same_biases

    return _where(
        network.hidden,
        alike,
        "{Layers}: all units begin alike and get the same gradient, so they stay alike and do the work of one.",
    )


def _saturating(hidden: Sequence[LayerSpec]) -> str:
    sigmoids = sum(layer.activation == "sigmoid" for layer in hidden)
    squashing = sigmoids + sum(layer.activation == "tanh" for layer in hidden)
    if sigmoids >= SIGMOID_DEPTH:
        return (
            f"{sigmoids} hidden layers of sigmoids: each passes on a quarter of the gradient at most, so the first "
            "layers hardly learn. ReLU does not have this; the ledger counts it."
        )
    if squashing >= TANH_DEPTH:
        return (
            f"{squashing} hidden layers that saturate: where their units are far from 0 little gradient passes, and it "
            "shrinks with each layer. ReLU does not have this; the ledger counts it."
        )
    return ""


def _deep_linear(hidden: Sequence[LayerSpec]) -> str:
    if not hidden or any(layer.activation != "linear" for layer in hidden):
        return ""
    return "All hidden layers are linear: together they can do no more than the output layer alone."


def _where(layers: Sequence[AnyLayer], fits: Callable[[AnyLayer], bool], sentence: str) -> str:
    """The sentence about the layers that it fits, empty when it fits none. The one after the hidden is the output."""
    numbers = [number for number, layer in enumerate(layers, start=1) if fits(layer)]
    if not numbers:
        return ""
    hidden = sum(isinstance(layer, LayerSpec) for layer in layers)
    inner = [number for number in numbers if number <= hidden]
    words = []
    if inner:
        words.append(f"{'Layer' if len(inner) == 1 else 'Layers'} {_ranges(inner)}")
    if len(inner) < len(numbers):
        words.append("output layer" if inner else "Output layer")
    return sentence.replace("{Layers}", " and ".join(words))


def _ranges(numbers: Sequence[int]) -> str:
    """1, 3–5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
