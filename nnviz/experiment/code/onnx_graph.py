"""The trained network as an ONNX graph: nodes and weights, described without the package that writes them.

Numbers are float32, which every runtime takes. Operators are those of opset 17.
"""

from dataclasses import dataclass, field

import numpy
from numpy.typing import NDArray

from nnviz.experiment.code.plan import Plan

OPSET = 17
INPUT = "x"
OUTPUT = "y"


@dataclass(frozen=True, eq=False)
class Node:
    """One operator: names of what goes in and of the one thing that comes out, and its attributes."""

    operator: str
    inputs: tuple[str, ...]
    output: str
    attributes: dict[str, float | int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Graph:
    """nodes in the order of their work, constants by name, widths of input and output."""

    nodes: tuple[Node, ...]
    constants: dict[str, NDArray[numpy.float32]]
    n_in: int
    n_out: int


def onnx_graph(plan: Plan) -> Graph:
    """x (N, n_0) → y (N, n_L), with the weights and activations with which the run ended."""
    constants = {name: array.astype(numpy.float32) for name, array in plan.pieces(plan.theta).items()}
    nodes: list[Node] = []
    below, layers = INPUT, plan.stages[-1].layers
    for l, (name, alpha) in enumerate(layers, start=1):
        z, a = f"z{l}", OUTPUT if l == len(layers) else f"a{l}"
        nodes.append(Node("Gemm", (below, f"W{l}", f"b{l}"), z))
        nodes += _activation(name, alpha or 0.0, z, a)
        below = a
    used = {name for node in nodes for name in node.inputs}
    for name, value in CONSTANTS.items():
        if name in used:
            constants[name] = numpy.array(value, dtype=numpy.float32)
    sizes = plan.problem.network.sizes
    return Graph(tuple(nodes), constants, sizes[0], sizes[-1])


CONSTANTS = {"zero": 0.0, "half": 0.5, "one": 1.0, "root_of_2": 2.0**0.5}

_SIMPLE = {
    "linear": "Identity",
    "sigmoid": "Sigmoid",
    "tanh": "Tanh",
    "relu": "Relu",
    "softplus": "Softplus",
}


def _activation(name: str, alpha: float, z: str, a: str) -> list[Node]:
    match name:
        case "threshold":
            # 1 is the number of float32 among ONNX's types.
            return [Node("Greater", (z, "zero"), f"{z}_above"), Node("Cast", (f"{z}_above",), a, {"to": 1})]
        case "leaky_relu":
            return [Node("LeakyRelu", (z,), a, {"alpha": alpha})]
        case "elu":
            return [Node("Elu", (z,), a, {"alpha": alpha})]
        case "softmax":
            return [Node("Softmax", (z,), a, {"axis": -1})]
        case "silu":
            return [Node("Sigmoid", (z,), f"{z}_s"), Node("Mul", (z, f"{z}_s"), a)]
        case "gelu":
            # z Φ(z) = z ½ (1 + erf(z / √2))
            return [
                Node("Div", (z, "root_of_2"), f"{z}_t"),
                Node("Erf", (f"{z}_t",), f"{z}_e"),
                Node("Add", (f"{z}_e", "one"), f"{z}_c"),
                Node("Mul", (f"{z}_c", "half"), f"{z}_p"),
                Node("Mul", (z, f"{z}_p"), a),
            ]
        case _:
            return [Node(_SIMPLE[name], (z,), a)]
