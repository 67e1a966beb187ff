"""What helps against what the why-line says: edits of the specification, applied and undone like any other."""

from collections.abc import Callable
from dataclasses import dataclass

from nnviz.engine.datasets.record import Task
from nnviz.experiment.proposals import PROPOSALS
from nnviz.experiment.specification import Experiment, InitializerSpec, LayerSpec, OutputSpec, replace

HE = ("he_normal", "he_uniform")
RECTIFIERS = ("relu", "leaky_relu", "elu", "softplus", "silu", "gelu")


@dataclass(frozen=True)
class Remedy:
    """label: on the button and in the undo menu. apply: the settings and the data's task → other settings.

    redraw: layers (from 1) that a fork in mid-run draws anew, also where their initializers stay.
    """

    label: str
    apply: Callable[[Experiment, Task], Experiment]
    redraw: tuple[int, ...] = ()


def fitting_initializer(activation: str) -> InitializerSpec:
    """He's for rectifiers and their relatives, Glorot's for the others."""
    return InitializerSpec("he_normal" if activation in RECTIFIERS else "glorot_uniform")


def _each_hidden(spec: Experiment, change: Callable[[LayerSpec], LayerSpec]) -> Experiment:
    hidden = tuple(change(layer) for layer in spec.network.hidden)
    return replace(spec, network=replace(spec.network, hidden=hidden))


def _lower_rate(spec: Experiment, _task: Task) -> Experiment:
    return replace(spec, training=replace(spec.training, learning_rate=spec.training.learning_rate / 10.0))


def _fitting_weights(spec: Experiment, _task: Task) -> Experiment:
    spec = _each_hidden(spec, lambda layer: replace(layer, weights=fitting_initializer(layer.activation)))
    output = replace(spec.network.output, weights=InitializerSpec())
    return replace(spec, network=replace(spec.network, output=output, gain=1.0))


def _relu_and_he(spec: Experiment, task: Task) -> Experiment:
    spec = _each_hidden(spec, lambda layer: replace(layer, activation="relu", alpha=None))
    return _fitting_weights(spec, task)


def _leaky(spec: Experiment, _task: Task) -> Experiment:
    def change(layer: LayerSpec) -> LayerSpec:
        # A leaky ReLU whose slope was set to 0 is a ReLU.
        rectifier = layer.activation == "relu" or (layer.activation == "leaky_relu" and layer.alpha == 0.0)
        return replace(layer, activation="leaky_relu", alpha=None) if rectifier else layer

    return _each_hidden(spec, change)


def _standardized(spec: Experiment, _task: Task) -> Experiment:
    return replace(spec, data=replace(spec.data, standardize=True))


def _sigmoid_for_threshold(spec: Experiment, _task: Task) -> Experiment:
    spec = _each_hidden(
        spec, lambda layer: replace(layer, activation="sigmoid") if layer.activation == "threshold" else layer
    )
    output: OutputSpec = spec.network.output
    if output.activation != "threshold":
        return spec
    return replace(spec, network=replace(spec.network, output=replace(output, activation="sigmoid")))


def _fitting_pair(spec: Experiment, task: Task) -> Experiment:
    activation, loss = PROPOSALS[task]
    output = replace(spec.network.output, activation=activation, alpha=None)
    network = replace(spec.network, output=output)
    return replace(spec, network=network, training=replace(spec.training, loss=loss))


def he_in_layer(layer: int) -> Remedy:
    """He's weights in one layer (from 1, the output layer is the last), and that layer drawn anew.

    A layer that has a scheme of He's keeps it.
    """

    def apply(spec: Experiment, _task: Task) -> Experiment:
        network = spec.network
        old = network.layers[layer - 1]
        weights = old.weights if old.weights.name in HE else InitializerSpec("he_normal")
        if isinstance(old, OutputSpec):
            return replace(spec, network=replace(network, output=replace(old, weights=weights)))
        hidden = (*network.hidden[: layer - 1], replace(old, weights=weights), *network.hidden[layer:])
        return replace(spec, network=replace(network, hidden=hidden))

    return Remedy(f"He weights in layer {layer}", apply, (layer,))


LOWER_RATE = Remedy("learning rate ÷ 10", _lower_rate)
FITTING_WEIGHTS = Remedy("weights that fit the activations", _fitting_weights)
RANDOM_WEIGHTS = Remedy("random weights", _fitting_weights)
RELU_AND_HE = Remedy("ReLU with He weights", _relu_and_he)
STANDARDIZED = Remedy("standardized inputs", _standardized)
LEAKY = Remedy("leaky ReLU", _leaky)
SIGMOID_FOR_THRESHOLD = Remedy("sigmoid for threshold", _sigmoid_for_threshold)
FITTING_PAIR = Remedy("the output and loss that fit", _fitting_pair)
