"""The engine: networks, losses, optimizers, and what can be measured of them. Needs NumPy only; knows no files."""

from nnviz.engine.activations import ACTIVATIONS, Activation
from nnviz.engine.gradient_check import gradient_error, numerical_gradient
from nnviz.engine.initializers import INITIALIZERS, Initialization, Initializer
from nnviz.engine.losses import LOSSES, Loss
from nnviz.engine.network import Network
from nnviz.engine.objective import NetworkObjective, Objective
from nnviz.engine.optimizers import OPTIMIZERS, Optimizer
from nnviz.engine.tape import Tape
from nnviz.engine.trainer import Trainer, TrainerState

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "Activation",
    "Initialization",
    "Initializer",
    "Loss",
    "Network",
    "NetworkObjective",
    "Objective",
    "Optimizer",
    "Tape",
    "Trainer",
    "TrainerState",
    "gradient_error",
    "numerical_gradient",
]
