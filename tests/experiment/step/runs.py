"""Runs of many kinds for the tests of one step, and the formula reader that they are checked by."""

import math
import re

from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, OutputSpec, TrainingSpec
from nnviz.experiment.training_job import TrainingJob

KINDS: dict[str, dict[str, object]] = {
    "sigmoid and BCE": {},
    "ReLU": {"activation": "relu"},
    "softmax and CCE": {"source": "iris", "output": "softmax", "loss": "categorical_cross_entropy"},
    "sigmoids and CCE": {"source": "iris", "output": "sigmoid", "loss": "categorical_cross_entropy"},
    "softmax and squared error": {"source": "iris", "output": "softmax", "loss": "squared_error"},
    "linear and squared error": {"source": "sine", "output": "linear", "loss": "squared_error"},
    "linear and absolute error": {"source": "sine", "output": "linear", "loss": "absolute_error"},
    "sigmoid and squared error": {"loss": "squared_error"},
    "tanh and BCE, clipped": {"output": "tanh"},
    "softplus and CCE": {"source": "iris", "output": "softplus", "loss": "categorical_cross_entropy", "rate": 0.01},
    "l1 and l2": {"l1": 0.003, "l2": 0.02},
    "momentum": {"optimizer": "momentum", "l2": 0.01},
    "nesterov": {"optimizer": "nesterov"},
    "adagrad": {"optimizer": "adagrad"},
    "rmsprop": {"optimizer": "rmsprop", "activation": "elu"},
    "adam": {"optimizer": "adam", "l1": 0.001},
    "one example a batch": {"batch": 1, "activation": "softplus"},
    "full batch": {"batch": None, "activation": "silu"},
    "three layers": {"hidden": (4, 3, 2), "activation": "leaky_relu"},
    "gelu": {"activation": "gelu"},
    "threshold": {"activation": "threshold"},
    "linear units": {"activation": "linear"},
}


def run(
    source: str = "xor",
    hidden: tuple[int, ...] = (3,),
    activation: str = "tanh",
    output: str = "sigmoid",
    loss: str = "binary_cross_entropy",
    optimizer: str = "gradient_descent",
    batch: int | None = 7,
    steps: int = 13,
    l1: float = 0.0,
    l2: float = 0.0,
    rate: float = 0.05,
) -> TrainingJob:
    """A run after some steps."""
    spec = Experiment(
        seed=5,
        data=DataSpec(source=source, size=40),
        network=NetworkSpec(
            hidden=tuple(LayerSpec(units=n, activation=activation) for n in hidden), output=OutputSpec(output)
        ),
        training=TrainingSpec(loss=loss, optimizer=optimizer, learning_rate=rate, batch_size=batch, l1=l1, l2=l2),
    )
    job = TrainingJob(resolve(spec))
    job.advance(steps)
    return job


_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_NAMES = {
    "exp": math.exp,
    "ln": math.log,
    "tanh": math.tanh,
    "max": max,
    "abs": abs,
    "root": math.sqrt,
    "σ": lambda z: 1.0 / (1.0 + math.exp(-z)),
    "Φ": lambda z: 0.5 * math.erfc(-z / math.sqrt(2.0)),
    "φ": lambda z: math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi),
    "step": lambda z: float(z > 0.0),
}


def read_back(arithmetic: str) -> float:
    """What a reader with a pocket calculator gets for the numbers that are written."""
    text = re.sub(r"×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: f"e{m[1].translate(_RAISED)}", arithmetic)
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: f"**{m[0].translate(_RAISED)}", text)
    text = text.replace("−", "-").replace("·", "*").replace("√", "root")
    return float(eval(text, {"__builtins__": {}}, _NAMES))
